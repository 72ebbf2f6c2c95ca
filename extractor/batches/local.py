"""The engine of one machine: worker processes that are watched, ended when a file takes too much, and replaced.

Nothing but the file in hand is lost with a worker: what else had been given to it is given to another one.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic

import msgspec
import psutil

from extractor.batches.work import Desk, Orders
from extractor.errors import GoujiError
from extractor.model.batch import KILLED, MEMORY, TIMEOUT, Job, Outcome
from extractor.output.messages import say
from extractor.readers.isolate import confine

_AHEAD = 3  # jobs given to a worker beforehand, so that it never waits for the parent
_LOOK = 0.25  # seconds between looks at clocks and memory
_START = 120.0  # seconds that a worker may take to load patterns and models
_FAILED_STARTS = 3
_CONTEXT = multiprocessing.get_context("spawn")  # the same on every system; no half-copied threads


class _Worker:
    def __init__(self, orders: Orders) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(target=_serve, args=(theirs, orders), daemon=True)
        with one_thread_each():
            self.process.start()
        theirs.close()
        self.memory = psutil.Process(self.process.pid)
        self.jobs: deque[Job] = deque()
        self.since, self.ready = monotonic(), False

    def give(self, job: Job) -> None:
        if not self.jobs:
            self.since = monotonic()
        self.jobs.append(job)
        self.pipe.send(job)

    def resident(self) -> int:
        """Megabytes in memory; 0 when the process is gone."""
        try:
            return int(self.memory.memory_info().rss) >> 20
        except psutil.Error:
            return 0

    def end(self) -> None:
        """End the process and what it has started (a converter, say)."""
        with contextlib.suppress(psutil.Error):
            for child in self.memory.children(recursive=True):
                child.kill()
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """Processes started meanwhile do linear algebra on one thread: there is one process per core already."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def run(jobs: Iterator[Job], orders: Orders, workers: int) -> Generator[Outcome]:
    """The outcomes of jobs as they come. Closing the iterator ends all workers.

    Parameters: ``jobs`` taken as workers need them; ``workers`` how many processes.
    Raises ``GoujiError`` when workers do not even start.
    """
    pool: list[_Worker] = []
    back = deque(islice(jobs, workers))  # to be given next: the first ones, and what a worker died before it came to
    failed_starts, weighed = 0, 0.0
    try:
        pool += [_Worker(orders) for _ in back]
        while pool:
            for worker in pool:
                while worker.ready and len(worker.jobs) < _AHEAD and (job := back.popleft() if back else next(jobs, None)):
                    if not _give(worker, job):
                        back.appendleft(job)
                        break
            if not back and not any(w.jobs for w in pool) and any(w.ready for w in pool):
                return
            wait([w.pipe for w in pool], timeout=_LOOK)
            weigh = monotonic() > weighed + _LOOK
            weighed = monotonic() if weigh else weighed
            for place, worker in enumerate(pool):
                outcome, alive = _look(worker, orders, weigh)
                if outcome is not None:
                    yield outcome
                if alive:
                    continue
                failed_starts = 0 if worker.ready else failed_starts + 1
                if failed_starts >= _FAILED_STARTS:
                    raise GoujiError(say(orders.lang, "batch_no_workers"))
                back.extend(worker.jobs)
                worker.end()
                pool[place] = _Worker(orders)
    finally:
        for worker in pool:
            worker.end()


def _give(worker: _Worker, job: Job) -> bool:
    try:
        worker.give(job)
        return True
    except OSError:  # it has just died; the next look finds that out
        if worker.jobs and worker.jobs[-1] is job:
            worker.jobs.pop()
        return False


def _look(worker: _Worker, orders: Orders, weigh: bool) -> tuple[Outcome | None, bool]:
    """What a worker has to say, and whether it may live on; when not, its first job has got its outcome."""
    try:
        if worker.pipe.poll():
            message = worker.pipe.recv_bytes()
            if not worker.ready:
                worker.ready = True
                return None, True
            worker.jobs.popleft()
            worker.since = monotonic()
            return msgspec.msgpack.decode(message, type=Outcome), True
    except (EOFError, OSError):
        worker.process.join(5)
        how = say(orders.lang, "batch_killed", code=worker.process.exitcode)
        return _lost(worker, KILLED, how), False
    taken = monotonic() - worker.since
    if not worker.ready:
        return None, taken < _START
    if worker.jobs and taken > orders.limits.seconds:
        return _lost(worker, TIMEOUT, say(orders.lang, "batch_timeout", seconds=f"{orders.limits.seconds}")), False
    if weigh and worker.jobs and worker.resident() > orders.limits.memory_mb:
        return _lost(worker, MEMORY, say(orders.lang, "batch_memory_limit", megabytes=orders.limits.memory_mb)), False
    return None, True


def _lost(worker: _Worker, status: str, reason: str) -> Outcome | None:
    if not worker.jobs:
        return None
    return Outcome(job=worker.jobs.popleft(), status=status, reason=reason, seconds=monotonic() - worker.since)


def _serve(pipe: Connection, orders: Orders) -> None:
    """A worker: answers every job with its outcome until the pipe is closed. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    confine(orders.limits)
    desk = Desk(orders)
    desk.warm()
    encoder = msgspec.msgpack.Encoder()
    with contextlib.suppress(EOFError, OSError):  # the parent has closed the pipe: nothing more to do
        pipe.send_bytes(b"ready")
        while True:
            pipe.send_bytes(encoder.encode(desk.work(pipe.recv())))


def _end_with_parent() -> None:
    """A parent that is killed takes its workers along, also one that is busy with a file."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
