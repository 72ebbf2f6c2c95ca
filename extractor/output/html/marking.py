"""The canonical text cut into lines and stretches: where each number, each sentence in question and each note stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extractor.model import Check, Fact, Section, Span
from extractor.model.check import CRASHED, FAIL, UNVERIFIABLE
from extractor.output.view import View

HEADING, TITLE, PARAGRAPH, ROW = "heading", "title", "paragraph", "row"


class Piece(NamedTuple):
    """A bit of text: a ``fact`` with its ``state``, a number that is none with the reason, or plain."""

    text: str
    fact: Fact | None = None
    state: str = ""
    reason: str = ""


class Stretch(NamedTuple):
    """Pieces that belong to the same verdicts (their ids, parted by blanks); ``runin`` is a heading inside a line."""

    checks: str
    pieces: list[Piece]
    runin: bool = False


class Line(NamedTuple):
    """One line of the text. ``cells`` has one entry, or one per column in the row of a table."""

    kind: str
    level: int
    section: str | None
    page: int | None
    cells: list[list[Stretch]]
    notes: list[Check]


class Block(NamedTuple):
    """Lines that are shown together: a table's rows, or a single line."""

    table: bool
    lines: list[Line]


class Marking:
    """Cuts the text of one report."""

    def __init__(self, view: View) -> None:
        self._view, self._report = view, view.report
        self._facts = sorted(self._report.facts, key=lambda f: f.span)
        self._aside = sorted(self._report.set_aside, key=lambda a: a.span)
        self._unread = {a.span for a in self._report.coverage.unread}
        self._starts = [f.span[0] for f in self._facts]
        self._block_starts = [b.span[0] for b in self._report.blocks]
        self._aside_starts = [a.span[0] for a in self._aside]
        self._spans: dict[Span, list[str]] = {}
        for check in self._report.checks:
            for span in view.spans(check):
                self._spans.setdefault(span, []).append(check.id)
        self._order = sorted(self._spans)
        self._longest = max((b - a for a, b in self._order), default=0)
        self._sections = {s.span[0]: s for s in self._report.sections}
        self._notes = sorted(
            ((anchor, n) for n, c in enumerate(view.checks) if (anchor := _anchor(view, c)) is not None),
        )
        self._states = {f: _state(checks) for f, checks in view.used_by.items()}

    def blocks(self) -> Iterator[Block]:
        """The whole text, in order; blank lines are left out."""
        table: list[Line] = []
        for line in self._lines():
            if line.kind == ROW:
                table.append(line)
                continue
            if table:
                yield Block(True, table)
                table = []
            yield Block(False, [line])
        if table:
            yield Block(True, table)

    def _lines(self) -> Iterator[Line]:
        at, page = 0, None
        title = "".join(self._report.report.title.split())
        for raw in self._report.text.split("\n"):
            start, end = at, at + len(raw)
            at = end + 1
            if not raw.strip():
                continue
            section = self._section(start, end)
            if "\t" in raw:
                kind = ROW
            elif section and section.span[1] >= start + len(raw.rstrip()):
                kind = HEADING
            elif not self._passed(start) and len(raw.strip()) > 3 and "".join(raw.split()) in title:
                kind = TITLE
            else:
                kind = PARAGRAPH
            here = self._page(start)
            new, page = (here if here != page else None), here or page
            cells = [self._stretches(a, b) for a, b in _cells(raw, start)]
            level = section.level if section and kind == HEADING else 0
            yield Line(kind, level, section.id if section else None, new, cells, self._noted(start, end))

    def _passed(self, at: int) -> bool:
        first = self._report.sections[0].span[0] if self._report.sections else len(self._report.text)
        return at > first

    def _section(self, start: int, end: int) -> Section | None:
        return next((s for a, s in self._sections.items() if start <= a < end), None)

    def _page(self, at: int) -> int | None:
        """The page of the block that holds a place; None where the format has no pages."""
        i = bisect_right(self._block_starts, at) - 1
        return self._report.blocks[i].page if i >= 0 else None

    def _noted(self, start: int, end: int) -> list[Check]:
        i = bisect_left(self._notes, (start, -1))
        j = bisect_left(self._notes, (end + 1, -1))
        return [self._view.checks[n] for _, n in sorted(self._notes[i:j], key=lambda x: x[1])]

    def _stretches(self, start: int, end: int) -> list[Stretch]:
        """A line in stretches of the same verdicts."""
        i = bisect_left(self._order, (start - self._longest, 0))
        j = bisect_right(self._order, (end, 0))
        near = [s for s in self._order[i:j] if s[1] > start and s[0] < end]
        section = self._section(start, end)
        head = section.span if section and section.span[1] < end else None
        cuts = sorted({start, end, *(min(max(e, start), end) for s in (*near, *([head] if head else [])) for e in s)})
        found = []
        for a, b in pairwise(cuts):
            ids = dict.fromkeys(c for s in near if s[0] <= a and b <= s[1] for c in self._spans[s])
            runin = head is not None and head[0] <= a and b <= head[1]
            found.append(Stretch(" ".join(ids), list(self._pieces(a, b)), runin))
        return found

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        """A stretch in pieces. Where two numbers overlap the first is shown; the other stands in the table of facts."""
        text, at = self._report.text, start
        i, j = bisect_left(self._starts, start), bisect_left(self._starts, end)
        marks: list[tuple[Span, Piece]] = [
            (f.span, Piece(text[f.span[0] : min(f.span[1], end)], f, self._states.get(f.id, ""))) for f in self._facts[i:j]
        ]
        i, j = bisect_left(self._aside_starts, start), bisect_left(self._aside_starts, end)
        for item in self._aside[i:j]:
            state = "unread" if item.span in self._unread else "aside"
            shown = text[item.span[0] : min(item.span[1], end)]
            marks.append((item.span, Piece(shown, None, state, self._view.reason(item.rule))))
        for (a, b), piece in sorted(marks, key=lambda m: (m[0], m[1].fact is None)):
            if a < at or a == b:
                continue
            if a > at:
                yield Piece(text[at:a])
            yield piece
            at = min(b, end)
        if at < end:
            yield Piece(text[at:end])


def _cells(raw: str, start: int) -> Iterator[Span]:
    at = start
    for cell in raw.split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1


def _anchor(view: View, check: Check) -> int | None:
    if check.span is not None:
        return check.span[0]
    numbers = view.numbers(check)
    return numbers[0].span[0] if numbers else None


def _state(checks: list[Check]) -> str:
    """How a number came out over all its verdicts: the gravest one counts."""
    failed = [c.severity for c in checks if c.status in (FAIL, CRASHED)]
    for severity in ("error", "warning", "info"):
        if severity in failed:
            return severity
    return "open" if any(c.status == UNVERIFIABLE for c in checks) else "pass"
