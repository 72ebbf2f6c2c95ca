"""Reading order: sheets that hold two pages, columns, and the pieces of one line brought together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractor.model import Box
from extractor.readers.paged.page import Grid, Line, Page, around

_FEWEST = 4
_FULL = 0.6
_NARROWEST = 8.0
_HANGING = 12.0  # marks may hang into the stripe between columns


def halves(page: Page) -> list[Page]:
    """The page, or the two pages that a wide sheet holds side by side."""
    if page.width < page.height * 1.15:
        return [page]
    boxes = [line.box for line in page.lines] + [grid.box for grid in page.grids]
    fold = _gutter(boxes, page.width * 0.46, page.width * 0.54)
    if fold is None:
        return [page]
    left, right = ([line for line in page.lines if (line.box[0] < fold) == side] for side in (True, False))
    if min(len(left), len(right)) < _FEWEST or not (_is_text(left, 0.0, fold) or _is_text(right, fold, page.width)):
        return [page]
    return [
        Page(
            page.number, fold, page.height, left, grids=[g for g in page.grids if g.xs[0] < fold], diagnostics=page.diagnostics
        ),
        Page(page.number, page.width - fold, page.height, right, grids=[g for g in page.grids if g.xs[0] >= fold]),
    ]


def regions(page: Page) -> list[list[Line | Grid]]:
    """Stretches of a page in reading order, each from top to bottom: columns stand one after the other.

    Pieces of one line are brought together; what is far apart keeps a wide gap.
    """
    rows = _rows(page.lines)
    gutter = _columns(page, rows)
    if gutter is None:
        return [_stretch([_join(row) for row in rows], page.grids)]
    out: list[list[Line | Grid]] = []
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []

    def flush() -> None:
        nonlocal left, right, across
        for lines in (across, left, right):
            if lines:
                box = around([line.box for line in lines])
                inside = [g for g in page.grids if box[1] <= g.ys[0] <= box[3] and g.xs[0] < box[2] and g.xs[-1] > box[0]]
                out.append(_stretch(lines, inside))
        left, right, across = [], [], []

    for row in rows:
        if any(line.box[0] < gutter - _HANGING and line.box[2] > gutter + _HANGING for line in row):
            if left or right:
                flush()
            across.append(_join(row))
            continue
        if across:
            flush()
        here = [line for line in row if line.box[0] + line.box[2] <= 2 * gutter]
        there = [line for line in row if line.box[0] + line.box[2] > 2 * gutter]
        left += [_join(here)] if here else []
        right += [_join(there)] if there else []
    flush()
    placed = {id(item) for stretch in out for item in stretch}
    rest = [g for g in page.grids if id(g) not in placed]
    if rest:
        out.append(_stretch([], rest))
    return out


def _stretch(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Line | Grid]:
    return sorted([*lines, *grids], key=lambda item: item.middle if isinstance(item, Line) else item.ys[0])


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Lines that stand at one height, each row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: x.middle):
        last = rows[-1][-1] if rows else None
        if last is not None and abs(line.middle - last.middle) <= 0.4 * min(
            line.box[3] - line.box[1], last.box[3] - last.box[1]
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda x: x.box[0]) for row in rows]


def _join(row: list[Line]) -> Line:
    text = row[0].text
    for last, line in pairwise(row):
        distance = (line.box[0] - last.box[2]) / max(line.em, 1.0)
        digits = text[-1:].isdigit() and line.text[:1].isdigit()
        text += ("" if distance < 0.3 else " " if distance < (1.2 if digits else 2) else "  ") + line.text
    if len(row) == 1:
        return row[0]
    known = [line.confidence for line in row if line.confidence is not None]
    return Line(text, around([line.box for line in row]), confidence=min(known) if known else None)


def _columns(page: Page, rows: list[list[Line]]) -> float | None:
    """The middle of the white stripe between two columns of running text, or None."""
    if len(page.lines) < 2 * _FEWEST:
        return None
    edges = sorted({round(line.box[2] + 0.5) for line in page.lines if page.width * 0.3 <= line.box[2] <= page.width * 0.7})
    best: tuple[int, float] | None = None
    for edge in edges:
        gutter = edge + _NARROWEST / 2
        crossing = sum(
            line.box[0] < gutter + _NARROWEST / 2 and line.box[2] > gutter - _NARROWEST / 2 + 0.01 for line in page.lines
        )
        if best is None or crossing < best[0]:
            best = crossing, gutter
    if best is None or best[0] > len(rows) * 0.3:
        return None
    gutter = best[1]
    left = [line for line in page.lines if line.box[2] <= gutter]
    right = [line for line in page.lines if line.box[0] >= gutter]
    if min(len(left), len(right)) < _FEWEST or not (_is_text(left, None, gutter) and _is_text(right, gutter, None)):
        return None
    return gutter


def _gutter(boxes: list[Box], low: float, high: float) -> float | None:
    """The middle of the widest stripe between two places that no box touches."""
    best, at = _NARROWEST, None
    reach = low
    for x0, x1 in sorted((b[0], b[2]) for b in boxes if b[2] > low and b[0] < high):
        if x0 - reach >= best:
            best, at = x0 - reach, (reach + x0) / 2
        reach = max(reach, x1)
    return (reach + high) / 2 if high - reach >= best else at


def _is_text(lines: list[Line], left: float | None, right: float | None) -> bool:
    """Whether lines are running text (most of them full) and not the cells of a table without lines."""
    start = min(line.box[0] for line in lines) if left is None else left
    end = max(line.box[2] for line in lines) if right is None else right
    start, end = max(start, min(line.box[0] for line in lines)), min(end, max(line.box[2] for line in lines))
    widths = [line.box[2] - line.box[0] for line in lines]
    return median(widths) >= (end - start) * _FULL and median(len(line.text) for line in lines) >= 8
