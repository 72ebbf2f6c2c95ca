"""Sentences and what must be read from them: measures, lists and no false alarm (tests/cases/readings.toml); what ties up and
what does not (tests/cases/ties.toml, and with tables tests/cases/tabular.toml)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from extractor import extract
from extractor.facts.openers import OPENERS
from extractor.readers import read_bytes
from extractor.rules import Ruleset
from tests.conftest import CORPUS

FOLDER = Path(__file__).parent / "cases"
CASES, TEXT, TABULAR = (
    tomllib.loads((FOLDER / f"{n}.toml").read_text(encoding="utf-8"))["case"] for n in ("readings", "ties", "tabular")
)
TIES = [*TEXT, *TABULAR]
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
    for number, year, status in case.get("status", ()):
        assert (said[number].period.year or 0, said[number].status) == (year, status), number
    assert not [c.message for c in report.checks if c.type in ARITHMETIC and c.status == "fail"]


@pytest.mark.parametrize("case", TIES, ids=[c["name"] for c in TIES])
def test_sentence_ties_up(case):
    report = extract(read_bytes("case.txt", (HEAD + case["text"]).encode()), RULES)
    text = {f.id: f.text for f in report.facts}
    found = {s: [sorted(text[f] for f in c.facts) for c in _arithmetic(report, s)] for s in ("pass", "fail")}
    for numbers in case.get("verified", ()):
        assert sorted(numbers) in found["pass"], [c.formula for c in _arithmetic(report, "pass")]
    for numbers in case.get("caught", ()):
        assert sorted(numbers) in found["fail"], [c.formula for c in _arithmetic(report, "pass")]
    warned = [sorted(text[f] for f in c.facts) for c in _arithmetic(report, "fail") if c.severity == "warning"]
    for numbers in case.get("warned", ()):
        assert sorted(numbers) in warned, warned
    assert len(found["fail"]) == len(case.get("caught", ())), [c.message for c in _arithmetic(report, "fail")]


def _arithmetic(report, status):
    return [c for c in report.checks if c.type in ARITHMETIC and c.status == status]


def test_openers_hold_a_character_that_they_need():
    gaps = {g for p in CORPUS.rglob("*.txt") for g in re.split(r"\d+", p.read_text(encoding="utf-8"))}
    for name, needs, pattern in OPENERS:
        assert not [g for g in gaps if not any(c in g for c in needs) and pattern.search(g)], name
