"""Totals behind what they add up, where one slip of the pen keeps them from it.

A件、B件，共计C件; 上半年84件，下半年97件，全年181件. What is told to be all of the figures before it is held against them;
where the values tie up, other readers have found that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Relation
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.divisions import divided_by
from extractor.relations.scene import Scene
from extractor.text.numerals import DIGITS

DIVISION = "分类"
TOTAL = re.compile(
    r"(?:合计|总计|共计|一共|共|[合加]起来(?:就|正好|刚好)?|全年(?:共|累计)[\u4e00-\u9fff]{2,4}|(?P<count>[两二三四五六七八九])(?P<sort>[项类者种])(?:[^，。；]{0,6})?)(?:为|是|达|有|办理|完成|办结)?这?$"
)
_TOTAL_OF = re.compile(r"(?:合计|总计|共计|共)[^，。；、]{2,10}$")
_BOTH = re.compile(
    r"(?:合计|总计|共计|[两三]级.{0,4}共|全年(?:共|累计)|[合加]起来)[\u4e00-\u9fff]{0,4}$|(?:一共|总共)$|两[项类者种样][^，。；]{0,8}$"
)
_IN_ALL = re.compile(r"^[，；]?(?:合计|总计|共计|一共|总共|[合加]起来)(?:就|正好|刚好|一?共)?(?:是|为|有)?$")
_ALL = re.compile(r"^[^，。；、]{0,8}(?:全部|均|都)")
_LINKED = re.compile(r"^[^，。；、]{0,6}[、和及与]|^、")
_DONE = re.compile(r"办结|完成|办理|化解|调处|调解|整改|审结|结案|答复|处置|解决|破案|追回")
_CAME_IN = re.compile(r"受理|接收|接到|收到|排查|发现|登记|立案|承办|交办|查出")
_PERIOD = re.compile(r"[上下]半年|[一二三四]季度|第[一二三四五六七八九十\d]{1,3}[期批轮次季场](?![^，。；]*[次场期]$)")
_OF_ALL_TIMES = re.compile(r"^[，；]?(?:全年|先后|前后|累计|一?共|合计|总计)[^，。；、]{0,8}$")
_CLAUSE, _BRACKETED = re.compile(r"[，。；：！？（]"), re.compile(r"（[^（）]*）")
_FURTHER, _PAIR = 6, 2


def totals_behind(scene: Scene) -> Iterator[Relation]:
    """One relation ``sum`` for each total that words tell to be one, and that misses the figures before it by one slip."""
    yield from _totals(scene)
    if _PERIOD.search(scene.passage.flow):
        yield from _of_periods(scene)


def names_of(scene: Scene, group: Sequence[int]) -> list[str]:
    """The words that name each of some figures: before it, or behind it where those say nothing (10个项目评价为优)."""
    words = [(own_words(scene.gaps[k]) if "）" in scene.gaps[k] else scene.lefts[k]) or scene.rights[k] for k in group]
    return [w if len(w) > 1 else w + scene.rights[k] for w, k in zip(words, group, strict=True)]


def own_words(before: str) -> str:
    """The words of a figure's clause, of all before it, brackets left out: 优秀（90分以上）51名, 村（社区）级24个."""
    return _CLAUSE.split(_BRACKETED.sub("", before))[-1]


def sum_of(scene: Scene, whole: int, run: Sequence[int]) -> Relation:
    """The complete sum of figures that a whole is shared out in."""
    return bind("sum", DIVISION, scene.facts[whole], *(scene.facts[k] for k in run), closed=True)


