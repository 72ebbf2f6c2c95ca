"""The JSON contract: the schema is valid, every output fits it, and the same report gives the same bytes."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from extractor.output.json import encode, pretty, schema
from extractor.pipeline import extract
from extractor.rules import Ruleset
from tests.conftest import CORPUS, document_of
from tests.output.factory import check, report

SAMPLES = sorted(CORPUS.rglob("*.txt"))
PROSE = "青禾镇2023年度法治政府建设工作报告\n一、矛盾纠纷化解\n全镇受理矛盾纠纷60件，调处57件，调处率95%。开展宣传20余场次。\n"


def test_schema_is_a_valid_schema_with_descriptions():
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"].endswith("2020-12/schema")
    for name, part in schema()["$defs"].items():
        if part.get("type") == "object":
            assert part.get("description"), name


def test_reports_fit_the_schema():
    validator = Draft202012Validator(schema())
    for one in (report(check(1, "pass", "相符。")), extract(document_of(PROSE), Ruleset())):
        assert not [e.message for e in validator.iter_errors(json.loads(encode(one)))]


@pytest.mark.skipif(not SAMPLES, reason="the corpus is empty")
@pytest.mark.slow
def test_the_corpus_fits_the_schema():
    validator = Draft202012Validator(schema())
    for path in SAMPLES:
        text = encode(extract(document_of(path.read_text(encoding="utf-8")), Ruleset()))
        assert not [e.message for e in validator.iter_errors(json.loads(text))], path


def test_values_are_decimal_strings():
    data = json.loads(encode(report()))
    assert data["facts"][2]["value"] == "69" and data["facts"][2]["interval"] == ["68.5", "69.5"]
    floats: list[str] = []
    json.loads(encode(report()), parse_float=floats.append)
    assert not floats


def test_the_same_input_gives_the_same_bytes():
    first, second = (encode(extract(document_of(PROSE), Ruleset())) for _ in range(2))
    assert first == second
    assert json.loads(pretty(report())) == json.loads(encode(report()))


def test_every_field_of_the_contract_is_there():
    data = json.loads(encode(report(check(1, "pass", "相符。"))))
    for words, record in (
        ("schema_version generator source report text sections tables facts relations checks coverage diagnostics", data),
        ("path sha256 media_type encoding pages", data["source"]),
        ("kind title org year", data["report"]),
        ("id parent level number inferred title span body page", data["sections"][0]),
        ("id kind text value interval high unit per approx direction measure indicator scope dimension", data["facts"][0]),
        ("period status part_of section span sentence page cell", data["facts"][0]),
        ("id type whole parts basis", data["relations"][0]),
        ("id rule type status severity message formula reported expected facts fingerprint", data["checks"][0]),
    ):
        assert set(words.split()) <= set(record)
