"""Whether a reported number agrees with the one computed from others: exactly, within rounding, truncated, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from msgspec.structs import replace

from extractor.model.fact import MULTIPLE, PERCENTAGE, Fact
from extractor.model.number import ZERO, Interval, plain, total

EXACT, ROUNDED, TRUNCATED, HEDGED, NO = "exact", "rounded", "truncated", "hedged", "inconsistent"
_HUNDRED, _HALF = Decimal(100), Decimal("0.5")
_KILOGRAMS = {"吨": Decimal(1000), "担": Decimal(50), "公斤": Decimal(1), "千克": Decimal(1), "斤": Decimal("0.5")}
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(9))

_RISEN = ("增长", "增加", "提高", "上升", "增")


class Outcome(NamedTuple):
    """``how`` two numbers agree (``inconsistent`` when they do not); ``expected`` the computed value, ``gap`` reported minus
    computed, ``allowed`` the largest gap that rounding explains (half the width of both intervals)."""

    how: str
    expected: Decimal | None
    gap: Decimal | None = None
    allowed: Decimal = ZERO

    @property
    def agrees(self) -> bool:
        return self.how != NO


def agreement(reported: Decimal, bounds: Interval, computed: Interval, exact: Decimal | None, *, hedged: bool) -> Outcome:
    """How a reported value with its interval agrees with a computed interval.

    Parameters: ``exact`` the value computed from the numbers as printed; ``hedged`` whether a 余, 约, 近 is involved.
    A truncated rate (98.86 printed as 98) agrees and is told apart.
    """
    gap = None if exact is None else reported - exact
    allowed = slack(bounds, computed)
    if exact is not None and exact == reported:
        return Outcome(HEDGED if hedged else EXACT, exact, ZERO, allowed)
    printed = hedged and exact is not None and bounds.meets(Interval.exactly(exact))  # 430余件 of 4204件 may be 10.2%
    if printed or bounds.meets(computed):
        return Outcome(HEDGED if hedged else ROUNDED, exact, gap, allowed)
    if bounds.low is not None and bounds.high is not None and not hedged:
        step = bounds.high - bounds.low
        cut = Interval(reported, reported + step) if reported >= 0 else Interval(reported - step, reported)
        if step and cut.meets(computed) and (exact is None or abs(exact) < abs(reported) + step):
            return Outcome(TRUNCATED, exact, gap, allowed)
    return Outcome(NO, exact, gap, allowed)


def slack(a: Interval, b: Interval) -> Decimal:
    """Half the width of both intervals together: the largest gap that rounding explains (ends that are open add nothing)."""
    return (a.width + b.width) / 2


def percent(part: Interval, whole: Interval) -> Interval | None:
    """``part`` as a percentage of ``whole``; None when the whole may be zero."""
    share = part.over(whole)
    return None if share is None else share.times(_HUNDRED)


def percent_exact(part: Decimal, whole: Decimal) -> Decimal | None:
    return part * _HUNDRED / whole if whole else None


def together(facts: Sequence[Fact]) -> Fact:
    """Several figures as one: their sum, with the words of the first."""
    first, *others = facts
    if not others:
        return first
    approx = next((f.approx for f in facts if f.approx), None)
    return replace(first, value=sum((f.value for f in facts), ZERO), interval=total(f.interval for f in facts), approx=approx)


def complement(part: Fact, whole: Fact) -> Fact:
    """What is left of ``whole`` without ``part``, with the words of the part."""
    return replace(part, value=whole.value - part.value, interval=whole.interval.minus(part.interval))


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """``value`` to at most ``places`` digits after the point, half up (四舍五入)."""
    return plain(value.quantize(_STEPS[places] if places < len(_STEPS) else Decimal(1).scaleb(-places), ROUND_HALF_UP))


def growth(this: Interval, last: Interval) -> Interval | None:
    """The growth from ``last`` to ``this`` in percent (negative for a fall)."""
    share = percent(this, last)
    return None if share is None else share.minus(Interval.exactly(_HUNDRED))


def negative(interval: Interval) -> Interval:
    """The interval with its sign turned."""
    return Interval(None if interval.high is None else -interval.high, None if interval.low is None else -interval.low)


class Change(NamedTuple):
    """The change from one fact to another, ``computed`` within rounding and ``exact`` as printed (negative for a fall), in
    the unit of ``sign`` ("%" for growth, "" for a difference); ``formula`` shows the numbers."""

    computed: Interval
    exact: Decimal
    formula: str
    sign: str


def change(stated: Fact, this: Fact, last: Fact) -> Change | None:
    """The change that a stated one speaks of: growth in percent, or a difference (numbers, percentage points).

    Parameters: ``stated`` the fact that states the change; ``this`` and ``last`` the figures of the two years.
    Returns None when no growth can be computed because the base may be zero.
    """
    if stated.kind == MULTIPLE:
        times = this.interval.over(last.interval)
        if times is None or not last.value:
            return None
        more = Decimal(1) if stated.measure.endswith(_RISEN) else ZERO
        formula = f"{this.value:f} ÷ {last.value:f}" + (" − 1" if more else "")
        return Change(times.minus(Interval.exactly(more)), this.value / last.value - more, formula, "倍")
    if stated.kind == PERCENTAGE and this.kind != PERCENTAGE:
        computed, share = growth(this.interval, last.interval), percent_exact(this.value, last.value)
        if computed is None or share is None:
            return None
        return Change(computed, share - _HUNDRED, f"({this.value:f} − {last.value:f}) ÷ {last.value:f}", "%")
    return Change(this.interval.minus(last.interval), this.value - last.value, f"{this.value:f} − {last.value:f}", "")


def agrees(stated: Fact, found: Change, *, hedged: bool) -> Outcome:
    """How a stated change agrees with the computed one, its direction counted; ``expected`` has the sign of the statement."""
    computed, exact = as_stated(stated, found.computed, found.exact)
    return agreement(stated.value, stated.interval, computed, exact, hedged=hedged)


def both(share: Fact, this: Fact, difference: Fact) -> Outcome | None:
    """How a change in percent agrees with the same change in numbers; None when there is nothing to divide by.

    The growth is the difference as a share of what there was before, so that what is left open of ``this`` counts once.
    """
    fall = difference.direction == "down"
    last = this.value + difference.value if fall else this.value - difference.value
    before = this.interval.plus(difference.interval) if fall else this.interval.minus(difference.interval)
    computed, exact = percent(difference.interval, before), percent_exact(this.value, last)
    if computed is None or exact is None or last <= 0:
        return None
    found = Change(negative(computed) if fall else computed, exact - _HUNDRED, "", "%")
    return agrees(share, found, hedged=any(f.approx for f in (share, this, difference)))


def as_stated(stated: Fact, computed: Interval, exact: Decimal) -> tuple[Interval, Decimal]:
    """A computed change with the sign that the statement gives it: turned for a fall, and where neither a word nor its own
    sign tells the direction, never negative."""
    turned = stated.direction == "down" or (stated.direction is None and exact < 0 <= stated.value)
    return (negative(computed), -exact) if turned else (computed, exact)


def mean(stated: Fact, whole: Fact, number: Fact) -> Outcome | None:
    """How a stated average agrees with a total divided by a number of things; None where there may be none of these."""
    whole = weighed(whole, stated.unit)
    computed = whole.interval.over(number.interval)
    if computed is None:
        return None
    hedged = any(f.approx for f in (stated, whole, number))
    return agreement(stated.value, mean_bounds(stated), computed, whole.value / number.value, hedged=hedged)


def weighed(fact: Fact, unit: str) -> Fact:
    """A weight in the unit that another one is told in (1.89万吨 as 公斤); any other figure as it is."""
    own, other = _KILOGRAMS.get(fact.unit), _KILOGRAMS.get(unit)
    if own is None or other is None or own == other:
        return fact
    return replace(fact, value=fact.value * own / other, interval=fact.interval.times(own / other), unit=unit)


def mean_bounds(stated: Fact) -> Interval:
    """What a stated average may be of: one of counted things is rounded to its last digit (3户, 0.72处)."""
    if not stated.interval.exact:
        return stated.interval
    half = _HALF.scaleb(min(0, int(stated.value.as_tuple().exponent)))
    return Interval(stated.value - half, stated.value + half)


def miswritten(a: Decimal, b: Decimal) -> bool:
    """Whether two numbers of two digits and more differ as slips of the pen do (see ``digits_slip``)."""
    return digits_slip(*(f"{plain(n):f}".replace(".", "") for n in (a, b)))


def transposed(a: Decimal, b: Decimal) -> bool:
    """Whether two numbers differ by two neighbouring digits that changed places (8.5, 5.8)."""
    return miswritten(a, b) and sorted(f"{plain(a):f}") == sorted(f"{plain(b):f}")


def digits_slip(x: str, y: str) -> bool:
    """Whether two rows of two digits and more differ as slips of the pen do.

    One digit is another one, two neighbours changed places, or one digit was dropped.
    """
    if min(len(x), len(y)) < 2 or x == y:
        return False
    if len(x) == len(y):
        off = [i for i in range(len(x)) if x[i] != y[i]]
        return len(off) == 1 or (len(off) == 2 and off[1] == off[0] + 1 and x[off[0]] == y[off[1]] and x[off[1]] == y[off[0]])
    short, long = sorted((x, y), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
