"""Findings as a workbook for Excel and WPS: to be filtered, judged in a column of reviews, and read back (``gouji review``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from extractor.errors import GoujiError
from extractor.model import Check, Report
from extractor.model.check import CRASHED, FAIL, UNVERIFIABLE
from extractor.output.formats import Job
from extractor.output.messages import say
from extractor.output.rows import CHECK, FACT, REVIEWS, check_row, fact_row, open_numbers, year
from extractor.output.sheets import Book, Cell
from extractor.output.view import View

_SUMMARY = ("body", "year", "kind", "title", "error", "warning", "info", "crashed", "unverifiable", "pass", "numbers_all",
            "facts", "aside", "unread", "checked", "file")  # fmt: skip
_WIDEST = 40
_TOP = 2  # the first row under the head, as Excel counts


def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]:
    """The workbook: 汇总, 问题清单, 事实表, 未能核对, 覆盖率. Raises ``GoujiError`` when it would not fit a sheet."""
    workbook = _Workbook([View(r, job.ruleset) for r in reports], job)
    buffer = BytesIO()
    try:
        workbook.write(buffer)
    except OSError as error:
        raise GoujiError(say(job.ruleset.lang, "tab_full", why=error)) from None
    yield buffer.getvalue()


class _Workbook:
    def __init__(self, views: list[View], job: Job) -> None:
        self._views, self._job = views, job
        self._failed = [(v, c) for v in views for c in v.checks if c.status in (FAIL, CRASHED)]
        self._open = [(v, c) for v in views for c in v.checks if c.status == UNVERIFIABLE]
        self._facts = [(v, f) for v in views for f in v.report.facts]
        self._fact_rows = {(id(v), f.id): n for n, (v, f) in enumerate(self._facts, _TOP)}
        self._check_rows: dict[tuple[int, str], str] = {}
        for name, listed in (("findings", self._failed), ("open", self._open)):
            for n, (view, check) in enumerate(listed, _TOP):
                self._check_rows[id(view), check.id] = f"internal:'{self._say('tab_' + name)}'!A{n}"

    def write(self, buffer: BytesIO) -> None:
        with Book(buffer) as book:
            book.sheet(self._say("tab_overview"), self._head(_SUMMARY), self._summary(), frozen=2)
            self._verdicts(book, "findings", self._failed)
            facts = [fact_row(v, f, self._to_check(v, f.id)) for v, f in self._facts]
            book.sheet(self._say("tab_facts"), self._head(FACT), facts, frozen=4, widest=_WIDEST)
            self._verdicts(book, "open", self._open)
            head = ("body", "year", "item", "number", "sentence", "file")
            book.sheet(self._say("tab_ledger"), self._head(head), list(self._ledger()), frozen=2)

    def _verdicts(self, book: Book, name: str, listed: list[tuple[View, Check]]) -> None:
        review, note = CHECK.index("review"), CHECK.index("note")
        book.sheet(
            self._say(f"tab_{name}"),
            self._head(CHECK),
            [check_row(v, c, self._to_fact(v, c)) for v, c in listed],
            frozen=2,
            choices={review: [self._say(f"review_{r}") for r in REVIEWS]},
            widest=_WIDEST,
            roomy={review: 12, note: 28},
            printed=note + 1,
        )

    def _say(self, key: str, **words: object) -> str:
        return say(self._job.ruleset.lang, key, **words)

    def _head(self, columns: Iterable[str]) -> list[str]:
        return [self._say(f"head_{c}") for c in columns]

    def _summary(self) -> list[list[Cell]]:
        """One row per report, a sum below several, and the files that could not be read with the reason."""
        rows: list[list[Cell]] = []
        for view in self._views:
            report, counts, coverage = view.report, view.counts(), view.report.coverage
            ledger = (
                coverage.numbers,
                coverage.facts,
                sum(coverage.set_aside.values()),
                len(coverage.unread),
                coverage.checked,
            )
            info = report.report
            rows.append([view.org, year(view), view.kind, info.title, *counts.values(), *ledger, report.source.path])
        if len(rows) > 1:
            numbers = [sum(n for n in column if isinstance(n, int)) for column in zip(*(r[4:-1] for r in rows), strict=True)]
            rows.append([self._say("sum_of_all"), None, None, self._say("html_several", n=len(rows)), *numbers, None])
        blank = [None] * (len(_SUMMARY) - 5)
        unread = self._job.unread
        return rows + [[self._say("not_read"), None, None, str(e), *blank, getattr(e, "path", "")] for e in unread]

    def _ledger(self) -> Iterator[list[Cell]]:
        """What became of every number: facts in and out of checks, the set aside by reason, the unread with their place."""
        for view in self._views:
            coverage = view.report.coverage
            start: tuple[Cell, ...] = (view.org, year(view))
            path = view.report.source.path
            idle = coverage.facts - coverage.checked
            for key, count in (("ledger_all", coverage.numbers), ("ledger_checked", coverage.checked), ("ledger_idle", idle)):
                yield [*start, self._say(key), count, None, path]
            for rule, count in sorted(coverage.set_aside.items(), key=lambda x: -x[1]):
                yield [*start, self._say("ledger_aside", reason=view.reason(rule)), count, None, path]
            for org, at, text, around, _ in open_numbers(view):
                yield [org, at, self._say("ledger_unread", text=text), 1, around, path]

    def _to_fact(self, view: View, check: Check) -> str:
        row = next((self._fact_rows[id(view), f.id] for f in view.numbers(check)), None)
        return f"internal:'{self._say('tab_facts')}'!A{row}" if row else ""

    def _to_check(self, view: View, fact: str) -> str:
        rows = (self._check_rows.get((id(view), c.id)) for c in view.used_by.get(fact, []))
        return next((r for r in rows if r), "")
