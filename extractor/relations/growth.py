"""Growth bound to its base: 207宗，比上年171宗上升21.1%; 由72%提升至88%，提高16个百分点; 减少4件，下降19%."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.model import Fact, Relation, compare
from extractor.model.fact import AMOUNT, MULTIPLE, PERCENTAGE, POINTS
from extractor.model.slips import change_slip, sum_slip
from extractor.relations.bind import bind
from extractor.relations.figures import LEVELS, kin
from extractor.relations.scene import Scene
from extractor.relations.words import alike, in_order
from extractor.rules import Ruleset

_OTHERS = re.compile(r"高于|低于|比全|较全|高出|高[约近]?$|低[约近]?$")
_AFTER = re.compile(r"[，（](?:上年|去年|20\d\d年)")
_ALL = re.compile(r"(?:已|现已)?(?:全部|均|都)")
_APIECE = ("、", "和", "及", "与")  # 分别下降11.4%和8.2%: which figures the second one changes is not told by nearness
_COMPARED = re.compile(r"[比较与同]")
_OF_LAST = re.compile(r"(?:是|为|相当于|达到?)(?:上年|去年|20\d\d年)[^，。；]{0,4}的$")
_YEARLY = re.compile("年均|平均每年|每年平均")  # the mean of several years' growth is no change between two of them
_TRIES, _NEAREST, _NAME, _SHORT = 6, 3, 4, 3


def growths(scene: Scene) -> Iterator[Relation]:
    """One relation ``growth`` for each change whose two ends, or whose other form, the paragraph states."""
    before: tuple[int, int, int] | None = None  # the change before, and the figures it leads to and from
    told: set[tuple[str, int, int]] = set()
    for i, fact in enumerate(scene.facts):
        if fact.kind == MULTIPLE:
            yield from _times(scene, i)
            continue
        if (fact.direction is None and fact.kind != POINTS) or _YEARLY.search(scene.lefts[i]):
            continue
        ends, forms = _ends(scene, i), _both(scene, i)
        if ends is None or not change_ties(fact, *(scene.facts[k] for k in ends[:2])):
            ends = _goes_on(scene, i, before) or ends or _respectively(scene, i, before)
        if ends is not None and (fact.kind, *ends[:2]) in told and not change_ties(fact, *(scene.facts[k] for k in ends[:2])):
            ends = None  # 156批402人次，上年为176批438人次，分别下降11.4%和8.2%: another change has these two already
        ends = None if ends is None else (_told_first(scene, ends[0]), *ends[1:])
        before = before if ends is None else (i, ends[0], ends[1])
        told.update(((fact.kind, *ends[:2]),) if ends else ())
        if forms is not None and not _may_join(scene, i, forms, ends):
            forms = None
        if fact.kind == PERCENTAGE and _at_other_prices(scene, i, ends):
            ends = ends if ends and change_ties(fact, scene.facts[ends[0]], scene.facts[ends[1]]) else None
            forms = forms if forms and both_tie(fact, scene.facts[forms[1]], scene.facts[forms[0]]) else None
        for this, last, basis in filter(None, (ends, forms)):
            yield bind("growth", basis, fact, scene.facts[this], scene.facts[last])
    yield from _from_to(scene)


def _at_other_prices(scene: Scene, index: int, ends: tuple[int, int, str] | None) -> bool:
    """Whether a change is not of the figures as they were in each year (按不变价格计算增长6.1%); a base that is itself told so
    (2021年度同口径支出) may be held against."""
    told = _constant_prices(scene.ruleset)
    words = scene.gaps[index] + scene.facts[index].measure
    return told.search(words) is not None and (ends is None or "口径" not in scene.lefts[ends[1]])


def change_ties(change: Fact, this: Fact, last: Fact) -> bool:
    """Whether the stated change leads from ``last`` to ``this``; a figure without upper end (突破5亿元) can confirm none."""
    if not (this.interval.bounded and last.interval.bounded):
        return False
    found = compare.change(change, this, last)
    return found is not None and compare.agrees(change, found, hedged=any(f.approx for f in (change, this, last))).agrees


def both_tie(share: Fact, difference: Fact, this: Fact) -> bool:
    """Whether a change in percent and the same change in numbers agree for this year's figure."""
    found = compare.both(share, this, difference)
    return found is not None and found.agrees


