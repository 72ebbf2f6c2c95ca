"""Parts told in two units, each with a whole of its own: 接待186批、274人次，其中个体访171批、203人次，集体访15批、71人次."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from extractor.model import Relation
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.scene import Scene

BESIDE = "并列"
_BESIDE = re.compile(r"[、，]?[^，。；、：（）]{0,4}")
_WHOLES = 3


def parallels(scene: Scene) -> Iterator[Relation]:
    """接待186批、274人次，其中个体访171批、203人次，集体访15批、71人次: parts told in two units, each with a whole of its own.

    What adds up in one unit is complete, so a slip in the other is a mistake.
    """
    at = 0
    while at < len(scene.facts) - 3:
        pairs = _pairs(scene, at)
        if len(pairs) < 2:
            at += 1
            continue
        found = [(_whole_of(scene, column), column) for column in zip(*pairs, strict=True)]
        bound = [(whole, column) for whole, column in found if whole is not None]
        if len(bound) == len(found) and any(scene.adds_up(whole, column) for whole, column in bound):
            for whole, column in bound:
                yield bind("sum", BESIDE, scene.facts[whole], *(scene.facts[k] for k in column), closed=True)
        at = pairs[-1][1] + 1


def _pairs(scene: Scene, at: int) -> list[tuple[int, int]]:
    """Neighbouring figures of two kins, again and again: 171批、203人次，集体访15批、71人次."""
    kins = (scene.kins[at], scene.kins[at + 1])
    pairs: list[tuple[int, int]] = []
    if kins[0] == kins[1]:
        return pairs
    for k in range(at, len(scene.facts) - 1, 2):
        if (scene.kins[k], scene.kins[k + 1]) != kins or not (scene.levels[k] and scene.levels[k + 1]):
            break
        close = scene.same_sentence(k, at) and scene.same_sentence(k + 1, at) and _BESIDE.fullmatch(scene.gaps[k + 1])
        if not close or scene.facts[k].approx or scene.facts[k + 1].approx:
            break
        pairs.append((k, k + 1))
    if len(pairs) < 3:
        return pairs
    columns = list(zip(*pairs, strict=True))
    if _opens(scene, pairs[1][0]) or any(scene.adds_up(c[0], c[1:]) for c in columns):
        return pairs[1:]  # the first pair is the whole itself
    return pairs


def _opens(scene: Scene, index: int) -> bool:
    return bool(re.search("其中|包括|分别|：|按|（", scene.gaps[index]))


def _whole_of(scene: Scene, column: Sequence[int]) -> int | None:
    """The figure before a column of parts that they make, or would make but for one slip."""
    before = [k for k in islice(scene.before(column[0]), _WHOLES) if k not in column and not scene.facts[k].approx]
    tied = next((k for k in before if scene.adds_up(k, column)), None)
    parts = [scene.facts[c] for c in column]
    return tied if tied is not None else next((k for k in before if sum_slip(scene.facts[k], parts)), None)
