"""A run over many files as it is seen: one line per file, a bar with rate and time left where there is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from types import TracebackType
from typing import Self

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from extractor.model.batch import ASIDE, READ, UNCHANGED, Outcome, RunResult
from extractor.model.batch import Progress as Step
from extractor.output.messages import say
from extractor.output.terminal import console


class Waiting:
    """What a command works on, shown on a terminal (standard error) once it takes longer than a second, and wiped again.

    Parameters: ``total`` number of files; ``quiet`` to show nothing.
    """

    def __init__(self, lang: str, total: int, *, quiet: bool = False, after: float = 1.0) -> None:
        self._total, self._after, self._label = total, after, say(lang, "batch_working")
        self._out = console(sys.stderr)
        self._shown = not quiet and self._out.is_terminal

    @contextmanager
    def on(self, file: str, done: int) -> Iterator[None]:
        """Around the work on one file, of which ``done`` are finished."""
        if not self._shown:
            yield
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        bar = Progress(*columns, console=self._out, transient=True)
        bar.add_task(f"{self._label} {file}", total=self._total, completed=done)
        timer = Timer(self._after, bar.start)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            bar.stop()


class Lines:
    """Tells of every file; a context manager around the run. ``unread`` and ``findings`` count what was told.

    Parameters: ``lang`` of words; ``quiet`` to tell nothing but the end. Without a terminal there is no bar.
    """

    def __init__(self, lang: str, *, quiet: bool = False) -> None:
        self._lang, self._quiet = lang, quiet
        self._out = console()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._out,
            disable=quiet or not self._out.is_terminal,
            transient=True,
        )
        self._task: TaskID | None = None
        self.unread = self.findings = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def tell(self, step: Step) -> None:
        """One file is done."""
        outcome = step.outcome
        read = outcome.status in (READ, UNCHANGED, ASIDE)
        self.unread += not read
        self.findings += outcome.findings + outcome.crashed
        if self._task is None:
            self._task = self._bar.add_task(self._say("batch_working"), total=step.total, rate="")
        rate = self._say("batch_rate", rate=f"{step.done / step.seconds:.1f}" if step.seconds else "")
        self._bar.update(self._task, completed=step.done, rate=rate)
        if not self._quiet and outcome.status != UNCHANGED:
            self._line(outcome, read)

    def _line(self, outcome: Outcome, read: bool) -> None:
        if outcome.status == ASIDE:
            text = Text(f"– {outcome.job.name}  {outcome.reason}", style="dim")
        elif not read:
            text = Text("✗ ", style="red").append(outcome.job.name).append(f"  {outcome.reason}", style="red")
        elif outcome.crashed:
            text = (
                Text("! ", style="yellow").append(outcome.job.name).append(f"  {self._say('batch_crashed', n=outcome.crashed)}")
            )
        elif outcome.findings:
            text = (
                Text("! ", style="yellow").append(outcome.job.name).append(f"  {self._say('batch_found', n=outcome.findings)}")
            )
        else:
            text = Text("✓ ", style="green").append(outcome.job.name)
        self._out.print(text, soft_wrap=True)

    def close(self, result: RunResult) -> None:
        """The end of the run in a few lines."""
        counts = self._say("semicolon").join(f"{self._say('batch_status_' + k)} {n}" for k, n in result.counts.items())
        told = sum(result.counts.values())
        rate = f"{told / result.seconds:.1f}" if result.seconds else ""
        self._out.print(
            self._say("batch_end", files=result.files, counts=counts, seconds=f"{result.seconds:.1f}", rate=rate),
            soft_wrap=True,
        )
        if result.interrupted:
            text = self._say("batch_stopped", left=result.files - told)
            self._out.print(Text(text, style="yellow"), soft_wrap=True)

    def _say(self, key: str, **words: object) -> str:
        return say(self._lang, key, **words)


class Steps:
    """A bar for work that is counted and nothing else; a context manager. Nothing is shown without a terminal."""

    def __init__(self, title: str) -> None:
        out = console()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=out, disable=not out.is_terminal, transient=True)
        self._title = title
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def tell(self, done: int, total: int) -> None:
        """So many of all are done."""
        if self._task is None:
            self._task = self._bar.add_task(self._title, total=total)
        self._bar.update(self._task, completed=done)
