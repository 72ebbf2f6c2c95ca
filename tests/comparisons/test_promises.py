"""Last year's plans and this year's answers (tests/cases/promises.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "promises.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_plans_are_answered(case, compared):
    found = [c.status for c in compared(case["last"], case["this"]).carried if c.rule == "change.promise"]
    assert found == case["plans"]
