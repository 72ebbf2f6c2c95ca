"""Verdicts and numbers as rows of a table, the same in the workbook and in CSV."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from extractor.model import Check, Fact
from extractor.model.check import FAIL, UNVERIFIABLE
from extractor.output.evidence import Piece, evidence
from extractor.output.sheets import Cell, Value
from extractor.output.view import View

CHECK = ("body", "year", "verdict", "rule", "message", "sentence", "page", "section", "formula", "reported", "expected", "gap",
         "allowed", "hint", "numbers", "earlier", "review", "note", "file", "rule_id", "fingerprint")  # fmt: skip
FACT = ("fact_id", "body", "year", "number", "value", "unit", "low", "high", "measure", "indicator", "period", "status", "kind",
        "page", "section", "sentence", "used_by", "file")  # fmt: skip
REVIEWS = ("confirmed", "dismissed", "open")
_TONE = {"error": "bad", "warning": "doubt", "info": "calm"}


def check_row(view: View, check: Check, link: str = "") -> list[Cell]:
    """One verdict in the columns of ``CHECK``. Parameters: ``link`` to its first number."""
    numbers = view.say("semicolon").join(f"{f.measure} {f.text}" for f in view.numbers(check))
    sentences = _joined(evidence(view.report, check))
    return [
        view.org,
        year(view),
        Value(verdict(view, check), tone=_TONE[check.severity] if check.status == FAIL else _tone(check)),
        view.rule_name(check.rule),
        check.message,
        Value("".join(p.text for p in sentences), pieces=sentences),
        view.places(check),
        view.path(view.section_at(check)),
        check.formula,
        number(check.reported),
        number(check.expected),
        number(check.gap),
        number(check.allowed),
        check.hint,
        Value(numbers, link=link if numbers else ""),
        check.review,
        None,
        None,
        view.report.source.path,
        check.rule,
        check.fingerprint,
    ]


def fact_row(view: View, fact: Fact, link: str = "") -> list[Cell]:
    """One number in the columns of ``FACT``. Parameters: ``link`` to the first verdict it takes part in."""
    used = view.say("semicolon").join(f"{verdict(view, c)} {c.rule}" for c in view.used_by.get(fact.id, []))
    at, (start, end) = fact.span, fact.sentence
    text = view.report.text
    pieces = [Piece(_flat(text[start : at[0]]), False), Piece(fact.text, True), Piece(_flat(text[at[1] : end]), False)]
    return [
        fact.id,
        view.org,
        year(view),
        fact.text,
        Value(fact.value, rough=fact.approx is not None),
        fact.unit,
        fact.interval.low,
        fact.interval.high,
        fact.measure,
        view.indicator_name(fact.indicator),
        view.period(fact),
        view.say(fact.status),
        view.kind_name(fact),
        view.place(fact),
        view.path(fact.section),
        Value("".join(p.text for p in pieces), pieces=[p for p in pieces if p.text]),
        Value(used, link=link if used else ""),
        view.report.source.path,
    ]


def year(view: View) -> Value:
    """The year of a report, a number without marks of thousands."""
    return Value(view.report.report.year, grouped=False)


def verdict(view: View, check: Check) -> str:
    """How a check came out, in one word: its severity where it failed."""
    return view.say(check.severity) if check.status == FAIL else view.say(f"verdict_{check.status}")


def number(text: str | None) -> Cell:
    """A number of a check as a number; what is none (a list of headings, say) as text."""
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def open_numbers(view: View) -> Iterator[list[Cell]]:
    """The numbers that could not be read, each with what stands around it: body, year, number, words around, file."""
    for item in view.report.coverage.unread:
        start, end = item.span
        before, after = view.report.text[max(0, start - 20) : start], view.report.text[end : end + 20]
        pieces = [Piece(_flat(before), False), Piece(item.text, True), Piece(_flat(after), False)]
        whole = "".join(p.text for p in pieces)
        yield [view.org, year(view), item.text, Value(whole, pieces=pieces), view.report.source.path]


def _tone(check: Check) -> str:
    return "none" if check.status == UNVERIFIABLE else "bad" if check.status == "crashed" else "good"


def _joined(sentences: list[list[Piece]]) -> list[Piece]:
    """Several sentences one under the other."""
    found: list[Piece] = []
    for pieces in sentences:
        found += [Piece("\n", False), *pieces] if found else pieces
    return found


def _flat(text: str) -> str:
    return " ".join(text.split())
