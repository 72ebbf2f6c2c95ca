"""Declared zeros: 未发生…, 无…案件, 零上访 (patterns/nils.toml).

A zero is declared by one clause: the word of denial is found first, and the forms are tried from it to the end of its clause;
what stands before it in the clause may name what there was none of (安全事故没有发生), or forbid the reading.
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from extractor.model import Interval, Mention
from extractor.model.fact import NIL
from extractor.rules import Ruleset

_ZERO = Decimal(0)
_AHEAD = 40
_DENIAL = re.compile(r"没有?|[未无零]|不(?=存在|涉及|发生|出现|引发|曾)")
# A clause goes on over a bracketed word (因公出国（境）团组), but not over another denial (无复议案件、无诉讼案件); no phrase
# is longer than so many characters, so that a text of denials alone is read in linear time.
_REST = re.compile(r"(?:[^，。；：！？（）、]|、(?!“?[未无没])|（[^（），。；：]{0,8}）){0,80}")
_MARKS = "，。；：！？（）"
# What a share or a few of them did not do is no zero (近九成没有再提起诉讼).
_COUNTED = re.compile(r"\d[^\d，以]{1,3}$")  # 没调成5件: a figure, not a zero
_SOME = re.compile(r"(?:成|%|多数|大多|部分|少数|个别|有的|有些)[^、]{0,6}$")


class _Form(Struct):
    """One way to declare a zero, compiled."""

    rule: str
    unit: str
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None
    unless: re.Pattern[str] | None


class Nils:
    """Finds the declared zeros of folded text."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._forms = [
            _Form(f"nil.{n.id}", n.unit, re.compile(n.pattern), _optional(n.before), _optional(n.unless))
            for n in ruleset.nils.values()
        ]

    def scan(self, text: str, passage: int) -> list[Mention]:
        """Every declared zero of one passage: ``text`` of the mention is its whole phrase, ``label`` what there was none of."""
        found: list[Mention] = []
        covered = 0
        for denial in _DENIAL.finditer(text):
            if denial.start() >= covered and (mention := self._read(text, denial.start(), covered, passage)) is not None:
                found.append(mention)
                covered = mention.end
        return found

    def _read(self, text: str, at: int, since: int, passage: int) -> Mention | None:
        """The zero that a word of denial at ``at`` declares, if it does; what stands before ``since`` belongs to another."""
        ahead = text[max(since, at - _AHEAD) : at]
        ahead = ahead[1 + max(map(ahead.rfind, _MARKS)) :]
        if _SOME.search(ahead):
            return None
        rest: re.Match[str] = _REST.match(text, at)  # type: ignore[assignment]
        for form in self._forms:
            match = form.pattern.match(text, at, rest.end())
            if match is None or _COUNTED.search(match[0]) or (form.unless is not None and form.unless.search(ahead)):
                continue
            lead = form.before.search(ahead) if form.before is not None else None
            if lead is None and form.before is not None:
                continue
            start = at
            if lead is not None and "what" in lead.groupdict():
                start -= len(ahead) - lead.start("what")
            return _mention(text[start : match.end()], start, _what(lead) + _what(match), form, passage)
        return None


def _optional(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _what(match: re.Match[str] | None) -> str:
    """What the groups of a match say that there was none of."""
    return "" if match is None else "".join(filter(None, match.groups()))


def _mention(phrase: str, start: int, what: str, form: _Form, passage: int) -> Mention:
    return Mention(
        passage=passage,
        start=start,
        end=start + len(phrase),
        text=phrase,
        kind=NIL,
        value=_ZERO,
        interval=Interval(_ZERO, _ZERO),
        unit=form.unit,
        rule=form.rule,
        label=what,
    )
