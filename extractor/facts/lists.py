"""Breakdown lists (其中、包括、分别为、按类型分、括号): which numbers are the parts of which whole."""

from __future__ import annotations

import re
from itertools import accumulate

from extractor.facts.breakdown import Breakdown
from extractor.facts.clause import Lexicon
from extractor.facts.context import Context
from extractor.facts.each import spread, untold
from extractor.facts.members import RESIDUAL, Members, ended, more, one_slip_on, outside_brackets
from extractor.facts.openers import NEXT, OPENERS, RANKED
from extractor.facts.roles import CHANGE, PRIOR, Role
from extractor.facts.seconds import companions
from extractor.facts.totals import TELLING, summed_up, told_behind, total_behind
from extractor.facts.wholes import (
    NEAREST,
    around,
    but_one,
    compatible,
    countable,
    in_division,
    named_alike,
    named_in,
    named_one,
    names_parts,
    nearly,
    one_slip_off,
    sorted_out,
    summed,
    value,
    wholes,
)
from extractor.model.number import Interval

_HINT = re.compile(f"[{''.join(sorted(c for o in OPENERS for c in o.needs))}]")
_NEXT_HINT = re.compile("其[次后]|随后|再次|接下来|之后|后面|往后")
_CLOSED = ("分别为", "由…组成", "按类分", "冒号")
_TELLABLE = 20  # so large a whole of a list that is said to be complete is seldom a slip away by chance
_NEEDS_TWO = ("含", "构成", "冒号", "分别为", "按类分", "按期")
# The largest of many (以邻里、劳资为主，依次是…): no list of all parts.
_FOREMOST = re.compile(r"为主|为多|居多|靠前|[前头][两三四五六七八九十]")
# Words that open a list only when there is something to divide: a smaller figure before them is no whole.
_NEEDS_LARGER = ("按期", "分别为", "按类分", "构成")
_BESIDE = re.compile(r"^[，；]另")
_NEWLY = re.compile(r"^[，；、](?:其中)?(?:(?:本|今|当|全)年度?|年内)?新(?!建|开|型|兴|村|区|媒|闻)")  # 持证24人，本年新取证5人
_DIRECT = re.compile(r"^[，、；（）]{0,2}(?:其中|包括|涵盖|含|：|（)|^（|^：")
_FURTHER = 4  # in how many sentences a whole is looked for that the list makes exactly
_SHARING = re.compile(r"[、，](?!其中)")
_SAID_AGAIN = re.compile(r"[共总所这该]|合计|[上前]述|以上")
_WITHIN = re.compile(r"^[，；]?[^，。；、]{1,16}中(?!心|队|小|介|药|医|央|层|共|国|期|学)")
# 安排28万元（累计43万元）, 社区9个、村4个（共13个村居）: more than the whole, not a part of it
_CUMULATED = re.compile(r"（(?:(?:历年)?累计|共计?|合计|总[计共])")


