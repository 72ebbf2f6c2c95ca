"""Next year's target with its growth, over this year's figure: 收入4860万元 … 2025年收入达到5200万元，增长7%."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.model import Relation
from extractor.model.fact import PERCENTAGE
from extractor.relations.bind import bind
from extractor.relations.figures import kin, level
from extractor.relations.growth import change_ties
from extractor.relations.places import Places
from extractor.relations.restated import label

TARGET = "目标增幅"
_NAME = 4  # so many letters name a thing, whatever follows them


def targets(places: Places) -> Iterator[Relation]:
    """One ``growth`` for each planned growth that leads from a figure of the year to a planned one of the same name.

    Targets are set in round numbers and on bases of their own, so that values can only confirm.
    """
    planned = {f.id: f for f in places.facts if f.status == "planned" and level(f, statuses=("planned",))}
    for change in places.facts if planned else ():
        aim = planned.get(change.change_of or "")
        if aim is None or change.kind != PERCENTAGE or change.direction is None or len(label(aim)) < 2:
            continue
        name = label(aim)  # 公共预算收入, told as 公共预算收入入库6840万元
        done = (f for f in places.by_kin.get((aim.kind, kin(aim)), ()) if name in (label(f), label(f)[: max(len(name), _NAME)]))
        base = next((f for f in done if change_ties(change, aim, f)), None)
        if base is not None:
            yield bind("growth", TARGET, change, aim, base)
