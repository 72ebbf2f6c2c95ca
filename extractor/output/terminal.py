"""The consistency report on the terminal: findings first, then what could not be verified, then what passed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.model import Check, Report
from extractor.model.check import CRASHED, FAIL, PASS, UNVERIFIABLE
from extractor.output.evidence import evidence, section_at, section_path
from extractor.output.messages import known, say
from extractor.rules import Ruleset

_ORDER = {"error": 0, "warning": 1, "info": 2}
_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_SIGN = {"error": "✗", "warning": "!", "info": "·"}


def console(stream: TextIO | None = None) -> Console:
    """A console that is plain and 80 columns wide when its stream is no terminal."""
    stream = stream or sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return Console(file=stream, highlight=False, width=None if stream.isatty() else 80, soft_wrap=False)


class TerminalReport:
    """Writes reports to a console in one language."""

    def __init__(self, out: Console, ruleset: Ruleset) -> None:
        self._out, self._ruleset, self._lang = out, ruleset, ruleset.lang

    def write(self, report: Report) -> None:
        """One report: what it is, what was read, findings, what was not verified, what passed."""
        self._head(report)
        failed = sorted((c for c in report.checks if c.status == FAIL), key=lambda c: (_ORDER[c.severity], c.span or (0, 0)))
        serious = [c for c in failed if c.severity != "info"]
        self._crashes(c for c in report.checks if c.status == CRASHED)
        self._rule(self._say("findings"), len(serious), "red" if serious else "green")
        if not serious:
            self._out.print(Text("✓ " + self._say("no_findings"), style="green"))
        for check in serious:
            self._finding(report, check)
        notes = [c for c in failed if c.severity == "info"]
        if notes:
            self._rule(self._say("notes"), len(notes), "cyan")
            self._lines("·", "cyan", notes)
        open_ones = [c for c in report.checks if c.status == UNVERIFIABLE]
        if open_ones:
            self._rule(self._say("unverifiable"), len(open_ones), "yellow")
            self._lines("?", "yellow", open_ones)
        passed = [c for c in report.checks if c.status == PASS]
        if passed:
            self._rule(self._say("passed"), len(passed), "green")
            self._lines("✓", "green", passed)
        self._out.print()

    def _say(self, key: str, **words: object) -> str:
        return say(self._lang, key, **words)

    def _rule(self, title: str, count: int, style: str) -> None:
        self._out.print()
        self._out.print(Text(f"── {title} {count} ──", style=style))

    def _head(self, report: Report) -> None:
        info, coverage = report.report, report.coverage
        kind = self._ruleset.kinds.get(info.kind)
        name = (kind.name if self._lang == "zh" else kind.name_en) if kind else self._say("unknown")
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True, style="dim")
        table.add_column(overflow="fold")
        year = self._say("year_suffix").format(info.year) if info.year else self._say("unknown")
        table.add_row(self._say("title"), Text(info.title or self._say("unknown"), style="bold"))
        table.add_row(self._say("org"), Text(info.org or self._say("unknown")))
        table.add_row(self._say("year"), Text(f"{year}  {name}"))
        table.add_row(self._say("file"), Text(report.source.path))
        read = self._say("read_line", characters=len(report.text), sections=len(report.sections), tables=len(report.tables))
        table.add_row(self._say("read"), Text(read))
        aside = sum(coverage.set_aside.values())
        line = self._say(
            "numbers_line", numbers=coverage.numbers, facts=coverage.facts, aside=aside,
            unread=len(coverage.unread), checked=coverage.checked,
        )  # fmt: skip
        table.add_row(self._say("numbers"), Text(line))
        if coverage.set_aside:
            reasons = "、".join(f"{self.reason(r)}{n}" for r, n in sorted(coverage.set_aside.items(), key=lambda x: -x[1]))
            table.add_row(self._say("aside"), Text(reasons, style="dim"))
        if coverage.unread:
            shown = "、".join(a.text for a in coverage.unread[:12])
            table.add_row(self._say("unread"), Text(shown, style="yellow"))
        for diagnostic in report.diagnostics:
            table.add_row("", Text(diagnostic.message, style="dim"))
        self._out.print(table)

    def reason(self, rule: str) -> str:
        """A rule by which numbers are set aside, in words."""
        nonfact = self._ruleset.nonfacts.get(rule)
        if nonfact:
            return nonfact.name if self._lang == "zh" else nonfact.name_en
        key = "title-role" if rule == "title" else rule
        return self._say(key) if known(key) else rule

    def _crashes(self, crashed: Iterable[Check]) -> None:
        found = list(crashed)
        if found:
            self._rule(self._say("crashed"), len(found), "bold red")
            for check in found:
                self._out.print(Text(f"✗ {check.message}", style="bold red"))

    def _finding(self, report: Report, check: Check) -> None:
        rule = self._ruleset.rules[check.rule]
        style = _STYLE[check.severity]
        head = Text(f"{_SIGN[check.severity]} ", style=style)
        head.append(f"{self._say(check.severity)} ", style=style)
        head.append(rule.name if self._lang == "zh" else rule.name_en, style="bold")
        head.append(f"  {check.rule}", style="dim")
        self._out.print()
        self._out.print(head)
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True, style="dim")
        table.add_column(overflow="fold")
        table.add_row("", Text(check.message))
        if check.formula:
            table.add_row(self._say("formula"), Text(check.formula))
        if check.hint:
            table.add_row(self._say("hint"), Text(check.hint, style="yellow"))
        for pieces in evidence(report, check):
            line = Text()
            for piece in pieces:
                line.append(piece.text, style="bold underline" if piece.marked else "")
            table.add_row(self._say("evidence"), line)
        path = section_path(report, section_at(report, check.span))
        if path:
            table.add_row(self._say("place"), Text(path, style="dim"))
        self._out.print(Padding(table, (0, 0, 0, 2)))

    def _lines(self, sign: str, style: str, checks: list[Check]) -> None:
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True, style=style)
        table.add_column(overflow="fold")
        for check in checks:
            line = Text(check.message)
            if check.formula:
                line.append(f"  {check.formula}", style="dim")
            table.add_row(sign, line)
        self._out.print(table)
