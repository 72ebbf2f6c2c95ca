"""Where facts stand in the running text, and the words around them, over the whole report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from extractor.model import Fact, Outline, Passage
from extractor.relations.figures import kin, level

_CLAUSE, _STOPS = re.compile(r"[，。；：！？（）]"), "。！？"
_AHEAD = 40


class Spot(Struct, frozen=True, gc=False):
    """Where a fact stands: the number of its paragraph and its place [start, end) in the paragraph's flow."""

    paragraph: int
    flow: str
    start: int
    end: int


class Places:
    """The words before and behind any fact of the running text; facts of tables have none.

    ``facts`` are those of the running text in reading order, ``levels`` the plain figures of the year among them, which are
    number ``levels_at`` of them.
    """

    def __init__(self, facts: Sequence[Fact], outline: Outline) -> None:
        self.facts = tuple([f for f in facts if f.cell is None])
        self.levels_at = [i for i, f in enumerate(self.facts) if level(f)]
        self.levels = [self.facts[i] for i in self.levels_at]
        self._passages = outline.passages
        self._spots = {f.id: spot for f, spot in zip(self.facts, self._located(), strict=True)}
        self._aheads: dict[str, str] = {}

    @cached_property
    def by_kin(self) -> dict[tuple[str, str], list[Fact]]:
        """The plain figures of the year by kind and kin of unit."""
        found: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.levels:
            found.setdefault((fact.kind, kin(fact)), []).append(fact)
        return found

    def _located(self) -> Iterator[Spot]:
        starts = [p.start for p in self._passages]
        known, place = -1, dict[int, int]()
        for fact in self.facts:
            start, end = fact.span
            number = max(0, bisect_right(starts, start) - 1)
            passage = self._passages[number]
            if not passage.offsets:
                yield Spot(number, passage.flow, start - passage.start, end - passage.start)
                continue
            if number != known:
                known, place = number, {o: i for i, o in enumerate(passage.offsets)}
            yield Spot(number, passage.flow, place.get(start, 0), place.get(end - 1, 0) + 1)

    def spot(self, fact: Fact) -> Spot:
        """Where a fact stands."""
        return self._spots[fact.id]

    def passage(self, fact: Fact) -> Passage:
        """The paragraph of a fact."""
        return self._passages[self._spots[fact.id].paragraph]

    def after(self, fact: Fact, length: int = 16) -> str:
        """The words right behind a fact."""
        spot = self._spots[fact.id]
        return spot.flow[spot.end : spot.end + length]

    def ahead(self, fact: Fact, length: int = _AHEAD) -> str:
        """The words of the fact's clause before it."""
        if length != _AHEAD:
            return _CLAUSE.split(self._leading(fact, length))[-1]
        if fact.id not in self._aheads:
            self._aheads[fact.id] = _CLAUSE.split(self._leading(fact, length))[-1]
        return self._aheads[fact.id]

    def between(self, first: Fact, second: Fact) -> str:
        """The words between two facts of one paragraph."""
        spot = self._spots[first.id]
        return spot.flow[spot.end : self._spots[second.id].start]

    def before(self, fact: Fact, length: int = _AHEAD) -> str:
        """The words of the fact's sentence before it, marks and numbers among them."""
        words = self._leading(fact, length)
        return words[max(map(words.rfind, _STOPS)) + 1 :]

    def _leading(self, fact: Fact, length: int) -> str:
        spot = self._spots[fact.id]
        return spot.flow[max(0, spot.start - length) : spot.start]
