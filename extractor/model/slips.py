"""Slips of the pen: whether one number may be another one miswritten once, and whether one slip would explain a mismatch.

Where the words around figures bind them only loosely, a mismatch that a single slip explains is told from figures that were
never meant to tie up: it is rare that figures of different things are one slip away from a relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from extractor.model import compare
from extractor.model.compare import digits_slip, miswritten, percent, percent_exact, rounded
from extractor.model.fact import Fact
from extractor.model.number import ZERO, Interval, plain

_MYRIAD, _HUNDRED, _TEN = Decimal(10_000), Decimal(100), Decimal(10)
_FEW = 12


def slip(a: Decimal, b: Decimal) -> bool:
    """Whether a clerk who meant one of two numbers may have written the other.

    A digit is another one, two neighbours changed places, a digit was dropped or doubled, or 元 stands for 万元.
    """
    if a <= 0 or b <= 0 or a == b:
        return False
    short, long = sorted((a, b))
    lone = short < _TEN and short == short.to_integral_value()
    if lone and (long == short * 11 or (long < _TEN and long == long.to_integral_value())):
        return True
    return miswritten(a, b) or long == short * _MYRIAD or _finer(short, long)


def _finer(short: Decimal, long: Decimal) -> bool:
    """Whether two round numbers of one size differ by a digit that was dropped behind the point (1.3万元, 1.23万元)."""
    if short.adjusted() != long.adjusted() or short % _HUNDRED or long % _HUNDRED:
        return False
    return digits_slip(*("".join(map(str, n.normalize().as_tuple().digits)) for n in (short, long)))


def sum_slip(whole: Fact, parts: Sequence[Fact], *, sure: bool = True) -> bool:
    """Whether one slip in the whole or in one part keeps the parts from making the whole.

    Numbers below ten are one slip from each other: where the words are not ``sure``, theirs explain nothing.
    """
    gap = whole.value - sum((p.value for p in parts), ZERO)
    if not gap:
        return False
    changes = [(whole.value, whole.value - gap), *((p.value, p.value + gap) for p in parts)]
    return any(slip(a, b) for a, b in changes if sure or max(a, b) >= _TEN)


def rate_slip(rate: Fact, part: Fact, whole: Fact) -> bool:
    """Whether one slip in one of three numbers keeps ``part`` of ``whole`` from being the stated percentage."""
    exact = percent_exact(part.value, whole.value)
    if exact is None or not rate.value:
        return False
    if not part.value:  # 0 for another digit: 应考9人，参考0人，参考率77.8%
        likely = (percent(Interval(d, d), whole.interval) for d in map(Decimal, range(1, 10)))
        return any(found is not None and found.meets(rate.interval) for found in likely)
    if rate.value == _HUNDRED:
        return slip(part.value, whole.value)
    if _percent_slip(rate, exact):
        return True
    low, high = rate.interval.low, rate.interval.high
    if not low or high is None:
        return False
    if any(low <= v <= high for v in _myriads(exact)):
        return True
    meant = Interval(low * whole.value / _HUNDRED, high * whole.value / _HUNDRED)
    base = Interval(part.value * _HUNDRED / high, part.value * _HUNDRED / low)
    return any(slip(part.value, v) for v in _within(meant, part)) or any(slip(whole.value, v) for v in _within(base, whole))


def change_slip(change: Fact, this: Fact, last: Fact) -> bool:
    """Whether one slip in one of three numbers keeps a stated change from leading from ``last`` to ``this``, or whether its
    percentage was reckoned on ``this``: a mistake as common as any of the pen (由45件到36件，下降25%)."""
    found = compare.change(change, this, last)
    if found is None or not change.value or this.value <= 0:
        return False
    sign = -1 if change.direction == "down" else 1
    if found.sign != "%":
        missing = sign * change.value - found.exact
        return any(
            slip(a, b)
            for a, b in (
                (change.value, sign * found.exact),
                (this.value, this.value + missing),
                (last.value, last.value - missing),
            )
        )
    if found.exact * sign > 0 and _percent_slip(change, found.exact * sign):
        return True
    low, high = change.interval.low, change.interval.high
    if low is None or high is None:
        return False
    if any(low <= sign * (_HUNDRED * r - _HUNDRED) <= high for r in _myriads(this.value / last.value)):
        return True
    if low <= sign * (_HUNDRED - _HUNDRED * last.value / this.value) <= high:
        return True
    ratios = sorted((_HUNDRED + sign * low, _HUNDRED + sign * high))
    if ratios[0] <= 0:
        return False
    meant = Interval(last.value * ratios[0] / _HUNDRED, last.value * ratios[1] / _HUNDRED)
    base = Interval(this.value * _HUNDRED / ratios[1], this.value * _HUNDRED / ratios[0])
    return any(slip(this.value, v) for v in _within(meant, this)) or any(slip(last.value, v) for v in _within(base, last))


def mean_slip(average: Fact, whole: Fact, number: Fact) -> bool:
    """Whether one slip in one of three numbers keeps ``whole`` over ``number`` from being the stated average."""
    bounds, whole = compare.mean_bounds(average), compare.weighed(whole, average.unit)
    low, high = bounds.low, bounds.high
    if low is None or high is None or low <= 0 or number.value <= 0 or whole.value <= 0:
        return False
    step = plain(high - low)
    exact = (whole.value / number.value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    if slip(average.value, plain(exact)) or any(low <= v <= high for v in _myriads(whole.value / number.value)):
        return True
    meant = Interval(low * number.value, high * number.value)
    things = Interval(whole.value / high, whole.value / low)
    return any(slip(whole.value, v) for v in _within(meant, whole)) or any(
        slip(number.value, v) for v in _within(things, number)
    )


def _percent_slip(rate: Fact, exact: Decimal) -> bool:
    """Whether a percentage is another one miswritten, zeros behind the point being written as finely as the rest."""
    low, high = rate.interval.low, rate.interval.high
    step = plain(high - low) if low is not None and high is not None else ZERO
    places = max(0, -int(step.as_tuple().exponent))
    written = f"{rate.value:.{places}f}".replace(".", "")
    same, coarser, finer = (f"{rounded(exact, p):.{p}f}".replace(".", "") for p in (places, max(0, places - 1), places + 1))
    if digits_slip(written, same) or (len(finer) > len(written) and digits_slip(written, finer)):
        return True
    return len(coarser) < len(written) and digits_slip(written, coarser)


def _myriads(value: Decimal) -> tuple[Decimal, Decimal]:
    """A quotient as it is where 元 stands for 万元 in one of its two numbers."""
    return value * _MYRIAD, value / _MYRIAD


def _within(interval: Interval, like: Fact) -> Iterator[Decimal]:
    """The numbers of an interval, written as finely as a fact is, or, where it is rounded, by one digit more, for that may
    have been dropped; none where they are many and say nothing."""
    low, high = like.interval.low, like.interval.high
    rough = high - low if low is not None and high is not None else ZERO
    if interval.low is None or interval.high is None:
        return
    for step in (rough, rough / _TEN) if rough > 0 else (Decimal(1),):
        if interval.high - interval.low > min(max(step * _FEW, interval.low / _HUNDRED), step * _HUNDRED):
            continue
        first = (interval.low / step).to_integral_value(ROUND_CEILING)
        last = (interval.high / step).to_integral_value(ROUND_FLOOR)
        for k in range(int(first), int(last) + 1):
            yield plain(k * step)
