"""Breakdown lists (其中、包括、分别为、按类型分、括号): which numbers are the parts of which whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from extractor.facts.clause import Lexicon
from extractor.facts.context import Context
from extractor.facts.openers import OPENERS
from extractor.facts.roles import CHANGE, LEVEL, PRIOR, Role
from extractor.model.number import Interval, total
from extractor.model.slips import slip

_OUTCOMES = ("予以", "不予", "准予")  # 予以公开13件，不予公开2件: what was done with each is the list
_SORTED = re.compile(r"(?:按|从|依|以)[^，、；。]{1,10}(?:分|看|统计|分类)")
_ANY_OPENER = re.compile("|".join(f"(?:{p.pattern})" for _, p in OPENERS))
_CLOSED = ("分别为", "由…组成", "按类分", "冒号")
_NEEDS_TWO = ("含", "构成", "冒号", "分别为", "按类分", "按期")
# The largest of many (以邻里、劳资为主，依次是…): no list of all parts.
_FOREMOST = re.compile(r"为主|为多|居多|靠前|[前头][两三四五六七八九十]")
# Words that open a list only when there is something to divide: a smaller figure before them is no whole.
_NEEDS_LARGER = ("按期", "分别为", "按类分", "构成")
# Clerks count the whole in one unit and its parts in another (1874件次: 743件、428件…): believed only where the sum ties.
_LOOSE_KIN = {"case-time": "case", "item": "case", "batch": "event"}
_RESIDUAL = re.compile(r"^(?:[、，；以及和]*)(?:其他|其它|其余|剩余|余下|余|另有|另|还有|尚有)")
_TOTAL = re.compile(
    r"(?:合计|总计|共计|总共|一共|共有?|[两二三四五六七八九][项类者种][^，。；]{0,6}(?:合计|共计?)?|累计)(?:为|达|有|办理|完成|约)?$|^共[^，。；]{0,8}$"
)
_STRONG_TOTAL = re.compile(r"(?:合计|总计|共计)(?:为|达|有)?$")
_DIRECT = re.compile(r"^[，、；（）]{0,2}(?:其中|包括|涵盖|含|：|（)|^（|^：")
_FURTHER = 4  # in how many sentences a whole is looked for that the list makes exactly
_NEAREST = 6  # how many figures before a list may be its whole; of twice as many, one that is no part and ties up
_JOINED, _LINKED = re.compile(r"[、和及与，]"), re.compile(r"[、和及与]")
_AMONG = re.compile(r"^[^，。；]{0,16}中(?!心)")
_BRACKETED = re.compile(r"（[^（）]*）")
_TELLABLE = 10  # of numbers below it any may be any other miswritten
_INTAKE = re.compile(r"受理|立案|接收|接到|承办|登记|新收|办理")
_DIVISION = re.compile(r"(?:按|从|依|以|就)[^，、；]{1,14}(?:分|看|划分|来看|统计)[，：]")
_SECOND = re.compile(r"(?:[、，（]?(?:罚没款|罚款|罚没|涉及金额|金额|涉案金额))?|、|")
_SHARING, _TELLING = re.compile(r"[、，](?!其中)"), 10
_MARK, _WITHIN = re.compile(r"[，、；：。]"), re.compile(r"^[，；]?[^，。；、]{1,16}中(?!心|队|小|介|药|医|央|层|共|国|期|学)")
_NOTHING = total(())
_LINK = re.compile(r"^(?:）)?[、，；和及与以并]")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and its parts, as indices of the passage's numbers; ``closed`` when the words claim completeness."""

    whole: int
    parts: tuple[int, ...]
    basis: str
    closed: bool | None


