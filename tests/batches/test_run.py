"""What a run does with good, bad and deadly files, and what the next run does again."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

import extractor.batches.work
from extractor.batches import run
from extractor.batches.work import Orders
from extractor.errors import GoujiError
from extractor.model import Limits
from extractor.model.batch import Progress
from extractor.readers import read
from extractor.rules import Ruleset
from tests.batches.conftest import gouji, in_this_process, text_of, write


class Deadly(Orders, frozen=True, kw_only=True):
    """Orders whose workers die, hang, swell or stumble on files of certain names."""

    def ruleset(self) -> Ruleset:
        if threading.current_thread().name == "MainThread" and os.environ.get("GOUJI_TEST_PARENT") != str(os.getpid()):
            extractor.batches.work.read = _deadly_read
        return super().ruleset()


def _deadly_read(address: str, limits, isolated):
    name = Path(address).stem
    if name.startswith("kills"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("hangs"):
        threading.Event().wait()
    if name.startswith("swells"):
        return [bytearray(16 << 20) for _ in range(4000)]
    if name.startswith("stumbles"):
        raise IndexError("out of range")
    return read(address, limits, isolated)


@pytest.fixture
def parent(monkeypatch):
    monkeypatch.setenv("GOUJI_TEST_PARENT", str(os.getpid()))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_deadly_file_costs_itself_and_nothing_else(tmp_path, rows, parent):
    names = ["kills", "a", "hangs", "b", "swells", "c", "stumbles", "d", "e"]
    texts = {n: text_of(year=2010 + i) + n for i, n in enumerate(names)}
    folder, out = write(tmp_path / "in", **texts), tmp_path / "out"
    told: list[Progress] = []
    orders = Deadly(limits=Limits(seconds=6, memory_mb=1500))
    result = run([folder], out, orders=orders, workers=2, progress=told.append)
    assert result.counts == {"defect": 1, "killed": 1, "memory": 1, "read": 5, "timeout": 1}
    found = dict(rows(out, "SELECT name, status FROM files"))
    assert found == {
        f"{n}.txt": {"kills": "killed", "hangs": "timeout", "swells": "memory", "stumbles": "defect"}.get(n, "read")
        for n in names
    }
    reasons = dict(rows(out, "SELECT name, reason FROM files WHERE status <> 'read'"))
    assert "6秒" in reasons["hangs.txt"] and "IndexError" in reasons["stumbles.txt"] and all(reasons.values())
    assert sorted(p.outcome.job.name for p in told) == sorted(found) and [p.done for p in told] == list(range(1, 10))
    # The next run takes the reports as done and tries the others again.
    again = run([folder], out, orders=Orders(), workers=1)
    assert again.counts == {"read": 4, "unchanged": 5}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("in")
    write(place, right=text_of(), wrong=text_of("石蓬镇", rate="59"), empty="", **{"下级/青禾镇2022": text_of(year=2022)})
    (place / "copy.txt").write_text(text_of(), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def done(folder, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extractor.batches.local.run", in_this_process)
        result = run([folder], out)
    assert result.counts == {"read": 4, "unreadable": 1}
    return out


def test_the_store_holds_what_the_report_says(done, rows):
    assert rows(done, "SELECT name, status FROM files ORDER BY name") == [
        ("copy.txt", "read"),
        ("empty.txt", "unreadable"),
        ("right.txt", "duplicate"),
        ("wrong.txt", "read"),
        ("下级/青禾镇2022.txt", "read"),
    ]
    assert rows(done, "SELECT body, year, kind FROM live_reports ORDER BY body, year") == [
        ("石蓬镇", 2023, "law-government"),
        ("青禾镇", 2022, "law-government"),
        ("青禾镇", 2023, "law-government"),
    ]
    [(sentence, rule)] = rows(done, "SELECT sentence, rule FROM findings")
    assert rule == "rate.quotient" and "调处率59%" in sentence
    assert rows(done, "SELECT text, value, amount, low, high FROM figures WHERE text = '59%'") == [
        ("59%", "59", 59.0, "58.5", "59.5")
    ]
    assert rows(
        done, "SELECT level, mark, s.title FROM sections s JOIN live_reports r ON r.id = report WHERE year = 2022 LIMIT 1"
    ) == [(1, "一", "主要工作情况")]


def test_the_packed_report_is_the_report(done, rows, folder):
    from extractor import extract
    from extractor.batches.rows import unpack

    [(packed,)] = rows(done, "SELECT packed FROM reports WHERE year = 2022")
    assert unpack(packed).facts == extract(folder / "下级" / "青禾镇2022.txt").facts


def test_unchanged_files_are_not_read_again(folder, done, monkeypatch):
    def none(jobs, *_):
        yield from (pytest.fail(f"{job.name} was worked on") for job in jobs)

    monkeypatch.setattr(extractor.batches.local, "run", none)
    again = run([folder], done)
    assert again.counts == {"unchanged": 4, "unreadable": 1} and not again.interrupted


def test_changed_patterns_and_changed_files_are_read_again(tmp_path, rows, here):
    folder, out = write(tmp_path / "in", a=text_of(), b=text_of("石蓬镇")), tmp_path / "out"
    run([folder], out, workers=1)
    more = tmp_path / "more"
    more.mkdir()
    (more / "units.toml").write_text("# nothing\n", encoding="utf-8")
    assert run([folder], out, orders=Orders(patterns=(str(more),)), workers=1).counts == {"read": 2}
    write(folder, a=text_of(accepted=70, mediated=70, rate="100"))
    (folder / "b.txt").unlink()
    assert run([folder], out, orders=Orders(patterns=(str(more),)), workers=1).counts == {"read": 1}
    assert rows(out, "SELECT name, status FROM files ORDER BY name") == [("a.txt", "read"), ("b.txt", "gone")]
    assert rows(out, "SELECT count(*), max(body) FROM reports") == [(1, "青禾镇")]
    assert rows(out, "SELECT count(*) FROM facts WHERE report NOT IN (SELECT id FROM reports)") == [(0,)]


@pytest.mark.slow
def test_the_command_tells_of_every_file(folder, tmp_path):
    first = gouji("batch", folder, "-o", tmp_path / "out", "-j", "1")
    assert first.returncode == 2 and "Traceback" not in first.stderr
    for words in ("✓ copy.txt", "! wrong.txt", "✗ empty.txt  文件是空的", "共5个文件"):
        assert words in first.stdout
    quiet = gouji("batch", folder, "-o", tmp_path / "out", "-q")
    assert "wrong.txt" not in quiet.stdout and "未变化" in quiet.stdout and quiet.returncode == 2
    (folder / "none").mkdir(exist_ok=True)
    assert gouji("batch", folder / "nowhere", "-o", tmp_path / "out").returncode == 2


def test_a_run_may_be_stopped_and_gone_on_with(tmp_path, rows, here, monkeypatch):
    monkeypatch.setattr(extractor.batches, "_COMMIT_FILES", 5)
    folder = write(tmp_path / "in", **{f"f{i:02}": text_of(accepted=100 + i) for i in range(40)})
    out = tmp_path / "out"

    def stop(step: Progress) -> None:
        if step.done == 5:
            signal.raise_signal(signal.SIGINT)

    result = run([folder], out, workers=1, progress=stop)
    told = sum(result.counts.values())
    assert result.interrupted and 5 <= told < 40
    assert rows(out, "SELECT count(*) FROM files") == [(told,)]
    assert rows(out, "SELECT status FROM runs") == [("interrupted",)]
    assert run([folder], out, workers=1).counts == {"read": 40 - told, "unchanged": told}


def test_two_runs_on_one_folder_and_a_newer_store_are_refused(done, folder, rows):
    from extractor.batches.store import Store

    with Store(done, writing=True), pytest.raises(GoujiError, match="另一个 gouji batch"):
        run([folder], done)
    import sqlite3

    connection = sqlite3.connect(done / "gouji.db")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("PRAGMA user_version = 99")
    try:
        with pytest.raises(GoujiError, match="升级"):
            run([folder], done)
        refused = gouji("batch", folder, "-o", done)
        assert refused.returncode == 2 and "第99版" in refused.stderr and "Traceback" not in refused.stderr
    finally:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.close()


def test_what_could_not_be_read_is_tried_again_when_asked_or_when_a_limit_was_raised(tmp_path, here):
    folder, out = write(tmp_path / "in", a=text_of(), b=""), tmp_path / "out"
    told: list[str] = []

    def tell(step: Progress) -> None:
        if step.outcome.seconds:
            told.append(step.outcome.job.name)

    for orders, retry, again in (
        (Orders(), False, ["a.txt", "b.txt"]),
        (Orders(), False, []),
        (Orders(), True, ["b.txt"]),
        (Orders(limits=Limits(seconds=900)), False, ["b.txt"]),
    ):
        told.clear()
        assert run([folder], out, orders=orders, retry=retry, progress=tell).counts["unreadable"] == 1
        assert sorted(told) == again
