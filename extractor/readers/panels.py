"""Tables of panels that spaces alone part: accounts with income on the left and expenditure on the right (收入 12 支出 10)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from extractor.text.normalize import fold
from extractor.text.tablelayout import NONE_MARKS, is_figure

WORD, PHRASE = re.compile(r"\S+"), re.compile(r"\S+(?: \S+)*")
HAN, SENTENCE = re.compile("[\u4e00-\u9fff]"), re.compile("[，。；：]")
LONGEST_LABEL, LONGEST_ROW, FEWEST = 30, 120, 3
# 收  入, 合　计: a name spread over its column.
_CELL = re.compile(r"[\u4e00-\u9fff](?:\s{1,3}[\u4e00-\u9fff]){1,3}(?!\S)|" + PHRASE.pattern)
_INDENT, _MOST_HEADINGS = re.compile(r"^(?:[\t\u3000]| {2})"), 3

Bounds = list[tuple[int, int]]


class Columns(NamedTuple):
    """How spaces part a line: into how many columns (0 where bars or tabs part them), that stand in how many panels."""

    number: int = 0
    panels: int = 1


def paneled(lines: Sequence[str], is_legend: Callable[[str], bool]) -> Iterator[tuple[int, Columns]]:
    """The lines of tables of panels, their headings among them.

    Parameters: ``lines`` with the white space before them, which tells on which side a row is blank. Believed where the lines
    with a label and figures in every panel, alike in all, are at least two, and three with the headings and the other rows.
    """
    split = [_panels(line) for line in lines]
    done = -1
    for i, panels in enumerate(split):
        columns = _full(panels)
        if i <= done or columns is None:
            continue
        end = _end(split, i, columns)
        top = i
        while top - 1 > done and i - top < _MOST_HEADINGS and not is_legend(lines[top - 1]):
            if not _heads(lines[top - 1], columns):
                break
            top -= 1
        if sum(_full(p) == columns for p in split[i:end]) >= 2 and end - top >= FEWEST:
            yield from ((k, columns) for k in range(top, end))
            done = end - 1


def cells(line: str, columns: Columns, heading: bool) -> Bounds:
    """Where the cells of a line of a table of panels stand; () of no width where one is blank.

    Parameters: ``heading`` whether no figures stand above: a name of a whole panel is then repeated over its columns.
    """
    wide = columns.number // columns.panels
    named = _heads(line, columns) if heading else []
    if named:
        return named if len(named) == columns.number else [b for b in named for _ in range(wide)]
    panels = [p + [(p[-1][1],) * 2] * (wide - len(p)) for p in _panels(line)]
    found = [b for p in panels for b in p]
    blank = columns.number - len(found)
    return [(0, 0)] * blank + found if _INDENT.match(line) else found + [(len(line),) * 2] * blank


def _panels(line: str) -> list[Bounds]:
    """The cells of a line, panel by panel: a label, and the figures behind it; [] of a line that is no row."""
    if not line.strip() or len(line.strip()) > LONGEST_ROW or ("  " not in line and "\u3000" not in line):
        return []
    folded = fold(line)
    panels: list[Bounds] = []
    for found in _CELL.finditer(folded):
        text = found[0]
        if is_figure(text) or text in NONE_MARKS:
            if not panels:
                return []
            panels[-1].append(found.span())
        elif HAN.search(text) and len(text) <= LONGEST_LABEL and not SENTENCE.search(text):
            panels.append([found.span()])
        else:
            return []
    return panels


def _full(panels: list[Bounds]) -> Columns | None:
    """The columns of a row with a label and as many figures in each of several panels."""
    wide = {len(p) for p in panels}
    return Columns(sum(map(len, panels)), len(panels)) if len(panels) > 1 and len(wide) == 1 and min(wide) > 1 else None


def _end(split: Sequence[list[Bounds]], first: int, columns: Columns) -> int:
    """Behind the last row of a table of panels: rows may be blank in a panel, or without a figure behind a label."""
    wide = columns.number // columns.panels
    end = last = first + 1
    while end < len(split) and split[end] and len(split[end]) <= columns.panels and {*map(len, split[end])} <= {1, wide}:
        end += 1
        if any(len(p) == wide for p in split[end - 1]):
            last = end
    return last


def _heads(line: str, columns: Columns) -> Bounds:
    """Where the names of the columns or of the panels stand in a line that holds nothing else."""
    folded = fold(line)
    for pattern in (_CELL, WORD):
        names = list(pattern.finditer(folded))
        fit = len(names) in (columns.number, columns.panels if pattern is _CELL else columns.number)
        if fit and not any(is_figure(m[0]) or SENTENCE.search(m[0]) for m in names):
            return [m.span() for m in names]
    return []
