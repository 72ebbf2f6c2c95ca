"""The formats of ``gouji check``: each is complete, valid against its schema, and written as reports come in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema
from jsonschema import Draft202012Validator

from extractor.errors import ReadError
from extractor.output import messages, messages_batch, messages_sheets
from extractor.output.formats import FORMATS, Job, renderer
from extractor.rules import Ruleset
from tests.output.factory import check, report

SCHEMAS = Path(__file__).parent / "schemas"
RULES = {lang: Ruleset(lang=lang) for lang in ("zh", "en")}
WRONG = {"facts": ("f3", "f2", "f1"), "formula": "244 ÷ 254 = 96.06% ≠ 69%", "hint": "96%？", "span": (30, 60)}
CHECKS = (
    check(1, "fail", "调处率写为69%，应为96.06%。", **WRONG),
    check(2, "pass", "相符。\x0b", facts=("f3",)),
    check(3, "unverifiable", "无法核对。", severity="info"),
    check(4, "crashed", "rate.quotient: ValueError: <&>"),
    check(5, "fail", "标题没有序号。", rule="outline.lost", type="outline", severity="info", span=(20, 28)),
    check(6, "fail", "疑点。", severity="warning"),
)  # fmt: skip


def written(form: str, lang: str = "zh", *, unread: int = 1) -> bytes:
    job = Job(RULES[lang], unread=[ReadError("坏 文件.txt", "空文件")] * unread)
    reports = [report(*CHECKS, path="青禾镇/报告 1.txt"), report(path="b.txt")]
    return b"".join(renderer(form)(iter(reports), job))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_names_every_report_and_finding(form, lang):
    if FORMATS[form].binary:
        assert len(written(form, lang)) > 500
        return
    text = written(form, lang).decode()
    assert "b.txt" in text and "调处率写为69%" in text


@pytest.mark.parametrize("form", ["text", "json"])
def test_reports_are_written_as_they_come(form):
    chunks = renderer(form)((report(path=name) for name in ("a.txt", "b.txt")), Job(RULES["zh"]))
    first = next(chunks)
    assert b"a.txt" in first and b"b.txt" not in first


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid_and_complete(lang):
    log = json.loads(written("sarif", lang))
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert not [e.message for e in Draft202012Validator(schema).iter_errors(log)]
    [run] = log["runs"]
    assert [(r["kind"], r["level"]) for r in run["results"]] == [
        ("fail", "error"),
        ("pass", "none"),
        ("review", "none"),
        ("fail", "error"),
        ("fail", "note"),
        ("fail", "warning"),
    ]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["charOffset"] == 30
    assert run["artifacts"][0]["location"]["uri"] == "%E9%9D%92%E7%A6%BE%E9%95%87/%E6%8A%A5%E5%91%8A%201.txt"
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    [invocation] = run["invocations"]
    assert (
        not invocation["executionSuccessful"]
        and "坏 文件.txt" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    )


def test_junit_is_valid_and_counts_right():
    data = written("junit")
    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    schema.validate(data.decode())
    root = ElementTree.fromstring(data)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("7", "2", "2")
    assert [s.get("name") for s in root] == ["青禾镇/报告 1.txt", "b.txt", "未能读取的文件"]
    assert "96.06%" in root.findall(".//failure")[0].text


def test_text_sums_up_several_files():
    assert "读取2份报告，1份未能读取：2处不符（错误1，疑点1），1处通过，1处未能核对，1处出错" in written("text").decode()


def test_no_word_is_said_in_two_tables():
    tables = (messages_batch.TABLE, messages_sheets.TABLE)
    assert not set(tables[0]) & set(tables[1])
    source = Path(messages.__file__).read_text(encoding="utf-8")
    own = re.findall(r'^    "([\w-]+)":', source, re.M)
    assert len(own) == len(set(own)) and not set(own) & (set(tables[0]) | set(tables[1]))
