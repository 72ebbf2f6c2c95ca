"""The store: one SQLite file in the output folder, written by one process, safe at every moment.

A report's rows come in one transaction with its file's line; what is reported done has been committed before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec
from filelock import FileLock, Timeout

from extractor.batches.inputs import STORE
from extractor.batches.schema import migrate, outdated
from extractor.errors import GoujiError, why
from extractor.model.batch import DUPLICATE, GONE, READ, Extract, Job, Outcome
from extractor.output.messages import say
from extractor.text.filenames import stored

NAME, LOCK = STORE, "gouji.lock"
_HELD = "(SELECT report FROM files WHERE report IS NOT NULL)"
_TABLES = ("sections", "facts", "checks", "diagnostics")
_HEADER = (
    "sha256, recipe, gouji, patterns, kind, title, org, region, body, year, media_type, pages, characters, numbers, set_aside, "
    "unread, checked, findings, crashed, text, packed"
)
_COLUMNS = {
    "sections": "report, number, id, parent, level, mark, inferred, title, start, end, body_start, body_end, page",
    "facts": "report, number, id, kind, text, value, low, high, upper, unit, per, approx, direction, measure, indicator, "
    "scope, dimension, year, status, part_of, section, start, end, sentence_start, sentence_end, page, cell",
    "checks": "report, number, id, rule, type, status, severity, message, formula, reported, expected, facts, start, end, "
    "hint, fingerprint",
    "diagnostics": "report, number, code, severity, message, page",
}


def _insert(table: str, columns: str) -> str:
    names = [f'"{c.strip()}"' for c in columns.split(",")]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


_INSERTS = {table: _insert(table, columns) for table, columns in _COLUMNS.items()}
_INSERT_REPORT = _insert("reports", _HEADER)
_INSERT_FILE = _insert("files", "path, name, root, sha256, size, status, reason, recipe, report, run, seconds").replace(
    "INSERT", "INSERT OR REPLACE", 1
)


class Known(NamedTuple):
    """What the store knows of a file: its content, how it ended, with which recipe, and what was found in it."""

    sha256: str | None
    status: str
    reason: str
    recipe: str
    findings: int | None
    crashed: int | None


class Store:
    """An open store. Use as a context manager; ``writing`` also takes the folder for this process alone.

    Parameters: ``folder`` the output folder (made when writing); ``lang`` of messages. Raises ``GoujiError`` when another
    run holds the folder, when a newer gouji made the store, when there is none to read, or when it cannot be written.
    """

    def __init__(self, folder: Path, lang: str = "zh", *, writing: bool = False) -> None:
        self.folder, self.path, self._lang = folder, folder / NAME, lang
        self._lock: FileLock | None = None
        if writing:
            self._take()
        elif not self.path.is_file():
            raise GoujiError(say(lang, "store_none", path=folder))
        try:
            with self.trouble():
                self.connection = sqlite3.connect(self.path, isolation_level=None)
                self.connection.execute("PRAGMA foreign_keys=ON")
                if writing:
                    self.connection.execute("PRAGMA journal_mode=WAL")
                    self.connection.execute("PRAGMA synchronous=NORMAL")
                if not writing and outdated(self.connection):
                    Store(folder, lang, writing=True).__exit__(None, None, None)  # brought up to date under the lock
                migrate(self.connection, str(self.path), lang)
        except BaseException:
            self._release()
            raise

    def _take(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.folder / LOCK, timeout=0)
            self._lock.acquire()
        except Timeout:
            raise GoujiError(say(self._lang, "store_taken", path=self.folder)) from None
        except OSError as error:
            raise GoujiError(f"{self.folder}: {say(self._lang, 'not_written').format(why(error, self._lang))}") from None

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connection.close()
        self._release()

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Turns what SQLite says of a full disk or a damaged file into a ``GoujiError`` with a way out."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            key = {
                sqlite3.SQLITE_FULL: "store_full",
                sqlite3.SQLITE_CORRUPT: "store_damaged",
                sqlite3.SQLITE_NOTADB: "store_damaged",
            }
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise GoujiError(say(self._lang, key.get(code, "store_trouble"), path=self.path, why=error)) from error

    @property
    def writing(self) -> bool:
        """Whether a transaction is open."""
        return self.connection.in_transaction

    def begin(self) -> None:
        with self.trouble():
            self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        with self.trouble():
            self.connection.execute("COMMIT")

    def rollback(self) -> None:
        """Undo what is not committed, if SQLite has not done so itself (disk full)."""
        if self.writing:
            self.connection.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        self.begin()
        try:
            with self.trouble():
                yield self.connection
            self.commit()
        except BaseException:
            self.rollback()
            raise

    def rows(self, query: str, *words: object) -> list[Any]:
        """The rows of a query."""
        with self.trouble():
            return self.connection.execute(query, words).fetchall()

    def start_run(self, *, gouji: str, patterns: str, lang: str, engine: str, workers: int | None, roots: Sequence[str]) -> int:
        """Note a new run; returns its id. Runs that never ended are marked as broken off."""
        with self.transaction() as connection:
            connection.execute("UPDATE runs SET status = 'killed' WHERE status = 'running'")
            cursor = connection.execute(
                _insert("runs", "started, status, gouji, patterns, lang, engine, workers, roots"),
                (_now(), "running", gouji, patterns, lang, engine, workers, msgspec.json.encode(roots).decode()),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def end_run(self, run: int, status: str, files: int) -> None:
        """Note how a run ended. After a whole run, files of its folders that are no longer there are marked, and reports
        that no file holds any more are dropped (reviews stay)."""
        with self.transaction() as connection:
            connection.execute("UPDATE runs SET finished = ?, status = ?, files = ? WHERE id = ?", (_now(), status, files, run))
            if status != "done":
                return
            (roots,) = connection.execute("SELECT roots FROM runs WHERE id = ?", (run,)).fetchone()
            for root in msgspec.json.decode(roots):
                connection.execute("UPDATE files SET status = ?, report = NULL WHERE root = ? AND run <> ?", (GONE, root, run))
            # Of several files with the same bytes the first by path holds the report, whatever order they were read in.
            connection.execute(
                "UPDATE files SET status = CASE WHEN path = (SELECT min(path) FROM files g WHERE g.report = files.report) "
                "THEN ? ELSE ? END WHERE report IS NOT NULL",
                (READ, DUPLICATE),
            )
            connection.execute(f"UPDATE reports SET duplicate_of = NULL WHERE duplicate_of NOT IN {_HELD}")
            connection.execute(f"DELETE FROM reports WHERE id NOT IN {_HELD}")

    def known(self) -> dict[str, Known]:
        """What is known of every file, by the path the store knows it by."""
        with self.trouble():
            found = self.connection.execute(
                "SELECT path, f.sha256, status, reason, f.recipe, findings, crashed FROM files f "
                "LEFT JOIN reports r ON r.id = report"
            )
            return {path: Known(*rest) for path, *rest in found}

    def reports_by_hash(self, recipe: str) -> dict[str, int]:
        """The reports that this recipe made, by the hash of the file."""
        with self.trouble():
            return dict(self.connection.execute("SELECT sha256, id FROM reports WHERE recipe = ?", (recipe,)))

    def save_file(self, run: int, outcome: Outcome, recipe: str, report: int | None) -> None:
        """Write the line of one file, inside a transaction; ``report`` is the report that it holds."""
        job = outcome.job
        values = (
            stored(job.address), job.name, job.root, job.sha256 or None, job.size, outcome.status, outcome.reason, recipe,
            report, run, round(outcome.seconds, 4),
        )  # fmt: skip
        with self.trouble():
            self.connection.execute(_INSERT_FILE, values)

    def still_there(self, run: int, jobs: Sequence[Job]) -> None:
        """Mark unchanged files as seen in this run."""
        rows = [(run, job.name, job.root, stored(job.address)) for job in jobs]
        with self.transaction() as connection:
            connection.executemany("UPDATE files SET run = ?, name = ?, root = ? WHERE path = ?", rows)

    def save_report(self, extract: Extract) -> int:
        """Write a report, inside a transaction; the one made before of the same bytes is replaced. Returns its id."""
        with self.trouble():
            return self._save_report(extract)

    def _save_report(self, extract: Extract) -> int:
        connection = self.connection
        values = (*extract.header, extract.packed)
        old = connection.execute("SELECT id FROM reports WHERE sha256 = ?", (extract.header[0],)).fetchone()
        if old is None:
            report = connection.execute(_INSERT_REPORT, values).lastrowid
            assert report is not None
        else:
            (report,) = old
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table} WHERE report = ?", old)
            connection.execute("DELETE FROM comparisons WHERE last = ? OR this = ?", (report, report))
            names = ", ".join(f"{c.strip()} = ?" for c in _HEADER.split(","))
            connection.execute(f"UPDATE reports SET {names}, duplicate_of = NULL WHERE id = ?", (*values, report))
        for table in _TABLES:
            connection.executemany(_INSERTS[table], [(report, *row) for row in getattr(extract, table)])
        return int(report)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
