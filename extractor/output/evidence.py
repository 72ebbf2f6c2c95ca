"""The sentence behind a finding, with its numbers marked, cut to what a reader needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extractor.model import Check, Fact, Report, Span
from extractor.model.report import TableInfo
from extractor.text.headings import path

AROUND = 24
_FIGURE = re.compile(r"[\d.,%\s/-]*")


class Piece(NamedTuple):
    """A stretch of evidence; ``marked`` when it is one of the numbers in question."""

    text: str
    marked: bool


def evidence(report: Report, check: Check, longest: int = 150) -> list[list[Piece]]:
    """The sentences and table rows of a check's numbers, each as pieces; long sentences are cut to windows around them."""
    facts = {f.id: f for f in report.facts}
    used = [facts[i] for i in check.facts if i in facts]
    if not used:
        return [[Piece(report.text[check.span[0] : check.span[1]], False)]] if check.span else []
    sentences: dict[Span, list[Fact]] = {}
    rows: dict[tuple[int, int], set[int]] = {}
    for fact in used:
        if fact.cell is None:
            sentences.setdefault(fact.sentence, []).append(fact)
        else:
            rows.setdefault(fact.cell[:2], set()).add(fact.cell[2])
    said = [pieces(report.text, span, [f.span for f in group], longest) for span, group in sorted(sentences.items())]
    return said + [_row(report.tables[table], row, marked) for (table, row), marked in sorted(rows.items())]


def _row(table: TableInfo, row: int, marked: set[int]) -> list[Piece]:
    """A row of a table as pieces, with its label or else the heads of its columns: a lone figure tells nothing."""
    cells = table.rows[row]
    above = table.rows[table.header_rows - 1] if 0 < table.header_rows <= row else ()
    if len(above) == len(cells) and all(_FIGURE.fullmatch(c) for c in cells):
        cells = tuple(f"{_flat(head)} {cell}" for head, cell in zip(above, cells, strict=True))
    found: list[Piece] = []
    for column, cell in enumerate(cells):
        repeated = column > 0 and cell == cells[column - 1] and not _FIGURE.fullmatch(cell)  # a merged label
        if not repeated:
            found += [Piece("｜", False)] * bool(found) + [Piece(_flat(cell), column in marked)]
    return [p for p in found if p.text]


def pieces(text: str, sentence: Span, numbers: Iterable[Span], longest: int = 150) -> list[Piece]:
    """A sentence as pieces, its numbers marked; a long one is cut to windows around them.

    Parameters: ``text`` that holds the ``sentence``; ``numbers`` spans within it; ``longest`` in characters.
    """
    start, end = sentence
    spans = sorted(numbers)
    found: list[Piece] = []
    at = start
    whole = end - start <= longest
    for a, b in spans:
        if a < at:
            continue
        between = text[at:a]
        if not whole:
            between = _cut(between, head=bool(found), tail=True)
        found += [Piece(_flat(between), False), Piece(_flat(text[a:b]), True)]
        at = b
    rest = text[at:end]
    found.append(Piece(_flat(rest if whole else _cut(rest, head=True, tail=False)), False))
    return [p for p in found if p.text]


def _cut(text: str, *, head: bool, tail: bool) -> str:
    """The middle of a long stretch taken out: ``AROUND`` characters stay on each side that touches a number."""
    keep_head, keep_tail = (AROUND if head else 0), (AROUND if tail else 0)
    if len(text) <= keep_head + keep_tail + 4:
        return text
    return text[:keep_head] + "…" + (text[-keep_tail:] if keep_tail else "")


def _flat(text: str) -> str:
    return " ".join(text.split())


def section_path(report: Report, section: str | None) -> str:
    """The headings above a place, outermost first."""
    return path(report.sections, section)


def section_at(report: Report, span: Span | None) -> str | None:
    """The innermost section that holds a place."""
    found = None
    for section in report.sections:
        if span and section.span[0] <= span[0] < section.body[1]:
            found = section.id
    return found


def pages_of(report: Report, check: Check) -> list[int]:
    """The 1-based pages of a check's numbers, or of the heading it speaks of; none where the format has no pages."""
    facts = {f.id: f for f in report.facts}
    found = {facts[i].page for i in check.facts if i in facts}
    if not found:
        found = {s.page for s in report.sections if s.id == section_at(report, check.span)}
    return sorted(p for p in found if p is not None)
