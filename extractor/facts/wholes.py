"""Which numbers may be added up, and which of them may be the whole that a list shares out."""

from __future__ import annotations

import re
from collections.abc import Container
from decimal import Decimal

from extractor.facts.context import Context
from extractor.facts.roles import CHANGE, LEVEL, PRIOR, Role
from extractor.model.slips import slip

_SORTED = re.compile(r"(?:按|从|依|以)[^，、；。]{1,10}(?:分|看|统计|分类)")
# Clerks count the whole in one unit and its parts in another (1874件次: 743件、428件…): believed only where the sum ties.
_LOOSE_KIN = {"case-time": "case", "item": "case", "batch": "event"}
NEAREST = 6  # how many figures before a list may be its whole; of twice as many, one that is no part and ties up
_TELLABLE = 10  # of numbers below it any may be any other miswritten
_INTAKE = re.compile(r"受理|立案|接收|接到|承办|登记|新收|办理")
_DIVISION = re.compile(r"(?:按|从|依|以|就)[^，、；]{1,14}(?:分|看|划分|来看|统计)[，：]")
_TELLING = 10
_OF_YEAR = re.compile("^(?:本年度?|全年|当年|今年)(?!的)")
_LINKED = re.compile(r"[、和及与]")
_OPENED = re.compile(r"^其中|类$")
_AMONG = re.compile(r"^[；。，]?[^，。；、：]{1,16}(?<!其)中，")


def countable(context: Context, role: Role) -> bool:
    """Whether a number counts or measures something of its period, so that it may be added to others."""
    return role.kind == LEVEL and context.mention.kind in ("count", "amount", "quantity") and context.mention.per is None


def compatible(a: Context, b: Context, *, loosely: bool = False) -> bool:
    """Whether two numbers may be added: same group of units (measures: the same unit)."""
    x, y = a.mention, b.mention
    if x.kind != y.kind:
        return False
    if x.kind == "quantity" or not x.group:
        return x.unit == y.unit
    return x.group == y.group or (loosely and _LOOSE_KIN.get(x.group, x.group) == _LOOSE_KIN.get(y.group, y.group))


def wholes(
    contexts: list[Context],
    roles: list[Role],
    first: int,
    opener: str,
    *,
    loosely: bool = False,
    sentences: int = 2,
    like: Context | None = None,
    taken: Container[int] = (),
) -> list[int]:
    """The numbers that may be the whole of a list, nearest first, of so many sentences back; ``like`` a number of the list
    when its first has another unit; those ``taken`` as parts of other lists do not make the others too far."""
    head = like or contexts[first]
    found: list[int] = []
    seen: list[tuple[int, int]] = [head.sentence]
    near, free = first - 1, 0
    while opener == "冒号" and near >= 0 and roles[near].kind in (CHANGE, PRIOR):
        near -= 1  # 办结587件，下降4.1%：市容环卫301件
    for k in range(first - 1, -1, -1):
        context = contexts[k]
        if context.sentence not in seen:
            if len(seen) == sentences:
                break
            seen.append(context.sentence)
        if context.depth > head.depth:
            continue
        if opener in ("括号", "冒号") and k < near:
            break
        if countable(context, roles[k]) and compatible(head, context, loosely=loosely):
            found.append(k)
            free += k not in taken
            if free == 2 * NEAREST:
                break
    return found


def nearly(contexts: list[Context], parts: list[int], candidates: list[int]) -> list[int]:
    """The figure that a list nearly makes, if any: one of what came in (受理186件) before one of what became of it."""
    made = summed(contexts, parts)
    close = [c for c in candidates if abs(value(contexts, c) - made) * _TELLING <= made]
    close.sort(key=lambda c: (not _INTAKE.search(_ahead(contexts, c)), abs(value(contexts, c) - made)))
    return close[:1]


def _ahead(contexts: list[Context], index: int) -> str:
    """The words before a number, brackets passed over (正式受理（含上年结转5宗）263宗)."""
    over = index and contexts[index].gap.startswith("）")
    return contexts[index - 1].gap if over else contexts[index].core


