"""What every check works with: the report so far, and how a verdict is written down."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from operator import attrgetter

from extractor.checks.equation import Equation
from extractor.model import Check, Document, Fact, Outline, Passage, Relation, Span
from extractor.model.check import CRASHED, FAIL
from extractor.model.compare import HEDGED, NO, Outcome, rounded
from extractor.model.fact import NIL
from extractor.model.number import plain
from extractor.rules import Ruleset
from extractor.rules.schema import Form
from extractor.text.normalize import tight

Grid = dict[tuple[str, str], Fact]
_APPROX = attrgetter("approx")
_MYRIADS = {"亿": Decimal(100_000_000), "万": Decimal(10_000)}


@dataclass
class Frame:
    """One report on its way through the checks."""

    document: Document
    outline: Outline
    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...]
    ruleset: Ruleset
    equations: dict[str, Equation] = field(default_factory=dict)
    """How to test other numbers in the place of a failed check's, by the check's fingerprint."""

    @cached_property
    def fact(self) -> dict[str, Fact]:
        return {f.id: f for f in self.facts}

    @cached_property
    def sentences(self) -> list[list[Fact]]:
        """The facts of the running text, sentence by sentence, in reading order; declared zeros left out."""
        told = ([f for f in facts if f.cell is None and f.kind != NIL] for facts in self._by_sentence.values())
        return [facts for facts in told if facts]

    @cached_property
    def cells(self) -> list[Fact]:
        """The facts of the tables."""
        return [f for f in self.facts if f.cell is not None]

    @cached_property
    def grids(self) -> list[tuple[Form, Grid]]:
        """The cells of each statutory table by the keys of their row and column."""
        grids: dict[tuple[int, str], Grid] = {}
        for fact in self.cells:
            if fact.cell is not None and "form" in fact.dimension:
                key = (fact.dimension["row"], fact.dimension["column"])
                grids.setdefault((fact.cell[0], fact.dimension["form"]), {})[key] = fact
        return [(self.ruleset.forms[name], grid) for (_, name), grid in grids.items()]

    @cached_property
    def several(self) -> list[list[Fact]]:
        """Those of ``sentences`` that tell two figures and more."""
        return [facts for facts in self.sentences if len(facts) > 1]

    @cached_property
    def _by_sentence(self) -> dict[Span, list[Fact]]:
        found: dict[Span, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.sentence, []).append(fact)
        return found

    def beside(self, fact: Fact) -> list[Fact]:
        """The facts of a fact's sentence, itself among them."""
        return self._by_sentence.get(fact.sentence, [])

    def title(self, fact: Fact) -> str:
        """The heading under which a figure stands; empty before the first one."""
        return self._titles.get(fact.section or "", "")

    def together(self, first: Fact, second: Fact) -> bool:
        """Whether two figures stand in one section, or in sections of one."""
        a, b = (self._parents.get(f.section or "") for f in (first, second))
        return first.section == second.section or (a is not None and a == b)

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {s.id: s.parent for s in self.outline.sections}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {s.id: s.title for s in self.outline.sections}

    @cached_property
    def named(self) -> dict[str, list[Fact]]:
        """This year's own figures by indicator: no plans, bases, changes, averages or cells."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.indicator is None or fact.status != "actual" or fact.per is not None or fact.cell is not None:
                continue
            if fact.kind != NIL and not fact.is_change:
                found.setdefault(fact.indicator, []).append(fact)
        return found

    def found(self, pattern: re.Pattern[str], headings: bool = False) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Where a pattern stands in the passages (in ``headings`` only), in order; the matches are in the passage's ``flow``.

        Most patterns stand nowhere: they are looked for in all passages at once. One with ``^`` or ``$`` must be compiled
        with ``re.MULTILINE``, for the end of a passage is the end of a line.
        """
        passages, text, starts = self._headings if headings else self._running
        match = pattern.search(text)
        while match:
            number = bisect_right(starts, match.start()) - 1
            passage = passages[number]
            yield from ((passage, m) for m in pattern.finditer(passage.flow))
            match = pattern.search(text, starts[number + 1])

    @cached_property
    def _running(self) -> _Lines:
        return _lines(self.outline.passages)

    @cached_property
    def _headings(self) -> _Lines:
        return _lines([p for p in self.outline.passages if p.role == "heading"])

    def words(self, start: int, end: int) -> str:
        """The folded text of a stretch, without white space."""
        return tight(self.document.text[start:end])

    def before(self, fact: Fact, previous: Fact | None) -> str:
        """The words of a fact's sentence before it, from the fact before on."""
        return self.words(previous.span[1] if previous else fact.sentence[0], fact.span[0])

    def verdict(
        self,
        rule_id: str,
        status: str,
        message: str,
        *,
        facts: Iterable[Fact] = (),
        severity: str | None = None,
        formula: str | None = None,
        reported: Decimal | None = None,
        expected: Decimal | None = None,
        span: Span | None = None,
        key: str = "",
        outcome: Outcome | None = None,
        equation: Equation | None = None,
        **words: object,
    ) -> Check:
        """A check record; ``message`` is a key of the rule's messages, filled with ``words``.

        Parameters: ``key`` tells findings apart that have neither facts nor a place; ``outcome`` how an arithmetic check
        came out; ``equation`` what a failed one asks of its numbers.
        """
        rule = self.ruleset.rules[rule_id]
        texts = rule.messages if self.ruleset.lang == "zh" else rule.messages_en
        used = tuple(facts)
        about = [f"{f.measure}={f.text}" for f in used] or [self._at(span) + key]
        fingerprint = hashlib.sha256("|".join((rule_id, *about)).encode()).hexdigest()[:16]
        if equation is not None and status == FAIL:
            self.equations[fingerprint] = equation
        return Check(
            id="",
            rule=rule_id,
            type=rule.type,
            status=status,
            severity=severity or rule.severity,
            message=texts[message].format(**words),
            formula=formula,
            reported=None if reported is None else f"{plain(reported):f}",
            expected=None if expected is None else f"{plain(expected):f}",
            facts=tuple([f.id for f in used]),
            span=span or (used[0].sentence if used else None),
            fingerprint=fingerprint,
            outcome=outcome.how if outcome else None,
            gap=None if outcome is None or outcome.gap is None else _brief(outcome.gap),
            allowed=_brief(outcome.allowed) if outcome and outcome.how not in (HEDGED, NO) else None,
        )

    def crashed(self, rule_id: str, error: Exception) -> Check:
        """The verdict on a rule whose check raised: never read as clean."""
        return Check(
            id="",
            rule=rule_id,
            type="crash",
            status=CRASHED,
            severity="error",
            message=f"{rule_id}: {type(error).__name__}: {error}",
            fingerprint=hashlib.sha256(f"{rule_id}|crash".encode()).hexdigest()[:16],
        )

    def _at(self, span: Span | None) -> str:
        return "" if span is None else self.document.text[span[0] : span[1]]


_Lines = tuple[Sequence[Passage], str, list[int]]


def _lines(passages: Sequence[Passage]) -> _Lines:
    """Passages, their text with a line for each, and where each begins in that."""
    flows = [p.flow for p in passages]
    return passages, "\n".join(flows), list(accumulate((len(f) + 1 for f in flows), initial=0))


def shown(value: Decimal, fact: Fact) -> str:
    """A value in the unit of a fact, as a reader writes it."""
    return f"{plain(value):f}{fact.unit}"


def as_written(value: Decimal, fact: Fact) -> str:
    """A value in the unit of a fact and in the myriads that the fact is told in (2.74万元)."""
    myriads, word = next(((n, w) for w, n in _MYRIADS.items() if w in fact.text), (Decimal(1), ""))
    return f"{plain(rounded(value / myriads)):f}{word}{fact.unit}"


def hedged(facts: Iterable[Fact]) -> bool:
    """Whether any of the numbers is approximate."""
    return any(map(_APPROX, facts))


def _brief(value: Decimal) -> str:
    """A gap, which is mostly none, to four digits after the point."""
    return f"{rounded(value, 4):f}" if value else "0"
