"""What an auditor fills in in the workbook is taken over by ``gouji review --from`` and honoured by ``gouji check``."""

from __future__ import annotations

import openpyxl
import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.reviews import read

TEXT = (
    "青禾镇2023年度法治政府建设工作报告\n一、工作情况\n"
    "受理纠纷60件，调处57件，调处率59%。开展宣传9场，其中进村5场、进校3场、进企3场。\n"
)


def run(*args):
    return CliRunner().invoke(main, list(map(str, args)))


@pytest.fixture
def workbook(tmp_path):
    """A report with two findings and its workbook."""
    report = tmp_path / "青禾镇.txt"
    report.write_text(TEXT, encoding="utf-8")
    path = tmp_path / "结果.xlsx"
    assert run("check", report, "--format", "xlsx", "-o", path).exit_code == 1
    return path


def fill(path, *decisions):
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["问题清单"]
    head = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.max_row - 1 >= len(decisions)
    for row, (decision, note) in enumerate(decisions, 2):
        sheet.cell(row, head["处理意见"]).value = decision
        sheet.cell(row, head["备注"]).value = note
    book.save(path)


def test_reviews_are_read_back(workbook):
    fill(workbook, ("排除", "口径不同"), ("确认", None))
    result = run("review", "--from", workbook, "--by", "张三", "--date", "2024-03-01")
    assert result.exit_code == 0 and "确认1处，排除1处，待查0处" in result.output
    one, other = sorted(read(workbook.parent / "gouji-review.toml"), key=lambda r: r.decision)
    assert (one.decision, other.decision, other.reason, other.by, other.date) == (
        "confirmed", "dismissed", "口径不同", "张三", "2024-03-01",
    )  # fmt: skip
    assert "结果.xlsx" in one.reason and one.report == "青禾镇.txt" and one.finding and one.rule
    shown = run("check", workbook.parent / "青禾镇.txt").output
    assert "口径不同" in shown and "张三" in shown
    # An open review withdraws the decision; the next workbook tells what was decided before.
    assert run("check", workbook.parent / "青禾镇.txt", "--format", "xlsx", "-o", workbook).exit_code == 1
    sheet = openpyxl.load_workbook(workbook)["问题清单"]
    head = {cell.value: cell.column for cell in sheet[1]}
    assert any("口径不同" in str(sheet.cell(r, head["已有结论"]).value) for r in range(2, sheet.max_row + 1))
    fill(workbook, ("待查", None), ("待查", None))
    assert run("review", "--from", workbook).exit_code == 0
    assert not read(workbook.parent / "gouji-review.toml")


def test_wrong_entries_say_where_they_are(workbook, tmp_path):
    fill(workbook, ("不知道", None))
    result = run("review", "--from", workbook)
    assert result.exit_code == 2 and "“问题清单”第2行" in result.output and "确认、排除、待查" in result.output
    assert not (workbook.parent / "gouji-review.toml").exists()
    other = openpyxl.Workbook()
    other.save(tmp_path / "别的.xlsx")
    assert "问题编号" in run("review", "--from", tmp_path / "别的.xlsx").output
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04broken")
    assert run("review", "--from", tmp_path / "坏.xlsx").exit_code == 2


def test_nothing_filled_in_and_wrong_usage(workbook):
    assert "没有填写" in run("review", "--from", workbook).output
    assert run("review").exit_code == 2 and run("review", "x.txt", "--from", workbook).exit_code == 2