class ListReader:
    """Finds the breakdown lists of one passage."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._members = lexicon, Members(lexicon)

    def breakdowns(self, contexts: list[Context], roles: list[Role], flow: str) -> list[Breakdown]:
        """All lists, in reading order; a part may itself be the whole of a nested list. ``flow`` is the text of the passage."""
        found: list[Breakdown] = []
        ranked = _NEXT_HINT.search(flow) is not None
        taken: dict[int, int] = {}
        for i, context in enumerate(contexts):
            if not countable(context, roles[i]):
                continue
            listed = None
            if i not in taken:
                leader = _leader(contexts, roles, i, taken) if ranked else None
                opener, first = (self._opener(context), i) if leader is None else (RANKED, leader)
                listed = self._list(contexts, roles, first, opener, taken) if opener else None
                listed = listed or self._shared_out(contexts, roles, i, taken)
            if listed := listed or total_behind(contexts, roles, i, taken):
                found.append(listed)
                taken.update(dict.fromkeys(listed.parts, listed.whole))
        return found + [c for b in found if (c := companions(contexts, roles, b)) is not None]

    @staticmethod
    def _opener(context: Context) -> str | None:
        gap = context.gap
        hints = _HINT.findall(gap)
        for name, needs, pattern in OPENERS if hints else ():
            if needs.isdisjoint(hints):
                continue
            if name in ("冒号", "括号", "含", "按期") and context.first:
                continue
            if pattern.search(gap):
                no_list = (name == "分别为" and _FOREMOST.search(gap)) or (name == "括号" and _CUMULATED.search(gap))
                return None if no_list else name
        return None

    def _list(
        self, contexts: list[Context], roles: list[Role], first: int, opener: str, taken: dict[int, int]
    ) -> Breakdown | None:
        parts = spread(contexts, self._members.parts(contexts, roles, first, opener))
        head_sentence = contexts[first].sentence
        if opener == "由…组成" and not re.search("组成|构成", contexts[parts[-1]].right):
            return None
        candidates = wholes(contexts, roles, first, opener)
        if candidates[:1] == [first - 1] and (things := names_parts(contexts, first - 1, parts)):
            every = True if things == len(parts) else False if things > len(parts) else None
            return Breakdown(first - 1, tuple(parts), opener, every)
        here = [c for c in candidates if contexts[c].sentence == head_sentence]
        if opener == "分别为" and (made := summed_up(contexts, roles, parts)) is not None:
            return made  # 会议3次，两人分别讲课2场、1场，合计3场
        if opener == "分别为" and not here and told_behind(contexts, roles, parts[-1]):
            return None  # 街道、社区、行业调委会分别为1个、28个和3个，合计32个
        loose = [] if len(parts) < 2 else wholes(contexts, roles, first, opener, loosely=True, sentences=_FURTHER, taken=taken)
        sums = list(accumulate((contexts[p].mention.interval for p in parts), Interval.plus))
        further = [c for c in candidates if c not in taken] + [c for c in loose if c not in candidates]
        if opener == "按类分":
            further += [c for c in loose if c in taken and named_alike(contexts[c], contexts[first])]
            own = [c for c in candidates if not sorted_out(contexts, c)]
            candidates = own or [c for c in loose if not sorted_out(contexts, c)]
        candidates = candidates[:NEAREST]
        near_far = [*candidates, *(c for c in further if c not in candidates)]
        if len(parts) > 2:  # all of a list make a figure further back sooner than some of it make a nearer one by chance
            near_far.sort(key=lambda c: not sums[-1].meets(contexts[c].mention.interval))
        for whole in near_far:
            for length in range(len(parts), 1, -1):
                ends = length == len(parts) or not _same_row(contexts, parts, length)
                if ends and sums[length - 1].meets(contexts[whole].mention.interval):
                    if opener == "按类分":
                        whole = named_one(contexts, whole, first, further)
                    return Breakdown(whole, tuple(parts[:length]), opener, True)
            if beyond := more(contexts, roles, parts, whole):
                return Breakdown(whole, (*parts, *beyond), opener, True)
        if (made := summed_up(contexts, roles, parts)) is not None:
            return made
        if not candidates:
            return self._mixed(contexts, roles, first, opener, taken)
        if opener in _NEEDS_TWO and len(parts) < 2:
            within = contexts[first].mention.value <= contexts[candidates[0]].mention.value
            # 村民63名。…队伍中还有1人: of those that another sentence names, not of any told before
            beside = here[:1] == [first - 1] or (
                "中" in contexts[first].gap and named_in(contexts[candidates[0]], contexts[first])
            )
            if within and (opener == "含" or (opener == "构成" and candidates[0] == first - 1 and beside)):
                return Breakdown(candidates[0], tuple(parts), opener, False)
            return None
        while opener == "构成" and len(parts) > 1 and contexts[parts[-1]].gap.startswith("；"):
            parts.pop()  # 投资11亿元，当中工业投资7亿元，比重为64%；收入6840万元: the next statement
        if len(parts) > 2 and _again(contexts, candidates[0], parts):
            parts.pop()  # the whole said again behind its list (所交办的107件中)
        if opener == "其中" and not contexts[first].left.endswith("："):
            while len(parts) > 1 and summed(contexts, parts) > value(contexts, candidates[0]):
                gap = contexts[parts[-1]].gap
                if not _NEWLY.match(gap) and (not _apart(gap) or one_slip_off(contexts, candidates[0], parts)):
                    break
                parts.pop()  # a statement of its own behind the list (其中优秀125人；13人书面述法), some of those told before
        largest = max(value(contexts, p) for p in parts)
        goes_on = candidates[0] in taken and largest > value(contexts, candidates[0])  # a second list of the same whole
        direct = bool(_DIRECT.match(contexts[first].gap)) and not goes_on
        if direct and opener == "其中" and here:
            parts += one_slip_on(contexts, parts, here[0])
        if direct and candidates[0] == first - 1:
            return Breakdown(first - 1, tuple(parts), opener, self._closed(contexts, parts, opener))
        told: list[int] = []
        near = [c for c in candidates if contexts[c].sentence == head_sentence]
        if opener == "按类分":
            near = [c for c in near if not in_division(contexts, c, first)]
        if not near:  # of earlier sentences the figure that the list's own words name, else the first of the last one
            wide = loose if opener == "按类分" else ()
            named = [c for c in (*candidates[::-1], *wide) if named_alike(contexts[c], contexts[first])]
            if _WITHIN.match(contexts[first].gap):  # 本年财政拨款收入中，一般公共预算…: the one whose own name 中 follows
                named = [c for c in named if named_in(contexts[c], contexts[first])] or named
            told = nearly(contexts, parts, named) or named or nearly(contexts, parts, candidates)
            near = told or candidates[::-1]
        if _WITHIN.match(contexts[first].gap) and (named := [c for c in near if named_in(contexts[c], contexts[first])]):
            near, told = named, told and named
        free = told or [c for c in near if c not in taken or (c == first - 1 and not goes_on)]
        free = free or [c for c in dict.fromkeys(taken[k] for k in near) if c < first] or near  # another division of one whole
        slipped = next((c for c in free if opener in _CLOSED and but_one(contexts, c, parts)), None)
        two = opener in _CLOSED
        slipped = next((c for c in (*free, *near, *candidates[::-1]) if one_slip_off(contexts, c, parts, two=two)), slipped)
        outer = around(free, taken, first)  # 上述案件其中涉企18件: of what was shared out before
        large = next((c for c in (*free, *outer) if value(contexts, c) >= largest), None)
        whole = slipped if slipped is not None else free[0] if large is None else large
        if opener in _CLOSED and len(parts) > 1 and whole < first:
            parts = ended(contexts, parts, whole) or [*parts, *one_slip_on(contexts, parts, whole, least=_TELLABLE)]
        apart = contexts[whole].sentence != head_sentence or any("；" in c.gap for c in contexts[whole + 1 : first + 1])
        if whole not in (slipped, large) and len(parts) == 1 and contexts[whole].sentence != head_sentence:
            return None
        close = whole == slipped or nearly(contexts, parts, [whole])
        if opener == "分别为" and apart and not (close and named_alike(contexts[whole], contexts[first])):
            return None
        if opener in _NEEDS_LARGER and value(contexts, whole) < largest and whole != slipped:
            return None
        if opener == "构成" and summed(contexts, parts) > value(contexts, whole):
            return None
        return Breakdown(whole, tuple(parts), opener, self._closed(contexts, parts, opener))

    @staticmethod
    def _mixed(contexts: list[Context], roles: list[Role], first: int, opener: str, taken: dict[int, int]) -> Breakdown | None:
        """A list right behind its whole whose members are counted each in its own unit, where it makes exactly the whole
        (事项59件，包括合同52份、决策6件、文件1件)."""
        whole, parts = first - 1, [first]
        if whole < 0 or whole in taken or contexts[whole].sentence != contexts[first].sentence:
            return None
        for k in range(first + 1, len(contexts)):
            if contexts[k].sentence != contexts[first].sentence or not contexts[k].gap.startswith("、"):
                break
            parts.append(k)
        counted = all(contexts[k].mention.kind == "count" and countable(contexts[k], roles[k]) for k in (whole, *parts))
        enough = len(parts) > 2 or value(contexts, whole) >= TELLING
        made = enough and len(parts) > 1 and counted and summed(contexts, parts) == value(contexts, whole)
        return Breakdown(whole, tuple(parts), opener, True) if made else None

    @staticmethod
    def _closed(contexts: list[Context], parts: list[int], opener: str) -> bool | None:
        """True when the words claim completeness (分别为, 按类型分, 其余…), False when only the largest are told, or not how
        often a part counts."""
        if untold(contexts, parts):
            return False
        if len(parts) > 1 and RESIDUAL.match(contexts[parts[-1]].gap):
            return True
        if opener == RANKED or any(NEXT.match(outside_brackets(contexts[p].gap)) for p in parts[1:]):
            return False
        return True if opener in _CLOSED else None

    def _shared_out(self, contexts: list[Context], roles: list[Role], first: int, taken: dict[int, int]) -> Breakdown | None:
        """A132场，B101场、C31场: figures right behind a whole that no word opens as a list, but that make exactly it."""
        head = contexts[first]
        if not head.gap.startswith(("，", "：")):
            return None
        whole = first - 1
        while whole >= 0 and roles[whole].kind in (CHANGE, PRIOR):
            whole -= 1
        if whole < 0 or contexts[whole].sentence != head.sentence:
            return None
        large = contexts[whole].mention.value >= TELLING and contexts[whole].mention.approx is None
        if not large or not countable(contexts[whole], roles[whole]) or not compatible(contexts[whole], head):
            return None
        if not head.core or self._lexicon.anatomy(head.core).verb or self._member(contexts, roles, whole):
            return None
        parts = [first]
        for k in range(first + 1, len(contexts)):
            same = contexts[k].sentence == head.sentence and countable(contexts[k], roles[k]) and compatible(head, contexts[k])
            if not same or k in taken or not _SHARING.match(contexts[k].gap):
                break
            parts.append(k)
        if len(parts) > 1 and summed(contexts, parts) == value(contexts, whole):
            return Breakdown(whole, tuple(parts), "合计", True)
        return None

    def _member(self, contexts: list[Context], roles: list[Role], index: int) -> bool:
        """Whether a number goes on a row of others (甲24起，乙18起，丙21起), where what ties up does so by chance."""
        if not index or contexts[index].gap[:1] not in "，、" or contexts[index - 1].sentence != contexts[index].sentence:
            return False
        alike = countable(contexts[index - 1], roles[index - 1]) and compatible(contexts[index - 1], contexts[index])
        return alike and not self._lexicon.anatomy(contexts[index].core).verb


def _same_row(contexts: list[Context], parts: list[int], length: int) -> bool:
    """Whether a number goes on the row of those before it: behind 、, or named like the one before (县局转办，公安局转办)."""
    before, this = contexts[parts[length - 1]].core, contexts[parts[length]]
    return this.gap.startswith("、") or (length > 2 and this.core[-2:] == before[-2:] != "")


def _apart(gap: str) -> bool:
    """Whether the words before a number may begin a statement of its own: behind ；, with 另有, with 分别."""
    return bool(_BESIDE.match(gap)) or "分别" in gap or (gap.startswith("；") and not RESIDUAL.match(gap))


def _leader(contexts: list[Context], roles: list[Role], index: int, taken: dict[int, int]) -> int | None:
    """The largest figure of a ranking, of which ``index`` is the next one."""
    gap = contexts[index].gap
    if not _NEXT_HINT.search(gap) or not NEXT.match(outside_brackets(gap)):
        return None
    here = [k for k in range(index) if contexts[k].sentence == contexts[index].sentence and k not in taken]
    alike = [k for k in here if countable(contexts[k], roles[k]) and compatible(contexts[k], contexts[index])]
    leader = next((k for k in reversed(alike) if contexts[k].depth == contexts[index].depth), None)
    return leader if leader is not None and value(contexts, leader) >= value(contexts, index) else None


def _again(contexts: list[Context], whole: int, parts: list[int]) -> bool:
    """Whether the last of some figures is the whole of those before it, not one more part (省级1个、市级2个、县级6个)."""
    core = contexts[parts[-1]].core
    if contexts[parts[-1]].gap.startswith("、") and core and not _SAID_AGAIN.search(core):
        return False
    last = value(contexts, parts[-1])
    largest = max(value(contexts, p) for p in parts)
    return last == value(contexts, whole) and (last >= TELLING or last >= largest)
