"""The formats ``gouji check`` can write: a name, the module that writes it, and what every such module is given.

A format is one module of this room with one function::

    def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]

``reports`` comes one by one as files are read, so that a format that needs no whole (text, json) writes while others are
still being read; a format that needs the whole starts with ``list(reports)``. ``job.unread`` is complete only once
``reports`` is used up. To add a format: write the module, and name it in ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import NamedTuple, TypeAlias

from extractor.errors import GoujiError
from extractor.model import Report
from extractor.model.comparison import Comparison, Trend
from extractor.rules import Ruleset


@dataclass
class Job:
    """What a format is given besides the reports.

    Parameters: ``ruleset`` the patterns in force (and the language); ``colour`` whether the reader is a terminal that shows
    colours; ``width`` of that terminal in cells; ``detail`` -1 for findings alone, 1 for reasons too; ``unread`` the files
    that could not be read, each with its reason.
    """

    ruleset: Ruleset
    colour: bool = False
    width: int = 80
    detail: int = 0
    unread: list[GoujiError] = field(default_factory=list)


Render: TypeAlias = Callable[[Iterable[Report], Job], Iterator[bytes]]


class Format(NamedTuple):
    """``module`` holds ``render``; ``suffixes`` of its files, the usual one first, tell it when no format is named;
    ``binary`` output is no text and never goes to a terminal."""

    module: str
    suffixes: tuple[str, ...]
    binary: bool = False


FORMATS: dict[str, Format] = {
    "text": Format("extractor.output.terminal", (".txt",)),
    "json": Format("extractor.output.json", (".json", ".jsonl")),
    "sarif": Format("extractor.output.sarif", (".sarif",)),
    "xlsx": Format("extractor.output.xlsx", (".xlsx",), binary=True),
    "csv": Format("extractor.output.csv", (".csv",)),
    "html": Format("extractor.output.html", (".html", ".htm")),
    "junit": Format("extractor.output.junit", (".xml",)),
}


RenderComparison: TypeAlias = Callable[[Comparison | Trend, Job], Iterator[bytes]]

COMPARISON_FORMATS: dict[str, Format] = {
    "text": Format("extractor.output.comparison_text", (".txt",)),
    "json": Format("extractor.output.comparison_json", (".json",)),
    "xlsx": Format("extractor.output.comparison_xlsx", (".xlsx",), binary=True),
    "csv": Format("extractor.output.comparison_csv", (".csv",)),
    "html": Format("extractor.output.html.comparison", (".html", ".htm")),
}
"""What ``gouji diff`` can write: modules with ``render(comparison, job)``, for two reports (a ``Comparison``) or more (a
``Trend``)."""


def comparison_renderer(name: str) -> RenderComparison:
    """The ``render`` of a format of ``COMPARISON_FORMATS``; its module is imported only now."""
    render: RenderComparison = import_module(COMPARISON_FORMATS[name].module).render
    return render


def renderer(name: str) -> Render:
    """The ``render`` of a format of ``FORMATS``; its module is imported only now."""
    render: Render = import_module(FORMATS[name].module).render
    return render
