"""Shares of several parts together (图解和短视频合计占46.4%), rates of what one part leaves (不合格37批次，合格率98.0%)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.model import Fact
from extractor.model.compare import complement, together
from extractor.model.slips import rate_slip
from extractor.relations.bases import Bound, ties, wholes
from extractor.relations.scene import Scene
from extractor.relations.status import finished_or_pending
from extractor.relations.words import in_order

_TOGETHER = r"合计|共计|总共|共|加起来|之和|[两二三四][项类者种](?:的)?"
_SHARED = re.compile(
    rf"^[，；]?(?:[一二三四五六七八九]是|其中|以上|上述)*(?P<names>[^，。；占]{{3,30}}?)(?P<sum>(?:{_TOGETHER})[^，。；占]{{0,8}})?"
    r"(?:约|已|就|仅|比重|比例)*占(?:比|到|了|全部|全[镇乡县区年]|其)*(?P<whole>[^，。；]*?)(?:总[数量]|的|约|近|为|达)*$"
)
_JOINED = re.compile(r"[、和与及]")
_LOOSE = re.compile(r"(?:类|类型|方面|领域|纠纷|案件|事项|问题|诉求)+$")
_CARRIED = re.compile(r"(?:上年|去年|上一?年度?|20\d\d年度?|往年|历年|年初)[^，。；]{0,4}(?:结转|遗留|未)|结转(?![下至到入])")
_KEY, _NEAREST = 2, 2
REST = "余下"  # the rate is that of all but the first part


def joint_share(scene: Scene, index: int) -> Bound | None:
    """The parts of a list of the paragraph that a percentage is the share of, all of them named in its clause, and their
    whole."""
    words = scene.lefts[index]
    if "占" not in words:
        return None
    found = named_together(words, scene.facts[index], _lists(scene, index))
    return None if found is None else (tuple(scene.index[f.id] for f in found), "占")


def named_together(words: str, rate: Fact, lists: Iterable[tuple[Fact, Sequence[tuple[Fact, str]]]]) -> tuple[Fact, ...] | None:
    """The parts that the words before a share name, then their whole.

    Parameters: ``lists`` wholes, each with its parts and the words of each. Of another whole than is
    named, a share can only be confirmed; where the words say that the parts are taken together, one that does not tie up is
    wrong, else one slip must explain it.
    """
    match = _SHARED.match(words)
    names = [_LOOSE.sub("", name) for name in _JOINED.split(match["names"])] if match else []
    if match is None or len(names) < 2 or any(len(name) < _KEY for name in names):
        return None
    for whole, parts in lists:
        named = [_called(name, parts) for name in names]
        taken = {found[0].id: found[0] for found in named if len(found) == 1}
        if len(taken) < len(names):
            continue
        summed = together(list(taken.values()))
        named_whole = in_order(match["whole"], whole.measure)
        if ties(rate, summed, whole) or (named_whole and (match["sum"] or rate_slip(rate, summed, whole))):
            return (*taken.values(), whole)
    return None


def _called(name: str, parts: Sequence[tuple[Fact, str]]) -> list[Fact]:
    """The parts of a name: of just it (满意, not 基本满意), else those whose words hold its first ones."""
    own = [f for f, said in parts if said == name]
    return own or [f for f, said in parts if name[:_KEY] in said]


def _lists(scene: Scene, index: int) -> Iterator[tuple[Fact, list[tuple[Fact, str]]]]:
    """The wholes before a figure with the parts that share them out, the nearest list first."""
    found: dict[int, list[tuple[Fact, str]]] = {}
    for k in range(index - 1, -1, -1):
        whole = scene.index.get(scene.part_of.get(scene.facts[k].id, ""))
        if whole is not None and scene.levels[k]:
            found.setdefault(whole, []).append((scene.facts[k], scene.lefts[k]))
    return ((scene.facts[whole], parts) for whole, parts in found.items())


def rest_of(scene: Scene, index: int, deed: str) -> Bound | None:
    """Those whom a rate leaves out, and all: 抽检1,860批次，检出不合格37批次，合格率98.0%.

    Parameters: ``deed`` the end of the rate's name (合格), which the words of those left out deny.
    """
    rate, denied = scene.facts[index], re.compile(f"[不未]{re.escape(deed)}")
    for n in range(index - 1, max(-1, index - 1 - _NEAREST), -1):
        if not scene.levels[n] or not scene.same_sentence(n, index) or not denied.search(scene.lefts[n]):
            continue
        for d in wholes(scene, n)[:_NEAREST]:
            part, whole = scene.facts[n], scene.facts[d]
            if whole.value <= part.value or not scene.same_sentence(d, n):
                continue
            rest = complement(part, whole)
            if ties(rate, rest, whole) or rate_slip(rate, rest, whole):
                return (n, d), REST
    return None


def all_but_open(scene: Scene, index: int) -> list[int]:
    """What was done of a whole whose rest, still open, stands right before a rate (改好68个，待整改7个，整改率90.7%)."""
    done, rest = index - 2, index - 1
    if done < 0 or not scene.same_sentence(done, index):
        return []
    ids = [scene.facts[k].id for k in (done, rest)]
    wholes_of = [{scene.part_of.get(i, ""), *scene.made.get(i, ())} - {""} for i in ids]
    return [done] if wholes_of[0] & wholes_of[1] and finished_or_pending(scene, rest) is False else []


def of_all_in_hand(scene: Scene, index: int, part: int, whole: int) -> bool:
    """Whether a rate is of what was carried over and what came in together (上年结转3件，新收41件，办结42件，办结率95.5%)."""
    rate, done, new = (scene.facts[k] for k in (index, part, whole))
    if "结转" not in scene.passage.flow or ties(rate, done, new):
        return False
    near = (k for k in range(max(0, whole - _NEAREST), index) if k not in (part, whole) and scene.same_sentence(k, index))
    carried = (scene.facts[k] for k in near if scene.kins[k] == scene.kins[whole] and _CARRIED.search(scene.lefts[k]))
    return any(ties(rate, done, together([new, c])) for c in carried)
