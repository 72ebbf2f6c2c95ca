"""This year against last year as one page: what to look at with both sentences, figures side by side with their bars."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from extractor.model.comparison import Comparison, Finding, Pair, Series, Trend
from extractor.model.number import plain
from extractor.output.comparison_rows import Quote, quotes, told_of, year_name, years
from extractor.output.formats import Job
from extractor.output.html import written
from extractor.output.html.charts import columns
from extractor.output.messages import say
from extractor.output.view import indicator_name
from extractor.rules import Ruleset

_STATUSES = ("changed", "same", "ambiguous", "new", "dropped")
_LEVELS = ("error", "warning", "info")


def render(comparison: Comparison | Trend, job: Job) -> Iterator[bytes]:
    """One page: for several years their series first, then each year against the one before."""
    lang = job.ruleset.lang
    pages = [ComparisonPage(c, job.ruleset, n) for n, c in enumerate(years(comparison), 1)]
    trend = TrendPage(comparison, lang) if isinstance(comparison, Trend) else None
    title = pages[0].title if len(pages) == 1 else say(lang, "html_several", n=len(pages) + 1)
    yield from written("comparison.html", lang, title=title, pages=pages, trend=trend)


class ComparisonPage:
    """What the template shows of one year against the one before."""

    def __init__(self, comparison: Comparison, ruleset: Ruleset, number: int) -> None:
        self.c, self.ruleset, self.lang, self.prefix = comparison, ruleset, ruleset.lang, f"d{number}-"
        self.last_year = year_name(comparison.last.report.year, self.lang)
        self.this_year = year_name(comparison.this.report.year, self.lang)
        org = comparison.this.report.org or comparison.last.report.org or say(self.lang, "unknown")
        self.title = say(self.lang, "html_compared", org=org, last=self.last_year, this=self.this_year)

    @property
    def findings(self) -> list[Finding]:
        """What is to be looked at, grave before light."""
        return sorted(self.c.findings(), key=lambda f: _LEVELS.index(f.severity))

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity, and how many claims passed or stayed open."""
        found = dict.fromkeys((*_LEVELS, "crashed", "unverifiable", "pass"), 0)
        for finding in self.findings:
            found[finding.severity] += 1
        statuses = [*(c.status for c in self.c.claims), *(c.status for c in self.c.carried)]
        for status in statuses:
            if status in found:
                found[status] += 1
        return found

    @property
    def levels(self) -> list[tuple[str, int]]:
        """The severities that occur, with their number."""
        return [(s, n) for s in _LEVELS if (n := self.counts[s])]

    def sides(self, finding: Finding) -> list[tuple[str, list[Quote]]]:
        """The sentences of a finding: this year's, then last year's."""
        this = list(quotes(self.c.this, finding.this_facts, self.lang))
        if not this:
            this = [Quote("", [], x.text) for x in self.c.copied if x.this == finding.this_span]
        return [(self.this_year, this), (self.last_year, list(quotes(self.c.last, finding.last_facts, self.lang)))]

    def rule_name(self, rule: str) -> str:
        """The name of a rule in the language asked for."""
        found = self.ruleset.rules.get(rule)
        return rule if found is None else found.name if self.lang == "zh" else found.name_en

    @property
    def pairs(self) -> list[Pair]:
        """The figures, those to be looked at first, then as in the report."""
        return sorted(self.c.pairs, key=lambda p: (not self.flags(p), _STATUSES.index(self.status(p))))

    def flags(self, pair: Pair) -> list[Finding]:
        """What is to be looked at in a pair."""
        return told_of(self.c, pair)

    def status(self, pair: Pair) -> str:
        """How the two figures belong together, a proposal told apart."""
        return "ambiguous" if pair.ambiguous else pair.status

    @property
    def states(self) -> list[tuple[str, int]]:
        """The statuses of pairs that occur, with their number."""
        found = [(s, sum(self.status(p) == s for p in self.c.pairs)) for s in _STATUSES]
        return [(s, n) for s, n in found if n]

    @property
    def indicators(self) -> list[tuple[str, str]]:
        """The indicators of the figures: id and name."""
        found = {p.indicator for p in self.c.pairs if p.indicator}
        return sorted(((i, self.indicator_name(i)) for i in found), key=lambda x: x[1])

    def indicator_name(self, indicator: str | None) -> str:
        """The name of an indicator of the catalogue; empty for none."""
        return indicator_name(self.ruleset, indicator)

    def chart(self, pair: Pair) -> Markup:
        """Two bars: last year and this year."""
        if pair.last_value is None or pair.this_value is None:
            return Markup("")
        titles = [f"{y} {_figure(v)}{pair.unit}" for y, v in zip((self.last_year, self.this_year), _both(pair), strict=True)]
        words = say(self.lang, "html_year_chart", measure=pair.measure, values=say(self.lang, "comma").join(titles))
        return columns(_both(pair), titles, words)

    @staticmethod
    def figure(value: Decimal | None) -> str:
        """A figure with marks of thousands."""
        return _figure(value)

    @staticmethod
    def signed(value: Decimal | None) -> str:
        """A change with its sign."""
        return "" if value is None else f"{plain(value):+,f}" if value else "0"


class TrendPage:
    """The series of several years."""

    def __init__(self, trend: Trend, lang: str) -> None:
        self._lang = lang
        self.years = [year_name(y, lang) for y in trend.years]
        self.series = [s for s in trend.series if sum(v is not None for v in s.values) > 1]

    def chart(self, series: Series) -> Markup:
        """One bar per year."""
        titles = [f"{y} {_figure(v)}{series.unit}" for y, v in zip(self.years, series.values, strict=True)]
        words = say(self._lang, "html_year_chart", measure=series.measure, values=say(self._lang, "comma").join(titles))
        return columns(series.values, titles, words)

    @staticmethod
    def figure(value: Decimal | None) -> str:
        """A figure with marks of thousands, a dash for none."""
        return _figure(value) or "—"


def _both(pair: Pair) -> tuple[Decimal | None, Decimal | None]:
    return pair.last_value, pair.this_value


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{plain(value):,f}"
