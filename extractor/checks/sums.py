"""Parts against their whole: complete lists, incomplete lists, overlapping attributes, single parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.equation import Equation, Facts, no_value, sum_needed, within
from extractor.checks.frame import Frame, hedged, shown
from extractor.model import Check, Fact, Relation
from extractor.model.check import FAIL, PASS, UNVERIFIABLE
from extractor.model.compare import EXACT, HEDGED, NO, ROUNDED, Outcome, slack
from extractor.model.number import ZERO, total
from extractor.model.slips import sum_slip

# A list that covers this much of its whole was meant to be complete; two parts alone must come closer.
NEARLY, NEARLY_TWO = Decimal("0.9"), Decimal("0.93")
# What one person may be at once (党员, 妇女), or one thing (30万元以上, 50万元以上): such lists are no partition.
# What people are may also be told of things (双语小分队), which are then of one sort each.
_OTHERS = re.compile("其他|其它|其余|另有")
_ATTRIBUTE = re.compile(r"以上|党员|女|学历|本科|大专|岁|少数民族|退役|双语|持证|专业|资格|骨干|残疾|高级|中级|特邀|返聘")
# Whom something was done for: one may be a woman, old and from the country.
_GROUPS = re.compile(r"农民工|妇女|老年|未成年|青少年|儿童|残疾|军人|军属|退役|低保|困难")
_PEOPLE, _ABOVE = ("人", "名", "位", "户"), "以上"
_PASSED, _TWO = re.compile(r"(?<![不本])(?:合格|及格|通过)"), 2


def check(frame: Frame) -> Iterator[Check]:
    """Every ``sum`` relation of the report."""
    for relation in frame.relations:
        if relation.type == "sum":
            whole = frame.fact[relation.whole]
            parts = [frame.fact[p] for p in relation.parts]
            yield from _verdicts(frame, relation, whole, parts)
        elif relation.type == "bound":
            yield _bound(frame, frame.fact[relation.whole], frame.fact[relation.parts[0]])


def _verdicts(frame: Frame, relation: Relation, whole: Fact, parts: list[Fact]) -> Iterator[Check]:
    rule = "sum.balance" if relation.basis in ("办结与在办", "余数") else "sum.parts"
    made = total([p.interval for p in parts])
    everything = (whole, *parts)
    agrees = _ties(everything)
    if len(parts) == 1 or not (agrees or relation.closed or not _overlap(whole, parts)):
        for part in parts:
            yield _bound(frame, whole, part)
        return
    amount = sum([p.value for p in parts], ZERO)
    gap, allowed = whole.value - amount, slack(whole.interval, made)
    how = NO if not agrees else HEDGED if hedged(everything) else ROUNDED if gap else EXACT
    formula = f"{'+'.join([f'{p.value:f}' for p in parts])} = {amount:f}"

    def verdict(status: str, message: str, severity: str | None = None, rule: str = rule) -> Check:
        return frame.verdict(
            rule,
            status,
            message,
            facts=everything,
            formula=formula if status == PASS else f"{formula} ≠ {whole.value:f}",
            reported=whole.value,
            expected=amount,
            severity=severity,
            outcome=None if status == UNVERIFIABLE else Outcome(how, amount, gap, allowed),
            equation=Equation(everything, _ties, sum_needed),
            whole=shown(whole.value, whole),
            whole_measure=whole.measure,
            sum=shown(amount, whole),
            gap=shown(abs(gap), whole),
            allowed=shown(allowed, whole),
        )

    if agrees:
        yield verdict(PASS, {EXACT: "pass", ROUNDED: "rounded", HEDGED: "hedged"}[how])
    elif whole.interval.meets(made):
        yield verdict(FAIL, "excess" if amount > whole.value else "short", "warning")
    elif made.low is not None and whole.interval.high is not None and made.low > whole.interval.high:
        named = rule if relation.closed or rule == "sum.balance" else "sum.excess"
        yield verdict(FAIL, "excess", "warning" if hedged(everything) else None, named)
    elif relation.closed:
        yield verdict(FAIL, "short", "warning" if hedged(everything) else None)
    elif relation.closed is None and amount >= whole.value * _nearly(parts) and not hedged(everything) and _meant(whole, parts):
        yield verdict(FAIL, "short", "warning")
    else:
        yield verdict(UNVERIFIABLE, "open", "info")
        yield from (_bound(frame, whole, part) for part in parts)


def _overlap(whole: Fact, parts: list[Fact]) -> bool:
    """Whether parts are told by what one and the same person may be, or the best beside all that passed (合格140，优秀98)."""
    told = [match.group() for p in parts if (match := _ATTRIBUTE.search(p.measure)) and match.group() not in whole.measure]
    if len(told) > 1:
        return whole.unit in _PEOPLE or _ABOVE in told
    if sum(1 for p in parts if _GROUPS.search(p.measure)) > 1:
        return True
    passed = any(_PASSED.search(p.measure) for p in parts) and any("优" in p.measure for p in parts)
    return passed and len(parts) == _TWO and sum(p.value for p in parts) > whole.value and not sum_slip(whole, parts)


def _meant(whole: Fact, parts: list[Fact]) -> bool:
    """Whether a list that falls a little short was meant to be complete: it ends with all others, or one slip explains it."""
    return bool(_OTHERS.search(parts[-1].measure)) or sum_slip(whole, parts)


def _nearly(parts: list[Fact]) -> Decimal:
    return NEARLY if len(parts) > 2 else NEARLY_TWO


def _bound(frame: Frame, whole: Fact, part: Fact) -> Check:
    broken = not within((whole, part))
    return frame.verdict(
        "bound.part",
        FAIL if broken else PASS,
        "fail" if broken else "pass",
        facts=(whole, part),
        formula=f"{part.value:f} {'>' if broken else '≤'} {whole.value:f}",
        reported=part.value,
        equation=Equation((whole, part), within, no_value),
        whole=whole.text,
        whole_measure=whole.measure,
        part=part.text,
        part_measure=part.measure,
    )


def adds_up(facts: Facts) -> bool:
    """Whether the first number can be the sum of the others."""
    return total([f.interval for f in facts[1:]]).meets(facts[0].interval)


def _ties(facts: Facts) -> bool:
    """Whether the first number is the sum of the others as far as they are told."""
    return adds_up(facts) and not _noughts_dropped(facts[0], facts[1:])


def _noughts_dropped(whole: Fact, parts: Facts) -> bool:
    """Whether only the rounding of parts that leave a nought out lets them make a whole that a slip of the pen explains.

    Where 0.52万亩 and 0.38万亩 stand beside 1.6万亩, that is 1.60万亩, and all three are 2.5万亩, not 2.6万亩.
    """
    gap = whole.value - sum([p.value for p in parts], ZERO)
    if not gap or whole.interval.exact or hedged((whole, *parts)) or len({_written(f) for f in (whole, *parts)}) > 1:
        return False
    widths = [p.interval.width for p in parts]
    finest = min(widths)
    if max(widths) == finest or (widths.count(finest) < _TWO and whole.interval.width != finest):
        return False
    rounded = (len(parts) * finest + whole.interval.width) / 2
    return abs(gap) > rounded and sum_slip(whole, parts)


def _written(fact: Fact) -> str:
    """What a number is counted in, as it is written (万亩)."""
    return fact.text.lstrip("0123456789.,，")
