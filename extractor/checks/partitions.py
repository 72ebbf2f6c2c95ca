"""One matter shared out twice: 按类型分，婚姻家庭30件、邻里32件；按层级分，村级50件、镇级12件 have one total."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter

from extractor.checks.equation import Equation, Facts, no_value
from extractor.checks.frame import Frame, shown
from extractor.model import Check, Fact, Passage
from extractor.model.check import FAIL, PASS
from extractor.model.fact import COUNT
from extractor.model.number import ZERO, total
from extractor.model.slips import slip
from extractor.text.stretches import LONGEST_SENTENCE

_SORTED = re.compile(
    r"[按从依分](?:(?<=按)照)?([\u4e00-\u9fff]{2,6}?)(?=[来分划区看统])(?:来?分类?|划分|区分|来?看|来?统计)[：，]?"
)
_OPEN = re.compile(r"主要|部分|其中|等(?!级)|包括|突出|为主|居多")
_STOP = re.compile(r"[。；]")


def check(frame: Frame) -> Iterator[Check]:
    """Two complete lists of one paragraph that share out one matter by two points of view.

    Where the matter's number is stated, both are held against that (``sum.parts``); here they are held against each other.
    Unequal totals are told only where one slip of the pen makes them equal: the lists may be of two steps (受理, 调处).
    """
    sorted_by = [(p, [m for _, m in found]) for p, found in groupby(frame.found(_SORTED), key=itemgetter(0))]
    twice = [(p, cues) for p, cues in sorted_by if len(cues) > 1]
    if not twice:
        return
    facts = [f for f in frame.facts if f.cell is None]
    starts = [f.span[0] for f in facts]
    shared: dict[str, list[frozenset[str]]] = {}
    for relation in frame.relations:
        if relation.type == "sum":
            parts_of = frozenset(relation.parts)
            for part in parts_of:
                shared.setdefault(part, []).append(parts_of)
    for passage, cues in twice:
        lists = [(m[1], _list(passage, m.end(), facts, starts)) for m in cues]
        for (first, some), (second, others) in pairwise(lists):
            if not (some and others) or some[0].unit != others[0].unit:
                continue
            if not all(any({f.id for f in parts} <= s for s in shared.get(parts[0].id, ())) for parts in (some, others)):
                yield from _verdict(frame, (first, some), (second, others))


def _list(passage: Passage, start: int, facts: list[Fact], starts: list[int]) -> list[Fact]:
    """The figures of one unit that follow a point of view to the end of its list; empty where it is not a complete list."""
    longest = min(len(passage.flow), start + LONGEST_SENTENCE)
    stop = _STOP.search(passage.flow, start, longest)
    end = stop.start() if stop else longest
    if start >= end or _OPEN.search(passage.flow, start, end):
        return []
    first, last = passage.place(start, end)
    here = [f for f in facts[bisect_left(starts, first) : bisect_left(starts, last)] if f.kind != "percentage"]
    plain = [f for f in here if f.kind == COUNT and not (f.direction or f.per or f.approx) and f.status == "actual"]
    one = len(here) > 1 and plain == here and len({f.unit for f in here}) == 1
    return here if one else []


def _verdict(frame: Frame, one: tuple[str, list[Fact]], other: tuple[str, list[Fact]]) -> Iterator[Check]:
    used, count = (*one[1], *other[1]), len(one[1])
    first, second = (sum((f.value for f in parts), ZERO) for parts in (one[1], other[1]))
    good, gap = _even(used, count), first - second
    if not good and not any(slip(f.value, f.value + (gap if i >= count else -gap)) for i, f in enumerate(used)):
        return
    left, right = ("+".join(f"{f.value:f}" for f in parts) for parts in (one[1], other[1]))
    yield frame.verdict(
        "sum.partitions", PASS if good else FAIL, "pass" if good else "fail", facts=used,
        formula=f"{left} {'=' if good else '≠'} {right}", reported=second, expected=first,
        equation=Equation(used, lambda facts: _even(facts, count), no_value),
        first=one[0], first_sum=shown(first, used[0]), second=other[0], second_sum=shown(second, used[0]),
    )  # fmt: skip


def _even(facts: Facts, count: int) -> bool:
    """Whether the first so many numbers make as much as the others."""
    return total(f.interval for f in facts[:count]).meets(total(f.interval for f in facts[count:]))
