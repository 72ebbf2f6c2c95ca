"""Ruled tables as rows of cells: merged cells filled, tables joined that go on over a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.model import Box
from extractor.readers.grid import Cell as Merged
from extractor.readers.grid import rectangle
from extractor.readers.lines import MARK
from extractor.readers.paged.page import Grid, Line

_NUMBER = re.compile(r"^-?[\d,，.]+%?$")
_NEAR = 4.0
_HAN_GAP = re.compile(r"(?<=[^\x00-\x7f]) +(?=\S)|(?<=\S) +(?=[^\x00-\x7f])")


@dataclass(slots=True)
class Part:
    """The text of one cell and where it stands; shared by all places of a merged cell."""

    text: str
    page: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Rows:
    """A table while it is put together: rows of shared ``Part``s, the places of its column borders, and where it stands."""

    page: int
    box: Box
    xs: list[float]
    rows: list[list[Part]]
    head: int
    last_page: int = 0


def rows_of(grid: Grid) -> Rows:
    """A grid as rows, merged cells filled as in every format; a figure over several rows is shown once: it is one figure."""
    texts = {id(cell): cell_text(cell.lines) for cell in grid.cells}
    head = min((cell.top for cell in grid.cells if _NUMBER.match(texts[id(cell)])), default=len(grid.ys) - 1)
    _mend(grid, head, {known for known, text in texts.items() if not text})
    parts = {(cell.top, cell.left): Part(texts[id(cell)], grid.page, cell.lines) for cell in grid.cells}
    height, width = len(grid.ys) - 1, len(grid.xs) - 1
    placed = [
        [
            Merged(parts[r, c].text, cell.bottom - cell.top, cell.right - cell.left) if cell else Merged("")
            for c in range(width)
            if (cell := grid.owners.get((r, c))) is None or (cell.top, cell.left) == (r, c)
        ]
        for r in range(height)
    ]
    rows = [
        [
            parts.get((slot.row, slot.column), Part("", grid.page))
            if slot.row == r or not _NUMBER.match(slot.text)
            else Part("", grid.page)
            for slot in line
        ]
        for r, line in enumerate(rectangle(placed))
    ]
    return Rows(grid.page, grid.box, grid.xs, rows, head, last_page=grid.page)


def _mend(grid: Grid, head: int, blank: set[int]) -> None:
    """Take out stray borders above row ``head``: a cell that straddles one shows that the ``blank`` cell there is none."""
    for right in list(grid.cells):
        left, under = grid.owners.get((right.top, right.left - 1)), grid.owners.get((right.bottom, right.left))
        if right.bottom >= head or left is None or under is None or not under.left < right.left < under.right:
            continue
        if (left.top, left.bottom) == (right.top, right.bottom) and (id(left) in blank) != (id(right) in blank):
            full, gone = (right, left) if id(left) in blank else (left, right)
            full.left, full.right = left.left, right.right
            grid.cells.remove(gone)
            grid.owners.update({(r, c): full for r in range(full.top, full.bottom) for c in range(full.left, full.right)})


def cell_text(lines: list[Line]) -> str:
    """The lines of a cell as one text: no breaks, and no spaces beside Chinese characters (they only set it out)."""
    text = ""
    for line in reading(lines):
        latin = text[-1:].isascii() and text[-1:].isalpha() and line.text[:1].isascii() and line.text[:1].isalpha()
        text += (" " if latin else "") + line.text
    return _HAN_GAP.sub("", " ".join(text.split()))


def reading(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom, those of one height from left to right."""
    out: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: x.middle):
        if out and abs(out[-1][-1].middle - line.middle) < 0.4 * (line.box[3] - line.box[1]):
            out[-1].append(line)
        else:
            out.append([line])
    return [line for row in out for line in sorted(row, key=lambda x: x.box[0])]


def goes_on(table: Rows, other: Rows) -> bool:
    """Whether ``other``, at the top of a page, goes on with ``table``, at the end of the page before."""
    same_edges = abs(table.xs[0] - other.xs[0]) <= _NEAR and abs(table.xs[-1] - other.xs[-1]) <= _NEAR
    return same_edges and (_within(other.xs, table.xs) or _within(table.xs, other.xs))


def _within(few: list[float], many: list[float]) -> bool:
    return all(any(abs(x - y) <= _NEAR for y in many) for x in few)


def joined(table: Rows, other: Rows) -> Rows:
    """Both as one table: headings repeated on the new page left out, the labels of cut row groups carried over."""
    xs = table.xs if len(table.xs) >= len(other.xs) else other.xs
    above, below = _on(xs, table), _on(xs, other)
    repeated = 0
    while (
        repeated < min(len(above), len(below), max(table.head, 1))
        and any(p.text for p in below[repeated])
        and [p.text for p in above[repeated]] == [p.text for p in below[repeated]]
    ):
        repeated += 1
    below = below[repeated:]
    while above and _blank(above[-1]):
        above = above[:-1]  # the stub of a row that the page break cut
    while below and _blank(below[0]):
        below = below[1:]
    if above and below and not repeated:
        if _cut(above[-1], below[0]):
            below = _mended(above[-1], below)
        if below:
            _carry(above[-1], below)
    return Rows(table.page, table.box, xs, above + below, table.head, last_page=other.last_page)


def _on(xs: list[float], table: Rows) -> list[list[Part]]:
    """The rows over finer columns: what stood in one wider column stands in the first of its finer ones."""
    if len(xs) == len(table.xs):
        return table.rows
    nearest = [min(range(len(xs)), key=lambda i, x=x: abs(xs[i] - x)) for x in table.xs]  # type: ignore[misc]
    out = []
    for row in table.rows:
        wide = [Part("", table.page)] * (len(xs) - 1)
        for c, part in enumerate(row):
            wide[nearest[c]] = part
        out.append(wide)
    return out


def _carry(last: list[Part], below: list[list[Part]]) -> None:
    """Fill the empty labels that lead the first row of a page, and all rows that share those cells, from the row above."""
    first = below[0]
    filled = next((c for c, part in enumerate(first) if part.text), 0)
    if filled == len(first) or _NUMBER.match(first[filled].text):
        return
    for c in range(filled):
        cut = first[c]
        for row in below:
            if row[c] is not cut:
                break
            row[c] = last[c]


def _cut(last: list[Part], first: list[Part]) -> bool:
    """Whether the first row of a page only ends the labels of the row that the page break cut.

    It has no figures of its own, and its words, which start with no mark, stand below a marked label or an open bracket.
    """
    figures = {c for c, part in enumerate(last) if _NUMBER.match(part.text)}
    words = {c for c, part in enumerate(first) if part.text}
    if not figures or figures & words or any(MARK.match(first[c].text) or _NUMBER.match(first[c].text) for c in words):
        return False
    return all(MARK.match(last[c].text) or last[c].text.count("（") > last[c].text.count("）") for c in words)


def _mended(last: list[Part], below: list[list[Part]]) -> list[list[Part]]:
    """The rows after the one that ends the cut row, whose words go to where they began."""
    for c, part in enumerate(below[0]):
        if not part.text:
            continue
        last[c].text += part.text
        for row in below[1:]:
            if row[c] is not part:
                break
            row[c] = last[c]
    return below[1:]


def _blank(row: list[Part]) -> bool:
    return not any(part.text for part in row)


def empty(table: Rows) -> bool:
    """Whether nothing is written in it."""
    return all(_blank(row) for row in table.rows)
