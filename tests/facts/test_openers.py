"""What is looked at first to spare dear expressions never hides what they would find."""

from __future__ import annotations

import re
from pathlib import Path

from extractor.facts.openers import OPENERS

GAPS = {
    g for p in (Path(__file__).parents[2] / "corpus").rglob("*.txt") for g in re.split(r"\d+", p.read_text(encoding="utf-8"))
}


def test_openers_hold_a_character_that_they_need():
    assert GAPS
    for name, needs, pattern in OPENERS:
        hidden = [g for g in GAPS if not any(c in g for c in needs) and pattern.search(g)]
        assert not hidden, name
