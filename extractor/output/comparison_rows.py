"""Comparisons as rows and quotations, the same on the terminal, in CSV, in the workbook and on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.model.comparison import Comparison, Evidence, Finding, Pair, Side, Trend
from extractor.model.number import plain
from extractor.output.evidence import Piece, pieces
from extractor.output.messages import say
from extractor.output.sheets import Cell, Value
from extractor.output.view import indicator_name
from extractor.rules import Ruleset

PAIR = (
    "finding", "severity", "indicator", "measure", "unit", "last_value", "this_value", "change", "change_pct", "pair_status",
    "confidence", "last_sentence", "last_place", "this_sentence", "this_place",
)  # fmt: skip
_TONE = {"error": "bad", "warning": "doubt", "info": "calm"}


class Quote(NamedTuple):
    """A sentence with the figures in question marked; ``label`` names the figure of a table, ``place`` where it stands."""

    label: str
    pieces: list[Piece]
    place: str


def years(found: Comparison | Trend) -> tuple[Comparison, ...]:
    """Each year against the one before."""
    return found.comparisons if isinstance(found, Trend) else (found,)


def quotes(side: Side, facts: Iterable[str], lang: str) -> Iterator[Quote]:
    """The sentences of some figures of one side, in the order of the text."""
    sentences: dict[tuple[int, int], list[Evidence]] = {}
    for name in facts:
        fact = side.facts[name]
        sentences.setdefault(fact.sentence_span, []).append(fact)
    for (start, _), group in sorted(sentences.items()):
        text = group[0].sentence
        spans = sorted({(f.span[0] - start, f.span[1] - start) for f in group})
        label = group[0].measure if group[0].cell is not None else ""
        yield Quote(label, pieces(text, (0, len(text)), spans), place(group[0], lang))


def place(fact: Evidence, lang: str) -> str:
    """The headings and the page a figure stands under."""
    page = say(lang, "page").format(fact.page) if fact.page else ""
    return "  ".join(filter(None, (fact.section, page)))


def told_of(comparison: Comparison, pair: Pair) -> list[Finding]:
    """What is to be looked at in a pair of figures."""
    this, last = pair.this, pair.last
    return [f for f in comparison.findings() if (this and this in f.this_facts) or (last and last in f.last_facts)]


def pair_rows(comparison: Comparison, ruleset: Ruleset) -> Iterator[list[Cell]]:
    """Every pair of figures in the columns of ``PAIR``, then what is to be looked at and has no pair.

    ``ruleset`` gives the language and the names of indicators.
    """
    lang = ruleset.lang
    told: set[Finding] = set()
    for pair in comparison.pairs:
        mine = told_of(comparison, pair)
        told.update(mine)
        levels = list(dict.fromkeys(f.severity for f in mine))
        yield [
            " ".join(f.message for f in mine),
            Value(say(lang, "comma").join(say(lang, s) for s in levels), tone=_TONE[levels[0]] if levels else ""),
            indicator_name(ruleset, pair.indicator),
            pair.measure,
            pair.unit,
            _plain(pair.last_value),
            _plain(pair.this_value),
            Value(_plain(pair.change), rough=not pair.reliable),
            Value(_plain(pair.change_pct), rough=not pair.reliable),
            say(lang, "ambiguous" if pair.ambiguous else pair.status),
            None if pair.confidence is None else Decimal(f"{pair.confidence:.2f}"),
            *_where(comparison.last, pair.last, lang),
            *_where(comparison.this, pair.this, lang),
        ]
    for finding in comparison.findings():
        if finding not in told:
            last, this = next(iter(finding.last_facts), None), next(iter(finding.this_facts), None)
            level = Value(say(lang, finding.severity), tone=_TONE[finding.severity])
            yield [
                finding.message,
                level,
                *[None] * 9,
                *_where(comparison.last, last, lang),
                *_where(comparison.this, this, lang),
            ]


def trend_head(trend: Trend, lang: str) -> list[str]:
    """The columns of ``trend_rows``: indicator, measure, unit, and one per year."""
    return [*(say(lang, f"column_{c}") for c in ("indicator", "measure", "unit")), *(year_name(y, lang) for y in trend.years)]


def trend_rows(trend: Trend, ruleset: Ruleset) -> Iterator[list[Cell]]:
    """Every figure with its value year by year."""
    for series in trend.series:
        yield [indicator_name(ruleset, series.indicator), series.measure, series.unit, *map(_plain, series.values)]


def year_name(year: int | None, lang: str) -> str:
    """A year in words."""
    return say(lang, "year_suffix").format(year) if year else say(lang, "unknown")


def _where(side: Side, fact: str | None, lang: str) -> tuple[Cell, Cell]:
    if fact is None:
        return None, None
    [quote] = quotes(side, [fact], lang)
    found = side.facts[fact]
    return Value(" ".join(found.sentence.split()), pieces=quote.pieces), quote.place


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain(value)
