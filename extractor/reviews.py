"""What auditors decided on findings: a small TOML file beside the reports, read and written here alone.

A finding is known by its fingerprint, which is made of the rule and the numbers with what they count: it survives edits
elsewhere in the report, and a finding whose numbers change is a new one. ``gouji-review.toml`` holds for each decision who
took it, when, and why, in words that a person can read and correct by hand.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from extractor.errors import PatternError, ReadError, why
from extractor.model import Check, Report
from extractor.model.check import FAIL
from extractor.rules import Ruleset

NAME = "gouji-review.toml"
CONFIRMED, DISMISSED = "confirmed", "dismissed"
STALE = "review.stale"
_HEAD = "# 复核结论，由 gouji review 写入，也可以手工修改。confirmed 确有问题，dismissed 不是问题。\n"


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision. ``report`` is the name of the report's file in the same folder, ``date`` YYYY-MM-DD."""

    report: str
    fingerprint: str
    decision: Literal["confirmed", "dismissed"]
    reason: str
    by: str
    date: str
    rule: str = ""
    finding: str = ""


class _Book(msgspec.Struct, forbid_unknown_fields=True):
    review: list[Review] = []


def beside(report: str | Path) -> Path:
    """The review file of a report."""
    return Path(report).parent / NAME


def read(path: Path) -> list[Review]:
    """The decisions of a review file; none when there is no file. Raises ``PatternError`` for a wrong one."""
    if not path.is_file():
        return []
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), _Book).review
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PatternError(str(path), None, "", str(error)) from None


def write(path: Path, reviews: Iterable[Review]) -> None:
    """Replace a review file in one step, sorted by report. Raises ``ReadError`` when it cannot be written."""
    rows = sorted(reviews, key=lambda r: (r.report, r.rule, r.fingerprint))
    parts = [_HEAD]
    for row in rows:
        fields = msgspec.to_builtins(row)
        parts.append("\n[[review]]\n" + "".join(f"{k} = {_quoted(v)}\n" for k, v in fields.items() if v))
    draft = path.with_suffix(".part")
    try:
        draft.write_text("".join(parts), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise ReadError(str(path), why(error)) from None


def _quoted(text: str) -> str:
    """A basic string of TOML (the escapes of JSON are a part of its own; the one it lacks is added)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def applied(report: Report, reviews: Iterable[Review], ruleset: Ruleset) -> Report:
    """The report with what was decided on its findings.

    A dismissed finding becomes a note that names the decision; a confirmed one keeps its severity and names it. A decision
    on a finding that is no longer there (its numbers were changed, or it was put right) is told as a note of its own.
    """
    name = Path(report.source.path).name
    mine = {r.fingerprint: r for r in reviews if r.report == name}
    if not mine:
        return report
    met: set[str] = set()
    checks: list[Check] = []
    for check in report.checks:
        one = mine.get(check.fingerprint) if check.status == FAIL else None
        if one is not None:
            met.add(check.fingerprint)
            severity = "info" if one.decision == DISMISSED else check.severity
            check = replace(check, severity=severity, review=told(one, ruleset))
        checks.append(check)
    for number, key in enumerate(sorted(mine.keys() - met), len(checks) + 1):
        checks.append(_stale(mine[key], f"c{number}", ruleset))
    return replace(report, checks=tuple(checks))


def told(one: Review, ruleset: Ruleset) -> str:
    """A decision in words: 已复核，不是问题：口径不同（张三，2024-03-01）."""
    return ruleset.told(STALE, one.decision, reason=one.reason, by=one.by, date=one.date)


def _stale(one: Review, number: str, ruleset: Ruleset) -> Check:
    rule = ruleset.rules[STALE]
    message = ruleset.told(STALE, "fail", finding=one.finding or one.fingerprint, by=one.by, date=one.date)
    return Check(
        id=number,
        rule=STALE,
        type=rule.type,
        status=FAIL,
        severity=rule.severity,
        message=message,
        fingerprint=one.fingerprint,
    )
