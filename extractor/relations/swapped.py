"""Figures with two neighbouring digits of one told before, under its name: 派来工单6284件 … 一年6248件工单压在社区.

That another number of the same thing has the same digits in another order is rare by chance, so that less need be said of its
being the same one: the more digits, the less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from extractor.model import Fact, Relation
from extractor.model.compare import transposed
from extractor.relations.bind import ONE, bind
from extractor.relations.figures import LEVELS, kin
from extractor.relations.places import Places
from extractor.relations.restated import label, plain_words
from extractor.relations.words import in_order
from extractor.text.stretches import remember

_BARE = re.compile(
    r"(?:[一二三四五六七八九]是)?(?:[对把将从就为在]|面对|围绕|一年来?|全年|年内|今年|全[镇乡县区市]|全街道|辖区|[我本][镇乡县局]|这|目前|但|而|全部|所有|的)*"
)
# What only one of two figures says of itself: they are of two deeds, or of a part and its whole.
_APART = re.compile(
    r"新|增|减|其中|部分|首批|另|其他|培训|选派|抽调|不|未|每|完成率|满意|在办|待|尚|[专兼]职|简易|普通|一般程序|口头|书面|[国省市县区镇乡村]级|"
    r"调出|调入|支出|收入|预算|结转|上年|免|涉|重大|规范性|应|调研|接访"
)
_DEED = re.compile(r"受理|接收|承办|收到|排查|办结|结案|立案|化解|调解|成功|解决|整改|采纳|答复|处罚|处理")
_INTAKE = frozenset(("受理", "接收", "承办", "收到"))
# What says nothing of which figure is meant: who saw to it, when, and how often it was counted.
_LIGHT = re.compile(
    r"全年|年内|今年|[全本我](?:[镇乡县区市局]|街道)|督促|推动|统筹|带队|亲自|书记|[镇乡县区局]长|主任|主要负责人|主持|组织|开展|完成|实施|办理|进行|实现|各类|各种|累计|合计|全部|"
    r"事项|工作|情况|方面|案件|虽然|[虽已达到共量数的有以经对等]"
)
# Who did it, where another may have done more of it; what is done, found and handed out in one section after another.
_BODY = re.compile(r"(?:人民)?调解(?:组织|委员会)|调委会|(?:司法|派出|工商|财政)所|法[院庭]|中心|窗口|[站股科室]|[支大中]队")
_REPEATED = re.compile(r"检查|巡查|走访|慰问|问题|线索|诉求|隐患|培训|活动|资料|群众|人次|宣[传讲]|讲座|整治|整改")
_ON_TOP = re.compile(r"[^，。；]{0,6}基础上")  # 在今年净增1350户的基础上: no aim
_ALL = re.compile(r"全[年镇乡县区市局]|全街道|年内")
_LEAST, _ENOUGH, _SHORTEST, _AROUND = Decimal(10), 6, 2, 50
_PERSONS, _WHO = ("人次", "人", "名"), re.compile(r"[\u4e00-\u9fff]{2}[员长](?!会)")
_COMMON = frozenset("件起宗例个项人名次场期条份户元")


def swapped(places: Places) -> Iterator[Relation]:
    """One ``conflict`` for each figure that tells one before it with two digits changed over."""
    told: dict[tuple[str, str], list[Fact]] = {}
    for fact in places.facts:
        if fact.kind not in LEVELS or fact.approx or fact.per or fact.value < _LEAST or fact.status == "prior":
            continue
        before = told.setdefault((kin(fact), "".join(sorted(f"{fact.value:f}".replace(".", "")))), [])
        near = [f for f in before if f.value != fact.value and f.sentence != fact.sentence] if fact.part_of is None else []
        for first in near:
            told_by = _told_by(places, first, fact) if transposed(first.value, fact.value) else 0
            if told_by >= _ENOUGH and not any(f.value == fact.value and _told_by(places, f, fact) for f in before):
                yield bind("conflict", ONE, first, fact)
                break
        if fact.status == "actual":
            remember(before, fact)


def _told_by(places: Places, first: Fact, again: Fact) -> int:
    """How much says that a figure counts what another did: the digits of its number, and the letters that name both."""
    aim = again.status != "actual" and not _ON_TOP.match(places.after(again))
    if aim or first.direction != again.direction:
        return 0
    name, digits = label(first), f"{again.value:f}".replace(".", "")
    if first.part_of is None and first.direction is None and _BARE.fullmatch(places.ahead(again)):
        behind = plain_words(places.after(again))
        lengths = range(min(len(name), len(behind)), _SHORTEST - 1, -1)
        same = next((n for n in lengths if name.endswith(behind[:n])), 0)
        return same and same + len(digits)
    shared = _shared(places, first, again)
    all_told = _ALL.search(places.ahead(again)) is not None
    if shared and _REPEATED.search(again.measure) and not all_told:
        # 办了网格长培训班，参训86人次 … 网格长流动快，虽培训了68人次: of those whom the sentence is about
        return shared + len(digits) + _SHORTEST if _of_whom(places, first, again) else 0
    if not shared:
        return 0
    one_body = bool(_BODY.search(first.measure)) == bool(_BODY.search(again.measure))
    return shared + len(digits.rstrip("0")) + (again.unit not in _COMMON) + all_told - (0 if one_body else _SHORTEST)


def _of_whom(places: Places, first: Fact, again: Fact) -> bool:
    """Whether the sentence of a figure speaks of the people who are named with an earlier one of persons."""
    told = _WHO.findall(places.before(again)) if again.unit in _PERSONS else ()
    return any(who in places.before(first, _AROUND) for who in told)


def _shared(places: Places, first: Fact, again: Fact) -> int:
    """How many letters name two figures alike; 0 where one says more than the other."""
    if first.direction is None and set(_APART.findall(first.measure)) != set(_APART.findall(again.measure)):
        return 0
    deeds = [set(_DEED.findall(_BODY.sub("", f.measure))) for f in (first, again)]
    done = [d - _INTAKE for d in deeds]
    if done[0] != done[1]:
        return 0
    names = [_essence(f.measure) for f in (first, again)]
    short, long = sorted(names, key=len)
    if len(short) >= _SHORTEST and in_order(short, long):
        return len(short)
    if deeds[0] & deeds[1] and in_order(names[1], places.before(first, _AROUND)):
        return len(names[1]) + _SHORTEST  # 排查矛盾纠纷312件，受理268件 … 受理矛盾纠纷286件
    return 0


@lru_cache(maxsize=2_000)
def _essence(measure: str) -> str:
    """The letters of a measure that say what is counted."""
    return _DEED.sub("", _LIGHT.sub("", plain_words(measure)))
