"""The sentence behind a finding, with its numbers marked, cut to what a reader needs."""

from __future__ import annotations

from typing import NamedTuple

from extractor.model import Check, Fact, Report, Section, Span

AROUND = 24


class Piece(NamedTuple):
    """A stretch of evidence; ``marked`` when it is one of the numbers in question."""

    text: str
    marked: bool


def evidence(report: Report, check: Check, longest: int = 150) -> list[list[Piece]]:
    """The sentences of a check's numbers, each as pieces; long sentences are cut to windows around the numbers."""
    facts = {f.id: f for f in report.facts}
    used = [facts[i] for i in check.facts if i in facts]
    if not used:
        return [[Piece(report.text[check.span[0] : check.span[1]], False)]] if check.span else []
    sentences: dict[Span, list[Fact]] = {}
    for fact in used:
        sentences.setdefault(fact.sentence, []).append(fact)
    return [_pieces(report.text, span, group, longest) for span, group in sorted(sentences.items())]


def _pieces(text: str, sentence: Span, facts: list[Fact], longest: int) -> list[Piece]:
    start, end = sentence
    spans = sorted(f.span for f in facts)
    pieces: list[Piece] = []
    at = start
    whole = end - start <= longest
    for a, b in spans:
        if a < at:
            continue
        between = text[at:a]
        if not whole:
            between = _cut(between, head=bool(pieces), tail=True)
        pieces += [Piece(_flat(between), False), Piece(_flat(text[a:b]), True)]
        at = b
    rest = text[at:end]
    pieces.append(Piece(_flat(rest if whole else _cut(rest, head=True, tail=False)), False))
    return [p for p in pieces if p.text]


def _cut(text: str, *, head: bool, tail: bool) -> str:
    """The middle of a long stretch taken out: ``AROUND`` characters stay on each side that touches a number."""
    keep_head, keep_tail = (AROUND if head else 0), (AROUND if tail else 0)
    if len(text) <= keep_head + keep_tail + 4:
        return text
    return text[:keep_head] + "…" + (text[-keep_tail:] if keep_tail else "")


def _flat(text: str) -> str:
    return " ".join(text.split())


def section_path(report: Report, section: str | None) -> str:
    """The headings above a place, outermost first."""
    by_id = {s.id: s for s in report.sections}
    path: list[Section] = []
    while section and section in by_id:
        path.append(by_id[section])
        section = by_id[section].parent
    return " › ".join(heading(s) for s in reversed(path))


def heading(section: Section) -> str:
    """A heading with its number, as it is cited."""
    mark = "" if not section.number or section.number[-1] == "）" else "、"
    return f"{section.number}{mark}{section.title}"


def section_at(report: Report, span: Span | None) -> str | None:
    """The innermost section that holds a place."""
    found = None
    for section in report.sections:
        if span and section.span[0] <= span[0] < section.body[1]:
            found = section.id
    return found


def pages_of(report: Report, check: Check) -> list[int]:
    """The 1-based pages of a check's numbers, or of the heading it speaks of; none where the format has no pages."""
    facts = {f.id: f for f in report.facts}
    found = {facts[i].page for i in check.facts if i in facts}
    if not found:
        found = {s.page for s in report.sections if s.id == section_at(report, check.span)}
    return sorted(p for p in found if p is not None)