def _totals(scene: Scene) -> Iterator[Relation]:
    """A件、B件，共计C件; A件、B件，C件全部办结: a total behind its parts."""
    for i in range(2, len(scene.facts)):
        told = TOTAL.search(scene.lefts[i]) or _TOTAL_OF.search(scene.lefts[i]) if scene.levels[i] else None
        if told is None and not (scene.levels[i] and _taken_up(scene, i)):
            continue
        run: list[int] = []
        all_told = told is not None and _all_before(scene, i)
        for k in range(i - 1, -1, -1):
            alike = scene.levels[k] and scene.kins[k] == scene.kins[i] and scene.same_sentence(k, i)
            if not alike or scene.facts[k].approx:
                break
            run.insert(0, k)
            if not _LINKED.match(scene.gaps[k]) and not all_told:
                break
        beside = scene.part_of.get(scene.facts[i].id)
        if beside and any(scene.part_of.get(scene.facts[k].id) == beside for k in run):
            continue  # 公益一类3个、公益二类1个: one more part of the whole that they share out
        if told and told.re is _TOTAL_OF and not (len(run) > 1 and divided_by(names_of(scene, run), scene.ruleset)):
            continue
        if (
            told
            and told.re is TOTAL
            and told["count"]
            and (DIGITS[told["count"]] != len(run) or _classes(scene, run, told["sort"]))
        ):
            continue
        # 会议3次，督察2次，二人讲课2场、1场，合计3场: the last two make it, whatever stands before them.
        made = any(scene.adds_up(i, run[k:]) for k in range(len(run) - 1))
        if len(run) < 2 or made or (told and _other_deed(scene, run, scene.lefts[i][told.start() :])):
            continue
        if sum_slip(scene.facts[i], [scene.facts[k] for k in run]):
            yield sum_of(scene, i, run)


def _of_periods(scene: Scene) -> Iterator[Relation]:
    """上半年84件，下半年97件，全年181件; 第一期42人，第二期38人，先后培训80人: a total behind all its times."""
    for i in range(2, len(scene.facts)):
        if not scene.levels[i] or not _OF_ALL_TIMES.search(scene.lefts[i]):
            continue
        first = i
        while first and scene.kins[first - 1] == scene.kins[i] and _PERIOD.search(scene.lefts[first - 1]):
            first -= 1
        run = [k for k in range(first, i) if scene.levels[k] and scene.same_sentence(k, i) and not scene.facts[k].approx]
        if len(run) != i - first or len(run) < _PAIR or _other_deed(scene, run, scene.lefts[i]):
            continue
        if scene.adds_up(i, run) or sum_slip(scene.facts[i], [scene.facts[k] for k in run]):
            yield sum_of(scene, i, run)


def _other_deed(scene: Scene, run: Sequence[int], total: str) -> bool:
    """Whether a total says that something was done with what the parts say came in (受理53件、48件，全年共办结91件)."""
    deed = _DONE.search(total)
    words = "".join(scene.lefts[k] + scene.facts[k].measure for k in run)
    return deed is not None and deed.group() not in words and bool(_CAME_IN.search(words))


def _all_before(scene: Scene, total: int) -> bool:
    """Whether a sentence tells some figures and what all make: 上半年53件，下半年48件，合计101件; 建议18件，提案4件，共22件."""
    like = [k for k in range(max(0, total - _FURTHER), total) if scene.kins[k] == scene.kins[total]]
    here = [k for k in like if scene.same_sentence(k, total)]
    if len(here) < _PAIR or here != list(range(total - len(here), total)):
        return False
    if len(here) > _PAIR:
        return _IN_ALL.match(scene.gaps[total]) is not None
    return bool(_BOTH.search(scene.lefts[total])) or divided_by(names_of(scene, here), scene.ruleset)


def _classes(scene: Scene, run: Sequence[int], sort: str) -> bool:
    """Whether the parts are numbered classes themselves (公益一类3个、公益二类1个), and no total of two classes follows."""
    return any(re.search(f"[一二三四]{sort}", scene.lefts[k]) for k in run)


def _taken_up(scene: Scene, index: int) -> bool:
    return scene.gaps[index] in "，；" and bool(_ALL.match(scene.behind(index)))
