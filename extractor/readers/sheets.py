"""Spreadsheets (.xlsx, .xls, .et, .ods): every visible sheet with its titles and tables, figures as the sheet shows them.

.xlsx is read with openpyxl and .xls with xlrd, which know how each figure is shown (95.5% is stored as 0.955), .ods as its
XML says; .xlsb with python-calamine, which does not know, so that its figures stand as stored.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from extractor.errors import ReadError
from extractor.model import Document, Limits
from extractor.readers.archive import open_zip, unpack
from extractor.readers.build import Builder
from extractor.readers.grid import Cell, Merge, Sheet
from extractor.readers.sheetcells import shown

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_CELLS = 2_000_000
"""Cells of one sheet beyond which it is no report."""
_REMEDY = "请用 WPS 或 Excel 打开后另存为 .xlsx 再试；有密码的，请先取消密码。"
_NOTE = re.compile(r"[（(]?(?:注|备注|说明|填表说明)\s*\d?\s*[:：]")
_NO_RESULT = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a spreadsheet. Raises ``ReadError`` when it is damaged, has a password, or holds nothing visible."""
    out = Builder(name, data, MEDIA_TYPE)
    modern = data.startswith(b"PK") and b"xl/workbook.xml" in data
    for sheet in _modern(name, data, out) if modern else _binary(name, data, out):
        _write(out, sheet)
    return out.document(empty="表格里没有可见的内容。")


