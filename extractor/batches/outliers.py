"""Figures and habits that stand out among the bodies of a county. None is an error by itself; few, so that they are read.

A value stands out by its robust z-score (distance from the median in median absolute deviations, Iglewicz and Hoaglin 1993):
counts and amounts on a logarithmic scale, since townships differ in size, rates as they are. Everything is exact decimals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import comb
from statistics import median

from extractor.batches.placing import Placed
from extractor.batches.store import Store
from extractor.model.compare import rounded
from extractor.model.county import TOWNSHIP, Body, Figure, IndicatorRow, Outlier
from extractor.model.number import plain

FEWEST = 8  # bodies below which nothing stands out
FAR = Decimal("3.5")
TIMES, POINTS = Decimal(3), Decimal(10)  # and at least so far from the median: times (counts), points (rates)
_MAD, _MEAN = Decimal("1.4826"), Decimal("1.2533")
ZEROS = 3  # indicators at zero where nearly all others have some
SMALL = 20  # figures below it are the same by chance
REPEATED, TWINS = 3, 5
RARE = Fraction(1, 1000)


def outliers(store: Store, rows: Sequence[IndicatorRow], placed: Sequence[Placed], bodies: dict[str, Body]) -> list[Outlier]:
    """All that stands out, by type, year and kind."""
    return [*_values(rows, bodies), *_zeros(rows, bodies), *_round(store, placed), *_repeated(rows), *_twins(rows)]


def scores(values: Sequence[Decimal]) -> list[Decimal] | None:
    """Robust z-scores; None where all values are alike."""
    centre = median(values)
    gaps = [abs(v - centre) for v in values]
    spread = median(gaps) * _MAD or sum(gaps, Decimal(0)) / len(gaps) * _MEAN
    return [(v - centre) / spread for v in values] if spread else None


def _own(row: IndicatorRow, bodies: dict[str, Body]) -> list[tuple[Figure, Decimal]]:
    return [(f, f.value) for f in row.figures if f.value is not None and bodies[f.body].level == TOWNSHIP]


def _values(rows: Iterable[IndicatorRow], bodies: dict[str, Body]) -> Iterable[Outlier]:
    for row in rows:
        own = _own(row, bodies)
        if len(own) < FEWEST:
            continue
        rate = row.total is None
        scale = [v if rate else (max(v, Decimal(0)) + 1).ln() for _, v in own]
        found = scores(scale)
        centre = median(v for _, v in own)
        for (figure, value), score in zip(own, found or [], strict=False):
            larger, smaller = max(value, centre), min(value, centre)
            far = larger - smaller >= POINTS if rate else larger >= TIMES * max(smaller, Decimal(1))
            if abs(score) > FAR and far:
                yield Outlier(
                    type="value", kind=row.kind, year=row.year, bodies=(figure.body,), indicator=row.indicator, name=row.name,
                    value=figure.text, usual=f"{plain(centre):f}{row.unit}", score=rounded(score, 1),
                )  # fmt: skip


def _zeros(rows: Iterable[IndicatorRow], bodies: dict[str, Body]) -> Iterable[Outlier]:
    alone: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for row in rows:
        own = _own(row, bodies)
        none = [f.body for f, v in own if v == 0]
        if len(own) >= FEWEST and len(none) * 10 <= len(own):
            for body in none:
                alone[row.kind, row.year, body].append(row.name)
    for (kind, year, body), names in sorted(alone.items()):
        if len(names) >= ZEROS:
            yield Outlier(type="zeros", kind=kind, year=year, bodies=(body,), value=str(len(names)), shown=tuple(names))


def _round(store: Store, placed: Iterable[Placed]) -> Iterable[Outlier]:
    """Reports in which far more exact counts end in 0 than in the county's reports together (binomial test)."""
    query = (
        "SELECT text, value FROM facts WHERE report = ? AND kind = 'count' AND approx IS NULL AND low = high ORDER BY number"
    )
    groups: dict[tuple[str, int], list[tuple[str, list[tuple[str, bool]]]]] = defaultdict(list)
    for file in placed:
        if file.usable and file.place:
            counts = [(t, int(Decimal(v)) % 10 == 0) for t, v in store.rows(query, file.report) if Decimal(v) >= SMALL]
            groups[file.place[1], file.place[2]].append((file.place[0], counts))
    for (kind, year), group in sorted(groups.items()):
        many, tens = sum(len(c) for _, c in group), sum(r for _, c in group for _, r in c)
        usual = max(Fraction(tens, many) if many else Fraction(0), Fraction(1, 10))
        for body, counts in group:
            texts = [t for t, r in counts if r]
            if len(group) >= FEWEST and len(texts) >= FEWEST and _at_least(len(texts), len(counts), usual) < RARE:
                yield Outlier(
                    type="round", kind=kind, year=year, bodies=(body,), value=f"{len(texts)}/{len(counts)}",
                    usual=f"{rounded(Decimal(100 * usual.numerator) / usual.denominator, 0):f}%", shown=tuple(texts),
                )  # fmt: skip


def _at_least(hits: int, tries: int, chance: Fraction) -> Fraction:
    """How likely so many hits or more are."""
    return sum((comb(tries, k) * chance**k * (1 - chance) ** (tries - k) for k in range(hits, tries + 1)), Fraction(0))


def _same(row: IndicatorRow) -> dict[Decimal, list[Figure]]:
    """The bodies by exact figure, leaving out small and round figures and rates, which meet by chance."""
    found: dict[Decimal, list[Figure]] = defaultdict(list)
    for figure in row.figures:
        if row.total is not None and figure.value is not None and figure.interval.exact and figure.value >= SMALL:
            found[figure.value].append(figure)
    return {v: f for v, f in found.items() if len(f) > 1 and v % 10}


def _repeated(rows: Iterable[IndicatorRow]) -> Iterable[Outlier]:
    for row in rows:
        for _, figures in sorted(_same(row).items()):
            if len(figures) >= max(REPEATED, len(row.figures) // 10):
                yield Outlier(
                    type="repeated", kind=row.kind, year=row.year, bodies=tuple(f.body for f in figures),
                    indicator=row.indicator, name=row.name, value=figures[0].text,
                )  # fmt: skip


def _twins(rows: Iterable[IndicatorRow]) -> Iterable[Outlier]:
    pairs: dict[tuple[str, int, tuple[str, str]], list[str]] = defaultdict(list)
    for row in rows:
        for figures in _same(row).values():
            for one, other in combinations(sorted(f.body for f in figures), 2):
                pairs[row.kind, row.year, (one, other)].append(f"{row.name} {figures[0].text}")
    for (kind, year, both), shown in sorted(pairs.items()):
        if len(shown) >= TWINS:
            yield Outlier(type="twins", kind=kind, year=year, bodies=both, value=str(len(shown)), shown=tuple(shown))
