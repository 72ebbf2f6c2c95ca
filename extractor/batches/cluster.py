"""The engine of a cluster: Dask distributed hands batches of files to workers that share the output folder.

Workers write what they find to part files (see ``parts``) as they go, by the hash of the file. A batch whose worker is
lost goes to another one, which takes over what is there and goes on with the rest.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Generator, Iterator
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

from extractor.batches import parts
from extractor.batches.work import Desk, Orders, recipe
from extractor.errors import GoujiError
from extractor.model.batch import KILLED, TIMEOUT, Job, Outcome
from extractor.output.messages import say

BATCH = 50
_ATTEMPTS = 3  # at one file, before it is taken to be what ends its workers
_AHEAD = 3  # batches per worker that are handed out beforehand
_CONNECT = 20  # seconds


def engine(orders: Orders, scheduler: str, out: Path) -> Callable[[Iterator[Job]], Generator[Outcome]]:
    """The engine for a scheduler at ``scheduler``; ``out`` is the folder that all workers reach under this path.

    Raises ``GoujiError`` when Dask is not installed or nobody answers at the address.
    """
    try:
        import distributed
    except ImportError:
        raise GoujiError(say(orders.lang, "cluster_missing")) from None
    try:
        client: Any = _untyped(distributed).Client(scheduler, timeout=_CONNECT)
    except (OSError, ValueError) as error:
        raise GoujiError(say(orders.lang, "cluster_silent", address=scheduler, why=error)) from None
    folder = out.resolve() / parts.FOLDER

    def run(jobs: Iterator[Job]) -> Generator[Outcome]:
        with client:
            yield from _run(client, jobs, orders, folder)

    return run


def _untyped(module: Any) -> Any:
    """Dask has no types."""
    return module


def _run(client: Any, jobs: Iterator[Job], orders: Orders, folder: Path) -> Generator[Outcome]:
    import distributed

    room = _AHEAD * max(1, sum(client.nthreads().values()))
    made_by = recipe(orders.ruleset())
    batches: dict[Any, tuple[list[Job], int]] = {}
    going = _untyped(distributed).as_completed()

    def submit(batch: list[Job], attempt: int) -> None:
        # The key is new every time: a result kept by the scheduler must not stand in for the work.
        future = client.submit(of_batch, batch, orders, str(folder), attempt, pure=False)
        batches[future] = batch, attempt
        going.add(future)

    for _ in range(room):
        if batch := list(islice(jobs, BATCH)):
            submit(batch, 1)
    while batches:
        future = next(going)
        batch, attempt = batches.pop(future)
        if future.status != "finished" and attempt < _ATTEMPTS * len(batch):
            submit(batch, attempt + 1)
            continue
        done, _ = parts.state(folder, name_of(batch), made_by)
        for job in batch:
            lost = Outcome(job=job, status=KILLED, reason=say(orders.lang, "batch_killed", code=future.status))
            yield done.get(job.sha256, lost)
        if more := list(islice(jobs, BATCH)):
            submit(more, 1)


def name_of(batch: list[Job]) -> str:
    """The name of a batch: the same files make the same name."""
    return hashlib.sha256("".join(j.sha256 for j in batch).encode()).hexdigest()[:24]


def of_batch(batch: list[Job], orders: Orders, folder: str, attempt: int) -> int:
    """Work on a batch (in a worker of the cluster): what earlier attempts have done is kept, the rest is done now.

    A file that every earlier attempt began and none finished has ended its workers: it is given up with that reason.
    Returns how many files were worked on.
    """
    desk = _DESKS.get(orders)
    if desk is None:
        desk = _DESKS[orders] = Desk(orders)
        desk.warm()
    made_by = desk.recipe
    done, begun = parts.state(Path(folder), name_of(batch), made_by)
    count = 0
    with parts.Part(Path(folder), name_of(batch)) as part:
        for job in batch:
            if job.sha256 in done:
                continue
            if begun[job.sha256] >= _ATTEMPTS:
                outcome = Outcome(job=job, status=KILLED, reason=say(orders.lang, "batch_killed", code=attempt))
            else:
                part.write(parts.Line(sha256=job.sha256, recipe=made_by))
                with _Watch(job, orders, made_by, part):
                    outcome = desk.work(job)
                count += 1
            part.write(parts.Line(sha256=job.sha256, recipe=made_by, outcome=outcome))
    return count


_DESKS: dict[Orders, Desk] = {}  # patterns and models are loaded once per worker


class _Watch:
    """Ends the worker when a file takes too long, having noted why: its Dask nanny starts another one."""

    def __init__(self, job: Job, orders: Orders, made_by: str, part: parts.Part) -> None:
        self._job, self._orders, self._made_by, self._part = job, orders, made_by, part
        self._start = monotonic()
        self._timer = threading.Timer(orders.limits.seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        reason = say(self._orders.lang, "batch_timeout", seconds=f"{self._orders.limits.seconds}")
        outcome = Outcome(job=self._job, status=TIMEOUT, reason=reason, seconds=monotonic() - self._start)
        self._part.write(parts.Line(sha256=self._job.sha256, recipe=self._made_by, outcome=outcome))
        os._exit(1)
