"""Verdicts as CSV that Excel and WPS open as it is: UTF-8 with a mark, CRLF, and no cell that could become a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO

from extractor.model import Report
from extractor.output.formats import Job
from extractor.output.messages import say
from extractor.output.rows import CHECK, check_row
from extractor.output.sheets import Cell, Value
from extractor.output.view import View

MARK = b"\xef\xbb\xbf"  # by which Excel knows that a file is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]:
    """One line per verdict of every report, each report as soon as it is there.

    A report without verdicts and a file that could not be read have a line that says so: nothing is left out in silence.
    """
    yield MARK + line([say(job.ruleset.lang, f"head_{c}") for c in CHECK])
    for report in reports:
        view = View(report, job.ruleset)
        for check in view.checks:
            yield line(check_row(view, check))
        if not view.checks:
            words = {"body": view.org, "year": report.report.year, "message": view.say("no_checks")}
            yield line({**words, "file": report.source.path}.get(c) for c in CHECK)
    for error in job.unread:
        told = {"message": str(error), "file": getattr(error, "path", "")}
        yield line(told.get(c) for c in CHECK)


def line(cells: Iterable[Cell]) -> bytes:
    """One line of CSV; text that a spreadsheet would compute is put after an apostrophe, numbers stay numbers."""
    stream = StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow([_plain(c.value if isinstance(c, Value) else c) for c in cells])
    return stream.getvalue().encode("utf-8", "replace")


def _plain(value: str | int | Decimal | None) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "" if value is None else str(value)
    return "'" + text if isinstance(value, str) and text.startswith(FORMULA) else text
