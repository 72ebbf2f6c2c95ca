"""Excel 97–2003 workbooks (.xls, and .et of WPS) through xlrd, which knows how each figure is shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from extractor.readers.build import Builder
from extractor.readers.grid import Sheet
from extractor.readers.sheetcells import shown

_VISIBLE = 0


def opened(data: bytes) -> Any:
    """The workbook. Raises whatever xlrd stumbles over; ``xlrd.XLRDError`` says ``encrypted`` of one with a password."""
    return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())


def sheets(book: Any, out: Builder, hidden: list[str]) -> Iterator[Sheet]:
    """The visible sheets as they are shown; names of the others go to ``hidden``."""
    for sheet in book.sheets():
        if sheet.visibility != _VISIBLE:
            hidden.append(sheet.name)
            continue
        rows = {r for r, info in sheet.rowinfo_map.items() if info.hidden and r < sheet.nrows}
        columns = {c for c, info in sheet.colinfo_map.items() if info.hidden and c < sheet.ncols}
        filled = ((r, c) for r in range(sheet.nrows) for c in range(sheet.ncols) if sheet.cell_value(r, c) != "")
        if (rows or columns) and any(r in rows or c in columns for r, c in filled):
            out.note("hidden-cells", f"工作表“{sheet.name}”有隐藏的行或列，没有计入。", "warning")
        found = [
            ["" if r in rows or c in columns else _text(book, cell) for c, cell in enumerate(sheet.row(r))]
            for r in range(sheet.nrows)
        ]
        merges = [(a, b, y - 1, z - 1) for a, y, b, z in sheet.merged_cells]
        yield Sheet(sheet.name, found, merges)


def _text(book: Any, cell: Any) -> str:
    """What a cell shows."""
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError):
            return shown(cell.value)
    form = book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
    return shown(cell.value, form.format_str if form is not None else "General")
