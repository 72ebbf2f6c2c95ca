"""What stands on every page: page numbers, running headers and footers. Taken out of the text, kept as diagnostics."""

from __future__ import annotations

import re
from collections import Counter

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
            for line in (line for line, at_top in lines if at_top == top):
                text = fold(line.text.strip())
                if PAGE_NUMBER.match(text) or _BARE.match(text):
                    numbers.append(line.text.strip())
                elif seen[_key(line, top)] >= often:
                    running[top].append(line.text.strip())
                else:
                    break  # furniture stands outermost: what comes after a line of the text is text
                dropped.add(id(line))
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


def _edge_lines(page: Page) -> list[tuple[Line, bool]]:
    """The outermost lines of a page from its edge inwards, each with whether it is at the top."""
    reach = page.height * _EDGE
    tops = [g.ys[0] for g in page.grids]
    bottoms = [g.ys[-1] for g in page.grids]
    top = sorted((x for x in page.lines if x.box[3] <= reach and x.box[3] <= min(tops, default=reach)), key=lambda x: x.middle)
    low = page.height - reach
    bottom = sorted(
        (x for x in page.lines if x.box[1] >= low and x.box[1] >= max(bottoms, default=low)), key=lambda x: -x.middle
    )
    return [(line, True) for line in top[:_DEEP]] + [(line, False) for line in bottom[:_DEEP]]


def _key(line: Line, top: bool) -> tuple[str, bool, int]:
    """Equal for lines that are the same on several pages but for their digits."""
    text = _DIGITS.sub("#", fold("".join(line.text.split())))
    return text, top, round(line.middle / 8)
