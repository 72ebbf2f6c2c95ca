"""Parts told in two units (普通程序512起、82.49万元): the second figures make a list of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.facts.breakdown import Breakdown
from extractor.facts.context import Context
from extractor.facts.roles import Role
from extractor.facts.wholes import compatible, countable, wholes
from extractor.model.number import total

SECOND = re.compile(r"(?:[、，（]?(?:罚没款|罚款|罚没|涉及金额|金额|涉案金额))?|、|")


def companions(contexts: list[Context], roles: list[Role], own: Breakdown) -> Breakdown | None:
    """The list of second figures of parts: 普通程序512起、82.49万元，简易程序761起、14.35万元 share out the money as well."""
    seconds = [p + 1 for p in own.parts]
    if len(seconds) < 2 or seconds[-1] >= len(contexts):
        return None
    head = contexts[seconds[0]]
    for k in seconds:
        second = contexts[k]
        beside = second.sentence == head.sentence and SECOND.fullmatch(second.gap) and countable(second, roles[k])
        if not beside or not compatible(head, second) or compatible(second, contexts[own.parts[0]]):
            return None
    sums = total([contexts[k].mention.interval for k in seconds])
    possible = wholes(contexts, roles, own.parts[0], "", like=head)
    whole = next((w for w in possible if sums.meets(contexts[w].mention.interval)), None)
    if whole is None and own.whole + 1 in possible:
        whole = own.whole + 1
    return None if whole is None else Breakdown(whole, tuple(seconds), own.basis, own.closed)


def is_second(contexts: list[Context], index: int, whole_of: Mapping[int, int]) -> bool:
    """Whether a number is the second figure of a part (普通程序512起、82.49万元); parts of one whole are each a first one."""
    own, first = contexts[index], contexts[index - 1]
    if own.mention.group == first.mention.group or len(own.gap) > 5 or own.gap.startswith("，"):
        return False
    return index not in whole_of or whole_of[index] != whole_of.get(index - 1)