def _ends(scene: Scene, index: int) -> tuple[int, int, str] | None:
    change = scene.facts[index]
    if change.kind == POINTS:
        wanted: tuple[str, ...] = (PERCENTAGE,)
    elif change.kind == PERCENTAGE:
        wanted = (*LEVELS, PERCENTAGE)
    else:
        wanted = (change.kind,)
    priors = [
        k
        for k in _sentence(scene, index)
        if scene.facts[k].status == "prior" and scene.facts[k].kind in wanted and (k < index or _afterthought(scene, k, index))
    ]
    currents = [
        k
        for k in _sentence(scene, index)
        if _current(scene, k, wanted) and (change.kind in (PERCENTAGE, POINTS) or scene.kins[k] == kin(change))
    ]
    priors = _of_statement(scene, priors, index)
    paired = [(last, _paired(scene, last, currents)) for last in sorted(priors, key=lambda k: abs(k - index))]
    for last, pairs in paired:
        free = [k for k in pairs if scene.facts[k].id not in scene.part_of]  # what a list divides grew, sooner than its parts
        for this in dict.fromkeys((*free[:_TRIES], *pairs[:_TRIES])):
            if change_ties(change, scene.facts[this], scene.facts[last]):
                return this, last, "比上年"
    for last, pairs in paired:
        earlier = [
            k
            for k in range(index - 1, -1, -1)
            if _current(scene, k, (scene.facts[last].kind,)) and scene.kins[k] == scene.kins[last]
        ]
        # 年末在册38462户。…新设6208户，注销3517户，净增2691户，较上年末的35771户增长7.5%: of a sentence before
        tied = [k for k in earlier if k not in pairs and change_ties(change, scene.facts[k], scene.facts[last])]
        if tied and currents and scene.facts[tied[0]].id not in scene.part_of:
            return tied[0], last, "比上年"
        if not currents:  # the figure itself stands in a sentence before
            length = _NAME if scene.facts[last].kind == AMOUNT else 2  # 公务接待费 is no 公务用车购置费
            named = [
                k
                for k in earlier
                if change.measure[:length] in scene.facts[k].measure and scene.facts[k].id not in scene.part_of
            ]
            parts = [k for k in earlier if change.measure[:length] in scene.facts[k].measure and k not in named]
            loose = [k for k in (*earlier[:_NEAREST], *parts) if change_slip(change, scene.facts[k], scene.facts[last])]
            if bound := tied or named or loose:
                return bound[0], last, "比上年"
        if _parted(scene, last, index) and any(not _parted(scene, k, index) for k in pairs):
            continue  # 警情1107起，上年1042起；诈骗发案73起，比上年少25起: of the statement's own figure
        free = [k for k in pairs if scene.facts[k].id not in scene.part_of]
        for this in () if scene.gaps[index] in _APIECE else dict.fromkeys((*free[:_NEAREST], *pairs[:_NEAREST])):
            if change_slip(change, scene.facts[this], scene.facts[last]):
                return this, last, "比上年"
        subject = _COMPARED.split(scene.lefts[last])[0]
        own = change.measure[:2] in scene.lefts[index]  # 死亡人数下降50%
        subject = subject if len(subject) > 1 else change.measure if own else ""
        said = [k for k in pairs if subject[:2] in scene.lefts[k]] if subject else []
        near = said or [k for k in pairs if _adjacent(scene, k, last, index)]
        close = bool(near) and abs(last - index) <= 2
        if close and scene.facts[last].value > 0:
            return _likely(scene, near[0], last, index), last, "比上年"
    if change.kind == POINTS and _OTHERS.search(scene.gaps[index] + (scene.gaps[index - 1] if index else "")):
        rates = [
            k
            for k in range(index - 1, max(-1, index - 4), -1)
            if scene.facts[k].kind == PERCENTAGE and scene.facts[k].direction is None
        ]
        for last, this in itertools.pairwise(rates):
            three = (change, scene.facts[this], scene.facts[last])
            if scene.same_sentence(this, index) and (change_ties(*three) or change_slip(*three)):
                return this, last, "比平均"
    return None


