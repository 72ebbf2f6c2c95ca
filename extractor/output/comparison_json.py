"""Two years, or several, as JSON (``gouji schema diff``, ``gouji schema trend``)."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.model.comparison import Comparison, Trend
from extractor.output.formats import Job
from extractor.output.json import pretty


def render(comparison: Comparison | Trend, job: Job) -> Iterator[bytes]:
    """The whole comparison as one indented JSON document."""
    yield pretty(comparison)