class ListReader:
    """Finds the breakdown lists of one passage."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def breakdowns(self, contexts: list[Context], roles: list[Role]) -> list[Breakdown]:
        """All lists, in reading order; a part may itself be the whole of a nested list."""
        found: list[Breakdown] = []
        taken: dict[int, int] = {}
        for i, context in enumerate(contexts):
            if not _countable(context, roles[i]):
                continue
            opener = self._opener(context)
            if opener and i not in taken:
                breakdown = self._list(contexts, roles, i, opener, taken)
                if breakdown:
                    found.append(breakdown)
                    taken.update(dict.fromkeys(breakdown.parts, breakdown.whole))
                    continue
            if i not in taken and (shared := self._shared_out(contexts, roles, i, taken)) is not None:
                found.append(shared)
                taken.update(dict.fromkeys(shared.parts, shared.whole))
                continue
            if (backward := self._total_after(contexts, roles, i, taken)) is not None:
                found.append(backward)
                taken.update(dict.fromkeys(backward.parts, backward.whole))
        return found + [c for b in found if (c := _companions(contexts, roles, b)) is not None]

    @staticmethod
    def _opener(context: Context) -> str | None:
        gap = context.gap
        if not gap or not _ANY_OPENER.search(gap):
            return None
        for name, pattern in OPENERS:
            if name in ("冒号", "括号", "含", "构成", "按期") and context.first and name != "构成":
                continue
            if pattern.search(gap):
                return None if name == "分别为" and _FOREMOST.search(gap) else name
        return None

    def _list(
        self, contexts: list[Context], roles: list[Role], first: int, opener: str, taken: dict[int, int]
    ) -> Breakdown | None:
        parts = self._parts(contexts, roles, first, opener)
        head_sentence = contexts[first].sentence
        if opener == "由…组成" and not re.search("组成|构成", contexts[parts[-1]].right):
            return None
        candidates = _wholes(contexts, roles, first, opener)
        loose = [] if len(parts) < 2 else _wholes(contexts, roles, first, opener, loosely=True, sentences=_FURTHER)
        sums = list(accumulate((contexts[p].mention.interval for p in parts), Interval.plus))
        further = [c for c in candidates if c not in taken] + [c for c in loose if c not in candidates]
        candidates = candidates[:_NEAREST]
        for whole in (*candidates, *(c for c in further if c not in candidates)):
            for length in range(len(parts), 1, -1):
                ends = length == len(parts) or not contexts[parts[length]].gap.startswith("、")
                if ends and sums[length - 1].meets(contexts[whole].mention.interval):
                    return Breakdown(whole, tuple(parts[:length]), opener, True)
            if more := self._more(contexts, roles, parts, whole):
                return Breakdown(whole, (*parts, *more), opener, True)
        if opener == "按类分":
            candidates = [c for c in candidates if not _sorted_out(contexts, c)]
        if not candidates:
            return None
        if opener in _NEEDS_TWO and len(parts) < 2:
            within = contexts[first].mention.value <= contexts[candidates[0]].mention.value
            if within and (opener == "含" or (opener == "构成" and candidates[0] == first - 1)):
                return Breakdown(candidates[0], tuple(parts), opener, False)
            return None
        if len(parts) > 2 and _again(contexts, candidates[0], parts):
            parts.pop()  # the whole said again behind its list (所交办的107件中)
        if opener == "其中" and contexts[parts[-1]].gap.startswith("；") and not contexts[first].left.endswith("："):
            while len(parts) > 1 and _sum(contexts, parts) > _value(contexts, candidates[0]):
                parts.pop()  # a statement of its own behind the list (其中优秀125人；13人书面述法)
        largest = max(_value(contexts, p) for p in parts)
        goes_on = candidates[0] in taken and largest > _value(contexts, candidates[0])  # a second list of the same whole
        if _DIRECT.match(contexts[first].gap) and candidates[0] == first - 1 and not goes_on:
            return Breakdown(first - 1, tuple(parts), opener, self._closed(contexts, parts, opener))
        told: list[int] = []
        near = [c for c in candidates if contexts[c].sentence == head_sentence]
        if opener == "按类分":
            near = [c for c in near if not _in_division(contexts, c, first)]
        if not near:  # of earlier sentences the figure that the list's own words name, else the first of the last one
            wide = loose if opener == "按类分" else ()
            named = [c for c in (*candidates[::-1], *wide) if _named_alike(contexts[c], contexts[first])]
            told = named or _nearly(contexts, parts, candidates)
            near = told or candidates[::-1]
        if _WITHIN.match(contexts[first].gap) and (named := [c for c in near if _named_in(contexts[c], contexts[first])]):
            near = named
        free = told or [c for c in near if c not in taken or (c == first - 1 and not goes_on)]
        free = free or [c for c in dict.fromkeys(taken[k] for k in near) if c < first] or near  # another division of one whole
        slipped = next((c for c in free if opener in _CLOSED and _but_one(contexts, c, parts)), None)
        slipped = next((c for c in (*free, *near, *candidates[::-1]) if _one_slip_off(contexts, c, parts)), slipped)
        whole = next((c for c in free if _value(contexts, c) >= largest), free[0]) if slipped is None else slipped
        apart = contexts[whole].sentence != head_sentence or any("；" in c.gap for c in contexts[whole + 1 : first + 1])
        if opener == "分别为" and apart and not _named_alike(contexts[whole], contexts[first]):
            return None
        if opener in _NEEDS_LARGER and _value(contexts, whole) < largest and whole != slipped:
            return None
        if opener == "构成" and _sum(contexts, parts) > _value(contexts, whole):
            return None
        return Breakdown(whole, tuple(parts), opener, self._closed(contexts, parts, opener))

    @staticmethod
    def _more(contexts: list[Context], roles: list[Role], parts: list[int], whole: int) -> list[int]:
        """The next numbers, when the list makes the whole only with them (省、市交办分别为46件、88件，本镇自收122件)."""
        more: list[int] = []
        made = total(contexts[p].mention.interval for p in parts)
        wanted = contexts[whole].mention.interval
        for k in range(parts[-1] + 1, len(contexts)):
            fits = _countable(contexts[k], roles[k]) and _compatible(contexts[parts[0]], contexts[k])
            if not fits or contexts[k].sentence != contexts[parts[0]].sentence or not contexts[k].gap.startswith("，"):
                break
            more.append(k)
            made = made.plus(contexts[k].mention.interval)
            if made.meets(wanted):
                return more
            if made.low is not None and wanted.high is not None and made.low > wanted.high:
                break
        return []

    @staticmethod
    def _closed(contexts: list[Context], parts: list[int], opener: str) -> bool | None:
        """True when the words claim completeness (分别为, 按类型分, 其余…)."""
        return True if opener in _CLOSED or any(_RESIDUAL.match(contexts[p].gap) for p in parts[1:]) else None

    def _parts(self, contexts: list[Context], roles: list[Role], first: int, opener: str) -> list[int]:
        """The numbers that go on the list that ``first`` opens."""
        head = contexts[first]
        parts = [first]
        separator = before = ""
        own = _AMONG.sub("", head.core)
        starts_with_verb = opener == "括号" or bool(self._lexicon.verb_ahead(own)) or own.startswith(_OUTCOMES)
        for k in range(first + 1, len(contexts)):
            context = contexts[k]
            if context.depth < head.depth or context.sentence != head.sentence:
                break
            if context.depth > head.depth:
                continue
            if roles[k].kind != LEVEL or context.mention.kind in ("percentage", "multiple", "frequency"):
                continue
            if not _compatible(head, context) and _SECOND.fullmatch(context.gap):
                continue  # the second figure of a part (51批次95人次)
            gap, before = _outside_brackets(before + context.gap), ""
            if not _compatible(head, context) and _goes_on(contexts, k):
                before = gap  # a number in the name of the next part (14个乡镇综合执法机构办理312件)
                continue
            if not _compatible(head, context) or not _LINK.match(gap) or "其中" in gap or _restarts(gap):
                break
            mark = gap[0] if gap[0] in "、，；" else "、"
            residual = bool(_RESIDUAL.match(gap))
            if separator and mark != separator and not residual and not (mark in "，" and gap[1:3] == "以及"):
                break
            trimmed = context.core
            if mark in "，；" and not residual and not starts_with_verb and self._status(trimmed):
                break
            separator = separator or mark
            parts.append(k)
        return parts

    def _status(self, text: str) -> bool:
        """Whether a clause starts a statement of its own (办结, 提出审查意见) instead of naming one more category."""
        return bool(self._lexicon.verb_ahead(text)) or not text

    def _shared_out(self, contexts: list[Context], roles: list[Role], first: int, taken: dict[int, int]) -> Breakdown | None:
        """A132场，B101场、C31场: figures right behind a whole that no word opens as a list, but that make exactly it."""
        head = contexts[first]
        whole = first - 1
        while whole >= 0 and roles[whole].kind in (CHANGE, PRIOR):
            whole -= 1
        if whole < 0 or contexts[whole].sentence != head.sentence or not head.gap.startswith(("，", "：")):
            return None
        large = contexts[whole].mention.value >= _TELLING and contexts[whole].mention.approx is None
        if not large or not _countable(contexts[whole], roles[whole]) or not _compatible(contexts[whole], head):
            return None
        if not head.core or self._lexicon.anatomy(head.core).verb or self._member(contexts, roles, whole):
            return None
        parts = [first]
        for k in range(first + 1, len(contexts)):
            same = (
                contexts[k].sentence == head.sentence and _countable(contexts[k], roles[k]) and _compatible(head, contexts[k])
            )
            if not same or k in taken or not _SHARING.match(contexts[k].gap):
                break
            parts.append(k)
        if len(parts) > 1 and _sum(contexts, parts) == _value(contexts, whole):
            return Breakdown(whole, tuple(parts), "合计", True)
        return None

    def _member(self, contexts: list[Context], roles: list[Role], index: int) -> bool:
        """Whether a number goes on a row of others (甲24起，乙18起，丙21起), where what ties up does so by chance."""
        if not index or contexts[index].gap[:1] not in "，、" or contexts[index - 1].sentence != contexts[index].sentence:
            return False
        alike = _countable(contexts[index - 1], roles[index - 1]) and _compatible(contexts[index - 1], contexts[index])
        return alike and not self._lexicon.anatomy(contexts[index].core).verb

    def _total_after(self, contexts: list[Context], roles: list[Role], last: int, taken: dict[int, int]) -> Breakdown | None:
        """A件、B件，合计C件: the whole stands behind its parts."""
        context = contexts[last]
        told = bool(_TOTAL.search(context.left))
        strong = bool(_STRONG_TOTAL.search(context.left))
        if not told and not strong and context.mention.value < _TELLING:
            return None
        run: list[int] = []  # nearest first
        summed, linked, whole = _NOTHING, True, context.mention.interval
        longest = 0
        for k in range(last - 1, -1, -1):
            other = contexts[k]
            if other.sentence != context.sentence or other.depth != context.depth:
                break
            if not _countable(other, roles[k]) or not _compatible(context, other) or k in taken:
                break
            linked = linked and (not run or bool(_LINKED.match(contexts[run[-1]].gap)))
            run.append(k)
            summed = summed.plus(other.mention.interval)
            if len(run) > 1 and (strong or told or linked) and summed.meets(whole):
                longest = len(run)
            exceeded = summed.low is not None and whole.high is not None and summed.low > whole.high
            if (exceeded and not strong) or not _JOINED.match(other.gap):
                break
        if longest and (told or context.mention.value >= _TELLING):
            return Breakdown(last, tuple(run[:longest][::-1]), "合计", True)
        run.reverse()
        if len(run) > 1 and strong and not _covered(contexts, run, last):
            linked_run = [run[-1]]
            for k in reversed(run[:-1]):
                if not _LINKED.match(contexts[linked_run[0]].gap):
                    break
                linked_run.insert(0, k)
            if len(linked_run) >= 2:
                return Breakdown(last, tuple(linked_run), "合计", True)
        return None


def _nearly(contexts: list[Context], parts: list[int], candidates: list[int]) -> list[int]:
    """The figure that a list nearly makes, if any: one of what came in (受理186件) before one of what became of it."""
    made = _sum(contexts, parts)
    close = [c for c in candidates if abs(_value(contexts, c) - made) * _TELLING <= made]
    close.sort(key=lambda c: (not _INTAKE.search(_ahead(contexts, c)), abs(_value(contexts, c) - made)))
    return close[:1]


def _ahead(contexts: list[Context], index: int) -> str:
    """The words before a number, brackets passed over (正式受理（含上年结转5宗）263宗)."""
    over = index and contexts[index].gap.startswith("）")
    return contexts[index - 1].gap if over else contexts[index].core


def _in_division(contexts: list[Context], whole: int, first: int) -> bool:
    """Whether a figure is part of another division of the sentence (按对象分，处罚单位…；按行业分，…)."""
    k = whole
    while k > 0 and contexts[k].sentence == contexts[first].sentence and "；" not in contexts[k].gap:
        if _DIVISION.search(contexts[k].gap):
            return True
        k -= 1
    return bool(_DIVISION.search(contexts[k].gap)) and contexts[k].sentence == contexts[first].sentence


def _goes_on(contexts: list[Context], index: int) -> bool:
    """Whether the clause of a number goes on to the next number."""
    return index + 1 < len(contexts) and not _MARK.search(contexts[index + 1].gap)


def _again(contexts: list[Context], whole: int, parts: list[int]) -> bool:
    """Whether the last of some figures is the whole of those before it, not one more part."""
    last = _value(contexts, parts[-1])
    return last == _value(contexts, whole) and last >= max(_value(contexts, p) for p in parts)


def _sorted_out(contexts: list[Context], index: int) -> bool:
    """Whether a number stands in a list by another point of view (按类型分，A类30件、B类32件): such a one is no whole."""
    while index >= 0:
        context = contexts[index]
        if _SORTED.search(context.gap):
            return True
        if context.first or not _LINKED.match(context.gap):
            return False
        index -= 1
    return False


def _companions(contexts: list[Context], roles: list[Role], own: Breakdown) -> Breakdown | None:
    """The list of second figures of parts: 普通程序512起、82.49万元，简易程序761起、14.35万元 share out the money as well."""
    seconds = [p + 1 for p in own.parts]
    if len(seconds) < 2 or seconds[-1] >= len(contexts):
        return None
    head = contexts[seconds[0]]
    for k in seconds:
        second = contexts[k]
        beside = second.sentence == head.sentence and _SECOND.fullmatch(second.gap) and _countable(second, roles[k])
        if not beside or not _compatible(head, second) or _compatible(second, contexts[own.parts[0]]):
            return None
    sums = total([contexts[k].mention.interval for k in seconds])
    wholes = _wholes(contexts, roles, own.parts[0], "", like=head)
    whole = next((w for w in wholes if sums.meets(contexts[w].mention.interval)), None)
    if whole is None and own.whole + 1 in wholes:
        whole = own.whole + 1
    return None if whole is None else Breakdown(whole, tuple(seconds), own.basis, own.closed)


def is_second(contexts: list[Context], index: int) -> bool:
    """Whether a number is the second figure of a part (普通程序512起、82.49万元)."""
    own, first = contexts[index], contexts[index - 1]
    return own.mention.group != first.mention.group and len(own.gap) <= 5 and not own.gap.startswith("，")


def _named_alike(whole: Context, head: Context) -> bool:
    """Whether the words around a number and those that open a list share a noun of two characters."""
    words, said = whole.core + whole.right, head.gap.rpartition("。")[2]
    return any(words[i : i + 2] in said for i in range(len(words) - 1))


def _named_in(whole: Context, head: Context) -> bool:
    """Whether the words before 中 (受理的纠纷中) name the deed or thing that a number counts."""
    said = head.gap[: head.gap.index("中")].lstrip("，；、")
    return any(len(w) >= 2 and w in whole.core + whole.right for w in said.split("的") if w)


def _covered(contexts: list[Context], run: list[int], last: int) -> bool:
    return any(_value(contexts, r) >= _value(contexts, last) for r in run)


def _countable(context: Context, role: Role) -> bool:
    return role.kind == LEVEL and context.mention.kind in ("count", "amount", "quantity") and context.mention.per is None


def _compatible(a: Context, b: Context, *, loosely: bool = False) -> bool:
    """Whether two numbers may be added: same group of units (measures: the same unit)."""
    x, y = a.mention, b.mention
    if x.kind != y.kind:
        return False
    if x.kind == "quantity" or not x.group:
        return x.unit == y.unit
    return x.group == y.group or (loosely and _LOOSE_KIN.get(x.group, x.group) == _LOOSE_KIN.get(y.group, y.group))


def _wholes(
    contexts: list[Context],
    roles: list[Role],
    first: int,
    opener: str,
    *,
    loosely: bool = False,
    sentences: int = 2,
    like: Context | None = None,
) -> list[int]:
    """The numbers that may be the whole of a list, nearest first, of so many sentences back; ``like`` a number of the list
    when its first has another unit."""
    head = like or contexts[first]
    found: list[int] = []
    seen: list[tuple[int, int]] = [head.sentence]
    near = first - 1
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
        if _countable(context, roles[k]) and _compatible(head, context, loosely=loosely):
            found.append(k)
            if len(found) == 2 * _NEAREST:
                break
    return found


def _but_one(contexts: list[Context], whole: int, parts: list[int]) -> bool:
    """Whether all parts but the largest, which may be miswritten, go well into the whole."""
    largest = max(_value(contexts, p) for p in parts)
    rest = _sum(contexts, parts) - largest
    return len(parts) > 2 and largest > _value(contexts, whole) >= rest >= _value(contexts, whole) / 3


def _one_slip_off(contexts: list[Context], whole: int, parts: list[int]) -> bool:
    """Whether one slip of the pen, in the whole or in a part, keeps the parts from making the whole."""
    gap = _value(contexts, whole) - _sum(contexts, parts)
    values = [(_value(contexts, whole), -gap), *((_value(contexts, p), gap) for p in parts)]
    return len(parts) > 2 and any(slip(v, v + off) for v, off in values if max(v, v + off) >= _TELLABLE)


def _value(contexts: list[Context], index: int) -> Decimal:
    return contexts[index].mention.value


def _sum(contexts: list[Context], parts: list[int]) -> Decimal:
    return sum((_value(contexts, p) for p in parts), Decimal(0))


def _outside_brackets(gap: str) -> str:
    return (_BRACKETED.sub("", gap) if "（" in gap else gap).lstrip("）") or gap


def _restarts(gap: str) -> bool:
    """Whether a new list is opened inside the gap (按、从…看、分别为)."""
    return any(pattern.search(gap) for name, pattern in OPENERS if name in ("其中", "按类分"))
