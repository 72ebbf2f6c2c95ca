"""The tables of the store, and the steps that bring an older store to today's (docs/store.md describes every column).

``PRAGMA user_version`` holds the version. A step is never changed once released: a change of the tables is a new step.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files

from extractor.errors import GoujiError
from extractor.output.messages import say

APPLICATION_ID = 0x676F756A  # "gouj"

STEPS = tuple((files(__package__) / "steps" / f"{n}.sql").read_text(encoding="utf-8") for n in range(1, 2))
"""``STEPS[n]`` brings a store of version n to version n + 1."""


def migrate(connection: sqlite3.Connection, path: str, lang: str) -> None:
    """Bring a store to today's version, each step whole or not at all.

    Raises ``GoujiError`` when the store was made by a newer gouji, or is some other program's database.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner not in (0, APPLICATION_ID) or (owner == 0 and _occupied(connection)):
        raise GoujiError(say(lang, "store_foreign", path=path))
    if version > len(STEPS):
        raise GoujiError(say(lang, "store_newer", path=path, found=version, known=len(STEPS)))
    for number, step in enumerate(STEPS[version:], version + 1):
        connection.executescript(
            f"BEGIN IMMEDIATE;{step};PRAGMA application_id={APPLICATION_ID};PRAGMA user_version={number};COMMIT;"
        )


def outdated(connection: sqlite3.Connection) -> bool:
    """Whether a store is older than today's version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return 0 < int(version) < len(STEPS)


def _occupied(connection: sqlite3.Connection) -> bool:
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return bool(objects)
