"""Part files: where the workers of a cluster put results, one JSON line per file, until the store has taken them over.

Every attempt at a batch writes a file of its own, so that a killed worker leaves at worst one torn last line. A line says
either that a file was begun or what became of it; both are told apart by ``outcome``.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct

from extractor.model.batch import Outcome

FOLDER = "parts"
_SUFFIX = ".jsonl"


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line: the ``sha256`` of a file that was begun, and its ``outcome`` once there is one, made with ``recipe``."""

    sha256: str
    recipe: str
    outcome: Outcome | None = None


class Part:
    """The part file of one attempt at a batch; a context manager. Lines reach the disk one by one."""

    def __init__(self, folder: Path, batch: str) -> None:
        self._folder, self._path = folder, folder / f"{batch}.{uuid.uuid4().hex[:12]}{_SUFFIX}"

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("ab", buffering=0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def write(self, line: Line) -> None:
        self._file.write(msgspec.json.encode(line) + b"\n")


def lines(folder: Path, batch: str = "*") -> Iterator[Line]:
    """The lines of all attempts at a batch (of all batches by default). A torn line was never reported done: it is left out."""
    for path in sorted(folder.glob(f"{batch}.*{_SUFFIX}")):
        with path.open("rb") as file:
            for raw in file:
                if raw.endswith(b"\n"):
                    yield msgspec.json.decode(raw, type=Line)


def state(folder: Path, batch: str, recipe: str) -> tuple[dict[str, Outcome], Counter[str]]:
    """What attempts at a batch have come to: outcomes by hash, and how often a file was begun without an outcome."""
    done: dict[str, Outcome] = {}
    begun: Counter[str] = Counter()
    for line in lines(folder, batch):
        if line.recipe != recipe:
            continue
        if line.outcome is None:
            begun[line.sha256] += 1
        else:
            done[line.sha256] = line.outcome
    return done, begun


def clear(folder: Path) -> None:
    """Remove all part files, once the store holds what they say."""
    for path in folder.glob(f"*{_SUFFIX}"):
        path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
