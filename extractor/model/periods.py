"""How often a time that a figure is told of comes in a year: 12 months, 4 quarters, 365 or 366 days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.model.compare import Outcome, agreement, mean_bounds
from extractor.model.fact import FREQUENCY, Fact
from extractor.model.number import Interval

_TIMES = {
    "半年": (2,), "季度": (4,), "季": (4,), "两月": (6,), "月": (12,), "半月": (24,), "两周": (26,), "旬": (36,), "周": (52,),
    "日": (365, 366),
}  # fmt: skip
_MONTHS = re.compile("([一二三四六12346])个月")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "六": 6}


def times(per: str | None) -> tuple[int, ...]:
    """How many of a time (月, 季度, 3个月) a year has, of days also those of a leap year; nothing for what is no time."""
    if per is None:
        return ()
    if match := _MONTHS.fullmatch(per):
        return (12 // (_DIGITS.get(match[1]) or int(match[1])),)
    return _TIMES.get(per, ())


def of_year(often: Fact, whole: Fact) -> Iterator[tuple[int, Outcome]]:
    """How a figure of one time (每月1次, 日均24.5件) agrees with that of the year, for each number of times it may have."""
    hedged = often.approx is not None or whole.approx is not None
    for number in times(often.per):
        count = Decimal(number)
        if often.kind == FREQUENCY:
            made = often.interval.times(count)
            yield number, agreement(whole.value, whole.interval, made, often.value * count, hedged=hedged)
        elif (mean := whole.interval.over(Interval.exactly(count))) is not None:
            yield number, agreement(often.value, mean_bounds(often), mean, whole.value / count, hedged=hedged)
