"""What a breakdown list says: a whole and its parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and its parts, as indices of the passage's numbers; ``closed`` when the words claim completeness."""

    whole: int
    parts: tuple[int, ...]
    basis: str
    closed: bool | None
