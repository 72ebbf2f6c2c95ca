"""The consistency checks: an ordered list, one entry per check; each sees the report so far and yields verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from extractor.checks import (
    accounts,
    claims,
    contents,
    declared,
    flows,
    growth,
    headings,
    instruments,
    partitions,
    products,
    rates,
    restated,
    sums,
    tables,
    wording,
    years,
)
from extractor.checks.frame import Frame
from extractor.checks.repair import diagnose
from extractor.checks.shortened import truncation
from extractor.model import Check

CHECKS: tuple[tuple[str, Callable[[Frame], Iterator[Check]]], ...] = (
    ("sum.parts", sums.check),
    ("rate.quotient", rates.check),
    ("rate.range", rates.check_range),
    ("growth.base", growth.check),
    ("conflict.restated", restated.check),
    ("conflict.echo", restated.check_echo),
    ("share.hundred", claims.check_shares),
    ("sum.partitions", partitions.check),
    ("growth.possible", claims.check_possible),
    ("growth.points", claims.check_points),
    ("status.all", claims.check_all_done),
    ("label.count", claims.check_labels),
    ("product.total", products.check),
    ("product.frequency", products.check_frequency),
    ("stock.flow", flows.check),
    ("unit.mix", products.check_units),
    ("bound.pipeline", declared.check_bounds),
    ("plausible.coverage", declared.check_coverage),
    ("plausible.audience", declared.check_plausible),
    ("zero.count", declared.check_zeros),
    ("table.sum", tables.check),
    ("table.prose", tables.check_prose),
    ("table.form", tables.check_form),
    ("accounts.balance", accounts.check),
    ("outline.sequence", headings.check),
    ("outline.lost", headings.check_lost),
    ("contents.required", contents.check),
    ("contents.causes", contents.check_causes),
    ("title.year", contents.check_title),
    ("year.stale", years.check),
    ("period.statistics", years.check_period),
    ("period.deadline", years.check_deadline),
    ("quote.title", instruments.check),
    ("year.anachronism", instruments.check_time),
    ("residue.placeholder", wording.check),
    ("residue.brackets", wording.check_brackets),
    ("residue.duplicate", wording.check_duplicates),
    ("outline.enumeration", wording.check_enumeration),
    ("place.other", wording.check_place),
)


def checks(frame: Frame) -> tuple[Check, ...]:
    """All verdicts in the order of ``CHECKS``. A check that raises becomes a ``crashed`` verdict of its own."""
    found: list[Check] = []
    for rule, check in CHECKS:
        try:
            found.extend(check(frame))
        except Exception as error:
            found.append(frame.crashed(rule, error))
    found.extend(truncation(frame, found))
    return tuple(replace(c, id=f"c{i}") for i, c in enumerate(diagnose(frame, found), 1))


__all__ = ["CHECKS", "Frame", "checks"]
