"""Tables typed into plain text: columns parted by bars, by tabs, or by spaces alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extractor.model import Span, Table
from extractor.readers.panels import FEWEST, HAN, LONGEST_LABEL, LONGEST_ROW, PHRASE, SENTENCE, WORD, Columns, cells, paneled
from extractor.text.captions import captioned
from extractor.text.normalize import fold
from extractor.text.tablelayout import NONE_MARKS, is_figure

_BAR, _TAB = re.compile(r"[|│┃｜]"), re.compile("\t")
_RULE = re.compile(r"^[\s|│┃｜+\-—─━┌┐└┘├┤┬┴┼═╔╗╚╝╠╣╦╩╬:：]+$")
_PAIRS, _CLOSE = 2, 2


def table_lines(typed: Sequence[str]) -> dict[int, Columns]:
    """The lines that belong to tables, with their columns where spaces part these.

    Parameters: ``typed`` the lines of a text. Bars are believed at once, tabs where lines beside
    have them too, spaces where the figures of several lines stand in as many columns.
    """
    lines = [line.strip() for line in typed]
    barred = {i for i, line in enumerate(lines) if _BAR.search(line) and not _RULE.match(line)}
    found = {i for i in barred if len(_BAR.findall(lines[i])) >= 2}
    found |= _paired(lines, barred - found, found)
    tabbed = {i for i, line in enumerate(lines) if "\t" in line}
    tabular = {i for i in tabbed if i - 1 in tabbed or i + 1 in tabbed or lines[i].count("\t") >= 3}
    found |= {i for i in tabular if i - 1 in tabular or not _is_legend(lines[i])}
    found |= _headed(lines, [len(_BAR.findall(x)) or x.count("\t") if i in found else 0 for i, x in enumerate(lines)])
    found |= {i for i, line in enumerate(lines) if line and _RULE.match(line) and (i - 1 in found or i + 1 in found)}
    sided = {i: c for i, c in paneled(typed, _is_legend) if i not in found}
    spaced = {i: Columns(n) for i, n in _spaced(["" if i in sided else line for i, line in enumerate(lines)]) if i not in found}
    return dict.fromkeys(found, Columns()) | spaced | sided


def _paired(lines: Sequence[str], barred: set[int], tabular: set[int]) -> set[int]:
    """The lines of two columns that one bar parts, where several in a row hold figures behind it (民事|173), or one under its
    heading close to another table (信息内容|本年处理决定数量, 行政许可|79)."""
    found: set[int] = set()
    for i in sorted(barred):
        if i - 1 in barred:
            continue
        end = next(k for k in range(i, len(lines) + 1) if k not in barred)
        figures = [is_figure(fold(_BAR.split(line)[1]).strip()) for line in lines[i:end]]
        beside = end == i + 2 and not {*range(i - _CLOSE, i), *range(end, end + _CLOSE)}.isdisjoint(tabular | found)
        if sum(figures) >= (1 if beside else _PAIRS) and all(figures[1:]):
            found.update(range(i, end))
    return found


def _headed(lines: Sequence[str], columns: Sequence[int]) -> set[int]:
    """The lines within a table that hold one cell alone, the name of the rows below (三、本年度办理结果): the rows around them
    have as many columns, and the one below holds figures."""
    return {
        i
        for i in range(1, len(lines) - 1)
        if lines[i]
        and not columns[i]
        and columns[i - 1] == columns[i + 1] > 0
        and len(lines[i]) <= LONGEST_LABEL
        and not SENTENCE.search(lines[i])
        and any(map(is_figure, fold(lines[i + 1]).split()))
    }


def _is_legend(line: str) -> bool:
    """Whether a line above a table only says whose figures these are, and in which unit (部门：…　单位：万元)."""
    return not captioned(fold(line))


def _spaced(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines of tables whose columns only spaces part, with the number of columns; the line of headings among them."""
    counts = [_columns(line) if len(line) <= LONGEST_ROW and (" " in line or "\u3000" in line) else 0 for line in lines]
    for i in _headed(lines, counts):
        counts[i] = counts[i - 1]
    for columns, run in itertools.groupby(range(len(lines)), key=lambda i: counts[i]):
        rows = list(run)
        if not columns:
            continue
        above = rows[0] - 1
        headed = above >= 0 and not SENTENCE.search(lines[above]) and len(_headings(fold(lines[above]), columns)) == columns
        if len(rows) + headed >= FEWEST:
            yield from ((i, columns) for i in ([above] if headed else []) + rows)


