"""One thing with two numbers that a slip of the pen parts: 办结信访事项319件 … 信访事项办结391件, 全年694件矛盾纠纷.

In a hundred reports one name has two numbers hardly ever, and then one of them is miswritten. Deeds that are done again and
again (检查, 培训) share their names, though.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.model import Fact, Relation
from extractor.model.compare import miswritten, transposed
from extractor.model.fact import AMOUNT, COUNT
from extractor.model.number import digits
from extractor.relations.bind import ONE, bind
from extractor.relations.figures import kin, level
from extractor.relations.places import Places
from extractor.relations.restated import SPLIT, STOCK, label
from extractor.relations.words import in_order, longest_run
from extractor.text.stretches import remember

_LIGHT = re.compile(r"^(?:主持|组织|开展|举办|召开|完成|进行|实施|作出|做出|累计|共|有|配备?)+")
_STOOD = re.compile(r"^.*(?:现有|共有|拥有|配有|设有|建有|在册|在编|在岗)(?=..)")
_INTAKE = re.compile(r"^(?:新|正式)?(?:受理|接收|接到|收到|排查|登记|承办|接待)(?:调解|办理|调处|化解)?(?=..)")
_TURNED = re.compile(r"成功(调解|化解|调处|劝阻|处置|办结)")
_SHORT = (
    ("矛盾纠纷", "纠纷"),
    ("信访事项", "信访"),
    ("信访件", "信访"),
    ("人民调解员", "调解员"),
    ("安全隐患", "隐患"),
    ("排查出", "排查"),
)
_HANDED = re.compile(r"(?:资料|传单|宣传品|手册|读本|横幅|标语|群众|问题|线索|人次|实事)$")
_REPEATED = re.compile(r"(?:检查|巡查|排查|培训|活动|会议|宣传|行动|演练|讲座|宣讲|调研|整治|教育|走访|学习)$")
_ALL_OF = re.compile(
    r"(?:^|[^，。；]{0,8}[对将把])(?:全[镇乡县区]|[我本][镇乡县局])?(?:全年|年内|今年|本年度?|全[镇乡县区])(?:共|的)?$"
)
_YEARS = re.compile(r"(?:全年|年内)(?:的|受理的|承办的)?$")
_AIM = re.compile(r"(?:任务|目标|计划|指标)（$")
_VERY = ("全县", "全区", "全市", "全省")
_PEOPLE = "人"
_SOME = re.compile(f"{SPLIT.pattern}|参[加训考会]|[应实][参到考]")  # of people who are a stock, those who came or were added
_SUMMED = re.compile(r"合计|总额|^(?:收入|支出)总计由|(?<=[款算金])本年(?=..)")
_SORT = re.compile(r"^[、，]?(?:其中|当中|已|有|共)*|(?:的|有|为|仅|只|达|共)+$")
_DENIED = re.compile("[未不没无新增]")
_NEAREST, _SHORTEST = 3, 2
_NAMED, _PERSONS, _LEAST, _MANY, _DIGITS, _MANY_DIGITS, _LONG_NUMBER = 4, 3, 10, 100, 3, 4, 5


def two_numbers(places: Places, known: Sequence[Relation]) -> Iterator[Relation]:
    """One ``conflict`` for each count that another section states under the same name by a miswritten number.

    Parameters: ``known`` the relations so far; a figure that one of them holds against another is not accused again.
    """
    told = {p for r in known if r.type == "conflict" for p in r.parts}
    seen: dict[tuple[str, ...], list[Fact]] = {}
    for fact in places.facts:
        small = fact.kind == COUNT and fact.value < _LEAST
        if small or not level(fact) or fact.approx or fact.part_of is not None or SPLIT.search(fact.measure):
            continue
        name, came_in = _name(label(fact))
        where = fact.scope if fact.scope in _VERY else ""
        key = (name, kin(fact), where)
        earlier = seen.setdefault(key, [])
        if fact.id not in told and (first := _first(earlier, fact)) and _telling(fact, name):
            yield bind("conflict", ONE, first, fact)
        elif came_in:
            seen.setdefault((came_in, *key[1:], "in"), []).append(fact)
        elif fact.id not in told and (first := _first(seen.get((*key, "in"), ()), fact)) and _of_all(fact, places):
            yield bind("conflict", ONE, first, fact)
        earlier.append(fact)


def swaps(places: Places, known: Sequence[Relation]) -> Iterator[Relation]:
    """One indicator told in two sections with two digits that changed places (罚没款412.6万元 … 罚没421.6万元); of people,
    who are a stock, with any slip of the pen (网格员108名 … 118名网格员).

    Parameters: ``known`` the relations so far; a figure that one of them holds against another is not accused again.
    """
    value = {f.id: f.value for f in places.facts}
    accused = {p for r in known if r.type == "conflict" for p in r.parts if value.get(p) != value.get(r.whole)}
    told: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in places.levels:
        if fact.indicator is not None and not fact.approx and fact.part_of is None:
            if _AIM.search(places.before(fact, _NAMED)):
                continue  # 完成任务（6万平方米）的107%
            told.setdefault((fact.indicator, fact.kind, kin(fact)), []).append(fact)
    for (_, _, unit), figures in told.items():
        first, again = figures[0], figures[-1]
        if first.section == again.section or len({f.value for f in figures}) != 2 or again.id in accused:
            continue
        stock = unit == _PEOPLE and not any(_SOME.search(f.measure) for f in figures)
        swapped = digits(first.value) >= _DIGITS and transposed(first.value, again.value) and _one_thing(first, again, places)
        if swapped or (stock and miswritten(first.value, again.value)):
            yield bind("conflict", ONE, first, again)


def _one_thing(first: Fact, again: Fact, places: Places) -> bool:
    """Whether a number is long enough to be told of one thing only, or words say that it is: 拆除违法建设6.42万平方米 …
    督战拆除违法建设6.24万平方米, 把关全年362件审查事项."""
    if digits(first.value) >= _MANY_DIGITS:
        return True
    return len(longest_run(label(first), label(again))) >= _NAMED or bool(_YEARS.search(places.ahead(again)))


def parts_again(places: Places, known: Sequence[Relation]) -> Iterator[Relation]:
    """One ``conflict`` for each sort of people that is told again with those they are among, by a miswritten number
    (执法人员28名，持证26名 … 28名执法人员监管，其中持证的25名).

    Parameters: ``known`` the relations so far: which figures are told twice.
    """
    by_id = {f.id: i for i, f in enumerate(places.levels)}
    for relation in known:
        ends = [by_id.get(i) for i in (relation.whole, *relation.parts)] if relation.type == "conflict" else []
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            continue
        first, again = places.levels[ends[0]], places.levels[ends[1]]
        if kin(first) != _PEOPLE or first.value != again.value or first.section == again.section:
            continue
        for part in _behind(places, ends[1]):
            like = [f for f in _behind(places, ends[0]) if _one_sort(places.ahead(f), places.ahead(part))]
            if len({f.value for f in like}) == 1 and miswritten(part.value, like[0].value):
                yield bind("conflict", ONE, like[0], part)


def _behind(places: Places, index: int) -> list[Fact]:
    """The figures right behind one of people, of the same sentence, which may count sorts of them."""
    whole = places.levels[index]
    near = places.levels[index + 1 : index + 1 + _NEAREST]
    like = (f for f in near if f.sentence == whole.sentence and kin(f) == _PEOPLE and f.value < whole.value)
    return [f for f in like if not f.approx]


def _one_sort(first: str, again: str) -> bool:
    """Whether the words before two figures name one sort (持证, 持执法证的只有), and neither denies it."""
    name = _SORT.sub("", first)
    told = bool(_DENIED.search(first)) == bool(_DENIED.search(again))
    return told and _SHORTEST <= len(name) <= _NAMED and in_order(name, again)


def turned(places: Places, known: Sequence[Relation]) -> Iterator[Relation]:
    """A long number told again in another section, of what begins with the very name it was told under, with two digits that
    changed places (物业管理类2318件 … 物业管理类工单居高不下，全年达2381件); the part of a list as well as a whole.

    Parameters: ``known`` the relations so far; a figure that one of them holds against another is not accused again.
    """
    value = {f.id: f.value for f in places.facts}
    accused = {p for r in known if r.type == "conflict" for p in r.parts if value.get(p) != value.get(r.whole)}
    told: dict[tuple[str, str], list[Fact]] = {}
    for fact in places.levels:
        if fact.kind != COUNT or fact.approx or digits(fact.value) < _MANY_DIGITS:
            continue
        alike = told.setdefault((kin(fact), "".join(sorted(f"{fact.value:f}"))), [])
        name = label(fact)
        like = [f for f in alike if f.section != fact.section and len(label(f)) >= _NAMED and name.startswith(label(f))]
        once = len({f.value for f in like}) == 1 and fact.id not in accused
        if once and transposed(fact.value, like[0].value) and all(f.value != fact.value for f in alike):
            yield bind("conflict", ONE, like[0], fact)
        alike.append(fact)


def amounts(places: Places) -> Iterator[Relation]:
    """One account told in two sentences by a long number with one slip in it (本年支出合计6,298.12万元 … 698.12万元)."""
    told: dict[str, list[Fact]] = {}
    for fact in places.levels:
        if fact.kind != AMOUNT or fact.approx or digits(fact.value) < _LONG_NUMBER:
            continue
        earlier = told.setdefault(_account(label(fact)), [])
        once = len({f.value for f in earlier}) == 1 and earlier[0].sentence != fact.sentence
        if once and miswritten(fact.value, earlier[0].value):
            yield bind("conflict", ONE, earlier[0], fact)
        else:
            remember(earlier, fact)


@lru_cache(maxsize=5_000)
def _account(name: str) -> str:
    """The name of an account without that it is the sum of the year (财政拨款本年收入, 本年支出合计)."""
    return _SUMMED.sub("", name)


def _first(earlier: Sequence[Fact], fact: Fact) -> Fact | None:
    """The figure that stands under the same name with one other number, of which that of ``fact`` is a slip of the pen."""
    if not earlier or any(f.value != earlier[0].value for f in earlier):
        return None
    first = earlier[0]
    if fact.kind != COUNT:  # measured things are told in one section, too: 8.5万亩 in its summary, 5.8万亩 in the account
        slipped = fact.sentence != first.sentence and len(label(fact)) > _NAMED and transposed(fact.value, first.value)
    else:
        slipped = fact.section != first.section and miswritten(fact.value, first.value)
    return first if slipped else None


def _telling(fact: Fact, name: str) -> bool:
    """Whether a name is long enough to name one thing, and no deed done again and again."""
    said = label(fact)
    length = digits(fact.value)
    again = _HANDED.search(said) or (len(name) <= _NAMED + 2 and length < _DIGITS and _REPEATED.search(said))
    return len(name) >= (_PERSONS if STOCK.search(fact.measure) else _NAMED) and length > 1 and not again


def _of_all(fact: Fact, places: Places) -> bool:
    """Whether a figure tells how many of a thing there were in the whole year or place (全年694件矛盾纠纷)."""
    return fact.value >= _MANY and bool(_ALL_OF.search(places.ahead(fact)))


@lru_cache(maxsize=20_000)
def _name(text: str) -> tuple[str, str]:
    """A name by its letters alone, whatever their order, and without that the things came in ('' where it does not say so)."""
    for long, short in _SHORT:
        text = text.replace(long, short)
    text = _TURNED.sub(r"\1成功", _LIGHT.sub("", _STOOD.sub("", text)))
    taken = _INTAKE.sub("", text)
    return "".join(sorted(text)), "" if taken == text else "".join(sorted(taken))
