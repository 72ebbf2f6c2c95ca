"""A folder of reports in one go: worked on by processes or a cluster, kept in a store, put together as a county."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

from msgspec.structs import replace

from extractor import __version__
from extractor.batches import local, parts
from extractor.batches.inputs import find
from extractor.batches.store import Store
from extractor.batches.work import Orders, reason_of, recipe, refused
from extractor.errors import ReadError
from extractor.model import Report
from extractor.model.batch import ASIDE, DUPLICATE, READ, UNCHANGED, UNREADABLE, Job, Outcome, Progress, RunResult
from extractor.model.county import County
from extractor.readers import content
from extractor.text.filenames import stored

_LASTING = (READ, DUPLICATE, UNREADABLE, ASIDE)
"""Outcomes that stay as they are while the file and the recipe do; a file that took too much or crashed is tried again."""
_COMMIT_FILES, _COMMIT_SECONDS = 64, 0.5
Engine = Callable[[Iterator[Job]], Generator[Outcome]]
"""Takes jobs, gives their outcomes as they come; closing the generator stops the work."""


def run(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    orders: Orders | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    retry: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> RunResult:
    """Work on every report of folders and files, and keep the results in the store of ``out``.

    Parameters: ``paths`` folders, files, wildcards; ``orders`` patterns, language and limits; ``workers`` processes (as many
    as there are cores by default); ``scheduler`` the address of a Dask scheduler for the cluster engine; ``retry`` to try
    unchanged files again that could not be read; ``progress`` is
    called for every file once its result is safe in the store. Files that have not changed since an earlier run with the
    same patterns and the same gouji are not worked on again.
    Returns how the run ended; Ctrl-C ends it early with everything done so far kept.
    Raises ``GoujiError`` for a path that names nothing, a store in use, from a newer gouji, or that cannot be written.
    """
    orders = orders or Orders()
    out = Path(out)
    ruleset = orders.ruleset()
    workers = workers or os.cpu_count() or 1
    found = find(paths, out, orders.lang)
    with Store(out, orders.lang, writing=True) as store:
        number = store.start_run(
            gouji=__version__,
            patterns=ruleset.digest,
            lang=orders.lang,
            engine="dask" if scheduler else "local",
            workers=None if scheduler else workers,
            roots=sorted({e.root if isinstance(e, Job) else e.job.root for e in found}),
        )
        take_parts(store, number)
        going = _Run(store, number, orders, recipe(ruleset), found, progress)
        if retry:
            going.retry()
        if scheduler:
            from extractor.batches import cluster

            engine: Engine = cluster.engine(orders, scheduler, out)
        else:
            engine = lambda jobs: local.run(jobs, orders, workers)  # noqa: E731
        result = going.go(engine)
        if not result.interrupted:
            parts.clear(out / parts.FOLDER)
        return result


def summarise(
    out: str | Path,
    *,
    orders: Orders | None = None,
    expected: Sequence[str] = (),
    judge: Callable[[str, str], str | None] = lambda rule, severity: severity,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> County:
    """Put together what the store of ``out`` holds (see ``extractor.model.county``), last year's reports compared.

    Parameters: ``expected`` names of bodies that should report, so that one without any file shows as missing; ``judge``
    gives the severity that counts for a rule and its own one (None: not wanted); ``tell`` is called with (done, all) while
    years are compared.
    Raises ``GoujiError`` when the store is in use or cannot be written.
    """
    from extractor.batches.summary import county

    orders = orders or Orders()
    with Store(Path(out), orders.lang, writing=True) as store:
        return county(store, orders, expected=tuple(expected), judge=judge, tell=tell)


def take_parts(store: Store, run: int) -> int:
    """Take over what workers of a cluster have left in part files, when whoever started them was killed before it could.

    Returns how many files that were. What the store holds already is written again, which changes nothing.
    """
    folder = store.folder / parts.FOLDER
    taken = 0
    with store.transaction():
        for line in parts.lines(folder):
            if line.outcome is not None:
                report = None if line.outcome.report is None else store.save_report(line.outcome.report)
                store.save_file(run, line.outcome, line.recipe, report)
                taken += 1
    parts.clear(folder)
    return taken


def export(out: str | Path, to: str | Path, form: str, lang: str = "zh") -> list[Path]:
    """Write the tables of the store of ``out`` into the folder ``to`` (see ``export_tables``), what a cluster has left in
    part files included. Raises ``GoujiError``."""
    from extractor.batches.export import export as export_tables

    out = Path(out)
    if (out / parts.FOLDER).is_dir():
        with Store(out, lang, writing=True) as store:
            [(run,)] = store.rows("SELECT coalesce(max(id), 0) FROM runs")
            take_parts(store, run)
    return export_tables(out, Path(to), form, lang)


def reports(out: str | Path, ids: Iterable[int], lang: str = "zh") -> Iterator[tuple[int, str, Report]]:
    """Reports of the store of ``out`` by id, each with the hash of its file, as they were extracted."""
    from extractor.batches.rows import unpack

    with Store(Path(out), lang) as store:
        for number in ids:
            for sha256, packed in store.rows("SELECT sha256, packed FROM reports WHERE id = ?", number):
                yield number, sha256, unpack(packed)


class _Run:
    """One run on its way: what the store knows, what is to be done, what is not yet committed."""

    def __init__(
        self,
        store: Store,
        number: int,
        orders: Orders,
        made_by: str,
        found: list[Job | Outcome],
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._store, self._number, self._found, self._progress = store, number, found, progress
        self._recipe, self._refused = made_by, refused(made_by, orders.limits)
        self._known = store.known()
        self._reports = store.reports_by_hash(made_by)
        self._start = self._since = monotonic()
        self._counts: Counter[str] = Counter()
        self._told = 0
        self._waiting: list[Outcome] = []  # written, to be told once they are committed
        self._same: dict[str, list[Job]] = {}  # by hash being worked on: other files with these bytes
        self._kept: list[Job] = []
        self._stopped = False

    def go(self, engine: Engine) -> RunResult:
        """Work until everything is done or somebody stops it. What has come in is kept in any case."""
        with self._stoppable(), closing(engine(self._jobs())) as outcomes:
            try:
                for outcome in outcomes:
                    self._take(outcome)
                    if len(self._waiting) >= _COMMIT_FILES or monotonic() > self._since + _COMMIT_SECONDS:
                        self._commit()
                    if self._stopped:
                        break
                self._commit()
            except BaseException:
                self._store.rollback()
                raise
        self._store.still_there(self._number, self._kept)
        self._store.end_run(self._number, "interrupted" if self._stopped else "done", self._told)
        return RunResult(
            run=self._number,
            files=len(self._found),
            counts=dict(sorted(self._counts.items())),
            interrupted=self._stopped,
            seconds=monotonic() - self._start,
        )

    def retry(self) -> None:
        """Forget what could not be read."""
        self._known = {path: known for path, known in self._known.items() if known.status != UNREADABLE}

    def _made(self, status: str) -> str:
        return self._refused if status == UNREADABLE else self._recipe

    def _jobs(self) -> Generator[Job]:
        """The files that need work; what is known already or cannot be opened is written on the way."""
        for entry in self._found:
            if self._stopped:
                return
            job = self._hashed(entry) if isinstance(entry, Job) else entry
            if isinstance(job, Outcome):
                self._take(job)
                continue
            known = self._known.get(stored(job.address))
            if known and known.status in _LASTING and (known.sha256, known.recipe) == (job.sha256, self._made(known.status)):
                self._kept.append(job)
                status = known.status if known.status in (UNREADABLE, ASIDE) else UNCHANGED
                findings, crashed = known.findings or 0, known.crashed or 0
                self._tell(Outcome(job=job, status=status, reason=known.reason, findings=findings, crashed=crashed))
            elif job.sha256 in self._reports:
                self._note(Outcome(job=job, status=READ))
            elif job.sha256 in self._same:
                self._same[job.sha256].append(job)
            else:
                self._same[job.sha256] = []
                yield job

    def _hashed(self, job: Job) -> Job | Outcome:
        try:
            data = content(job.address)
        except ReadError as error:
            return Outcome(job=job, status=UNREADABLE, reason=reason_of(error, job))
        return replace(job, sha256=hashlib.sha256(data).hexdigest(), size=len(data))

    def _take(self, outcome: Outcome) -> None:
        """Write what an engine or a look at the file gave, and the same for other files with these bytes."""
        self._begin()
        report = None if outcome.report is None else self._store.save_report(outcome.report)
        if report is not None:
            self._reports[outcome.job.sha256] = report
        self._note(outcome)
        for job in self._same.pop(outcome.job.sha256, ()):
            self._note(replace(outcome, job=job, report=None))

    def _note(self, outcome: Outcome) -> None:
        self._begin()
        held = self._reports.get(outcome.job.sha256) if outcome.status == READ else None
        self._store.save_file(self._number, outcome, self._made(outcome.status), held)
        self._waiting.append(replace(outcome, report=None))

    def _begin(self) -> None:
        if not self._store.writing:
            self._since = monotonic()
            self._store.begin()

    def _commit(self) -> None:
        """Make what was written last, and only then tell of it."""
        if self._store.writing:
            self._store.commit()
        told, self._waiting = self._waiting, []
        for outcome in told:
            self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        self._told += 1
        self._counts[outcome.status] += 1
        if self._progress:
            seconds = monotonic() - self._start
            self._progress(Progress(done=self._told, total=len(self._found), outcome=outcome, seconds=seconds))

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        """Ctrl-C asks for an orderly end, the second one for an immediate one (what is not committed is then done again)."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(number: int, frame: object) -> None:
            if self._stopped:
                raise KeyboardInterrupt
            self._stopped = True

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
