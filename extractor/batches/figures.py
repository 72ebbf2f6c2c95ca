"""What the bodies say of each indicator, side by side: the indicator table and the county's totals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from extractor.batches.placing import Placed
from extractor.batches.store import Store
from extractor.model.county import COUNTY, TOWNSHIP, Body, Figure, IndicatorRow, Total
from extractor.model.number import Interval, plain, total
from extractor.rules import Ruleset

_RATES = ("rate", "ratio")
_LEVELS = "国省盟市州县区旗"  # 全国, 全省, … : figures of a place that is not the body's own
Key = tuple[str, int, str, str]
"""Kind, year, indicator, and group of units: only what may be added stands in one row."""


def table(store: Store, placed: list[Placed], bodies: dict[str, Body], ruleset: Ruleset) -> list[IndicatorRow]:
    """One row per kind, year, indicator and group of units, over the bodies that state it in this year's own figures."""
    files = {f.report: f for f in placed if f.usable and f.place}
    groups = {unit: group.id for group in ruleset.unit_groups.values() for unit in group.units}
    found: dict[Key, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    units: dict[Key, Counter[str]] = defaultdict(Counter)
    measures: dict[Key, Counter[str]] = defaultdict(Counter)
    query = (
        "SELECT report, facts.id, indicator, value, low, high, unit, approx, facts.text, scope, measure FROM facts "
        "JOIN live_reports r ON r.id = report "
        "WHERE indicator IS NOT NULL AND facts.status = 'actual' AND (facts.year IS NULL OR facts.year = r.year) "
        "AND part_of IS NULL AND dimension IS NULL AND r.duplicate_of IS NULL AND facts.direction IS NULL "
        "AND facts.kind NOT IN ('threshold', 'points', 'multiple') "
        "ORDER BY report, facts.number"
    )
    for report, fact, indicator, value, low, high, unit, approx, text, scope, measure in store.rows(query):
        file = files.get(report)
        if file is None or file.place is None or _elsewhere(scope, file.place[0]):
            continue
        body, kind, year = file.place
        key = kind, year, indicator, groups.get(unit, unit)
        bounds = Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))
        figure = Figure(
            body=body,
            value=Decimal(value),
            interval=bounds,
            text=text,
            measure=measure,
            approx=approx is not None,
            report=report,
            fact=fact,
        )
        found[key][body].append(figure)
        units[key][unit] += 1
        measures[key][measure] += 1
    holders: dict[tuple[str, int], set[str]] = defaultdict(set)
    for file in files.values():
        if file.place and bodies[file.place[0]].level == TOWNSHIP:
            holders[file.place[1], file.place[2]].add(file.place[0])
    rows = []
    for key in sorted(found):
        kind, year, indicator, _ = key
        figures = tuple(_one(said) for _, said in sorted(found[key].items()))
        named = ruleset.indicators.get(indicator)
        own = [f for f in figures if bodies[f.body].level == TOWNSHIP]
        usable = [f for f in own if f.value is not None]
        rated = named is not None and named.kind in _RATES
        added = None if rated or not usable else _sum(usable)
        rows.append(
            IndicatorRow(
                kind=kind,
                year=year,
                indicator=indicator,
                name=(named.name if ruleset.lang == "zh" else named.name_en) if named else indicator,
                unit=units[key].most_common(1)[0][0],
                measure=measures[key].most_common(1)[0][0],
                figures=figures,
                total=added and added[0],
                interval=added and added[1],
                incomplete=tuple(sorted(holders[kind, year] - {f.body for f in usable})),
            )
        )
    return rows


def totals(rows: Iterable[IndicatorRow], bodies: dict[str, Body]) -> list[Total]:
    """The figure of the county's own report against the sum of its townships, where both are in the folder."""
    found = []
    for row in rows:
        if row.total is None:
            continue
        for figure in row.figures:
            if bodies[figure.body].level != COUNTY or figure.value is None:
                continue
            own = [f for f in row.figures if f.value is not None and _within(bodies[f.body], bodies[figure.body])]
            if not own:
                continue
            missing = tuple(b for b in row.incomplete if _within(bodies[b], bodies[figure.body]))
            summed, bounds = _sum(own)
            found.append(
                Total(
                    kind=row.kind,
                    year=row.year,
                    county=figure.body,
                    indicator=row.indicator,
                    name=row.name,
                    unit=row.unit,
                    reported=figure.text,
                    measure=figure.measure,
                    summed=summed,
                    gap=plain(figure.value - summed),
                    townships=len(own),
                    missing=missing,
                    status=_against(figure.interval, bounds, bool(missing)),
                )
            )
    return found


def _sum(figures: Iterable[Figure]) -> tuple[Decimal, Interval]:
    figures = list(figures)
    return plain(sum((f.value for f in figures if f.value is not None), Decimal(0))), total(f.interval for f in figures)


def _within(township: Body, county: Body) -> bool:
    """Whether a township may belong to a county: it names this one above itself, or none."""
    return township.level == TOWNSHIP and (not township.region or township.region.endswith(county.name))


def _against(county: Interval, townships: Interval, incomplete: bool) -> str:
    if county.high is not None and townships.low is not None and townships.low > county.high:
        return "exceeds"
    if incomplete:
        return "incomplete"
    return "agrees" if county.meets(townships) else "short"


def _one(said: list[Figure]) -> Figure:
    """The most exact of several statements of a body that can be one; when they cannot, no value but all of them."""
    agree = all(a.interval.meets(b.interval) for n, a in enumerate(said) for b in said[:n])
    if agree:
        return min(said, key=lambda f: (f.approx, not f.interval.exact))
    first = said[0]
    texts = tuple(dict.fromkeys(f.text for f in said))
    return Figure(
        body=first.body, value=None, interval=Interval(None, None), text="", measure=first.measure, approx=False,
        report=first.report, fact=first.fact, several=texts,
    )  # fmt: skip


def _elsewhere(scope: str | None, body: str) -> bool:
    """Whether a figure is of a larger place than the body (全县 in a township's report)."""
    return scope is not None and len(scope) > 1 and scope[0] == "全" and scope[1] in _LEVELS and scope[1] != body[-1]
