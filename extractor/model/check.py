"""The verdict of one rule on one place of the report."""

from __future__ import annotations

from msgspec import Struct

from extractor.model.document import Span

PASS, FAIL, UNVERIFIABLE, CRASHED = "pass", "fail", "unverifiable", "crashed"


class Check(Struct, frozen=True, kw_only=True, gc=False):
    """One check with its formula and evidence.

    ``status`` is pass, fail, unverifiable or crashed; ``severity`` error, warning or info; ``message`` is in the
    language asked for; ``formula`` shows the numbers; ``span`` is the sentence or heading it speaks of;
    ``fingerprint`` survives edits elsewhere in the report.

    ``outcome`` says how an arithmetic check came out: ``exact`` (equal as printed), ``rounded`` or ``truncated`` (explained
    by how the numbers were shortened), ``hedged`` (an approximate number does not contradict, and cannot confirm),
    ``inconsistent``; ``gap`` is reported minus expected, ``allowed`` the largest gap that rounding explains. ``hint`` is the
    single repair that would make a failed check balance; ``review`` what an auditor decided on it before.
    """

    id: str
    rule: str
    type: str
    status: str
    severity: str
    message: str
    formula: str | None = None
    reported: str | None = None
    expected: str | None = None
    facts: tuple[str, ...] = ()
    span: Span | None = None
    hint: str | None = None
    fingerprint: str = ""
    outcome: str | None = None
    gap: str | None = None
    allowed: str | None = None
    review: str | None = None
