"""Names of reporting bodies: spellings of one body meet, different bodies do not."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest

from extractor.text.bodies import Body, body, same_body

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "bodies.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("one", "other"), [p for c in CASES["same"] for p in itertools.product(c["orgs"], repeat=2)], ids=lambda x: x
)
def test_spellings_of_one_body(one, other):
    assert same_body(one, other)


@pytest.mark.parametrize("case", CASES["different"], ids=lambda c: c["orgs"][0])
def test_different_bodies(case):
    one, other = case["orgs"]
    assert not same_body(one, other) and not same_body(other, one)


@pytest.mark.parametrize("case", CASES["parts"], ids=lambda c: c["org"])
def test_parts(case):
    assert body(case["org"]) == Body(*case["body"])


def test_nothing_is_no_body():
    assert body("") == Body("", "") and not same_body("", "")
