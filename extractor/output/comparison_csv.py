"""The figures of two years side by side as CSV that Excel and WPS open as it is (UTF-8 with a mark, CRLF)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO

from extractor.model.comparison import Comparison, Evidence, Trend
from extractor.model.number import plain
from extractor.output.formats import Job
from extractor.output.messages import say

_COLUMNS = (
    "finding", "severity", "indicator", "measure", "unit", "last_value", "this_value", "change", "change_pct", "pair_status",
    "confidence", "last_sentence", "last_place", "this_sentence", "this_place",
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def render(comparison: Comparison | Trend, job: Job) -> Iterator[bytes]:
    """One line per figure; several years give one column per year instead.

    A row that is flagged or claimed wrongly says why in its first column; claims without an aligned figure have rows of
    their own.
    """
    lang = job.ruleset.lang
    rows = _trend(comparison, lang) if isinstance(comparison, Trend) else _pairs(comparison, lang)
    yield "\ufeff".encode()
    for row in rows:
        stream = StringIO()
        csv.writer(stream, lineterminator="\r\n").writerow([_safe(cell) for cell in row])
        yield stream.getvalue().encode()


def _pairs(comparison: Comparison, lang: str) -> Iterator[list[str]]:
    yield [say(lang, f"column_{name}") for name in _COLUMNS]
    findings = list(comparison.findings())
    told = set()
    for pair in comparison.pairs:
        mine = [f for f in findings if (pair.this and pair.this in f.this_facts) or (pair.last and pair.last in f.last_facts)]
        told.update(mine)
        yield [
            " ".join(f.message for f in mine),
            "、".join(dict.fromkeys(say(lang, f.severity) for f in mine)),
            pair.indicator or "",
            pair.measure,
            pair.unit,
            _number(pair.last_value),
            _number(pair.this_value),
            _number(pair.change),
            _number(pair.change_pct),
            say(lang, "ambiguous" if pair.ambiguous else pair.status),
            "" if pair.confidence is None else f"{pair.confidence:.2f}",
            *_where(comparison.last.facts.get(pair.last or ""), lang),
            *_where(comparison.this.facts.get(pair.this or ""), lang),
        ]
    for finding in findings:
        if finding in told:
            continue
        last = next((comparison.last.facts[f] for f in finding.last_facts), None)
        this = next((comparison.this.facts[f] for f in finding.this_facts), None)
        gap = [""] * 9
        yield [finding.message, say(lang, finding.severity), *gap, *_where(last, lang), *_where(this, lang)]


def _trend(trend: Trend, lang: str) -> Iterator[list[str]]:
    years = [say(lang, "year_suffix").format(y) if y else say(lang, "unknown") for y in trend.years]
    yield [say(lang, "column_indicator"), say(lang, "column_measure"), say(lang, "column_unit"), *years]
    for series in trend.series:
        yield [series.indicator or "", series.measure, series.unit, *map(_number, series.values)]


def _where(fact: Evidence | None, lang: str) -> Iterable[str]:
    """The sentence of a figure, and the headings and page it stands under."""
    if fact is None:
        return "", ""
    page = say(lang, "page").format(fact.page) if fact.page else ""
    return " ".join(fact.sentence.split()), "  ".join(filter(None, (fact.section, page)))


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{plain(value):f}"


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; plain numbers stay numbers."""
    if cell.startswith(_DANGEROUS) and not cell.lstrip("+-").replace(".", "", 1).isdigit():
        return "'" + cell
    return cell
