"""Paragraphs taken over from last year: unchanged, or with nothing but the year or the figures changed.

Candidates are found by shingles (pieces of eight characters that two paragraphs share), so that the work grows with the
length of the reports and not with its square; only candidates are compared letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from extractor.comparisons.changes import FLOW, kind_of
from extractor.model import Report, Span
from extractor.model.comparison import Copied, Flag
from extractor.model.fact import AMOUNT
from extractor.rules import Ruleset
from extractor.text.normalize import flow

_SHINGLE, _STEP = 8, 1
_SHORTEST = 20
_LEFT = 0.2
_MARKS = "，。；：、 \t\u3000"
_COPIED = 0.9
_CANDIDATES = 3
_TELLING, _SEVERAL = 10, 2  # how large a figure must be, and how many, to be no accident
_DIGITS = re.compile(r"[0-9][0-9.,]*|[零一二三四五六七八九十百千]{2,}")
_YEARS = re.compile(r"20\d\d(?=年)")
_QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|“[^”]*”|20\d\d[—~-]20\d\d")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text: its span, its flow, and its flow with years and figures blanked out."""

    span: Span
    text: str
    ageless: str
    bare: str
    section: str | None


def copied(last: Report, this: Report, ruleset: Ruleset) -> tuple[Copied, ...]:
    """The paragraphs of this year's report that stood in last year's, in order."""
    from rapidfuzz import fuzz

    old = list(paragraphs(last))
    index: dict[int, list[int]] = {}
    for number, paragraph in enumerate(old):
        for shingle in set(_shingles(paragraph.bare)):
            index.setdefault(shingle, []).append(number)
    found = []
    for paragraph in paragraphs(this):
        shared: Counter[int] = Counter()
        for shingle in set(_shingles(paragraph.bare)):
            shared.update(index.get(shingle, ()))
        best: tuple[float, Paragraph] | None = None
        for number, _ in shared.most_common(_CANDIDATES):
            share = fuzz.ratio(paragraph.bare, old[number].bare, score_cutoff=_COPIED * 100) / 100
            if share and (best is None or share > best[0]):
                best = share, old[number]
        if best is not None:
            found.append(_flagged(_copied(last, this, best[1], paragraph, best[0]), last, this, ruleset))
    return tuple(found)


def shares(this: Report, taken: tuple[Copied, ...]) -> dict[str | None, float]:
    """The share of each section's running text that was taken over; under ``None`` that of the whole report."""
    whole: Counter[str | None] = Counter()
    lengths: Counter[str | None] = Counter()
    by_start = {c.this: c for c in taken}
    above = {s.id: s.parent for s in this.sections}
    for paragraph in paragraphs(this):
        length = len(paragraph.text)
        old = by_start.get(paragraph.span)
        for section in {None, *_up(paragraph.section, above)}:
            whole[section] += length
            lengths[section] += length if old is not None else 0
    return {s: round(lengths[s] / n, 2) for s, n in whole.items()}


def paragraphs(report: Report) -> Iterator[Paragraph]:
    """The paragraphs of a report, headings and tables left out, too short ones too."""
    headings = {s.span[0]: s for s in report.sections}
    cells = sorted({c for t in report.tables for row in t.rows for x in row if (c := flow(x, 0)[0])}, key=len, reverse=True)
    section: str | None = None
    starts = sorted((s.span[0], s.id) for s in report.sections)
    at = place = 0
    for line in report.text.split("\n"):
        start, end = place, place + len(line)
        place = end + 1
        while at < len(starts) and starts[at][0] <= start:
            section = starts[at][1]
            at += 1
        heading = headings.get(start + len(line) - len(line.lstrip()))
        if heading is not None:
            start = max(start, heading.span[1])
        start += len(report.text[start:end]) - len(report.text[start:end].lstrip(_MARKS))
        text = flow(report.text[start:end], 0)[0]
        if len(text) < _SHORTEST or _tabular(text, cells):
            continue
        ageless = _YEARS.sub("#", text)
        yield Paragraph((start, end), text, ageless, _DIGITS.sub("#", ageless), section)


def _tabular(text: str, cells: list[str]) -> bool:
    """Whether a line is one of a table: hardly anything of it is left without the texts of cells."""
    if not cells:
        return False
    rest = text
    for cell in cells:
        if cell in rest:
            rest = rest.replace(cell, "")
            if len(rest) <= len(text) * _LEFT:
                return True
    return False


def stale_year(last: Report, this: Report, span: Span) -> bool:
    """Whether a stretch of this year's report names last year as if it were this one (titles and plans left out)."""
    text = _QUOTED.sub("", flow(this.text[span[0] : span[1]], 0)[0])
    years = set(_YEARS.findall(text))
    return str(last.report.year) in years and str(this.report.year) not in years


def _copied(last: Report, this: Report, old: Paragraph, new: Paragraph, share: float) -> Copied:
    if old.text == new.text:
        kind = "unchanged"
    elif old.ageless == new.ageless:
        kind = "year"
    elif old.bare == new.bare:
        kind = "figures"
    else:
        kind = "edited"
    return Copied(
        last=old.span,
        this=new.span,
        kind=kind,
        share=round(share, 2),
        numbers=_unchanged(last, this, old, new),
        stale=kind == "unchanged" and stale_year(last, this, new.span),
        text=" ".join(this.text[new.span[0] : new.span[1]].split()),
        section=new.section,
    )


def _flagged(item: Copied, last: Report, this: Report, ruleset: Ruleset) -> Copied:
    """The same with the reason why it deserves a look: what happens in a year seldom happens again in the same number."""
    if item.stale:
        told = ruleset.told("copied.stale", "stale", year=last.report.year)
        return replace(item, flag=Flag(rule="copied.stale", severity=ruleset.rules["copied.stale"].severity, message=told))
    facts = {f.id: f for f in this.facts}
    flows = [facts[n] for n in item.numbers]
    flows = [f for f in flows if kind_of(f, ruleset) in (FLOW, AMOUNT) and abs(f.value) >= _TELLING]
    if len(flows) < _SEVERAL:
        return item
    numbers = ("、" if ruleset.lang == "zh" else ", ").join(f"{f.measure}{f.text}" for f in flows)
    told = ruleset.told("copied.figures", "figures", count=len(flows), numbers=numbers)
    return replace(item, flag=Flag(rule="copied.figures", severity=ruleset.rules["copied.figures"].severity, message=told))


def _unchanged(last: Report, this: Report, old: Paragraph, new: Paragraph) -> tuple[str, ...]:
    """This year's figures in a copied paragraph that stood there with the same value and unit last year."""
    before = Counter(
        (f.value, f.unit, f.kind)
        for f in last.facts
        if old.span[0] <= f.span[0] < old.span[1] and f.cell is None and f.status == "actual"
    )
    found = []
    for fact in this.facts:
        key = (fact.value, fact.unit, fact.kind)
        here = new.span[0] <= fact.span[0] < new.span[1] and fact.cell is None and fact.status == "actual"
        if here and fact.value and fact.kind not in ("threshold", "frequency") and before[key]:
            before[key] -= 1
            found.append(fact.id)
    return tuple(found)


def _shingles(text: str) -> Iterator[int]:
    return (hash(text[i : i + _SHINGLE]) for i in range(0, max(len(text) - _SHINGLE + 1, 1), _STEP))


def _up(section: str | None, above: dict[str, str | None]) -> Iterator[str]:
    while section is not None:
        yield section
        section = above.get(section)
