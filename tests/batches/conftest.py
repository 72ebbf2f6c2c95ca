"""Folders of short reports of invented townships, and runs over them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import extractor.batches
from extractor.batches.work import Desk, Orders

TEXT = """{body}人民政府{year}年度法治政府建设工作报告

一、主要工作情况
（一）化解矛盾纠纷。全镇受理矛盾纠纷{accepted}件，调处{mediated}件，调处率{rate}%。
（二）开展普法宣传。举办普法宣传活动{events}场次，发放宣传资料{materials}份。

二、存在的问题
执法力量不足。
"""


def text_of(
    body: str = "青禾镇", year: int = 2023, accepted: int = 60, mediated: int = 57, rate: str = "95", **more: int
) -> str:
    """A short report; ``rate`` 59 makes it wrong."""
    values = {"events": 20, "materials": 500, **more}
    return TEXT.format(body=body, year=year, accepted=accepted, mediated=mediated, rate=rate, **values)


def write(folder: Path, **texts: str) -> Path:
    """Files of a folder by name, made with their folders."""
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def rows() -> Callable[..., list[tuple[object, ...]]]:
    """Runs a query on the store of a folder."""

    def run(out: Path, query: str, *words: object) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(out / "gouji.db")
        try:
            return connection.execute(query, words).fetchall()
        finally:
            connection.close()

    return run


def in_this_process(jobs, *_):
    """An engine without worker processes, for tests of what stands around it."""
    desk = Desk(Orders())
    for job in jobs:
        yield desk.work(job)


@pytest.fixture
def here(monkeypatch) -> None:
    """Runs work in this process."""
    monkeypatch.setattr(extractor.batches.local, "run", in_this_process)


def gouji(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-c", "from extractor.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
