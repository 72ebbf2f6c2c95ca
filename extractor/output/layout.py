"""Lines on a terminal, broken as Chinese is printed: no line starts with a closing mark, none breaks inside a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_OPENING, _CLOSING = r"（“‘《〈【「『(\[", r"，。；：、）”’》〉】」』！？…%％‰)\],;"
_ATOM = re.compile(rf"[{_OPENING}]*(?:[0-9A-Za-z][0-9A-Za-z.,:/_\-]*|.)[{_CLOSING}]*\s*", re.S)


def wrap(text: Text, width: int) -> list[Text]:
    """``text`` in lines of at most ``width`` terminal cells, without blanks at their ends; never fewer than one line."""
    cuts: list[int] = []
    used = 0
    for start, end in _atoms(text.plain, width):
        need = cell_len(text.plain[start:end].rstrip())
        if used and used + need > width:
            cuts.append(start)
            used = 0
        used += cell_len(text.plain[start:end])
    lines = list(text.divide(cuts))
    for line in lines:
        line.rstrip()
    return lines or [text]


def _atoms(text: str, width: int) -> Iterable[tuple[int, int]]:
    """What stays on one line: a number or word with its marks; a piece wider than the line falls into characters."""
    for found in _ATOM.finditer(text):
        if cell_len(found[0]) <= width:
            yield found.span()
        else:
            yield from ((at, at + 1) for at in range(*found.span()))


def listing(out: Console, rows: Iterable[tuple[Text, Text]], indent: int = 0) -> None:
    """Print labels with their texts beside them, wrapped under each other; labels share one column.

    Parameters: ``indent`` in cells before every line.
    """
    rows = list(rows)
    column = max((cell_len(label.plain) for label, _ in rows), default=0)
    for label, text in rows:
        first, *more = wrap(text, max(out.width - indent - column - 1, 20))
        gap = " " * (column - cell_len(label.plain) + 1)
        line(out, Text.assemble(" " * indent, label, gap, first))
        for rest in more:
            line(out, Text.assemble(" " * (indent + column + 1), rest))


def table(out: Console, rows: Iterable[tuple[Text, ...]]) -> None:
    """Print rows of short cells in columns; the last column is wrapped under itself."""
    rows = list(rows)
    widths = [max(cell_len(cell.plain) for cell in column) for column in list(zip(*rows, strict=True))[:-1]]
    starts = list(accumulate((w + 2 for w in widths), initial=0))
    for *cells, last in rows:
        head = Text()
        for cell, width in zip(cells, widths, strict=True):
            head.append_text(cell).append(" " * (width - cell_len(cell.plain) + 2))
        first, *more = wrap(last, max(out.width - starts[-1], 20))
        line(out, head.append_text(first))
        for rest in more:
            line(out, Text.assemble(" " * starts[-1], rest))


def line(out: Console, text: Text) -> None:
    """Print one line as it is: neither wrapped again nor filled with blanks."""
    text.rstrip()
    out.print(text, soft_wrap=True)
