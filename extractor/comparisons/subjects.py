"""Which figure a stated change speaks of: 排查矛盾纠纷352件，较上年增加24件 speaks of the 352."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from extractor.comparisons.align import stated
from extractor.model import Fact, Report
from extractor.model.fact import AMOUNT, COUNT, FREQUENCY, MULTIPLE, PERCENTAGE, POINTS, QUANTITY
from extractor.rules import Ruleset
from extractor.text.normalize import flow

_LEVELS = (COUNT, AMOUNT, QUANTITY, FREQUENCY)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PAUSE = re.compile(r"[，。；：、（）]")
_PARTICLES = set("较比与同的了约近为达均分别数量幅度率增降和及其也又再都则有所下上实现呈再次共计总")
_FAR, _BESIDE = 160, 10
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
        growth = [r for r in self.report.relations if r.type == "growth"]
        self._growth = {r.whole: r.parts for r in growth if r.basis == "比上年"}
        self._growth |= {r.parts[1]: (r.whole, r.parts[0]) for r in growth if r.basis == "由…到…"}
        self._group = {u: g for g in self.ruleset.unit_groups.values() for u in g.units}
        base = sorted(self.ruleset.lexicon["base_last"], key=len, reverse=True)
        self._compares = re.compile(r"20\d\d年度?|同期|\d[\d.,]*(?:万|亿)?\w?|" + "|".join(map(re.escape, base)))
        self._moves = sorted({*self.ruleset.lexicon["up"], *self.ruleset.lexicon["down"]}, key=len, reverse=True)

    @property
    def differences(self) -> set[str]:
        """The facts that state a difference without a word of change (由66名增至110名，新增44名), by id."""
        return {name for name in self._growth if self._facts[name].direction is None and self._facts[name].kind == COUNT}

    def subject(self, change: Fact) -> Subject:
        """What a change may speak of."""
        words = self._words(change)
        if change.id in self._growth:
            this, last = (self._facts[p] for p in self._growth[change.id])
            return Subject((this,), last, words, True)
        named = self._named(change.measure if "分别" in words else words)
        candidates = [f for f in self._candidates(change) if not named or self._shares(named, f)]
        ranked = sorted(((self._fit(change, f, words), f) for f in candidates), key=lambda x: -x[0])
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
        own = _letters(fact.measure)
        named = own | _letters(fact.unit)
        wide = named | _letters(group.name if group else "")
        wanted = _letters(self._bare(change.measure))
        spoken = _letters(self._bare(words))
        alike = len(wanted & wide) / len(wanted) if wanted else 0.0
        held = len(own & spoken) / len(own) if own else 0.0
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

    def _named(self, words: str) -> set[str]:
        """What the clause of a change itself names as its subject (持证人数比上年增加3名); nothing in 同比增长20%."""
        clause = self._compares.sub("", self._bare(_PAUSE.split(words)[-1]))
        found = _letters(clause) - _PARTICLES
        return found if len(found) > 1 else set()

    def _shares(self, named: set[str], fact: Fact) -> bool:
        """Whether a figure can be what a clause names: half of the name stands in its measure, its unit or its list."""
        group = self._group.get(fact.unit)
        start = max(fact.sentence[0], fact.span[0] - _BESIDE)
        beside = self.report.text[start : fact.span[1] + _BESIDE]
        words = (fact.measure, fact.unit, group.name if group else "", " ".join(fact.dimension.values()), beside)
        return 2 * len(named & _letters("".join(words))) >= len(named)

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
