"""Folders as they come: odd names, links in circles, no permission, archives, wildcards."""

from __future__ import annotations

import ntpath
import os
import posixpath
import sys
import zipfile
from pathlib import Path

import pytest

from extractor.batches import inputs, run, summarise
from extractor.batches.inputs import find
from extractor.errors import GoujiError
from extractor.model.batch import Job, Outcome
from tests.batches.conftest import text_of, write

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode on Windows")


def names(*paths: str | Path, without: Path = Path("nowhere")) -> list[str]:
    return [e.name if isinstance(e, Job) else f"!{e.job.name}" for e in find(paths, without, "zh")]


def test_folders_files_and_wildcards_each_file_once(tmp_path, monkeypatch):
    write(tmp_path, a="x", b="x", **{"下/c": "x", "out/d": "x"})
    (tmp_path / "~$a.docx").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert names(tmp_path, without=tmp_path / "out") == ["a.txt", "b.txt", "下/c.txt"]
    assert names("*.txt", "a.txt", "下") == ["a.txt", "b.txt", "c.txt"]
    with pytest.raises(GoujiError, match=r"nothing\*"):
        names("nothing*")


@POSIX
def test_links_in_a_circle_are_told_and_left(tmp_path):
    write(tmp_path, a="x")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    assert names(tmp_path) == ["a.txt", "!round", "!self"]


@POSIX
def test_a_folder_that_cannot_be_listed_is_told(tmp_path, monkeypatch):
    write(tmp_path, a="x", **{"locked/b": "x"})
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(inputs.os, "scandir", refuse)
    assert names(tmp_path) == ["a.txt", "!locked"]
    [told] = [e for e in find([tmp_path], Path("nowhere"), "zh") if isinstance(e, Outcome)]
    assert told.status == "unreadable" and "权限" in told.reason


@POSIX
def test_names_in_odd_encodings_are_read_and_kept_apart(tmp_path, rows, here):
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(("青禾镇.txt".encode("gb18030"), "青禾镇.txt".encode(), b"\xff\xfe\x81.txt")):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(text_of(accepted=100 + number), encoding="utf-8")
    result = run([folder], tmp_path / "out", workers=1)
    assert result.counts == {"read": 3}
    assert [n for (n,) in rows(tmp_path / "out", "SELECT name FROM files ORDER BY name")].count("青禾镇.txt") == 2
    assert run([folder], tmp_path / "out", workers=1).counts == {"unchanged": 3}


@pytest.mark.parametrize("system", [ntpath, posixpath])
def test_names_are_shown_alike_on_every_system(system):
    base = system.sep + "年报"
    assert inputs._relative(system.join(base, "下", "a.zip!/青禾镇.txt"), base, system) == "下/a.zip!/青禾镇.txt"


def test_archives_are_read_file_by_file(tmp_path, rows, here):
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "全县.zip", "w") as archive:
        archive.writestr("青禾镇.txt", text_of())
        archive.writestr("石蓬镇.txt", text_of("石蓬镇"))
        archive.writestr("坏.txt", b"")
    assert run([folder], tmp_path / "out", workers=1).counts == {"read": 2, "unreadable": 1}
    assert rows(tmp_path / "out", "SELECT name, status FROM files ORDER BY name") == [
        ("全县.zip!/坏.txt", "unreadable"),
        ("全县.zip!/石蓬镇.txt", "read"),
        ("全县.zip!/青禾镇.txt", "read"),
    ]


def test_what_is_no_report_is_set_aside_with_the_reason(tmp_path, rows, here):
    folder = tmp_path / "in"
    write(folder, 青禾镇="x", 石蓬镇="x")
    for name, text in (("青禾镇", text_of()), ("石蓬镇", text_of("石蓬镇"))):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    first = run([folder], folder / "结果", workers=1)
    assert first.counts == {"read": 2}
    own = b'{"schema_version":"1.0","generator":{"name":"gouji","version":"1"},"text":"\xe9\x95\x87"}'
    (folder / "青禾镇2022年法治政府建设工作报告.json").write_bytes(own)
    (folder / "package.json").write_bytes(b'{"name": "x"}')
    again = run([folder], tmp_path / "out", workers=1)
    assert again.counts == {"aside": 3, "read": 2}
    assert rows(tmp_path / "out", "SELECT name, reason FROM files WHERE status = 'aside' ORDER BY name") == [
        ("package.json", "这是 JSON 数据，不是报告。 请给出报告原文。"),
        ("结果", "这是 gouji batch 的结果文件夹，没有往里读。"),
        ("青禾镇2022年法治政府建设工作报告.json", "这是 gouji 的输出，不是报告。 请给出报告原文。"),
    ]
    assert run([folder], tmp_path / "out", workers=1).counts == {"aside": 3, "unchanged": 2}
    county = summarise(tmp_path / "out")
    assert {c.year for c in county.cells} == {2023} and {c.status for c in county.cells} == {"present"}
