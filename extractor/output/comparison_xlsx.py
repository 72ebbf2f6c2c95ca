"""This year against last year as a workbook: 汇总, 问题清单, 年度对比, 表述核对, 照抄段落, and 多年走势 for several years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import BytesIO

from extractor.errors import GoujiError
from extractor.model.comparison import Comparison, Side, Trend
from extractor.output.comparison_rows import PAIR, pair_rows, quotes, trend_head, trend_rows, year_name, years
from extractor.output.evidence import Piece
from extractor.output.formats import Job
from extractor.output.messages import say
from extractor.output.rows import REVIEWS
from extractor.output.sheets import Book, Cell, Value

_FINDING = ("body", "this_year", "severity", "rule", "message", "formula", "this_sentence", "this_place", "last_sentence",
            "last_place", "review", "note", "rule_id")  # fmt: skip
_CLAIM = ("body", "this_year", "verdict", "rule", "message", "claim", "formula", "reported", "expected", "this_sentence")
_COPIED = ("body", "this_year", "copied_kind", "alike", "section", "paragraph", "same_figures", "message")
_TONE = {"error": "bad", "warning": "doubt", "info": "calm", "pass": "good", "unverifiable": "none"}
_WIDEST = 40


def render(comparison: Comparison | Trend, job: Job) -> Iterator[bytes]:
    """The workbook. Raises ``GoujiError`` when it would not fit a sheet."""
    buffer = BytesIO()
    try:
        _Workbook(comparison, job).write(buffer)
    except OSError as error:
        raise GoujiError(say(job.ruleset.lang, "tab_full", why=error)) from None
    yield buffer.getvalue()


class _Workbook:
    def __init__(self, found: Comparison | Trend, job: Job) -> None:
        self._found, self._ruleset, self._lang = found, job.ruleset, job.ruleset.lang
        self._years = years(found)

    def write(self, buffer: BytesIO) -> None:
        with Book(buffer) as book:
            head = self._head(("item", "number", "this_year"))
            book.sheet(self._say("tab_overview"), head, list(self._overview()), roomy={0: 28, 1: 64})
            review, note = _FINDING.index("review"), _FINDING.index("note")
            book.sheet(
                self._say("tab_findings"),
                self._head(_FINDING),
                list(self._findings()),
                frozen=2,
                choices={review: [self._say(f"review_{r}") for r in REVIEWS]},
                widest=_WIDEST,
                roomy={review: 12, note: 28},
                printed=note + 1,
            )
            if isinstance(self._found, Trend):
                head = trend_head(self._found, self._lang)
                book.sheet(self._say("tab_trend"), head, list(trend_rows(self._found, self._ruleset)), frozen=3, widest=_WIDEST)
            head = [*self._head(("body", "this_year")), *(self._say(f"column_{c}") for c in PAIR)]
            pairs = [[*self._start(c), *row] for c in self._years for row in pair_rows(c, self._ruleset)]
            book.sheet(self._say("tab_years"), head, pairs, frozen=2, widest=_WIDEST)
            self._sheet(book, "claims", _CLAIM, self._claims())
            self._sheet(book, "copied", _COPIED, self._copied())

    def _sheet(self, book: Book, name: str, head: Iterable[str], rows: Iterable[list[Cell]]) -> None:
        book.sheet(self._say(f"tab_{name}"), self._head(head), list(rows), frozen=2, widest=_WIDEST)

    def _say(self, key: str, **words: object) -> str:
        return say(self._lang, key, **words)

    def _head(self, columns: Iterable[str]) -> list[str]:
        return [self._say(f"head_{c}") for c in columns]

    def _rule(self, rule: str) -> str:
        found = self._ruleset.rules.get(rule)
        return rule if found is None else found.name if self._lang == "zh" else found.name_en

    @staticmethod
    def _start(comparison: Comparison) -> tuple[Cell, Cell]:
        info = comparison.this.report
        return info.org or comparison.last.report.org or comparison.this.source.path, Value(info.year, grouped=False)

    def _overview(self) -> Iterator[list[Cell]]:
        for c in self._years:
            _, year = self._start(c)
            for key, side in (("last_report", c.last), ("this_report", c.this)):
                about = f"{year_name(side.report.year, self._lang)}  {side.report.title}  {side.source.path}"
                yield [self._say(key), about, year]
            statuses = Counter("ambiguous" if p.ambiguous else p.status for p in c.pairs)
            for status in ("changed", "same", "new", "dropped", "ambiguous"):
                yield [self._say("pairs_of", status=self._say(status)), statuses[status], year]
            for severity, n in Counter(f.severity for f in c.findings()).items():
                yield [self._say(f"tile_{severity}"), n, year]
            yield [self._say("copied_text"), Value(f"{c.copied_share:.0%}"), year]
            for d in c.diagnostics:
                yield [self._say("reading"), d.message, year]

    def _findings(self) -> Iterator[list[Cell]]:
        for c in self._years:
            for f in c.findings():
                copied = next((x.text for x in c.copied if x.this == f.this_span and not f.this_facts), "")
                this, last = self._quoted(c.this, f.this_facts), self._quoted(c.last, f.last_facts)
                yield [
                    *self._start(c), Value(self._say(f.severity), tone=_TONE[f.severity]), self._rule(f.rule), f.message,
                    f.formula, *((copied, "") if copied else this), *last, None, None, f.rule,
                ]  # fmt: skip

    def _quoted(self, side: Side, facts: Iterable[str]) -> tuple[Cell, Cell]:
        """The sentences of figures one under the other, and their places."""
        found = list(quotes(side, facts, self._lang))
        shown: list[Piece] = []
        for q in found:
            shown += [*([Piece("\n", False)] if shown else []), *([Piece(f"{q.label} ", False)] if q.label else []), *q.pieces]
        places = "\n".join(dict.fromkeys(q.place for q in found if q.place))
        return Value("".join(p.text for p in shown), pieces=shown), places

    def _claims(self) -> Iterator[list[Cell]]:
        for c in self._years:
            for claim in c.claims:
                sentence, _ = self._quoted(c.this, [claim.fact] if claim.fact else [])
                yield [
                    *self._start(c), self._verdict(claim.status, claim.severity), self._rule(claim.rule), claim.message,
                    claim.text, claim.formula, claim.claimed, claim.expected, sentence,
                ]  # fmt: skip
            for item in c.carried:
                sentence, _ = self._quoted(c.this, item.this_facts)
                yield [
                    *self._start(c), self._verdict(item.status, item.severity), self._rule(item.rule), item.message,
                    item.item, item.formula, item.reported, item.expected, sentence,
                ]  # fmt: skip

    def _verdict(self, status: str, severity: str) -> Value:
        word = self._say(severity) if status == "fail" else self._say(f"verdict_{status}")
        return Value(word, tone=_TONE[severity if status == "fail" else status])

    def _copied(self) -> Iterator[list[Cell]]:
        for c in self._years:
            for x in c.copied:
                figures = self._say("comma").join(c.this.facts[n].text for n in x.numbers)
                alike = Decimal(f"{x.share * 100:.0f}")
                flag = x.flag.message if x.flag else None
                yield [*self._start(c), self._say(f"copied_{x.kind}"), alike, x.section, x.text, figures, flag]
