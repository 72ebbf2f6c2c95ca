"""What last year's report planned, and what this year's says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.comparisons.align import levels
from extractor.comparisons.profile import Profile, Profiler
from extractor.model import Fact, Report
from extractor.model.check import FAIL, PASS
from extractor.model.comparison import Carried
from extractor.model.fact import COUNT, PERCENTAGE
from extractor.model.number import plain
from extractor.rules import Ruleset
from extractor.text.normalize import flow

RULE = "change.promise"
_AT_MOST, _PIECE = "at_most", 2


def promises(last: Report, this: Report, ruleset: Ruleset) -> Iterator[Carried]:
    """One verdict for each figure that last year's report planned for this year, where this year's report gives the figure
    (of the same indicator, or in the same words), or has not one word of the matter (nor two characters of one).

    Parameters: ``last`` and ``this`` as extracted. Where the matter is spoken of without such a figure nothing is said: it
    may have been answered in other words.
    """
    plans = [f for f in last.facts if _plan(f, this.report.year)]
    if not plans:
        return
    profiler = ruleset.kept(Profiler)
    told, text = profiler.profiles(this, levels(this)), flow(this.text, 0)[0]
    told_by_all = pieces(flow(this.report.title, 0)[0]) | {v for v in ruleset.lexicon["verb"] if len(v) == _PIECE}
    for plan in profiler.profiles(last, plans):
        answers = [p.fact for p in told if _answers(plan, p)]
        if answers:
            yield from _verdict(plan.fact, answers, ruleset)
        elif (words := pieces(plan.fact.measure) - told_by_all) and not any(w in text for w in words):
            yield _carried(plan.fact, None, FAIL, "silent", ruleset)


def pieces(text: str) -> set[str]:
    """All pairs of neighbouring characters of a text: what two wordings of one matter are likely to share."""
    return {text[i : i + _PIECE] for i in range(len(text) - 1)}


def _plan(fact: Fact, year: int | None) -> bool:
    """Whether a figure is what a report wants to have reached in a year: no change, no frequency, no average."""
    level = fact.kind in (COUNT, PERCENTAGE) and fact.direction is None and fact.per is None and fact.cell is None
    return level and fact.status == "planned" and fact.period.year in (year, None) and bool(fact.measure)


def _answers(plan: Profile, told: Profile) -> bool:
    """Whether a figure of this year is the one that was planned."""
    a, b = plan.fact, told.fact
    if a.kind != b.kind or plan.group != told.group or b.part_of is not None or told.aside:
        return False
    return a.measure == b.measure or (a.indicator is not None and a.indicator == b.indicator)


def _verdict(plan: Fact, answers: list[Fact], ruleset: Ruleset) -> Iterator[Carried]:
    """Reached by any of the figures that may answer; missed only where there is one, and it falls short."""
    fewer = re.compile("|".join(ruleset.lexicon["less_is_better"]))
    reached = next((f for f in answers if _reaches(plan, f, fewer)), None)
    if reached is not None:
        yield _carried(plan, reached, PASS, "pass", ruleset)
    elif len({f.value for f in answers}) == 1:
        yield _carried(plan, answers[0], FAIL, "short", ruleset)


def _reaches(plan: Fact, told: Fact, fewer: re.Pattern[str]) -> bool:
    """Whether a figure of this year may be as large as planned (as small, where less is better or the plan is a ceiling)."""
    if plan.approx == _AT_MOST or fewer.search(plan.measure):
        most = plan.interval.high
        return most is None or told.interval.low is None or told.interval.low <= most
    least = plan.interval.low
    return least is None or told.interval.high is None or told.interval.high >= least


def _carried(plan: Fact, told: Fact | None, status: str, key: str, ruleset: Ruleset) -> Carried:
    words = {"item": plan.measure, "plan": plan.text, "this": told.text if told else ""}
    return Carried(
        id="",
        rule=RULE,
        item=plan.measure,
        last_facts=(plan.id,),
        this_facts=(told.id,) if told else (),
        status=status,
        severity=ruleset.rules[RULE].severity,
        reported=f"{plain(told.value):f}" if told else None,
        expected=f"{plain(plan.value):f}",
        formula=f"{plan.text} → {told.text if told else '—'}",
        message=ruleset.told(RULE, key, **words),
    )
