"""Which figure a stated change speaks of: 排查矛盾纠纷352件，较上年增加24件 speaks of the 352."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from extractor.comparisons.align import stated
from extractor.model import Fact, Relation, Report
from extractor.model.fact import AMOUNT, COUNT, FREQUENCY, MULTIPLE, PERCENTAGE, POINTS, QUANTITY
from extractor.rules import Ruleset
from extractor.text.normalize import flow

_LEVELS = (COUNT, AMOUNT, QUANTITY, FREQUENCY)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FAR = 160
_CLOSE = 0.6  # how much worse a rival subject may be and still be thought of


class Subject(NamedTuple):
    """``facts`` this year's figures that a change may speak of, the likeliest first; ``base`` last year's figure as the
    text restates it; ``words`` those between the figures before and the change; ``sure`` whether the first is certain."""

    facts: tuple[Fact, ...]
    base: Fact | None
    words: str
    sure: bool


@dataclass
class Subjects:
    """Finds the subjects of the stated changes of one report."""

    report: Report
    ruleset: Ruleset

    def __post_init__(self) -> None:
        self._facts = {f.id: f for f in self.report.facts}
        self._prose = [f for f in self.report.facts if f.cell is None]
        self._levels = stated(self.report)
        self._growth: dict[str, Relation] = {r.whole: r for r in self.report.relations if r.type == "growth"}
        self._group = {u: g for g in self.ruleset.unit_groups.values() for u in g.units}
        self._moves = sorted({*self.ruleset.lexicon["up"], *self.ruleset.lexicon["down"]}, key=len, reverse=True)

    def subject(self, change: Fact) -> Subject:
        """What a change may speak of."""
        words = self._words(change)
        bound = self._growth.get(change.id)
        if bound is not None and bound.basis == "比上年":
            this, last = (self._facts[p] for p in bound.parts)
            return Subject((this,), last, words, True)
        ranked = sorted(((self._fit(change, f, words), f) for f in self._candidates(change)), key=lambda x: -x[0])
        if not ranked:
            return Subject((), None, words, False)
        best = ranked[0][0]
        close = [f for score, f in ranked if score >= best - _CLOSE]
        base = self._base(change, close[0])
        return Subject(tuple(close), base, words, len(close) == 1 or ranked[0][0] - ranked[1][0] >= _CLOSE / 3)

    def _candidates(self, change: Fact) -> list[Fact]:
        wanted = self._wanted(change)
        near = [
            f
            for f in self._levels
            if f.section == change.section
            and change.span[0] - _FAR < f.span[0] < change.sentence[1]
            and f.status == change.status
            and f.id != change.id
        ]
        fits = [f for f in near if f.kind in wanted and self._units_fit(change, f)]
        if change.kind == PERCENTAGE and not any(f.sentence == change.sentence for f in fits):
            fits += [f for f in near if f.kind == PERCENTAGE]
        return fits

    @staticmethod
    def _wanted(change: Fact) -> tuple[str, ...]:
        if change.kind == POINTS:
            return (PERCENTAGE,)
        if change.kind in (PERCENTAGE, MULTIPLE):
            return _LEVELS
        return (change.kind, FREQUENCY) if change.kind == COUNT else (change.kind,)

    def _units_fit(self, change: Fact, fact: Fact) -> bool:
        if change.kind in (PERCENTAGE, MULTIPLE, POINTS):
            return True
        return self._group.get(change.unit, change.unit) == self._group.get(fact.unit, fact.unit)

    def _fit(self, change: Fact, fact: Fact, words: str) -> float:
        """How well a figure fits as what a change speaks of: its words in those of the change, its nearness, its order."""
        group = self._group.get(fact.unit)
        named = _letters(fact.measure) | _letters(fact.unit)
        wide = named | _letters(group.name if group else "")
        wanted = _letters(self._bare(change.measure))
        spoken = _letters(self._bare(words))
        alike = len(wanted & wide) / len(wanted) if wanted else 0.0
        held = len(_letters(fact.measure) & spoken) / len(_letters(fact.measure)) if fact.measure else 0.0
        part = _letters(" ".join(fact.dimension.values()))
        held = max(held, len(part & spoken) / len(part) if part else 0.0)
        between = [
            f for f in self._levels if min(fact.span[1], change.span[1]) <= f.span[0] < max(fact.span[0], change.span[0])
        ]
        away = sum(1 for f in between if f.id != fact.id and f.part_of != fact.id)
        behind = fact.span[0] > change.span[0]
        return (
            2 * alike
            + (1.5 * held if len(spoken) > 1 else 0.0)
            - 0.3 * min(away, 4)
            - (1.0 if behind else 0.0)
            - (0.8 if fact.sentence != change.sentence else 0.0)
        )

    def _base(self, change: Fact, this: Fact) -> Fact | None:
        """Last year's figure that the text gives beside the change, of the same unit as this year's."""
        for fact in self._prose:
            beside = this.span[0] <= fact.span[0] <= change.span[1] + 16 or change.span[0] - 24 < fact.span[0] < this.span[0]
            if fact.status == "prior" and fact.sentence == change.sentence and fact.unit == this.unit and beside:
                return fact
        return None

    def _words(self, change: Fact) -> str:
        """The words before a change, back to this year's figure before it (last year's figure may stand between)."""
        start = change.sentence[0]
        for fact in self._levels:
            if fact.span[1] <= change.span[0]:
                start = max(start, fact.span[1])
        return flow(self.report.text[start : change.span[0]], 0)[0]

    def _bare(self, words: str) -> str:
        for move in self._moves:
            words = words.replace(move, "")
        return words


def _letters(words: str) -> set[str]:
    return set(_HAN.findall(words))
