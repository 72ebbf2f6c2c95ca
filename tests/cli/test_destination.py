"""Where results go: the suffix of ``-o`` tells the format, and no report is ever written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.errors import NotAReport
from extractor.output.formats import COMPARISON_FORMATS, FORMATS
from extractor.output.names import safe
from extractor.readers import read
from tests.cli.test_diff import LAST, THIS

ZIP, HTML, BOM = b"PK\x03\x04", b"<!DOCTYPE html>", b"\xef\xbb\xbf"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(LAST, encoding="utf-8")
    Path("b.txt").write_text(THIS, encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, list(words))


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("结果.xlsx", ZIP),
        ("结果.XLSX", ZIP),
        ("x.html", HTML),
        ("x.htm", HTML),
        ("x.csv", BOM),
        ("x.json", b"{"),
        ("x.txt", "标题".encode()),
        ("x", "标题".encode()),
        ("2023.1", "标题".encode()),
        ("x.sarif", b"{"),
        ("x.xml", b"<?xml"),
    ],
)
def test_the_suffix_tells_the_format(run, name, starts):
    assert run("check", "a.txt", "-o", name).exit_code == 0
    assert Path(name).read_bytes().startswith(starts)
    if not name.endswith((".sarif", ".xml")):
        assert run("diff", "a.txt", "b.txt", "-o", name).exit_code == 0
        assert Path(name).read_bytes().startswith("单位".encode() if starts == "标题".encode() else starts)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "a.txt", "-o", "x.xlsx", "--format", "html"), "--format"),
        (("check", "a.txt", "-o", "x.docx"), ".docx"),
        (("check", "a.txt", "-o", "x.xls"), ".xlsx"),
        (("diff", "a.txt", "b.txt", "-o", "x.txt", "--format", "json"), "--format"),
        (("diff", "a.txt", "b.txt", "-o", "x.sarif"), ".sarif"),
        (("check", "a.txt", "-o", "a.txt"), "就是要读的报告"),
        (("check", "a.txt", "-o", "./a.txt"), "就是要读的报告"),
        (("diff", "a.txt", "b.txt", "-o", "b.txt"), "就是要读的报告"),
        (("extract", "a.txt", "-o", "x.xlsx"), "文件夹"),
        (("batch", "a.txt", "-o", "x.xlsx"), "文件夹"),
        (("export", "out", "-o", "x.csv"), "文件夹"),
    ],
)
def test_what_contradicts_itself_is_told_and_writes_nothing(run, words, told):
    before = {p: p.read_bytes() for p in Path().iterdir()}
    result = run(*words)
    assert result.exit_code == 2 and told in result.stderr and "Traceback" not in result.stderr
    assert {p: p.read_bytes() for p in Path().iterdir()} == before


def test_a_format_may_be_written_under_any_name_when_it_is_named(run):
    assert run("check", "a.txt", "-o", "x.log", "--format", "json").exit_code == 0
    assert json.loads(Path("x.log").read_bytes())["report"]["year"] == 2022


def test_extract_writes_a_file_or_a_folder(run):
    assert run("extract", "a.txt", "-o", "x.json").exit_code == 0
    assert json.loads(Path("x.json").read_bytes())["report"]["year"] == 2022
    assert run("extract", "a.txt", "b.txt", "-o", "x.jsonl").exit_code == 0
    assert [json.loads(line)["report"]["year"] for line in Path("x.jsonl").read_bytes().splitlines()] == [2022, 2023]
    assert run("extract", "a.txt", "b.txt", "-o", "v1.2").exit_code == 0
    assert sorted(p.name for p in Path("v1.2").iterdir()) == ["a.json", "b.json"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["check", "diff"])
def test_what_gouji_wrote_is_known_and_never_read_as_a_report(run, command, lang):
    for form in FORMATS if command == "check" else COMPARISON_FORMATS:
        name = f"own.{form}"
        files = ("a.txt",) if command == "check" else ("a.txt", "b.txt")
        assert run(command, *files, "--format", form, "--lang", lang, "-o", name).exit_code == 0
        with pytest.raises(NotAReport, match="gouji 的输出"):
            read(name)
        assert run("check", name).exit_code == 2
    run("extract", "a.txt", "-o", "pretty.json")
    with pytest.raises(NotAReport):
        read("pretty.json")


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("青禾镇2023年报告", "青禾镇2023年报告"),
        ("CON", "_CON"),
        ("nul.报告", "_nul.报告"),
        ("aux", "_aux"),
        ("com1", "_com1"),
        ("控制", "控制"),
        ('a<b>:"c"|?*', "a_b_c_"),
        ("结尾. ", "结尾"),
        ("...", "_"),
        ("长" * 300, "长" * 70),
        ("a\nb\x00", "a_b_"),
    ],
)
def test_names_that_every_system_takes(stem, name):
    assert safe(stem) == name


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check",), "缺少 FILES"),
        (("batch", "a.txt"), "缺少 -o/--output"),
        (("check", "a.txt", "--fromat", "csv"), "是不是想用 --format"),
        (("check", "a.txt", "--format", "yaml"), "可以是：text"),
        (("check", "a.txt", "-o", "."), "应是文件"),
        (("batch", "a.txt", "-o", "b.txt"), "应是文件夹"),
        (("batch", "a.txt", "-o", "out", "-j", "0"), "不小于 1 的整数"),
        (("chek", "a.txt"), "gouji check"),
    ],
)
def test_usage_errors_are_told_in_chinese(run, words, told):
    result = run(*words)
    assert result.exit_code == 2 and told in result.stderr
