"""How much two facts speak of one thing: features of every pair of this and last year's facts, and what each is worth.

A first score looks at two facts alone; further rounds look at the facts around them and at their rivals. The worth of the
features is data (patterns/alignment.toml), fitted by logistic regression on annotated pairs of reports
(corpus/models/fit_alignment.py), so that a score is a probability.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from extractor.comparisons.profile import Bag, Profile, Profiler
from extractor.rules.schema import Feature

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float64]
    Mask: TypeAlias = NDArray[np.bool_]

_MIXED = (("count", "nil"), ("nil", "count"))
_EDGE = 1e-3
_FACTOR = 4

Side = Sequence[Profile]


def scores(last: Side, this: Side, profiler: Profiler, worth: dict[str, Feature]) -> Matrix:
    """The probability that each fact of last year (row) and of this year (column) are one figure of two years; 0 where
    kind, unit or divisor forbid it.

    Parameters: ``worth`` the features of patterns/alignment.toml by id, ``bias`` among them.
    """
    alone, fits = features(last, this, profiler)
    names = list(alone)
    found = np.zeros(fits.shape)
    for turn in range(len(worth["bias"].worth)):
        layers = alone if turn == 0 else {**alone, **company(found, last, this)}
        total = np.full(fits.shape, worth["bias"].worth[turn])
        for name in (*names, *(n for n in layers if n not in alone)):
            total = total + layers[name] * worth[name].worth[turn]
        found = np.where(fits, 1 / (1 + np.exp(-total)), 0.0)
    return found


def features(last: Side, this: Side, profiler: Profiler) -> tuple[dict[str, Matrix], Mask]:
    """What two facts have in common, taken alone; and whether they can be compared at all (kind, unit, divisor)."""
    measure, clause, letters = (_bags(last, this, get) for get in (_measure, _clause, _letters))
    phrases = (_letters, _behind, _own)
    counts = [Counter(p.fact.indicator for p in side) for side in (last, this)]
    same = _grid(last, this, lambda a, b: a.fact.indicator is not None and a.fact.indicator == b.fact.indicator)
    named = _grid(last, this, lambda a, b: None not in (a.fact.indicator, b.fact.indicator))
    layers: dict[str, Any] = {
        "measure": _dice(*measure),
        "measure_held": _held(*measure),
        "letters": _dice(*letters),
        "clause": _dice(*clause),
        "clause_held": _held(*clause),
        "context": _cosine(*_bags(last, this, _context)),
        "named": np.maximum.reduce([_dice(*_bags(last, this, x, y)) for x in phrases for y in phrases]),
        "same_measure": _grid(last, this, lambda a, b: bool(a.measure) and a.measure == b.measure),
        "same_indicator": same,
        "only_indicator": same & _grid(last, this, lambda a, b: all(c[a.fact.indicator] == 1 for c in counts)),
        "other_indicator": named & ~same,
        "near_unit": _grid(last, this, lambda a, b: a.group != b.group),
        "nil": _grid(last, this, lambda a, b: "nil" in (a.fact.kind, b.fact.kind)),
        "one_is_part": _grid(last, this, lambda a, b: (a.fact.part_of is None) != (b.fact.part_of is None)),
        "part": _parts(last, this),
        "again": _grid(last, this, lambda a, b: a.again != b.again),
        "other_state": _grid(last, this, lambda a, b: a.state != b.state),
        "size": _size(last, this),
        "aside": _grid(last, this, lambda a, b: a.aside != b.aside),
    }
    fits = _grid(last, this, lambda a, b: _comparable(a, b, profiler))
    return {k: np.asarray(v, dtype=np.float64) for k, v in layers.items()}, fits


def company(base: Matrix, last: Side, this: Side) -> dict[str, Matrix]:
    """What the scores so far say of the facts around two facts, and of their rivals.

    ``around`` and ``best_around``: how well the facts they stand with (wholes, parts, ends of a rate, figures beside) fit
    each other, on the whole and at best, 0 where one of the two stands alone; ``lead`` over the best rival, in log odds.
    """
    at_last, at_this = ({p.fact.id: i for i, p in enumerate(side)} for side in (last, this))
    near_last = [[at_last[n] for n in p.near if n in at_last] for p in last]
    near_this = [[at_this[n] for n in p.near if n in at_this] for p in this]
    around, best = np.zeros(base.shape), np.zeros(base.shape)
    for i, rows in enumerate(near_last):
        across = base[rows]
        for j, columns in enumerate(near_this):
            if rows and columns:
                pairs = across[:, columns]
                around[i, j] = (pairs.max(0).sum() + pairs.max(1).sum()) / sum(pairs.shape) - 0.5
                best[i, j] = pairs.max() - 0.5
    odds = _odds(base)
    return {
        "around": around,
        "best_around": best,
        "lead": odds - _odds(np.maximum(_rival(base), _rival(base.T).T)),
        "score": odds,
    }


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


def _comparable(a: Profile, b: Profile, profiler: Profiler) -> bool:
    kinds = (a.fact.kind, b.fact.kind)
    if kinds[0] != kinds[1] and kinds not in _MIXED:
        return False
    if (a.state == "in") != (b.state == "in"):  # what came over from the year before is no figure of the year
        return False
    if a.fact.kind == "quantity" and a.fact.unit != b.fact.unit:  # 亩 and 公顷 are not to be compared as they stand
        return False
    return "nil" in kinds or (profiler.units_fit(a.group, b.group) and a.fact.per == b.fact.per)


def _grid(last: Side, this: Side, test: Callable[[Profile, Profile], bool]) -> Mask:
    found: Mask = np.array([[test(a, b) for b in this] for a in last], dtype=bool).reshape(len(last), len(this))
    return found


def _bags(
    last: Side, this: Side, get: Callable[[Profile], Bag], get_this: Callable[[Profile], Bag] | None = None
) -> tuple[Matrix, Matrix, Any]:
    """The bags of both sides as matrices over one vocabulary, and how much each word tells (rare and long words more)."""
    mine, other = [get(p) for p in last], [(get_this or get)(p) for p in this]
    counts = Counter(w for bag in (*mine, *other) for w in bag)
    column = {w: i for i, w in enumerate(counts)}
    size = len(mine) + len(other)
    tells = np.array([np.log(1 + size / n) * (0.6 + 0.2 * min(len(w), 4)) for w, n in counts.items()])

    def matrix(bags: list[Bag]) -> Matrix:
        found = np.zeros((len(bags), len(column)))
        for i, bag in enumerate(bags):
            for word, value in bag.items():
                found[i, column[word]] = value
        return found

    return matrix(mine), matrix(other), tells


def _dice(one: Matrix, other: Matrix, tells: Any) -> Matrix:
    return _ratio(2 * (one * tells) @ other.T, (one * tells).sum(1)[:, None] + (other * tells).sum(1)[None, :])


def _held(one: Matrix, other: Matrix, tells: Any) -> Matrix:
    """How much of the shorter of two bags the longer one holds."""
    return _ratio((one * tells) @ other.T, np.minimum((one * tells).sum(1)[:, None], (other * tells).sum(1)[None, :]))


def _cosine(one: Matrix, other: Matrix, tells: Any) -> Matrix:
    one, other = one * tells, other * tells
    return _ratio(one @ other.T, np.linalg.norm(one, axis=1)[:, None] * np.linalg.norm(other, axis=1)[None, :])


def _size(last: Side, this: Side) -> Matrix:
    """How far apart two figures are, from 0 to 1 for a factor of four and more; 0 where one is zero. A fall or rise of any
    size remains possible: this only tells look-alikes apart."""
    mine, other = ([float(p.fact.value) for p in side] for side in (last, this))
    found = np.zeros((len(mine), len(other)))
    for i, a in enumerate(mine):
        for j, b in enumerate(other):
            if a > 0 and b > 0:
                found[i, j] = min(abs(np.log(a / b)) / np.log(_FACTOR), 1.0)
    return found


def _parts(last: Side, this: Side) -> Matrix:
    """How alike the parts are that two facts play in their lists, from -0.5 to 0.5; 0 where one is no part."""
    one, other, _ = _bags(last, this, _part)
    both = (one.sum(1) > 0)[:, None] & (other.sum(1) > 0)[None, :]
    return np.where(both, _ratio(2 * (one @ other.T), one.sum(1)[:, None] + other.sum(1)[None, :]) - 0.5, 0.0)


def _ratio(over: Matrix, under: Matrix) -> Matrix:
    return np.divide(over, under, out=np.zeros_like(over), where=under > 0)


def _measure(p: Profile) -> Bag:
    return p.measure


def _letters(p: Profile) -> Bag:
    return p.letters


def _behind(p: Profile) -> Bag:
    return p.behind


def _own(p: Profile) -> Bag:
    return p.own


def _clause(p: Profile) -> Bag:
    return p.clause


def _context(p: Profile) -> Bag:
    return p.context


def _part(p: Profile) -> Bag:
    return p.part
