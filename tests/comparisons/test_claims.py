"""Claims about last year, held against last year's own words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "claims.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_claim(case, compared):
    found = compared(case["last"], case["this"])
    assert [c.status for c in found.claims] == case["claims"], [c.message for c in found.claims]


def test_a_contradicted_claim_names_both_sentences(compared):
    found = compared("全年受理矛盾纠纷60件。", "全年受理矛盾纠纷72件，同比增长30%。")
    (finding,) = found.findings()
    assert finding.severity == "error" and "60件" in finding.message and "30%" in finding.message
    assert finding.formula == "(72 − 60) ÷ 60 = 20% ≠ 30%"
    assert [found.last.facts[f].sentence for f in finding.last_facts] == ["全年受理矛盾纠纷60件。"]
    assert all("72件，同比增长30%" in found.this.facts[f].sentence for f in finding.this_facts)


def test_a_claim_is_never_judged_by_an_uncertain_partner(compared):
    """What last year's report does not name for certain accuses nobody."""
    found = compared("全年组织各类活动12次，参加会议30次。", "全年开展法治体检150家，增长19%。")
    assert all(c.status != "fail" for c in found.claims)
