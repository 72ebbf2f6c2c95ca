"""Rates bound to numerator and denominator: 受理60件、调处57件、调处率95%; 占总量的61.3%; 完成年度任务的112.5%."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.model import Relation
from extractor.model.compare import miswritten, percent_exact, rounded
from extractor.relations.bases import (
    ASKED,
    FITTED,
    HUNDRED,
    NAMED,
    Bound,
    denominators,
    in_time,
    named_among,
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
from extractor.relations.scene import Scene
from extractor.relations.status import finished_or_pending, took_in
from extractor.relations.stems import speaks_of
from extractor.relations.words import common

_RATE = re.compile(r"(?P<stem>[\u4e00-\u9fff“”（）]*?)(?:率|占比|比例|比重|满意度|度)$")
_COPULA = re.compile(
    r"(?:达到了?|达|为|均|约|近|超过?|接近|高达|占|仅|是|分别|同样|保持在?|稳定在?|连续[两二三四五\d]年|提升至|提高到)+$"
)
_PLAIN = re.compile(
    r"按期|按时|及时|一次性|群众|负责人|行政机关|综合|平均|回访|的|均|和|总|已|所|上岗|案卷|年度|完成|法治|全部|被|到(?!位)|参(?!考|训|会|保)"
)
_ALL = re.compile(r"全部|全体|全员|均|都|悉数")
_INTAKE = re.compile(r"实考|参考|到考|受理|排查|接收|收到|承办|应|参加|办理|提出|发现|立案|申请|任务")
_DUE = re.compile(r"应|到期|需|计划")
_TASK = re.compile(
    r"(?:任务|计划|目标|指标)(?:数|量|面积|总数)?(?:为|是|共|达|有)?$|"
    r"(?:^[，、；]?应(?!急|诉|对|用)|计划(?!生育)|下达)[\u4e00-\u9fff]{0,6}$"
)
_ASKED = re.compile(r"回访|测评|发放|问卷|参评|抽查|抽取|评查|应考|应到|应参|实考")
_NO_PART = re.compile(r"失业率|出生率|死亡率|自然增长率|(?:差异|偏差|偏离|变动|增减|增长|变化)(?:率|幅度)")
_OPINION = re.compile(r"满意|好评|知晓|认可|支持|测评|回访|评价|问卷|参评|评议|走访")
_COUNTED_BY = re.compile(r"[按以](?P<unit>户|人次|人|件次|件|宗|起|批次|批|亩|处|个)数?(?:来?计算?|来?算|统计|口径|衡量)")
_OWN_CLAUSE = re.compile(r"(?:[^，、；。]{1,8}(?=，))?[，；][^，、；。]{2,8}")
_NEAR, _SHARE_OFF = Decimal(3), Decimal("0.2")  # so many points off, and no more than this share of a small rate
_LIKE, _NEAREST_TWO = 3, 2
_PASSED = frozenset(("及格", "合格", "优秀", "优良", "通过", "达标"))
_TOOK_PART = re.compile(r"(?<!应)(?:参加|参考|参训|参评|参测|到考|实考|实到|到会|出庭)")
_OUGHT, _EXCUSED = re.compile(r"应(?:参|考|到|训|出庭)"), re.compile(r"[除外假病]")
_ALLOWED = re.compile(r"核[定载准]|限额|定额|控制数|上限|编制|定编|(?:预|概)算")


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
    if bool(_TASK.search(scene.lefts[part])) != bool(_TASK.search(scene.lefts[whole])):
        return _TASK.search(scene.lefts[part]) is not None
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
    numerators = [k for k in near if _speaks_of(scene, k, stem)]
    halves = [k for k in near if k not in numerators and len(stem) == 4 and _speaks_of(scene, k, stem[:2], own=True)]
    beside = [k for k in halves if k == index - 1]
    done = [] if numerators or halves else all_but_open(scene, index)
    own = beside + [k for k in numerators if _speaks_of(scene, k, stem, own=True)] or halves
    # Told in the sentence before: 满意2302单。以回访数为基数，满意率为95.3%.
    told = [k for k in own if k < index and scene.same_sentence(k, index - 1)]
    own = [k for k in own if scene.same_sentence(k, index)]
    before = [k for k in own if k < index]
    bound, loose = None, []
    if match and "占比" not in match.group() and "比例" not in match.group():
        bound = _by_words(scene, index, before)
        bound = None if bound is not None and rated(scene, *bound, index) else bound
        loose = [(n, d) for n in (before or own or told or done)[:2] for d in wholes(scene, n)] or (
            [] if stem else _beside(scene, index)
        )
        loose = [*_told_after(scene, index, before), *loose]
        loose = [(n, d) for n, d in loose if not ((d in own or n - d > 1) and _in_one_row(scene, d, n))]
    stated = [p for p in loose if p[0] == loose[0][0] and scene.one_statement(p[0], index)]
    fitting = _fitting(scene, index, [*beside, *numerators, *halves, *done])
    asked = _asked(scene, index, before) if match else None
    if fitting and asked and not (scene.one_statement(fitting[1], index) or ties(rate, *(scene.facts[k] for k in asked))):
        return asked, ASKED  # 回访310件，群众满意291件，满意率89%: of those who were asked, not of all that came in
    based = _based(scene, index, stem) if match and (not fitting or fitting[0] == index - 1) else None
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
    meant = one_slip_off(scene, index, [*stated, *_of_task(scene, index)])
    if meant is not None:
        return meant, "率"
    if rate.value == HUNDRED and (everyone := _everyone(scene, index, numerators)) is not None:
        return (everyone,), "全部"
    if bound is not None:
        return bound, "率"
    if (said := said_behind(scene, index)) is not None:
        return said
    pair = _last_two(scene, index) if not numerators or rate.value == HUNDRED else None
    if pair is not None:
        return pair, "率" if pair in loose else FITTED
    if (meant := one_slip_off(scene, index, _right_before(scene, index))) is not None:
        return meant, "率"
    missed = None if rate.value == HUNDRED or match is None else _just_missed(scene, index, before)
    return None if missed is None else (missed, "率")


def _told_after(scene: Scene, index: int, own: list[int]) -> list[tuple[int, int]]:
    """What came in, told between what was done and its rate: 化解纠纷335件，全年受理342件，化解率98%."""
    n, d = own[0] if own else index, index - 1
    if n != d - 1 or not scene.levels[d] or scene.kins[n] != scene.kins[d] or not scene.one_statement(n, index):
        return []
    return [(n, d)] if took_in(scene.lefts[d]) and not took_in(scene.lefts[n]) else []


def _in_one_row(scene: Scene, first: int, last: int) -> bool:
    """Whether 、 joins all figures from one to another: parts of one whole (文字解读2篇、音频解读1篇)."""
    return first < last and all(scene.gaps[k].startswith("、") for k in range(first + 1, last + 1))


def _of_task(scene: Scene, index: int) -> Iterator[tuple[int, int]]:
    """What was done and what was to be done, right before a rate of completion (造林4.6万亩，任务4.5万亩，完成率102.2%)."""
    task = index - 1
    named = index > 0 and "完成" in scene.gaps[index] and _TASK.search(scene.lefts[task])
    if named and scene.levels[task] and scene.same_sentence(task, index):
        done = (k for k in scene.before(task) if scene.same_sentence(k, index) and scene.facts[k].id not in scene.part_of)
        yield from ((k, task) for k in itertools.islice(done, 1))


def _asked_for(scene: Scene, index: int) -> bool:
    """Whether a figure of the rate's sentence counts those who were pleased, or who were asked."""
    before = range(max(0, index - 4), index)
    return any(scene.same_sentence(k, index) and _OPINION.search(scene.lefts[k] + scene.rights[k]) for k in before)


