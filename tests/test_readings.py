"""Sentences and what must be read from them (tests/cases/readings.toml): measures, lists, and no false alarm."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractor import extract
from extractor.readers import read_bytes
from extractor.rules import Ruleset

CASES = tomllib.loads((Path(__file__).parent / "cases" / "readings.toml").read_text(encoding="utf-8"))["case"]
HEAD = "云溪镇人民政府2023年法治政府建设年度报告\n一、主要举措和成效\n"
ARITHMETIC = ("sum", "rate", "growth", "conflict", "bound")
RULES = Ruleset()


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_sentence_is_read(case):
    report = extract(read_bytes("case.txt", (HEAD + case["text"]).encode()), RULES)
    said = {f.text: f for f in reversed(report.facts)}
    for number, words in case.get("facts", ()):
        assert words in said[number].measure, said[number].measure
    for number, words in case.get("avoid", ()):
        assert words not in said[number].measure, said[number].measure
    for part, whole in case.get("parts", ()):
        assert said[part].part_of == said[whole].id, (part, said[part].part_of)
    assert not [c.message for c in report.checks if c.type in ARITHMETIC and c.status == "fail"]
