"""Tables found in ruling lines, and the text sorted into their cells."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from statistics import median
from typing import Any

from extractor.model import Box, Diagnostic
from extractor.readers.paged.page import Cell, Grid, Line, Page, Ruling, around

FEWEST = 4
_MOST, _MOST_CROSSINGS = 3000, 8000
_NEAR = 3.0
_SHORTEST = 4.0
_BESIDE = 8.0
_NARROWEST, _LOWEST = 5.0, 8.0
_Edge = dict[str, Any]


def find(page: Page) -> None:
    """Move the tables of a page from its ruling lines and text into ``page.grids``.

    A frame around text (one column of cells) is no table: its text stays in ``page.lines``.
    """
    if len(page.rulings) < FEWEST or not page.lines:
        return
    edges = [_edge(r) for r in page.rulings if max(r.box[2] - r.box[0], r.box[3] - r.box[1]) >= _SHORTEST]
    for boxes in _tables(page, edges):
        grid = _grid(page.number, boxes)
        if len(grid.xs) > 2:
            page.grids.append(grid)
    if page.grids:
        page.lines = [piece for line in page.lines for piece in _sorted_into(line, page.grids)]


def _edge(ruling: Ruling) -> _Edge:
    x0, top, x1, bottom = ruling.box
    if ruling.upright:
        return _edge_between((x0 + x1) / 2, top, (x0 + x1) / 2, bottom, "v")
    return _edge_between(x0, (top + bottom) / 2, x1, (top + bottom) / 2, "h")


def _edge_between(x0: float, top: float, x1: float, bottom: float, orientation: str) -> _Edge:
    """A line as the table finder wants it."""
    size = {"width": x1 - x0, "height": bottom - top}
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "orientation": orientation, **size}


def _tables(page: Page, edges: list[_Edge]) -> list[list[Box]]:
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    if not edges:
        return []
    merged = merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    merged += _closing(merged, "v", "top", "bottom", "x0", "x1") + _closing(merged, "h", "x0", "x1", "top", "bottom")
    crossings = edges_to_intersections(merged, _NEAR, _NEAR) if len(merged) <= _MOST else {}
    if len(merged) > _MOST or len(crossings) > _MOST_CROSSINGS:
        message = f"第{page.number}页线条太多（{len(merged)}条），没有按表格读。"
        page.diagnostics.append(Diagnostic(code="dense-drawing", severity="warning", message=message, page=page.number))
        return []
    found: list[list[Box]] = cells_to_tables(intersections_to_cells(crossings))
    return found


def _closing(edges: list[_Edge], kind: str, start: str, end: str, low: str, high: str) -> list[_Edge]:
    """Lines that close open sides: where two neighbours of one ``kind`` end together and lines cross between them.

    Tables are left open where a page breaks them, and many have no lines at their left and right.
    """
    lines = [e for e in edges if e["orientation"] == kind]
    crossing = [e for e in edges if e["orientation"] != kind]
    added: list[_Edge] = []
    for side in (start, end):
        for group in _ending_together(lines, side):
            at = median(line[side] for line in group)
            through = [line for line in lines if line[start] < at - _NEAR and line[end] > at + _NEAR]
            for a, b in pairwise(sorted([*group, *through], key=lambda line: line[low])):
                if a in through or b in through:
                    continue
                between = [c for c in crossing if c[low] <= a[low] + _NEAR and c[high] >= b[low] - _NEAR]
                held = any(max(a[start], b[start]) - _NEAR <= c[start] <= min(a[end], b[end]) + _NEAR for c in between)
                if held and not any(abs(c[start] - at) <= _BESIDE for c in between):
                    place = {low: a[low], high: b[low], start: at, end: at}
                    added.append(_edge_between(**place, orientation="h" if kind == "v" else "v"))
    return added


def _ending_together(lines: list[_Edge], side: str) -> list[list[_Edge]]:
    groups: list[list[_Edge]] = []
    for line in sorted(lines, key=lambda line: line[side]):
        if groups and line[side] - groups[-1][0][side] <= _NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [group for group in groups if len(group) > 1]


def _grid(page: int, boxes: list[Box]) -> Grid:
    xs = _places([x for b in boxes for x in (b[0], b[2])], _NARROWEST)
    ys = _places([y for b in boxes for y in (b[1], b[3])], _LOWEST)
    cells = [
        Cell(top=_index(ys, b[1]), bottom=_index(ys, b[3]), left=_index(xs, b[0]), right=_index(xs, b[2]), box=b)
        for b in sorted(boxes, key=lambda b: (b[1], b[0]))
    ]
    cells = [cell for cell in cells if cell.top < cell.bottom and cell.left < cell.right]
    return Grid(page, xs, ys, cells)


def _places(values: list[float], least: float) -> list[float]:
    """Places of lines, those too near for any text between them taken as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] >= least:
            places.append(value)
    return places


def _index(places: list[float], value: float) -> int:
    at = bisect_right(places, value)
    return at if at < len(places) and places[at] - value < value - places[at - 1] else max(at - 1, 0)


def _sorted_into(line: Line, grids: list[Grid]) -> list[Line]:
    """The pieces of a line that stand outside every cell; the others are put into their cells."""
    near = [g for g in grids if _overlap(line.box, g.box)]
    if not near:
        return [line]
    outside: list[Line] = []
    for piece, cell in _pieces(line, near):
        (cell.lines if cell is not None else outside).append(piece)
    return outside


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def _pieces(line: Line, grids: list[Grid]) -> list[tuple[Line, Cell | None]]:
    chars = line.chars
    if chars is None:
        return [(line, _cell_at(line.box, grids))]
    pieces: list[tuple[Line, Cell | None]] = []
    start, current = 0, None
    for i in range(len(line.text) + 1):
        if i < len(line.text) and line.text[i].isspace():
            continue
        cell = _cell_at(chars[i], grids) if i < len(line.text) else None
        if i == len(line.text) or (cell is not current and i > start):
            text = line.text[start:i]
            if text.strip():
                boxes = [chars[k] for k in range(start, i) if not line.text[k].isspace()]
                piece = Line(text.strip(), around(boxes), confidence=line.confidence)
                pieces.append((piece, current))
            start = i
        current = cell
    return pieces


def _cell_at(box: Box, grids: list[Grid]) -> Cell | None:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return next((cell for grid in grids if (cell := grid.at(x, y)) is not None), None)
