"""How a report shortens its rates: truncation is told once for the whole report, not at every rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.checks.frame import Frame
from extractor.model import Check
from extractor.model.check import FAIL
from extractor.model.compare import ROUNDED, TRUNCATED

_SHOWN = 6


def truncation(frame: Frame, checks: Iterable[Check]) -> Iterator[Check]:
    """One note for all rates and changes that agree only when their last digits are cut off."""
    cut: list[str] = []
    rounded_up = 0
    for check in checks:
        if check.outcome == TRUNCATED:
            cut.append(check.facts[0])
        elif check.outcome == ROUNDED and check.type in ("rate", "growth") and not (check.gap or "-").startswith("-"):
            rounded_up += 1
    if cut:
        facts = [frame.fact[f] for f in dict.fromkeys(cut)]
        yield frame.verdict(
            "rate.truncated",
            FAIL,
            "mixed" if rounded_up else "fail",
            facts=facts,
            count=len(facts),
            rounded=rounded_up,
            rates="、".join(f.text for f in facts[:_SHOWN]) + ("……" if len(facts) > _SHOWN else ""),
        )
