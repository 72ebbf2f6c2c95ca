"""Numbers with unit and place, and what is number-shaped but no fact."""

from __future__ import annotations

from extractor.mentions.nil import Nils
from extractor.mentions.scan import NO_UNIT, Scanner
from extractor.model import Mention, Outline, SetAside
from extractor.rules import Ruleset

_SILENT_ROLES = {"title": "title", "heading": "heading", "furniture": "furniture"}


def mentions(outline: Outline, ruleset: Ruleset) -> tuple[tuple[Mention, ...], tuple[SetAside, ...]]:
    """Every number of the running text.

    Parameters: ``outline`` with its passages; ``ruleset`` the patterns in force.
    Returns the mentions in reading order, and every other number-shaped piece with the rule that set it aside
    (``no-unit`` for a number that could not be read).
    """
    scanner, nils = _scanners(ruleset)
    found: list[Mention] = []
    aside: list[SetAside] = []
    for number, passage in enumerate(outline.passages):
        silent = _SILENT_ROLES.get(passage.role or "")
        for item in scanner.scan(passage.flow, number):
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
            found.extend(nils.scan(passage.flow, number))
    return tuple(found), tuple(aside)


_KEPT: dict[int, tuple[Ruleset, Scanner, Nils]] = {}


def _scanners(ruleset: Ruleset) -> tuple[Scanner, Nils]:
    kept = _KEPT.get(id(ruleset))
    if kept is None or kept[0] is not ruleset:
        kept = _KEPT[id(ruleset)] = (ruleset, Scanner(ruleset), Nils(ruleset))
    return kept[1], kept[2]
