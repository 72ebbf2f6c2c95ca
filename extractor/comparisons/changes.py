"""The changes from year to year, and which of them deserve a look (patterns/changes.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from extractor.comparisons.align import Match, levels
from extractor.model import Fact, Report, compare
from extractor.model.comparison import CHANGED, DROPPED, NEW, SAME, Flag, Pair
from extractor.model.fact import AMOUNT, FREQUENCY, NIL, PERCENTAGE
from extractor.model.number import plain
from extractor.rules import Ruleset
from extractor.rules.schema import Limit

FLOW, STOCK, RATE = "flow", "stock", "rate"
_TEN = Decimal(10)


def pairs(last: Report, this: Report, matches: Iterable[Match], ruleset: Ruleset) -> tuple[Pair, ...]:
    """Every figure of the two years: the aligned ones in the order of this year's report, then new and dropped ones."""
    facts_last, facts_this = ({f.id: f for f in r.facts} for r in (last, this))
    matches = list(matches)
    found = [_pair(facts_last[m.last], facts_this[m.this], m, ruleset) for m in matches]
    taken_last, taken_this = {m.last for m in matches}, {m.this for m in matches}
    found += [_alone(f, None, ruleset) for f in _left(last, taken_last)]
    found += [_alone(None, f, ruleset) for f in _left(this, taken_this)]
    return tuple(_numbered(found))


def kind_of(fact: Fact, ruleset: Ruleset) -> str:
    """Whether a figure is a flow, a stock, a rate or an amount: by the catalogue, else by how it reads."""
    known = ruleset.indicators.get(fact.indicator or "")
    if fact.kind == PERCENTAGE or (known and known.kind in (RATE, "ratio")):
        return RATE
    if fact.kind == AMOUNT:
        return AMOUNT
    if known:
        return known.kind if known.kind in (FLOW, STOCK) else FLOW
    words = ruleset.lexicon.get("stock", ())
    return STOCK if any(w in fact.measure for w in words) else FLOW


def flagged(pair: Pair, ruleset: Ruleset) -> Flag | None:
    """The first limit that a change exceeds; none where rounding could explain the change, or the pair is a proposal."""
    if pair.last_value is None or pair.this_value is None or not pair.reliable or pair.ambiguous:
        return None
    for limit in ruleset.limits.values():
        if pair.kind in limit.kinds and _exceeds(pair, limit):
            rule = ruleset.rules[limit.id]
            ratio = compare.rounded(pair.this_value / pair.last_value, 1) if pair.last_value else None
            words = {
                "measure": pair.measure,
                "last": f"{plain(pair.last_value):f}{pair.unit}",
                "this": f"{plain(pair.this_value):f}{pair.unit}",
                "ratio": f"{ratio:f}" if ratio is not None else "",
                "change": f"{pair.change:f}" if pair.change is not None else "",
            }
            return Flag(rule=limit.id, severity=rule.severity, message=ruleset.told(limit.id, "flag", **words))
    return None


def _exceeds(pair: Pair, limit: Limit) -> bool:
    last, this = pair.last_value, pair.this_value
    if last is None or this is None:
        return False
    if limit.words and not any(w in pair.measure for w in limit.words):
        return False
    if any(w in pair.measure for w in limit.without):
        return False
    if limit.same:
        return pair.status == SAME and this >= limit.least
    if pair.status != CHANGED or abs(this - last) < limit.least:
        return False
    if limit.from_zero:
        return last == 0 and this > 0
    if limit.tenfold:
        return last > 0 and this > 0 and (this == last * _TEN or last == this * _TEN)
    if limit.points is not None:
        return abs(this - last) >= limit.points
    if last <= 0:
        return False
    ratio = this / last
    return (limit.above is not None and ratio > Decimal(limit.above)) or (
        limit.below is not None and ratio < Decimal(limit.below)
    )


def _pair(last: Fact, this: Fact, match: Match, ruleset: Ruleset) -> Pair:
    kind = kind_of(this, ruleset)
    change = plain(this.value - last.value)
    share = compare.percent_exact(this.value - last.value, last.value) if kind != RATE and last.value > 0 else None
    same = this.value == last.value and this.approx == last.approx
    pair = Pair(
        id="",
        indicator=this.indicator or last.indicator,
        measure=this.measure if len(this.measure) > 1 else last.measure,
        unit=this.unit if this.kind != NIL else last.unit,
        kind=kind,
        last=last.id,
        this=this.id,
        last_value=last.value,
        this_value=this.value,
        change=change,
        change_pct=None if share is None else compare.rounded(share),
        status=SAME if same else CHANGED,
        reliable=same or not last.interval.meets(this.interval),
        confidence=round(match.score, 2),
        ambiguous=match.ambiguous,
        rivals=match.rivals,
    )
    return replace(pair, flag=flagged(pair, ruleset))


def _alone(last: Fact | None, this: Fact | None, ruleset: Ruleset) -> Pair:
    fact = last or this
    if fact is None:
        raise ValueError("a pair needs at least one figure")
    return Pair(
        id="",
        indicator=fact.indicator,
        measure=fact.measure,
        unit=fact.unit,
        kind=kind_of(fact, ruleset),
        last=last.id if last else None,
        this=this.id if this else None,
        last_value=last.value if last else None,
        this_value=this.value if this else None,
        status=DROPPED if last else NEW,
    )


def _left(report: Report, taken: set[str]) -> Iterator[Fact]:
    """The figures without a partner; one that only says again what an aligned figure said is none of them."""
    facts = {f.id: f for f in report.facts}
    said = {_saying(facts[t]) for t in taken}
    for fact in levels(report):
        if fact.id in taken or fact.kind == FREQUENCY:
            continue
        saying = _saying(fact)
        if saying not in said:
            yield fact
        said.add(saying)


def _saying(fact: Fact) -> tuple[str, Decimal, str]:
    return fact.indicator or re.sub(r"\W", "", fact.measure), fact.value, fact.unit


def _numbered(found: list[Pair]) -> Iterator[Pair]:
    for number, pair in enumerate(found, 1):
        yield replace(pair, id=f"p{number}")
