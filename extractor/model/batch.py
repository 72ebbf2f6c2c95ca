"""What happens to the files of a folder: one job and one outcome per file, and how far a run has come."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

READ, UNREADABLE, TIMEOUT, MEMORY, KILLED, DEFECT = "read", "unreadable", "timeout", "memory", "killed", "defect"
DUPLICATE, UNCHANGED, GONE = "duplicate", "unchanged", "gone"
ASIDE = "aside"
"""No report and never meant to be one: what gouji itself wrote, data of other programs."""

Row = tuple[Any, ...]


class Job(Struct, frozen=True, kw_only=True):
    """One file to work on.

    ``address`` opens it (``archive.zip!/member`` inside an archive); ``name`` is how it is shown, always valid text;
    ``root`` the argument of the run that it was found under.
    """

    address: str
    name: str
    root: str
    sha256: str = ""
    size: int = 0


class Extract(Struct, frozen=True, kw_only=True):
    """A report ready for the store: its header, its rows, and the report itself as packed JSON.

    The rows stand in the order of the columns of ``docs/store.md``; a worker makes them, so that the one writer only writes.
    """

    header: Row
    packed: bytes
    sections: list[Row]
    facts: list[Row]
    checks: list[Row]
    diagnostics: list[Row]


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one job: ``status`` (``read``, ``unreadable``, …), ``reason`` in words where it was not read.

    ``seconds`` on the clock; ``findings`` failed checks that are no mere notes, ``crashed`` checks that raised.
    """

    job: Job
    status: str
    reason: str = ""
    seconds: float = 0.0
    findings: int = 0
    crashed: int = 0
    report: Extract | None = None


class Progress(Struct, frozen=True, kw_only=True):
    """How far a run is: ``done`` of ``total`` files, the ``outcome`` that was just saved, and seconds since the start."""

    done: int
    total: int
    outcome: Outcome
    seconds: float


class RunResult(Struct, frozen=True, kw_only=True):
    """How a run ended: number of files found, those dealt with by status, whether it was stopped, and seconds on the clock."""

    run: int
    files: int
    counts: dict[str, int]
    interrupted: bool
    seconds: float