def in_division(contexts: list[Context], whole: int, first: int) -> bool:
    """Whether a figure is part of another division of the sentence (按对象分，处罚单位…；按行业分，…)."""
    k = whole
    while k > 0 and contexts[k].sentence == contexts[first].sentence and "；" not in contexts[k].gap:
        if _DIVISION.search(contexts[k].gap):
            return True
        k -= 1
    return bool(_DIVISION.search(contexts[k].gap)) and contexts[k].sentence == contexts[first].sentence


def sorted_out(contexts: list[Context], index: int) -> bool:
    """Whether a number stands in a list by another point of view: such a one is no whole.

    按类型分，A类30件、B类32件; 结案案件中，简易程序204件、普通程序411件.
    """
    after = contexts[index + 1].gap if index + 1 < len(contexts) else ""
    several = bool(_LINKED.match(contexts[index].gap) or _LINKED.match(after))
    while index >= 0:
        context = contexts[index]
        if _SORTED.search(context.gap) or (several and _AMONG.match(context.gap)):
            return True
        if context.first or not _LINKED.match(context.gap):
            return False
        index -= 1
    return False


def named_alike(whole: Context, head: Context) -> bool:
    """Whether the words around a number and those that open a list share a noun of two characters."""
    words, said = whole.core + whole.right, head.gap.rpartition("。")[2]
    return any(words[i : i + 2] in said for i in range(len(words) - 1))


def named_in(whole: Context, head: Context) -> bool:
    """Whether the words before 中 (受理的纠纷中) name the deed or thing that a number counts."""
    said = head.gap[: head.gap.index("中")].lstrip("。，；、")
    return any(len(w) >= 2 and w in whole.core + whole.right for w in _OF_YEAR.sub("", said).split("的") if w)


def names_parts(contexts: list[Context], whole: int, parts: list[int]) -> int:
    """How many things a whole in the sentence of its list names, where all that the list tells are among them, else 0
    (戒毒、康复人员共16名，其中戒毒9名、康复7名: two)."""
    words = contexts[whole].left
    if len(parts) < 2 or contexts[whole].sentence != contexts[parts[0]].sentence or not _LINKED.search(words):
        return 0
    named = [_OPENED.sub("", contexts[p].left) for p in parts]
    told = len(set(named)) == len(named) and all(len(name) > 1 and name in words for name in named)
    return len(_LINKED.split(words)) if told else 0


def but_one(contexts: list[Context], whole: int, parts: list[int]) -> bool:
    """Whether all parts but the largest, which may be miswritten, go well into the whole."""
    largest = max(value(contexts, p) for p in parts)
    rest = summed(contexts, parts) - largest
    return len(parts) > 2 and largest > value(contexts, whole) >= rest >= value(contexts, whole) / 3


def one_slip_off(contexts: list[Context], whole: int, parts: list[int], *, two: bool = False) -> bool:
    """Whether one slip of the pen, in the whole or in a part, keeps the parts from making the whole; of ``two`` parts this
    is told only where the words claim that they are all."""
    gap = value(contexts, whole) - summed(contexts, parts)
    values = [(value(contexts, whole), -gap), *((value(contexts, p), gap) for p in parts)]
    return len(parts) > (1 if two else 2) and any(slip(v, v + off) for v, off in values if max(v, v + off) >= _TELLABLE)


def value(contexts: list[Context], index: int) -> Decimal:
    """The value of one number."""
    return contexts[index].mention.value


def summed(contexts: list[Context], parts: list[int]) -> Decimal:
    """The sum of several numbers as written."""
    return sum((value(contexts, p) for p in parts), Decimal(0))


def named_one(contexts: list[Context], whole: int, first: int, others: list[int]) -> int:
    """Of several wholes of one number the one that a list's own words name (新收申请14件，办结14件。从申请人看，…)."""
    same = [c for c in (whole, *others) if value(contexts, c) == value(contexts, whole)]
    return next((c for c in same if named_alike(contexts[c], contexts[first])), whole)


def around(indices: list[int], taken: dict[int, int], first: int) -> list[int]:
    """The wholes of some figures before ``first``, and theirs, the nearest first."""
    found: list[int] = []
    while indices := [w for k in indices if (w := taken.get(k, first)) < first and w not in found]:
        found.extend(indices)
    return found
