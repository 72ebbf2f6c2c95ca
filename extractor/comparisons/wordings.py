"""The usual wordings of the catalogue: two figures that read like wordings of one indicator may be one, even where neither
is named for certain (领导接访96批次, 班子成员接待群众88批次)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from extractor.comparisons.bags import Side, dice, matrix
from extractor.rules import Ruleset

if TYPE_CHECKING:
    from extractor.comparisons.bags import Matrix

_HAN = re.compile(r"[\u4e00-\u9fff]")


class Wordings:
    """Tells how well figures fit each indicator of the catalogue by the characters of its wordings; made once per ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        listed = [(i.id, _HAN.findall(w)) for i in ruleset.indicators.values() for w in (i.name, *i.variants)]
        listed = [(name, letters) for name, letters in listed if len(letters) > 1]
        counts = Counter(c for _, letters in listed for c in set(letters))
        self._column = {c: i for i, c in enumerate(counts)}
        self._tells: Matrix = np.array([np.log(1 + len(listed) / n) for n in counts.values()], dtype=np.float64)
        self._known = matrix([dict.fromkeys(letters, 1.0) for _, letters in listed], self._column)
        self._starts = [i for i, (name, _) in enumerate(listed) if i == 0 or name != listed[i - 1][0]]

    def together(self, last: Side, this: Side) -> Matrix:
        """For each pair of figures how well both fit the indicator that both fit best, 0 to 1."""
        if not self._starts:
            return np.zeros((len(last), len(this)))
        mine, other = self._likely(last), self._likely(this)
        found = np.zeros((len(last), len(this)))
        for i in range(len(last)):
            found[i] = np.minimum(mine[i][None, :], other).max(1)
        return found

    def _likely(self, side: Side) -> Matrix:
        """One row per figure, one column per indicator: the best of its wordings for the words of measure and clause."""
        phrases = [bag for p in side for bag in (p.letters, p.behind, p.own)]
        fit = dice(matrix(phrases, self._column), self._known, self._tells)
        best = fit.reshape(len(side), 3, fit.shape[1]).max(1)
        found: Matrix = np.maximum.reduceat(best, self._starts, axis=1)
        return found
