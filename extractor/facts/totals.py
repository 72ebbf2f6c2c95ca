"""Wholes that stand behind their parts: A件、B件，合计C件."""

from __future__ import annotations

import re
from collections.abc import Container

from extractor.facts.breakdown import Breakdown
from extractor.facts.context import Context
from extractor.facts.roles import Role
from extractor.facts.wholes import compatible, countable, value
from extractor.model.fact import COUNT
from extractor.model.number import total

TELLING = 10  # chance makes smaller figures too often
_TOTAL = re.compile(
    r"(?:合计|总计|共计|总共|一共|共有?|[两二三四五六七八九][项类者种][^，。；]{0,6}(?:合计|共计?)?|累计|[合加]起来(?:就|正好)?)(?:为|是|达|有|办理|完成|约)?这?$|^(?:全年)?共[^，。；]{0,8}$"
)
_STRONG_TOTAL = re.compile(r"(?:合计|总计|共计)(?:为|达|有)?$")
SUMS_UP = re.compile(r"^[，；]?[^，。；、]{0,8}(?:合计|总计|共计)")
_ASIDE = re.compile(r"（(?:合计|总[计共]|共计?)(?:为|有)?$")  # 社区9个、村4个（共13个村居）
_JOINED, _LINKED = re.compile(r"[、和及与，]"), re.compile(r"[、和及与]")
_NOTHING = total(())


def total_behind(contexts: list[Context], roles: list[Role], last: int, taken: dict[int, int]) -> Breakdown | None:
    """A件、B件，合计C件: the whole stands behind its parts."""
    context = contexts[last]
    if last < 2 or contexts[last - 2].sentence != context.sentence:
        return None
    told = bool(_TOTAL.search(context.left))
    strong = told and bool(_STRONG_TOTAL.search(context.left))
    if not told and context.mention.value < TELLING:
        return None
    run: list[int] = []  # nearest first
    so_far, linked, whole = _NOTHING, True, context.mention.interval
    longest, depth = 0, context.depth - bool(_ASIDE.match(context.gap))
    for k in range(last - 1, -1, -1):
        other = contexts[k]
        if other.sentence != context.sentence or other.depth != depth:
            break
        if not countable(other, roles[k]) or not compatible(context, other) or k in taken:
            break
        linked = linked and (not run or bool(_LINKED.match(contexts[run[-1]].gap)))
        run.append(k)
        so_far = so_far.plus(other.mention.interval)
        if len(run) > 1 and (strong or told or linked) and so_far.meets(whole):
            longest = len(run)
        exceeded = so_far.low is not None and whole.high is not None and so_far.low > whole.high
        if (exceeded and not strong) or not _JOINED.match(other.gap):
            break
    if longest and (told or context.mention.value >= TELLING):
        return Breakdown(last, tuple(run[:longest][::-1]), "合计", True)
    run.reverse()
    if strong and (row := _unlike(contexts, roles, last, taken)) is not None:
        return row
    if len(run) > 1 and strong and not _covered(contexts, run, last):
        linked_run = [run[-1]]
        for k in reversed(run[:-1]):
            if not _LINKED.match(contexts[linked_run[0]].gap):
                break
            linked_run.insert(0, k)
        if len(linked_run) >= 2:
            return Breakdown(last, tuple(linked_run), "合计", True)
    return None


def _unlike(contexts: list[Context], roles: list[Role], last: int, taken: Container[int]) -> Breakdown | None:
    """合同184份、决策9件、文件27件，合计220件: a row counted by several units that makes exactly its total."""
    whole = contexts[last].mention
    run: list[int] = []
    for k in range(last - 1, -1, -1):
        other = contexts[k]
        like = other.sentence == contexts[last].sentence and other.depth == contexts[last].depth
        if not like or other.mention.kind != COUNT or not countable(other, roles[k]) or k in taken:
            break
        run.insert(0, k)
        if not other.gap.startswith("、"):
            break
    made = total(contexts[k].mention.interval for k in run)
    like = any(contexts[k].mention.unit == whole.unit for k in run)
    if len(run) > 1 and like and whole.value >= TELLING and whole.kind == COUNT and made.meets(whole.interval):
        return Breakdown(last, tuple(run), "合计", True)
    return None


def told_behind(contexts: list[Context], roles: list[Role], last: int) -> bool:
    """Whether the total of a list that ends with ``last`` is told right behind it."""
    if last + 1 >= len(contexts) or contexts[last + 1].sentence != contexts[last].sentence:
        return False
    following = contexts[last + 1]
    added = countable(following, roles[last + 1]) and compatible(contexts[last], following)
    return added and _STRONG_TOTAL.search(following.left) is not None


def summed_up(contexts: list[Context], roles: list[Role], parts: list[int]) -> Breakdown | None:
    """A list opened by words whose own total follows it: 工作室3个，其中甲调处214件，乙调处263件，2个工作室合计调处477件."""
    for k in range(parts[-1] + 1, min(parts[-1] + 3, len(contexts))):
        if contexts[k].sentence == contexts[parts[0]].sentence and SUMS_UP.search(contexts[k].gap):
            like = countable(contexts[k], roles[k]) and compatible(contexts[parts[0]], contexts[k])
            makes = like and total(contexts[p].mention.interval for p in parts).meets(contexts[k].mention.interval)
            return Breakdown(k, tuple(parts), "合计", True) if makes and len(parts) > 1 else None
    return None


def _covered(contexts: list[Context], run: list[int], last: int) -> bool:
    return any(value(contexts, r) >= value(contexts, last) for r in run)
