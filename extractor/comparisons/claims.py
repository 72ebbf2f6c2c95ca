"""What this year's report says of last year, held against last year's own report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from extractor.comparisons.align import ACCUSED, CERTAIN, Match, naming
from extractor.comparisons.subjects import Subject, Subjects
from extractor.model import Fact, Interval, Report, compare
from extractor.model.check import FAIL, PASS, UNVERIFIABLE
from extractor.model.comparison import Claim
from extractor.model.fact import MULTIPLE, PERCENTAGE
from extractor.model.number import plain
from extractor.rules import Ruleset
from extractor.text.normalize import flow

GROWTH, BASE = "growth", "base"
_YEAR = re.compile(r"(20\d\d)年")
_AGAINST = re.compile(r"(?:与|较|比|同)[^，。；]{0,12}?(?:相比|比较|年)")
_MORE = re.compile(r"(?:增长|增加|提高|上升|扩大|增)(?:了|近|约|超过|超)?$")


@dataclass
class Claims:
    """The claims of one report against the report of the year before."""

    last: Report
    this: Report
    matches: Iterable[Match]
    restated: Iterable[Match]
    ruleset: Ruleset

    def __post_init__(self) -> None:
        self._last = {f.id: f for f in self.last.facts}
        self._this = {f.id: f for f in self.this.facts}
        self._match = {naming(self._this[m.this]): m for m in self.matches}
        same = [(r.whole, r.parts[0]) for r in self.this.relations if r.type == "conflict"]
        self._again = {b: a for a, b in same if self._this[a].value == self._this[b].value}
        self._subjects = Subjects(self.this, self.ruleset)
        self._checks = {c.facts[0]: c.status for c in self.this.checks if c.type == "growth" and c.facts}

    @cached_property
    def _other(self) -> re.Pattern[str]:
        return re.compile("|".join(self.ruleset.lexicon["base_other"]))

    def growth(self) -> Iterator[Claim]:
        """Every stated change: in percent, in points, in numbers, in multiples."""
        for fact in self.this.facts:
            changes = fact.is_change or fact.id in self._subjects.differences
            if changes and fact.cell is None and fact.status == "actual" and fact.period.year in (self.this.report.year, None):
                yield self._growth(fact)

    def bases(self) -> Iterator[Claim]:
        """Every figure of last year that this year's report restates."""
        for match in self.restated:
            told, own = self._this[match.this], self._last[match.last]
            if told.kind != own.kind or (told.kind == "quantity" and told.unit != own.unit):
                continue
            agrees = told.interval.meets(own.interval)
            if not agrees and match.score < ACCUSED:
                continue
            dated = told.period.year == self.last.report.year or (told.period.year is None and self._opening(told))
            key = "pass" if agrees else "fail" if dated else "undated"
            yield self._claim(
                BASE,
                "claim.base",
                key,
                told,
                status=PASS if agrees else FAIL if dated else UNVERIFIABLE,
                last=own,
                base=told,
                claimed=told.value,
                expected=own.value,
                confidence=match.score,
                words={"measure": told.measure, "base": told.text, "last": own.text},
            )

    def _opening(self, fact: Fact) -> bool:
        """Whether the words before a figure say what there was when the year began, as last year ended (年初在册12名)."""
        year, before = self.this.report.year, self.last.report.year
        ahead = flow(self.this.text[fact.sentence[0] : fact.span[0]], 0)[0]
        begun = any(w in re.split(r"[，。；、：（]", ahead)[-1] for w in self.ruleset.lexicon["opening_stock"])
        return begun and year is not None and before is not None and year - before == 1

    def _growth(self, change: Fact) -> Claim:
        subject = self._subjects.subject(change)
        if self._elsewhere(change, subject.words):
            return self._open(change, "other_base")
        if not subject.facts:
            return self._open(change, "no_figure")
        tried = [(fact, self._found(fact)) for fact in subject.facts]
        if change.kind == MULTIPLE or not any(m for _, m in tried):
            tried = tried[:1]
        this, match = tried[0]
        if change.kind == PERCENTAGE and any(
            w in this.measure + subject.words for w in self.ruleset.lexicon["constant_prices"]
        ):
            return self._open(change, "prices", this=this)
        if match is None:
            return self._open(change, "no_base", this=this)
        own = self._last[match.last]
        if match.score < CERTAIN:
            return self._open(change, "unsure", this=this, last=own)
        verdict = self._verdict(change, subject, this, own, match.score)
        if verdict.status != FAIL:
            return verdict
        if match.score < ACCUSED:
            return self._open(change, "unsure", this=this, last=own)
        for other, found in tried[1:]:
            if found is not None:
                again = self._verdict(change, subject, other, self._last[found.last], found.score)
                if again.status == PASS:
                    return again
        return verdict if subject.sure else self._open(change, "unsure", this=this, last=own)

    def _found(self, fact: Fact) -> Match | None:
        """The match of a figure, or of the place before where the report says the same figure."""
        earlier = self._again.get(fact.id)
        return self._match.get(naming(fact)) or (self._match.get(naming(self._this[earlier])) if earlier else None)

    def _verdict(self, change: Fact, subject: Subject, this: Fact, own: Fact, score: float) -> Claim:
        found = self._change(change, subject, this, own)
        words: dict[str, object] = {"measure": this.measure, "this": this.text, "last": own.text, "claim": self._text(change)}
        if found is None:
            return self._claim(
                GROWTH, "claim.growth", "zero", change, status=UNVERIFIABLE, this=this, last=own, confidence=score, words=words
            )
        hedged = any(f.approx for f in (change, this, own))
        outcome = compare.agrees(change, found, hedged=hedged)
        directed = -found.exact if change.direction == "down" else found.exact
        key = {compare.NO: "fail", compare.TRUNCATED: "truncated", compare.HEDGED: "hedged"}.get(outcome.how, "pass")
        if key == "fail" and directed < 0:
            key = "direction"
        base = subject.base
        if key == "fail" and base is not None and base.value != own.value:
            told = self._change(change, subject, this, base)
            if told is not None and compare.agrees(change, told, hedged=hedged).agrees:
                key, words = "base", {**words, "base": base.text}
        way = "" if change.kind == MULTIPLE or not found.exact else "+" if found.exact > 0 else "−"
        size = f"{compare.rounded(abs(found.exact)):f}"
        sign = found.sign or ("%" if change.kind == "percentage" else change.unit)
        mark = "=" if outcome.how in (compare.EXACT, compare.ROUNDED) else "→" if outcome.agrees else "≠"
        return self._claim(
            GROWTH,
            "claim.growth",
            key,
            change,
            status=PASS if outcome.agrees else FAIL,
            this=this,
            last=own,
            base=base,
            severity="warning" if hedged and not outcome.agrees else None,
            claimed=change.value,
            expected=compare.rounded(directed),
            formula=f"{found.formula} = {'−' if found.exact < 0 else ''}{size}{found.sign} {mark} "
            f"{'−' if change.direction == 'down' else ''}{change.text}",
            confidence=score,
            words={**words, "computed": f"{way}{size}{sign}"},
        )

    def _change(self, change: Fact, subject: Subject, this: Fact, last: Fact) -> compare.Change | None:
        if change.kind != MULTIPLE:
            return compare.change(change, this, last)
        ratio, exact = this.interval.over(last.interval), this.value / last.value if last.value else None
        if ratio is None or exact is None:
            return None
        if _MORE.search(subject.words):  # 增长2倍 is three times as much
            one = Decimal(1)
            return compare.Change(
                ratio.minus(Interval.exactly(one)),
                exact - one,
                f"({this.value:f} − {last.value:f}) ÷ {last.value:f}",
                "倍",
            )
        return compare.Change(ratio, exact, f"{this.value:f} ÷ {last.value:f}", "倍")

    def _elsewhere(self, change: Fact, words: str) -> bool:
        """Whether a change is measured against something else than the year that last year's report is of.

        Where its own words compare with nothing, those that open its sentence hold (与2019年相比，…).
        """
        clause = re.split(r"[。；]", words)[-1]
        if not _YEAR.search(clause) and not any(w in clause for w in self.ruleset.lexicon["base_last"]):
            opening = flow(self.this.text[change.sentence[0] : change.span[0]], 0)[0]
            found = _AGAINST.findall(opening)
            clause = (found[-1] if found else "") + clause
        years = [int(y) for y in _YEAR.findall(clause)]
        if years:
            return years[-1] not in (self.last.report.year, self.this.report.year)
        if self._other.search(clause) and not any(w in clause for w in self.ruleset.lexicon["base_last"]):
            return True
        year, before = self.this.report.year, self.last.report.year
        return year is not None and before is not None and year - before != 1

    def _open(self, change: Fact, key: str, *, this: Fact | None = None, last: Fact | None = None) -> Claim:
        words = {
            "claim": self._text(change),
            "measure": this.measure if this else change.measure,
            "this": this.text if this else "",
            "last": last.text if last else "",
        }
        return self._claim(GROWTH, "claim.growth", key, change, status=UNVERIFIABLE, this=this, last=last, words=words)

    def _text(self, change: Fact) -> str:
        """The claim as it reads: its figure with the words before it, from the last pause on."""
        start = max(change.sentence[0], change.span[0] - 16)
        left = re.split(r"[，。；：、（\s]", self.this.text[start : change.span[0]])[-1]
        return left + self.this.text[change.span[0] : change.span[1]]

    def _claim(
        self,
        kind: str,
        rule: str,
        key: str,
        fact: Fact,
        *,
        status: str,
        this: Fact | None = None,
        last: Fact | None = None,
        base: Fact | None = None,
        severity: str | None = None,
        claimed: Decimal | None = None,
        expected: Decimal | None = None,
        formula: str | None = None,
        confidence: float | None = None,
        words: dict[str, object] | dict[str, str],
    ) -> Claim:
        return Claim(
            id="",
            rule=rule,
            kind=kind,
            text=self._text(fact),
            fact=fact.id,
            this_fact=this.id if this else None,
            last_fact=last.id if last else None,
            base_fact=base.id if base else None,
            status=status,
            severity=severity or self.ruleset.rules[rule].severity,
            claimed=None if claimed is None else f"{plain(claimed):f}",
            expected=None if expected is None else f"{plain(expected):f}",
            formula=formula,
            message=self.ruleset.told(rule, key, **words),
            own_check=self._checks.get(fact.id),
            sentence=fact.sentence,
            confidence=None if confidence is None else round(confidence, 2),
        )