def _of_one_matter(scene: Scene, index: int, pair: tuple[int, int]) -> bool:
    """Whether values that fit are more than chance: 100% fits wherever a number comes up in two sentences."""
    numerator, denominator = (scene.facts[k] for k in pair)
    if scene.facts[index].value != HUNDRED or all(scene.same_sentence(k, index) for k in pair):
        return True
    a, b = numerator.measure, denominator.measure
    return a[-2:] in b or b[-2:] in a or common(a, b) >= _LIKE


def _right_before(scene: Scene, index: int) -> list[tuple[int, int]]:
    """The figure right before a rate that has a clause of its own, with the one of its kin before it in the sentence:
    87名参加考试，85名一次过关，合格率97.7%. What people think is asked of others, what is open is no part of a rate."""
    n = index - 1
    clause = _OWN_CLAUSE.fullmatch(scene.gaps[index]) if index else None
    if clause is None or scene.facts[index].value == HUNDRED or _OPINION.search(clause.group()):
        return []
    if n and scene.one_statement(n - 1, index) and finished_or_pending(scene, n) is False:
        n -= 1  # 办好349单，余7单，办结率98%
    if not scene.levels[n] or "，" not in scene.gaps[n] or finished_or_pending(scene, n) is False:
        return []
    beside = scene.part_of.get(scene.facts[n].id, "")  # 即办件96件，承诺件32件，提速率65%: no part is one of another
    free = (k for k in scene.before(n) if scene.facts[k].id not in scene.made)
    nearest = itertools.islice(free, 1)
    return [(n, d) for d in nearest if scene.same_sentence(d, index) and scene.part_of.get(scene.facts[d].id) != beside]


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


