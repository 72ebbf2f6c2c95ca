"""The figures of two years side by side as CSV that Excel and WPS open as it is (see ``csv``)."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.model.comparison import Comparison, Trend
from extractor.output.comparison_rows import PAIR, pair_rows, trend_head, trend_rows
from extractor.output.csv import MARK, line
from extractor.output.formats import Job
from extractor.output.messages import say


def render(comparison: Comparison | Trend, job: Job) -> Iterator[bytes]:
    """One line per figure; several years give one column per year instead.

    A row that is flagged or claimed wrongly says why in its first column; claims without an aligned figure have rows of
    their own.
    """
    lang = job.ruleset.lang
    if isinstance(comparison, Trend):
        yield MARK + line(trend_head(comparison, lang))
        yield from map(line, trend_rows(comparison, job.ruleset))
    else:
        yield MARK + line(say(lang, f"column_{name}") for name in PAIR)
        yield from map(line, pair_rows(comparison, job.ruleset))
