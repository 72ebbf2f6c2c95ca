"""Where facts stand in the running text, and the words around them, over the whole report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extractor.model import Fact, Outline, Passage
from extractor.relations.scene import LEVELS

_CLAUSE, _SENTENCE = re.compile(r"[，。；：！？（）]"), re.compile(r"[。！？]")


class Places:
    """The words before and behind any fact of the running text; facts of tables have none."""

    def __init__(self, facts: Sequence[Fact], outline: Outline) -> None:
        self.facts = tuple(f for f in facts if f.cell is None)
        self._passages = outline.passages
        self._starts = [p.start for p in outline.passages]
        self._maps: dict[int, dict[int, int]] = {}
        self._aheads: dict[tuple[str, int], str] = {}

    def passage(self, fact: Fact) -> Passage:
        """The paragraph of a fact."""
        return self._passages[self._index(fact)]

    def after(self, fact: Fact, length: int = 16) -> str:
        """The words right behind a fact."""
        flow, at = self._at(fact, fact.span[1] - 1)
        return flow[at + 1 : at + 1 + length]

    def ahead(self, fact: Fact, length: int = 40) -> str:
        """The words of the fact's clause before it."""
        key = (fact.id, length)
        if key not in self._aheads:
            flow, at = self._at(fact, fact.span[0])
            self._aheads[key] = _CLAUSE.split(flow[max(0, at - length) : at])[-1]
        return self._aheads[key]

    def between(self, first: Fact, second: Fact) -> str:
        """The words between two facts of one paragraph."""
        flow, start = self._at(first, first.span[1] - 1)
        return flow[start + 1 : self._at(second, second.span[0])[1]]

    def before(self, fact: Fact, length: int = 40) -> str:
        """The words of the fact's sentence before it, marks and numbers among them."""
        flow, at = self._at(fact, fact.span[0])
        return _SENTENCE.split(flow[max(0, at - length) : at])[-1]

    def _index(self, fact: Fact) -> int:
        return max(0, bisect_right(self._starts, fact.span[0]) - 1)

    def _at(self, fact: Fact, offset: int) -> tuple[str, int]:
        number = self._index(fact)
        passage = self._passages[number]
        if not passage.offsets:
            return passage.flow, offset - passage.start
        if number not in self._maps:
            self._maps[number] = {o: i for i, o in enumerate(passage.offsets)}
        return passage.flow, self._maps[number].get(offset, 0)


def level(fact: Fact, statuses: tuple[str, ...] = ("actual",)) -> bool:
    """Whether a fact is a plain figure of the report's own year (or of another status that is asked for)."""
    return fact.kind in LEVELS and fact.direction is None and fact.status in statuses and fact.per is None and fact.cell is None
