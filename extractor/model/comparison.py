"""Two reports of one body put side by side, and several years as series. Field by field as in ``gouji schema diff``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from extractor.model.check import FAIL
from extractor.model.document import Diagnostic, Source, Span
from extractor.model.report import ReportInfo

CHANGED, SAME, NEW, DROPPED = "changed", "same", "new", "dropped"
KEPT, RENAMED, MOVED = "kept", "renamed", "moved"


class Evidence(Struct, frozen=True, kw_only=True, gc=False):
    """A fact as the reader of a comparison needs it: its words and figures, its sentence, and where that stands.

    ``section`` are the headings above it, outermost first; ``page`` is None where the format has none; ``span`` and
    ``sentence_span`` are ``[start, end)`` in the canonical text of its report; ``cell`` is (table, row, column) of a figure
    that stands in a table.
    """

    text: str
    measure: str
    value: Decimal
    unit: str
    sentence: str
    span: Span
    sentence_span: Span
    section: str = ""
    page: int | None = None
    cell: tuple[int, int, int] | None = None


class Side(Struct, frozen=True, kw_only=True, gc=False):
    """One of the two reports, with the facts that the comparison speaks of by their ids."""

    source: Source
    report: ReportInfo
    facts: dict[str, Evidence] = {}


class Flag(Struct, frozen=True, kw_only=True, gc=False):
    """Why a change deserves a look: the rule of patterns/changes.toml, how grave it is, and the reason in words."""

    rule: str
    severity: str
    message: str


class Pair(Struct, frozen=True, kw_only=True, gc=False):
    """One figure of last year and of this year.

    ``last`` and ``this`` are fact ids (None when new or dropped); ``change`` is this minus last in ``unit`` (percentage
    points for a rate); ``change_pct`` is None where last year's figure is zero or a rate; ``reliable`` is False where
    rounding or 约, 余, 近 could explain the whole change. ``confidence`` is how sure it is that both speak of one thing;
    an ``ambiguous`` pair is a proposal, its ``rivals`` are the facts (``last:f3``, ``this:f9``) that fit nearly as well.
    """

    id: str
    indicator: str | None = None
    measure: str
    unit: str
    kind: str
    last: str | None = None
    this: str | None = None
    last_value: Decimal | None = None
    this_value: Decimal | None = None
    change: Decimal | None = None
    change_pct: Decimal | None = None
    status: str
    reliable: bool = True
    flag: Flag | None = None
    confidence: float | None = None
    ambiguous: bool = False
    rivals: tuple[str, ...] = ()


class Claim(Struct, frozen=True, kw_only=True, gc=False):
    """What this year's report says of last year, held against last year's own report.

    ``kind``: ``growth`` a stated change, ``base`` last year's figure restated, ``direction`` a direction in words.
    ``rule`` says how it is verified; ``status`` pass, fail or unverifiable; ``base_fact`` is last year's figure as this
    year's report restates it;
    ``severity`` counts when it fails; ``own_check`` is the status of the check inside this year's report, if there is one.
    """

    id: str
    rule: str
    kind: str
    text: str
    fact: str | None
    this_fact: str | None = None
    last_fact: str | None = None
    base_fact: str | None = None
    status: str
    severity: str = "error"
    claimed: str | None = None
    expected: str | None = None
    formula: str | None = None
    message: str
    own_check: str | None = None
    sentence: Span
    confidence: float | None = None


class Carried(Struct, frozen=True, kw_only=True, gc=False):
    """What must go over from one year into the next: unfinished cases, stocks, identities of statutory tables."""

    id: str
    rule: str
    item: str
    last_facts: tuple[str, ...]
    this_facts: tuple[str, ...]
    status: str
    severity: str
    reported: str | None = None
    expected: str | None = None
    formula: str | None = None
    message: str
    confidence: float | None = None


class SectionPair(Struct, frozen=True, kw_only=True, gc=False):
    """A section of last year and of this year: ``kept``, ``renamed``, ``moved``, ``dropped`` or ``new``.

    ``copied`` is the share (0 to 1) of this year's section that was taken over from last year.
    """

    last: str | None
    this: str | None
    status: str
    last_title: str | None = None
    this_title: str | None = None
    copied: float | None = None
    flag: Flag | None = None


class Copied(Struct, frozen=True, kw_only=True, gc=False):
    """A paragraph taken over from last year.

    ``kind``: ``unchanged`` word for word, ``year`` only the year changed, ``figures`` only figures changed, ``edited``
    nearly the same. ``share`` is how alike the two are (0 to 1); ``numbers`` are this year's facts whose figures are the
    same as last year's; ``stale`` where last year's year was left standing.
    """

    last: Span
    this: Span
    kind: str
    share: float
    numbers: tuple[str, ...] = ()
    stale: bool = False
    text: str
    section: str | None = None
    flag: Flag | None = None


class Finding(NamedTuple):
    """One thing an auditor must look at, wherever in a comparison it comes from.

    ``last_facts`` and ``this_facts`` are the figures in question (ids of the two sides); ``this_span`` a stretch of this
    year's report where there are none.
    """

    rule: str
    severity: str
    message: str
    formula: str | None = None
    last_facts: tuple[str, ...] = ()
    this_facts: tuple[str, ...] = ()
    this_span: Span | None = None


class Comparison(Struct, frozen=True, kw_only=True, gc=False):
    """This year against last year (the JSON contract of ``gouji diff``, ``gouji schema diff``)."""

    schema_version: str
    generator: dict[str, str]
    last: Side
    this: Side
    pairs: tuple[Pair, ...]
    claims: tuple[Claim, ...]
    carried: tuple[Carried, ...]
    sections: tuple[SectionPair, ...]
    copied: tuple[Copied, ...]
    copied_share: float
    diagnostics: tuple[Diagnostic, ...] = ()

    def verdicts(self) -> Iterator[Claim | Carried]:
        """What was held against last year's report: claims and carry-over, without what is only a hint."""
        held: list[Claim | Carried] = [*self.claims, *self.carried]
        yield from (v for v in held if not (v.status == FAIL and v.severity == "info"))

    def findings(self) -> Iterator[Finding]:
        """All that failed or is flagged, in the order of its origin: claims, carry-over, changes, copied text, sections."""
        for claim in self.claims:
            if claim.status == FAIL:
                this = tuple(f for f in (claim.this_fact, claim.base_fact, claim.fact) if f)
                last = (claim.last_fact,) if claim.last_fact else ()
                yield Finding(
                    claim.rule, claim.severity, claim.message, claim.formula, last, this, None if claim.fact else claim.sentence
                )
        for item in self.carried:
            if item.status == FAIL:
                yield Finding(item.rule, item.severity, item.message, item.formula, item.last_facts, item.this_facts)
        for pair in self.pairs:
            if pair.flag is not None and pair.last and pair.this:
                yield Finding(pair.flag.rule, pair.flag.severity, pair.flag.message, None, (pair.last,), (pair.this,))
        for text in self.copied:
            if text.flag is not None:
                yield Finding(text.flag.rule, text.flag.severity, text.flag.message, None, (), text.numbers, text.this)
        for section in self.sections:
            if section.flag is not None:
                yield Finding(section.flag.rule, section.flag.severity, section.flag.message)


class Series(Struct, frozen=True, kw_only=True, gc=False):
    """One figure over several years: ``values`` and ``facts`` year by year, None where a report does not state it."""

    indicator: str | None
    measure: str
    unit: str
    values: tuple[Decimal | None, ...]
    facts: tuple[str | None, ...]


class Trend(Struct, frozen=True, kw_only=True, gc=False):
    """Three or more years of one body: the series of its figures, and each year against the one before."""

    schema_version: str
    generator: dict[str, str]
    years: tuple[int | None, ...]
    series: tuple[Series, ...]
    comparisons: tuple[Comparison, ...]
