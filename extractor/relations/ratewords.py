"""Numerator and denominator of a rate as words and places bind them, whether or not their values make it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.model.compare import miswritten, percent_exact, rounded
from extractor.relations.bases import (
    HUNDRED,
    denominators,
    named_among,
    ties,
    wholes,
)
from extractor.relations.scene import Scene
from extractor.relations.status import finished_or_pending, took_in
from extractor.relations.stems import speaks_of

_ALL = re.compile(r"全部|全体|全员|均|都|悉数")
INTAKE = re.compile(r"实考|参考|到考|受理|排查|接收|收到|承办|应|参加|办理|提出|发现|立案|申请|任务")
_DUE = re.compile(r"应|到期|需|计划")
TASK = re.compile(
    r"(?:任务|计划|目标|指标)(?:数|量|面积|总数)?(?:为|是|共|达|有)?$|"
    r"(?:^[，、；]?应(?!急|诉|对|用)|计划(?!生育)|下达)[\u4e00-\u9fff]{0,6}$"
)
_ASKED = re.compile(r"回访|测评|发放|问卷|参评|抽查|抽取|评查|应考|应到|应参|实考")
OPINION = re.compile(r"满意|好评|知晓|认可|支持|测评|回访|评价|问卷|参评|评议|走访")
_OWN_CLAUSE = re.compile(r"(?:[^，、；。]{1,8}(?=，))?[，；][^，、；。]{2,8}")
_NEAR, _SHARE_OFF = Decimal(3), Decimal("0.2")  # so many points off, and no more than this share of a small rate
_NEAREST_TWO = 2
_PASSED = frozenset(("及格", "合格", "优秀", "优良", "通过", "达标"))
_TOOK_PART = re.compile(r"(?<!应)(?:参加|参考|参训|参评|参测|到考|实考|实到|到会|出庭)")
_OUGHT, _EXCUSED = re.compile(r"应(?:参|考|到|训|出庭)"), re.compile(r"[除外假病]")
_ALLOWED = re.compile(r"核[定载准]|限额|定额|控制数|上限|编制|定编|(?:预|概)算")


def told_after(scene: Scene, index: int, own: list[int]) -> list[tuple[int, int]]:
    """What came in, told between what was done and its rate: 化解纠纷335件，全年受理342件，化解率98%."""
    n, d = own[0] if own else index, index - 1
    if n != d - 1 or not scene.levels[d] or scene.kins[n] != scene.kins[d] or not scene.one_statement(n, index):
        return []
    return [(n, d)] if took_in(scene.lefts[d]) and not took_in(scene.lefts[n]) else []


def taken_in_behind(scene: Scene, index: int, own: list[int]) -> list[tuple[int, int]]:
    """What came in, told right behind the rate of what was done: 化解纠纷232起，化解率98.3%，全年受理236起."""
    n, d = index - 1, index + 1
    near = own[:1] == [n] and d < len(scene.facts) and scene.levels[d] and scene.one_statement(n, d)
    return [(n, d)] if near and scene.kins[n] == scene.kins[d] and took_in(scene.lefts[d]) else []


def of_task(scene: Scene, index: int) -> Iterator[tuple[int, int]]:
    """What was done and what was to be done, right before a rate of completion (造林4.6万亩，任务4.5万亩，完成率102.2%)."""
    task = index - 1
    named = index > 0 and "完成" in scene.gaps[index] and TASK.search(scene.lefts[task])
    if named and scene.levels[task] and scene.same_sentence(task, index):
        done = (k for k in scene.before(task) if scene.same_sentence(k, index) and scene.facts[k].id not in scene.part_of)
        yield from ((k, task) for k in itertools.islice(done, 1))


def right_before(scene: Scene, index: int) -> list[tuple[int, int]]:
    """The figure right before a rate that has a clause of its own, with the one of its kin before it in the sentence:
    87名参加考试，85名一次过关，合格率97.7%. What people think is asked of others, what is open is no part of a rate."""
    n = index - 1
    clause = _OWN_CLAUSE.fullmatch(scene.gaps[index]) if index else None
    if clause is None or scene.facts[index].value == HUNDRED or OPINION.search(clause.group()):
        return []
    if n and scene.one_statement(n - 1, index) and finished_or_pending(scene, n) is False:
        n -= 1  # 办好349单，余7单，办结率98%
    if not scene.levels[n] or "，" not in scene.gaps[n] or finished_or_pending(scene, n) is False:
        return []
    beside = scene.part_of.get(scene.facts[n].id, "")  # 即办件96件，承诺件32件，提速率65%: no part is one of another
    free = (k for k in scene.before(n) if scene.facts[k].id not in scene.made)
    nearest = itertools.islice(free, 1)
    return [(n, d) for d in nearest if scene.same_sentence(d, index) and scene.part_of.get(scene.facts[d].id) != beside]


def asked_of(scene: Scene, index: int, own: list[int]) -> tuple[int, int] | None:
    """Who answered and who was asked, right before the rate that the answers give."""
    n = index - 1
    asked = own[:1] == [n] and n > 0 and scene.levels[n - 1] and scene.same_sentence(n - 1, index)
    like = asked and scene.kins[n] == scene.kins[n - 1] and scene.facts[n].value <= scene.facts[n - 1].value
    told = _ASKED.search(scene.lefts[n - 1] + scene.rights[n - 1]) or scene.rights[n - 1].endswith("中")
    return (n, n - 1) if like and told else None


def based_on(scene: Scene, index: int, stem: str) -> tuple[int, int] | None:
    """The figure right before a rate and the one that words say it is of, whatever others it would fit: 有效问卷中满意304份;
    参加46人，及格44人 of those who took part; 核定10.8万只，超载1.8万只 of what was allowed."""
    n = index - 1
    if not stem or n < 1 or "补" in scene.lefts[n] + scene.rights[n]:
        return None  # 70名合格，2名补考后合格，合格率100%
    if not (scene.levels[n] and scene.one_statement(n, index) and tells_of(scene, n, stem, own=True)):
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


def just_missed(scene: Scene, index: int, own: list[int]) -> tuple[int, int] | None:
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


def by_words(scene: Scene, index: int, own: list[int]) -> tuple[int, int] | None:
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
    if adjacent and scene.kins[d] == scene.kins[n] and INTAKE.search(scene.lefts[d] + scene.facts[d].measure):
        return n, d
    return None


def beside_it(scene: Scene, index: int) -> list[tuple[int, int]]:
    """The figure in the clause right before a rate that names no deed (完成率), with what it may be a part of."""
    n = index - 1
    if index < 2 or not scene.levels[n] or not scene.same_sentence(n, index) or scene.facts[index].value == HUNDRED:
        return []
    clause = re.fullmatch(r"[，、；][^，、；]{2,8}", scene.gaps[index])
    return [(n, d) for d in wholes(scene, n)[:1] if scene.same_sentence(d, n)] if clause else []


def _named_again(scene: Scene, denominator: int, numerator: int) -> bool:
    """Whether the numerator's clause starts with the name of an earlier figure (投诉3,127件。投诉调解成功2,283件)."""
    name = scene.lefts[denominator].lstrip("、，其中").rstrip("为有共达")[-2:]
    return len(name) == 2 and scene.lefts[numerator].lstrip("，。；").startswith(name)


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


def everyone_of(scene: Scene, index: int, numerators: list[int]) -> int | None:
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


def last_two(scene: Scene, index: int) -> tuple[int, int] | None:
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


def tells_of(scene: Scene, index: int, stem: str, *, own: bool = False) -> bool:
    """Whether the figure's words, or its ``own`` alone, speak of what a rate is named after."""
    return speaks_of(scene.lefts[index] + ("" if own else scene.facts[index].measure) + scene.rights[index], stem)
