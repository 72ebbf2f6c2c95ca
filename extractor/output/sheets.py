"""Sheets of a workbook for Chinese readers: text that is never a formula, widths that fit, filters, frozen heads, links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Self

import xlsxwriter
from rich.cells import cell_len

from extractor.output.evidence import Piece

_WIDEST, _NARROWEST = 60, 6
_LONGEST = 32_000  # characters that a cell of Excel may hold, with room
_ROWS, _A4 = 1_048_576, 9
_LINE, _HIGHEST = 15, 409  # points
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TONES = {
    "good": "#E2F0D9", "bad": "#F8CBAD", "doubt": "#FFF2CC", "calm": "#DDEBF7", "none": "#EDEDED",
}  # fmt: skip


class Value(NamedTuple):
    """A cell with more than its text or number.

    ``link`` is a relative path or ``internal:'sheet'!A1``, ``tone`` good, bad, doubt, calm or none; ``rough`` marks approximate
    numbers (in italics), ``pieces`` are the text with its numbers marked, ``grouped`` is false for numbers that are names.
    """

    value: str | int | Decimal | None
    link: str = ""
    tone: str = ""
    rough: bool = False
    pieces: Sequence[Piece] = ()
    grouped: bool = True


Cell = str | int | Decimal | Value | None


class Book:
    """A workbook being written to a file or a buffer; a context manager. Raises ``OSError`` when it cannot be saved."""

    def __init__(self, path: Path | BinaryIO) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book: Any = xlsxwriter.Workbook(str(path) if isinstance(path, Path) else path, options)
        self._book.set_properties({"author": "gouji"})
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            try:
                self._book.close()
            except xlsxwriter.exceptions.FileCreateError as failed:
                cause = failed.args[0] if failed.args else failed
                raise (cause if isinstance(cause, OSError) else OSError(str(failed))) from None

    def sheet(
        self,
        name: str,
        head: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        frozen: int = 1,
        note: str = "",
        choices: Mapping[int, Sequence[str]] | None = None,
        widest: int = _WIDEST,
        roomy: Mapping[int, int] | None = None,
        printed: int = 0,
    ) -> None:
        """A sheet with one table: ``head`` frozen with ``frozen`` columns, filters over all columns.

        ``note`` stands above the table; ``choices`` are what may be picked in a column, for the reader to fill in; ``widest``
        is how wide a column may be, ``roomy`` how wide some must be, in half-width characters; ``printed`` how many columns
        are printed (0: all). Text stays text, whatever it starts with. Raises ``OSError`` when there are more rows than a
        sheet holds.
        """
        sheet = self._book.add_worksheet(name)
        top = 1 if note else 0
        if top + len(rows) >= _ROWS:
            raise OSError(f"{name}: {len(rows)} > {_ROWS}")
        if note:
            sheet.write_string(0, 0, note, self._format(italic=True, font_color="#595959"))
        for column, title in enumerate(head):
            sheet.write_string(
                top, column, title, self._format(bold=True, bg_color="#D9E1F2", border=1, text_wrap=True, valign="top")
            )
        for number, row in enumerate(rows, top + 1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell if isinstance(cell, Value) else Value(cell))
        widths = [_width([title, *(_text(r[column]) for r in rows)], widest) for column, title in enumerate(head)]
        for column, width in (roomy or {}).items():
            widths[column] = max(widths[column], width)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows, top + 1):
            lines = max((_lines(_text(c), w) for c, w in zip(row, widths, strict=True)), default=1)
            if lines > 1:  # not every program makes rows as high as their text by itself
                sheet.set_row(number, min(lines * _LINE, _HIGHEST))
        for column, listed in (choices or {}).items():
            if rows:
                sheet.data_validation(
                    top + 1, column, top + len(rows), column, {"validate": "list", "source": list(listed), "ignore_blank": True}
                )
        if head:
            sheet.freeze_panes(top + 1, frozen)
            sheet.autofilter(top, 0, max(top + len(rows), top + 1), len(head) - 1)
            sheet.repeat_rows(top)
        if printed:
            sheet.print_area(0, 0, top + max(len(rows), 1), printed - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def _write(self, sheet: Any, row: int, column: int, cell: Value) -> None:
        style: dict[str, object] = {"valign": "top", "text_wrap": True}
        if cell.tone:
            style["bg_color"] = _TONES[cell.tone]
        if cell.rough:
            style["italic"] = True
        # A sheet holds only so many links, and a cell only so much: what does not fit is written as it is, without them.
        if cell.link:
            shown = self._format(**style, font_color="#0563C1", underline=1)
            if not sheet.write_url(row, column, cell.link, shown, string=_clean(str(cell.value))):
                return
        if len(cell.pieces) > 1:
            mark = self._format(bold=True, font_color="#C00000")
            runs = [part for p in cell.pieces if p.text for part in ((mark, _clean(p.text)) if p.marked else (_clean(p.text),))]
            if not sheet.write_rich_string(row, column, *runs, self._format(**style)):
                return
        if isinstance(cell.value, Decimal | int):
            # Excel keeps numbers as doubles: the exact value stands in the JSON and in the store.
            whole = cell.value == int(cell.value)
            sheet.write_number(
                row, column, float(cell.value), self._format(**style, num_format=_number_format(cell.grouped, whole))
            )
            return
        text = _clean(cell.value or "")
        if text.startswith(_FORMULA):  # kept as text even when the cell is edited or copied
            style["quote_prefix"] = True
        sheet.write_string(row, column, text, self._format(**style))

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


def _number_format(grouped: bool, whole: bool) -> str:
    return ("#,##0" if grouped else "0") + ("" if whole else ".####")


def _text(cell: Cell) -> str:
    """A cell as it is shown."""
    value = cell.value if isinstance(cell, Value) else cell
    if isinstance(value, int | Decimal):
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return value or ""


def _width(texts: Sequence[str], widest: int) -> int:
    """Wide enough for nine of ten cells, in half-width characters; numbers are never cut."""
    widths = sorted(max(map(cell_len, text.split("\n"))) for text in texts if text)
    usual = widths[int(len(widths) * 0.9) - 1] if len(widths) > 10 else widths[-1]
    numbers = max((cell_len(t) for t in texts if t.replace(",", "").replace(".", "").lstrip("-").isdigit()), default=0)
    return max(_NARROWEST, min(widest, max(usual, numbers, cell_len(texts[0])) + 3))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, a little more rather than less."""
    return sum(max(1, -(-(cell_len(part) + 1) // max(width - 2, 1))) for part in text.split("\n"))
