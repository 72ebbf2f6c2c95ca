"""Figures with two neighbouring digits of one told before, under its name: 派来工单6284件 … 一年6248件工单压在社区.

That another number of the same thing has the same digits in another order is rare by chance, so that less need be said of its
being the same one; the more digits, the less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.model import Fact, Relation
from extractor.model.compare import transposed
from extractor.model.fact import COUNT
from extractor.relations.bind import ONE, bind
from extractor.relations.figures import kin
from extractor.relations.places import Places
from extractor.relations.restated import label, plain_words
from extractor.text.stretches import remember

_BARE = re.compile(
    r"(?:[一二三四五六七八九]是)?(?:[对把将从就为在]|面对|围绕|一年来?|全年|年内|今年|全[镇乡县区市]|全街道|辖区|[我本][镇乡县局]|这|目前|但|而|全部|所有|的)*"
)
_LEADS = re.compile(r"(?:书记|[镇乡县区局]长|主任|负责人|负责同志|班子|领导)[^，。；]{0,6}$")
_CHANGED = re.compile(r"新|增|减|其中|部分|首批|另|培训|选派|抽调|不|未|每")
_LEAST, _ENOUGH, _SHORTEST, _NAME = Decimal(10), 6, 2, 4


def swapped(places: Places) -> Iterator[Relation]:
    """One ``conflict`` for each figure that tells one before it with two digits changed over."""
    told: dict[tuple[str, str], list[Fact]] = {}
    for fact in places.levels:
        if fact.kind != COUNT or fact.approx or fact.value < _LEAST:
            continue
        before = told.setdefault((kin(fact), "".join(sorted(f"{fact.value:f}"))), [])
        near = (f for f in before if f.unit == fact.unit and f.sentence != fact.sentence and transposed(f.value, fact.value))
        first = next((f for f in near if f.part_of is None and _one_thing(places, f, fact)), None)
        if first is not None and not any(f.value == fact.value for f in before):
            yield bind("conflict", ONE, first, fact)
        remember(before, fact)


def _one_thing(places: Places, first: Fact, again: Fact) -> bool:
    """Whether a figure counts what another did: it stands before the same noun, or has its measure, led by someone."""
    name, digits = label(first), len(f"{again.value:f}")
    if _CHANGED.search(first.measure) or _CHANGED.search(again.measure):
        return False
    if _BARE.fullmatch(places.ahead(again)):
        behind = plain_words(places.after(again))
        lengths = range(min(len(name), len(behind)), _SHORTEST - 1, -1)
        same = next((n for n in lengths if name.endswith(behind[:n])), 0)
        return same + digits >= _ENOUGH
    own = label(again)
    return len(name) >= _NAME and own.endswith(name) and bool(_LEADS.search(own.removesuffix(name)))