def _likely(scene: Scene, part: int, last: int, index: int) -> int:
    """A figure, or the whole that it is a part of, whichever the change leads to more nearly
    (解读86篇，其中…视频8篇，上年为72篇，增长16.3%)."""
    whole = scene.index.get(scene.part_of.get(scene.facts[part].id, ""))
    change, base = scene.facts[index], scene.facts[last]
    if whole is None or not scene.same_sentence(whole, index) or len(scene.lefts[last]) > _SHORT:
        return part
    found = {k: compare.change(change, scene.facts[k], base) for k in (whole, part)}
    sign = -1 if change.direction == "down" else 1
    off = {k: abs(f.exact - sign * change.value) for k, f in found.items() if f is not None}
    return min(off, key=lambda k: off[k], default=part)


def _of_statement(scene: Scene, found: list[int], index: int) -> list[int]:
    """Those of some figures that no ； parts from a change; all where there are none."""
    return [f for f in found if not _parted(scene, f, index)] or found


def _parted(scene: Scene, a: int, b: int) -> bool:
    """Whether ； parts two figures."""
    return any("；" in scene.gaps[k] for k in range(min(a, b) + 1, max(a, b) + 1))


@lru_cache(maxsize=8)
def _constant_prices(ruleset: Ruleset) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, ruleset.lexicon["constant_prices"])))


def _paired(scene: Scene, last: int, currents: list[int]) -> list[int]:
    """The figures of this year that may have grown from a base, in their order."""
    base = scene.facts[last]
    return [k for k in currents if scene.facts[k].kind == base.kind and scene.kins[k] == kin(base)]


def _both(scene: Scene, index: int) -> tuple[int, int, str] | None:
    """The figure that a difference and the percentage right behind it both change (支出57万元，占41%，增加5万元，增长9.6%)."""
    share, other = scene.facts[index], scene.facts[index - 1]
    if share.kind != PERCENTAGE or not index or other.kind not in LEVELS or other.direction is None:
        return None
    if other.sentence != share.sentence:
        return None
    wanted = [k for k in range(index - 2, -1, -1) if _current(scene, k, (other.kind,)) and scene.kins[k] == kin(other)]
    here = [k for k in wanted if scene.same_sentence(k, index)]
    stated = [k for k in wanted if scene.facts[k].id in (share.change_of, other.change_of)]
    wholes = [scene.index[w] for k in here[:1] if (w := scene.part_of.get(scene.facts[k].id)) in scene.index]
    named = [k for k in wanted if alike(other.measure, scene.facts[k].measure)][:_NEAREST]
    undivided = [k for k in here if scene.facts[k].id not in scene.part_of][:_NEAREST]  # 信访量, of what came in, not closed
    if tied := [k for k in (*wholes, *here[:2], *undivided, *named) if both_tie(share, other, scene.facts[k])]:
        return tied[0], index - 1, "增减数与幅度"
    after = index + 1 if index + 1 < len(scene.facts) and scene.same_sentence(index + 1, index) else None
    alone = not here and after is not None and _current(scene, after, (other.kind,)) and scene.kins[after] == kin(other)
    if alone and after is not None and both_tie(share, other, scene.facts[after]):  # 减少11件，降幅18.6%，全年共办理48件
        return after, index - 1, "增减数与幅度"
    name = other.measure[:-2].replace("收支", "收") if other.change_of is None and not here else ""  # 收支总计: of either
    if not stated and len(name) > 2:  # 收入总计、支出总计均为241万元。…收支总计多出14万元; 受理纠纷163件。…受理量增加19件
        stated = [k for k in wanted if in_order(name.rstrip("量数"), scene.facts[k].measure)]
    for this in (*stated[:1], *here[:2]):
        beside = all(scene.facts[k].kind == PERCENTAGE or scene.facts[k].direction for k in range(this + 1, index))
        if other.direction == "up" and other.value >= scene.facts[this].value:
            if this == index - 2 and scene.same_sentence(this, index) and alike(other.measure, scene.facts[this].measure):
                return this, index - 1, "增减数与幅度"
            continue  # a rise above the figure itself is one of another figure, unless they stand together
        if this in stated or (beside and alike(other.measure, scene.facts[this].measure)):
            return this, index - 1, "增减数与幅度"
    return None


