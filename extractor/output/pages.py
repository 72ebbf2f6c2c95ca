"""One file per report of a folder, to be opened from the workbook."""

from __future__ import annotations

import re
from pathlib import Path

from rich.console import Console

from extractor.model import Report
from extractor.output.terminal import TerminalReport
from extractor.rules import Ruleset

FOLDER = "reports"
_WIDTH = 100
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def write(report: Report, sha256: str, out: Path, ruleset: Ruleset) -> str:
    """Write the consistency report of one report as text. Returns its path relative to ``out``. Raises ``OSError``."""
    info = report.report
    kind = ruleset.kinds.get(info.kind)
    words = (info.org, str(info.year or ""), kind.name if kind else "", sha256[:8])
    name = _UNSAFE.sub("_", "-".join(filter(None, words)))
    path = out / FOLDER / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="\r\n") as file:
        TerminalReport(Console(file=file, highlight=False, width=_WIDTH, soft_wrap=False), ruleset).write(report)
    return f"{FOLDER}/{path.name}"
