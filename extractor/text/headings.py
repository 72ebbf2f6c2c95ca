"""Headings as a reader sees them: number and title, and the headings above a place."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.model import Section


def numbered(section: Section) -> str:
    """A heading with its number: ``一、主要举措``, ``（一）压实责任``."""
    mark = "、" if section.number and section.number[-1] not in "）" else ""
    return f"{section.number}{mark}{section.title}"


def path(sections: Iterable[Section], section: str | None) -> str:
    """The headings above a place, outermost first. Parameters: ``section`` the id of the innermost one."""
    by_id = {s.id: s for s in sections}
    found: list[str] = []
    while section and section in by_id:
        found.append(numbered(by_id[section]))
        section = by_id[section].parent
    return " › ".join(reversed(found))
