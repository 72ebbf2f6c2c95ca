"""Rates that the words behind them tell: 参训率96.8%（181名）, 近六成即24.6万元, 组建率41.7%（48个小区中20个）."""

from __future__ import annotations

import re

from extractor.model.slips import rate_slip
from extractor.relations.bases import FITTED, Bound, one_slip_off, ties
from extractor.relations.scene import Scene

_THAT_IS = re.compile(r"^，?(?:（|即|也就是|共|计|合计?)(?:约|共)?$")
_TOLD_BY = re.compile(r"[，（]?(?:即|也就是)[^，。；、]{0,10}|（[^，。；、]{0,8}")
_AMONG = re.compile(r"[^，。；、]{0,10}中(?!心)|[^，。；、]{1,6}，")
_NEAREST = 2


def said_behind(scene: Scene, index: int) -> Bound | None:
    """The numerator right behind its rate: 参训率96.8%（181名）, 近六成即24.6万元; or both: 组建率41.7%（48个小区中20个）."""
    n = index + 1
    if n >= len(scene.facts) or not scene.levels[n] or not scene.same_sentence(n, index):
        return None
    if (both := _both_behind(scene, index)) is not None:
        return both, "率"
    if not _THAT_IS.match(scene.gaps[n]):
        return None
    earlier = list(scene.before(index, like=scene.facts[n]))
    tied = next((d for d in earlier if ties(scene.facts[index], scene.facts[n], scene.facts[d])), None)
    if tied is not None:
        return (n, tied), "率" if tied in earlier[:_NEAREST] else FITTED
    meant = one_slip_off(scene, index, [(n, d) for d in earlier[:_NEAREST]])
    return None if meant is None else (meant, "率")


def _both_behind(scene: Scene, index: int) -> tuple[int, int] | None:
    """Numerator and denominator that the words behind a rate tell it by, where they make it but for a slip of the pen."""
    rate, d, n = scene.facts[index], index + 1, index + 2
    if n >= len(scene.facts) or not scene.levels[n] or scene.kins[d] != scene.kins[n] or not scene.same_sentence(n, index):
        return None
    if not (_TOLD_BY.fullmatch(scene.gaps[d]) and _AMONG.match(scene.gaps[n])):
        return None
    part, whole = scene.facts[n], scene.facts[d]
    return (n, d) if ties(rate, part, whole) or rate_slip(rate, part, whole) else None
