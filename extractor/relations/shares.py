"""Wholes that are shared out without a word that says so, and what may not exceed what it is taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractor.model import Relation
from extractor.model.number import digits
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.scene import Scene
from extractor.relations.words import AMONG

_NAMED = re.compile(r"[，、][^，。；]{1,6}$")
_TELLING, _SMALL, _MANY_DIGITS = 10, 6, 3
TAKEN = "采纳"
_UPPER = re.compile(
    r"(?:^|[，。；、])(?:由|其中)?[\u4e00-\u9fff]{0,4}?"
    r"(?:[镇乡]级|[镇乡]调委会|[镇乡]本级|[镇乡]一级|街道(?:级|调委会|层面|本级)|[镇乡]层面|本级|[到由][镇乡])"
)
_LOWER = re.compile(r"(?:^|[，。；、])(?:各)?(?:村级|村居|村（社区）|村、社区|社区|村一级|各村|村（居）|村)")
_AMONG = re.compile(rf"[^，。；]{{0,6}}(?:{AMONG}|里)，")
_INTAKE = re.compile(r"排查|受理|接收|收到|发现|登记|承办")
_BY_LEVEL = re.compile(r"(?:按|从|分)层级|层级(?:来)?看")
_SORTED = re.compile(r"(?:从|按|分)[^，。]{1,6}(?:看|分)")
_IN_ALL = re.compile(r"合计|共计|总计|两[项类]|三[项类]|四[项类]")
_LOOK_BACK = 6
_TAKEN = re.compile(r"^[，、；]?(?:其中)?(?:已|被|均)?(?:采纳|整改|合格|通过|化解|办结|调处成功|成功)(?:了|完成|到位|意见)?$")
_SETTLED = re.compile(r"，(?:年内|至年底|已)?(?:审结|结案|纠正[^，。；]{0,12}的)$|.*；(?:年内|至年底|已)(?:审结|结案)$")
_CASES = re.compile(r"受理|备案|案件")
_OFFERED = re.compile(r"提出|发现|受理|排查|参加|参考|承办|交办|收到|审查意见|建议|意见")


def levels(scene: Scene) -> Iterator[Relation]:
    """排查412起，镇调委会受理117起，村（社区）调委会受理295起: the town's and the villages' share of one whole."""
    flow = scene.passage.flow
    for i in range(2, len(scene.facts)) if "村" in flow or "社区" in flow else ():
        pair = (scene.facts[i - 1], scene.facts[i])
        if not _alike(scene, i - 1, i) or pair[0].id in scene.part_of or pair[1].id in scene.part_of:
            continue
        first, second = scene.gaps[i - 1], scene.gaps[i]
        if not ((_UPPER.search(first) and _LOWER.search(second)) or (_LOWER.search(first) and _UPPER.search(second))):
            continue
        cue = _BY_LEVEL.search(first)
        wholes = [
            k for k in scene.before(i - 1)
            if scene.facts[k].value >= max(f.value for f in pair) and (cue or scene.same_sentence(k, i - 1))
            and not scene.listed(k)
        ]  # fmt: skip
        if i - 2 in wholes and _AMONG.match(first):
            wholes = [i - 2]  # 受理305件，调成297件；在调成的297件里，村级226件，镇级71件
        made = pair[0].value + pair[1].value
        wholes.sort(key=lambda k: (scene.facts[k].value != made, not _INTAKE.search(scene.lefts[k] + scene.facts[k].measure)))
        if wholes:
            beside = wholes[0] == i - 2 and scene.one_statement(i - 2, i)  # 调委会14个，镇级1个、村级13个: all that there are
            closed = True if beside and sum_slip(scene.facts[wholes[0]], pair) else None
            yield bind("sum", "层级", scene.facts[wholes[0]], pair[0], pair[1], closed=closed)


def partitions(scene: Scene) -> Iterator[Relation]:
    """The figures of one kin that follow a whole and make exactly it; values alone bind them, so they can only confirm."""
    in_all = _IN_ALL.search(scene.passage.flow) is not None
    for i, whole in enumerate(scene.facts):
        alone = whole.value < _TELLING and _opens(scene, i)  # 调委会6个，镇上1个，村上5个。
        if not scene.levels[i] or whole.approx or (whole.value < _SMALL and not alone):
            continue
        found = False
        for parts in _following(scene, i):
            if len(parts) < 2 or _in_row(scene, i):
                continue
            if {w for k in parts for w in scene.made.get(scene.facts[k].id, ())} & set(scene.made.get(whole.id, ())):
                continue  # they and the whole are parts of one list already
            close = scene.same_sentence(i, parts[0]) or bool(_SORTED.search(scene.gaps[parts[0]]))
            beside = len(parts) > 2 and parts[-1] == i + len(parts)  # nothing else between
            pure = alone and parts[-1] == i + len(parts) and _opens(scene, parts[-1] + 1)
            large = whole.value >= _TELLING or (beside and whole.value >= _SMALL)
            if pure or (large and (len(parts) > 2 or close or digits(whole.value) >= _MANY_DIGITS)):
                found = True
                yield _made(scene, i, parts)
        if not found and in_all and _IN_ALL.search(scene.gaps[i]) and not _in_row(scene, i) and (pair := _preceding(scene, i)):
            yield _made(scene, i, pair)


def _opens(scene: Scene, index: int) -> bool:
    """Whether a figure, if there is one, is the first of its sentence."""
    return index in (0, len(scene.facts)) or not scene.same_sentence(index - 1, index)


def _in_row(scene: Scene, index: int) -> bool:
    """Whether a figure stands amid a row of names and figures (甲24起，乙18起，丙21起，丁9起)."""
    around = range(index - 1, index + 2)
    if around[0] < 1 or around[-1] >= len(scene.facts):
        return False
    alike = all(scene.kins[k] == scene.kins[index] for k in (index - 2, *around))
    return alike and all(_NAMED.match(scene.gaps[k]) and not _INTAKE.search(scene.gaps[k]) for k in around)


def _made(scene: Scene, whole: int, parts: list[int]) -> Relation:
    return bind("sum", "合计", scene.facts[whole], *(scene.facts[k] for k in parts), closed=True)


def _following(scene: Scene, index: int) -> Iterator[list[int]]:
    """The next figures of the whole's kin, where they make exactly the whole: once, and again by another division.

    Parts of lists are passed over: they divide what was counted already.
    """
    whole, like = scene.facts[index], scene.kins[index]
    parts: list[int] = []
    rest = whole.value
    for k in range(index + 1, len(scene.facts)):
        fact = scene.facts[k]
        if scene.kins[k] != like or not scene.levels[k] or fact.kind != whole.kind or fact.id in scene.part_of:
            continue
        if fact.approx or fact.value >= whole.value or fact.status != whole.status:
            return
        if parts and not scene.same_sentence(k, parts[0]):
            return
        parts.append(k)
        rest -= fact.value
        if rest == 0:
            yield parts
            parts, rest = [], whole.value
        if rest < 0:
            return


def _preceding(scene: Scene, index: int) -> list[int]:
    """Two neighbours before the whole that make exactly it."""
    earlier = list(scene.before(index))[:_LOOK_BACK]
    for near, far in pairwise(earlier):
        if scene.facts[near].value + scene.facts[far].value == scene.facts[index].value:
            return [far, near]
    return []


def takings(scene: Scene) -> Iterator[Relation]:
    """提出审查意见84条，采纳87条: no more can be taken up than was offered; cases carried over may be settled too."""
    for i in range(1, len(scene.facts)):
        first, second = scene.facts[i - 1], scene.facts[i]
        if not _alike(scene, i - 1, i) or first.approx or second.approx:
            continue
        if second.value > first.value and i > 1 and _alike(scene, i - 2, i - 1) and scene.one_statement(i - 2, i):
            continue  # 镇里受理34件，各村受理58件，办结87件: of both
        gap = scene.gaps[i]
        settled = ("结" in gap or "纠正" in gap) and second.value <= first.value and _SETTLED.match(gap)
        taken = _TAKEN.match(gap)
        if not (taken or settled):
            continue
        words = scene.lefts[i - 1] + first.measure
        if (taken and _OFFERED.search(words)) or (settled and _CASES.search(words)):
            yield bind("bound", TAKEN, first, second)


def _alike(scene: Scene, a: int, b: int) -> bool:
    if scene.kins[a] != scene.kins[b] or not (scene.levels[a] and scene.levels[b]):
        return False
    x, y = scene.facts[a], scene.facts[b]
    return x.kind == y.kind and x.status == y.status and x.sentence == y.sentence
