"""Quiet and verbose, progress, completion, and what ``gouji doctor`` tells."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import time
from io import StringIO

import pytest
from click.testing import CliRunner

from extractor.cli import doctor, main
from extractor.output.progress import Waiting
from extractor.output.terminal import console


def run(*args):
    return CliRunner().invoke(main, list(map(str, args)))


def written(folder, year, accepted):
    path = folder / f"{year}.txt"
    path.write_text(
        f"青禾镇{year}年度法治政府建设工作报告\n一、工作情况\n受理纠纷{accepted}件，调处57件，调处率59%。举办法治讲座3场。\n",
        encoding="utf-8",
    )
    return path


def test_quiet_says_only_what_was_found_and_verbose_why(tmp_path):
    last, this = written(tmp_path, 2022, 58), written(tmp_path, 2023, 60)
    usual, quiet, verbose = (run("check", *flag, this).output for flag in ([], ["-q"], ["-v"]))
    assert "57 ÷ 60" in quiet and "年度 " not in quiet and "年度 " in usual and len(quiet) < len(usual)
    assert "取值范围 [58.5, 59.5]" in verbose and "[58.5, 59.5]" not in usual
    assert "两年数字对照" in run("diff", last, this).output
    assert "两年数字对照" not in run("diff", "-q", last, this).output


class Screen(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    stream = Screen()
    monkeypatch.setattr("extractor.output.progress.console", lambda _=None: console(stream))
    monkeypatch.setenv("TERM", "xterm")
    return stream


def test_progress_shows_itself_only_when_it_takes_long(screen):
    with Waiting("zh", 3, after=60).on("甲.pdf", 1):
        pass
    assert screen.getvalue() == ""
    with Waiting("zh", 3, after=0).on("甲.pdf", 1):
        deadline = time.monotonic() + 10
        while "甲.pdf" not in screen.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
    assert "甲.pdf" in screen.getvalue() and "1/3" in screen.getvalue()
    shown = len(screen.getvalue())
    with Waiting("zh", 3, quiet=True, after=0).on("乙.pdf", 2):
        pass
    assert len(screen.getvalue()) == shown


@pytest.mark.parametrize(("typed", "count", "expected"), [("gouji ch", 1, "check"), ("gouji rules sum.p", 2, "sum.parts")])
def test_completion_completes(typed, count, expected):
    env = os.environ | {"_GOUJI_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(count)}
    code = "from extractor.cli import main; main(prog_name='gouji')"
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert f"plain,{expected}" in ran.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts(shell):
    result = run("completion", shell)
    assert result.exit_code == 0 and "_GOUJI_COMPLETE" in result.output


def test_doctor_tells_what_is_there_and_how_to_get_the_rest(monkeypatch):
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "rapidocr" else object())
    monkeypatch.setattr("extractor.readers.convert.libreoffice", lambda: None)
    result = run("doctor")
    assert result.exit_code == 0 and "gouji[ocr]" in result.output and "--find-links" in result.output
    assert "LibreOffice" in result.output and "没有安装" in result.output and "齐全" in result.output


def test_doctor_misses_what_is_needed(monkeypatch):
    def without_rich(name):
        if name == "rich":
            raise importlib.metadata.PackageNotFoundError(name)
        return "999" if name != "click" else "1.0"

    monkeypatch.setattr(doctor, "version", without_rich)
    result = run("doctor", "--lang", "en")
    assert result.exit_code == 2 and "rich" in result.output and "click 1.0" in result.output


def test_wrong_usage_says_what_to_do(tmp_path):
    assert "gouji check" in run("chek").output and "gouji --help" in run("全部").output
    assert "gouji batch" in run("check", tmp_path).output
