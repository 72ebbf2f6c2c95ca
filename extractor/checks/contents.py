"""What a report of its kind must hold: its parts, the causes of its shortcomings, a year in its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.checks.frame import Frame
from extractor.model import Check
from extractor.model.check import FAIL, PASS
from extractor.rules import Ruleset
from extractor.rules.schema import SectionRole

_CAUSE = re.compile(
    r"原因|由于|因为|所致|造成|导致|源于|根源|受[^，。；]{1,14}(?:影响|制约|限制)|缺乏|缺少|不够|有限|匮乏|薄弱|因[^，。；此而]{2,20}[，、]"
)
_WHOLE = 3  # a text with fewer parts of the first level is an excerpt or merges them: nothing is said of it


def check(frame: Frame) -> Iterator[Check]:
    """One verdict for each part that the report's kind requires (patterns/kinds.toml)."""
    outline = frame.outline
    kind = frame.ruleset.kinds.get(outline.report.kind)
    if kind is None or sum(s.level == 1 for s in outline.sections) < _WHOLE:
        return
    played = {p.role for p in outline.passages}
    titles = [s.title for s in outline.sections]
    roles = frame.ruleset.kept(_roles)
    for name in kind.required:
        role, title, content = roles[name]
        there = name in played or any(title.search(t) for t in titles)
        if not there and content:
            there = any(p.role not in ("title", "furniture") for p, _ in frame.found(content))
        yield frame.verdict(
            "contents.required",
            PASS if there else FAIL,
            "pass" if there else "fail" if kind.basis else "usual",
            severity=None if kind.basis else "info",
            part=role.name if frame.ruleset.lang == "zh" else role.name_en,
            kind=kind.name if frame.ruleset.lang == "zh" else kind.name_en,
            basis=kind.basis,
            key=name,
        )


def _roles(ruleset: Ruleset) -> dict[str, tuple[SectionRole, re.Pattern[str], re.Pattern[str] | None]]:
    """The parts of reports, with what their titles and their text say."""
    return {
        name: (role, re.compile(role.title), re.compile(role.content, re.MULTILINE) if role.content else None)
        for name, role in ruleset.roles.items()
    }


def check_causes(frame: Frame) -> Iterator[Check]:
    """Shortcomings are told with their causes."""
    if frame.outline.report.kind != "law-government":
        return
    told = [p for p in frame.outline.passages if p.role == "problems"]
    body = "".join(p.flow for p in told)
    if told and len(body) > 40 and not _CAUSE.search(body):
        last = told[-1]
        yield frame.verdict("contents.causes", FAIL, "fail", span=last.place(0, len(last.flow)))


def check_title(frame: Frame) -> Iterator[Check]:
    """The title names the year it reports on."""
    report = frame.outline.report
    if report.kind in ("law-government", "info-disclosure", "final-accounts") and report.title:
        there = bool(re.search(r"20\d\d|二[零〇○]", report.title))
        if not there:
            yield frame.verdict("title.year", FAIL, "fail", title=report.title, key=report.title)
