"""A clerk's slip in a checkable figure is caught: one digit off, two digits swapped, plus or minus one.

Every arithmetic relation that passes exactly is taken, one of its numbers is changed in the text, and the same relation
must fail, unless rounding truly allows the changed number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from extractor.model import Check, Fact, Report
from extractor.pipeline import extract
from extractor.readers import read
from extractor.rules import Ruleset
from tests.conftest import CORPUS, SHARED, document_of, reports_of

RULES = Ruleset()
CHECKED = (
    "sum.parts",
    "sum.balance",
    "rate.quotient",
    "growth.base",
    "growth.both",
    "conflict.restated",
    "table.sum",
    "table.row",
)
REPORTS = [p for f in ("develop", "holdout") for p in reports_of(CORPUS / f)]
if SHARED.is_dir():
    REPORTS += [SHARED / "data" / "seed.txt"]
ENOUGH = 0.9


def slips(number: str) -> list[str]:
    """The number with one digit off, with two neighbouring digits swapped, and one more or less."""
    places = [i for i, c in enumerate(number) if c.isdigit()]
    found = []
    last = places[-1]
    digit = int(number[last])
    found.append(number[:last] + str((digit + 3) % 10) + number[last + 1 :])
    if digit < 9:
        found.append(number[:last] + str(digit + 1) + number[last + 1 :])
    for a, b in pairwise(places):
        if b == a + 1 and number[a] != number[b] and (a or number[b] != "0"):
            found.append(number[:a] + number[b] + number[a] + number[b + 1 :])
            break
    return [f for f in found if f != number]


def hidden(check: Check, fact: Fact, changed: Decimal, report: Report) -> bool:
    """Whether rounding, a hedge or a second reading truly hides a slip: rates and growths by rough recomputation."""
    facts = {f.id: f for f in report.facts}
    used = [facts[f] for f in check.facts]
    if any(f.approx for f in used):
        return True
    value = {f.id: (changed if f.id == fact.id else f.value) for f in used}
    if check.rule == "rate.quotient" and len(used) == 3:
        rate, part, whole = (value[f.id] for f in used)
        step = used[0].interval.high - used[0].interval.low
        return bool(whole) and abs(part * 100 / whole - rate) <= step
    if check.rule == "growth.base" and len(used) == 3:
        change, this, last = (value[f.id] for f in used)
        if used[0].kind == "percentage" and used[1].kind != "percentage":
            step = used[0].interval.high - used[0].interval.low
            return bool(last) and abs(abs(this - last) * 100 / last - change) <= step
    if check.rule == "growth.both":
        change, this, difference = (value[f.id] for f in used)
        sign = -1 if used[2].direction == "down" else 1
        last = this - sign * difference
        return bool(last) and abs(difference * 100 / last - change) <= used[0].interval.high - used[0].interval.low
    return (
        check.rule == "sum.parts"
        and used[0].kind == "amount"
        and abs(changed - fact.value) <= sum((f.interval.high - f.interval.low for f in used), Decimal(0))
    )


def by_value(check: Check, report: Report) -> bool:
    """Whether only the values bind the figures (no word does), so that a changed value leaves no relation."""
    used = set(check.facts)
    return any(
        {r.whole, *r.parts} == used and r.basis in ("同数", "结果", "合计", "试配", "余数", "再提") for r in report.relations
    )


def outcomes(path: Path) -> tuple[int, int, list[str]]:
    """How many slips there were, how many were caught, and those that were not."""
    document = read(path)
    report = extract(document, RULES)
    facts = {f.id: f for f in report.facts}
    total = caught = 0
    missed = []
    for check in report.checks:
        if check.status != "pass" or check.rule not in CHECKED or len(check.facts) < 2 or by_value(check, report):
            continue
        fact = facts[check.facts[0]]
        written = re.search(r"[0-9][0-9.]*", fact.text)
        if written is None or (fact.cell is not None and check.rule.startswith("rate")):
            continue
        for slip in slips(written.group()):
            start = fact.span[0] + document.text[fact.span[0] : fact.span[1]].find(written.group())
            if document.text[start : start + len(written.group())] != written.group():
                continue
            scale = fact.value / Decimal(written.group()) if Decimal(written.group()) else Decimal(1)
            if hidden(check, fact, Decimal(slip) * scale, report):
                continue
            changed = document.text[:start] + slip + document.text[start + len(written.group()) :]
            again = extract(document_of(changed), RULES)
            at = {f.id: f.span[0] for f in again.facts}
            wanted = fact.span[0]
            total += 1
            if any(c.status == "fail" and wanted in {at[f] for f in c.facts} for c in again.checks):
                caught += 1
            else:
                missed.append(f"{path.name}: {check.rule}: {check.formula}: {fact.text} -> {slip}")
    return total, caught, missed


@pytest.mark.slow
@pytest.mark.skipif(not REPORTS, reason="no reports")
@pytest.mark.slow
def test_slips_are_caught():
    results = [outcomes(path) for path in REPORTS]
    total, caught = (sum(r[i] for r in results) for i in (0, 1))
    missed = "\n".join(m for r in results for m in r[2])
    assert total and caught / total >= ENOUGH, f"{caught} of {total} caught; missed:\n{missed}"


@pytest.mark.parametrize("path", [p for p in REPORTS if p.name == "seed.txt"], ids=lambda p: p.name)
def test_unchanged_report_raises_nothing(path):
    report = extract(read(path), RULES)
    assert not [c for c in report.checks if c.status == "crashed" or (c.status == "fail" and c.severity == "error")]
