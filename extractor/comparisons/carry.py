"""What must go over from one year into the next: unfinished cases, stocks, the identities of statutory tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from extractor.comparisons.align import Match, assigned, levels
from extractor.comparisons.profile import Profile, Profiler
from extractor.comparisons.scores import context
from extractor.model import Fact, Interval, Report
from extractor.model.check import FAIL, PASS, UNVERIFIABLE
from extractor.model.comparison import Carried
from extractor.model.fact import AMOUNT, COUNT
from extractor.model.number import ZERO, plain, total
from extractor.rules import Ruleset
from extractor.rules.schema import Carry

Finder = Callable[[str, str], Fact | None]
"""Finds a figure by side (``last`` or ``this``) and name."""

_TERM = re.compile(r"(?P<minus>-?)(?P<side>last|this):(?P<name>.+)")
_ALIKE, _LEAD = 0.25, 0.08


@dataclass
class CarryOver:
    """The figures of two reports that tie up from year to year."""

    last: Report
    this: Report
    matches: list[Match]
    ruleset: Ruleset

    def declared(self) -> Iterator[Carried]:
        """The identities of patterns/carry.toml, of tables and of indicators in running text."""
        for carry in self.ruleset.carries.values():
            if carry.form is None:
                yield from self._identity(carry, carry.whole, carry.sum, self._by_indicator)
            elif "/" in carry.whole:
                yield from self._identity(carry, carry.whole, carry.sum, self._by_cell(carry.form))
            else:
                for column in self._columns(carry.form, carry.whole):
                    terms = tuple(f"{t}/{column}" for t in carry.sum)
                    yield from self._identity(carry, f"{carry.whole}/{column}", terms, self._by_cell(carry.form), column)

    def cases(self) -> Iterator[Carried]:
        """What this year's text takes over (上年结转4件) against what last year's text left unfinished."""
        profiler = self.ruleset.kept(Profiler)
        mine = [p for p in profiler.profiles(self.last, self._counted(self.last)) if p.state == "left"]
        other = [p for p in profiler.profiles(self.this, self._counted(self.this)) if p.state == "in"]
        if not mine or not other:
            return
        # Verbs differ by nature here (正在办理, 上年结转): what counts is the matter the sentences speak of.
        alike = context(mine, other)
        for i, a in enumerate(mine):
            for j, b in enumerate(other):
                alike[i, j] = alike[i, j] + 0.15 if _one_unit(a, b) else 0.0
        for i, j in assigned(alike, _ALIKE):
            rivals = [alike[k, j] for k in range(len(mine)) if k != i] + [0.0]
            yield self._case(mine[i].fact, other[j].fact, float(alike[i, j]), float(alike[i, j] - max(rivals)) >= _LEAD)

    @staticmethod
    def _counted(report: Report) -> list[Fact]:
        told = [f for f in report.facts if f.cell is None and f.kind in (COUNT, AMOUNT)]
        return [f for f in told if f.direction is None and f.status != "planned"]

    def _case(self, last: Fact, this: Fact, score: float, sure: bool) -> Carried:
        agrees = last.interval.meets(this.interval)
        status = PASS if agrees else FAIL if sure else UNVERIFIABLE
        item = last.measure
        words = {"item": item, "last": last.text, "this": this.text, "due": last.text}
        return Carried(
            id="",
            rule="carry.cases",
            item=item,
            last_facts=(last.id,),
            this_facts=(this.id,),
            status=status,
            severity=self.ruleset.rules["carry.cases"].severity,
            reported=f"{plain(this.value):f}",
            expected=f"{plain(last.value):f}",
            formula=f"{last.text} {'=' if agrees else '≠'} {this.text}",
            message=self.ruleset.told("carry.cases", {PASS: "pass", FAIL: "fail"}.get(status, "unsure"), **words),
            confidence=round(min(score, 1.0), 2),
        )

    def _identity(self, carry: Carry, whole: str, terms: tuple[str, ...], find: Finder, column: str = "") -> Iterator[Carried]:
        due = find("this", whole)
        parts: list[tuple[int, str, Fact]] = []
        for term in terms:
            match = _TERM.fullmatch(term)
            if match is None:
                raise ValueError(f"patterns/carry.toml: {carry.id}: {term}")
            fact = find(match["side"], match["name"])
            if fact is None:
                return
            parts.append((-1 if match["minus"] else 1, match["side"], fact))
        if due is None:
            return
        value = sum((sign * f.value for sign, _, f in parts), ZERO)
        bounds = total(f.interval for sign, _, f in parts if sign > 0).minus(total(f.interval for s, _, f in parts if s < 0))
        agrees = bounds.meets(due.interval) if any(f.approx for _, _, f in parts) else bounds.meets(Interval.exactly(due.value))
        sides = " ".join(f"{'−' if s < 0 else '+'} {plain(f.value):f}" for s, _, f in parts).removeprefix("+ ")
        formula = f"{sides} = {value:f}" if len(parts) > 1 else f"{value:f}"
        rule = self.ruleset.rules[carry.rule]
        name = carry.name if self.ruleset.lang == "zh" else carry.name_en
        item = f"{name}（{column}）" if column and self.ruleset.lang == "zh" else f"{name} ({column})" if column else name
        words = {"item": item, "formula": formula, "this": f"{plain(due.value):f}", "due": f"{value:f}"}
        yield Carried(
            id="",
            rule=carry.rule,
            item=item,
            last_facts=tuple(f.id for _, side, f in parts if side == "last"),
            this_facts=(due.id, *(f.id for _, side, f in parts if side == "this")),
            status=PASS if agrees else FAIL,
            severity=rule.severity,
            reported=f"{plain(due.value):f}",
            expected=f"{plain(value):f}",
            formula=f"{formula} {'=' if agrees else '≠'} {plain(due.value):f}" if len(parts) == 1 else formula,
            message=self.ruleset.told(carry.rule, "pass" if agrees else "fail", **words),
            confidence=1.0 if carry.form else None,
        )

    def _by_indicator(self, side: str, name: str) -> Fact | None:
        """The one figure that a report gives for an indicator; None when it gives none, or several."""
        report = self.last if side == "last" else self.this
        found = {f.value: f for f in levels(report) if f.indicator == name and f.part_of is None}
        return next(iter(found.values())) if len(found) == 1 else None

    def _by_cell(self, form: str) -> Finder:
        def find(side: str, name: str) -> Fact | None:
            row, _, column = name.partition("/")
            return self._cells[side].get((form, row, column))

        return find

    def _columns(self, form: str, row: str) -> list[str]:
        return [c for (f, r, c) in self._cells["this"] if f == form and r == row]

    @cached_property
    def _cells(self) -> dict[str, dict[tuple[str, str, str], Fact]]:
        return {
            side: {
                (f.dimension["form"], f.dimension["row"], f.dimension["column"]): f
                for f in report.facts
                if f.cell is not None and {"form", "row", "column"} <= f.dimension.keys()
            }
            for side, report in (("last", self.last), ("this", self.this))
        }


def _one_unit(a: Profile, b: Profile) -> bool:
    return a.group == b.group or {a.group, b.group} == {"case", "case-time"}
