"""This year against last year on the terminal: what failed first, with both sentences; then the figures side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console
from rich.text import Text

from extractor.model.check import FAIL, PASS, UNVERIFIABLE
from extractor.model.comparison import (
    CHANGED,
    DROPPED,
    KEPT,
    NEW,
    SAME,
    Carried,
    Claim,
    Comparison,
    Finding,
    Pair,
    Side,
    Trend,
)
from extractor.model.number import plain
from extractor.output.comparison_rows import quotes
from extractor.output.formats import Job
from extractor.output.layout import line, listing
from extractor.output.messages import say

_ORDER = {"error": 0, "warning": 1, "info": 2}
_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_SIGN = {"error": "✗", "warning": "!", "info": "·"}
_BARS = "▁▂▃▄▅▆▇█"
_NUMBER = 12
_LISTED = 40


def render(comparison: Comparison | Trend, job: Job) -> Iterator[bytes]:
    """The comparison as text in the language and width of the job."""
    stream = StringIO()
    out = Console(file=stream, highlight=False, width=job.width, force_terminal=job.colour, legacy_windows=False)
    writer = _Writer(out, job)
    if isinstance(comparison, Trend):
        writer.trend(comparison)
    else:
        writer.comparison(comparison)
    yield stream.getvalue().encode("utf-8", "replace")


class _Writer:
    def __init__(self, out: Console, job: Job) -> None:
        self._out, self._ruleset, self._lang, self._detail = out, job.ruleset, job.ruleset.lang, job.detail

    def comparison(self, comparison: Comparison) -> None:
        """Two years: who, what failed, what to look at, the figures, what is new and gone, text and headings, what passed."""
        self._head(comparison)
        findings = sorted(comparison.findings(), key=lambda f: _ORDER[f.severity])
        serious = [f for f in findings if f.severity != "info"]
        self._rule("findings", len(serious), "red" if serious else "green")
        if not serious:
            line(self._out, Text("✓ " + self._say("no_findings"), style="green"))
        for finding in serious:
            self._finding(comparison, finding)
        if self._detail < 0:
            self._out.print()
            return
        notes = [f for f in findings if f.severity == "info"]
        if notes:
            self._rule("notes", len(notes), "cyan")
            listing(self._out, [(Text("·", style="cyan"), Text(f.message)) for f in notes])
        self._figures(comparison)
        self._unpaired(comparison)
        self._copied(comparison)
        self._sections(comparison)
        held: list[Claim | Carried] = [*comparison.claims, *comparison.carried]
        for status, sign, style in ((UNVERIFIABLE, "?", "yellow"), (PASS, "✓", "green")):
            told = [(x.message, x.formula) for x in held if x.status == status]
            if told:
                self._rule("unverifiable" if status == UNVERIFIABLE else "passed", len(told), style)
                listing(self._out, [(Text(sign, style=style), self._with_formula(m, f)) for m, f in told])
        self._out.print()

    def trend(self, trend: Trend) -> None:
        """Several years: each figure as a series with its curve, then what failed from year to year."""
        self._series(trend)
        for comparison in trend.comparisons:
            self._out.print()
            self.comparison(comparison)

    def _say(self, key: str, **words: object) -> str:
        return say(self._lang, key, **words)

    def _rule(self, key: str, count: int, style: str) -> None:
        self._out.print()
        line(self._out, Text(f"── {self._say(key)} {count} ──", style=style))

    def _year(self, side: Side) -> str:
        return self._say("year_suffix").format(side.report.year) if side.report.year else self._say("unknown")

    def _head(self, comparison: Comparison) -> None:
        last, this = comparison.last, comparison.this
        statuses = Counter("ambiguous" if p.ambiguous else p.status for p in comparison.pairs)
        verdicts = Counter(v.status for v in comparison.verdicts())
        figures = self._say(
            "figures_line",
            aligned=statuses[CHANGED] + statuses[SAME],
            same=statuses[SAME],
            ambiguous=statuses["ambiguous"],
            new=statuses[NEW],
            dropped=statuses[DROPPED],
        )
        claims = self._say("claims_line", passed=verdicts[PASS], failed=verdicts[FAIL], open=verdicts[UNVERIFIABLE])
        rows = [
            ("org", this.report.org or last.report.org or self._say("unknown")),
            ("last_report", f"{self._year(last)}  {last.report.title}  {last.source.path}"),
            ("this_report", f"{self._year(this)}  {this.report.title}  {this.source.path}"),
            ("numbers", figures),
            ("claims", claims),
            ("copied_text", f"{comparison.copied_share:.0%}"),
        ]
        listing(self._out, [(Text(self._say(k), style="dim"), Text(v)) for k, v in rows])
        told = [(Text("!", style="yellow"), Text(d.message, style="yellow")) for d in comparison.diagnostics]
        listing(self._out, told)

    def _finding(self, comparison: Comparison, finding: Finding) -> None:
        rule = self._ruleset.rules[finding.rule]
        style = _STYLE[finding.severity]
        head = Text(f"{_SIGN[finding.severity]} {self._say(finding.severity)} ", style=style)
        head.append(rule.name if self._lang == "zh" else rule.name_en, style="bold").append(f"  {finding.rule}", style="dim")
        self._out.print()
        line(self._out, head)
        rows = [("", Text(finding.message))]
        if finding.formula:
            rows.append(("formula", Text(finding.formula)))
        for key, side, facts in (
            ("this_report", comparison.this, finding.this_facts),
            ("last_report", comparison.last, finding.last_facts),
        ):
            rows += [(key, text) for text in self._evidence(side, facts)]
        for copied in comparison.copied:
            if copied.this == finding.this_span and not finding.this_facts:
                rows.append(("this_report", Text(copied.text[:120] + ("…" if len(copied.text) > 120 else ""))))
        listing(self._out, [(Text(self._say(k) if k else "", style="dim"), text) for k, text in rows], indent=2)

    def _evidence(self, side: Side, facts: Iterable[str]) -> Iterator[Text]:
        """The sentences of some figures, the figures marked, each with its place."""
        for label, shown, place in quotes(side, facts, self._lang):
            found = Text(f"{label}  " if label else "")
            found.append_text(Text.assemble(*((p.text, "bold underline" if p.marked else "") for p in shown)))
            yield found.append(f"  〔{place}〕", style="dim") if place else found

    def _figures(self, comparison: Comparison) -> None:
        """The aligned figures side by side, flagged ones first, proposals last with a question mark."""
        flagged = {f for x in comparison.findings() for f in x.this_facts}
        paired = [p for p in comparison.pairs if p.last and p.this]
        empty = [p for p in paired if p.last_value == p.this_value == 0 and comparison.this.facts[p.this or ""].cell]
        paired = [p for p in paired if p not in empty or p.this in flagged]
        order = sorted(paired, key=lambda p: (p.ambiguous, p.this not in flagged and p.flag is None))
        if not order:
            return
        self._rule("side_by_side", len(order), "bold")
        titles = (self._year(comparison.last), self._year(comparison.this), self._say("change"), self._say("share"))
        rows = [(pair, _values(pair)) for pair in order]
        widths = [max(map(cell_len, column)) for column in zip(titles, *(values for _, values in rows), strict=True)]
        head = "  " + " ".join(map(_right, titles, widths)) + "  "
        line(self._out, Text(head + self._say("measure"), style="dim"))
        room = max(self._out.width - cell_len(head), 12)
        for pair, values in rows:
            mark, style = self._mark(pair, flagged)
            row = Text(f"{mark} ", style=style)
            row.append(" ".join(map(_right, values, widths)))
            first, *rest = chop_cells(" ".join(pair.measure.split()), room) or [""]
            style = "dim" if pair.status == SAME else ""
            line(self._out, row.append("  " + first, style=style))
            for more in rest:
                line(self._out, Text(" " * cell_len(head) + more, style=style))
        if empty:
            line(self._out, Text(self._say("empty_cells", count=len(empty)), style="dim"))
        signs = {
            "sign_flagged": any(self._mark(p, flagged)[0] in "✗!·" for p in order),
            "sign_ambiguous": any(p.ambiguous for p in order),
            "sign_rounding": not all(p.reliable for p in order),
        }
        if told := self._say("semicolon").join(self._say(key) for key, used in signs.items() if used):
            listing(self._out, [(Text(), Text(told, style="dim"))])

    @staticmethod
    def _mark(pair: Pair, flagged: set[str]) -> tuple[str, str]:
        if pair.ambiguous:
            return "?", "yellow"
        if pair.flag is not None:
            return _SIGN[pair.flag.severity], _STYLE[pair.flag.severity]
        return ("✗", "red") if pair.this in flagged else (" ", "")

    def _unpaired(self, comparison: Comparison) -> None:
        for status, key in ((NEW, "new"), (DROPPED, "dropped")):
            alone = [p for p in comparison.pairs if p.status == status]
            if not alone:
                continue
            self._rule(key, len(alone), "bold")
            told = self._say("semicolon").join(
                f"{p.measure} {_figure(p.last_value if p.this_value is None else p.this_value, p.unit, _large(p))}"
                for p in alone[:_LISTED]
            )
            listing(self._out, [(Text(" "), Text(told + (self._say("and_more_diff") if len(alone) > _LISTED else "")))])

    def _copied(self, comparison: Comparison) -> None:
        if not comparison.copied:
            return
        self._rule("copied_text", len(comparison.copied), "bold")
        rows = []
        for item in comparison.copied:
            numbers = self._say("comma").join(comparison.this.facts[n].text for n in item.numbers)
            told = Text(f"{item.text[:36]}{'…' if len(item.text) > 36 else ''}")
            if numbers:
                told.append("  " + self._say("same_numbers", numbers=numbers), style="dim")
            rows.append((Text(self._say(f"copied_{item.kind}"), style="dim"), told))
        listing(self._out, rows)

    def _sections(self, comparison: Comparison) -> None:
        changed = [s for s in comparison.sections if s.status != KEPT]
        self._rule("headings", len(comparison.sections), "bold")
        kept = len(comparison.sections) - len(changed)
        rows = [(Text(self._say("section_kept"), style="dim"), Text(self._say("kept_line", kept=kept)))] if kept else []
        for pair in changed:
            titles = " → ".join(filter(None, (pair.last_title, pair.this_title)))
            rows.append((Text(self._say(f"section_{pair.status}"), style="dim"), Text(titles)))
        rows += [
            (Text(self._say("copied_text"), style="dim"), Text(f"{s.copied:.0%}  {s.this_title}"))
            for s in comparison.sections
            if s.copied and s.copied >= 0.5
        ]
        listing(self._out, rows)

    def _series(self, trend: Trend) -> None:
        whole = [s for s in trend.series if sum(v is not None for v in s.values) > 1]
        years = " ".join(self._say("year_suffix").format(y) if y else "?" for y in trend.years)
        line(self._out, Text(self._say("series_head", years=years), style="bold"))
        width = min(_NUMBER, max(8, 36 // len(trend.years)))
        room = max(self._out.width - len(trend.years) * (width + 1) - len(trend.years) - 4, 12)
        for series in whole:
            numbers = " ".join(_right(_figure(v, "") if v is not None else "—", width) for v in series.values)
            curve = sparkline(series.values)
            line(self._out, Text(f"{curve}  {numbers}  {_cut(f'{series.measure}（{series.unit}）', room)}"))

    def _with_formula(self, message: str, formula: str | None) -> Text:
        text = Text(message)
        return text.append(f"  {formula}", style="dim") if formula else text


def sparkline(values: Iterable[Decimal | None]) -> str:
    """A curve of block characters, one per year; a blank where there is no figure."""
    listed = list(values)
    known = [v for v in listed if v is not None]
    low, high = min(known), max(known)
    if low == high:
        return "".join(" " if v is None else _BARS[3] for v in listed)
    return "".join(" " if v is None else _BARS[int((v - low) * (len(_BARS) - 1) / (high - low))] for v in listed)


def _values(pair: Pair) -> tuple[str, str, str, str]:
    """What is told of a pair: both figures, the change and its share."""
    large = _large(pair)
    return (
        _figure(pair.last_value, pair.unit, large),
        _figure(pair.this_value, pair.unit, large),
        _signed(pair.change, large) if pair.reliable else "≈",
        f"{_signed(pair.change_pct)}%" if pair.change_pct and pair.reliable else "",
    )


def _large(pair: Pair) -> bool:
    """Whether the figures of a pair, and the difference between them, are told in 万元."""
    return pair.unit == "元" and any(abs(v) >= 10_000 for v in (pair.last_value, pair.this_value) if v is not None)


def _figure(value: Decimal | None, unit: str, large: bool = False) -> str:
    """A figure as it is read: 12.34万元, 85600份."""
    if value is None:
        return ""
    return f"{plain(value / 10_000):,f}万元" if large else f"{plain(value):f}{unit}"


def _signed(value: Decimal | None, large: bool = False) -> str:
    if value is None:
        return ""
    if value == 0:
        return "0"
    if large:
        shown = f"{plain(abs(value) / 10_000):,f}万元"
    else:
        shown = f"{plain(abs(value) / 10_000):f}万" if abs(value) >= 1_000_000 else f"{plain(abs(value)):f}"
    return f"{'+' if value > 0 else '−'}{shown}"


def _right(text: str, width: int) -> str:
    return " " * max(width - cell_len(text), 0) + text


def _cut(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"