def _modern(name: str, data: bytes, out: Builder) -> Iterator[Sheet]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise ReadError(name, f"表格文件已损坏（{error}）。", _REMEDY) from None
    open_formulas = _without_result(name, data)
    if open_formulas:
        words = f"有{open_formulas}个公式没有计算结果，这些单元格没有读到数，请用 WPS 或 Excel 打开并保存一次后再读。"
        out.note("formulas", words, "warning")
    hidden: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        held = {place: cell for place, cell in sheet._cells.items() if cell.value is not None}
        high, wide = (max((place[k] for place in held), default=0) for k in (0, 1))
        if high * wide > MOST_CELLS:
            raise ReadError(name, f"工作表“{sheet.title}”有{high}行{wide}列，不像报告。", _REMEDY)
        gone = {k for k, d in sheet.row_dimensions.items() if d.hidden and k <= high}
        columns = {
            k for d in sheet.column_dimensions.values() if d.hidden for k in range(d.min or 0, min(d.max or 0, wide) + 1)
        }
        found = [[""] * wide for _ in range(high)]
        for (r, c), cell in held.items():
            if r not in gone and c not in columns:
                found[r - 1][c - 1] = shown(cell.value, cell.number_format)
        if gone or columns:
            out.note("hidden-cells", f"工作表“{sheet.title}”有隐藏的行或列，没有计入。", "warning")
        merges = [(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges]
        yield Sheet(sheet.title, found, merges)
    _tell_hidden(out, hidden)


def _without_result(name: str, data: bytes) -> int:
    """How many cells hold a formula and no result: programs that write files without computing them leave them so."""
    with open_zip(name, data) as package:
        parts = [n for n in package.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        return sum(len(_NO_RESULT.findall(unpack(name, package, part))) for part in parts)


def _binary(name: str, data: bytes, out: Builder) -> Iterator[Sheet]:
    """The sheets of .ods, .xls and .et; what xlrd cannot open, and .xlsb, through calamine."""
    if data.startswith(b"PK") and b"xl/workbook.bin" not in data:
        from extractor.readers import sheets_ods

        unseen: list[str] = []
        yield from sheets_ods.sheets(name, data, out, unseen)
        _tell_hidden(out, unseen)
        return
    if not data.startswith(_OLE):
        words = "这种表格按存储的数读取，百分比可能显示为小数（如95.5%为0.955），请用 WPS 或 Excel 另存为 .xlsx 后再读。"
        out.note("stored-figures", words, "warning")
        yield from _older(name, data, out)
        return
    import xlrd

    from extractor.readers import sheets_xls

    try:
        book = sheets_xls.opened(data)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise ReadError(name, "表格有密码，打不开。", _REMEDY) from None
        book = None
    except Exception:  # a parser may stumble over anything; the other one tells what is wrong with the file
        book = None
    if book is None:
        yield from _older(name, data, out)
        return
    for sheet in book.sheets():
        if sheet.nrows * sheet.ncols > MOST_CELLS:
            raise ReadError(name, f"工作表“{sheet.name}”有{sheet.nrows}行{sheet.ncols}列，不像报告。", _REMEDY)
    hidden: list[str] = []
    yield from sheets_xls.sheets(book, out, hidden)
    _tell_hidden(out, hidden)


def _older(name: str, data: bytes, out: Builder) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    hidden: list[str] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            if about.visible != SheetVisibleEnum.Visible:
                hidden.append(about.name)
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise ReadError(name, f"工作表“{about.name}”有{sheet.total_height}行，不像报告。", _REMEDY)
            rows = [[shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            merges = [(a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
            yield Sheet(about.name, rows, merges)
    except CalamineError as error:
        raise ReadError(name, f"表格文件已损坏或有密码（{error}）。", _REMEDY) from None
    _tell_hidden(out, hidden)


def _tell_hidden(out: Builder, hidden: list[str]) -> None:
    if hidden:
        out.note("hidden-sheets", f"隐藏的工作表没有计入：{'、'.join(hidden)}。", "warning")


def _write(out: Builder, sheet: Sheet) -> None:
    """A sheet as blocks: what stands alone in its row is a title, a unit line or a note; the rest are tables."""
    origin = {(r, c): m for m in sheet.merges for r, c in [(m[0], m[1])]}
    covered = {
        (r, c)
        for a, b, y, z in sheet.merges
        for r in range(a, min(y, len(sheet.rows) - 1) + 1)
        for c in range(b, min(z, len(sheet.rows[r]) - 1) + 1)
        if (r, c) != (a, b)
    }
    pending: list[int] = []
    named = False
    for r, row in enumerate([*sheet.rows, []]):
        texts = [t for t in row if t]
        if (texts or _merged_from_above(r, sheet.merges)) and not _stands_alone(texts, bool(pending)):
            pending.append(r)
            continue
        _table(out, sheet, pending, origin, covered)
        pending = []
        if texts:
            out.paragraph(" ".join(texts), style=None if named else "title")
            named = True


def _stands_alone(texts: list[str], in_table: bool) -> bool:
    """Whether a row is a line of text: a title or legend before a table, a note after it."""
    if _is_legend(texts):
        return True
    return len(texts) == 1 and (not in_table or len(texts[0]) > 40 or bool(_NOTE.match(texts[0])))


def _is_legend(texts: list[str]) -> bool:
    """Whether a row only says whose table it is and in which unit (编制单位：… 单位：万元)."""
    return 0 < len(texts) <= 3 and all(":" in t or "：" in t or t.startswith(("公开", "附表", "表")) for t in texts)


def _merged_from_above(row: int, merges: list[Merge]) -> bool:
    return any(a < row <= c for a, _, c, _ in merges)


def _table(
    out: Builder, sheet: Sheet, rows: list[int], origin: dict[tuple[int, int], Merge], covered: set[tuple[int, int]]
) -> None:
    if not rows:
        return
    used = [c for r in rows for c, text in enumerate(sheet.rows[r]) if text]
    first, last = min(used), max(used)
    grid: list[list[Cell]] = []
    for r in rows:
        line: list[Cell] = []
        for c in range(first, last + 1):
            if (r, c) in covered:
                continue
            text = sheet.rows[r][c] if c < len(sheet.rows[r]) else ""
            a, b, y, z = origin.get((r, c), (r, c, r, c))
            line.append(Cell(text, y - a + 1, min(z, last) - b + 1))
        grid.append(line)
    out.table(grid)