def _asked(scene: Scene, index: int, own: list[int]) -> tuple[int, int] | None:
    """Who answered and who was asked, right before the rate that the answers give."""
    n = index - 1
    asked = own[:1] == [n] and n > 0 and scene.levels[n - 1] and scene.same_sentence(n - 1, index)
    like = asked and scene.kins[n] == scene.kins[n - 1] and scene.facts[n].value <= scene.facts[n - 1].value
    told = _ASKED.search(scene.lefts[n - 1] + scene.rights[n - 1]) or scene.rights[n - 1].endswith("中")
    return (n, n - 1) if like and told else None


def _based(scene: Scene, index: int, stem: str) -> tuple[int, int] | None:
    """The figure right before a rate and the one that words say it is of, whatever others it would fit: 有效问卷中满意304份;
    参加46人，及格44人 of those who took part; 核定10.8万只，超载1.8万只 of what was allowed."""
    n = index - 1
    if not stem or n < 1 or "补" in scene.lefts[n] + scene.rights[n]:
        return None  # 70名合格，2名补考后合格，合格率100%
    if not (scene.levels[n] and scene.one_statement(n, index) and _speaks_of(scene, n, stem, own=True)):
        return None
    before = [k for k in itertools.islice(scene.before(n), _NEAREST_TWO) if scene.one_statement(k, n)]
    above = False
    if before[:1] == [n - 1] and _OUGHT.search(scene.lefts[n - 1]) and _TOOK_PART.search(scene.lefts[n]):
        found, above = [] if _EXCUSED.search(scene.gaps[n]) else [n - 1], True
    elif scene.facts[index].value == HUNDRED:
        return None
    elif "中" in scene.lefts[n]:
        found = [k for k in named_among(scene, n) if scene.same_sentence(k, n)]
    elif stem in _PASSED:
        found, above = [k for k in before if _TOOK_PART.search(scene.lefts[k] + scene.rights[k])][:1], True
    elif stem.startswith("超"):
        found = [k for k in before if _ALLOWED.search(scene.lefts[k])][:1]
    else:
        return None
    if not found or any(scene.facts[k].approx for k in (n, found[0])):
        return None
    return (n, found[0]) if above or scene.facts[n].value <= scene.facts[found[0]].value else None


def _not_intake(scene: Scene, index: int) -> bool:
    """Whether a figure is no intake: 受理418件 goes before 办结418件 as what a rate is of."""
    return not _INTAKE.search(scene.lefts[index] + scene.rights[index])


def _just_missed(scene: Scene, index: int, own: list[int]) -> tuple[int, int] | None:
    """Numerator and denominator that give nearly the stated rate, or one that a slip of the pen makes of it.

    The numerator must stand right before its rate with the same words; what it is a part of by a sum that ties up, is
    its denominator, however far off the rate is.
    """
    for n in own[:1]:
        wholes = scene.made.get(scene.facts[n].id, [])
        for d in denominators(scene, n):
            part, whole = scene.facts[n], scene.facts[d]
            exact = percent_exact(part.value, whole.value)
            if exact is None or part.value >= whole.value or part.approx or whole.approx:
                continue
            if whole.id in wholes:
                return n, d
            if not scene.one_statement(n, index):
                continue  # 检测21.4万辆次，查处268辆次；超限率降至0.19%: a rate of its own, behind another statement
            rate = scene.facts[index]
            slip = miswritten(rate.value, rounded(exact, max(0, -int(rate.value.as_tuple().exponent))))
            if abs(exact - rate.value) <= min(_NEAR, rate.value * _SHARE_OFF) or slip:
                return n, d
    return None


