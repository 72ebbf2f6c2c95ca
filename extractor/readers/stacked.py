"""Tables copied one cell per line: labels and figures under each other, put back into rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.model import Span, Table
from extractor.readers.panels import HAN
from extractor.text.captions import captioned
from extractor.text.tablelayout import NONE_MARKS, STUB, is_figure

_BAR = re.compile(r"[|｜\s]+")
_NO_CELL = re.compile("[。；！？|\t]")
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}部分)"
    r"|^（.*）$|表$|^附?表 ?\d"
)
_LONGEST, _SHORT, _FEWEST, _WIDE = 60, 20, 6, 4

Row = list[int | None]
"""A row: for each of its cells the line that it stands on, None for a blank one."""


def stacked(lines: Sequence[str]) -> list[list[Row]]:
    """The tables of lines that hold one cell each, as rows of line numbers.

    Parameters: ``lines`` folded, '' for those that belong to no such table. A table is believed where as many labels as
    there are figures in a row stand above its first row, and where all rows under them are as long; a row that is not, as
    where blank cells were lost, ends it.
    """
    if sum(len(line) <= _SHORT and is_figure(line) for line in lines) < _FEWEST:
        return []
    kinds = [_kind(line) for line in lines]
    filled = [i for i, line in enumerate(lines) if line and not _BAR.fullmatch(line)]
    found: list[list[Row]] = []
    for cells, run in groupby(filled, key=lambda i: kinds[i] != ""):
        if cells:
            found.extend(_tables(lines, kinds, list(run)))
    return found


def _kind(line: str) -> str:
    """What a line holds: a ``figure`` (or the mark of a blank), a ``label``, or '' for what is no cell."""
    if line in NONE_MARKS or is_figure(line):
        return "figure" if line else ""
    return "label" if HAN.search(line) and len(line) <= _LONGEST and not _NO_CELL.search(line) else ""


def _tables(lines: Sequence[str], kinds: list[str], run: list[int]) -> Iterator[list[Row]]:
    """The tables of a run of labels and figures."""
    rows: list[Row] = []
    width = 0
    labels: list[int] = []
    for kind, group in groupby(run, key=lambda i: kinds[i]):
        if kind == "label":
            labels = list(group)
            continue
        figures = list(group)
        named = _headed(lines, labels, len(figures), width)
        if named is None and (len(figures) != width or not labels):
            yield from _told(rows, kinds)
            rows, width = [], 0
        else:
            above, head = named or (labels[:-1], [])
            if named and (cut := _cut(lines, above)):
                yield from _told(rows, kinds)
                rows, above = [], above[cut:]
            width = len(figures)
            blank: Row = [None] * width
            rows.extend([i, *blank] for i in above)
            if head:
                rows.append([*blank[len(head) - 1 :], *head])
            bare = head[-1:] == labels[-1:]
            rows.append([None if bare else labels[-1], *figures])
        labels = []
    yield from _told(rows, kinds)


def _headed(lines: Sequence[str], labels: list[int], number: int, width: int) -> tuple[list[int], Row] | None:
    """The labels above the headings of a row's figures, and these with the one above the labels; None where none are new."""
    texts = [lines[i] for i in labels]
    if len(texts) >= number > 1 and texts[-1] in texts[-number:-1]:
        return labels[:-number], list(labels[-number:])  # the name of a column: the row itself has none
    if len(texts) <= number:
        return None
    stub = labels[-number - 2 : -number - 1]
    if (number == width or number == 1) and not (stub and STUB.search(lines[stub[0]])):
        return None  # names of groups of rows
    return labels[: -number - 1 - len(stub)], [*stub, *labels[-number - 1 : -1]]


def _cut(lines: Sequence[str], above: list[int]) -> int:
    """How many of the labels above the headings are not of the table: up to the last that is a heading or a caption."""
    return max((k for k, i in enumerate(above, 1) if _HEADING.search(lines[i]) or not captioned(lines[i])), default=0)


def _told(rows: list[Row], kinds: list[str]) -> Iterator[list[Row]]:
    """A table, where it has rows of figures enough to be believed."""
    told = [row for row in rows if row[-1] is not None and kinds[row[-1]] == "figure"]
    if len(told) > 2 or any(len(row) > _WIDE for row in told):
        yield rows


def lines_of(rows: list[Row]) -> list[int]:
    """The lines that the cells of a table stand on."""
    return [i for row in rows for i in row if i is not None]


def unstacked(lines: Sequence[str], rows: list[Row], start: int) -> tuple[Table, str]:
    """The table of ``rows`` of ``lines``, and its text, one cell a line, which begins at ``start``."""
    texts: list[tuple[str, ...]] = []
    places: list[tuple[Span, ...]] = []
    written: list[str] = []
    at = start
    for row in rows:
        cells, spans = [], []
        for i in row:
            text = "" if i is None else lines[i].strip()
            cells.append(text)
            spans.append((at, at + len(text)))
            if i is not None:
                written.append(text)
                at += len(text) + 1
        texts.append(tuple(cells))
        places.append(tuple(spans))
    joined = "\n".join(written)
    return Table(span=(start, start + len(joined)), rows=tuple(texts), cells=tuple(places)), joined
