"""Closed intervals of decimals: what a reported number may stand for.

The ends are closed on purpose (as in XBRL Calculations 1.1): nothing is assumed about how a half was rounded.
An end that is ``None`` is unbounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

ZERO = Decimal(0)
_ONE = Decimal(1)


def plain(value: Decimal) -> Decimal:
    """The same value without exponent and without zeros that say nothing (``1E+3`` -> ``1000``, ``99.0`` -> ``99``)."""
    if value.same_quantum(_ONE):
        return value + ZERO  # no negative zero
    if value == value.to_integral_value():
        return value.quantize(_ONE) + ZERO
    return value.normalize()


def digits(value: Decimal) -> int:
    """How many digits tell a value, without the noughts at its end (3000 is told by one): few are soon equal by chance."""
    return len(f"{value.normalize():f}".replace(".", "").rstrip("0"))


class Interval(Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """The values a number may stand for, both ends included; ``None`` is no end."""

    low: Decimal | None
    high: Decimal | None

    @classmethod
    def exactly(cls, value: Decimal) -> Interval:
        return cls(value, value)

    def plain(self) -> Interval:
        """The same values, the ends written without exponent."""
        low = None if self.low is None else plain(self.low)
        if self.high is self.low:
            return Interval(low, low)
        return Interval(low, None if self.high is None else plain(self.high))

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def width(self) -> Decimal:
        """How far apart the ends are; 0 where one is open."""
        return ZERO if self.low is None or self.high is None else self.high - self.low

    @property
    def bounded(self) -> bool:
        return self.low is not None and self.high is not None

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies in the interval."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def meets(self, other: Interval) -> bool:
        """Whether the two intervals share a value."""
        return (self.low is None or other.high is None or self.low <= other.high) and (
            other.low is None or self.high is None or other.low <= self.high
        )

    def plus(self, other: Interval) -> Interval:
        return Interval(_both(self.low, other.low, 1), _both(self.high, other.high, 1))

    def minus(self, other: Interval) -> Interval:
        return Interval(_both(self.low, other.high, -1), _both(self.high, other.low, -1))

    def times(self, factor: Decimal) -> Interval:
        """Every value times a factor that is not negative."""
        return Interval(None if self.low is None else self.low * factor, None if self.high is None else self.high * factor)

    def over(self, other: Interval) -> Interval | None:
        """The quotients of two intervals without negative values; ``None`` when the divisor may be zero."""
        if other.low is None or other.low <= 0 or self.low is None or self.low < 0:
            return None
        low = ZERO if other.high is None else self.low / other.high
        return Interval(low, None if self.high is None else self.high / other.low)

    def __str__(self) -> str:
        if self.exact and self.low is not None:
            return f"{plain(self.low):f}"
        low = "-∞" if self.low is None else f"{plain(self.low):f}"
        high = "∞" if self.high is None else f"{plain(self.high):f}"
        return f"[{low}, {high}]"


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals (``[0, 0]`` for none)."""
    low: Decimal | None = ZERO
    high: Decimal | None = ZERO
    for interval in intervals:
        low = None if low is None or interval.low is None else low + interval.low
        high = None if high is None or interval.high is None else high + interval.high
    return Interval(low, high)


def _both(a: Decimal | None, b: Decimal | None, sign: int) -> Decimal | None:
    return None if a is None or b is None else a + sign * b
