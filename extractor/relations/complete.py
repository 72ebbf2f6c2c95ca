"""Lists that the text itself says are complete: 以上四类即为全部, 再无别的类型, 检查均由三站完成."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from extractor.model import Relation
from extractor.model.number import total
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.scene import Scene
from extractor.relations.words import common

ALL_TOLD = "全数"
_CUE = re.compile(r"[无没全由]|所有|起来|相加")
_SORT = r"(?:类型?|类别|领域|种类|来源|渠道|方式|单位|部门|事项|案件|项目|情形|情况|站所?|村)?(?=[，。；）]|$)"
_NOTHING_ELSE = re.compile(
    r"^[^，。；、\d]{0,6}[，；：（]?[^，。；\d]{0,8}?(?:"
    rf"(?:再|别|另|此外|除此)(?:之外|以外)?(?:也|已|均)?(?:无|没有)(?:其[他它]|别的|另外)?的?{_SORT}"
    rf"|(?:没有|无|不含|未见|不涉及)(?:其[他它]|别的|另外)的?{_SORT}"
    r"|(?:即|就是|便是|正是|构成)(?:为|是|了)?(?:全部|所有|总数|全数)"
    r"|(?:均|都|全部)由(?:以上|上述)?[两三四五六七八九十\d][^，。；]{1,8}(?:完成|办理|实施|承担|开展|受理|组织))"
)
_NEXT = re.compile(r"[、，和及与][^，。；：、]{1,12}")
_REACH = 6


def nothing_else(behind: str) -> bool:
    """Whether the words behind a list say that nothing else is to be told of what it shares out."""
    return bool(_CUE.search(behind)) and bool(_NOTHING_ELSE.match(behind))


def all_told(scene: Scene) -> Iterator[Relation]:
    """One ``sum`` for each row of figures that is said to be all; its whole is the one that it makes but for a slip."""
    if not _CUE.search(scene.passage.flow):
        return
    for last, fact in enumerate(scene.facts):
        if not scene.levels[last] or fact.id in scene.part_of or not nothing_else(scene.behind(last)):
            continue
        run = _row(scene, last)
        whole = _whole(scene, run) if len(run) > 1 else None
        if whole is None and len(run) > 2:
            whole, run = _whole(scene, run[1:], run[:1]), run[1:]
        if whole is not None:
            yield bind("sum", ALL_TOLD, scene.facts[whole], *(scene.facts[k] for k in run), closed=True)


def _row(scene: Scene, last: int) -> list[int]:
    """The figures of one kin and sentence that are told one after the other, up to ``last``."""
    run = [last]
    while run[0] and _NEXT.fullmatch(scene.gaps[run[0]]):
        before = run[0] - 1
        alike = scene.levels[before] and scene.kins[before] == scene.kins[last] and scene.same_sentence(before, last)
        if not alike or scene.facts[before].approx:
            break
        run.insert(0, before)
    return run


def _whole(scene: Scene, run: list[int], only: list[int] | None = None) -> int | None:
    """The figure before a row (or of some) that it makes, else that it makes but for one slip; those first that its lead
    names."""
    parts = [scene.facts[k] for k in run]
    lead, largest = scene.gaps[run[0]], max(p.value for p in parts)
    earlier = only or [k for k in islice(scene.before(run[0]), _REACH) if scene.facts[k].id not in scene.part_of]
    near = [k for k in earlier if scene.facts[k].value >= largest and not scene.facts[k].approx]
    near.sort(key=lambda k: (-common(scene.lefts[k] + scene.facts[k].measure, lead), -scene.facts[k].value))
    made = total(p.interval for p in parts)
    tied = next((k for k in near if scene.facts[k].interval.meets(made)), None)
    return tied if tied is not None else next((k for k in near if sum_slip(scene.facts[k], parts, sure=False)), None)
