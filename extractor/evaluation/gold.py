"""Gold files: what careful readers say a report holds."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.model.check import FAIL


def squeeze(text: str) -> str:
    """``text`` without white space and compatibility forms: how quotes are compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace())


@dataclass(frozen=True)
class Gold:
    """One gold file. ``facts`` and ``checks`` are as written; see docs/annotation.md for their fields.

    ``wrong_cells`` are the places (table, row, column) of the cells at which identities of tables fail, with their rows.
    """

    doc: str
    report: dict[str, Any]
    sections: list[dict[str, Any]]
    facts: dict[str, dict[str, Any]]
    checks: list[dict[str, Any]]
    optional_titles: frozenset[str] = frozenset()
    cells: bool = False
    wrong_cells: dict[tuple[int, int, int], list[str]] = field(default_factory=dict)


def load(path: Path) -> Gold:
    """Read a gold file. Raises ``KeyError`` or ``IndexError`` for a missing field or row, ``JSONDecodeError`` for bad JSON."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Gold(
        doc=data["doc"],
        report=data.get("report", {}),
        sections=data.get("sections", []),
        facts={f["id"]: f for f in data["facts"]},
        checks=data.get("checks", []),
        optional_titles=frozenset(squeeze(s["title"]) for s in data.get("sections_optional", [])),
        cells=bool(data.get("cells")),
        wrong_cells={
            (c["table"], *c["cell"]): data["tables"][c["table"]]["rows"][c["cell"][0]]
            for c in data.get("table_checks", [])
            if c["status"] == FAIL and isinstance(c.get("cell"), list)
        },
    )


@dataclass
class Locator:
    """Finds gold quotes in a text, by its squeezed form."""

    text: str
    squeezed: str = ""
    forth: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chars: list[str] = []
        for place, char in enumerate(self.text):
            for folded in unicodedata.normalize("NFKC", char):
                if not folded.isspace():
                    self.forth.setdefault(place, len(chars))
                    chars.append(folded)
        self.squeezed = "".join(chars)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the text in squeezed offsets ((0, 0) when nothing of it is left)."""
        places = [self.forth[i] for i in range(start, end) if i in self.forth]
        return (places[0], places[-1] + 1) if places else (0, 0)

    def find(self, fact: dict[str, Any]) -> tuple[int, int] | None:
        """The squeezed span of a gold fact's number, or None when the text does not hold its quote."""
        quote, number = squeeze(fact["quote"]), squeeze(fact["num"])
        at = _nth(self.squeezed, quote, fact.get("n", 1), 0)
        if at < 0:
            return None
        inside = _nth(self.squeezed, number, fact.get("k", 1), at)
        return (inside, inside + len(number)) if 0 <= inside <= at + len(quote) - len(number) else None


def _nth(text: str, piece: str, count: int, start: int) -> int:
    at = start - 1
    for _ in range(count):
        at = text.find(piece, at + 1)
        if at < 0:
            break
    return at


def number(value: Any) -> Decimal:
    """A gold value as a decimal."""
    return Decimal(str(value).replace(",", "").rstrip("%"))
