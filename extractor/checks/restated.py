"""The same quantity stated in two places."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.equation import Equation, Facts, equal_needed
from extractor.checks.frame import Frame, hedged
from extractor.model import Check
from extractor.model.check import FAIL, PASS
from extractor.model.compare import EXACT, HEDGED, NO, ROUNDED, Outcome, slack


def check(frame: Frame) -> Iterator[Check]:
    """Every ``conflict`` relation of the report."""
    for relation in frame.relations:
        if relation.type != "conflict":
            continue
        first = frame.fact[relation.whole]
        for other in (frame.fact[p] for p in relation.parts):
            agree = same((first, other))
            rough = hedged((first, other))
            how = NO if not agree else HEDGED if rough else EXACT if first.value == other.value else ROUNDED
            yield frame.verdict(
                "conflict.restated",
                PASS if agree else FAIL,
                "pass" if agree else "fail",
                facts=(first, other),
                severity="warning" if not agree and rough else None,
                formula=f"{first.value:f} {'=' if agree else '≠'} {other.value:f}",
                reported=other.value,
                expected=first.value,
                outcome=Outcome(how, first.value, other.value - first.value, slack(first.interval, other.interval)),
                equation=Equation((first, other), same, equal_needed),
                span=other.sentence,
                measure=first.measure,
                first=first.text,
                second=other.text,
            )


def same(facts: Facts) -> bool:
    """Whether two numbers can be one."""
    return facts[0].interval.meets(facts[1].interval)
