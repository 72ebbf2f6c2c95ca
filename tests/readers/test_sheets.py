"""Spreadsheets: figures as shown, merged cells, titles and units, hidden parts; older formats; Markdown."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlwt
from openpyxl import Workbook

from extractor.errors import ReadError
from extractor.model import Document, Table
from extractor.readers import read_bytes
from extractor.readers.sheetcells import shown
from tests.readers.making import zipped


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (None, "General", ""),
        (" 合计 ", "General", "合计"),
        (36, "General", "36"),
        (36.0, "General", "36"),
        (434.71000000000004, "General", "434.71"),
        (12.5, "0.00", "12.50"),
        (1234.5, "#,##0.00", "1234.50"),
        (0.955, "0.0%", "95.5%"),
        (0.955, "0%", "96%"),
        (1.5, "0.##", "1.5"),
        (2, "0.##", "2"),
        (36, '0"件"', "36件"),
        (-3.5, "0.00_);(0.00)", "-3.50"),
        (1e15, "General", "1000000000000000"),
        (True, "General", "是"),
        (date(2024, 1, 22), "yyyy-mm-dd", "2024年1月22日"),
        (datetime(2024, 1, 22), "General", "2024年1月22日"),
    ],
)
def test_cells_as_shown(value, form, expected):
    assert shown(value, form) == expected


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def accounts() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "公开01表"
    for row in [
        ["收入支出决算总表"],
        ["部门：云溪镇人民政府", None, None, "单位：万元"],
        ["收入", None, "支出", None],
        ["项目", "金额", "项目", "金额"],
        ["一、财政拨款收入", 434.72, "一、一般公共服务支出", 400.5],
        ["总计", 434.72, "总计", None],
        ["注：本表反映本年度总收支。"],
    ]:
        sheet.append(row)
    for where in ("A1:D1", "A3:B3", "C3:D3"):
        sheet.merge_cells(where)
    for row in sheet.iter_rows(min_row=5):
        row[1].number_format = "0.00"
    hidden = book.create_sheet("草稿")
    hidden.append(["内部", 99])
    hidden.sheet_state = "hidden"
    return book


def tables(document: Document) -> list[list[list[str]]]:
    return [[list(r) for r in b.rows] for b in document.blocks if isinstance(b, Table)]


def test_titles_units_tables_and_notes():
    document = read_bytes("决算.xlsx", saved(accounts()))
    assert [document.text[b.span[0] : b.span[1]] for b in document.blocks if not isinstance(b, Table)] == [
        "收入支出决算总表",
        "部门：云溪镇人民政府 单位：万元",
        "注：本表反映本年度总收支。",
    ]
    assert tables(document) == [
        [
            ["收入", "收入", "支出", "支出"],
            ["项目", "金额", "项目", "金额"],
            ["一、财政拨款收入", "434.72", "一、一般公共服务支出", "400.5"],
            ["总计", "434.72", "总计", ""],
        ]
    ]
    assert [d.code for d in document.diagnostics] == ["hidden-sheets"]


def test_hidden_rows_and_columns_are_told():
    book = accounts()
    book.active.row_dimensions[5].hidden = True
    document = read_bytes("决算.xlsx", saved(book))
    assert "434.72\t一、" not in document.text and "hidden-cells" in {d.code for d in document.diagnostics}


def test_formulas_without_a_result_are_told():
    book = accounts()
    book.active["B5"] = "=1+1"
    document = read_bytes("决算.xlsx", saved(book))
    assert "formulas" in {d.code for d in document.diagnostics}


def test_a_stray_cell_far_away_does_no_harm():
    book = accounts()
    book.active["A1048576"].number_format = "0.00"
    assert "434.72" in read_bytes("决算.xlsx", saved(book)).text


def old_book() -> bytes:
    """A workbook of Excel 97: a title over merged cells, figures in several formats, a hidden row and a hidden sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 2, "行政执法情况统计表")
    percent, money = (xlwt.easyxf(num_format_str=form) for form in ("0.0%", "#,##0.00"))
    rows = [
        ["项目", "件数", "办结率"],
        ["行政许可", 142, 0.955],
        ["行政处罚", 23.5, 0.8333],
        ["罚款", 1234.5, "-"],
        ["旧数", 9, 0.1],
    ]
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row):
            form = percent if c == 2 else money if r == 4 else xlwt.Style.default_style
            sheet.write(r, c, value, form)
    sheet.row(5).hidden = True
    draft = book.add_sheet("底稿")
    draft.write(0, 0, "99件")
    draft.visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_old_workbooks_show_their_figures_as_excel_does():
    document = read_bytes("统计.et", old_book())
    assert tables(document) == [
        [["项目", "件数", "办结率"], ["行政许可", "142", "95.5%"], ["行政处罚", "23.5", "83.3%"], ["罚款", "1234.50", "-"]]
    ]
    assert document.text.startswith("行政执法情况统计表") and "99件" not in document.text and "旧数" not in document.text
    assert [d.code for d in document.diagnostics] == ["hidden-cells", "hidden-sheets"]


