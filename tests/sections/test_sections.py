"""Headings with their levels and lost numbers; title, body, year and kind."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model import Table
from extractor.readers.build import Builder
from extractor.rules import Ruleset
from extractor.sections import sections
from tests.conftest import document_of

CASES = Path(__file__).parent.parent / "cases"
RULES = Ruleset()


def outline(lines: list[str]):
    return sections(document_of("\n\n".join(lines)), RULES)


@pytest.mark.parametrize("case", tomllib.loads((CASES / "headings.toml").read_text("utf-8"))["case"], ids=lambda c: c["name"])
def test_headings(case):
    found = outline(["云溪镇2023年度法治政府建设工作报告", *case["lines"]]).sections
    assert [[s.level, s.number, s.title, s.inferred] for s in found] == case["sections"]


@pytest.mark.parametrize("case", tomllib.loads((CASES / "titles.toml").read_text("utf-8"))["case"], ids=lambda c: c["lines"][0])
def test_identity(case):
    report = outline(case["lines"]).report
    assert (report.org, report.year, report.kind) == (case.get("org"), case["year"], case["kind"])
    assert report.title == case.get("title", report.title)


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        (["一、年度重点工作及成效", "二、存在的问题", "三、2024年打算"], ["results", "problems", "plan"]),
        (["一、年度重点工作", "二、党政主要负责人履行职责情况", "三、存在的不足"], ["results", "leader-duty", "problems"]),
        (["一、重点任务", "（一）依法行政", "（二）普法宣传", "二、问题和打算"], ["results", "results", "results", "mixed"]),
        (["一、2023年工作回顾", "二、存在的问题", "三、工作重点"], ["results", "problems", "plan"]),
        (["一、2024年重点任务", "二、存在的问题"], ["plan", "problems"]),
    ],
    ids=lambda value: value[0],
)
def test_what_a_heading_opens(headings, roles):
    text = "全年受理各类矛盾纠纷12件，全部办结，群众满意度不断提高，社会大局和谐稳定。"
    found = outline(["云溪镇2023年度法治政府建设工作报告", *(line for h in headings for line in (h, text))])
    assert [p.role for p in found.passages if p.flow == text] == roles


LINE = st.text(alphabet="一二三（）()、.1234。，：2023年镇政府工作情况打算问题件\t| 第部分", min_size=1, max_size=40)


@given(st.lists(LINE, min_size=1, max_size=12))
def test_every_character_stands_in_a_heading_a_passage_or_a_table(lines):
    document = document_of("\n".join(lines))
    found = sections(document, RULES)
    covered = set()
    for passage in found.passages:
        for i in range(len(passage.flow)):
            covered.add(passage.place(i, i + 1)[0])
    for block in document.blocks:
        if isinstance(block, Table):
            covered |= set(range(*block.span))
    missing = [c for i, c in enumerate(document.text) if i not in covered and not c.isspace()]
    assert not missing


@given(st.lists(LINE, min_size=1, max_size=12))
def test_bodies_nest(lines):
    document = document_of("\n".join(lines))
    by_id = {s.id: s for s in sections(document, RULES).sections}
    for section in by_id.values():
        assert 0 <= section.span[0] <= section.span[1] <= section.body[1] <= len(document.text)
        if section.parent:
            assert by_id[section.parent].body[1] >= section.body[1]


def test_headings_that_only_their_style_tells(ruleset):
    out = Builder("报告.docx", b"", "")
    out.paragraph("云溪镇2023年度法治政府建设工作报告", style="title")
    for title in ("工作开展", "经验与体会"):
        out.paragraph(title, style="heading")
        out.paragraph("全年受理矛盾纠纷36件，调处成功35件。")
    outline = sections(out.document(), ruleset)
    assert [(s.level, s.number, s.title) for s in outline.sections] == [(1, "", "工作开展"), (1, "", "经验与体会")]
