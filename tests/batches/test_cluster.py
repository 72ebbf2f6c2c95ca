"""A cluster of two workers gives the same as this machine, also when one of them is killed half-way."""

from __future__ import annotations

import importlib.util
import os
import signal

import pytest

from extractor.batches import cluster, export, run
from extractor.errors import GoujiError
from extractor.model.batch import Progress
from tests.batches.conftest import text_of, write

pytestmark = pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="needs gouji[cluster]")
FILES = 60


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL")
def test_a_killed_worker_changes_nothing(tmp_path, rows, here, monkeypatch):
    from distributed import Client, LocalCluster

    texts = {f"f{i:02}": text_of(accepted=100 + i, mediated=100, rate="100") for i in range(FILES)}
    folder = write(tmp_path / "in", bad="", **texts)
    run([folder], tmp_path / "local")
    monkeypatch.setattr(cluster, "BATCH", 5)
    killed: list[int] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as machines:
        with Client(machines.scheduler_address) as client:
            workers = list(client.run(os.getpid).values())

        def kill(step: Progress) -> None:
            if step.done >= FILES // 3 and not killed:
                killed.append(workers[0])
                os.kill(workers[0], signal.SIGKILL)

        result = run([folder], tmp_path / "cluster", scheduler=machines.scheduler_address, progress=kill)
    assert killed and result.counts == {"read": FILES, "unreadable": 1}
    for name in ("local", "cluster"):
        export(tmp_path / name, tmp_path / name / "export", "jsonl")
    for path in sorted((tmp_path / "local" / "export").iterdir()):
        assert path.read_bytes() == (tmp_path / "cluster" / "export" / path.name).read_bytes()
    assert rows(tmp_path / "cluster", "SELECT engine, status FROM runs") == [("dask", "done")]
    assert not (tmp_path / "cluster" / "parts").exists()
    # The next run finds everything done, on whatever engine.
    assert run([folder], tmp_path / "cluster").counts == {"unchanged": FILES, "unreadable": 1}


def test_a_scheduler_that_does_not_answer_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_CONNECT", 0.2)
    with pytest.raises(GoujiError, match="连不上调度器"):
        run([write(tmp_path / "in", a=text_of())], tmp_path / "out", scheduler="tcp://127.0.0.1:9")
