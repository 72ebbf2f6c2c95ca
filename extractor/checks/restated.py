"""The same quantity stated in two places."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.frame import Frame, hedged
from extractor.model import Check
from extractor.model.check import FAIL, PASS


def check(frame: Frame) -> Iterator[Check]:
    """Every ``conflict`` relation of the report."""
    for relation in frame.relations:
        if relation.type != "conflict":
            continue
        first = frame.fact[relation.whole]
        for other in (frame.fact[p] for p in relation.parts):
            agree = first.interval.meets(other.interval)
            yield frame.verdict(
                "conflict.restated",
                PASS if agree else FAIL,
                "pass" if agree else "fail",
                facts=(first, other),
                severity="warning" if not agree and hedged((first, other)) else None,
                formula=f"{first.value:f} {'=' if agree else '≠'} {other.value:f}",
                reported=other.value,
                expected=first.value,
                span=other.sentence,
                measure=first.measure,
                first=first.text,
                second=other.text,
            )
