"""Tables with merged cells as rectangles: every row has a cell for every column, labels stand wherever they apply."""

from __future__ import annotations

import re
from typing import NamedTuple

WIDEST = 1000
"""Columns beyond this are not kept: no report has them, and a hostile file may ask for millions."""
_FIGURE = re.compile(r"-?[\d,，]*\d(?:\.\d+)?[%％]?$")


Merge = tuple[int, int, int, int]


class Sheet(NamedTuple):
    """A sheet: its name, the texts of its cells, and the merged ranges (first row, first column, last row, last column)."""

    name: str
    rows: list[list[str]]
    merges: list[Merge]


class Cell(NamedTuple):
    """A cell as a file holds it: its text, and over how many rows and columns it reaches."""

    text: str
    rows: int = 1
    columns: int = 1


class Slot(NamedTuple):
    """A place of the rectangle. ``row`` and ``column`` say where its text is written: in place, or in the merged cell."""

    text: str
    row: int
    column: int


def rectangle(rows: list[list[Cell]]) -> list[list[Slot]]:
    """The cells of a table on their places.

    A cell merged over rows is repeated in each of them. A cell merged over columns is repeated where it heads columns that
    are named apart below it (行政复议 over 结果维持, 结果纠正); elsewhere it stands once, on the left, with blanks after it.
    """
    placed: list[dict[int, tuple[Cell, int, int]]] = [{} for _ in rows]
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while c in placed[r]:
                c += 1
            across = max(1, min(cell.columns, WIDEST - c))
            for down in range(min(max(cell.rows, 1), len(rows) - r)):
                for right in range(across):
                    if c + right < WIDEST:
                        placed[r + down].setdefault(c + right, (cell, r, c))
            c += across
    width = max((max(p, default=-1) + 1 for p in placed), default=0)
    header = _header_rows(placed)
    return [[_slot(placed, r, c, width, header) for c in range(width)] for r in range(len(rows))]


def _slot(placed: list[dict[int, tuple[Cell, int, int]]], r: int, c: int, width: int, header: int) -> Slot:
    found = placed[r].get(c)
    if found is None:
        return Slot("", r, c)
    cell, top, left = found
    if c == left:
        return Slot(cell.text, top, left)
    below = top + cell.rows
    heads = (
        below < header
        and cell.columns < width
        and len({placed[below][k][1:] for k in range(left, min(left + cell.columns, WIDEST)) if k in placed[below]}) > 1
    )
    return Slot(cell.text, top, left) if heads else Slot("", r, c)


def _header_rows(placed: list[dict[int, tuple[Cell, int, int]]]) -> int:
    """How many rows stand before the first row with figures."""
    for r, row in enumerate(placed):
        if any(_FIGURE.match(cell.text.strip()) for cell, _, _ in row.values()):
            return r
    return len(placed)
