"""Wholes that are shared out in another sentence or paragraph, and totals that name what they add up.

按领域统计，A类598起，B类226起，… a paragraph after 作出行政处罚1273起; 坡岜、龙那、那良三个村合计77起.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise, product

from extractor.model import Fact, Relation
from extractor.model.fact import COUNT
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.divisions import divided_by, may_lack
from extractor.relations.figures import kin
from extractor.relations.places import Places
from extractor.relations.status import BALANCES
from extractor.relations.words import alike, in_order
from extractor.rules import Ruleset
from extractor.text.stretches import remember

_FEW, _LEAST, _LEAST_TWO = 5, 20, 30  # wholes smaller than that are made by chance too often
_NEAR = 12  # how many figures of its kin back a whole may stand that shares no word with its parts
_NAMES = re.compile(
    r"(?:^|[，。；：])(?:占|因|其中|[一二三四五]是)?"
    r"(?P<names>[\u4e00-\u9fff“”]{2,10}?(?:[、和与及][\u4e00-\u9fff“”]{2,10}?){1,4})"
    r"(?P<cue>[两二三四五六七八九]?(?:项|类|个|者|种|方面)?(?:行政)?(?:村|社区|镇|乡)?(?:（社区）)?(?:案件|事项|纠纷)?(?:合计|共计|总计|共|一共|总数)?(?:为|达|有)?)$"
)
# 受理数分村：… and 立案案件中，… name the whole that they divide.
_HEADED = re.compile(r"^(?P<who>[^，。；：、]{2,8}?)(?:总?数|总?量|情况)?(?:按|分|依)[^，。；：、]{1,6}?(?:分|划分|看)?：")
_AMONG = re.compile(r"^(?P<who>[^，。；：、]{2,8}?)(?:的)?(?:案件|事项|纠纷)?中，?")
# 类别：甲58件，乙43件，…: the sorts of what was taken in.
_SORTS = re.compile(r"^(?:\d{1,2}[.、．])?(?:按|从)?(?:类[别型]|种类|分类|构成|来源|领域)(?:来?看|分)?：")
_GRADED = re.compile(r"(?:为|是|评|次|级|、|^)“?(?:优秀?|良好?|中等?|合格|不合格|较?差)”?的?(?:有|为)?$")
_INTAKE = re.compile(r"受理|排查|收到|接收|登记|查处|立案")
_DIVIDING = re.compile(
    r"类型|类别|种类|分类|结构|构成|分布|来源|渠道|领域|层级|案由|性质|程序|分[村类]|(?:按|从|分)[^，。；：、]{1,8}(?:分|看|统计)|[中里]，"
)
_OTHERS = re.compile(r"其他|其它|其余|别的")
_NO_PART = re.compile(
    r"结转|上年|去年|20\d\d年|合计|共计|总计|[两二三四五六七八九]个|靠前|前[三四五十]|主要|人大|政协|代表建议|提案"
)
_CASES = re.compile(r"立案|处罚|案件|受理|排查|调解|调处|登记|办结|收到")
_LEAD, _NAME, _MANY = 24, 14, 3
_SAID = re.compile(r"合计|共计|总计|[两二三四五六七八九](?:项|类|个|者|种)")
_CARRIED = re.compile(r"(?:加上?|连同|连|算上|计入|含|包括)(?:上年|去年|往年|历年|以前|原|年初|期初|20\d\d年)[^。]{0,16}$")
_NEW, _IN_HAND = (
    re.compile(r"新收|新增|新受理|收到"),
    re.compile(r"(?:应[办处]|需[办处]|待[办处]|合计|共计|总计|共有)[^，。；结复]{0,6}$"),
)
_APART = re.compile(r"[、\d]")
_JOINED, _JOINED_LAST = re.compile(r"[、和与及]"), re.compile(r"[、和与及][^，。；：]*$")
_INNER = re.compile(r"其中[^；）]*$")
_TRIES, _SHORT_NAME = 4, 6


def divided(places: Places, lists: Sequence[Relation], ruleset: Ruleset) -> Iterator[Relation]:
    """One ``sum`` for each sentence whose figures of one kin make exactly a figure before it; values can only confirm."""
    inner = _inner(places.facts, lists)
    outer = {r.whole for r in lists if r.type == "sum"}
    outer.update(
        p for r in lists if r.type == "sum" and r.basis in BALANCES for p in r.parts
    )  # what was finished is divided too
    earlier: dict[str, list[Fact]] = {}
    for _, sentence in groupby((f for f in places.levels if f.kind == COUNT), key=lambda f: f.sentence):
        run = list(sentence)
        for like, parts in _runs(run, inner, places):
            before = earlier.get(like)
            if before is None:
                continue
            whole = _whole(before, parts, places, ruleset)
            basis = "合计" if whole is not None else "点名分项"
            whole = whole or _headed(before, parts, places.before(parts[0])) or _slipped(before, parts, places, ruleset)
            if whole is not None:
                yield bind("sum", basis, whole, *parts, closed=True)
                inner.update(p.id for p in parts if len(parts) > _MANY)
        for fact in run:
            if fact.id not in inner or fact.id in outer:
                remember(earlier.setdefault(kin(fact), []), fact)


def _inner(facts: Sequence[Fact], lists: Sequence[Relation]) -> set[str]:
    """What does not count beside its neighbours: parts that divide a figure before them, and totals of figures before them."""
    order = {f.id: i for i, f in enumerate(facts)}
    found: set[str] = set()
    for relation in lists:
        if relation.type == "sum" and {relation.whole, *relation.parts} <= order.keys():
            before = order[relation.whole] < order[relation.parts[0]]
            found.update(relation.parts if before else (relation.whole,))
    return found


def _runs(sentence: list[Fact], inner: set[str], places: Places) -> Iterator[tuple[str, list[Fact]]]:
    """The figures of one kin in a sentence, and those of each of its parts that ； ends."""
    runs: dict[str, list[Fact]] = {}
    for fact in sentence:
        if fact.id not in inner:
            runs.setdefault(kin(fact), []).append(fact)
    for like, run in runs.items():
        among = (i for i in range(1, len(run)) if _INNER.search(places.between(run[i - 1], run[i])))
        run = run[: next(among, None)]  # what stands behind 其中 divides what stands before it
        if len(run) < 2 or any(f.approx for f in run):
            continue
        parted = {i: gap for i in range(1, len(run)) if "；" in (gap := places.between(run[i - 1], run[i]))}
        if not any(map(_DIVIDING.search, parted.values())):  # 简易93件，普通75件；按领域看，涉渔19件、其他149件: two divisions
            yield like, run
        marks = [0, *parted, len(run)]
        if len(marks) > 2:
            yield from ((like, run[a:b]) for a, b in pairwise(marks) if b - a >= 2)


def _whole(earlier: Sequence[Fact], parts: list[Fact], places: Places, ruleset: Ruleset) -> Fact | None:
    """The nearest figure before that the parts make, if words or nearness bind them."""
    made = sum(p.value for p in parts)
    if not any(f.value == made for f in earlier):
        return None
    if all(_GRADED.search(places.ahead(p)) for p in parts):  # 自评项目14个。…为优的11个、为良的3个
        near = (f for f in reversed(earlier[-_TRIES:]) if f.value == made and f.section == parts[0].section)
        return next(near, None)
    by_names = len(parts) == 2 and divided_by([_APART.split(places.ahead(p))[-1] + p.measure for p in parts], ruleset)
    if made < (_FEW if by_names else _LEAST_TWO if len(parts) == 2 else _LEAST):
        return None
    for back, fact in enumerate(reversed(earlier), 1):
        if fact.value != made or fact.approx:
            continue
        named = sum(alike(fact.measure, p.measure) for p in parts)
        if len(parts) > 2 and (named or back <= _NEAR):
            return fact
        by_level = by_names and (back <= _NEAR or made >= _LEAST_TWO)
        among = _AMONG.match(places.before(parts[0]))
        settled = parts[0].measure.startswith(fact.measure) and len(fact.measure) >= 4
        if len(parts) == 2 and (named == 2 or by_level or settled or (among and alike(fact.measure, among[1]))):
            return fact
    return None


def _headed(earlier: Sequence[Fact], parts: list[Fact], lead: str) -> Fact | None:
    """The nearest figure before that the opening words name: 受理数分村：甲24起; only if made exactly: 立案案件中，甲31宗."""
    match = _HEADED.match(lead) or _AMONG.match(lead)
    if match is None and _SORTS.match(lead) and len(parts) > 2:
        near = [f for f in reversed(earlier[-_TRIES:]) if f.section == parts[0].section and not f.approx]
        taken_in = next((f for f in near if _INTAKE.search(f.measure)), None)
        return taken_in if taken_in is not None and sum_slip(taken_in, parts) else None
    if match is None:
        return None
    made = sum(p.value for p in parts)
    named = [f for f in reversed(earlier) if match["who"] in f.measure and f.section == parts[0].section and not f.approx]
    if match.re is _AMONG:
        return next((f for f in named if f.value == made), None)
    return named[0] if named and len(parts) > 2 and named[0].value >= max(p.value for p in parts) else None


def _slipped(earlier: Sequence[Fact], parts: list[Fact], places: Places, ruleset: Ruleset) -> Fact | None:
    """The nearest figure before that the parts of a division miss by one slip.

    That they are a division is said by what stands before them (按层级，…), by others as the last, by the names of the parts,
    or by a paragraph that they open; all stand behind short names.
    """
    names = [_APART.split(places.ahead(p))[-1] for p in parts]
    if not earlier or max(map(len, names)) > _NAME or any(_NO_PART.search(places.ahead(p)) for p in parts):
        return None
    spot = places.spot(parts[0])
    lead = spot.flow[max(0, spot.start - _LEAD) : spot.start]
    named = divided_by([n + p.measure for n, p in zip(names, parts, strict=True)], ruleset)
    alone = len(parts) > _MANY and len(names[0]) + 1 >= spot.start  # a paragraph of its own, under its heading
    alone = alone or _pure_row(parts, names, places)
    if not named and (len(parts) < _MANY or not (alone or _DIVIDING.search(lead) or _OTHERS.search(names[-1]))):
        return None
    if parts[0].value in accumulate(p.value for p in parts[1:]):
        return None  # the first is shared out by those behind it
    made, (*_, second, _) = sum(p.value for p in parts), sorted([p.value for p in parts])
    near = [f for f in reversed(earlier[-_NEAR:]) if f.unit == parts[0].unit]
    if any(f.value == made for f in earlier):
        return None
    near.sort(key=lambda f: not _INTAKE.search(f.measure))  # what came in is divided sooner than what became of it
    lacking = may_lack([n + p.measure for n, p in zip(names, parts, strict=True)], ruleset)
    likely = (f for f in near if not f.approx and f.value >= second and f.value >= _LEAST and sum_slip(f, parts, sure=False))
    likely = (f for f in likely if f.value <= made or not lacking)
    if len(parts) > 2:
        return next(likely, None)
    among = _AMONG.match(places.before(parts[0]))
    names += [among["who"]] if among else []
    return next((f for f in likely if _CASES.search(f.measure) or any(alike(f.measure, n) for n in names)), None)


def _pure_row(parts: list[Fact], names: list[str], places: Places) -> bool:
    """Whether a sentence tells nothing but a row of short names with their figures (草场24件，牲畜9件，婚姻8件，劳务5件。)."""
    short = len(parts) > _MANY and max(map(len, names)) <= _SHORT_NAME
    return short and places.before(parts[0]) == names[0] and places.after(parts[-1], 1) in ("", "。")


def totals(places: Places, lists: Sequence[Relation]) -> Iterator[Relation]:
    """One ``sum`` for each total that names its addends: 复议、诉讼案件合计8件."""
    inner = _inner(places.facts, lists)
    earlier: dict[str, list[Fact]] = {}
    for fact in places.levels:
        before = earlier.setdefault(kin(fact), [])
        if len(before) >= 2 and not fact.approx:
            words = places.before(fact)
            if before[-1].sentence == fact.sentence and _CARRIED.search(words):
                yield from _added_to(fact, before, words)
            if _JOINED_LAST.search(words) and (match := _NAMES.search(words)):
                named = [_called(before, n, inner) for n in _JOINED.split(match["names"])]
                if all(named):
                    yield from _added(fact, named, sure=bool(_SAID.search(match["cue"])))
        remember(before, fact)


def _added_to(total: Fact, earlier: list[Fact], words: str) -> Iterator[Relation]:
    """新收58件；加上年结转3件，应办61件: what was carried over is added to a figure before.

    But for a slip of the pen it is to what was new, where words say that both are what was to be dealt with.
    """
    added = earlier[-1]
    for first in reversed(earlier[-_NEAR:-1]):
        if first.value + added.value == total.value and not (first.approx or added.approx):
            yield bind("sum", "合计", total, first, added, closed=True)
            return
    new = next((f for f in reversed(earlier[-_NEAR:-1]) if f.sentence == total.sentence and _NEW.search(f.measure)), None)
    told = new is not None and _IN_HAND.search(words) and not (new.approx or added.approx) and new.unit == total.unit
    if told and new is not None and sum_slip(total, (new, added), sure=False):
        yield bind("sum", "点名合计", total, new, added, closed=True)


def _called(earlier: list[Fact], name: str, inner: set[str]) -> list[Fact]:
    """The last figures that count what a name says, the latest first; parts of lists only where nothing else does."""
    found = [f for f in reversed(earlier) if in_order(name, f.measure) or name in f.dimension.get("place", "")]
    return ([f for f in found if f.id not in inner] or found)[:_TRIES]


def _added(total: Fact, named: list[list[Fact]], *, sure: bool) -> Iterator[Relation]:
    for parts in product(*named):
        if len({p.id for p in parts}) == len(parts) and sum(p.value for p in parts) == total.value:
            yield bind("sum", "合计", total, *parts, closed=True)
            return
    if sure and all(len({p.value for p in parts}) == 1 for parts in named):
        yield bind("sum", "点名合计", total, *(parts[0] for parts in named), closed=True)
