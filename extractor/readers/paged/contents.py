"""The table of contents of a report: its lines are headings said in advance, and no headings."""

from __future__ import annotations

import re

from extractor.model import Diagnostic
from extractor.readers.lines import MARK
from extractor.readers.paged.page import Grid, Line
from extractor.text.normalize import fold

_LEADER = re.compile(r"[.…·．⋯‥_\s]*(?:[.…·．⋯‥_]{2,}|\s)\s*[-—（(]?\d{1,3}[-—）)]?$")
_TITLES = ("目录", "目次", "目录：")
_FEWEST = 3
_MOST = 400

Stretches = list[tuple[int, list[Line | Grid]]]


def take_out(stretches: Stretches) -> list[Diagnostic]:
    """Take the lines under 目录 out, up to where its first entry is said again; returns what to tell of it."""
    lines = [item for _, stretch in stretches for item in stretch if isinstance(item, Line)]
    at = next((i for i, line in enumerate(lines) if "".join(line.text.split()) in _TITLES), len(lines))
    shown = [fold(line.text).strip() for line in lines[at + 1 : at + 1 + _MOST]]
    entries = ["".join(_LEADER.sub("", text).split()) for text in shown]
    end = next((i for i in range(_FEWEST, len(entries)) if entries[0] and entries[i] == entries[0]), 0)
    listed = sum(bool(MARK.match(text) or _LEADER.search(text)) for text in shown[:end])
    if not end or listed < end * 0.6:
        return []
    gone = {id(line) for line in lines[at : at + 1 + end]}
    for _, stretch in stretches:
        stretch[:] = [item for item in stretch if id(item) not in gone]
    return [Diagnostic(code="contents", message=f"目录（{end}行）没有计入正文。")]
