"""Stated changes against the two figures they lead from and to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.frame import Frame, hedged, shown
from extractor.model import Check, Fact, Interval
from extractor.model.check import FAIL, PASS
from extractor.model.compare import HEDGED, NO, TRUNCATED, agreement, growth, negative, percent_exact, rounded
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
    if change.kind == PERCENTAGE and this.kind != PERCENTAGE:
        computed = growth(this.interval, last.interval)
        share = percent_exact(this.value, last.value)
        exact = None if share is None else share - _HUNDRED
        formula = f"({this.value:f} − {last.value:f}) ÷ {last.value:f}"
        sign = "%"
    else:
        computed, exact = this.interval.minus(last.interval), this.value - last.value
        formula = f"{this.value:f} − {last.value:f}"
        sign = ""
    if computed is None or exact is None:
        raise ValueError(f"no change can be computed from {last.text}")
    return _verdict(frame, "growth.base", change, this, last, computed, exact, formula, sign)


def _both(frame: Frame, change: Fact, this: Fact, difference: Fact) -> Check:
    sign = -1 if difference.direction == "down" else 1
    last = this.value - sign * difference.value
    before = this.interval.minus(difference.interval) if sign > 0 else this.interval.plus(difference.interval)
    computed, exact = growth(this.interval, before), percent_exact(this.value, last)
    if computed is None or exact is None:
        raise ValueError(f"no change can be computed from {this.text} and {difference.text}")
    formula = f"{difference.value:f} ÷ {last:f}"
    return _verdict(frame, "growth.both", change, this, difference, computed, exact - _HUNDRED, formula, "%")


def _verdict(
    frame: Frame,
    rule: str,
    change: Fact,
    this: Fact,
    last: Fact,
    computed: Interval,
    exact: Decimal,
    formula: str,
    sign: str,
) -> Check:
    used = (change, this, last)
    directed, value = (negative(computed), -exact) if change.direction == "down" else (computed, exact)
    outcome = agreement(change.value, change.interval, directed, value, hedged=hedged(used))
    key = {NO: "fail", TRUNCATED: "truncated", HEDGED: "hedged"}.get(outcome.how, "pass")
    if key == "fail" and value < 0:
        key = "direction"
    size = rounded(abs(exact))
    mark = "=" if outcome.how in ("exact", "rounded") else "→" if outcome.agrees else "≠"
    return frame.verdict(
        rule,
        PASS if outcome.agrees else FAIL,
        key,
        facts=used,
        severity="warning" if not outcome.agrees and hedged(used) else None,
        formula=f"{formula} = {rounded(exact):f}{sign} {mark} {'−' if change.direction == 'down' else ''}{change.text}",
        reported=change.value,
        expected=rounded(value),
        measure=this.measure,
        change=change.text,
        this=this.text,
        last=last.text,
        computed=f"{size:f}{sign or change.unit}",
    )


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
        measure=this.measure,
        change=new.text,
        this=this.text,
        last=last.text,
        computed=shown(exact, this),
    )
