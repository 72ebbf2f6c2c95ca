"""gouji (勾稽): extracts and cross-checks the numbers of Chinese official annual reports.

The public verbs are ``read``, ``extract``, ``check``, ``diff`` and ``batch``; docs/library.md shows them at work. What they
return are the frozen records of ``extractor.model``. Everything else of the package may change from version to version.

>>> from extractor import check
>>> for verdict in check("corpus/develop/h05.txt"):
...     if verdict.status == "fail" and verdict.type == "sum":
...         print(verdict.formula)
2+35 = 37 ≠ 36
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from extractor.model import Check, Document, Report
    from extractor.model.batch import Progress, RunResult
    from extractor.model.comparison import Comparison
    from extractor.rules import Ruleset

__version__ = "0.1.0"
__all__ = ["batch", "check", "diff", "extract", "read"]


def read(path: str | Path) -> Document:
    """Read one file into a ``Document`` (canonical text, paragraphs, tables).

    >>> read("corpus/develop/h05.txt").source.encoding
    'utf-8'

    Raises ``extractor.errors.ReadError`` when the file is missing, empty or not readable.
    """
    from extractor.readers import read as read_file

    return read_file(path)


def extract(
    source: str | Path | Document, ruleset: Ruleset | None = None, *, progress: Callable[[str], None] | None = None
) -> Report:
    """Everything gouji knows of one report: sections, facts, relations, checks, coverage.

    Parameters: ``source`` a path or a ``Document``; ``ruleset`` the patterns in force (the built-in ones by default);
    ``progress`` is called with the name of each stage as it begins (read, sections, mentions, facts, relations, checks).

    >>> report = extract("corpus/develop/h05.txt")
    >>> report.report.year, report.facts[0].value, report.facts[0].unit
    (2024, Decimal('13'), '个')

    Raises ``ReadError`` for a path that cannot be read.
    """
    from extractor.model import Document
    from extractor.pipeline import extract as run
    from extractor.readers import read as read_file

    if not isinstance(source, Document):
        if progress:
            progress("read")
        source = read_file(source)
    return run(source, ruleset, progress)


def check(
    source: str | Path | Document | Report,
    ruleset: Ruleset | None = None,
    *,
    progress: Callable[[str], None] | None = None,
) -> tuple[Check, ...]:
    """The verdicts on one report, in the order of the rules: ``status`` is pass, fail, unverifiable or crashed.

    Parameters: as for ``extract``; a report that was extracted before is not worked on again. What auditors decided on
    findings (``gouji review``) is not looked at here. Raises ``ReadError`` for a path that cannot be read.
    """
    from extractor.model import Report

    return (source if isinstance(source, Report) else extract(source, ruleset, progress=progress)).checks


def diff(
    last: str | Path | Document | Report,
    this: str | Path | Document | Report,
    ruleset: Ruleset | None = None,
    *,
    force: bool = False,
) -> Comparison:
    """This year's report held against last year's: figures side by side, claims verified, what was copied.

    Parameters: ``last`` and ``this`` paths, documents or extracted reports; ``ruleset`` the patterns in force; ``force`` to
    compare in spite of other bodies, years or kinds.

    >>> found = diff("corpus/develop/k01_2021.txt", "corpus/develop/k01_2022.txt")
    >>> [finding.formula for finding in found.findings()][0]
    '19 − 17 = 2 ≠ 3名'

    Raises ``ReadError`` for a path that cannot be read, ``ComparisonError`` when the two should not be compared.
    """
    from extractor.model import Report
    from extractor.pipeline import compare
    from extractor.rules import Ruleset

    rules = ruleset or Ruleset()
    reports = [r if isinstance(r, Report) else extract(r, rules) for r in (last, this)]
    return compare(reports[0], reports[1], rules, force=force)


def batch(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    patterns: Sequence[str | Path] = (),
    lang: str = "zh",
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RunResult:
    """Work on all reports of folders and keep the results in the store of ``out`` (``gouji batch``; docs/store.md).

    Parameters: ``paths`` folders, files, wildcards; ``patterns`` further pattern folders; ``lang`` of messages; ``workers``
    processes (one per core by default); ``scheduler`` the address of a Dask scheduler, to work on a cluster;
    ``progress`` called for every file once its result is safe. Call it under ``if __name__ == "__main__":``, as worker
    processes import the calling script.
    Returns how the run ended. Raises ``GoujiError`` when the store is in use, from a newer gouji, or cannot be written.
    """
    from extractor.batches import run
    from extractor.batches.work import Orders

    orders = Orders(patterns=tuple(map(str, patterns)), lang=lang)
    return run(paths, out, orders=orders, workers=workers, scheduler=scheduler, progress=progress)
