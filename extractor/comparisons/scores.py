"""How much two facts speak of one thing: features of every pair of this and last year's facts, and what each is worth.

A first score looks at two facts alone; further rounds look at the facts around them and at their rivals. The worth of the
features is data (patterns/alignment.toml), fitted by logistic regression on annotated pairs of reports
(corpus/models/fit_alignment.py), so that a score is a probability.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from extractor.comparisons.bags import Bags, Side, dice
from extractor.comparisons.profile import Profile, Profiler
from extractor.comparisons.wordings import Wordings
from extractor.model.fact import NIL, QUANTITY
from extractor.rules import Ruleset

if TYPE_CHECKING:
    from extractor.comparisons.bags import Mask, Matrix

_EDGE = 1e-3
_FACTOR = 4
_PHRASES = 3


def scores(last: Side, this: Side, ruleset: Ruleset) -> Matrix:
    """The probability that each fact of last year (row) and of this year (column) are one figure of two years; 0 where
    kind, unit or divisor forbid it."""
    worth = ruleset.alignment
    alone, fits = features(last, this, ruleset)
    found = np.zeros(fits.shape)
    for turn, bias in enumerate(worth["bias"].worth):
        layers = alone if turn == 0 else {**alone, **company(found, last, this)}
        total = np.full(fits.shape, bias)
        for name, layer in layers.items():
            total = total + layer * worth[name].worth[turn]
        found = np.where(fits, 1 / (1 + np.exp(-total)), 0.0)
    return found


def features(last: Side, this: Side, ruleset: Ruleset) -> tuple[dict[str, Matrix], Mask]:
    """What two facts have in common, taken alone; and whether they can be compared at all (kind, unit, divisor)."""
    measure, clause = Bags(last, this, attrgetter("measure")), Bags(last, this, attrgetter("clause"))
    letters = Bags(last, this, attrgetter("letters"), attrgetter("behind"), attrgetter("own"))
    named = [letters.dice(i, j) for i in range(_PHRASES) for j in range(_PHRASES)]
    same = _equal(last, this, lambda p: p.fact.indicator) & _both(last, this, lambda p: p.fact.indicator is not None)
    both = _both(last, this, lambda p: p.fact.indicator is not None)
    nil = _equal(last, this, lambda p: p.fact.kind) & _both(last, this, lambda p: p.fact.kind != NIL)
    layers: dict[str, Any] = {
        "measure": measure.dice(),
        "measure_held": measure.held(),
        "letters": named[0],
        "clause": clause.dice(),
        "clause_held": clause.held(),
        "context": context(last, this),
        "named": np.maximum.reduce(named),
        "same_measure": _equal(last, this, lambda p: frozenset(p.measure)) & _both(last, this, lambda p: bool(p.measure)),
        "same_indicator": same,
        "only_indicator": same & _single(last, this),
        "other_indicator": both & ~same,
        "catalogue": ruleset.kept(Wordings).together(last, this),
        "near_unit": ~_equal(last, this, lambda p: p.group),
        "nil": ~nil,
        "one_is_part": ~_equal(last, this, lambda p: p.fact.part_of is None),
        "part": _parts(last, this),
        "again": ~_equal(last, this, lambda p: p.again),
        "other_state": ~_equal(last, this, lambda p: p.state),
        "size": _size(last, this),
        "aside": ~_equal(last, this, lambda p: p.aside),
    }
    return {k: np.asarray(v, dtype=np.float64) for k, v in layers.items()}, _fits(last, this, ruleset.kept(Profiler))


def context(last: Side, this: Side) -> Matrix:
    """How alike the sentences are in which two facts stand."""
    return Bags(last, this, attrgetter("context")).cosine()


def company(base: Matrix, last: Side, this: Side) -> dict[str, Matrix]:
    """What the scores so far say of the facts around two facts, and of their rivals.

    ``around`` and ``best_around``: how well the facts they stand with (wholes, parts, ends of a rate, figures beside) fit
    each other, on the whole and at best, 0 where one of the two stands alone; ``lead`` over the best rival, in log odds.
    """
    near_last, near_this = _near(last), _near(this)
    rows, columns = (np.array([len(n) for n in near], dtype=np.float64) for near in (near_last, near_this))
    by_row = np.array([base[n].max(0) if n else np.zeros(base.shape[1]) for n in near_last])
    by_column = np.array([base[:, n].max(1) if n else np.zeros(base.shape[0]) for n in near_this]).T
    over_columns = np.array([by_row[:, n].sum(1) if n else np.zeros(base.shape[0]) for n in near_this]).T
    over_rows = np.array([by_column[n].sum(0) if n else np.zeros(base.shape[1]) for n in near_last])
    best = np.array([by_row[:, n].max(1) if n else np.zeros(base.shape[0]) for n in near_this]).T
    accompanied = (rows > 0)[:, None] & (columns > 0)[None, :]
    around = (over_columns + over_rows) / np.maximum(rows[:, None] + columns[None, :], 1)
    odds = _odds(base)
    return {
        "around": np.where(accompanied, around - 0.5, 0.0),
        "best_around": np.where(accompanied, best - 0.5, 0.0),
        "lead": odds - _odds(np.maximum(_rival(base), _rival(base.T).T)),
        "score": odds,
    }


def _near(side: Side) -> list[list[int]]:
    at = {p.fact.id: i for i, p in enumerate(side)}
    return [[at[n] for n in p.near if n in at] for p in side]


def _rival(base: Matrix) -> Matrix:
    """For each pair the best other score of its row."""
    if base.shape[1] < 2:
        return np.zeros(base.shape)
    ordered = np.sort(base, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    return np.where(base >= best, second, best)


def _odds(score: Matrix) -> Matrix:
    found: Matrix = np.log((score + _EDGE) / (1 - score + _EDGE))
    return found


def _fits(last: Side, this: Side, profiler: Profiler) -> Mask:
    """Whether two facts may be compared: one kind (or a declared zero), units that fit, one divisor; what came over from the
    year before is no figure of the year; 亩 and 公顷 are not to be compared as they stand."""
    known = {(a, b): profiler.units_fit(a, b) for a in {p.group for p in last} for b in {p.group for p in this}}
    units = np.array([[known[a.group, b.group] for b in this] for a in last], dtype=bool).reshape(len(last), len(this))
    measured = _equal(last, this, lambda p: p.fact.unit if p.fact.kind == QUANTITY else None)
    alike = _equal(last, this, lambda p: (p.fact.kind, p.fact.per)) & units & measured
    zero = ~_both(last, this, lambda p: p.fact.kind != NIL) & _both(last, this, lambda p: p.fact.kind in (NIL, "count"))
    found: Mask = (alike | zero) & _equal(last, this, lambda p: p.state == "in")
    return found


def _equal(last: Side, this: Side, key: Callable[[Profile], Hashable]) -> Mask:
    """Where both sides have the same key."""
    codes: dict[Hashable, int] = {}
    mine, other = (np.array([codes.setdefault(key(p), len(codes)) for p in side], dtype=int) for side in (last, this))
    found: Mask = mine[:, None] == other[None, :]
    return found


def _both(last: Side, this: Side, test: Callable[[Profile], bool]) -> Mask:
    """Where both sides pass a test."""
    mine, other = (np.array([test(p) for p in side], dtype=bool) for side in (last, this))
    found: Mask = mine[:, None] & other[None, :]
    return found


def _single(last: Side, this: Side) -> Mask:
    """Where the indicators of both facts stand just once in their year."""
    counts = [Counter(p.fact.indicator for p in side) for side in (last, this)]
    mine, other = (
        np.array([count[p.fact.indicator] == 1 for p in side], dtype=bool)
        for side, count in zip((last, this), counts, strict=True)
    )
    found: Mask = mine[:, None] & other[None, :]
    return found


def _size(last: Side, this: Side) -> Matrix:
    """How far apart two figures are, from 0 to 1 for a factor of four and more; 0 where one is not positive. A change of any
    size remains possible: this only tells look-alikes apart."""
    mine, other = (np.array([float(p.fact.value) for p in side]) for side in (last, this))
    positive = (mine > 0)[:, None] & (other > 0)[None, :]
    logs = [np.log(np.where(side > 0, side, 1.0)) for side in (mine, other)]
    return np.where(positive, np.minimum(np.abs(logs[0][:, None] - logs[1][None, :]) / np.log(_FACTOR), 1.0), 0.0)


def _parts(last: Side, this: Side) -> Matrix:
    """How alike the parts are that two facts play in their lists, from -0.5 to 0.5; 0 where one is no part."""
    bags = Bags(last, this, attrgetter("part"))
    alike = dice(bags.last[0], bags.this[0], np.ones_like(bags.tells))
    return np.where(_both(last, this, lambda p: bool(p.part)), alike - 0.5, 0.0)
