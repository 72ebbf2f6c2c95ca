"""gouji (勾稽): extracts and cross-checks the numbers of Chinese official annual reports.

The public verbs::

    from extractor import read, extract

    report = extract("report.txt")
    for check in report.checks:
        print(check.status, check.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model import Document, Report
    from extractor.rules import Ruleset

__version__ = "0.1.0"
__all__ = ["extract", "read"]


def read(path: str | Path) -> Document:
    """Read one file into a ``Document`` (canonical text, paragraphs, tables).

    Raises ``extractor.errors.ReadError`` when the file is missing, empty or not readable.
    """
    from extractor.readers import read as read_file

    return read_file(path)


def extract(source: str | Path | Document, ruleset: Ruleset | None = None) -> Report:
    """Everything gouji knows of one report: sections, facts, relations, checks, coverage.

    Parameters: ``source`` a path or a ``Document``; ``ruleset`` the patterns in force (the built-in ones by default).
    Raises ``ReadError`` for a path that cannot be read.
    """
    from extractor.model import Document
    from extractor.pipeline import extract as run
    from extractor.readers import read as read_file

    return run(source if isinstance(source, Document) else read_file(source), ruleset)
