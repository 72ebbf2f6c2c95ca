"""The JSON contract: one report as bytes, and the schema that describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from extractor.model import Report
from extractor.output.formats import Job

_encoder = msgspec.json.Encoder(decimal_format="string")


def encode(report: Report) -> bytes:
    """One report as compact UTF-8 JSON; the same report gives the same bytes."""
    return _encoder.encode(report)


def pretty(report: Report) -> bytes:
    """One report as indented UTF-8 JSON, with a line end."""
    return msgspec.json.format(encode(report), indent=1) + b"\n"


def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]:
    """One report per line (JSON Lines), each as soon as it is there."""
    for report in reports:
        yield encode(report) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one report."""
    document = msgspec.json.schema(Report)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:gouji:report:1.0",
        "title": "gouji report",
        **document,
    }
