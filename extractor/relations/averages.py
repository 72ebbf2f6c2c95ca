"""An average and what it is the average of: 6辆，运行维护费12.46万元，平均每辆2.08万元; 接待412人次，人均130元.

What is so many each (辖9个村 … 每村3名，全乡27名) is no average: number and bodies make exactly the total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from extractor.model import Fact, Relation
from extractor.model.compare import mean
from extractor.model.fact import AMOUNT, COUNT, FREQUENCY
from extractor.model.slips import mean_slip, slip
from extractor.relations.bind import bind
from extractor.relations.figures import LEVELS, kin, level
from extractor.relations.places import Places
from extractor.relations.words import alike

AVERAGE, EACH = "平均", "每个"
_MEAN = re.compile(r"平均每(?:[一个名位家支所处]{0,2})([\u4e00-\u9fff]{1,4})|([人户村次案件亩单辆])均")
_INCOME = re.compile(r"收入|生产总值|GDP")  # of all people of a place, of another total
_PLACES, _OF_PLACE = "村区", re.compile(r"(?:辖|行政村|建制村|村民?委|(?:全|共有?|下?辖)[^|]{0,3}\|?(?:个)?(?:村|社区))")
_BODIES = frozenset("个支处家所座户")
_IN_ALL = re.compile(r"[，、]?(?:合计|共计|总计|一共|总共|共|全(?:[镇乡县区市]|街道)(?:共|有|累计|达到?)*$)")
_FIRST, _CLAUSE = 4, re.compile("[，。；：（）]")
_LOOK_BACK, _BEHIND, _NEAREST, _TELLING = 8, 2, 2, 3


def averages(places: Places) -> Iterator[Relation]:
    """One relation ``rate`` (whole = the average, parts = total, number of things) for each average that two figures of its
    paragraph explain; also where they do not, but have the average's name and are the only ones, or miss it by one slip."""
    for i, fact in enumerate(places.facts):
        told = fact.kind in LEVELS and fact.status == "actual" and not fact.direction and not fact.approx
        if not told or (fact.per is None and "每" not in fact.measure):
            continue
        match = _MEAN.search(places.ahead(fact))
        thing = (match[1] or match[2]) if match else fact.per
        if thing is None or fact.kind == FREQUENCY:
            continue
        things = _things(places, i, thing) or (_places_of(places, thing) if match is None else [])
        around = chain(_earlier(places, i), _next(places, i)) if things else ()
        totals = [f for f in around if f.kind == fact.kind and kin(f) == kin(fact) and f.value > fact.value]
        if match is None:  # told of one matter
            totals = [f for f in totals if _one_matter(places, i, f)]
        pairs = [(t, n) for t in totals for n in things if n.value > 1 and n.id != t.id]
        if match is None:
            if (made := _each(places, fact, pairs)) is not None:
                yield bind("rate", EACH, fact, *made)
            continue
        tied = next((p for p in pairs if (found := mean(fact, *p)) is not None and found.agrees), None)
        if tied is None and len(pairs) == 1 and fact.kind == AMOUNT and fact.measure[-_TELLING:] in pairs[0][0].measure:
            tied = pairs[0]
        if tied is None and not _INCOME.search(fact.measure):
            near = things[: _NEAREST if fact.kind == AMOUNT else 1]  # 件均2.99元: of what was settled, or of what came in
            likely = (p for p in pairs if p[1] in near and _one_matter(places, i, p[0]))
            tied = next((p for p in likely if mean_slip(fact, *p)), None)
        if tied is not None:
            yield bind("rate", AVERAGE, fact, tied[0], tied[1])


def _places_of(places: Places, thing: str) -> list[Fact]:
    """The villages or communities of a place, counted wherever it is introduced (辖9个行政村 … 法律明白人126名，每村14名)."""
    if thing[-1:] not in _PLACES:
        return []
    own = re.compile(rf"{_OF_PLACE.pattern}|{re.escape(thing)}(?:\||$)|\|{re.escape(thing)}") if len(thing) > 2 else _OF_PLACE
    counted = (f for f in places.levels if f.kind == COUNT and f.unit == "个")
    counted = (f for f in counted if own.search(f"{f.measure}|{places.after(f, 5)}"))
    return list({f.value: f for f in reversed([*islice(counted, _FIRST)])}.values())[::-1]


def _one_matter(places: Places, index: int, whole: Fact) -> bool:
    """Whether a total has the name of an average, or stands right before it."""
    average = places.facts[index]
    name = _MEAN.sub("", average.measure).removeprefix("每")
    beside = places.facts[index - 1] is whole and whole.sentence == average.sentence
    return beside or alike(name, whole.measure)


def _each(places: Places, each: Fact, pairs: list[tuple[Fact, Fact]]) -> tuple[Fact, Fact] | None:
    """Total and number of bodies that so many each make, or would but for one slip where they are told with all of them in
    one sentence (每个居民区14名，共392名)."""
    made = next((p for p in pairs if p[0].value == each.value * p[1].value), None)
    if made is not None or len(pairs) != 1:
        return made
    whole, number = pairs[0]
    told = whole.sentence == each.sentence and number.unit in _BODIES and _IN_ALL.match(places.ahead(whole)) is not None
    product, needed = each.value * number.value, whole.value / each.value
    likely = slip(whole.value, product) or (needed == needed.to_integral_value() and slip(number.value, needed))
    others = (f for f in places.levels if f.sentence == number.sentence and f.unit == number.unit and f is not number)
    if not (told and likely) or any(f.value + number.value == needed for f in others):
        return None  # 辖12个村、2个社区 … 每村4名，全镇共56名: in all fourteen
    return pairs[0]


def _next(places: Places, index: int) -> Iterator[Fact]:
    """The plain figures of the sentence behind an average (11个社区每个培养15名，总数达165名)."""
    facts, own = places.facts, places.facts[index]
    return (f for f in facts[index + 1 : index + 1 + _BEHIND] if f.sentence == own.sentence and level(f) and not f.approx)


def _earlier(places: Places, index: int) -> Iterator[Fact]:
    """The plain figures of the paragraph before an average, nearest first."""
    own = places.passage(places.facts[index])
    for k in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
        fact = places.facts[k]
        if places.passage(fact) is not own:
            return
        if level(fact) and not fact.approx:
            yield fact


def _things(places: Places, index: int, thing: str) -> list[Fact]:
    """The figures that count what an average is per (6辆 for 每辆, 412人次 for 人均, 27个村 for 每村)."""
    found = []
    for fact in _earlier(places, index):
        counted = f"{fact.unit}|{_CLAUSE.split(places.after(fact, 4))[0]}|{fact.measure}"
        if fact.kind == COUNT and (fact.unit.startswith(thing) or thing[:2] in counted or kin(fact) == thing[:1]):
            found.append(fact)
    return found
