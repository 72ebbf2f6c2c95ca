"""Which fact of this year speaks of the same thing as which fact of last year: one to one, by the best sum of scores.

Cells of statutory tables are aligned by their place in the form; figures in running text by indicator, words, unit and the
figures around them (``extractor.comparisons.scores``).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from extractor.comparisons.profile import Profiler
from extractor.comparisons.scores import scores
from extractor.model import Fact, Report
from extractor.rules import Ruleset

if TYPE_CHECKING:
    from extractor.comparisons.bags import Matrix

CERTAIN, POSSIBLE, ACCUSED = 0.2, 0.1, 0.4
"""Scores from which a pair is asserted, from which it is shown as a proposal, and from which it may contradict a claim."""
_KINDS = ("count", "percentage", "amount", "quantity", "frequency", "nil")


class Match(NamedTuple):
    """``last`` and ``this`` are fact ids; ``score`` the probability that they speak of one thing; ``ambiguous`` whether that
    is only a proposal; ``rivals`` other facts that fit nearly as well (``last:f3``, ``this:f9``)."""

    last: str
    this: str
    score: float
    ambiguous: bool = False
    rivals: tuple[str, ...] = ()


def stated(report: Report) -> list[Fact]:
    """The figures in running text that a report gives for its own period (no changes, aims or earlier figures)."""
    return [f for f in report.facts if f.cell is None and f.status == "actual" and f.direction is None and f.kind in _KINDS]


def levels(report: Report) -> list[Fact]:
    """The same, each said once: of a figure that a report gives again, the first mention stands for all."""
    first: dict[tuple[str, ...], Fact] = {}
    return [f for f in stated(report) if first.setdefault(naming(f), f) is f]


def naming(fact: Fact) -> tuple[str, ...]:
    """What two mentions of one figure share: indicator, measure and unit; without an indicator, and for the parts of a list,
    words alone do not make two mentions one."""
    if fact.indicator is None or fact.part_of is not None:
        return (fact.id,)
    return (fact.indicator, fact.measure, fact.unit)


def align(last: Report, this: Report, ruleset: Ruleset) -> list[Match]:
    """The pairs of facts of two reports, in the order of this year's report."""
    order = {f.id: i for i, f in enumerate(this.facts)}
    return sorted([*_cells(last, this), *_prose(last, this, ruleset)], key=lambda m: order[m.this])


def restated(last: Report, this: Report, ruleset: Ruleset) -> list[Match]:
    """Last year's figures as this year's report restates them (比上年的136件), each with last year's own.

    Two restatements may speak of one figure; nothing is assigned one to one here.
    """
    year = last.report.year
    told = [
        f for f in this.facts if f.status == "prior" and f.cell is None and f.period.year in (year, None) and f.kind in _KINDS
    ]
    own = levels(last)
    if not told or not own:
        return []
    profiler = ruleset.kept(Profiler)
    found = scores(profiler.profiles(last, own), profiler.profiles(this, told), ruleset)
    matches = []
    for j, fact in enumerate(told):
        likely = sorted((i for i in range(len(own)) if found[i, j] >= CERTAIN), key=lambda i: -found[i, j])
        # Of several that it may be (继续有效7件, 现行有效9件) the one that it agrees with is meant.
        agreeing = (i for i in likely if own[i].kind == fact.kind and own[i].interval.meets(fact.interval))
        if (best := next(chain(agreeing, likely), None)) is not None:
            matches.append(Match(own[best].id, fact.id, float(found[best, j])))
    return matches


def assigned(found: Matrix, least: float) -> list[tuple[int, int]]:
    """The one-to-one assignment of rows to columns with the best sum of scores; none under ``least``."""
    if not found.size:
        return []
    from lap import lapjv

    _, columns, _ = lapjv(1 - found, extend_cost=True, cost_limit=1 - least)
    return [(i, int(j)) for i, j in enumerate(columns) if j >= 0 and found[i, j] >= least]


def _prose(last: Report, this: Report, ruleset: Ruleset) -> list[Match]:
    mine, other = levels(last), levels(this)
    if not mine or not other:
        return []
    profiler = ruleset.kept(Profiler)
    found = scores(profiler.profiles(last, mine), profiler.profiles(this, other), ruleset)
    matches = []
    for i, j in assigned(found, POSSIBLE):
        score = float(found[i, j])
        rivals = [f"last:{mine[k].id}" for k in range(len(mine)) if k != i and found[k, j] >= POSSIBLE]
        rivals += [f"this:{other[k].id}" for k in range(len(other)) if k != j and found[i, k] >= POSSIBLE]
        matches.append(Match(mine[i].id, other[j].id, score, score < CERTAIN, tuple(rivals)))
    return matches


def _cells(last: Report, this: Report) -> list[Match]:
    """Cells of statutory tables by form, row and column; of other tables by a label that both years have just once."""
    mine, other = (_named_cells(r) for r in (last, this))
    return [Match(mine[key].id, fact.id, 1.0) for key, fact in other.items() if key in mine]


def _named_cells(report: Report) -> dict[tuple[str, ...], Fact]:
    found: dict[tuple[str, ...], Fact] = {}
    twice: set[tuple[str, ...]] = set()
    for fact in report.facts:
        if fact.cell is None:
            continue
        place = tuple(fact.dimension.get(k, "") for k in ("form", "row", "column"))
        key = place if any(place) else (fact.measure, fact.unit, fact.kind)
        if key in found:
            twice.add(key)
        found[key] = fact
    return {k: f for k, f in found.items() if k not in twice}
