"""Lines to paragraphs by where they start and end: inside words and numbers, over columns and pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from statistics import median

from extractor.readers.lines import CLOSED, MARK
from extractor.readers.paged.page import Grid, Line
from extractor.text.normalize import fold

_NUMBERED = re.compile(r"^(第|（|)(?:[一二三四五六七八九十]{1,3}|\d{1,2})(部分|章|、|）|[.．](?!\d))")
_HEADING = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章)|（[一二三四五六七八九十]{1,3}）)")
_INDENTED = 0.7
_FULL = 3.5
_ROOM = 2.5
"""Characters at the end of a line in which the mark of a heading or a list would have found room."""
_TELLING = 4
_NEARLY = 10.0


def measure(stretches: list[list[Line | Grid]], widths: list[float]) -> None:
    """Note at every line how far it starts from the left margin and ends before the right one (in characters).

    The margins are those of the stretch (a page or a column); where it has few lines, those of another stretch; where none
    has many, those of a page of that of ``widths`` with equal margins.
    """
    margins = [_margins([x for x in stretch if isinstance(x, Line)]) for stretch in stretches]
    known = [m for m in margins if m is not None]
    for stretch, margin, width in zip(stretches, margins, widths, strict=True):
        lines = [x for x in stretch if isinstance(x, Line)]
        if not lines:
            continue
        start, end = min(x.box[0] for x in lines), max(x.box[2] for x in lines)
        left, right = margin or _nearest(start, end, known) or (start, max(end, width - start))
        for line in lines:
            line.indent, line.gap = (line.box[0] - left) / line.em, (right - line.box[2]) / line.em


def _margins(lines: list[Line]) -> tuple[float, float] | None:
    if len(lines) < 6:
        return None
    few = max(2, round(len(lines) * 0.12))
    em = median(line.em for line in lines)
    starts = sorted(line.box[0] for line in lines)
    ends = sorted(line.box[2] for line in lines)
    left = next((x for x in starts if _near(starts, x, 0.4 * em) >= few), starts[0])
    right = next((x for x in reversed(ends) if _near(ends, x, em) >= few), ends[-1])
    return left, right


def _near(places: list[float], x: float, reach: float) -> int:
    return bisect_right(places, x + reach) - bisect_left(places, x - reach)


def _nearest(start: float, end: float, known: list[tuple[float, float]]) -> tuple[float, float] | None:
    """The margins of another stretch that lines from ``start`` to ``end`` fit into best."""
    fitting = [m for m in known if m[0] <= start + 2 and m[1] >= end - 2]
    return min(fitting, key=lambda m: m[1] - m[0], default=None)


def indents(lines: list[Line], usual: bool) -> bool:
    """Whether the paragraphs of a text start indented; as is ``usual`` where few of them can be told."""
    starts = [line for last, line in pairwise(lines) if last.gap > _FULL]
    if len(starts) < _TELLING:
        return usual
    return sum(line.indent >= _INDENTED for line in starts) * 2 > len(starts)


def pitch(lines: list[Line]) -> float:
    """The usual distance from line to line, in points."""
    steps = [b.middle - a.middle for a, b in pairwise(lines) if 0 < b.middle - a.middle < 6 * a.em]
    return median(steps) if steps else 0.0


def _listed(text: str) -> str:
    """The shape of the mark that a line starts with (第#部分, #、, （#）, #.), or nothing."""
    match = _NUMBERED.match(text)
    return match[1] + match[2] if match else ""


def continues(last: Line, line: Line, same_page: bool, indented: bool, step: float) -> bool:
    """Whether ``line`` goes on with the paragraph of ``last``.

    Parameters: ``same_page`` whether one stands right below the other; ``indented`` whether paragraphs of this text start
    indented (see ``indents``); ``step`` the usual distance of lines (see ``pitch``).
    """
    if not 0.8 < line.em / last.em < 1.25 and min(line.length, last.length) >= 6:
        return False
    if same_page and step and line.middle - last.middle > 1.7 * step and line.middle - last.middle > 2.2 * last.em:
        return False
    text, before = fold(line.text), fold(last.text)
    closed = bool(CLOSED.search(before))
    if not closed and _listed(before) and _listed(before) == _listed(text):
        return False  # one item of a list after the other, as in a table of contents
    if indented:
        if MARK.match(text) and last.gap > _ROOM:
            return False
        if line.indent >= _INDENTED or (closed and line.gap > _FULL and _HEADING.match(text)):
            return False
        return last.gap <= (_FULL if closed else _NEARLY)
    if line.indent >= _INDENTED:
        return abs(line.indent - last.indent) < 0.4 and last.gap <= 1.0 and not closed and not MARK.match(text)
    if MARK.match(text):
        return last.gap <= _FULL and before[-1:].isdigit() and text[:1].isdigit()
    return last.gap <= _FULL
