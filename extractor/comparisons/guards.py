"""Whether two reports can be put side by side at all: one body, one kind, two years, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.model import Diagnostic, Report
from extractor.rules import Ruleset
from extractor.text.bodies import same_body


def objections(last: Report, this: Report, ruleset: Ruleset) -> tuple[Diagnostic, ...]:
    """What speaks against comparing two reports: ``error`` where a comparison would mislead, ``warning`` where the reader
    must make sure himself. Each message says what to do."""
    return tuple(_objections(last, this, ruleset))


def _objections(last: Report, this: Report, ruleset: Ruleset) -> Iterator[Diagnostic]:
    def no(rule: str, key: str, severity: str = "error", **words: object) -> Diagnostic:
        return Diagnostic(code=rule, severity=severity, message=ruleset.told(rule, key, **words))

    if last.text == this.text:
        yield no("guard.file", "fail")
        return
    orgs = (last.report.org, this.report.org)
    if None in orgs:
        yield no("guard.body", "unknown", "warning")
    elif not same_body(*(o or "" for o in orgs)):
        yield no("guard.body", "fail", last=orgs[0], this=orgs[1])
    kinds = (last.report.kind, this.report.kind)
    if kinds[0] != kinds[1] and "other" not in kinds:
        known = [ruleset.kinds.get(k) for k in kinds]
        names = [k and (k.name if ruleset.lang == "zh" else k.name_en) for k in known]
        yield no("guard.kind", "fail", last=names[0] or kinds[0], this=names[1] or kinds[1])
    for report in (last, this):
        if report.report.year is None:
            yield no("guard.year", "unknown", "warning", file=report.source.path)
    if last.report.year is not None and this.report.year is not None:
        gap = this.report.year - last.report.year
        if gap != 1:
            key = "same" if gap == 0 else "order" if gap < 0 else "far"
            yield no("guard.year", key, last=last.report.year, this=this.report.year, gap=gap)
