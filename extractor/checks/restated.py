"""The same quantity stated in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.checks.equation import Equation, Facts, equal_needed
from extractor.checks.frame import Frame, hedged
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS
from extractor.model.compare import EXACT, HEDGED, NO, ROUNDED, Outcome, miswritten, slack

_FINISHED = re.compile(r"化解|办结|调处|解决|完成")


def check(frame: Frame) -> Iterator[Check]:
    """Every ``conflict`` relation of the report."""
    for relation in frame.relations:
        if relation.type != "conflict":
            continue
        first = frame.fact[relation.whole]
        for other in (frame.fact[p] for p in relation.parts):
            if other.cell is not None:
                yield _tabled(frame, first, other)
                continue
            agree = same((first, other))
            rough = hedged((first, other))
            how = NO if not agree else HEDGED if rough else EXACT if first.value == other.value else ROUNDED
            yield frame.verdict(
                "conflict.approximate" if rough else "conflict.restated",
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


def _tabled(frame: Frame, told: Fact, cell: Fact) -> Check:
    """The text against a cell of a table."""
    agree = same((told, cell))
    how = NO if not agree else EXACT if told.value == cell.value else ROUNDED
    return frame.verdict(
        "accounts.prose" if frame.outline.report.kind == "final-accounts" else "table.prose",
        PASS if agree else FAIL,
        "pass" if agree else "fail",
        facts=(told, cell),
        severity=None if agree or miswritten(told.value, cell.value) else "warning",
        formula=f"{told.value:f} {'=' if agree else '≠'} {cell.value:f}",
        reported=told.value,
        expected=cell.value,
        outcome=Outcome(how, cell.value, told.value - cell.value, slack(told.interval, cell.interval)),
        equation=Equation((told, cell), same, equal_needed),
        text_measure=told.measure,
        text=told.text,
        cell_measure=cell.measure,
        cell=cell.text,
    )


def same(facts: Facts) -> bool:
    """Whether two numbers can be one."""
    return facts[0].interval.meets(facts[1].interval)


def check_echo(frame: Frame) -> Iterator[Check]:
    """化解107个 where 受理107件、办结105件: a distinctive number that two matters share, though one fell short of it."""
    finished = {
        frame.fact[r.whole].value: frame.fact[r.parts[0]]
        for r in frame.relations
        if r.type == "sum" and r.basis in ("办结与在办", "余数", "构成") and len(r.parts) == 2
    }
    for relation in frame.relations:
        if relation.basis != "同数":
            continue
        pair = (frame.fact[relation.whole], frame.fact[relation.parts[0]])
        done = finished.get(pair[0].value)
        for said, whole in (pair, pair[::-1]):
            if done is not None and done.id not in (said.id, whole.id) and _FINISHED.search(said.measure):
                yield frame.verdict(
                    "conflict.echo", FAIL, "fail", facts=(said, whole, done),
                    said=said.text, said_measure=said.measure, whole=whole.text, whole_measure=whole.measure, done=done.text,
                )  # fmt: skip
                break
