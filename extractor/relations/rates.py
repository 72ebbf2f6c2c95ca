"""Rates bound to numerator and denominator: 受理60件、调处57件、调处率95%; 占总量的61.3%; 完成年度任务的112.5%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Relation
from extractor.relations.bases import (
    ASKED,
    FITTED,
    HUNDRED,
    NAMED,
    Bound,
    denominators,
    in_time,
    one_slip_off,
    rated,
    ties,
    wholes,
)
from extractor.relations.behind import said_behind
from extractor.relations.bind import bind
from extractor.relations.figures import percentage
from extractor.relations.joint import all_but_open, joint_share, of_all_in_hand, rest_of
from extractor.relations.portions import is_share, share
from extractor.relations.ratewords import (
    INTAKE,
    OPINION,
    TASK,
    asked_of,
    based_on,
    beside_it,
    by_words,
    everyone_of,
    just_missed,
    last_two,
    of_task,
    right_before,
    taken_in_behind,
    tells_of,
    told_after,
)
from extractor.relations.scene import Scene
from extractor.relations.status import finished_or_pending
from extractor.relations.words import common

_RATE = re.compile(r"(?P<stem>[\u4e00-\u9fff“”（）]*?)(?:率|占比|比例|比重|满意度|度)$")
_COPULA = re.compile(
    r"(?:达到了?|达|为|均|约|近|超过?|接近|高达|占|仅|是|分别|同样|保持在?|稳定在?|连续[两二三四五\d]年|提升至|提高到)+$"
)
_PLAIN = re.compile(
    r"按期|按时|及时|一次性|群众|负责人|行政机关|综合|平均|回访|的|均|和|总|已|所|上岗|案卷|年度|完成|法治|全部|被|到(?!位)|参(?!考|训|会|保)"
)
_NO_PART = re.compile(r"失业率|出生率|死亡率|自然增长率|(?:差异|偏差|偏离|变动|增减|增长|变化)(?:率|幅度)")
_COUNTED_BY = re.compile(r"[按以](?P<unit>户|人次|人|件次|件|宗|起|批次|批|亩|处|个)数?(?:来?计算?|来?算|统计|口径|衡量)")
_LIKE = 3


def rates(scene: Scene) -> Iterator[Relation]:
    """One relation ``rate`` for each percentage that figures of its paragraph explain, or should explain."""
    for i, fact in enumerate(scene.facts):
        if not percentage(fact):
            continue
        found = joint_share(scene, i) or (share(scene, i) if is_share(scene, i) else _rate(scene, i))
        if found is not None:
            parts, basis = found
            if len(parts) == 2 and _upside_down(scene, i, *parts):
                parts = parts[::-1]
            if len(parts) == 2 and of_all_in_hand(scene, i, *parts):
                continue
            yield bind("rate", basis, fact, *(scene.facts[p] for p in parts))


def _upside_down(scene: Scene, rate: int, part: int, whole: int) -> bool:
    """Whether a rate is read the other way round: of what was to be done among what was done (造林4.6万亩，任务4.5万亩，
    完成率102.2%), or, up to 100 %, of the smaller figure among the larger (参保3万人，应参保4万人，参保率75%)."""
    if bool(TASK.search(scene.lefts[part])) != bool(TASK.search(scene.lefts[whole])):
        return TASK.search(scene.lefts[part]) is not None
    if part == rate - 1 and "占" in scene.gaps[rate]:
        return False  # 民生支出1.7亿元，占比78.2%
    stated, a, b = scene.facts[rate], scene.facts[part], scene.facts[whole]
    if not b.value < a.value or stated.value > HUNDRED:
        return False
    return ties(stated, b, a) and not ties(stated, a, b)


def _rate(scene: Scene, index: int) -> Bound | None:
    rate = scene.facts[index]
    words = "" if "分别" in scene.gaps[index] or (index and scene.gaps[index] in "、和及") else scene.lefts[index]
    match = _RATE.search(_COPULA.sub("", words)) or _RATE.search(rate.measure)
    stem = (_PLAIN.sub("", match["stem"]) or match["stem"]) if match else ""
    stem = stem[-4:]
    near = _near(scene, index) if stem else []
    if counted := _COUNTED_BY.search(words):  # 按户计算风险消除率为74.0%
        near = [k for k in near if scene.facts[k].unit == counted["unit"]] or near
    if _NO_PART.search(words or rate.measure):
        return None  # of the people of a place, who are not counted beside it, or of what two figures differ by
    if match and "满意" in match.group() and not _asked_for(scene, index):
        return None  # what people think of it is no quotient of what came in and what was closed
    numerators = [k for k in near if tells_of(scene, k, stem)]
    halves = [k for k in near if k not in numerators and len(stem) == 4 and tells_of(scene, k, stem[:2], own=True)]
    beside = [k for k in halves if k == index - 1]
    done = [] if numerators or halves else all_but_open(scene, index)
    own = beside + [k for k in numerators if tells_of(scene, k, stem, own=True)] or halves
    # Told in the sentence before: 满意2302单。以回访数为基数，满意率为95.3%.
    told = [k for k in own if k < index and scene.same_sentence(k, index - 1)]
    own = [k for k in own if scene.same_sentence(k, index)]
    before = [k for k in own if k < index]
    bound, loose = None, []
    if match and "占比" not in match.group() and ("比例" not in match.group() or before):
        bound = by_words(scene, index, before)
        bound = None if bound is not None and rated(scene, *bound, index) else bound
        loose = [(n, d) for n in (before or own or told or done)[:2] for d in wholes(scene, n)] or (
            [] if stem else beside_it(scene, index)
        )
        loose = [*told_after(scene, index, before), *taken_in_behind(scene, index, before), *loose]
        loose = [(n, d) for n, d in loose if not ((d in own or n - d > 1) and _in_one_row(scene, d, n))]
    stated = [p for p in loose if p[0] == loose[0][0] and scene.one_statement(p[0], index)]
    fitting = _fitting(scene, index, [*beside, *numerators, *halves, *done])
    asked = asked_of(scene, index, before) if match else None
    if fitting and asked and not (scene.one_statement(fitting[1], index) or ties(rate, *(scene.facts[k] for k in asked))):
        return asked, ASKED  # 回访310件，群众满意291件，满意率89%: of those who were asked, not of all that came in
    based = based_on(scene, index, stem) if match and (not fitting or fitting[0] == index - 1) else None
    if based is not None and based != fitting and not ties(rate, *(scene.facts[k] for k in based)):
        return based, NAMED
    if fitting is not None and fitting not in (bound, *loose) and not _of_one_matter(scene, index, fitting):
        fitting = None
    if fitting is not None and fitting not in (bound, *loose) and own[:1] == [index - 1] != [fitting[0]]:
        # 派单3138件，办结1330件，办结率99.4%: of what stands beside it, whatever figures elsewhere it would fit
        meant = one_slip_off(scene, index, [p for p in stated if p[0] == own[0]])
        if meant is not None:
            return meant, NAMED
    if fitting is not None:
        return fitting, "率" if fitting in (bound, *loose) else FITTED
    if not numerators and stem and (rest := rest_of(scene, index, stem[-2:])) is not None:
        return rest
    if in_time(scene, index) and _not_yet(scene, index):
        return None  # what is not yet due is in no rate of what was done in time
    meant = one_slip_off(scene, index, [*stated, *of_task(scene, index)])
    if meant is not None:
        return meant, "率"
    if rate.value == HUNDRED and (everyone := everyone_of(scene, index, numerators)) is not None:
        return (everyone,), "全部"
    if bound is not None:
        return bound, "率"
    if (said := said_behind(scene, index)) is not None:
        return said
    pair = last_two(scene, index) if not numerators or rate.value == HUNDRED else None
    if pair is not None:
        return pair, "率" if pair in loose else FITTED
    if (meant := one_slip_off(scene, index, right_before(scene, index))) is not None:
        return meant, "率"
    missed = None if rate.value == HUNDRED or match is None else just_missed(scene, index, before)
    return None if missed is None else (missed, "率")


def _in_one_row(scene: Scene, first: int, last: int) -> bool:
    """Whether 、 joins all figures from one to another: parts of one whole (文字解读2篇、音频解读1篇)."""
    return first < last and all(scene.gaps[k].startswith("、") for k in range(first + 1, last + 1))


def _asked_for(scene: Scene, index: int) -> bool:
    """Whether a figure of the rate's sentence counts those who were pleased, or who were asked."""
    before = range(max(0, index - 4), index)
    return any(scene.same_sentence(k, index) and OPINION.search(scene.lefts[k] + scene.rights[k]) for k in before)


