"""Rules that speak of two years: their right and wrong examples (last year's words ⇒ this year's words) are their tests."""

from __future__ import annotations

import pytest

from tests.test_rules import RULES, TWO_YEARS

# Tables, headings and whole reports do not fit on a line: their rules are tested in test_carry, test_text and test_guards.
ELSEWHERE = {"carry.table", "section.lost", "guard.body", "guard.year", "guard.kind", "guard.file"}
COMPARED = [r for r in RULES.rules.values() if r.type in TWO_YEARS and r.id not in ELSEWHERE]


@pytest.mark.parametrize("rule", COMPARED, ids=lambda r: r.id)
def test_right_example(rule, compared):
    last, this = rule.right.split("⇒")
    assert not [f.message for f in compared(last.strip(), this.strip()).findings()]


@pytest.mark.parametrize("rule", COMPARED, ids=lambda r: r.id)
def test_wrong_example(rule, compared):
    last, this = rule.wrong.split("⇒")
    assert rule.id in {f.rule for f in compared(last.strip(), this.strip()).findings()}


@pytest.mark.parametrize("rule", RULES.carries.values(), ids=lambda c: c.id)
def test_carries_name_what_there_is(rule):
    assert rule.rule in RULES.rules and (rule.form is None or rule.form in RULES.forms)
    names = [rule.whole, *(term.lstrip("-").partition(":")[2] for term in rule.sum)]
    for name in names:
        if rule.form is None:
            assert name in RULES.indicators
        else:
            assert name.partition("/")[0] in {row.key for row in RULES.forms[rule.form].rows}
