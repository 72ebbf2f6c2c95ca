"""What a figure may be a part of: where rates and shares look for their denominator."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from extractor.model import Fact
from extractor.model.compare import agreement, percent, percent_exact
from extractor.model.slips import rate_slip
from extractor.relations.figures import kin, percentage
from extractor.relations.scene import Scene
from extractor.relations.status import finished_or_pending, took_in
from extractor.relations.words import in_order

Bound: TypeAlias = tuple[tuple[int, ...], str]
ASKED = "所问"  # words name who was asked: whatever other figures fit the rate by chance, it is theirs
FITTED = "试配"  # the values fit, no word binds them: such a relation can only confirm
NAMED = "点名"  # the words name what was taken of what, whatever other figures the value would fit
HUNDRED, _TEN = Decimal(100), Decimal(10)
_TRIES, _LOOSE, _TELLING = 6, 4, 4
_AMONG = re.compile(r"(?:^|[，；。：])(?P<name>[^，；。：、]{2,8}?)(?:的)?中，?[^，；。：、中]*$")
_DEED = re.compile(r"[，；]?(?P<name>受理|收到|承办|排查|登记|立案|接收|交办|转办|评查|发放|回访)的[^，。；]{2}")
_GENERIC = re.compile(r"(?:的[^的]{1,4}|案件|事项|纠纷|人员|干部|申请|问题|件|人)$")
_EXCEPT = re.compile(r"[^，。；]{0,12}外")
_IN_TIME = re.compile(r"[按如]期|按时|及时")


def ties(rate: Fact, part: Fact, whole: Fact) -> bool:
    """Whether ``part`` of ``whole`` is the stated percentage; a figure without upper end (突破5亿元) can confirm none."""
    if not (part.interval.bounded and whole.interval.bounded):
        return False
    exact = percent_exact(part.value, whole.value)
    if exact is None or _far_off(rate, part, whole, exact):
        return False
    computed = percent(part.interval, whole.interval)
    if computed is None:
        return False
    hedged = bool(rate.approx or part.approx or whole.approx)
    return agreement(rate.value, rate.interval, computed, exact, hedged=hedged).agrees


def _far_off(rate: Fact, part: Fact, whole: Fact, exact: Decimal) -> bool:
    """Whether two exact numbers make what neither rounding nor cutting off brings near a percentage: most pairs do."""
    low, high = rate.interval.low, rate.interval.high
    if low is None or high is None or not (part.interval.exact and whole.interval.exact):
        return False
    width = high - low
    return width > 0 and abs(exact - rate.value) > 2 * width


def denominators(scene: Scene, numerator: int) -> Iterator[int]:
    """What the numerator may be a part of: its list's whole, then earlier figures of the same kin, none smaller."""
    value = scene.facts[numerator].value
    first = [k for k in _bound(scene, numerator) if k != numerator - 1 or scene.facts[k].value >= value]
    yield from first
    beside = set(scene.made.get(scene.facts[numerator].id, ()))  # 准予412条、退回24条: no part of a whole is one of another

    def among(k: int) -> bool:
        return not (beside and beside.intersection(scene.made.get(scene.facts[k].id, ())))

    larger = (k for k in scene.before(numerator) if k not in first and scene.facts[k].value >= value and among(k))
    yield from itertools.islice(larger, _TRIES)


def wholes(scene: Scene, numerator: int) -> list[int]:
    """What the words let the numerator be a part of, whatever the values: its list's whole, the nearest figures of its kin
    that are no parts themselves."""
    first = [*named_among(scene, numerator), *_bound(scene, numerator)]
    free = (k for k in scene.before(numerator) if k not in first and scene.facts[k].id not in scene.part_of)
    return [*first, *itertools.islice(free, _LOOSE)]


def named_among(scene: Scene, numerator: int) -> list[int]:
    """The figure that the words before a numerator name as what it is taken from: 在编28人、辅助18人，在编人员中持证27人;
    重大隐患21处。…重大隐患已销号19处."""
    gap, left = scene.gaps[numerator], scene.lefts[numerator]
    among = _AMONG.search(gap) if "中" in gap else None
    name = _GENERIC.sub("", among["name"]) if among else _told_by(left)
    for k in scene.before(numerator) if len(name) > 1 or len(left) >= _TELLING else ():
        measure = scene.facts[k].measure
        if (len(name) > 1 and in_order(name, scene.lefts[k])) or (len(measure) >= _TELLING and left.startswith(measure)):
            return [k]
    return []


def _told_by(left: str) -> str:
    """The deed that words say the cases were found by: 受理的 in 受理的纠纷调解成功399件."""
    deed = _DEED.match(left)
    return deed["name"] if deed else ""


