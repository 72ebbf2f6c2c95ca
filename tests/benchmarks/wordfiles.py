"""How fast Word files are read, against bare python-docx taking out the text of paragraphs and table cells."""

from __future__ import annotations

import io
import statistics
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import NamedTuple

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TIMES = 10
"""How often the report with the most tables is repeated in the file."""


class Measured(NamedTuple):
    """Processor seconds of bare python-docx and of gouji over the same file."""

    bare: float
    gouji: float


def measured() -> Measured:
    """Median of five runs each, after one that warms up."""
    from extractor.readers import read_bytes
    from tests.conftest import document_of
    from tests.formats.writers import to_docx

    text = max((p.read_text(encoding="utf-8") for p in CORPUS.rglob("*.txt")), key=lambda t: t.count("|"))
    data = to_docx(document_of(text * TIMES))
    return Measured(_seconds(lambda: bare(data)), _seconds(lambda: read_bytes("报告.docx", data)))


def bare(data: bytes) -> list[str]:
    """What python-docx alone takes: the text of every paragraph and table cell, without numbers."""
    import docx

    document = docx.Document(io.BytesIO(data))
    found = [p.text for p in document.paragraphs]
    return found + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def _seconds(run: Callable[[], object]) -> float:
    run()
    taken = []
    for _ in range(5):
        start = process_time()
        run()
        taken.append(process_time() - start)
    return statistics.median(taken)
