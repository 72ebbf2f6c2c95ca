"""The words that pattern terms are made of."""

from __future__ import annotations

from collections.abc import Iterable


def atoms(terms: Iterable[str]) -> frozenset[str]:
    """The terms that are not made of other terms: of 负责人, 出庭, 负责人出庭 the first two."""
    words = frozenset(terms)
    return frozenset(w for w in words if not _made_of(w, words))


def _made_of(term: str, words: frozenset[str]) -> bool:
    reached = {0}
    for end in range(2, len(term) + 1):
        if any(end - start < len(term) and term[start:end] in words for start in tuple(reached)):
            reached.add(end)
    return len(term) in reached
