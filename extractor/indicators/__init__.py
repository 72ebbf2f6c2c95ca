"""A fact's measure gets its name in the catalogue, so that years and townships can be compared."""

from __future__ import annotations

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
    found = {f.id: catalogue.find(f) for f in facts if f.cell is None}
    named = []
    for fact in facts:
        own = found.get(fact.id)
        whole = found.get(fact.part_of) if fact.part_of else None
        if own is None or own == whole:  # one category of a list is not the whole's indicator
            named.append(fact)
        else:
            named.append(replace(fact, indicator=own))
    return tuple(named)


__all__ = ["Catalogue", "indicators"]
