"""Findings as JUnit XML: one suite per report, one case per verdict, so that any build server shows what failed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from extractor.model import Check, Report
from extractor.model.check import CRASHED, FAIL, UNVERIFIABLE
from extractor.output.evidence import evidence
from extractor.output.formats import Job
from extractor.output.messages import say

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]:
    """One XML document. A finding of level info is no failure: it is written out with the case it belongs to."""
    root = Element("testsuites", name="gouji")
    for report in reports:
        _suite(root, report)
    if job.unread:
        suite = _new(root, say(job.ruleset.lang, "not_read"), len(job.unread), 0, len(job.unread), 0)
        for error in job.unread:
            case = SubElement(suite, "testcase", name=_clean(getattr(error, "path", "gouji")), classname="gouji.read")
            SubElement(case, "error", message=_clean(str(error)), type=type(error).__name__)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(s.get(name, "0")) for s in root)))
    indent(root)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def _new(root: Element, name: str, tests: int, failures: int, errors: int, skipped: int) -> Element:
    return SubElement(
        root,
        "testsuite",
        name=_clean(name),
        tests=str(tests),
        failures=str(failures),
        errors=str(errors),
        skipped=str(skipped),
    )


def _suite(root: Element, report: Report) -> None:
    checks = report.checks
    suite = _new(
        root,
        report.source.path,
        len(checks),
        sum(_failed(c) for c in checks),
        sum(c.status == CRASHED for c in checks),
        sum(c.status == UNVERIFIABLE for c in checks),
    )
    for check in checks:
        case = SubElement(suite, "testcase", name=_clean(f"{check.id} {check.message}"), classname=check.rule)
        text = _clean("\n".join(filter(None, (check.message, check.formula, check.hint, *_sentences(report, check)))))
        if check.status == CRASHED:
            SubElement(case, "error", message=_clean(check.message), type="crashed").text = text
        elif _failed(check):
            SubElement(case, "failure", message=_clean(check.message), type=check.severity).text = text
        elif check.status == UNVERIFIABLE:
            SubElement(case, "skipped", message=_clean(check.message))
        elif check.status == FAIL:
            SubElement(case, "system-out").text = text


def _failed(check: Check) -> bool:
    return check.status == FAIL and check.severity != "info"


def _sentences(report: Report, check: Check) -> list[str]:
    return ["".join(p.text for p in pieces) for pieces in evidence(report, check)]


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
