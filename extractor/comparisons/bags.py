"""Bags of words as matrices, and how alike two lists of bags are: every pair at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from extractor.comparisons.profile import Bag, Profile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float64]
    Mask: TypeAlias = NDArray[np.bool_]

Side: TypeAlias = Sequence[Profile]
"""The profiles of one year's figures."""


class Bags:
    """The bags of last and this year over one vocabulary; rare and long words tell more.

    Parameters: ``last`` and ``this`` the sides; ``kinds`` which bags of a profile are looked at: all share the vocabulary.
    """

    def __init__(self, last: Side, this: Side, *kinds: Callable[[Profile], Bag]) -> None:
        counts = Counter(w for side in (last, this) for p in side for get in kinds for w in get(p))
        self._column = {w: i for i, w in enumerate(counts)}
        size = (len(last) + len(this)) * len(kinds)
        self.tells: Matrix = np.array(
            [np.log(1 + size / n) * (0.6 + 0.2 * min(len(w), 4)) for w, n in counts.items()], dtype=np.float64
        )
        self.last = [matrix([get(p) for p in last], self._column) for get in kinds]
        self.this = [matrix([get(p) for p in this], self._column) for get in kinds]

    def dice(self, one: int = 0, other: int = 0) -> Matrix:
        """Twice what two bags share over what both hold."""
        return dice(self.last[one], self.this[other], self.tells)

    def held(self) -> Matrix:
        """How much of the shorter of two bags the longer one holds."""
        a, b = self.last[0] * self.tells, self.this[0]
        return ratio(a @ b.T, np.minimum(a.sum(1)[:, None], (b * self.tells).sum(1)[None, :]))

    def cosine(self) -> Matrix:
        """How near two weighted bags point the same way."""
        a, b = self.last[0] * self.tells, self.this[0] * self.tells
        return ratio(a @ b.T, np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)[None, :])


def matrix(bags: Sequence[Bag], column: dict[str, int]) -> Matrix:
    """One row per bag, one column per word of the vocabulary; other words are left out."""
    found = np.zeros((len(bags), len(column)))
    for i, bag in enumerate(bags):
        for word, value in bag.items():
            if word in column:
                found[i, column[word]] = value
    return found


def dice(one: Matrix, other: Matrix, tells: Matrix) -> Matrix:
    """Twice what two bags share over what both hold, each word by what it tells."""
    return ratio(2 * (one * tells) @ other.T, (one * tells).sum(1)[:, None] + (other * tells).sum(1)[None, :])


def ratio(over: Matrix, under: Matrix) -> Matrix:
    """A quotient, 0 where there is nothing to divide by."""
    return np.divide(over, under, out=np.zeros_like(over), where=under > 0)
