"""A total that leads a list of numbered lines, each with its share: 十件实事总投资2650万元：（1）…投资540万元；（2）…"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Fact, Relation
from extractor.model.number import total
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.figures import LEVELS, kin
from extractor.relations.places import Places

LINES = "逐条"
_NUMBERED = re.compile(r"（?\d{1,2}(?:[）、]|[.．](?!\d))|[①-⑳]|[一二三四五六七八九十]+是|（?[一二三四五六七八九十]{1,3}[）、]")
_FEWEST = 3


def lines(places: Places) -> Iterator[Relation]:
    """One ``sum`` for each figure before ： that the lines behind it make, one figure of its kin in each.

    Where they do not, only if it is the one figure of its kin in its paragraph and one slip of the pen explains it.
    """
    paragraphs: dict[int, list[Fact]] = {}
    for fact in places.facts:
        if fact.kind in LEVELS and fact.direction is None and fact.per is None and fact.status != "prior":
            paragraphs.setdefault(places.spot(fact).paragraph, []).append(fact)
    for number, leads in paragraphs.items():
        if number + _FEWEST not in paragraphs or not places.spot(leads[0]).flow.endswith("："):
            continue
        rows: list[list[Fact]] = []
        while (row := paragraphs.get(number + 1 + len(rows))) and _NUMBERED.match(places.spot(row[0]).flow):
            rows.append(row)
        for whole in reversed(leads) if len(rows) >= _FEWEST else ():
            parts = _column(rows, whole)
            made = total(p.interval for p in parts)
            alone = sum(_like(f, whole) for f in leads) == 1
            if parts and (made.meets(whole.interval) or (alone and sum_slip(whole, parts, sure=False))):
                yield bind("sum", LINES, whole, *parts, closed=True)
                break


def _column(rows: list[list[Fact]], whole: Fact) -> list[Fact]:
    """The figures of a whole's kin in some lines, where each has one that is no part of another."""
    column = [[f for f in row if f.part_of is None and _like(f, whole)] for row in rows]
    return [cell[0] for cell in column] if all(len(cell) == 1 for cell in column) else []


def _like(fact: Fact, whole: Fact) -> bool:
    return fact.kind == whole.kind and kin(fact) == kin(whole) and fact.status == whole.status