def _times(scene: Scene, index: int) -> Iterator[Relation]:
    """办理60件，是去年30件的2倍; 由3件增至9件，增长了两倍: only where it ties up, rounded as multiples are."""
    near = [k for k in range(max(0, index - 3), min(index + 3, len(scene.facts))) if scene.same_sentence(k, index)]
    lasts = [k for k in near if scene.facts[k].status == "prior" or (k == index - 1 and scene.gaps[index] == "的")]
    for last in lasts:
        for this in near:
            like = _current(scene, this, (scene.facts[last].kind,)) and scene.kins[this] == scene.kins[last]
            if this != last and like and change_ties(scene.facts[index], scene.facts[this], scene.facts[last]):
                yield bind("growth", "倍数", scene.facts[index], scene.facts[this], scene.facts[last])
                return
    if scene.facts[index].approx is None and (said := _times_of(scene, index)) is not None:
        yield bind("growth", "倍数", scene.facts[index], scene.facts[said[0]], scene.facts[said[1]])


def _times_of(scene: Scene, index: int) -> tuple[int, int] | None:
    """The figures right before a multiple that says itself to be of last year's: 免罚50件，上年20件，是上年的2.5倍."""
    this, last = index - 2, index - 1
    prior = this >= 0 and (scene.facts[last].status == "prior" or scene.gaps[index] == "的")
    if not prior or not _OF_LAST.search(scene.gaps[last] + scene.gaps[index]):
        return None
    like = scene.facts[last].kind == scene.facts[this].kind and scene.kins[last] == scene.kins[this]
    near = scene.same_sentence(this, index) and scene.facts[this].approx is None is scene.facts[last].approx
    return (this, last) if like and near and _current(scene, this, (scene.facts[last].kind,)) else None


def _may_join(scene: Scene, index: int, forms: tuple[int, int, str], ends: tuple[int, int, str] | None) -> bool:
    """Whether a difference beside a percentage is checked too: alone always, next to the two ends only to confirm."""
    return ends is None or both_tie(scene.facts[index], scene.facts[forms[1]], scene.facts[forms[0]])


def _goes_on(scene: Scene, index: int, before: tuple[int, int, int] | None) -> tuple[int, int, str] | None:
    """与2021年92宗相比，增长58.7%；与上年131宗相比，增长10.5%: a second base for the figure that had one already;
    比上年17万元少支2万元，下降10.5%: the second form of a change whose first one ties up."""
    if before is None or index - 2 > before[0] or not scene.same_sentence(before[0], index):
        return None
    first, own = scene.facts[before[0]], scene.facts[index]
    if index - 1 == before[0]:
        ends = (scene.facts[before[1]], scene.facts[before[2]])
        second = own.kind == PERCENTAGE and first.kind in LEVELS and first.direction == own.direction
        return (before[1], before[2], "比上年") if second and change_ties(first, *ends) else None
    last, this = scene.facts[index - 1], scene.facts[before[1]]
    if len(_COMPARED.split(scene.lefts[index - 1])[0]) > 1 and not change_ties(own, this, last):
        return None  # 立案数比上年的352件增长9.7%；办结数比上年的338件增加43件: of another figure
    if last.status == "prior" and last.kind == this.kind and kin(last) == kin(this):
        return before[1], index - 1, "比上年"
    return None


