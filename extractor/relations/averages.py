"""An average and what it is the average of: 6辆，运行维护费12.46万元，平均每辆2.08万元; 培训6期，参训264人次，期均44人次.

An average has a thing that it is per (每辆, 期均, 亩产, 社区平均), which some figure counts, and a matter, of which some figure
is the total. Both are looked for in its paragraph, then in those before it: there values can only confirm. What is so many
each (辖9个村 … 每村3名，全乡27名) is no average: number and bodies make exactly the total.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice, product
from operator import attrgetter, itemgetter

from extractor.model import Fact, Relation
from extractor.model.compare import mean, mean_bounds, weighed
from extractor.model.fact import AMOUNT, COUNT, QUANTITY
from extractor.model.slips import mean_slip, slip
from extractor.relations.bind import bind
from extractor.relations.figures import LEVELS, kin, level
from extractor.relations.places import Places
from extractor.relations.words import alike, in_order

AVERAGE, EACH = "平均", "每个"
_ONE_OF = "每(?:[一个名位家支所处]{0,2})"
_MEAN = re.compile(
    rf"平均(?:到|下来)?(?:每([家户人车批]次)|{_ONE_OF}([\u4e00-\u9fff]{{1,4}}))|{_ONE_OF}([\u4e00-\u9fff]{{1,4}}?)平均"
    r"|(场次|[人户村次案件亩校单场期条篇格车辆宗起批卷班组项处所家站店镇乡院])均|(?:平均)?(亩)产|(?:平均)?(单)产|平均(?!分)"
)
_INCOME = re.compile(r"收入|生产总值|GDP")  # of all people of a place, of another total
_PLACES, _OF_PLACE = "村区", re.compile(r"(?:辖|下设|行政村|建制村|村民?委|(?:全|共有?|下?辖)[^|]{0,3}\|?(?:个)?(?:村|社区))")
_BOTH = "村（社区）"
# What one measure word tells per, figures may count by another: 案均 of 立案563件, 篇均 of 512条, 期均 of 6场, 单产 of 亩.
_COUNTED = {
    **dict.fromkeys("案件起宗", "件起宗例"),
    **dict.fromkeys("条篇", "条篇"),
    **dict.fromkeys(("场", "场次", "期", "次", "班"), "场期次班"),
    **dict.fromkeys("车辆", "辆台"),
    **dict.fromkeys("人名位", "人名位"),
    **{"家": "家户", "卷": "卷宗", "单": "单件亩"},
}
_BODIES = frozenset("个支处家所座户")
_NAMED_BY_NOUN = _BODIES | frozenset("名位辆台")  # units of what its noun tells (27个村)
_CASES, _ANY_CASE = "办案", re.compile("案|处罚|办结|审结|查处")
_IN_ALL = re.compile(r"[，、]?(?:合计|共计|总计|一共|总共|共|全(?:[镇乡县区市]|街道)(?:共|有|累计|达到?)*$)")
_FIRST, _CLAUSE = 4, re.compile("[，。；：（）]")
_LOOK_BACK, _PARAGRAPH, _FAR, _BEHIND = 8, 24, 60, 2
_NEAREST, _TELLING, _WORD, _PARTS = 2, 3, 2, 2
_FINE, _NO_CHANCE = 500, 50  # an average written so finely that figures of another matter seldom give it by chance
_TEN = 10
_ANY = ("actual", "prior", "planned")
_EXTENT = re.compile("^(?:全部|全年|全[镇乡县区市]|其中|共)+")


def averages(places: Places) -> Iterator[Relation]:
    """One relation ``rate`` (whole = the average, parts = total, number of things) for each average that two figures of its
    paragraph, or of those before it, explain; also where they do not, but words make them the ones, or they miss it by one
    slip."""
    bodies: dict[str, list[Fact]] = {}
    for i, fact in enumerate(places.facts):
        if fact.kind not in LEVELS or fact.direction is not None or (fact.per is None and not _told(places, fact)):
            continue
        ahead = places.ahead(fact)
        match = _MEAN.search(ahead)
        thing = _thing(match, fact.per)
        if thing is None:
            continue
        if thing not in bodies:
            bodies[thing] = _places_of(places, thing)
        average = _Average(places, i, thing, bodies[thing], _EXTENT.sub("", ahead[: match.start()]) if match else "")
        found = average.each() if match is None else average.tied() or average.missed()
        if found is not None:
            yield bind("rate", EACH if match is None else AVERAGE, fact, *found)


def _thing(match: re.Match[str] | None, per: str | None) -> str | None:
    """What words say that an average is per, else what was read with its number."""
    told = next((g for g in match.groups() if g), None) if match else None
    return per if told is None or (per and told.startswith(per)) else told


def _told(places: Places, fact: Fact) -> bool:
    """Whether the name of a figure, or the words right before it, may be those of an average (每处平均150平方米)."""
    if "每" in fact.measure or "亩产" in fact.measure or "单产" in fact.measure:
        return True
    spot = places.spot(fact)
    return spot.flow[max(0, spot.start - 2) : spot.start] == AVERAGE


class _Average:
    """An average, or so many each, and the figures that may be its total and the number of its things, nearest first.

    Parameters: ``index`` of its fact; ``thing`` what it is per; ``bodies`` the villages of the report
    where it is per those; ``subject`` the words of its clause before that.
    """

    def __init__(self, places: Places, index: int, thing: str, bodies: list[Fact], subject: str) -> None:
        self._places, self._index, self._thing, self._bodies, self._subject = places, index, thing, bodies, subject
        self._fact = fact = places.facts[index]
        self._name = re.sub(rf"{_ONE_OF}{re.escape(thing)}|{re.escape(thing)}[均产]|平均", "", fact.measure)
        before = [*_earlier(places, index)]
        self._things = [f for f in before if self._counted(f)]
        close = (*before[:_LOOK_BACK], *_next(places, index))
        self._close = [f for f in close if self._may_total(f)]
        self._totals = [*self._close, *(f for f in before[_LOOK_BACK:] if self._may_total(f) and self._of_matter(f))]

    @cached_property
    def _before(self) -> list[Fact]:
        """The figures of the paragraphs before the average, nearest first."""
        return [
            f for f in reversed(self._places.facts[max(0, self._index - _FAR) : self._index]) if level(f, _ANY) and not f.approx
        ]

    def _counted(self, fact: Fact) -> bool:
        return fact.value > 1 and fact.status in ("actual", self._fact.status) and _counts(self._places, fact, self._thing)

    def _may_total(self, fact: Fact) -> bool:
        own = self._fact
        if fact.kind != own.kind or (fact.status != own.status and not self._beside(fact)):
            return False
        whole = fact if kin(fact) == kin(own) else weighed(fact, own.unit)
        return kin(whole) == kin(own) and whole.value > own.value

    def _beside(self, fact: Fact) -> bool:
        """Whether a figure stands right before the average."""
        return self._places.facts[self._index - 1] is fact and fact.sentence == self._fact.sentence

    def _of_matter(self, fact: Fact) -> bool:
        """Whether a figure has the name of the average, or stands right before it."""
        cases = _CASES in self._name and _ANY_CASE.search(fact.measure) is not None
        return cases or self._beside(fact) or alike(self._name, fact.measure)

    def _tie(self, totals: Iterable[Fact], things: Sequence[Fact]) -> tuple[Fact, Fact] | None:
        """The first total and number of things that make the average, before others the number that makes it exactly; of an
        approximate one, those that make it best."""
        best: tuple[Decimal, Fact, Fact] | None = None
        for whole, number in product(totals, things):
            if best and not self._fact.approx and whole is not best[1]:
                break
            found = mean(self._fact, whole, number) if whole is not number else None
            if found is None or not found.agrees or found.gap is None:
                continue
            best = min(best or (abs(found.gap), whole, number), (abs(found.gap), whole, number), key=itemgetter(0))
        return best[1:] if best else None

    def tied(self) -> tuple[Fact, Fact] | None:
        """Total and number of things that make the average, of its paragraph, else of those before it; but where the average
        names whom it is of, and others make it, its total and those: it was reckoned on the wrong ones."""
        pair = self._tie(self._totals, self._numbers) or self._afar()
        fine = mean_bounds(self._fact).width * _NO_CHANCE < self._fact.value
        meant = self._meant() if pair is not None and fine and not self._fact.approx else None
        if pair is None or meant is None or meant.value == pair[1].value or self._names(pair[1]):
            return pair
        return pair[0], meant

    @cached_property
    def _numbers(self) -> list[Fact]:
        """The numbers of things in the paragraph and of the places of the report, those that have just their name first."""
        own = [f for f in self._things if _is_named(self._places, f, self._thing)]
        if not own or self._thing[-1:] in _PLACES:
            own += self._bodies
        return [*own, *(f for f in self._things if f not in own)]

    def _afar(self) -> tuple[Fact, Fact] | None:
        """Total and number of things of which one or both stand in paragraphs before, where they make the average."""
        numbers = [*self._numbers, *(f for f in self._before if self._counted(f))]
        fine = mean_bounds(self._fact).width * _FINE < self._fact.value
        told = [f for f in self._before if self._may_total(f) and (fine or self._of_matter(f))]
        return self._tie((f for f in self._totals if self._of_matter(f)), numbers) or self._tie(told, numbers)

    def missed(self) -> tuple[Fact, Fact] | None:
        """Total and number that should make the average: the only ones, told in its words, or those that one slip keeps from
        it."""
        fact = self._fact
        if fact.approx or fact.status != "actual":
            return None
        totals, things = self._close, self._things[:_LOOK_BACK]
        pairs = [(t, n) for t, n in product(totals, things) if n is not t]
        if len(pairs) == 1 and fact.kind == AMOUNT and fact.measure[-_TELLING:] in pairs[0][0].measure:
            return pairs[0]
        if _INCOME.search(fact.measure):
            return None
        among = {f.id for f in self._things}
        likeliest = [f for f in self._numbers if f.part_of not in among]
        if fact.kind == QUANTITY:
            likeliest.sort(key=attrgetter("value"), reverse=True)  # of all fields, not of those of rice alone
        near = likeliest[: _NEAREST if fact.kind == AMOUNT else 1]  # 件均2.99元: of what was settled, or of what came in
        far = self._name[-_TELLING - 1 :] if len(self._name) > _TELLING else "\n"
        told = [f for f in self._totals if (f in totals and self._of_matter(f)) or far in f.measure]
        if fact.value < _TEN and fact.value == fact.value.to_integral_value():
            # 调解员126人，兼职90人，平均每个调委会8人: one digit is soon another, so that names must tell whose it is.
            told = [f for f in told if self._name and alike(self._name, f.measure)]
        told = self._shared_out() or told
        meant = self._meant()
        likely = [*product(told, near), *product(told[:_NEAREST], [meant] if meant else ())]
        return next((p for p in likely if p[0] is not p[1] and mean_slip(fact, *p)), None)

    def _shared_out(self) -> list[Fact]:
        """The total whose two parts stand between it and the average (126人，专职36人、兼职90人，平均每个8人)."""
        if len(self._close) <= _PARTS or not self._beside(self._close[0]):
            return []
        *parts, whole = self._close[: _PARTS + 1]
        like = whole.sentence == self._fact.sentence and all(kin(p) == kin(whole) for p in parts)
        return [whole] if like and sum(p.value for p in parts) == whole.value else []

    def _names(self, number: Fact) -> bool:
        """Whether a number has the first word of what an average says it is of."""
        behind = _CLAUSE.split(self._places.after(number, 6))[0]
        return self._subject[:_WORD] in f"{self._places.ahead(number)}|{behind}"

    def _meant(self) -> Fact | None:
        """Those whom the average names, where they are counted once (持证45人 … 持证人员人均7.2件)."""
        if len(self._subject) <= _WORD:
            return None
        found = [f for f in self._before if self._counted(f) and self._names(f)]
        return found[0] if len({f.value for f in found}) == 1 else None

    def each(self) -> tuple[Fact, Fact] | None:
        """Total and number of bodies that so many each make, or would but for one slip where they are told with all of them
        in one sentence (每个居民区14名，共392名)."""
        places, each = self._places, self._fact
        own = [f for f in self._things if _is_named(places, f, self._thing)] or self._bodies
        pairs = [(t, n) for t, n in product(self._close, own or self._things) if self._of_matter(t) and n is not t]
        made = next((p for p in pairs if p[0].value == each.value * p[1].value), None)
        if made is not None or len(pairs) != 1 or each.approx or each.status != "actual":
            return made
        whole, number = pairs[0]
        told = whole.sentence == each.sentence and number.unit in _BODIES and _IN_ALL.match(places.ahead(whole)) is not None
        number_needed = whole.value / each.value
        likely = slip(whole.value, each.value * number.value) or (
            number_needed == number_needed.to_integral_value() and slip(number.value, number_needed)
        )
        others = (f for f in places.levels if f.sentence == number.sentence and f.unit == number.unit and f is not number)
        if not (told and likely) or any(f.value + number.value == number_needed for f in others):
            return None  # 辖12个村、2个社区 … 每村4名，全镇共56名: in all fourteen
        return pairs[0]


def _places_of(places: Places, thing: str) -> list[Fact]:
    """The villages or communities of a place, counted wherever it is introduced (辖9个行政村 … 法律明白人126名，每村14名)."""
    both = thing.startswith(_BOTH[:2])
    if thing[-1:] not in _PLACES and not both:
        return []
    own = re.compile(rf"{_OF_PLACE.pattern}|{re.escape(thing)}(?:\||$)|\|{re.escape(thing)}") if len(thing) > 2 else _OF_PLACE
    counted = (f for f in places.levels if f.kind == COUNT and f.unit == "个")
    counted = (f for f in counted if own.search(f"{f.measure}|{places.after(f, 5)}"))
    return list({f.value: f for f in reversed([*islice(counted, _FIRST)])}.values())[::-1]


def _is_named(places: Places, fact: Fact, thing: str) -> bool:
    """Whether a number is that of what an average is per and of nothing made with its name (网格58个, not 网格员58名)."""
    named = places.after(fact, 8).startswith(thing) or fact.measure.endswith(thing) or fact.unit.startswith(thing)
    return named or _in_full(fact, thing)


def _in_full(fact: Fact, thing: str) -> bool:
    """Whether a measure is the full name of what words shorten (调委会 for 人民调解委员会)."""
    return len(thing) > _WORD and fact.measure.endswith(thing[-1]) and in_order(thing, fact.measure)


def _next(places: Places, index: int) -> Iterator[Fact]:
    """The plain figures of the sentence behind an average (11个社区每个培养15名，总数达165名)."""
    facts, own = places.facts, places.facts[index]
    behind = facts[index + 1 : index + 1 + _BEHIND]
    return (f for f in behind if f.sentence == own.sentence and level(f, _ANY) and not f.approx)


def _earlier(places: Places, index: int) -> Iterator[Fact]:
    """The plain figures of the paragraph before an average, nearest first."""
    own = places.passage(places.facts[index])
    for k in range(index - 1, max(-1, index - 1 - _PARAGRAPH), -1):
        fact = places.facts[k]
        if places.passage(fact) is not own:
            return
        if level(fact, _ANY) and not fact.approx:
            yield fact


def _counts(places: Places, fact: Fact, thing: str) -> bool:
    """Whether a figure counts what an average is per (6辆 for 每辆, 412人次 for 人均, 27个村 for 每村)."""
    if fact.kind == COUNT:
        if fact.unit.startswith(thing) or fact.unit[:1] in _COUNTED.get(thing, ""):
            return True
        counted = f"{_CLAUSE.split(places.after(fact, 4))[0]}|{fact.measure}"
        named = thing[:2] in counted.replace(f"{thing}员", "") or _in_full(fact, thing)
        return fact.unit in _NAMED_BY_NOUN and named
    return fact.unit == "亩" and thing in "亩单产"