def test_an_old_workbook_that_is_cut_is_named():
    with pytest.raises(ReadError) as error:
        read_bytes("统计.xls", old_book()[:-2000])
    assert error.value.remedy


@pytest.mark.parametrize("data", [saved(Workbook()), saved(accounts())[:-200]], ids=["empty", "cut"])
def test_sheets_without_content_are_named(data):
    with pytest.raises(ReadError) as error:
        read_bytes("表.xlsx", data)
    assert error.value.remedy


def test_markdown():
    text = (
        "---\ntitle: 甲\n---\n# 云溪镇2023年度工作报告\n\n## 一、主要工作\n\n全年受理**36件**，见[附件](a.docx)。"
        "\n（一）学习情况\n\n1. 开展培训3次。\n2. 参训86人次。\n\n"
        "| 项目 | 件数 |\n|---|---|\n| 行政许可 | 142 |\n\n<!-- 草稿 -->\n"
    )
    document = read_bytes("报告.md", text.encode())
    assert document.text.split("\n") == [
        "云溪镇2023年度工作报告", "一、主要工作", "全年受理36件，见附件。", "（一）学习情况",
        "1. 开展培训3次。", "2. 参训86人次。", "项目\t件数", "行政许可\t142",
    ]  # fmt: skip
    assert [getattr(b, "style", None) for b in document.blocks][:3] == ["heading", "heading", None]
    assert document.source.metadata == {"title": "甲"}


_ODF = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text", "style"))


def ods(tables: str) -> bytes:
    """A spreadsheet of OpenDocument with the content of ``office:spreadsheet``."""
    hiding = '<style:style style:name="H"><style:table-properties table:display="false"/></style:style>'
    body = f"<office:automatic-styles>{hiding}</office:automatic-styles><office:body>{tables}</office:body>"
    content = f"<office:document-content {_ODF}>{body}</office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _row(*texts: str, more: str = "") -> str:
    cells = "".join(f'<table:table-cell office:value="0.955"><text:p>{t}</text:p></table:table-cell>' for t in texts)
    return f"<table:table-row {more}>{cells}</table:table-row>"


def test_opendocument_shows_its_figures():
    title = '<table:table-row><table:table-cell table:number-columns-spanned="3"><text:p>统计表</text:p></table:table-cell>'
    title += '<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
    rows = (
        _row("项目", "件数", "办结率")
        + _row("许可", "142", "95.5%")
        + _row("旧数", "9", "1%", more='table:visibility="collapse"')
    )
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
    sheet = f'<table:table table:name="表">{title}{rows}{rest}</table:table-row></table:table>'
    draft = f'<table:table table:name="底稿" table:style-name="H">{_row("99件")}</table:table>'
    document = read_bytes("统计.ods", ods(sheet + draft))
    assert tables(document) == [[["项目", "件数", "办结率"], ["许可", "142", "95.5%"]]]
    assert document.text.startswith("统计表") and "99件" not in document.text
    assert [d.code for d in document.diagnostics] == ["hidden-cells", "hidden-sheets"]
