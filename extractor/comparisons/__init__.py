"""This year against last year: figures aligned, claims verified against last year's own report, text that was copied."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from extractor.comparisons.align import align, restated
from extractor.comparisons.carry import CarryOver
from extractor.comparisons.changes import pairs
from extractor.comparisons.claims import Claims
from extractor.comparisons.copied import copied, shares
from extractor.comparisons.directions import directions
from extractor.comparisons.guards import objections
from extractor.comparisons.promises import promises
from extractor.comparisons.sections import sections
from extractor.comparisons.series import trend
from extractor.errors import ComparisonError
from extractor.model import Fact, Report
from extractor.model.comparison import Comparison, Evidence, Side
from extractor.rules import Ruleset
from extractor.text.headings import path

SCHEMA_VERSION = "1.0"


def compare(last: Report, this: Report, ruleset: Ruleset, *, force: bool = False) -> Comparison:
    """This year's report held against last year's.

    Parameters: ``last`` and ``this`` as extracted (their file formats may differ); ``ruleset`` the patterns in force;
    ``force`` to compare what a guard speaks against (other bodies, years, kinds).
    Raises ``ComparisonError`` with all that speaks against comparing the two.
    """
    found = objections(last, this, ruleset)
    grave = [d.message for d in found if d.severity == "error"]
    if grave and not force:
        raise ComparisonError(last.source.path, this.source.path, grave)
    matches = align(last, this, ruleset)
    claims = Claims(last, this, matches, restated(last, this, ruleset), ruleset)
    carry = CarryOver(last, this, matches, ruleset)
    taken = copied(last, this, ruleset)
    share = shares(this, taken)
    all_pairs = pairs(last, this, matches, ruleset)
    told = [*claims.growth(), *claims.bases(), *directions(last, this, matches, ruleset)]
    carried = [*carry.declared(), *carry.cases(), *promises(last, this, ruleset)]
    used_last = {p.last for p in all_pairs} | {c.last_fact for c in told} | {f for c in carried for f in c.last_facts}
    used_this = {p.this for p in all_pairs} | {f for c in told for f in (c.fact, c.this_fact, c.base_fact)}
    used_this |= {f for c in carried for f in c.this_facts} | {f for c in taken for f in c.numbers}
    return Comparison(
        schema_version=SCHEMA_VERSION,
        generator=this.generator,
        last=_side(last, used_last),
        this=_side(this, used_this),
        pairs=all_pairs,
        claims=tuple(replace(c, id=f"k{i}") for i, c in enumerate(told, 1)),
        carried=tuple(replace(c, id=f"c{i}") for i, c in enumerate(carried, 1)),
        sections=sections(last, this, matches, share, ruleset),
        copied=taken,
        copied_share=share.get(None, 0.0),
        diagnostics=found,
    )


def _side(report: Report, used: Iterable[str | None]) -> Side:
    wanted = set(used)
    return Side(
        source=report.source,
        report=report.report,
        facts={f.id: _evidence(report, f) for f in report.facts if f.id in wanted},
    )


def _evidence(report: Report, fact: Fact) -> Evidence:
    return Evidence(
        text=" ".join(fact.text.split()),
        measure=fact.measure,
        value=fact.value,
        unit=fact.unit,
        sentence=report.text[fact.sentence[0] : fact.sentence[1]],
        span=fact.span,
        sentence_span=fact.sentence,
        section=path(report.sections, fact.section),
        page=fact.page,
        cell=fact.cell,
    )


__all__ = ["compare", "trend"]
