"""A fact's measure gets its name in the catalogue, so that years and townships can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from extractor.indicators.catalogue import Catalogue
from extractor.model import Fact
from extractor.rules import Ruleset


def indicators(facts: tuple[Fact, ...], ruleset: Ruleset) -> tuple[Fact, ...]:
    """The facts with their ``indicator`` ids filled in where the catalogue has a name.

    Parameters: ``facts`` of one report; ``ruleset`` with the catalogue in force.
    """
    if not facts:
        return facts
    catalogue = ruleset.kept(Catalogue)
    found = {f.id: name for f in facts if f.cell is None and (name := catalogue.find(f))}
    wholes = {f.id: f.part_of for f in facts}
    shared = Counter((f.part_of, found[f.id]) for f in facts if f.part_of and f.id in found)
    named = []
    for fact in facts:
        own = found.get(fact.id)
        if own is not None and fact.part_of:
            # A category of a list is neither the indicator of its whole nor that of its siblings.
            above = {found.get(w) for w in _above(fact.id, wholes)}
            own = None if own in above or shared[fact.part_of, own] > 1 else own
        named.append(fact if own is None else replace(fact, indicator=own))
    return tuple(named)


def _above(name: str, wholes: dict[str, str | None]) -> Iterator[str]:
    """The wholes above a part, nearest first."""
    whole = wholes[name]
    while whole is not None:
        yield whole
        whole = wholes[whole]


__all__ = ["Catalogue", "indicators"]
