"""A county's reports on the terminal: one screen, the rest is in the workbook."""

from __future__ import annotations

from collections import Counter, defaultdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.model.county import MISSING, TOWNSHIP, UNREADABLE, County
from extractor.output.county import Words
from extractor.output.layout import line, listing
from extractor.rules import Ruleset

_SHOWN = 5
_WIDEST = 8  # columns of the coverage matrix that fit
_SIGN = {MISSING: ("—", "dim"), UNREADABLE: ("✗", "red")}


def show(county: County, out: Console, ruleset: Ruleset) -> None:
    """Print the numbers, the coverage matrix where it fits, and the first of everything that wants a look."""
    words = Words(ruleset)
    _title(out, words.say("sheet_overview"))
    counts = [f"{name} {n}" for name, n in words.overview(county) if n]
    line(out, Text(words.say("semicolon").join(counts)))
    _coverage(county, out, words)
    rules = Counter(f.rule for f in county.findings if f.severity != "info")
    _some(out, words.say("sheet_by_rule"), [f"{words.rule(r)} {n}" for r, n in rules.most_common()])
    most = Counter(f.body or words.say("unknown") for f in county.findings if f.severity != "info")
    _some(out, words.say("county_most"), [f"{b} {n}" for b, n in most.most_common()])
    _some(out, words.say("sheet_changes"), [f"{c.body} {c.this_year}  {words.change(c)}" for c in county.changes])
    _some(out, words.say("sheet_outliers"), [f"{o.year} {words.outlier(o)}" for o in county.outliers])
    _some(
        out,
        words.say("sheet_copied"),
        [words.say("county_pair", one=c.one, other=c.other, share=c.share, n=len(c.passages)) for c in county.copied],
    )
    bad = [t for t in county.totals if t.status == "exceeds"]
    _some(out, words.say("sheet_totals"), [words.say("county_exceeds", **_sums(t)) for t in bad])
    missing: dict[str, list[str]] = defaultdict(list)
    for cell in county.cells:
        if cell.status == MISSING:
            missing[cell.body].append(f"{cell.year}{words.kind(cell.kind)}")
    _some(out, words.say("county_missing_list"), [f"{b}  {_few(m, words)}" for b, m in missing.items()])


def _few(names: list[str], words: Words) -> str:
    shown = words.say("comma").join(names[:3])
    return shown if len(names) <= 3 else words.say("county_and_more", shown=shown, n=len(names))


def _sums(total: object) -> dict[str, object]:
    keys = ("county", "year", "name", "reported", "summed", "unit", "townships")
    return {key: getattr(total, key) for key in keys}


def _title(out: Console, title: str, count: int | None = None) -> None:
    out.print()
    line(out, Text(f"── {title}{'' if count is None else f' {count}'} ──", style="bold"))


def _some(out: Console, title: str, lines: list[str]) -> None:
    if lines:
        _title(out, title, len(lines))
        listing(out, [(Text("·", style="cyan"), Text(text)) for text in lines[:_SHOWN]])
        if len(lines) > _SHOWN:
            line(out, Text("  …", style="dim"))


def _coverage(county: County, out: Console, words: Words) -> None:
    if not 0 < len(county.columns) <= _WIDEST or out.width < 60:
        return
    _title(out, words.say("sheet_coverage"))
    table = Table(box=None, padding=(0, 1), header_style="dim")
    table.add_column(words.say("col_body"))
    for kind, year in county.columns:
        table.add_column(f"{year}\n{words.kind(kind)[:6]}", justify="right")
    cells = {(c.body, c.kind, c.year): c for c in county.cells}
    for body in county.bodies:
        if body.level != TOWNSHIP:
            continue
        row = []
        for kind, year in county.columns:
            cell = cells.get((body.name, kind, year))
            if cell is None:  # nobody asked for it
                row.append(Text(""))
                continue
            sign, style = _SIGN.get(
                cell.status, (str(cell.findings) if cell.findings else "✓", "yellow" if cell.findings else "green")
            )
            row.append(Text(sign, style=style))
        table.add_row(Text(body.name), *row)
    out.print(table)
    line(out, Text(words.say("county_legend"), style="dim"))