def _by_words(scene: Scene, index: int, own: list[int]) -> tuple[int, int] | None:
    """Numerator and denominator that words and places bind, whether or not they tie up.

    Parameters: ``own`` the figures of the sentence whose own words speak of the rate, nearest first.
    """
    all_of_them = scene.facts[index].value == HUNDRED
    alike = len(own) == 2 and scene.kins[own[0]] == scene.kins[own[1]]
    due = alike and _DUE.search(scene.lefts[own[1]]) is not None
    if alike and (due or not all_of_them) and _direct(scene, own[1], own[0], index):
        return own[0], own[1]  # 应参加考试131人，参考129人，参考率98.5%
    if len(own) != 1:
        return None
    n = own[0]
    for d in denominators(scene, n):
        if scene.facts[d].value < scene.facts[n].value:
            continue
        if (scene.same_sentence(d, n) and _direct(scene, d, n, index)) or _named_again(scene, d, n):
            return n, d
    d = n - 1
    adjacent = (
        not all_of_them
        and n == index - 1
        and d >= 0
        and scene.levels[d]
        and scene.same_sentence(d, n)
        and scene.gaps[n][:1] in "，、；"
    )
    if adjacent and scene.kins[d] == scene.kins[n] and _INTAKE.search(scene.lefts[d] + scene.facts[d].measure):
        return n, d
    return None


def _beside(scene: Scene, index: int) -> list[tuple[int, int]]:
    """The figure in the clause right before a rate that names no deed (完成率), with what it may be a part of."""
    n = index - 1
    if index < 2 or not scene.levels[n] or not scene.same_sentence(n, index) or scene.facts[index].value == HUNDRED:
        return []
    clause = re.fullmatch(r"[，、；][^，、；]{2,8}", scene.gaps[index])
    return [(n, d) for d in wholes(scene, n)[:1] if scene.same_sentence(d, n)] if clause else []


def _near(scene: Scene, index: int) -> list[int]:
    """Plain figures that may be the numerator: of the sentence, nearest first, before the rate; then just behind it."""
    found = [k for k in range(index - 1, max(-1, index - 9), -1) if scene.levels[k]]
    behind = [
        k for k in range(index + 1, min(index + 4, len(scene.facts))) if scene.levels[k] and scene.same_sentence(k, index)
    ]
    return found + behind


def _named_again(scene: Scene, denominator: int, numerator: int) -> bool:
    """Whether the numerator's clause starts with the name of an earlier figure (投诉3,127件。投诉调解成功2,283件)."""
    name = scene.lefts[denominator].lstrip("、，其中").rstrip("为有共达")[-2:]
    return len(name) == 2 and scene.lefts[numerator].lstrip("，。；").startswith(name)


def _speaks_of(scene: Scene, index: int, stem: str, *, own: bool = False) -> bool:
    """Whether the figure's words, or its ``own`` alone, speak of what a rate is named after."""
    return speaks_of(scene.lefts[index] + ("" if own else scene.facts[index].measure) + scene.rights[index], stem)


def _direct(scene: Scene, denominator: int, numerator: int, rate: int) -> bool:
    """Whether nothing but shares and changes stands between denominator, numerator and rate."""
    between = [
        k for k in range(denominator + 1, rate) if k != numerator and scene.levels[k] and scene.kins[k] == scene.kins[numerator]
    ]
    listed = scene.facts[denominator].id
    outside = [k for k in between if scene.part_of.get(scene.facts[k].id) != listed and not scene.bracketed(k)]
    inside = sum(scene.bracketed(k) for k in range(numerator + 1, rate))
    nominal = re.match(r"[，、；）]?", scene.gaps[rate]) is not None and rate - numerator - inside <= 2
    return not outside and nominal


def _everyone(scene: Scene, index: int, numerators: list[int]) -> int | None:
    """100% because 全部 or 均 says so of one figure."""
    candidates: list[int] = [*numerators[:1], *range(index - 1, max(-1, index - 3), -1)]
    for k in candidates:
        if not scene.levels[k] or not scene.same_sentence(k, index) or k > index:
            continue
        between = scene.passage.flow[scene.ends[k] : scene.starts[index] - len(scene.lefts[index])]
        words = scene.lefts[k] + between
        if _ALL.search(words) and "；" not in words:
            return k
    return None


def _last_two(scene: Scene, index: int) -> tuple[int, int] | None:
    """Two of the last three figures of the sentence that make the rate; or the one right before a rate with a point, and
    one further back."""
    levels = [k for k in range(index - 1, -1, -1) if scene.levels[k] and scene.same_sentence(k, index)][:3]
    for n in levels[:2]:
        for d in scene.before(n):
            if d in levels and ties(scene.facts[index], scene.facts[n], scene.facts[d]):
                open_cases = scene.facts[index].value == HUNDRED and finished_or_pending(scene, d) is False
                return None if open_cases else (n, d)
    rate, n = scene.facts[index], index - 1
    precise = rate.value != rate.value.to_integral_value() and bool(levels) and levels[0] == n
    return (
        next(((n, d) for d in denominators(scene, n) if ties(rate, scene.facts[n], scene.facts[d])), None) if precise else None
    )