def _of_one_matter(scene: Scene, index: int, pair: tuple[int, int]) -> bool:
    """Whether values that fit are more than chance: 100% fits wherever a number comes up in two sentences."""
    numerator, denominator = (scene.facts[k] for k in pair)
    if scene.facts[index].value != HUNDRED or all(scene.same_sentence(k, index) for k in pair):
        return True
    a, b = numerator.measure, denominator.measure
    return a[-2:] in b or b[-2:] in a or common(a, b) >= _LIKE


def _not_yet(scene: Scene, index: int) -> bool:
    """Whether the sentence of a rate counts what is still open before it (办结9,094件，未到期43件，按时办结率99.9%)."""
    before = [k for k in range(max(0, index - 3), index) if scene.same_sentence(k, index)]
    return any(scene.levels[k] and finished_or_pending(scene, k) is False for k in before)


def _fitting(scene: Scene, index: int, numerators: list[int]) -> tuple[int, int] | None:
    """Numerator and denominator that the rate fits: of one sentence rather than of two, the nearest numerator first."""
    rate = scene.facts[index]
    best: tuple[int, int] | None = None
    for n in numerators:
        tied = [d for d in denominators(scene, n) if ties(rate, scene.facts[n], scene.facts[d])]
        together = [d for d in tied if scene.same_sentence(d, n)]
        first = scene.facts[tied[0]].value if tied else HUNDRED
        for d in sorted(together or tied, key=lambda d: (abs(scene.facts[d].value - first), _not_intake(scene, d), -d))[:1]:
            if together:
                return n, d
            best = best or (n, d)
    return best


def _not_intake(scene: Scene, index: int) -> bool:
    """Whether a figure is no intake: 受理418件 goes before 办结418件 as what a rate is of."""
    return not INTAKE.search(scene.lefts[index] + scene.rights[index])


def _near(scene: Scene, index: int) -> list[int]:
    """Plain figures that may be the numerator: of the sentence, nearest first, before the rate; then just behind it."""
    found = [k for k in range(index - 1, max(-1, index - 9), -1) if scene.levels[k]]
    behind = [
        k for k in range(index + 1, min(index + 4, len(scene.facts))) if scene.levels[k] and scene.same_sentence(k, index)
    ]
    return found + behind
