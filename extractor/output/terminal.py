"""The consistency report on the terminal: findings first, then what could not be verified, then what passed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TextIO

from rich.console import Console
from rich.text import Text

from extractor.model import Check, Report
from extractor.model.check import CRASHED, FAIL, PASS, UNVERIFIABLE
from extractor.output.evidence import Piece, evidence, section_at, section_path
from extractor.output.formats import Job
from extractor.output.layout import line, listing
from extractor.output.messages import say
from extractor.output.places import place_list, places
from extractor.output.view import reason
from extractor.rules import Ruleset

_ORDER = {"error": 0, "warning": 1, "info": 2}
_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_SIGN = {"error": "✗", "warning": "!", "info": "·"}
_UNREAD_SHOWN = 24


def console(stream: TextIO | None = None) -> Console:
    """A console that is plain and 80 columns wide when its stream is no terminal."""
    stream = stream or sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return Console(file=stream, highlight=False, width=None if stream.isatty() else 80, soft_wrap=False)


def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]:
    """The reports as text, each as soon as it is there; a line that sums them up where there are several files."""
    stream = StringIO()
    out = Console(file=stream, highlight=False, width=job.width, force_terminal=job.colour, legacy_windows=False)
    writer, done = TerminalReport(out, job.ruleset, job.detail), Counter[str]()
    for report in reports:
        writer.write(report)
        done["files"] += 1
        done += _tally(report)
        yield _taken(stream)
    if done["files"] + len(job.unread) > 1:
        line(out, Text(say(job.ruleset.lang, "summary", **{k: done[k] for k in _TALLY}, unread=len(job.unread))))
        yield _taken(stream)


_TALLY = ("files", "failed", "errors", "warnings", "passed", "unverifiable", "crashed")


def _tally(report: Report) -> Counter[str]:
    found: Counter[str] = Counter()
    for check in report.checks:
        if check.status == FAIL and check.severity != "info":
            found.update(("failed", f"{check.severity}s"))
        elif check.status != FAIL:
            found["passed" if check.status == PASS else check.status] += 1
    return found


def _taken(stream: StringIO) -> bytes:
    """What was written to the stream since the last time."""
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text.encode("utf-8", "replace")


def _marked(pieces: list[Piece]) -> Text:
    return Text.assemble(*((p.text, "bold underline" if p.marked else "") for p in pieces))


class TerminalReport:
    """Writes reports to a console in one language.

    Parameters: ``detail`` -1 for findings alone, 1 for the numbers and the basis of every verdict too.
    """

    def __init__(self, out: Console, ruleset: Ruleset, detail: int = 0) -> None:
        self._out, self._ruleset, self._lang, self._detail = out, ruleset, ruleset.lang, detail

    def write(self, report: Report) -> None:
        """One report: what it is, what was read, findings, what was not verified, what passed."""
        if self._detail < 0:
            line(self._out, Text(report.source.path, style="bold"))
        else:
            self._head(report)
        failed = sorted((c for c in report.checks if c.status == FAIL), key=lambda c: (_ORDER[c.severity], c.span or (0, 0)))
        serious = [c for c in failed if c.severity != "info"]
        crashed = [c for c in report.checks if c.status == CRASHED]
        if crashed:
            self._rule(self._say("crashed"), len(crashed), "bold red")
            self._lines(report, "✗", "bold red", crashed)
        self._rule(self._say("findings"), len(serious), "red" if serious or crashed else "green")
        if not serious:
            calm = Text("✓ " + self._say("no_findings"), style="green")
            line(self._out, Text(self._say("no_findings_but_crashed"), style="yellow") if crashed else calm)
        for check in serious:
            self._finding(report, check)
        if self._detail >= 0:
            self._rest(report, [c for c in failed if c.severity == "info"])
        self._out.print()

    def _rest(self, report: Report, notes: list[Check]) -> None:
        """Notes, what was not verified, what passed."""
        if notes:
            self._rule(self._say("notes"), len(notes), "cyan")
            self._lines(report, "·", "cyan", notes)
        open_ones = [c for c in report.checks if c.status == UNVERIFIABLE]
        if open_ones:
            self._rule(self._say("unverifiable"), len(open_ones), "yellow")
            self._lines(report, "?", "yellow", open_ones)
        passed = [c for c in report.checks if c.status == PASS]
        if passed:
            self._rule(self._say("passed"), len(passed), "green")
            self._lines(report, "✓", "green", passed)

    def _say(self, key: str, **words: object) -> str:
        return say(self._lang, key, **words)

    def _rule(self, title: str, count: int, style: str) -> None:
        self._out.print()
        line(self._out, Text(f"── {title} {count} ──", style=style))

    def _head(self, report: Report) -> None:
        info, coverage = report.report, report.coverage
        kind = self._ruleset.kinds.get(info.kind)
        name = (kind.name if self._lang == "zh" else kind.name_en) if kind else self._say("unknown")
        year = self._say("year_suffix").format(info.year) if info.year else self._say("unknown")
        read = self._say("read_line", characters=len(report.text), sections=len(report.sections), tables=len(report.tables))
        numbers = self._say(
            "numbers_line",
            numbers=coverage.numbers,
            facts=coverage.facts,
            aside=sum(coverage.set_aside.values()),
            unread=len(coverage.unread),
            checked=coverage.checked,
        )
        rows = [
            ("title", Text(info.title or self._say("unknown"), style="bold")),
            ("org", Text(info.org or self._say("unknown"))),
            ("year", Text(f"{year}  {name}")),
            ("file", Text(report.source.path)),
            ("read", Text(read)),
            ("numbers", Text(numbers)),
        ]
        if coverage.set_aside:
            reasons = sorted(coverage.set_aside.items(), key=lambda x: -x[1])
            rows.append(
                ("aside", Text(self._say("semicolon").join(f"{reason(self._ruleset, r)} {n}" for r, n in reasons), style="dim"))
            )
        if coverage.unread:
            shown = self._say("comma").join(a.text for a in coverage.unread[:_UNREAD_SHOWN])
            more = self._say("and_more") if len(coverage.unread) > _UNREAD_SHOWN else ""
            rows.append(("unread", Text(shown + more, style="yellow")))
        rows += [("reading", Text(d.message, style="dim" if d.severity == "info" else "yellow")) for d in report.diagnostics]
        listing(self._out, [(Text(self._say(key), style="dim"), text) for key, text in rows])

    def _finding(self, report: Report, check: Check) -> None:
        rule = self._ruleset.rules[check.rule]
        style = _STYLE[check.severity]
        head = Text(f"{_SIGN[check.severity]} ", style=style)
        head.append(f"{self._say(check.severity)} ", style=style)
        head.append(rule.name if self._lang == "zh" else rule.name_en, style="bold")
        head.append(f"  {check.rule}", style="dim")
        self._out.print()
        line(self._out, head)
        rows = [("", Text(check.message))]
        if check.formula:
            rows.append(("formula", Text(check.formula)))
        if check.hint:
            rows.append(("hint", Text(check.hint, style="yellow")))
        if check.review:
            rows.append(("reviewed", Text(check.review)))
        rows += [("evidence", _marked(pieces)) for pieces in evidence(report, check)]
        place = self._place(report, check)
        if place:
            rows.append(("place", Text(place, style="dim")))
        if self._detail > 0:
            rows += [("", reason) for reason in self._reasons(report, check)]
        listing(self._out, [(Text(self._say(key) if key else "", style="dim"), text) for key, text in rows], indent=2)

    def _place(self, report: Report, check: Check) -> str:
        """Where a finding stands: the headings above it, and its pages, paragraphs or rows of tables."""
        path = section_path(report, section_at(report, check.span))
        return "  ".join(filter(None, (path, place_list(places(report, check, self._lang), self._lang))))

    def _reasons(self, report: Report, check: Check) -> Iterator[Text]:
        """The numbers of a verdict with what they may stand for, what the rule verifies, and what it rests on."""
        facts = {f.id: f for f in report.facts}
        for fact in (facts[f] for f in dict.fromkeys(check.facts) if f in facts):
            words = f"{fact.measure} {fact.text}  {self._say('interval')} {fact.interval} {fact.unit}"
            yield Text(words, style="dim")
        rule = self._ruleset.rules.get(check.rule)
        if rule is not None:
            zh = self._lang == "zh"
            basis = rule.basis if zh else rule.basis_en or rule.basis
            yield Text(f"{check.rule}  {rule.verifies if zh else rule.verifies_en} {basis}".rstrip(), style="dim")

    def _lines(self, report: Report, sign: str, style: str, checks: Iterable[Check]) -> None:
        """One entry per check: its message, and its formula where the message does not show it."""
        rows = []
        for check in checks:
            text = Text(check.message)
            if check.formula:
                text.append(f"  {check.formula}", style="dim")
            if check.hint:
                text.append(f"  {check.hint}", style="yellow")
            if check.review:
                text.append(f"  ——{check.review}")
            rows.append((Text(sign, style=style), text))
            if self._detail > 0:
                rows += [(Text(), reason) for reason in self._reasons(report, check)]
        listing(self._out, rows)
