"""The store is whole at every moment: killed writers, full disks, steps from one version to the next."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import re
import signal
import sqlite3
import sys

import pytest

import extractor.batches
from extractor.batches import run, schema
from extractor.batches.store import Store
from extractor.batches.work import Desk, Orders
from extractor.errors import GoujiError
from extractor.model.batch import Job
from tests.batches.conftest import in_this_process, text_of, write
from tests.conftest import ROOT

KILLS = 40


def _write_on(folder, out, pipe):
    extractor.batches.local.run = in_this_process
    extractor.batches._COMMIT_FILES = 3
    run([folder], out, progress=lambda step: pipe.send(step.outcome.job.name))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_any_moment_loses_nothing_and_leaves_no_half_report(tmp_path, rows, here):
    folder = write(tmp_path / "in", **{f"f{i:03}": text_of(accepted=100 + i) for i in range(300)})
    out, chance, told = tmp_path / "out", random.Random(7), set()
    Desk(Orders()).warm()
    context = multiprocessing.get_context("fork")
    for _ in range(KILLS):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_write_on, args=(folder, out, there))
        process.start()
        there.close()
        # Killed some time after some number of files was reported done, however fast the machine is.
        with contextlib.suppress(EOFError):
            for _ in range(chance.randrange(8)):
                told.add(here.recv())
            here.poll(chance.uniform(0, 0.02))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        with contextlib.suppress(EOFError):
            while here.poll():
                told.add(here.recv())
        if not (out / "gouji.db").is_file() or not rows(out, "SELECT 1 FROM sqlite_master WHERE name = 'files'"):
            assert not told
            continue
        assert rows(out, "PRAGMA integrity_check") == [("ok",)] and not rows(out, "PRAGMA foreign_key_check")
        held = rows(out, "SELECT name, (SELECT count(*) FROM facts WHERE report = f.report) FROM files f")
        assert told <= {name for name, _ in held}
        assert {n for _, n in held} <= {5}
        assert rows(out, "SELECT count(*) FROM reports") == [(len(held),)]
    assert told
    run([folder], out)
    assert rows(out, "SELECT count(*), count(DISTINCT sha256) FROM reports") == [(300, 300)]


def test_a_full_disk_is_told_and_the_store_stays_whole(tmp_path, rows, monkeypatch, here):
    folder = write(tmp_path / "in", **{f"f{i:03}": text_of(accepted=100 + i) for i in range(60)})
    out, told = tmp_path / "out", []
    monkeypatch.setattr(extractor.batches, "_COMMIT_FILES", 5)
    whole = Store.start_run

    def full(self, **words):
        number = whole(self, **words)
        (pages,) = self.connection.execute("PRAGMA page_count").fetchone()
        self.connection.execute(f"PRAGMA max_page_count = {pages + 60}")
        return number

    monkeypatch.setattr(Store, "start_run", full)
    with pytest.raises(GoujiError, match="磁盘已满"):
        run([folder], out, progress=lambda step: told.append(step.outcome.job.name))
    assert 0 < len(told) < 60
    assert rows(out, "PRAGMA integrity_check") == [("ok",)]
    assert {n for (n,) in rows(out, "SELECT name FROM files")} == set(told)
    monkeypatch.setattr(Store, "start_run", whole)
    assert run([folder], out).counts == {"read": 60 - len(told), "unchanged": len(told)}
    assert rows(out, "SELECT status FROM runs ORDER BY id") == [("killed",), ("done",)]


def test_steps_to_a_newer_version_are_whole_or_not_at_all(tmp_path, monkeypatch):
    Store(tmp_path, writing=True).__exit__(None, None, None)
    good, bad = "ALTER TABLE runs ADD COLUMN host TEXT", "ALTER TABLE runs ADD COLUMN port TEXT; SELECT * FROM nowhere"
    known = len(schema.STEPS)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, good, bad))
    with pytest.raises(GoujiError, match="nowhere"):
        Store(tmp_path, writing=True)
    connection = sqlite3.connect(tmp_path / "gouji.db")
    columns = {name for _, name, *_ in connection.execute("PRAGMA table_info(runs)")}
    assert "host" in columns and "port" not in columns
    assert connection.execute("PRAGMA user_version").fetchone() == (known + 1,)
    monkeypatch.setattr(schema, "STEPS", schema.STEPS[:-1])
    Store(tmp_path, writing=True).__exit__(None, None, None)


def test_what_is_no_store_is_left_alone(tmp_path):
    connection = sqlite3.connect(tmp_path / "gouji.db")
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(GoujiError, match="不是 gouji"):
        Store(tmp_path, writing=True)
    (tmp_path / "gouji.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(GoujiError, match="损坏"):
        Store(tmp_path, writing=True)
    with pytest.raises(GoujiError, match="gouji batch"):
        Store(tmp_path / "nowhere")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(GoujiError):
            Store(tmp_path / "out", writing=True)
    finally:
        tmp_path.chmod(0o700)


def test_a_report_is_made_of_its_own_file(tmp_path):
    write(tmp_path, a=text_of())
    desk = Desk(Orders())
    job = Job(address=str(tmp_path / "a.txt"), name="a.txt", root=str(tmp_path))
    assert desk.work(job).report == desk.work(job).report


def test_the_documented_queries_run_and_every_column_is_documented(tmp_path, here, rows):
    folder, out = write(tmp_path / "in", a=text_of(rate="59"), b=""), tmp_path / "out"
    run([folder], out)
    text = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.*?)```", text, re.S)
    assert len(queries) == 3 and all(rows(out, query) for query in queries)
    said = set(re.findall(r"\w+", text))
    for (table,) in rows(out, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"):
        assert table in said
    for table in ("runs", "files", "reports", "reviews"):
        assert {column for _, column, *_ in rows(out, f"PRAGMA table_info({table})")} - {"id"} <= said
