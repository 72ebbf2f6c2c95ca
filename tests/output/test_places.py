"""Where a fact stands is told in words: paragraph, row of a table, page."""

from __future__ import annotations

from extractor.output.evidence import evidence
from extractor.output.places import place, places
from extractor.pipeline import extract
from tests.conftest import document_of

TEXT = (
    "云溪镇2023年度法治政府建设工作报告\n一、主要工作\n全年受理矛盾纠纷36件，其中婚姻家庭20件、邻里关系15件。\n"
    "| 项目 | 件数 |\n| 行政许可 | 142 |\n| 行政处罚 | 23 |\n"
)


def test_paragraphs_and_rows(ruleset):
    report = extract(document_of(TEXT), ruleset)
    where = {f.text: place(report, f, "zh") for f in report.facts}
    assert where["36件"] == "第3段" and where["23"] == "第1张表第3行"
    [wrong] = [c for c in report.checks if c.rule == "sum.parts"]
    assert places(report, wrong, "en") == ["paragraph 3"]


def test_every_fact_stands_in_a_block(ruleset):
    report = extract(document_of(TEXT), ruleset)
    for fact in report.facts:
        assert any(b.span[0] <= fact.span[0] < fact.span[1] <= b.span[1] for b in report.blocks)


def test_a_row_is_shown_with_equal_figures_side_by_side(ruleset):
    rows = "| 领域 | 立案（件） | 结案（件） |\n| 农业农村 | 3 | 3 |\n| 林业草原 | 4 | 4 |\n| 合计 | 7 | 8 |\n"
    report = extract(document_of("云溪镇2023年度法治政府建设工作报告\n一、执法情况\n" + rows), ruleset)
    [wrong] = [c for c in report.checks if c.rule == "accounts.total" and c.status == "fail"]
    shown = ["".join(p.text for p in line) for line in evidence(report, wrong)]
    assert "农业农村｜3｜3" in shown and wrong.message.endswith("相差1件。")
