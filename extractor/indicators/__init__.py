"""A fact's measure gets its name in the catalogue, so that years and townships can be compared.

A change (同比增长9.9%) has the name of the figure that changed: whoever wants levels looks at ``direction`` and ``kind``.
"""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from extractor.indicators.around import Around, Cues, theme
from extractor.indicators.catalogue import Catalogue, is_change
from extractor.model import Fact, Outline
from extractor.model.fact import NIL
from extractor.rules import Ruleset


def indicators(facts: tuple[Fact, ...], outline: Outline, ruleset: Ruleset) -> tuple[Fact, ...]:
    """The facts with their ``indicator`` ids filled in where the catalogue has a name.

    Parameters: ``facts`` of one report in reading order; its ``outline``; ``ruleset`` with the catalogue in force.
    """
    if not facts:
        return facts
    found = _Namer(facts, outline, ruleset).found
    return tuple(replace(f, indicator=found[f.id]) if f.id in found else f for f in facts)


class _Namer:
    """Names the facts of one report; ``found`` are the names by fact id."""

    def __init__(self, facts: tuple[Fact, ...], outline: Outline, ruleset: Ruleset) -> None:
        self._catalogue = ruleset.kept(Catalogue)
        self._around = Around(outline, ruleset.kept(Cues))
        self._facts = {f.id: f for f in facts}
        self._sentence: tuple[tuple[int, int], list[str]] = ((0, 0), [])
        self.found: dict[str, str] = {}
        prose = [f for f in facts if f.cell is None]
        for fact in prose:
            if not (is_change(fact) and fact.change_of):
                self._name(fact)
        # A category of a list is neither the indicator of its whole nor that of its siblings.
        shared = Counter((f.part_of, self.found.get(f.id)) for f in prose if f.part_of)
        for fact in prose:
            own = self.found.get(fact.id)
            if own and fact.part_of and (shared[fact.part_of, own] > 1 or own in self._above(fact)):
                del self.found[fact.id]
        for fact in prose:
            if is_change(fact) and fact.change_of in self.found:
                self.found[fact.id] = self.found[fact.change_of]

    def _name(self, fact: Fact) -> None:
        above = self._above(fact)
        whole = self.found.get(fact.part_of or "")
        for phrase in self._phrases(fact):
            names = self._catalogue.names(fact, phrase)
            bare = [n for n in names.bare if n not in above]
            name = self._of_theme(bare, theme(whole)) if whole else None
            if name is None and names.own not in above:
                name = names.own
            if name is None and bare:
                name = next(filter(None, (self._of_theme(bare, t) for t in self._around.themes(fact, whole))), None)
            if name is not None:
                self.found[fact.id] = name
                self._around.tell(fact, name)
                break

    def _of_theme(self, names: list[str], near: str) -> str | None:
        """The first of several names that means something beside a theme."""
        return next((n for n in names if near in (self._catalogue.indicators[n].beside or (theme(n),))), None)

    def _phrases(self, fact: Fact) -> list[str]:
        """What may name a fact: its measure, and the measure without the words it shares with the figures before it.

        A part of a list is named by its own words first: 来访 of 来访信访事项, part of 信访事项.
        """
        if self._sentence[0] != fact.sentence:
            self._sentence = fact.sentence, []
        before = self._sentence[1]
        shared = max((_shared_end(fact.measure, m) for m in before), default=0)
        if fact.kind == NIL:
            before.append(fact.text)
            return [fact.text]
        before.append(fact.measure)
        own = fact.measure[:-shared] if 1 < shared < len(fact.measure) else ""
        if fact.part_of is None:
            return [fact.measure, own]
        name = next(iter(fact.dimension.values()), "")
        return [name if name in fact.measure else own, fact.measure]

    def _above(self, fact: Fact) -> set[str]:
        """The names of the wholes that a fact is a part of."""
        names = set()
        while fact.part_of is not None:
            fact = self._facts[fact.part_of]
            names.add(self.found.get(fact.id, ""))
        return names


def _shared_end(one: str, other: str) -> int:
    """How many characters two phrases have in common at their ends."""
    length = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        length += 1
    return length


__all__ = ["Catalogue", "indicators", "is_change"]