def _bound(scene: Scene, numerator: int) -> list[int]:
    """The wholes of the sums that a figure is a part of, and the cases whose times it counts."""
    fact = scene.facts[numerator]
    listed = [scene.part_of[fact.id]] if fact.id in scene.part_of else []
    found = [scene.index[w] for w in (*listed, *scene.made.get(fact.id, ())) if w in scene.index]
    cases = _attended(scene, numerator)
    return found if cases is None else [*found, cases]


def _attended(scene: Scene, times: int) -> int | None:
    """The cases right before figures that are counted of them (行政诉讼案件2件，负责人出庭应诉2次), of outcomes the cases that
    they share out (案件2件，胜诉1件，另1件尚在审理，负责人出庭应诉2次); never what is pending."""
    cases = times - 1
    if cases < 0 or scene.facts[times].unit not in ("次", "人次"):
        return None
    a, b = scene.facts[cases], scene.facts[times]
    if not scene.levels[cases] or not scene.same_sentence(cases, times) or a.kind != b.kind or kin(a) != "件":
        return None
    shared = next((scene.index[w] for w in scene.made.get(a.id, ()) if w in scene.index), None)
    if shared is not None and scene.same_sentence(shared, times) and scene.facts[shared].value == b.value:
        return shared
    return cases if finished_or_pending(scene, cases) is not False else None


def in_time(scene: Scene, index: int) -> bool:
    """Whether a rate is one of what was done in time (按期办结率)."""
    return _IN_TIME.search(scene.lefts[index]) is not None


def _rest_told(scene: Scene, numerator: int, denominator: int, index: int) -> bool:
    """Whether a figure between a numerator and its rate, or one that is left out before it (除2人病假外), is what it lacks."""
    lacking = scene.facts[denominator].value - scene.facts[numerator].value
    first = denominator if _EXCEPT.match(scene.gaps[numerator]) else numerator
    return any(scene.facts[k].value == lacking and scene.levels[k] for k in range(first + 1, index))


def rated(scene: Scene, part: int, whole: int, index: int) -> bool:
    """Whether a rate between them has the two figures already: 年报5889户，年报率92.7%，其中企业年报率96.3%."""
    told = (scene.facts[k] for k in range(part + 1, index) if percentage(scene.facts[k]))
    return any(ties(rate, scene.facts[part], scene.facts[whole]) for rate in told)


def _telling(scene: Scene, part: int, whole: int, index: int) -> bool:
    """Whether the words of two figures are so alike, or what came in is so large and a rate so fine, that they tie up for a
    reason."""
    rate, a, b = (scene.facts[k] for k in (index, part, whole))
    low, high = rate.interval.low, rate.interval.high
    fine = low is not None and high is not None and high - low < 1
    large = max(a.value, b.value) >= HUNDRED and took_in(scene.lefts[whole])
    return fine and (large or (b.measure[-_TELLING:] in a.measure and not scene.listed(whole)))


def one_slip_off(scene: Scene, index: int, pairs: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The first pair that the words allow and that one slip of the pen keeps from making the percentage.

    100% is a round word as much as a number, and a part above its whole is more likely no part: then all three must stand in
    one sentence, or large numbers make a rate with a point, which they do by chance only rarely. A rate of what was done in
    time (按期办结率) is one of what was due, not of all that came in.
    """
    rate = scene.facts[index]
    for n, d in pairs:
        near = scene.same_sentence(n, index) and (scene.same_sentence(d, index) or d in named_among(scene, n))
        above = scene.facts[n].value > scene.facts[d].value and d not in _bound(scene, n) and not _telling(scene, n, d, index)
        before_due = rate.value == HUNDRED and d != n - 1 and in_time(scene, index)
        told_first = rate.value == HUNDRED and n > index  # figures behind 100% tell other things too
        # Numbers below ten are one slip from each other: these must stand side by side.
        chance = (
            rate.value == HUNDRED
            and scene.facts[d].value < _TEN
            and not (d == n - 1 == index - 2 or d in named_among(scene, n))
        )
        chance = chance or (rate.value == HUNDRED and finished_or_pending(scene, d) is False)
        # 二审1件，出庭3人次，出庭率100%: persons are no part of cases; 增配1名，再添2名，力争持证率100%: nor are aims.
        other = scene.kins[n] != scene.kins[d] or rate.status == "planned"
        chance = chance or (rate.value == HUNDRED and other and scene.facts[n].value > scene.facts[d].value)
        # 70名合格，2名补考后合格，合格率100%: all of them in the end.
        chance = chance or (rate.value == HUNDRED and _rest_told(scene, n, d, index))
        likely = (near and not (before_due or told_first or chance)) or (rate.value != HUNDRED and not above)
        if likely and rate_slip(rate, scene.facts[n], scene.facts[d]) and not rated(scene, n, d, index):
            return n, d
    return None
