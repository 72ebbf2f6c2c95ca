"""Final accounts (tests/cases/accounts.toml): what is verified, what is caught, and no false alarm."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractor.model import Outline, ReportInfo
from extractor.relations.ledger import Ledger
from extractor.rules import Ruleset

RULES = Ruleset()
BOOK = Ledger((), Outline(report=ReportInfo(kind="", title="", org=None, year=None), sections=(), passages=()), RULES)
CASES = tomllib.loads((Path(__file__).parent / "cases" / "accounts.toml").read_text(encoding="utf-8"))["case"]
HEAD = "云溪镇2023年度部门决算公开说明\n第二部分 2023年度部门决算情况说明\n"
ARITHMETIC = ("sum", "rate", "growth", "conflict", "bound")


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_accounts_are_checked(case, report_of):
    report = report_of(HEAD + case["text"])
    said = {f.id: f.text for f in report.facts}
    for number, measure in case.get("measures", ()):
        assert measure in [f.measure for f in report.facts if f.text == number]
    found = {s: [(c.type, {said[f] for f in c.facts}) for c in report.checks if c.status == s] for s in ("pass", "fail")}
    for status, checks in found.items():
        for sort, numbers in case.get(status, ()):
            assert (sort, set(numbers)) in checks, (status, checks)
    expected = [(sort, set(numbers)) for sort, numbers in case.get("fail", ())]
    assert not [c for c in found["fail"] if c[0] in ARITHMETIC and c not in expected]


@pytest.mark.parametrize(("account", "text"), [(a, x) for a in RULES.accounts.values() for x in a.examples])
def test_account_is_named(account, text):
    found = BOOK.read(text)
    assert found is not None and found[1] is account


@pytest.mark.parametrize(("account", "text"), [(a, x) for a in RULES.accounts.values() for x in a.counterexamples])
def test_account_is_not_named(account, text):
    found = BOOK.read(text)
    assert found is None or found[1] is not account


def test_accounts_name_accounts():
    named = {x for a in RULES.accounts.values() for x in (*a.parts, *a.optional, *a.same)}
    assert named <= RULES.accounts.keys()
