"""Reading in a process of its own: bounded in time and memory, whatever happens there, and the same result."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from extractor.errors import ReadError
from extractor.model import Limits
from extractor.readers import isolate, read
from tests.readers.paper import Sheet, Word, pdf

TEXT = "全镇受理矛盾纠纷254件，调处成功244件。"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "报告.pdf"
    path.write_bytes(pdf([Sheet([Word(80, 200, TEXT)])]))
    return path


def test_the_result_is_the_same_as_inside(file):
    assert read(file) == read(file, isolated=False)


def test_a_module_in_the_working_folder_is_not_run(file, tmp_path, monkeypatch):
    (tmp_path / "msgspec.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "254件" in read(file).text


@pytest.mark.parametrize(
    ("code", "limits", "says"),
    [
        ("while True: pass", Limits(seconds=1), "seconds"),
        ("x = []\nwhile True: x.append(bytearray(10**7))", Limits(memory_mb=200), "memory_mb"),
        ("import os; os.abort()", Limits(), "中途退出"),
        ("raise SystemExit(3)", Limits(), "中途退出"),
        ("print('\\xc0', end='')", Limits(), "没有给出结果"),
    ],
    ids=["endless", "hungry", "killed", "left", "nonsense"],
)
def test_whatever_happens_there_is_a_read_error(code, limits, says, file, monkeypatch):
    monkeypatch.setattr(isolate, "CHILD", ("-c", code))
    with pytest.raises(ReadError) as error:
        read(file, limits)
    assert says in str(error.value) and str(file) in str(error.value) and error.value.remedy


@pytest.mark.skipif(os.name == "nt", reason="this system does not bind the memory of a process")
def test_a_process_can_be_confined(file, monkeypatch):
    code = (
        "import resource; from extractor.readers import confine; from extractor.model import Limits;"
        "confine(Limits(memory_mb=512)); print(resource.getrlimit(resource.RLIMIT_AS)[0] >> 20, end='')"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "512"


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    path = tmp_path / "大.pdf"
    with path.open("wb") as out:
        out.write(b"%PDF-1.7\n")
        out.truncate(3 * 2**20)
    with pytest.raises(ReadError, match=r"3兆字节.*file_mb"):
        read(path, Limits(file_mb=2))
