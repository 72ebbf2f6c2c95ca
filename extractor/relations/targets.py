"""Next year's target with its growth, over this year's figure: 收入4860万元 … 2025年收入达到5200万元，增长7%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.model import Fact, Relation
from extractor.model.fact import PERCENTAGE
from extractor.relations.bind import bind
from extractor.relations.figures import kin, level
from extractor.relations.growth import change_ties
from extractor.relations.restated import label

TARGET = "目标增幅"


def targets(facts: Sequence[Fact]) -> Iterator[Relation]:
    """One ``growth`` for each planned growth that leads from a figure of the year to a planned one of the same name.

    Targets are set in round numbers and on bases of their own, so that values can only confirm.
    """
    planned = {f.id: f for f in facts if f.status == "planned" and level(f, statuses=("planned",))}
    done: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts if planned else ():
        if level(fact):
            done.setdefault((label(fact), fact.kind, kin(fact)), []).append(fact)
    for change in facts if planned else ():
        aim = planned.get(change.change_of or "")
        if aim is None or change.kind != PERCENTAGE or change.direction is None or len(label(aim)) < 2:
            continue
        base = next((f for f in done.get((label(aim), aim.kind, kin(aim)), ()) if change_ties(change, aim, f)), None)
        if base is not None:
            yield bind("growth", TARGET, change, aim, base)
