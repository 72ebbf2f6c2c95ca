"""Rates against numerator and denominator, and rates over 100 percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.equation import Equation, Facts
from extractor.checks.frame import Frame, as_written, hedged
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS
from extractor.model.compare import (
    EXACT,
    HEDGED,
    NO,
    TRUNCATED,
    Outcome,
    agreement,
    complement,
    mean,
    percent,
    percent_exact,
    rounded,
    together,
    weighed,
)
from extractor.model.fact import FREQUENCY
from extractor.model.number import plain
from extractor.model.periods import of_year

_HUNDRED = Decimal(100)
_MAY_EXCEED = re.compile(r"完成|增|升|任务|计划|预算|目标|达到|进度|负债|利用|倍|上年|去年|同期|产能|超额|保值")
_COMMA = re.compile(r"[，。；：]")
_OF_WHOLE = re.compile(r"率$|占|比例$")


def check(frame: Frame) -> Iterator[Check]:
    """Every ``rate`` relation of the report."""
    for relation in frame.relations:
        if relation.type != "rate" or relation.basis == "每个":  # so many each: product.total
            continue
        rate = frame.fact[relation.whole]
        numbers = [frame.fact[p] for p in relation.parts]
        if relation.basis == "平均":
            yield _average(frame, rate, *numbers)
            continue
        if relation.basis == "全年折算":
            yield _of_year(frame, rate, *numbers)
            continue
        if relation.basis == "余下":  # 抽检60批次，不合格3批次，合格率95%
            others, whole = numbers
            yield _quotient(frame, "rate.rest", (rate, complement(others, whole), whole), (rate, *numbers))
            continue
        if len(numbers) == 1:
            yield frame.verdict(
                "rate.quotient",
                PASS,
                "all",
                facts=(rate, *numbers),
                formula=f"{numbers[0].value:f} ÷ {numbers[0].value:f} = 100%",
                reported=rate.value,
                expected=_HUNDRED,
                outcome=Outcome(EXACT, _HUNDRED, rate.value - _HUNDRED),
                rate_measure=rate.measure,
                rate=rate.text,
            )
            continue
        yield _quotient(frame, "rate.quotient", (rate, together(numbers[:-1]), numbers[-1]), (rate, *numbers))


def _quotient(frame: Frame, rule: str, used: tuple[Fact, Fact, Fact], told: tuple[Fact, ...]) -> Check:
    """The verdict on rate, part and whole. Parameters: ``told`` the facts that they were made of, as the text states them."""
    rate, part, whole = used
    outcome = quotient(used)
    if outcome is None or outcome.expected is None:
        raise ValueError(f"a rate over {whole.text} has no value")
    exact = outcome.expected
    places = decimals(rate.value)
    made = rounded(exact, max(2, places + 1))
    key = {NO: "fail", TRUNCATED: "truncated", HEDGED: "hedged"}.get(outcome.how, "pass")
    # 25.548% told as 25.6%: rounded twice, or so that the shares make a hundred.
    slight = key == "fail" and abs(exact - rate.value) < Decimal(1).scaleb(-places)
    short_of_all = key == "fail" and rule == "rate.quotient" and rate.value == _HUNDRED and part.value < whole.value
    return frame.verdict(
        "rate.hundred" if short_of_all else rule,
        PASS if outcome.agrees else FAIL,
        key,
        facts=told,
        severity="warning" if key == "fail" and (slight or hedged(used)) else None,
        formula=f"{part.value:f} ÷ {whole.value:f} = {made:f}% {'→' if outcome.agrees else '≠'} {rate.value:f}%",
        reported=rate.value,
        expected=rounded(exact, places) if outcome.agrees else rounded(exact),
        outcome=outcome,
        equation=Equation(told, rate_holds, rate_needed) if rule == "rate.quotient" else None,
        rate=rate.text,
        rate_measure=rate.measure,
        part="+".join(f.text for f in told[1:-1]),
        left_out=told[1].text,
        whole=whole.text,
        computed=f"{made:f}%",
        rounded=f"{rounded(exact, places):f}%",
    )


def _average(frame: Frame, average: Fact, whole: Fact, number: Fact) -> Check:
    used = (average, whole, number)
    total = weighed(whole, average.unit)
    outcome = mean(*used)
    if outcome is None or outcome.expected is None:
        raise ValueError(f"no average over {number.text}")
    good = outcome.agrees
    made = rounded(outcome.expected)
    return frame.verdict(
        "rate.average",
        PASS if good else FAIL,
        "pass" if good else "fail",
        facts=used,
        formula=f"{plain(total.value):f} ÷ {number.value:f} = {made:f} {'→' if good else '≠'} {average.value:f}",
        reported=average.value,
        expected=made,
        outcome=outcome,
        equation=Equation(used, average_holds, average_needed),
        measure=average.measure,
        average=average.text,
        whole=whole.text,
        number=number.text,
        made=as_written(outcome.expected, average),
    )


def _of_year(frame: Frame, often: Fact, whole: Fact) -> Check:
    """The verdict on what is told of one time and of the year; days may be those of a leap year."""
    number, outcome = next((made for made in of_year(often, whole) if made[1].agrees), next(of_year(often, whole)))
    if outcome.expected is None:
        raise ValueError(f"{often.text} makes nothing in a year")
    good, made = outcome.agrees, rounded(outcome.expected)
    each = often.kind == FREQUENCY
    stated, told = (whole, f"{often.value:f} × {number}") if each else (often, f"{whole.value:f} ÷ {number}")
    return frame.verdict(
        "rate.period",
        PASS if good else FAIL,
        "pass" if good else "fail",
        facts=(often, whole),
        formula=f"{told} = {made:f} {'→' if good else '≠'} {stated.value:f}",
        reported=stated.value,
        expected=made,
        outcome=outcome,
        measure=often.measure,
        often=often.text,
        whole=whole.text,
        number=number,
        made=as_written(outcome.expected, stated),
    )


def average_holds(facts: Facts) -> bool:
    """Whether the first number is the second by the third."""
    found = mean(*facts)
    return found is not None and found.agrees


def average_needed(facts: Facts, index: int) -> Decimal | None:
    """The average to its own decimals; the total and the number of things are not asked for."""
    total = weighed(facts[1], facts[0].unit).value
    return rounded(total / facts[2].value, decimals(facts[0].value)) if index == 0 and facts[2].value else None


def quotient(facts: Facts) -> Outcome | None:
    """How rate, parts (together) and whole agree; None when the whole may be zero."""
    rate, part, whole = facts[0], together(facts[1:-1]), facts[-1]
    computed, exact = percent(part.interval, whole.interval), percent_exact(part.value, whole.value)
    if computed is None or exact is None:
        return None
    return agreement(rate.value, rate.interval, computed, exact, hedged=hedged(facts))


def rate_holds(facts: Facts) -> bool:
    """Whether rate, parts and whole tie up."""
    found = quotient(facts)
    return found is not None and found.agrees


def rate_needed(facts: Facts, index: int) -> Decimal | None:
    """The rate to its own decimals; parts and whole as whole numbers where they count things."""
    rate, part, whole = facts[0], together(facts[1:-1]), facts[-1]
    if index == 0:
        return rounded(part.value * _HUNDRED / whole.value, decimals(rate.value)) if whole.value else None
    if facts[index] is whole:
        return rounded(part.value * _HUNDRED / rate.value, 0) if rate.value else None
    return rounded(rate.value * whole.value / _HUNDRED, 0) - (part.value - facts[index].value)


def decimals(value: Decimal) -> int:
    """How many digits a value has after the point."""
    return max(0, -int(value.as_tuple().exponent))


def check_range(frame: Frame) -> Iterator[Check]:
    """Rates of a part to its whole that exceed 100 percent."""
    for fact in frame.facts:
        if (
            fact.kind == "percentage"
            and fact.direction is None
            and fact.interval.low is not None
            and fact.interval.low > _HUNDRED
            and _OF_WHOLE.search(fact.measure)
            and not _MAY_EXCEED.search(fact.measure)
            and not _MAY_EXCEED.search(_COMMA.split(frame.before(fact, None))[-1])
        ):
            yield frame.verdict(
                "rate.range",
                FAIL,
                "fail",
                facts=(fact,),
                formula=f"{fact.value:f}% > 100%",
                reported=fact.value,
                expected=_HUNDRED,
                rate=fact.text,
                rate_measure=fact.measure,
            )
