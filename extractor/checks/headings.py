"""Heading numbers out of sequence, and headings that lost their number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.checks.frame import Frame
from extractor.model import Check, Section
from extractor.model.check import FAIL, PASS
from extractor.text.ordinals import MARK, chinese, ordinal

_MOST_BETWEEN, _LAST = 3, 20


def check(frame: Frame) -> Iterator[Check]:
    """Siblings in order; one verdict for each group of siblings, one for each break."""
    groups: dict[str | None, list[Section]] = {}
    for section in frame.outline.sections:
        groups.setdefault(section.parent, []).append(section)
    title = {s.id: s.title for s in frame.outline.sections}
    for parent, siblings in groups.items():
        yield from _siblings(frame, title.get(parent or "", frame.outline.report.title), siblings)


def _siblings(frame: Frame, parent: str, siblings: list[Section]) -> Iterator[Check]:
    expected, broken = 1, False
    first = ordinal(siblings[0].number)
    continued = first is not None and first > 1 and siblings[0].parent is not None and _continues(frame, siblings[0], first)
    if continued and first is not None:
        expected = first
    before = 0 if siblings[0].parent is None else _place(frame, siblings[0].parent)
    for section in siblings:
        number = ordinal(section.number)
        if number is None:
            continue
        if number != expected and not _told(frame, section, expected, number, before):
            broken = True
            yield frame.verdict(
                "outline.sequence", FAIL, "fail", span=section.span,
                parent=parent, due=expected, number=section.number, title=section.title,
            )  # fmt: skip
        expected, before = number + 1, section.span[0]
    if not broken and len(siblings) > 1:
        yield frame.verdict(
            "outline.sequence", PASS, "pass", span=siblings[0].span,
            parent=parent, numbers="、".join(s.number for s in siblings),
        )  # fmt: skip


def _place(frame: Frame, section: str) -> int:
    return next(s.span[0] for s in frame.outline.sections if s.id == section)


def _told(frame: Frame, section: Section, expected: int, number: int, before: int) -> bool:
    """Whether sentences between two headings bear the numbers that are missing ((一)公开文件12件。 heads nothing)."""
    if number < expected or number > min(expected + _MOST_BETWEEN, _LAST):
        return False
    starts = [p.flow[:6] for p in frame.outline.passages if before <= p.start < section.span[0] and p.role != "heading"]
    marks = [MARK.sub(_written(k, section.number), section.number, count=1) for k in range(expected, number)]
    return all(any(s.startswith(m) and (m[-1] == "）" or s[len(m)] in "、.") for s in starts if len(s) > len(m)) for m in marks)


def _written(position: int, number: str) -> str:
    """A position in the figures of a heading's mark."""
    return str(position) if re.search(r"\d", number) else chinese(position)


def _continues(frame: Frame, section: Section, first: int) -> bool:
    """Whether the numbers go on from the level's last group (（四）…under 二、 after （一）–（三） under 一、)."""
    earlier = [s for s in frame.outline.sections if s.level == section.level and s.span < section.span]
    return bool(earlier) and ordinal(earlier[-1].number) == first - 1


def check_lost(frame: Frame) -> Iterator[Check]:
    """Headings whose automatic number was lost and restored."""
    for section in frame.outline.sections:
        if section.inferred:
            yield frame.verdict("outline.lost", FAIL, "fail", span=section.span, title=section.title, number=section.number)
