"""The workbook and the CSV of findings: complete, numbers as numbers, no formulas, links that land."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.cell.rich_text import CellRichText, TextBlock

from extractor.errors import GoujiError, ReadError
from extractor.output import sheets
from extractor.output.formats import Job, renderer
from extractor.pipeline import extract
from extractor.rules import Ruleset
from tests.conftest import CORPUS, document_of
from tests.output.factory import check, report

SHEETS = ["汇总", "问题清单", "事实表", "未能核对", "覆盖率"]
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=HYPERLINK(\"http://192.0.2.1\")", "{=1}")  # fmt: skip


def written(form, *reports, lang="zh", unread=()):
    return b"".join(renderer(form)(iter(reports), Job(Ruleset(lang=lang), unread=list(unread))))


def opened(*reports, **given):
    return openpyxl.load_workbook(io.BytesIO(written("xlsx", *reports, **given)), rich_text=True)


def rows(sheet):
    """The rows under the head, by the titles of the columns."""
    head, *rest = sheet.iter_rows()
    return [{h.value: cell for h, cell in zip(head, row, strict=True)} for row in rest]


@pytest.fixture(scope="module")
def found(ruleset):
    """A report with tables, and one rate that is wrong for certain."""
    text = (CORPUS / "develop" / "m02_2023.txt").read_text(encoding="utf-8")
    return extract(document_of(text + "\n七、信访工作\n全年受理信访事项60件，办结57件，办结率59%。\n"), ruleset)


@pytest.fixture(scope="module")
def book(found):
    return opened(found, unread=[ReadError("坏.doc", "空文件")])


def test_every_verdict_number_and_report_has_its_row(book, found):
    assert book.sheetnames == SHEETS
    failed = [c for c in found.checks if c.status == "fail"]
    assert {r["问题编号"].value for r in rows(book["问题清单"])} == {c.fingerprint for c in failed}
    assert {r["问题编号"].value for r in rows(book["未能核对"])} == {
        c.fingerprint for c in found.checks if c.status == "unverifiable"
    }
    assert [r["编号"].value for r in rows(book["事实表"])] == [f.id for f in found.facts]
    first, unread = rows(book["汇总"])
    assert first["错误"].value == len(failed) and first["事实"].value == len(found.facts) and first["年度"].value == 2023
    assert "空文件" in unread["标题"].value and unread["文件"].value == "坏.doc"
    ledger = {r["项目"].value: r["数字"].value for r in rows(book["覆盖率"])}
    assert ledger["数字总数"] == found.coverage.numbers
    aside = sum(n for k, n in ledger.items() if k.startswith(("不作为事实", "未能读出")))
    assert ledger["参与核对的事实"] + ledger["没有参与核对的事实"] + aside == found.coverage.numbers


def test_numbers_are_numbers_and_stand_marked_in_their_sentence(book, found):
    by_id = {f.id: f for f in found.facts}
    for row in rows(book["事实表"]):
        fact = by_id[row["编号"].value]
        assert row["数值"].data_type == "n" and Decimal(str(row["数值"].value)) == fact.value
        assert fact.text in str(row["原文"].value)
    checks = {c.fingerprint: c for c in found.checks}
    for row in rows(book["问题清单"]):
        check_ = checks[row["问题编号"].value]
        assert row["年度"].value == 2023 and row["年度"].number_format == "0"
        if check_.gap:
            assert row["差额"].data_type == "n" and Decimal(str(row["差额"].value)) == Decimal(check_.gap)
        if check_.facts and isinstance(row["原文"].value, CellRichText):
            bold = [b.text for b in row["原文"].value if isinstance(b, TextBlock) and b.font.b]
            assert {"".join(by_id[f].text.split()) for f in check_.facts} == {"".join(b.split()) for b in bold}
    assert any(isinstance(r["原文"].value, CellRichText) for r in rows(book["问题清单"]))


def test_links_lead_from_findings_to_numbers_and_back(book, found):
    checks = {c.fingerprint: c for c in found.checks}
    for row in rows(book["问题清单"]):
        link = row["涉及的数字"].hyperlink
        assert (link is None) == (not checks[row["问题编号"].value].facts)
        if link:
            sheet, cell = link.location.replace("'", "").split("!")
            assert book[sheet][cell].value == checks[row["问题编号"].value].facts[0]
    back = next(r for r in rows(book["事实表"]) if r["参与的核对"].hyperlink)
    sheet, cell = back["参与的核对"].hyperlink.location.replace("'", "").split("!")
    target = next(r for r in rows(book[sheet]) if r["乡镇（部门）"].coordinate == cell)
    assert back["编号"].value in checks[target["问题编号"].value].facts


def test_a_sheet_is_ready_to_be_worked_with(book):
    for name in SHEETS:
        sheet = book[name]
        assert sheet.freeze_panes and sheet.auto_filter.ref and sheet.page_setup.orientation == "landscape"
        for column in sheet.columns:
            width = sheet.column_dimensions[column[0].column_letter].width
            assert width >= 2 * len(str(column[0].value))
    for name in ("问题清单", "未能核对"):
        [choice] = book[name].data_validations.dataValidation
        assert choice.formula1 == '"确认,排除,待查"'
        head = {c.value: c.column_letter for c in book[name][1]}
        assert str(choice.sqref) == f"{head['处理意见']}2" + (
            f":{head['处理意见']}{book[name].max_row}" if book[name].max_row > 2 else ""
        )


@pytest.mark.parametrize("text", EVIL)
def test_nothing_a_report_says_becomes_a_formula(text):
    evil = check(1, "fail", text, formula=text, hint=text, facts=("f1", "f2"))
    one = report(evil, path=text)
    one = replace(
        one, report=replace(one.report, org=text, title=text), facts=tuple(replace(f, measure=text) for f in one.facts)
    )
    book = opened(one, unread=[ReadError(text, text)])
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(c.data_type != "f" for c in row)
    assert rows(book["问题清单"])[0]["问题"].value.strip() == text.strip()
    lines = list(csv.reader(io.StringIO(written("csv", one).decode("utf-8-sig"))))
    assert all(not cell.startswith(("=", "+", "@", "\t")) for line in lines for cell in line)
    assert all(not cell.startswith("-") or cell[1:].replace(".", "").isdigit() for line in lines for cell in line)


def test_control_characters_and_long_text_keep_the_file_whole():
    book = opened(report(check(1, "fail", "甲\x00\x0b乙" + "长" * 40_000)))
    assert rows(book["问题清单"])[0]["问题"].value.startswith("甲乙长")


def test_reports_without_findings_and_in_english():
    book = opened(report(), report(path="b.txt"), lang="en")
    assert book.sheetnames == ["Overview", "Findings", "Facts", "Not verifiable", "Coverage of numbers"]
    assert [c.value for c in book["Overview"]["A"]][-1] == "All"


def test_more_rows_than_a_sheet_holds_is_said(monkeypatch):
    monkeypatch.setattr(sheets, "_ROWS", 3)
    with pytest.raises(GoujiError, match="--format csv"):
        opened(report())


def test_csv_opens_in_excel_and_has_every_verdict(found):
    data = written("csv", found)
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert len(lines) == len(found.checks) and all(len(line) == len(head) for line in lines)
