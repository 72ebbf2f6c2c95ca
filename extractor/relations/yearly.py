"""What is told of each month, quarter or day, and what that makes in a year: 办件52618件，月均4385件; 每季度通报1次 … 4期."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from extractor.model import Fact, Relation
from extractor.model.fact import COUNT, FREQUENCY
from extractor.model.periods import of_year, times
from extractor.model.slips import slip
from extractor.relations.bind import bind
from extractor.relations.figures import kin, level
from extractor.relations.places import Places
from extractor.relations.words import alike

OF_YEAR = "全年折算"
_YEAR = re.compile(r"全年|一年|年内|累计|共")
_WHOLE_YEAR = re.compile(r"全年|一年来|1月1日[至到—-]12月31日|1[至—-]12月")
_LOOK_BACK, _BEHIND, _LONGEST = 8, 4, 52  # days may be those that were worked


def yearly(places: Places) -> Iterator[Relation]:
    """One relation ``rate`` (whole = the figure of one time, part = that of the year) where the two tie up, or would but for
    one slip in figures of the whole year that stand side by side."""
    for i, fact in enumerate(places.facts):
        if fact.per is None or fact.direction is not None or fact.status == "planned" or not times(fact.per):
            continue
        found = _how_often(places, i) if fact.kind == FREQUENCY else _mean(places, i)
        if found is not None:
            yield bind("rate", OF_YEAR, fact, found)


def _how_often(places: Places, index: int) -> Fact | None:
    """How often something was done in the year, told near how often it is done; only what ties up, for a year may be cut
    short."""
    often, facts = places.facts[index], places.facts
    if often.approx or times(often.per)[0] > _LONGEST:
        return None
    own = places.passage(often)
    for fact in chain(facts[index + 1 : index + 1 + _BEHIND], reversed(facts[max(0, index - _BEHIND) : index])):
        if not level(fact) or fact.kind != COUNT or kin(fact) != kin(often) or places.passage(fact) is not own:
            continue
        told = alike(often.measure, fact.measure) or _YEAR.search(places.ahead(fact))
        if told and any(found.agrees for _, found in of_year(often, fact)):
            return fact
    return None


def _mean(places: Places, index: int) -> Fact | None:
    mean, facts = places.facts[index], places.facts
    own = places.passage(mean)
    for k in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
        fact = facts[k]
        if places.passage(fact) is not own:
            return None
        if not level(fact) or fact.kind != mean.kind or kin(fact) != kin(mean) or fact.value <= mean.value:
            continue
        beside = k == index - 1 and fact.sentence == mean.sentence
        if not (beside or alike(mean.measure, fact.measure)):
            continue
        made = [found for _, found in of_year(mean, fact)]
        if any(found.agrees for found in made):
            return fact
        missed = beside and not (mean.approx or fact.approx) and times(mean.per)[0] <= _LONGEST and mean.kind == COUNT
        if missed and _WHOLE_YEAR.search(places.before(fact)):
            expected = made[0].expected
            return fact if expected is not None and slip(mean.value, expected.quantize(mean.value)) else None
    return None
