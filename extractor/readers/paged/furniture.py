"""What stands on every page: page numbers, running headers and footers. Taken out of the text, kept as diagnostics."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from extractor.model import Diagnostic
from extractor.readers.lines import PAGE_NUMBER
from extractor.readers.paged.page import Line, Page
from extractor.text.normalize import fold

_BARE = re.compile(r"^[0-9]{1,4}$")
_DIGITS = re.compile(r"[0-9]+")
_EDGE = 0.11
_DEEP = 3


def take_out(pages: list[Page]) -> tuple[list[Diagnostic], dict[str, str]]:
    """Take page furniture out of ``pages``; returns what to tell of it, and the headers and footers as metadata."""
    edges = [_edge_lines(page) for page in pages]
    seen = Counter(key for lines in edges for key in {_key(line, page_top) for line, page_top in lines})
    often = max(2, round(len(pages) * 0.5)) if len(pages) < 6 else max(3, round(len(pages) * 0.3))
    numbers: list[str] = []
    running: dict[bool, list[str]] = {True: [], False: []}
    for page, lines in zip(pages, edges, strict=True):
        dropped: set[int] = set()
        for top in (True, False):
            for edge in (edge for edge, at_top in lines if at_top == top):
                text = fold(edge.text)
                if PAGE_NUMBER.match(text) or _BARE.match(text):
                    numbers.append(edge.text)
                elif seen[_key(edge, top)] >= often:
                    running[top].append(edge.text)
                else:
                    break  # furniture stands outermost: what comes after a line of the text is text
                dropped.update(map(id, edge.pieces))
        page.lines = [line for line in page.lines if id(line) not in dropped]
    told = []
    if numbers:
        told.append(Diagnostic(code="page-numbers", message=f"去掉了{len(numbers)}处页码（{'、'.join(numbers[:5])}）。"))
    names = {True: "页眉", False: "页脚"}
    metadata = {names[top]: "；".join(dict.fromkeys(texts)) for top, texts in running.items() if texts}
    if metadata:
        shown = "；".join(metadata.values())
        shown = shown if len(shown) <= 80 else shown[:80] + "…"
        told.append(Diagnostic(code="running-header", message=f"去掉了各页重复的{'、'.join(metadata)}（{shown}）。"))
    return told, metadata


class _Edge(NamedTuple):
    """What stands at one height of a page: its pieces from left to right (``— 3 —`` may be three), and their text."""

    pieces: list[Line]
    text: str


def _edge_lines(page: Page) -> list[tuple[_Edge, bool]]:
    """The outermost lines of a page from its edge inwards, each with whether it is at the top."""
    reach = page.height * _EDGE
    tops = [g.ys[0] for g in page.grids]
    bottoms = [g.ys[-1] for g in page.grids]
    top = sorted((x for x in page.lines if x.box[3] <= reach and x.box[3] <= min(tops, default=reach)), key=lambda x: x.middle)
    low = page.height - reach
    bottom = sorted(
        (x for x in page.lines if x.box[1] >= low and x.box[1] >= max(bottoms, default=low)), key=lambda x: -x.middle
    )
    return [(edge, True) for edge in _edges(top)] + [(edge, False) for edge in _edges(bottom)]


def _edges(lines: list[Line]) -> list[_Edge]:
    """The first lines, those that follow each other at one height put together."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _beside(groups[-1], line):
            groups[-1].append(line)
        elif len(groups) < _DEEP:
            groups.append([line])
        else:
            break
    ordered = [sorted(group, key=lambda x: x.box[0]) for group in groups]
    return [_Edge(group, "".join(line.text for line in group).strip()) for group in ordered]


def _beside(group: list[Line], line: Line) -> bool:
    """Whether a line stands at the height of a group and touches it: what is set apart is another text."""
    near = any(-line.em < max(line.box[0] - x.box[2], x.box[0] - line.box[2]) < line.em for x in group)
    return near and abs(group[0].middle - line.middle) < 0.4 * (line.box[3] - line.box[1])


def _key(edge: _Edge, top: bool) -> tuple[str, bool, int]:
    """Equal for lines that are the same on several pages but for their digits."""
    text = _DIGITS.sub("#", fold("".join(edge.text.split())))
    return text, top, round(edge.pieces[0].middle / 8)
