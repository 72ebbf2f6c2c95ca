"""Findings as SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS), one run over all reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

import msgspec

from extractor.model import Check, Report
from extractor.model.check import CRASHED, FAIL, PASS
from extractor.output.evidence import pages_of, section_at, section_path
from extractor.output.formats import Job
from extractor.rules.schema import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:")
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_KINDS = {FAIL: "fail", PASS: "pass", CRASHED: "open"}


def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]:
    """One SARIF log: every verdict is a result, every file that could not be read a notification."""
    done = list(reports)
    zh = job.ruleset.lang == "zh"
    names = list(job.ruleset.rules)
    driver: dict[str, Any] = {"name": "gouji", "rules": [_rule(r, zh) for r in job.ruleset.rules.values()]}
    if done:
        driver["semanticVersion"] = done[0].generator["version"]
        driver["properties"] = {"patterns": done[0].generator["patterns"]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _artifact(r), "hashes": {"sha-256": r.source.sha256}} for r in done],
        "results": [_result(r, i, c, names) for i, r in enumerate(done) for c in r.checks],
        "invocations": [
            {
                "executionSuccessful": not job.unread,
                "toolExecutionNotifications": [{"level": "error", "message": {"text": str(e)}} for e in job.unread],
            }
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _rule(rule: Rule, zh: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.name if zh else rule.name_en},
        "fullDescription": {"text": rule.verifies if zh else rule.verifies_en},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.built},
    }
    basis = rule.basis if zh else rule.basis_en or rule.basis
    if basis:
        found["help"] = {"text": f"{rule.formula}\n{basis}"}
    return found


def _artifact(report: Report) -> dict[str, Any]:
    """The file as the caller named it, as a URI reference (RFC 3986)."""
    path = PurePath(report.source.path).as_posix().encode()
    return {"uri": "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in path)}


def _result(report: Report, index: int, check: Check, names: list[str]) -> dict[str, Any]:
    region: dict[str, Any] = {}
    if check.span is not None:
        start, end = check.span
        region = {"charOffset": start, "charLength": end - start, "snippet": {"text": report.text[start:end]}}
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {**_artifact(report), "index": index}}}
    if region:
        place["physicalLocation"]["region"] = region
    if path := section_path(report, section_at(report, check.span)):
        place["logicalLocations"] = [{"fullyQualifiedName": path}]
    extra = {"formula": check.formula, "hint": check.hint, "pages": pages_of(report, check)}
    found: dict[str, Any] = {
        "ruleId": check.rule,
        "kind": _KINDS.get(check.status, "review"),
        "level": _LEVELS[check.severity] if check.status in (FAIL, CRASHED) else "none",
        "message": {"text": check.message},
        "locations": [place],
        "partialFingerprints": {"gouji/v1": check.fingerprint},
        "properties": {k: v for k, v in extra.items() if v},
    }
    if check.rule in names:
        found["ruleIndex"] = names.index(check.rule)
    if check.review and check.severity == "info":
        found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": check.review}]
    if check.status == CRASHED:  # only a result of kind "fail" may have a level
        found["kind"] = "fail"
    return found
