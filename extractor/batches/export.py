"""The store's tables as files for other programs: Parquet, CSV that Excel and WPS open, JSON Lines.

Every row carries the body, kind and year of its report, so that each file can be read by itself. Rows come in the same order
every time, however the work was spread.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from extractor.batches.store import Store
from extractor.errors import GoujiError, ReadError, why
from extractor.output.messages import say

FORMATS = ("parquet", "csv", "jsonl")
_REPORT = "r.body AS report_body, r.kind AS report_kind, r.year AS report_year, r.sha256"
_ORDER = "ORDER BY r.body, r.kind, r.year, r.sha256, t.number"
_FROM = "FROM {table} t JOIN live_reports r ON r.id = t.report"
_SENTENCE = "substr(r.text, t.sentence_start + 1, t.sentence_end - t.sentence_start) AS sentence"
TABLES = {
    "files": "SELECT f.name, f.path, f.sha256, f.size, f.status, f.reason, r.body AS report_body, r.kind AS report_kind, "
    "r.year AS report_year FROM files f LEFT JOIN reports r ON r.id = f.report ORDER BY f.name, f.path",
    "reports": "SELECT r.sha256, r.kind, r.title, r.org, r.region, r.body, r.year, r.media_type, r.pages, r.characters, "
    "r.numbers, r.set_aside, r.unread, r.checked, r.findings, r.crashed, d.sha256 AS duplicate_of, r.gouji, r.patterns, r.text "
    "FROM live_reports r LEFT JOIN reports d ON d.id = r.duplicate_of ORDER BY r.body, r.kind, r.year, r.sha256",
    "sections": f"SELECT {_REPORT}, t.* {_FROM} {_ORDER}",
    "facts": f"SELECT {_REPORT}, t.*, {_SENTENCE} {_FROM} {_ORDER}",
    "checks": f"SELECT {_REPORT}, t.*, substr(r.text, t.start + 1, t.end - t.start) AS sentence {_FROM} {_ORDER}",
    "diagnostics": f"SELECT {_REPORT}, t.* {_FROM} {_ORDER}",
    "reviews": "SELECT * FROM reviews ORDER BY body, kind, year, fingerprint",
}
_LEFT_OUT = ("report", "number")  # ids of this one store say nothing elsewhere
_INTEGERS = re.compile(
    r"(?:^|_)(?:year|size|pages?|level|start|end|inferred)$|^(?:characters|numbers|set_aside|unread|checked|findings|crashed)$"
)
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.]+")


def export(out: Path, to: Path, form: str, lang: str = "zh") -> list[Path]:
    """Write every table of the store of ``out`` into the folder ``to``.

    Parameters: ``form`` is parquet, csv or jsonl. Returns the files, in the order of ``TABLES``.
    Raises ``GoujiError`` when there is no store, DuckDB is missing (parquet), or a file cannot be written.
    """
    if form == "parquet":
        _duckdb(lang)
    written = []
    try:
        to.mkdir(parents=True, exist_ok=True)
        with Store(out, lang) as store:
            for table, query in TABLES.items():
                path = to / f"{table}.{form}"
                names, rows = _rows(store, query.format(table=table))
                {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}[form](path, names, rows)
                written.append(path)
    except OSError as error:
        raise ReadError(str(error.filename or to), say(lang, "not_written").format(why(error, lang))) from None
    return written


def _rows(store: Store, query: str) -> tuple[list[str], Iterator[list[Any]]]:
    with store.trouble():
        cursor = store.connection.execute(query)
    names = [d[0] for d in cursor.description]
    kept = [n for n, name in enumerate(names) if name not in _LEFT_OUT]
    return [names[n] for n in kept], ([row[n] for n in kept] for row in cursor)


def _csv(path: Path, names: list[str], rows: Iterator[list[Any]]) -> None:
    """With a byte order mark, so that Excel and WPS read Chinese; text that would be a formula there gets an apostrophe."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([_safe(cell) for cell in row] for row in rows)


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _jsonl(path: Path, names: list[str], rows: Iterator[list[Any]]) -> None:
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for row in rows:
            file.write(encode(dict(zip(names, row, strict=True))) + b"\n")


def _parquet(path: Path, names: list[str], rows: Iterator[list[Any]]) -> None:
    between = path.with_suffix(".jsonl.part")
    types = {n: "DOUBLE" if n == "amount" else "BIGINT" if _INTEGERS.search(n) else "VARCHAR" for n in names}
    columns = ", ".join(f"\"{name}\": '{kind}'" for name, kind in types.items())
    try:
        _jsonl(between, names, rows)
        with _duckdb("zh").connect() as connection:
            source = f"read_json({_quoted(between)}, columns = {{{columns}}}, format = 'newline_delimited')"
            connection.execute(f"COPY (SELECT * FROM {source}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
    finally:
        between.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _duckdb(lang: str) -> Any:
    try:
        import duckdb
    except ImportError:
        raise GoujiError(say(lang, "parquet_missing")) from None
    return duckdb
