"""Numbers with unit and place, and what is number-shaped but no fact."""

from __future__ import annotations

from extractor.mentions.nil import Nils
from extractor.mentions.scan import NO_UNIT, Scanner
from extractor.mentions.tables import TableReader
from extractor.model import Document, Mention, Outline, SetAside, Table
from extractor.rules import Ruleset

_SILENT_ROLES = ("title", "heading", "furniture")


class MentionReader:
    """Finds every number of a report. One instance per ruleset, reused over reports."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._scanner, self._nils, self._tables = Scanner(ruleset), Nils(ruleset), TableReader(ruleset)

    def read(self, document: Document, outline: Outline) -> tuple[tuple[Mention, ...], tuple[SetAside, ...]]:
        """See ``mentions``."""
        found: list[Mention] = []
        aside: list[SetAside] = []
        for number, passage in enumerate(outline.passages):
            silent = passage.role if passage.role in _SILENT_ROLES else None
            for item in self._scanner.scan(passage.flow, number):
                if item.mention is not None and silent is None:
                    found.append(item.mention)
                    continue
                rule = silent if item.mention is not None or item.rule == NO_UNIT else None
                aside.append(
                    SetAside(
                        text=passage.flow[item.start : item.end],
                        span=passage.place(item.start, item.end),
                        rule=rule or item.rule or NO_UNIT,
                    )
                )
            if silent is None:
                found.extend(self._nils.scan(passage.flow, number))
        tables = (b for b in document.blocks if isinstance(b, Table))
        for number, (table, info) in enumerate(zip(tables, outline.tables, strict=True)):
            figures, unread = self._tables.read(number, table, info)
            found.extend(figures)
            aside.extend(unread)
        return tuple(found), tuple(aside)


def mentions(document: Document, outline: Outline, ruleset: Ruleset) -> tuple[tuple[Mention, ...], tuple[SetAside, ...]]:
    """Every number of the running text and of the tables.

    Parameters: ``document`` and its ``outline``; ``ruleset`` the patterns in force.
    Returns the mentions (those of the text in reading order, then those of the tables), and every other number-shaped
    piece of the text with the rule that set it aside (``no-unit`` for a number that could not be read).
    """
    return ruleset.kept(MentionReader).read(document, outline)
