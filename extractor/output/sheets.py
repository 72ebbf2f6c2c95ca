"""Sheets of a workbook for Chinese readers: text that is never a formula, widths that fit, filters, frozen heads, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import xlsxwriter
from rich.cells import cell_len

_WIDEST, _NARROWEST = 60, 6
_LONGEST = 32_000  # characters that a cell of Excel may hold, with room
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TONES = {
    "good": "#E2F0D9", "bad": "#F8CBAD", "doubt": "#FFF2CC", "calm": "#DDEBF7", "none": "#EDEDED",
}  # fmt: skip


class Value(NamedTuple):
    """A cell with more than its text or number: a ``link`` (relative path or ``internal:'sheet'!A1``), a ``tone`` (good, bad,
    doubt, calm, none), ``rough`` for approximate numbers (in italics)."""

    value: str | int | Decimal | None
    link: str = ""
    tone: str = ""
    rough: bool = False


Cell = str | int | Decimal | Value | None


class Book:
    """A workbook being written; a context manager. Raises ``OSError`` when it cannot be saved."""

    def __init__(self, path: Path) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book: Any = xlsxwriter.Workbook(str(path), options)
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            try:
                self._book.close()
            except xlsxwriter.exceptions.FileCreateError as failed:
                raise OSError(str(failed)) from None

    def sheet(self, name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], *, frozen: int = 1, note: str = "") -> None:
        """A sheet with one table: ``head`` frozen with ``frozen`` columns, filters over all columns.

        ``note`` stands above the table. Text stays text, whatever it starts with.
        """
        sheet = self._book.add_worksheet(name)
        top = 1 if note else 0
        if note:
            sheet.write_string(0, 0, note, self._format(italic=True, font_color="#595959"))
        for column, title in enumerate(head):
            sheet.write_string(
                top, column, title, self._format(bold=True, bg_color="#D9E1F2", border=1, text_wrap=True, valign="top")
            )
        for number, row in enumerate(rows, top + 1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell if isinstance(cell, Value) else Value(cell))
        for column in range(len(head)):
            sheet.set_column(column, column, _width([head[column], *(_text(r[column]) for r in rows)]))
        if head:
            sheet.freeze_panes(top + 1, frozen)
            sheet.autofilter(top, 0, max(top + len(rows), top + 1), len(head) - 1)

    def _write(self, sheet: Any, row: int, column: int, cell: Value) -> None:
        style: dict[str, object] = {"valign": "top", "text_wrap": True}
        if cell.tone:
            style["bg_color"] = _TONES[cell.tone]
        if cell.rough:
            style["italic"] = True
        if cell.link:
            sheet.write_url(
                row, column, cell.link, self._format(**style, font_color="#0563C1", underline=1), string=_clean(str(cell.value))
            )
        elif isinstance(cell.value, Decimal | int):
            # Excel keeps numbers as doubles: the exact value stands in the JSON and in the store.
            whole = cell.value == int(cell.value)
            sheet.write_number(
                row, column, float(cell.value), self._format(**style, num_format="#,##0" if whole else "#,##0.####")
            )
        else:
            sheet.write_string(row, column, _clean(cell.value or ""), self._format(**style))

    def _format(self, **style: object) -> Any:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]


def file_link(path: str) -> str:
    """A link to a file by its path relative to the workbook."""
    return "external:" + path.replace("%", "%25").replace("#", "%23")


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)[:_LONGEST]


def _text(cell: Cell) -> str:
    value = cell.value if isinstance(cell, Value) else cell
    return "" if value is None else str(value)


def _width(texts: Sequence[str]) -> int:
    """Wide enough for nine of ten cells, in half-width characters."""
    widths = sorted(max(map(cell_len, text.split("\n") or [""])) for text in texts)
    usual = widths[int(len(widths) * 0.9) - 1] if len(widths) > 10 else widths[-1]
    return max(_NARROWEST, min(_WIDEST, max(usual, cell_len(texts[0])) + 3))
