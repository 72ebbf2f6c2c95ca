"""What the figures beside a number tell of it: the bound that names its class, the aim it is a share of, its opening stock."""

from __future__ import annotations

import re

from extractor.facts.context import Context
from extractor.facts.roles import LEVEL, PRIOR, Role

AIM = re.compile(r"(?P<aim>(?:全年|年度|年初|当年|下达|计划|调整)?(?:任务|预算|目标|计划)(?:任务|指标|数|值)?)(?:的?|（)$")
"""The task, plan or budget right before its figure (全年任务12亿元, 年初预算（320万元）)."""
_BOUNDS = ("threshold", "amount", "quantity")
# The words that open a row of shares told in turn, and name no part themselves (占比依次为).
_SHARED_OUT = re.compile(
    r"(?:^|[，；（])(?:各自?|其)?(?:(?:占|比[重例])[^，。；]{0,8}(?:分别|依次)[^，。；、]*|(?:分别|依次)(?:各)?占[^，。；、]*)$"
)
_JOINED = frozenset("、和及与，")
_CLASSED = re.compile(r"的?(?:就?有|仅有?|只有?|共|达|为)*")  # 投资5亿元以上的4个, 罚款1万元以上3件


def bound_before(contexts: list[Context], index: int) -> Context | None:
    """The bound that names the class of things which a count right behind it counts (投资5亿元以上的4个)."""
    bound = contexts[index - 1] if index else None
    near = bound is not None and bound.sentence == contexts[index].sentence and _CLASSED.fullmatch(contexts[index].gap)
    return bound if near and bound is not None and bound.mention.kind in _BOUNDS else None


def aim_of(contexts: list[Context], index: int, flow: str) -> str:
    """The task, plan or budget whose share a percentage states (为全年任务12亿元的118.3%), or ''."""
    if index == 0 or contexts[index].gap not in ("的", "）的"):
        return ""
    before = flow[contexts[index - 1].sentence[0] : contexts[index - 1].mention.start]
    match = AIM.search(before)
    return match["aim"] if match else ""


def share_in_turn(contexts: list[Context], roles: list[Role], index: int) -> int | None:
    """The figure whose share a percentage of a row states (甲、乙分别受理35件、65件，占比依次为35%和65%), or None."""
    first = index
    while first and contexts[first].gap in _JOINED and contexts[first - 1].mention.kind == "percentage":
        first -= 1
    if not _SHARED_OUT.search(contexts[first].gap):
        return None
    last = index
    while last + 1 < len(contexts) and contexts[last + 1].gap in _JOINED and contexts[last + 1].mention.kind == "percentage":
        last += 1
    length = last - first + 1
    row = range(first - length, first)
    alike = length > 1 and row.start >= 0 and contexts[row.start].sentence == contexts[index].sentence
    alike = alike and len({contexts[k].mention.unit for k in row}) == 1 and all(roles[k].kind == LEVEL for k in row)
    return index - length if alike else None


def told_with(deed: str, contexts: list[Context], measures: list[str]) -> str:
    """The measure of the last figure in the same unit that tells of a deed (受理纠纷76起，…；去年受理81起), or ''."""
    unit = contexts[len(measures)].mention.unit
    known = zip(reversed(contexts[: len(measures)]), reversed(measures), strict=True)
    return next((m for c, m in known if c.mention.unit == unit and deed in m), "")


def opened(contexts: list[Context], roles: list[Role], index: int) -> int:
    """The figure of the same sentence and unit that says what there was when the year began, or -1."""
    here = contexts[index]
    for k in range(index - 1, -1, -1):
        if contexts[k].sentence != here.sentence:
            return -1
        if contexts[k].mention.unit == here.mention.unit and roles[k].kind == PRIOR and "年初" in contexts[k].left:
            return k
    return -1


def is_base(following: Context | None) -> bool:
    """Whether a number is only what the next one, a rate, is measured by (为年初预算4,214万元的102.4%)."""
    return following is not None and following.gap == "的" and following.mention.kind in ("percentage", "multiple")
