"""What a failed check asks of its numbers, so that other numbers can be tried in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from extractor.model import Fact, Interval
from extractor.model.number import ZERO, plain

Facts: TypeAlias = Sequence[Fact]


class Equation(NamedTuple):
    """``holds`` tells of facts in the order of ``facts`` whether they tie up; ``needed`` gives the value that the fact at an
    index would have to have for that, the others being right (None when there is none, or not one)."""

    facts: tuple[Fact, ...]
    holds: Callable[[Facts], bool]
    needed: Callable[[Facts, int], Decimal | None]

    def with_value(self, index: int, value: Decimal) -> bool:
        """Whether the check passes with another value in the place of one number."""
        facts = list(self.facts)
        facts[index] = changed(facts[index], value)
        return self.holds(facts)


def changed(fact: Fact, value: Decimal) -> Fact:
    """The fact with another value, known as well as the one that was written."""
    low, high = fact.interval.low, fact.interval.high
    if fact.approx or low is None or high is None:
        return replace(fact, value=value, interval=Interval.exactly(value), approx=None)
    return replace(fact, value=value, interval=Interval(value - (fact.value - low), value + (high - fact.value)))


def sum_needed(facts: Facts, index: int) -> Decimal:
    """For whole = sum of parts, the whole standing first."""
    gap = facts[0].value - sum([f.value for f in facts[1:]], ZERO)
    return plain(facts[index].value - gap if index == 0 else facts[index].value + gap)


def equal_needed(facts: Facts, index: int) -> Decimal:
    """For two statements of one number."""
    return facts[1 - index].value


def within(facts: Facts) -> bool:
    """Whether the second number can be a part of the first."""
    low, high = facts[1].interval.low, facts[0].interval.high
    return low is None or high is None or low <= high


def no_value(facts: Facts, index: int) -> None:
    """A bound asks for no value of its own."""
