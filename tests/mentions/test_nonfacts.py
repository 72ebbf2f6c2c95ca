"""The short ways by which numbers are ruled out give the answer of trying every rule in turn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.mentions.nonfacts import NonFacts
from extractor.rules import Ruleset
from extractor.text.normalize import flow
from extractor.text.numerals import NUMERAL

RULES = Ruleset()
TEXTS = sorted((Path(__file__).parents[2] / "corpus" / "develop").glob("*.txt"))[::5]


def in_turn(text: str, start: int, end: int) -> str | None:
    before = text[max(0, start - 16) : start]
    for rule in RULES.nonfacts.values():
        looks = (re.search(f"(?:{rule.before.removesuffix('$')})$", before), re.compile(rule.after).match(text, end))
        if all(looks) and (not rule.number or re.fullmatch(rule.number, text[start:end])):
            return rule.id
    return None


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_every_rule_in_turn_says_the_same(path):
    nonfacts = NonFacts(RULES)
    text = flow(path.read_text(encoding="utf-8"), 0)[0]
    for match in NUMERAL.finditer(text):
        assert nonfacts.rule(text, *match.span()) == in_turn(text, *match.span()), match
