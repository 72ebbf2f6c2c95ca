"""OpenDocument spreadsheets (.ods): the text that each cell shows stands in the file (ODF 1.3 part 3, chapter 9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.readers.archive import open_zip, unpack
from extractor.readers.build import Builder
from extractor.readers.grid import WIDEST, Merge, Sheet
from extractor.readers.package import parsed

_NAMES = {p: f"{{urn:oasis:names:tc:opendocument:xmlns:{p}:1.0}}" for p in ("table", "text", "style", "office")}
_T, _P, _S = _NAMES["table"], f"{_NAMES['text']}p", _NAMES["style"]
_TALLEST = 1000
"""Times that one row is repeated at most: files repeat their last, empty one a million times."""


def sheets(name: str, data: bytes, out: Builder, hidden: list[str]) -> Iterator[Sheet]:
    """The visible sheets as they are shown; names of the others go to ``hidden``. Raises ``ReadError``."""
    with open_zip(name, data) as package:
        root = parsed(name, "content.xml", unpack(name, package, "content.xml"))
    unseen = {
        style.get(f"{_S}name")
        for style in root.iter(f"{_S}style")
        if any(p.get(f"{_T}display") == "false" for p in style.iter(f"{_S}table-properties"))
    }
    for table in root.iter(f"{_T}table"):
        label = table.get(f"{_T}name") or ""
        if table.get(f"{_T}style-name") in unseen:
            hidden.append(label)
            continue
        yield _sheet(table, label, out)


def _sheet(table: Any, label: str, out: Builder) -> Sheet:
    gone: set[int] = set()
    at = 0
    for column in table.iter(f"{_T}table-column"):
        times = _repeated(column, "columns")
        gone |= set(range(at, min(at + times, WIDEST))) if _collapsed(column) else set()
        at += times
    rows: list[list[str]] = []
    merges: list[Merge] = []
    left_out = False
    for row in table.iter(f"{_T}table-row"):
        line: list[str] = []
        for cell in row:
            times, text = _repeated(cell, "columns"), "\n".join("".join(p.itertext()) for p in cell.iterchildren(_P))
            down, across = (int(cell.get(f"{_T}number-{way}-spanned") or 1) for way in ("rows", "columns"))
            if down > 1 or across > 1:
                merges.append((len(rows), len(line), len(rows) + down - 1, len(line) + across - 1))
            line += [text.strip()] * min(times, WIDEST - len(line))
        shown = [] if _collapsed(row) else ["" if c in gone else text for c, text in enumerate(line)]
        left_out |= any(line) and (not shown or any(line[c] for c in gone if c < len(line)))
        rows += [shown] * min(_repeated(row, "rows"), _TALLEST if any(line) else 1)
    if left_out:
        out.note("hidden-cells", f"工作表“{label}”有隐藏的行或列，没有计入。", "warning")
    return Sheet(label, rows, merges)


def _repeated(element: Any, what: str) -> int:
    return int(element.get(f"{_T}number-{what}-repeated") or 1)


def _collapsed(element: Any) -> bool:
    return element.get(f"{_T}visibility") in ("collapse", "filter")
