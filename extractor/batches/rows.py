"""A report as the rows of the store, made in the worker so that the one writer only writes."""

from __future__ import annotations

import zlib
from decimal import Decimal

import msgspec

from extractor.model import Check, Diagnostic, Fact, Report, Section
from extractor.model.batch import Extract, Row
from extractor.model.check import CRASHED, FAIL
from extractor.output.json import encode
from extractor.text.bodies import body

_LEVEL = 1  # of compression: a seventh of the size for a third of a millisecond


def rows(report: Report, recipe: str) -> Extract:
    """The rows of one report. ``recipe`` is what besides the file decides its content (see ``work.recipe``)."""
    info, coverage, source = report.report, report.coverage, report.source
    place = body(info.org) if info.org else None
    header: Row = (
        source.sha256, recipe, report.generator["version"], report.generator["patterns"], info.kind, info.title, info.org,
        place.region if place else "", place.key if place else "", info.year, source.media_type, source.pages, len(report.text),
        coverage.numbers, sum(coverage.set_aside.values()), len(coverage.unread), coverage.checked, *troubles(report),
        report.text,
    )  # fmt: skip
    return Extract(
        header=header,
        packed=zlib.compress(encode(report), _LEVEL),
        sections=[_section(n, s) for n, s in enumerate(report.sections)],
        facts=[_fact(n, f) for n, f in enumerate(report.facts)],
        checks=[_check(n, c) for n, c in enumerate(report.checks)],
        diagnostics=[_diagnostic(n, d) for n, d in enumerate(report.diagnostics)],
    )


def troubles(report: Report) -> tuple[int, int]:
    """How many findings a report has (failed checks that are no mere notes), and how many checks crashed."""
    findings = sum(c.status == FAIL and c.severity != "info" for c in report.checks)
    return findings, sum(c.status == CRASHED for c in report.checks)


def unpack(packed: bytes) -> Report:
    """The report that was packed into the store."""
    return msgspec.json.decode(zlib.decompress(packed), type=Report)


def _section(number: int, s: Section) -> Row:
    return number, s.id, s.parent, s.level, s.number, s.inferred, s.title, *s.span, *s.body, s.page


def _fact(number: int, f: Fact) -> Row:
    return (
        number, f.id, f.kind, f.text, _plain(f.value), _plain(f.interval.low), _plain(f.interval.high), _plain(f.high), f.unit,
        f.per, f.approx, f.direction, f.measure, f.indicator, f.scope,
        _json(f.dimension), f.period.year, f.status, f.part_of, f.section, *f.span, *f.sentence, f.page, _json(f.cell),
    )  # fmt: skip


def _check(number: int, c: Check) -> Row:
    start, end = c.span or (None, None)
    return (
        number, c.id, c.rule, c.type, c.status, c.severity, c.message, c.formula, c.reported, c.expected,
        _json(c.facts) or "[]", start, end, c.hint, c.fingerprint,
    )  # fmt: skip


def _diagnostic(number: int, d: Diagnostic) -> Row:
    return number, d.code, d.severity, d.message, d.page


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _json(value: object) -> str | None:
    return msgspec.json.encode(value).decode() if value else None
