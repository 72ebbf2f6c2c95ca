"""Where something stands in its file, in words an auditor can follow: page, or paragraph, or row of a table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from extractor.model import BlockInfo, Check, Fact, Report
from extractor.output.evidence import section_at
from extractor.output.messages import say


def places(report: Report, check: Check, lang: str) -> list[str]:
    """The places of a check's numbers, or of the heading it speaks of, in reading order and each once."""
    facts = {f.id: f for f in report.facts}
    used = sorted((facts[i] for i in dict.fromkeys(check.facts) if i in facts), key=lambda f: f.span)
    if used:
        return list(dict.fromkeys(place(report, f, lang) for f in used if place(report, f, lang)))
    section = next((s for s in report.sections if s.id == section_at(report, check.span)), None)
    if check.span is None and section is None:
        return []
    at = check.span[0] if check.span else section.span[0] if section else 0
    return [words] if (words := _words(report, at, section.page if section else None, lang)) else []


def place(report: Report, fact: Fact, lang: str) -> str:
    """The place of one fact: 第3页; where a format has no pages 第12段, in a table 第2张表第5行."""
    if fact.page is None and fact.cell is not None:
        return say(lang, "table_place", table=fact.cell[0] + 1, row=fact.cell[1] + 1)
    return _words(report, fact.span[0], fact.page, lang)


def place_list(found: Iterable[str], lang: str) -> str:
    """Places in words."""
    return say(lang, "comma").join(found)


def _words(report: Report, at: int, page: int | None, lang: str) -> str:
    if page is not None:
        return say(lang, "page").format(page)
    block = _block_at(report.blocks, at)
    if block is None or block.number is None:
        return say(lang, "page").format(block.page) if block is not None and block.page is not None else ""
    if block.kind == "table":
        return say(lang, "table_number").format(block.number)
    return say(lang, "paragraph").format(block.number)


def _block_at(blocks: tuple[BlockInfo, ...], at: int) -> BlockInfo | None:
    """The block that holds an offset of the text."""
    i = bisect_right(blocks, at, key=lambda b: b.span[0]) - 1
    return blocks[i] if i >= 0 else None
