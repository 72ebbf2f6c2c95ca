"""汇总.xlsx: a county's reports in one workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from extractor.model.county import MISSING, TOWNSHIP, UNREADABLE, County, Figure
from extractor.output.county import Words
from extractor.output.sheets import Book, Cell, Value, file_link
from extractor.rules import Ruleset

_TONE = {"error": "bad", "warning": "doubt", "info": "calm"}
_SUM_TONE = {"exceeds": "bad", "agrees": "good"}


def write(county: County, path: Path, ruleset: Ruleset, page: Callable[[int], str] = lambda report: "") -> None:
    """Write the workbook.

    Parameters: ``page`` gives for the id of a report the file to link to, relative to the workbook ('' for none).
    Raises ``OSError`` when it cannot be written.
    """
    sheets = _Sheets(county, Words(ruleset), page)
    with Book(path) as book:
        for name, head, rows, frozen, note in sheets.all():
            say = sheets.words.say
            rows = [[_named(key, cell) for key, cell in zip(head, row, strict=False)] for row in rows]
            titles = [say(f"col_{key}") if key.islower() and key.isascii() else key for key in head]
            book.sheet(say(f"sheet_{name}"), titles, rows, frozen=frozen, note=say(f"note_{name}") if note else "")


def _named(key: str, cell: Cell) -> Cell:
    """A year is a name, not a quantity: no marks of thousands."""
    return Value(cell, grouped=False) if key.endswith("year") and isinstance(cell, int) else cell


class _Sheets:
    def __init__(self, county: County, words: Words, page: Callable[[int], str]) -> None:
        self.county, self.words, self.page = county, words, page
        self.townships = [b.name for b in county.bodies if b.level == TOWNSHIP]
        self.others = [b.name for b in county.bodies if b.level != TOWNSHIP]

    def all(self) -> Iterator[tuple[str, list[str], list[list[Cell]], int, bool]]:
        """Name, head, rows, frozen columns, and whether a note explains it, for every sheet."""
        yield "overview", ["item", "number"], [[k, v] for k, v in self.words.overview(self.county)], 1, True
        yield "coverage", *self.coverage(), 1, True
        findings = ["body", "year", "kind", "severity", "rule", "message", "formula", "sentence", "section", "page", "file",
                    "review"]  # fmt: skip
        yield "findings", findings, list(self.findings()), 2, False
        yield "by_rule", *self.by_rule(), 1, False
        yield "indicators", *self.indicators(), 5, True
        yield "outliers", ["type", "year", "kind", "body", "message", "score"], list(self.outliers()), 1, True
        copied = ["body", "year", "other_body", "other_year", "kind", "share", "passage", "other_passage", "alike", "figures"]
        yield "copied", copied, list(self.copied()), 4, True
        totals = ["county", "year", "kind", "indicator", "unit", "reported", "measure", "summed", "gap", "townships", "verdict",
                  "without"]  # fmt: skip
        yield "totals", totals, list(self.totals()), 1, True
        changes = ["body", "year", "kind", "severity", "rule", "message", "formula", "last", "this", "last_year", "this_year"]
        yield "changes", changes, list(self.changes()), 2, False
        files = ["file", "status", "reason", "body", "year", "kind", "guessed", "same_as", "count"]
        yield "files", files, list(self.files()), 1, False

    def link(self, text: str | int | None, report: int | None, tone: str = "") -> Value:
        to = self.page(report) if report is not None else ""
        return Value(text, link=file_link(to) if to and text not in (None, "") else "", tone=tone)

    def coverage(self) -> tuple[list[str], list[list[Cell]]]:
        cells = {(c.body, c.kind, c.year): c for c in self.county.cells}
        rows: list[list[Cell]] = []
        for body in (*self.townships, *self.others):
            row: list[Cell] = [body]
            for kind, year in self.county.columns:
                cell = cells.get((body, kind, year))
                if cell is None:
                    row.append(None)
                    continue
                tone = (
                    "none"
                    if cell.status == MISSING
                    else "bad"
                    if cell.status == UNREADABLE
                    else "doubt"
                    if cell.findings
                    else "good"
                )
                row.append(self.link(self.words.cell(cell), cell.report, tone))
            rows.append(row)
        heads = [f"{self.words.say('year_suffix').format(year)} {self.words.kind(kind)}" for kind, year in self.county.columns]
        return ["body", *heads], rows

    def findings(self) -> Iterator[list[Cell]]:
        for f in self.county.findings:
            yield [
                f.body, f.year, self.words.kind(f.kind), Value(self.words.say(f.severity), tone=_TONE[f.severity]),
                self.words.rule(f.rule), f.message, f.formula, f.sentence, f.section, f.page, self.link(f.file, f.report),
                f.review,
            ]  # fmt: skip

    def by_rule(self) -> tuple[list[str], list[list[Cell]]]:
        count = Counter((f.body, f.rule) for f in self.county.findings if f.severity != "info")
        rules = sorted({r for _, r in count})
        bodies = [b for b in (*self.townships, *self.others, "") if any((b, r) in count for r in rules)]
        rows: list[list[Cell]] = [
            [b or self.words.say("unknown"), sum(count[b, r] for r in rules), *(count[b, r] or None for r in rules)]
            for b in bodies
        ]
        return ["body", "sum", *(self.words.rule(r) for r in rules)], rows

    def indicators(self) -> tuple[list[str], list[list[Cell]]]:
        stated = {f.body for r in self.county.indicators for f in r.figures}
        bodies = [b for b in (*self.townships, *self.others) if b in stated]
        rows: list[list[Cell]] = []
        for row in self.county.indicators:
            by_body = {f.body: f for f in row.figures}
            rough = any(f.approx for f in row.figures)
            total = Value(row.total, rough=rough) if row.total is not None else None
            cells = [self.figure(by_body.get(b)) for b in bodies]
            rows.append([row.name, row.year, self.words.kind(row.kind), row.unit, total, len(row.figures), *cells])
        return ["indicator", "year", "kind", "unit", "total", "bodies", *bodies], rows

    def figure(self, figure: Figure | None) -> Cell:
        if figure is None:
            return None
        if figure.several:
            return Value(self.words.say("county_several", texts=self.words.say("semicolon").join(figure.several)), tone="doubt")
        return Value(figure.value, rough=figure.approx)

    def outliers(self) -> Iterator[list[Cell]]:
        for o in self.county.outliers:
            bodies = self.words.say("comma").join(o.bodies)
            yield [
                self.words.say(f"county_type_{o.type}"),
                o.year,
                self.words.kind(o.kind),
                bodies,
                self.words.outlier(o),
                o.score,
            ]

    def copied(self) -> Iterator[list[Cell]]:
        for c in self.county.copied:
            for p in c.passages:
                figures = self.words.say("comma").join(p.figures)
                yield [
                    self.link(c.one, c.one_report), c.one_year, self.link(c.other, c.other_report), c.other_year,
                    self.words.kind(c.kind), c.share, p.one, p.other, p.alike * 100, figures,
                ]  # fmt: skip

    def totals(self) -> Iterator[list[Cell]]:
        for t in self.county.totals:
            yield [
                t.county, t.year, self.words.kind(t.kind), t.name, t.unit, t.reported, t.measure, t.summed, t.gap, t.townships,
                Value(self.words.say(f"county_sum_{t.status}"), tone=_SUM_TONE.get(t.status, "doubt")),
                self.words.say("comma").join(t.missing),
            ]  # fmt: skip

    def changes(self) -> Iterator[list[Cell]]:
        for c in self.county.changes:
            yield [
                c.body, c.this_year, self.words.kind(c.kind), Value(self.words.say(c.severity), tone=_TONE[c.severity]),
                self.words.rule(c.rule), c.message, c.formula, c.last, c.this,
                self.link(c.last_year, c.last_report), self.link(c.this_year, c.this_report),
            ]  # fmt: skip

    def files(self) -> Iterator[list[Cell]]:
        for f in self.county.files:
            tone = "good" if f.status == "read" else "calm" if f.status in ("duplicate", "aside") else "bad"
            status = Value(self.words.say(f"batch_status_{f.status}"), tone=tone)
            kind = self.words.kind(f.kind) if f.kind else None
            guessed = self.words.say("yes") if f.guessed else None
            file = self.link(f.name, f.report)
            yield [file, status, f.reason, f.body, f.year, kind, guessed, f.duplicate_of, f.findings]
