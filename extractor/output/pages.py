"""The pages of a folder of reports: one per report, and an index that leads to them and to every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from extractor.model import Report
from extractor.model.county import County, File
from extractor.output.county import Words
from extractor.output.formats import Job
from extractor.output.html import render, written
from extractor.output.names import safe
from extractor.rules import Ruleset

FOLDER, INDEX = "reports", "index.html"
_ORG = 40  # characters of a body's name in that of its page


def write(report: Report, sha256: str, out: Path, ruleset: Ruleset) -> str:
    """Write the page of one report. Returns its path relative to ``out``. Raises ``OSError``."""
    info = report.report
    kind = ruleset.kinds.get(info.kind)
    words = (safe(info.org)[:_ORG] if info.org else "", str(info.year or ""), kind.name if kind else "", sha256[:8])
    path = out / FOLDER / f"{safe('-'.join(filter(None, words)))}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(render([report], Job(ruleset)))
    return f"{FOLDER}/{path.name}"


def write_index(county: County, out: Path, ruleset: Ruleset, page: Callable[[int], str]) -> None:
    """Write ``index.html``: the files with their pages, and all findings.

    Parameters: ``page`` gives for the id of a report its page, relative to ``out`` ('' for none). Raises ``OSError``.
    """
    words = Words(ruleset)
    levels = Counter((f.report, f.severity) for f in county.findings)

    def count(file: File, severity: str) -> int:
        return levels[file.report, severity] if file.report is not None else 0

    def link(report: int | None) -> str:
        return page(report) if report is not None else ""

    with (out / INDEX).open("wb") as stream:
        stream.writelines(
            written(
                "index.html", ruleset.lang, title=words.say("html_folder"), county=county, words=words, count=count, link=link,
                statuses=Counter(f.status for f in county.files), levels=Counter(f.severity for f in county.findings),
            )
        )  # fmt: skip
