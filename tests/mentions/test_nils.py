"""Declared zeros: what clauses say that there was none of, and clauses that say no such thing (tests/cases/nils.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractor.mentions.nil import Nils
from extractor.rules import Ruleset
from extractor.text.normalize import flow

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "nils.toml").read_text(encoding="utf-8"))
NILS = Nils(Ruleset())


@pytest.mark.parametrize(("clause", "what"), CASES["declared"], ids=[c for c, _ in CASES["declared"]])
def test_zero_is_declared(clause, what):
    [found] = NILS.scan(flow(f"今年以来，{clause}。", 0)[0], 0)
    assert found.label == what and found.text in clause


@pytest.mark.parametrize("clause", CASES["none"])
def test_no_zero_is_declared(clause):
    assert not NILS.scan(flow(f"今年以来，{clause}。", 0)[0], 0)
