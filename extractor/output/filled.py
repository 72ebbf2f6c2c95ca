"""Reviews that an auditor filled in by hand in the workbook of ``gouji check``, read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from extractor.errors import ReadError
from extractor.output.messages import say
from extractor.output.rows import REVIEWS

_NEEDED = ("review", "note", "file", "fingerprint", "rule_id", "message")


class Filled(NamedTuple):
    """One row with a review: ``decision`` is confirmed, dismissed or open; ``file`` the report as the workbook names it."""

    sheet: str
    row: int
    file: str
    fingerprint: str
    rule: str
    message: str
    decision: str
    note: str


def filled(path: Path, lang: str) -> list[Filled]:
    """The rows of a workbook (.xlsx, .xls, .et) whose review is filled in, of every sheet that has reviews.

    Titles and choices are understood in Chinese and English, whatever the order of the columns.
    Raises ``ReadError`` naming sheet and row for a review that is none of the choices, and for a workbook without reviews.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (OSError, CalamineError) as error:
        raise ReadError(str(path), say(lang, "workbook_not_opened", why=error)) from None
    found: list[Filled] = []
    known = False
    for name, rows in sheets:
        columns = _columns(rows[0]) if rows else None
        if columns is not None:
            known = True
            found += _rows(path, name, rows, columns, lang)
    if not known:
        raise ReadError(str(path), say(lang, "workbook_no_reviews"))
    return found


def _columns(head: list[Any]) -> dict[str, int] | None:
    """Where the columns stand that are needed; None for a sheet without reviews."""
    titles = {say(lang, f"head_{key}"): key for key in _NEEDED for lang in ("zh", "en")}
    found = {titles[title]: n for n, cell in enumerate(head) if (title := str(cell).strip()) in titles}
    return found if set(_NEEDED) <= set(found) else None


def _rows(path: Path, sheet: str, rows: list[list[Any]], columns: dict[str, int], lang: str) -> Iterator[Filled]:
    choices = {say(one, f"review_{key}"): key for key in REVIEWS for one in ("zh", "en")}
    for number, row in enumerate(rows[1:], 2):
        cells = {key: str(row[n]).strip() for key, n in columns.items()}
        text = cells["review"]
        if not text or not cells["fingerprint"]:
            continue
        if text not in choices:
            listed = say(lang, "comma").join(say(lang, f"review_{key}") for key in REVIEWS)
            raise ReadError(
                str(path), say(lang, "workbook_unknown_decision", sheet=sheet, row=number, text=text, choices=listed)
            )
        yield Filled(
            sheet,
            number,
            cells["file"],
            cells["fingerprint"],
            cells["rule_id"],
            cells["message"],
            choices[text],
            cells["note"],
        )