def _columns(line: str) -> int:
    """How many columns a line of one label and its figures has; 0 for any other line."""
    words = fold(line).split()
    figures = len(list(itertools.takewhile(lambda w: is_figure(w) or w in NONE_MARKS, reversed(words))))
    label = "".join(words[: len(words) - figures])
    if not any(map(is_figure, words[len(words) - figures :])) or len(label) > LONGEST_LABEL:
        return 0
    apart = figures > 1 or bool(re.search(r"\s{2}\S+$", line))
    return figures + 1 if apart and HAN.search(label) and not SENTENCE.search(label) else 0


def _headings(folded: str, columns: int) -> list[re.Match[str]]:
    """The headings of a folded line: parted by several spaces where that makes as many as there are columns, else by any."""
    phrases = list(PHRASE.finditer(folded))
    return phrases if len(phrases) == columns else list(WORD.finditer(folded))


def table(lines: list[tuple[str, Columns]], start: int) -> tuple[Table, str]:
    """The table of lines with their numbers of columns (see ``table_lines``), and its text, which begins at ``start``."""
    if not any(columns.number for _, columns in lines):
        lines = [(line, Columns()) for line in _unwrapped([line for line, _ in lines])]
    rows: list[tuple[str, ...]] = []
    places: list[tuple[Span, ...]] = []
    position = start
    for line, columns in lines:
        if not _RULE.match(line):
            heading = not any(is_figure(fold(text)) for row in rows for text in row)
            row, spans = _aligned(line, position, columns, heading) if columns.number else _cells(line, position)
            rows.append(row)
            places.append(spans)
        position += len(line) + 1
    joined = "\n".join(line for line, _ in lines)
    return Table(span=(start, start + len(joined)), rows=tuple(rows), cells=tuple(places)), joined


def _aligned(line: str, start: int, columns: Columns, heading: bool) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The cells of a line in which spaces part the columns; the label may hold spaces of its own (合  计)."""
    if columns.panels > 1:
        bounds = cells(line, columns, heading)
    else:
        folded, number = fold(line), columns.number
        bounds = [m.span() for m in (WORD.finditer(folded) if _columns(line) == number else _headings(folded, number))]
        if len(bounds) > number:
            bounds = [(bounds[0][0], bounds[-number][1]), *bounds[1 - number :]]
    return tuple(line[a:b] for a, b in bounds), tuple((start + a, start + b) for a, b in bounds)


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines of a table in which rules part all rows, with the cells that were broken over several lines put together.

    Told by its figures: with rules between all rows, no line but the first of a row holds any.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        if _RULE.match(line):
            groups.append([])
        else:
            groups[-1].append(line)
    groups = [g for g in groups if g]
    split = [[[t for t, _ in zip(*_cells(line, 0), strict=True)] for line in g] for g in groups]
    broken = any(len(g) > 1 for g in groups)
    even = all(len({len(row) for row in g}) == 1 for g in split)
    if len(groups) < 3 or not broken or not even or any(is_figure(fold(t)) for g in split for row in g[1:] for t in row):
        return lines
    return ["│ " + " │ ".join(map("".join, zip(*g, strict=True))) + " │" for g in split]


def _cells(line: str, start: int) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The cells of a line in which bars or tabs part the columns."""
    separator = _TAB if "\t" in line and len(_BAR.findall(line)) < 2 else _BAR
    edges = [m.start() for m in separator.finditer(line)]
    bounds = [-1, *edges, len(line)]
    pieces = list(itertools.pairwise(bounds))
    if separator is _BAR:
        if line[:1] and _BAR.match(line):
            pieces = pieces[1:]
        if line[-1:] and _BAR.match(line[-1]):
            pieces = pieces[:-1]
    texts, spans = [], []
    for a, b in pieces:
        raw = line[a + 1 : b]
        text = raw.strip()
        at = start + a + 1 + (len(raw) - len(raw.lstrip()) if text else 0)
        texts.append(text)
        spans.append((at, at + len(text)))
    return tuple(texts), tuple(spans)