def _respectively(scene: Scene, index: int, before: tuple[int, int, int] | None) -> tuple[int, int, str] | None:
    """接待156批402人次，上年为176批438人次，分别下降11.4%和8.2%: the figures behind those of the change before it."""
    if scene.gaps[index] not in _APIECE or before is None or before[0] != index - 1 or "分别" not in scene.gaps[before[0]]:
        return None
    this, last = before[1] + 1, before[2] + 1
    beside = this < before[2] < last == before[0] - 1 and scene.kins[this] == scene.kins[last] != scene.kins[before[1]]
    fits = beside and _current(scene, this, LEVELS) and scene.facts[last].status == "prior"
    return (this, last, "比上年") if fits else None


def _told_first(scene: Scene, index: int) -> int:
    """A figure as it was stated, where it is only told again of all (承办信访15件，15件全部办结，较上年减少6件)."""
    if scene.gaps[index] not in ("，", "；") or not _ALL.match(scene.behind(index)):
        return index
    same = (k for k in scene.before(index) if scene.facts[k].value == scene.facts[index].value)
    return next((k for k in same if scene.same_sentence(k, index) and scene.facts[k].id not in scene.part_of), index)


def _afterthought(scene: Scene, index: int, change: int) -> bool:
    """Whether the base is added right behind the change: 增长12.7%（上年928件）."""
    return index == change + 1 and bool(re.match(r"^(?:（|，?(?:上年|去年))", scene.gaps[index]))


def _current(scene: Scene, index: int, wanted: tuple[str, ...]) -> bool:
    fact = scene.facts[index]
    return fact.kind in wanted and fact.direction is None and fact.status != "prior" and fact.per is None


def _sentence(scene: Scene, index: int) -> list[int]:
    """The other facts of the sentence, nearest before first, then behind."""
    before = [k for k in range(index - 1, -1, -1) if scene.same_sentence(k, index)]
    behind = [k for k in range(index + 1, min(index + 4, len(scene.facts))) if scene.same_sentence(k, index)]
    return before + list(itertools.takewhile(lambda k: "；" not in scene.gaps[k], behind))


def _adjacent(scene: Scene, this: int, last: int, change: int) -> bool:
    """Whether this, last and change stand together, with nothing between but each other and lists of parts."""
    low, high = min(this, last, change), max(this, last, change)
    return all(
        k in (this, last, change) or scene.facts[k].direction is not None or scene.facts[k].id in scene.part_of
        for k in range(low, high + 1)
    )


def _from_to(scene: Scene) -> Iterator[Relation]:
    """新增14家，总数由83家增加到97家; 由66名增至110名，新增44名: the difference stands as a figure of its own."""
    for i in range(1, len(scene.facts)):
        last, this = scene.facts[i - 1], scene.facts[i]
        if this.status == "prior" and _AFTER.match(scene.gaps[i]):  # 总数达到11名，上年为8名
            last, this = this, last
        if last.status != "prior" or this.direction is not None or kin(last) != kin(this) or last.kind not in LEVELS:
            continue
        behind = [k for k in (i + 1,) if k < len(scene.facts) and scene.kins[k] == kin(this)]
        for k in (*behind, *scene.before(i - 1, like=this)):
            new = scene.facts[k]
            if not scene.same_sentence(k, i) or "新" not in new.measure:
                continue
            if this.value - last.value == new.value or sum_slip(this, (last, new)):
                yield bind("growth", "由…到…", this, last, scene.facts[k])
                break
