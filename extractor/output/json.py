"""The JSON contract: one report as bytes, and the schema that describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from extractor.model import Report
from extractor.model.comparison import Comparison, Trend
from extractor.model.county import County
from extractor.output.formats import Job

_encoder = msgspec.json.Encoder(decimal_format="string")


def encode(report: Report | Comparison | Trend | County) -> bytes:
    """A report or comparison as compact UTF-8 JSON; the same record gives the same bytes."""
    return _encoder.encode(report)


def pretty(report: Report | Comparison | Trend | County) -> bytes:
    """A report, comparison or county as indented UTF-8 JSON, with a line end."""
    return msgspec.json.format(encode(report), indent=1) + b"\n"


def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]:
    """One report per line (JSON Lines), each as soon as it is there."""
    for report in reports:
        yield encode(report) + b"\n"


SCHEMAS: dict[str, type[Report | Comparison | Trend | County]] = {"report": Report, "diff": Comparison, "trend": Trend}
"""What has a schema: one report, a comparison of two years, a comparison of several."""


def schema(name: str = "report") -> dict[str, Any]:
    """The JSON Schema (2020-12) of one of ``SCHEMAS``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:gouji:{name}:1.0",
        "title": f"gouji {name}",
        **msgspec.json.schema(SCHEMAS[name]),
    }
