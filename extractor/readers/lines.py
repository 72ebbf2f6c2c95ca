"""Lines to paragraphs: hard-wrapped text is joined again (inside words and numbers too), page numbers and running headers are
taken out, tables typed with bars, tabs, spaces or one cell a line become tables."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from msgspec.structs import replace

from extractor.model import Diagnostic, Paragraph, Table
from extractor.readers.panels import Columns
from extractor.readers.stacked import lines_of, stacked, unstacked
from extractor.readers.typed import table, table_lines
from extractor.text.normalize import fold

PAGE_NUMBER = re.compile(
    r"^(?:[-—]+ *\d{1,4} *[-—]+|第 *\d{1,4} *页(?: *[，/、]? *共 *\d{1,4} *页)?|\d{1,3} */ *\d{1,3}|- *\d{1,4} *-)$"
)
_BARE_PAGE = re.compile(r"^\d{1,3}$")
MARK = re.compile(
    r"^(?:第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]{1,3} ?[、.]|（ ?[一二三四五六七八九十]{1,3} ?）|"
    r"\d{1,2} ?[.、](?!\d)|（ ?\d{1,2} ?）|[①-⑳]|[一二三四五六七八九]是|附件|抄送)"
)
_MARK_ALONE = re.compile(r"^(?:[一二三四五六七八九十]{1,3} ?、|（ ?[一二三四五六七八九十]{1,3} ?）)$")
CLOSED = re.compile(r"[。！？；：…][”’）》]*$")
_DIGIT_END, _DIGIT_START = re.compile(r"\d[,.]?$"), re.compile(r"^\d")
_HEADER = re.compile(r"[^|\t，。；：]{6,40}")
_TORN, _TAIL = re.compile(r"(?:[，、“《（\d]|——)$"), re.compile(r"[，。；：、”》）%]")
_SLACK = 3
_ENOUGH, _STRAY, _TORN_APART = 8, 0.25, 3  # paragraphs that empty lines part; sentence ends inside them; lines torn apart
_CELLS_APART = 6  # lines


@dataclass(slots=True)
class _Line:
    raw: str
    text: str
    folded: str
    width: int
    length: int
    indent: bool


class _Wrap(NamedTuple):
    """How lines were broken: at ``at`` of ``measure`` (display width or characters)."""

    measure: Callable[[_Line], int]
    at: int


def blocks(text: str) -> tuple[str, tuple[Paragraph | Table, ...], tuple[Diagnostic, ...]]:
    """Canonical text, its blocks in reading order, and what was taken out.

    Parameters: ``text`` with ``\\n`` line ends. Every character other than white space, page numbers and the rules
    of drawn tables is kept.
    """
    lines = [_line(raw) for raw in text.split("\n")]
    wrap = wrapped_at(lines)
    tables = table_lines([line.raw for line in lines])
    stacks = {
        min(lines_of(rows)): rows for rows in stacked(["" if i in tables else line.folded for i, line in enumerate(lines)])
    }
    inside = {i for first, rows in stacks.items() for i in range(first, max(lines_of(rows)) + 1)}
    pages = _pages(lines, inside)
    running = _running(lines, pages)
    dropped = {*pages, *running}
    pieces = _pieces(lines)
    out: list[str] = []
    found: list[Paragraph | Table] = []
    position = 0
    group: list[str] = []
    rows: list[tuple[str, Columns]] = []
    last: _Line | None = None
    blank = page_between = False

    def put(block: Paragraph | Table, text: str) -> None:
        nonlocal position
        out.append(text)
        found.append(block)
        position += len(text) + 1

    def flush() -> None:
        nonlocal group
        if group:
            joined = join(group)
            put(Paragraph(span=(position, position + len(joined))), joined)
            group = []

    def flush_table() -> None:
        nonlocal rows
        if rows:
            put(*table(rows, position))
            rows = []

    for i, line in enumerate(lines):
        if i in dropped:
            page_between = True
            continue
        if i in stacks:
            flush()
            flush_table()
            put(*unstacked([line.text for line in lines], stacks[i], position))
            last, page_between = None, False
        if i in inside:
            continue
        if i in tables:
            flush()
            sided = tables[i].panels > 1  # blanks before a row tell on which side it stands
            rows.append((line.raw.rstrip() if sided else line.raw.strip(" \u3000"), tables[i]))
            last, page_between = None, False
            continue
        if not line.text:
            blank = True
            continue
        flush_table()
        if last is not None and (i in pieces or _continues(last, line, wrap, blank and not page_between)):
            group.append(line.text)
        else:
            flush()
            group = [line.text]
        last, blank, page_between = line, False, False
    flush()
    flush_table()
    return "\n".join(out), tuple(_numbered(found)), tuple(_taken_out(lines, pages, running))


def _taken_out(lines: list[_Line], pages: list[int], running: list[int]) -> Iterator[Diagnostic]:
    if pages:
        shown = "、".join(lines[p].text for p in pages[:5])
        yield Diagnostic(code="page-numbers", message=f"去掉了{len(pages)}处页码（{shown}）。")
    if running:
        shown = "；".join(dict.fromkeys(lines[i].text for i in running))
        yield Diagnostic(code="running-header", message=f"去掉了各页重复的页眉、页脚（{shown[:80]}）。")


def _numbered(found: list[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """The blocks with their numbers: paragraphs and tables are counted apart."""
    counts: Counter[type] = Counter()
    for block in found:
        counts[type(block)] += 1
        yield replace(block, number=counts[type(block)])


def wrapped_at(lines: list[_Line]) -> _Wrap | None:
    """How a text was hard-wrapped (by width or by characters), or None: many lines of one length that stop mid-sentence."""
    written = [line for line in lines if line.text]
    if len(written) < 8:
        return None
    best: tuple[float, _Wrap] | None = None
    for measure in (_width, _length):
        widths = sorted(map(measure, written))
        width = widths[int(len(widths) * 0.9)]
        full = [line for line in written if abs(measure(line) - width) <= _SLACK]
        longer = sum(w > width + _SLACK for w in widths)
        broken = sum(not CLOSED.search(line.folded) for line in full)
        share = len(full) / len(written)
        if (
            15 <= width <= 140
            and longer <= len(written) * 0.05
            and share >= 0.3
            and broken >= len(full) * 0.4
            and (best is None or share > best[0])
        ):
            best = share, _Wrap(measure, width)
    return best[1] if best else None


def _width(line: _Line) -> int:
    return line.width


def _length(line: _Line) -> int:
    return line.length


def _line(raw: str) -> _Line:
    text = raw.strip()
    body = raw.rstrip()
    width = sum(1 if c.isascii() else 2 for c in body)
    return _Line(raw, text, fold(text), width, len(body), len(body) - len(body.lstrip()) >= 1)


def _continues(last: _Line, line: _Line, wrap: _Wrap | None, blank: bool) -> bool:
    """Whether ``line`` goes on with the paragraph of ``last``."""
    if MARK.match(line.folded) and not (
        _DIGIT_END.search(last.folded) and _DIGIT_START.match(line.folded) and last.width > 40 and not blank
    ):
        return False
    if blank:
        return False
    if _MARK_ALONE.match(last.folded):
        return True
    if wrap is not None:
        if CLOSED.search(last.folded) and not CLOSED.search(line.folded) and wrap.measure(line) < wrap.at - _SLACK * 2:
            return False  # a line that is neither full nor closed ends no paragraph: it is a heading
        return wrap.measure(last) >= wrap.at - _SLACK * 2 and not line.indent
    if line.indent and not last.indent:
        return False
    mid_number = bool(_DIGIT_END.search(last.folded)) and last.width >= 40
    mid_sentence = (
        last.width >= 60
        and "，" in last.folded
        and not CLOSED.search(last.folded)
        and not last.folded.endswith(("”", "》", "）"))
    )
    return mid_number or mid_sentence


def _pieces(lines: list[_Line]) -> set[int]:
    """The lines that go on with the one before because a web page broke its paragraphs at their links: only where empty lines
    part the paragraphs, and where marks tell of several that such lines were torn apart."""
    groups = [
        [i for i, _ in group] for filled, group in itertools.groupby(enumerate(lines), lambda n: bool(n[1].text)) if filled
    ]
    closed = [[bool(CLOSED.search(lines[i].folded)) for i in group] for group in groups]
    ended = sum(group[-1] for group in closed)
    if ended < _ENOUGH or sum(sum(group[:-1]) for group in closed) > ended * _STRAY:
        return set()
    pieces, torn = set(), 0
    for group, ends in zip(groups, closed, strict=True):
        for k in range(1, len(group) if ends[-1] else 0):
            last, line = lines[group[k - 1]].folded, lines[group[k]].folded
            if ends[k - 1] or MARK.match(last) or MARK.match(line):
                continue
            marked = bool(_TORN.search(last) or _TAIL.match(line))
            torn += marked
            if marked or len(group) > 2:
                pieces.add(group[k])
    return pieces if torn >= _TORN_APART else set()


def _pages(lines: list[_Line], cells: set[int]) -> list[int]:
    """The lines that hold a page number: marked as one (— 3 —), or bare ones that grow with text between them. Bare numbers
    close together, or not growing, are the cells of a table that lost its lines."""
    marked = [i for i, line in enumerate(lines) if PAGE_NUMBER.match(line.folded)]
    bare = [i for i in range(1, len(lines) - 1) if i not in cells and _BARE_PAGE.match(lines[i].folded)]
    alone = [i for i in bare if not lines[i - 1].text and not lines[i + 1].text]
    apart = [i for i in alone if not any(0 < abs(i - k) <= _CELLS_APART for k in bare)]
    numbers = [int(lines[i].folded) for i in apart]
    grows = all(a < b for a, b in itertools.pairwise([0, *numbers]))
    return sorted([*marked, *apart]) if grows else marked


def _running(lines: list[_Line], pages: list[int]) -> list[int]:
    """The running headers and footers: lines beside page numbers that stand there on several pages."""
    beside: list[int] = []
    for page in pages:
        before = next((i for i in range(page - 1, -1, -1) if lines[i].text), None)
        behind = next((i for i in range(page + 1, len(lines)) if lines[i].text), None)
        beside.extend(i for i in (before, behind) if i is not None and _HEADER.fullmatch(lines[i].folded))
    often = Counter(lines[i].folded for i in beside)
    return sorted(i for i in beside if often[lines[i].folded] > 1)


def join(parts: list[str]) -> str:
    """Lines of one paragraph as one text; a space only between two Latin words."""
    joined = parts[0]
    for part in parts[1:]:
        latin = joined[-1:].isascii() and joined[-1:].isalpha() and part[:1].isascii() and part[:1].isalpha()
        joined += (" " if latin else "") + part
    return joined
