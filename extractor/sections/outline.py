"""Headings in their levels, with the numbers that a conversion lost put back."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from extractor.sections.marks import LONGEST_ALONE, RANK, UNNUMBERED, Mark, bare_heading, mark_of, number_as, title_end
from extractor.text.ordinals import ordinal

_OVERVIEW = re.compile(r"(?:基本|总体)(?:情况|概况)|^概[况述]")
_ROOT_WORDS = re.compile(
    r"成效|做法|举措|主要工作|工作(?:开展)?情况|回顾|问题|不足|短板|困难|打算|计划|安排|思路|下一?步|第一责任人|总体情况|基本情况|其他"
)
_CAPTION = re.compile(r"^(?:续|附)?[表图] ?[\d一二三四五六七八九十]{1,3}(?![\d、.])|表(?:（[^（）]{1,12}）)?$")
_CELL = re.compile(r"\s*-?[\d.,]+%?\s*\|?\s*$")
_LONGEST_ROOT, _ENOUGH = 30, 3
_MOST_STACKED = 30  # headings right under each other


@dataclass(slots=True)
class Heading:
    """One heading: its block, the mark's kind, the bare number, and the title's place inside the folded block."""

    block: int
    kind: str
    number: str
    title_start: int
    end: int
    title: str
    level: int = 0
    inferred: bool = False


def headings(
    folded: list[str], tabular: list[bool], first: int, last: int, styled: frozenset[int] = frozenset()
) -> list[Heading]:
    """The headings between block ``first`` and ``last``, lost numbers restored, levels as used in this document.

    ``styled`` are the blocks that the file itself calls headings: in a report without heading marks they are all there is.
    """
    marked: list[Heading] = []
    bare: list[Heading] = []
    marks = [mark_of(line) for line in folded]
    for i in range(first, last):
        if tabular[i]:
            continue
        line = folded[i]
        if _labels_a_row(folded, tabular, marks, i, last):
            continue
        if mark := marks[i]:
            end = title_end(line, mark.end, mark.kind)
            if end is not None:
                marked.append(Heading(i, mark.kind, mark.number, mark.end, end, line[mark.end : end]))
        elif (i in styled and len(line) <= LONGEST_ALONE) or (
            bare_heading(line) and _followed(folded, tabular, marks, i, last)
        ):
            end = len(line.rstrip().rstrip("。："))
            bare.append(Heading(i, "", "", 0, end, line[:end]))
    marked = _without_strays(marked)
    found = _restore(marked, bare) or [_unnumbered(h) for h in bare if h.block in styled]
    found = sorted([*found, *_run_in(found, folded, tabular), *_over_lists(bare, found, marks)], key=lambda h: h.block)
    _levels(found)
    return found


def _labels_a_row(folded: list[str], tabular: list[bool], marks: list[Mark | None], index: int, last: int) -> bool:
    """Whether a line is the label of a row of a table that lost its lines: a cell follows, or one more label and a cell."""
    below = index + 1
    own = marks[index]
    if own and below + 1 < last and not tabular[below]:
        inner = marks[below]
        below += inner is not None and RANK[inner.kind] > RANK[own.kind]
    return below < last and not tabular[below] and bool(_CELL.match(folded[below]))


def _unnumbered(heading: Heading) -> Heading:
    """A heading that only its style tells, as one of the first level."""
    heading.kind = "chinese"
    return heading


def _followed(folded: list[str], tabular: list[bool], marks: list[Mark | None], index: int, last: int) -> bool:
    """Whether text stands under a line: a longer paragraph, a heading of a lower level, or a table that it is not the
    caption of."""
    for i in range(index, min(index + _MOST_STACKED, last - 1)):
        following = folded[i + 1]
        if _CAPTION.search(folded[i].rstrip()) and any(tabular[i + 1 : i + 3]):
            return False
        if tabular[i + 1] or len(following) > max(28, len(folded[i])) or marks[i + 1] is not None:
            return True
        if not bare_heading(following):
            return False
    return False


def _without_strays(found: list[Heading]) -> list[Heading]:
    """Arabic list items whose siblings are sentences are no headings: a lone 3. without 1. and 2. before it."""
    kept: list[Heading] = []
    for heading in found:
        if heading.kind in ("arabic", "arabic-bracket", "circled"):
            position = ordinal(heading.number)
            previous = next((h for h in reversed(kept) if RANK[h.kind] <= RANK[heading.kind]), None)
            before = ordinal(previous.number) if previous and previous.kind == heading.kind else 0
            if position is not None and before is not None and position > before + 2:
                continue
        kept.append(heading)
    return kept


def _restore(marked: list[Heading], bare: list[Heading]) -> list[Heading]:
    """Numbers for headings that lost theirs, where the place or their parallel siblings call for it."""
    if not bare:
        return list(marked)
    restored: list[Heading] = []
    if not any(h.kind in ("chinese", "part") for h in marked):
        restored = _roots(bare, marked)
        for n, heading in enumerate(restored, 1):
            heading.kind, heading.number, heading.inferred = "chinese", number_as("chinese", n), True
        bare = [h for h in bare if h not in restored]
    everything = sorted([*marked, *restored], key=lambda h: h.block)
    for group in _groups(bare, everything):
        restored.extend(_number(group, everything))
    return sorted([*marked, *restored], key=lambda h: h.block)


def _roots(bare: list[Heading], marked: list[Heading]) -> list[Heading]:
    """The outer headings of a document that numbers only its inner ones, or none: those that name a part of a report (成效,
    问题, 打算), and those under which the inner numbers start anew; all of them where nothing has a number or such a name."""
    named = [h for h in bare if _ROOT_WORDS.search(h.title) and len(h.title) <= _LONGEST_ROOT]
    begun = {h.block for h in marked if ordinal(h.number) == 1}
    above = [h for h in bare if h.block + 1 in begun]
    if len(above) >= 2:

        def opens(heading: Heading) -> bool:
            following = next((h for h in marked if h.block > heading.block), None)
            return following is None or following.block in begun

        above = [h for h in bare if opens(h)]
    roots = {h.block: h for h in (*named, *above)}
    if len(roots) < 2:
        return bare if not marked and len(bare) >= _ENOUGH else []
    first = min((k for k, h in roots.items() if not _OVERVIEW.search(h.title)), default=0)  # an overview has nothing under it
    return [h for h in bare if h.block in roots or (h.block < first and not marked)]


def _run_in(found: list[Heading], folded: list[str], tabular: list[bool]) -> list[Heading]:
    """Lost headings that run into their paragraph, where the numbers around them leave a gap of just so many."""
    lost: list[Heading] = []
    for before, after in itertools.pairwise(h for h in found if h.kind in ("chinese", "chinese-bracket")):
        a, b = ordinal(before.number), ordinal(after.number)
        if before.kind != after.kind or a is None or b is None or b <= a + 1:
            continue
        taken = {h.block for h in found}
        candidates = []
        for i in range(before.block + 1, after.block):
            end = None if tabular[i] or i in taken else title_end(folded[i], 0, before.kind)
            if end is not None and bare_heading(folded[i][:end]) and folded[i][end : end + 1] == "。":
                candidates.append(Heading(i, before.kind, "", 0, end, folded[i][:end], inferred=True))
        if len(candidates) == b - a - 1:
            for n, heading in enumerate(candidates, a + 1):
                heading.number = number_as(before.kind, n)
            lost.extend(candidates)
    return lost


def _over_lists(bare: list[Heading], found: list[Heading], marks: list[Mark | None]) -> list[Heading]:
    """Headings without a number between bracketed ones, each over a list that starts anew: two and more under one heading."""
    taken = {h.block for h in found}
    under: dict[int, list[Heading]] = {}
    for heading in bare:
        following = marks[heading.block + 1] if heading.block + 1 < len(marks) else None
        if heading.block in taken or following is None or (following.kind, following.number) != ("arabic", "1"):
            continue
        parent = max((h for h in found if h.block < heading.block), key=lambda h: h.block, default=None)
        if parent is not None and parent.kind == "chinese-bracket":
            under.setdefault(parent.block, []).append(heading)
    told = [h for group in under.values() if len(group) >= 2 for h in group]
    for heading in told:
        heading.kind, heading.number, heading.inferred = UNNUMBERED, "", False
    return told


def _groups(bare: list[Heading], marked: list[Heading]) -> list[list[Heading]]:
    """Bare headings by the outer heading they stand under."""
    groups: dict[int, list[Heading]] = {}
    outer = [h for h in marked if h.kind in ("part", "chinese")]
    for heading in bare:
        parent = max((h.block for h in outer if h.block < heading.block), default=-1)
        groups.setdefault(parent, []).append(heading)
    return list(groups.values())


def _number(group: list[Heading], marked: list[Heading]) -> list[Heading]:
    """The group's headings with kind and number, or none when nothing calls for them."""
    start, end = group[0].block, group[-1].block
    parent = max((h for h in marked if h.kind in ("part", "chinese") and h.block < start), key=lambda h: h.block, default=None)
    following = next((h for h in marked if h.block > end), None)
    inside = [h for h in marked if parent is None or h.block > parent.block]
    limit = next((h.block for h in inside if h.kind in ("part", "chinese") and h.block > start), 10**9)
    siblings = [h for h in inside if h.block < limit and h.kind == "chinese-bracket"]
    if following is not None and (position := ordinal(following.number)) and position > 1:
        expected = _missing(following, marked)
        if expected and len(group) >= expected:
            first = position - expected
            chosen = group[-expected:]
            for offset, heading in enumerate(chosen):
                heading.kind, heading.number = following.kind, number_as(following.kind, first + offset)
                heading.inferred = True
            return chosen
    if siblings or parent is None or len(group) < 2:
        return []
    for n, heading in enumerate(group, 1):
        heading.kind, heading.number, heading.inferred = "chinese-bracket", number_as("chinese-bracket", n), True
    return group


def _missing(heading: Heading, marked: list[Heading]) -> int:
    """How many numbers are missing before a heading."""
    position = ordinal(heading.number) or 1
    for earlier in reversed([h for h in marked if h.block < heading.block]):
        if RANK[earlier.kind] < RANK[heading.kind]:
            break
        if earlier.kind == heading.kind:
            return max(0, position - (ordinal(earlier.number) or 0) - 1)
    return position - 1


def _levels(found: list[Heading]) -> None:
    """The depth of each heading by the marks that this document uses."""
    stack: list[str] = []
    for heading in found:
        while stack and RANK[stack[-1]] >= RANK[heading.kind]:
            stack.pop()
        stack.append(heading.kind)
        heading.level = len(stack)
