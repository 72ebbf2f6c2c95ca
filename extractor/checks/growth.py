"""Stated changes against the two figures they lead from and to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from extractor.checks.equation import Equation, Facts, sum_needed
from extractor.checks.frame import Frame, hedged, shown
from extractor.checks.rates import decimals
from extractor.checks.sums import adds_up
from extractor.model import Check, Fact, compare
from extractor.model.check import FAIL, PASS
from extractor.model.compare import (
    EXACT,
    HEDGED,
    NO,
    ROUNDED,
    TRUNCATED,
    Outcome,
    rounded,
)
from extractor.model.fact import PERCENTAGE

_HUNDRED = Decimal(100)


def check(frame: Frame) -> Iterator[Check]:
    """Every ``growth`` relation of the report."""
    for relation in frame.relations:
        if relation.type != "growth":
            continue
        change = frame.fact[relation.whole]
        first, second = (frame.fact[p] for p in relation.parts)
        if relation.basis == "由…到…":
            yield _difference(frame, change, first, second)
        elif relation.basis == "增减数与幅度":
            yield _both(frame, change, first, second)
        else:
            yield _ends(frame, change, first, second)


def _ends(frame: Frame, change: Fact, this: Fact, last: Fact) -> Check:
    found = compare.change(change, this, last)
    formula, sign = (found.formula, found.sign.replace("倍", "")) if found else ("", "")
    return _verdict(frame, "growth.base", (change, this, last), ends, formula, sign)


def _both(frame: Frame, change: Fact, this: Fact, difference: Fact) -> Check:
    if both((change, this, difference)) is None:
        return frame.verdict(
            "growth.both",
            FAIL,
            "impossible",
            facts=(change, this, difference),
            formula=f"{difference.value:f} ≥ {this.value:f}",
            reported=difference.value,
            measure=this.measure,
            this=this.text,
            last=difference.text,
        )
    formula = f"{difference.value:f} ÷ {_before(this, difference):f}"
    return _verdict(frame, "growth.both", (change, this, difference), both, formula, "%")


def _relative(change: Fact, this: Fact) -> bool:
    """Whether a change is in percent of what it is a change of (and not in points)."""
    return change.kind == PERCENTAGE and this.kind != PERCENTAGE


def _before(this: Fact, difference: Fact) -> Decimal:
    return this.value - (-difference.value if difference.direction == "down" else difference.value)


def ends(facts: Facts) -> Outcome | None:
    """How a stated change agrees with this and last year's figures; None when there is nothing to divide by."""
    found = compare.change(*facts)
    return None if found is None else compare.agrees(facts[0], found, hedged=hedged(facts))


def both(facts: Facts) -> Outcome | None:
    """How a change in percent agrees with the same change in numbers; None when there is nothing to divide by."""
    return compare.both(*facts)


def _verdict(
    frame: Frame,
    rule: str,
    used: tuple[Fact, Fact, Fact],
    judge: Callable[[Facts], Outcome | None],
    formula: str,
    sign: str,
) -> Check:
    change, this, last = used
    outcome = judge(used)
    if outcome is None or outcome.expected is None:
        raise ValueError(f"no change can be computed from {this.text} and {last.text}")
    value = outcome.expected
    down = change.direction == "down"
    key = {NO: "fail", TRUNCATED: "truncated", HEDGED: "hedged"}.get(outcome.how, "pass")
    if key == "fail" and value < 0:
        key = "direction"
    mark = "=" if outcome.how in (EXACT, ROUNDED) else "→" if outcome.agrees else "≠"

    def holds(facts: Facts) -> bool:
        found = judge(facts)
        return found is not None and found.agrees

    return frame.verdict(
        rule,
        PASS if outcome.agrees else FAIL,
        key,
        facts=used,
        severity="warning" if not outcome.agrees and hedged(used) else None,
        formula=f"{formula} = {rounded(-value if down else value):f}{sign} {mark} {'−' if down else ''}{change.text}",
        reported=change.value,
        expected=rounded(value),
        outcome=outcome,
        equation=Equation(used, holds, lambda facts, index: _needed(facts, index, judge)),
        measure=this.measure,
        change=change.text,
        this=this.text,
        last=last.text,
        computed=f"{rounded(abs(value)):f}{sign or change.unit}",
    )


def _needed(facts: Facts, index: int, judge: Callable[[Facts], Outcome | None]) -> Decimal | None:
    """The change to its own decimals, or this year's figure from the other two."""
    change, this, last = facts
    if index == 0:
        found = judge(facts)
        return None if found is None or found.expected is None else rounded(found.expected, decimals(change.value))
    if index == 1 and judge is ends:
        step = change.value if change.direction != "down" else -change.value
        return rounded(last.value * (_HUNDRED + step) / _HUNDRED, 0) if _relative(change, this) else last.value + step
    return None


def _difference(frame: Frame, this: Fact, last: Fact, new: Fact) -> Check:
    exact = this.value - last.value
    agrees = exact == new.value
    return frame.verdict(
        "growth.base",
        PASS if agrees else FAIL,
        "pass" if agrees else "fail",
        facts=(this, last, new),
        formula=f"{this.value:f} − {last.value:f} = {exact:f}",
        reported=new.value,
        expected=exact,
        outcome=Outcome(EXACT if agrees else NO, exact, new.value - exact),
        equation=Equation((this, last, new), adds_up, sum_needed),
        measure=this.measure,
        change=new.text,
        this=this.text,
        last=last.text,
        computed=shown(exact, this),
    )
