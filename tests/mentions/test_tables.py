"""Figures of tables: what they count, in which unit, which of them are totals, and what is no figure."""

from __future__ import annotations

import pytest

from extractor.model import Report
from extractor.pipeline import extract
from extractor.readers.build import Builder
from extractor.readers.grid import Cell
from extractor.rules import Ruleset


def report(rows: list[str], *lead: str, ruleset: Ruleset) -> Report:
    """A report with one table: its rows as cells parted by bars, the lines ``lead`` before it."""
    out = Builder("表.docx", b"", "")
    for line in ("云溪镇2023年度工作报告", *lead):
        out.paragraph(line)
    out.table([[Cell(c.strip()) for c in row.split("|")] for row in rows])
    return extract(out.document(), ruleset)


CASES = {
    "unit of the caption": (
        ["项目 | 金额", "办公费 | 12.50", "合计 | 12.50"],
        ["支出情况表", "单位：万元"],
        [("办公费金额", "125000", "元", ""), ("金额合计", "125000", "元", "合计行")],
    ),
    "total of all columns": (
        ["科目 | 合计 | 基本支出", "农林水支出 | 30.00 | 20.00", "合计 | 30.00 | 20.00"],
        ["公开05表：财政拨款支出决算表", "单位：万元"],
        [
            ("农林水支出合计", "300000", "元", "合计列"),
            ("农林水支出基本支出", "200000", "元", ""),
            ("财政拨款支出决算表合计", "300000", "元", "合计行列"),
            ("基本支出合计", "200000", "元", "合计行"),
        ],
    ),
    "unit of the heading before that of the caption": (
        ["项目 | 决算数 | 占比（%）", "办公费 | 12.50 | 40.0"],
        ["单位：万元"],
        [("办公费决算数", "125000", "元", ""), ("办公费占比", "40", "%", "")],
    ),
    "unit of the cell before all others": (
        ["项目 | 金额（万元）", "收费 | 2510元"],
        [],
        [("收费金额", "2510", "元", "")],
    ),
    "unit of the row": (["项目 | 数量", "培训（次） | 3"], [], [("培训数量", "3", "次", "")]),
    "unit that the label says": (["项目 | 2023年", "参训人次 | 86"], [], [("参训人次", "86", "人次", "")]),
    "blank, stroke and dash are none, 0 is 0": (
        ["项目 | 件数", "许可 | 0", "处罚 | ", "强制 | /", "征收 | -", "检查 | 7"],
        [],
        [("许可件数", "0", "件", ""), ("检查件数", "7", "件", "")],
    ),
    "codes and line numbers count nothing": (
        ["序号 | 科目编码 | 科目名称 | 决算数", "1 | 201 | 一般公共服务支出 | 2.00", "2 | 20101 | 人大事务 | 1.50"],
        ["单位：万元"],
        [("一般公共服务支出决算数", "20000", "元", ""), ("人大事务决算数", "15000", "元", "")],
    ),
    "numbers of columns": (
        ["项目 | 件数 | 人数", "栏次 | 1 | 2", "许可 | 5 | 6"],
        [],
        [("许可件数", "5", "件", ""), ("许可人数", "6", "人", "")],
    ),
    "two tables side by side": (
        ["收入|收入|支出|支出", "项目|决算数|项目|决算数", "事业收入|3.00|教育支出|", "总计|3.00|总计|3.00"],
        ["单位：万元"],
        [
            ("事业收入决算数", "30000", "元", ""),
            ("收入决算数总计", "30000", "元", "合计行"),
            ("支出决算数总计", "30000", "元", "合计行"),
        ],
    ),
    "headings in two rows": (
        ["项目 | 民事 | 民事 | 合计", "项目 | 受理件数 | 办结件数 | 合计", "云溪村 | 4 | 3 | 7件"],
        [],
        [("云溪村受理件数", "4", "件", ""), ("云溪村办结件数", "3", "件", ""), ("云溪村合计", "7", "件", "合计列")],
    ),
    "negative figures": (["项目 | 增减（万元）", "办公费 | -1.50"], [], [("办公费增减", "-15000", "元", "")]),
    "a unit that nothing says": (["项目 | 数量", "宣传栏 | 12"], [], [("宣传栏数量", "12", "", "")]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_figures(case, ruleset):
    rows, lead, expected = CASES[case]
    found = report(rows, *lead, ruleset=ruleset)
    cells = [f for f in found.facts if f.cell is not None]
    assert [(f.measure, str(f.value), f.unit, f.dimension.get("total", "")) for f in cells] == expected
    for fact in cells:
        assert found.tables[0].rows[fact.cell[1]][fact.cell[2]] == found.text[fact.span[0] : fact.span[1]]


def test_money_without_a_unit_is_reported_unread(ruleset):
    found = report(["项目 | 金额", "办公费 | 12.50"], ruleset=ruleset)
    assert not [f for f in found.facts if f.cell] and [a.text for a in found.coverage.unread] == ["12.50"]


def test_a_figure_merged_over_rows_is_one_figure(ruleset):
    out = Builder("表.docx", b"", "")
    out.paragraph("云溪镇2023年度工作报告")
    out.table([[Cell("项目"), Cell("件数")], [Cell("许可"), Cell("5", 2)], [Cell("处罚")]])
    found = extract(out.document(), ruleset)
    assert [f.text for f in found.facts] == ["5"]


def test_titles_forms_and_header_rows(ruleset):
    rows = [
        "科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入",
        "201 | 一般公共服务支出 | 12.50 | 12.00",
        "合计 |  | 12.50 | 12.00",
    ]
    found = report(rows, "公开02表", "收入决算表", "部门：云溪镇人民政府  单位：万元", ruleset=ruleset)
    [table] = found.tables
    assert (table.title, table.form, table.header_rows) == ("收入决算表", "accounts.income", 1)
    facts = [f for f in found.facts if f.cell]
    assert facts[0].dimension == {
        "form": "accounts.income", "row": "一般公共服务支出", "column": "本年收入合计", "code": "201", "total": "合计列",
    }  # fmt: skip
    assert facts[2].dimension == {"form": "accounts.income", "row": "all", "column": "本年收入合计", "total": "合计行列"}


def test_a_form_is_read_by_its_examples(ruleset):
    for form in ruleset.forms.values():
        found = report(list(form.examples), form.name, "单位：万元", ruleset=ruleset)
        assert found.tables[0].form == form.id
        cells = [f for f in found.facts if f.cell]
        assert cells and all(f.dimension["form"] == form.id for f in cells)
