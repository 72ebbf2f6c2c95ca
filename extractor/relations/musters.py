"""Several bodies told in one breath, each counted before: 118个网格、128名网格员、109名调解员三支力量.

Where others are told with the figures that they had, those that differ as slips of the pen do are mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Fact, Relation
from extractor.model.compare import miswritten
from extractor.relations.bind import ONE, bind
from extractor.relations.places import Places
from extractor.relations.restated import label, plain_words
from extractor.relations.words import heads
from extractor.text.stretches import MOST_EARLIER

_NOUN_AND = re.compile(r"([\u4e00-\u9fff“”（）]{1,10})[、和与及]")
_CHANGED = re.compile(r"新|增|减|其中|部分|另|培训|选派|抽调|不|未")
_LEAST, _FEWEST, _SHORTEST, _LONGEST = 10, 3, 2, 12


def musters(places: Places) -> Iterator[Relation]:
    """One ``conflict`` for each figure of a row of three and more that is not what it was counted as before."""
    plain = places.levels
    for start, end in _rows(plain, places):
        first = [_counted(places, f, plain[:start]) for f in plain[start:end]]
        off = [(n, f) for n, f in zip(first, plain[start:end], strict=True) if n is not None and n.value != f.value]
        if len(off) < sum(n is not None for n in first) and all(miswritten(n.value, f.value) for n, f in off):
            yield from (bind("conflict", ONE, n, f) for n, f in off)


def _rows(plain: Sequence[Fact], places: Places) -> Iterator[tuple[int, int]]:
    """Where the figures stand that follow each other before their nouns, 、 between them: from, to."""
    start = 0
    for i in range(1, len(plain) + 1):
        if i < len(plain) and _beside(plain[i - 1], plain[i], places):
            continue
        if i - start >= _FEWEST:
            yield start, i
        start = i


def _beside(fact: Fact, following: Fact, places: Places) -> bool:
    near = _SHORTEST < following.span[0] - fact.span[1] <= _LONGEST and fact.sentence == following.sentence
    return near and _NOUN_AND.fullmatch(places.between(fact, following)) is not None


def _counted(places: Places, fact: Fact, earlier: Sequence[Fact]) -> Fact | None:
    """The one figure before a row that counts what stands behind a figure of it."""
    if fact.value < _LEAST or fact.approx:
        return None
    noun = plain_words(places.after(fact))
    like = [f for f in earlier[-MOST_EARLIER:] if f.unit == fact.unit and not f.approx and f.sentence != fact.sentence]
    named = [f for f in like if heads(label(f), noun, _SHORTEST) or places.after(f, _SHORTEST) == noun[:_SHORTEST]]
    named = [f for f in named if not _CHANGED.search(f.measure)]
    named = [f for f in named if f.part_of is None] or named
    return named[0] if named and len({f.value for f in named}) == 1 else None
