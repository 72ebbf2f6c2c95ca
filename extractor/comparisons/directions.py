"""Directions in words without a figure (信访事项较上年有所下降, 与上年持平) against the two years' figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.comparisons.align import ACCUSED, Match
from extractor.model import Fact, Report, Span
from extractor.model.check import FAIL, PASS
from extractor.model.comparison import Claim
from extractor.rules import Ruleset
from extractor.text.normalize import flow

UP, DOWN, LEVEL = "up", "down", "level"
_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百]+(?:成|倍|个百分点)|百分之|翻")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HELD = 0.8


def directions(last: Report, this: Report, matches: list[Match], ruleset: Ruleset) -> Iterator[Claim]:
    """Every clause of this year's report that compares with last year without giving a figure, where the words name one
    aligned figure for certain."""
    reader = _Reader(ruleset)
    facts_last, facts_this = ({f.id: f for f in r.facts} for r in (last, this))
    sure = [(facts_last[m.last], facts_this[m.this], m) for m in matches if m.score >= ACCUSED and not m.ambiguous]
    sure = [(a, b, m) for a, b, m in sure if b.cell is None and b.kind != "nil"]
    for span, words in _clauses(this):
        direction = reader.direction(words)
        if direction is None:
            continue
        subject = reader.subject(words)
        named = [(a, b, m) for a, b, m in sure if reader.names(subject, b)]
        if len({b.value for _, b, _ in named}) != 1:
            continue
        own, now, match = named[0]
        moved = UP if now.value > own.value else DOWN if now.value < own.value else LEVEL
        hedged = own.interval.meets(now.interval) and moved != LEVEL
        agrees = moved == direction or hedged
        told = {"measure": now.measure, "last": own.text, "this": now.text, "claim": words}
        yield Claim(
            id="",
            rule="claim.direction",
            kind="direction",
            text=words,
            fact=None,
            this_fact=now.id,
            last_fact=own.id,
            status=PASS if agrees else FAIL,
            severity=ruleset.rules["claim.direction"].severity,
            claimed=direction,
            expected=moved,
            formula=f"{own.text} → {now.text}",
            message=ruleset.told("claim.direction", "pass" if agrees else "fail", **told),
            sentence=span,
            confidence=round(match.score, 2),
        )


class _Reader:
    def __init__(self, ruleset: Ruleset) -> None:
        words = ruleset.lexicon
        self._moves = [(UP, words["up"]), (DOWN, words["down"]), (LEVEL, words["level_with"])]
        self._last = re.compile("|".join(map(re.escape, words["base_last"])))
        self._other = re.compile("|".join(words["base_other"]))
        self._deed = re.compile("^(?:" + "|".join(map(re.escape, words["verb"])) + ")")
        self._drop = re.compile(
            "|".join(map(re.escape, sorted({w for _, ws in self._moves for w in ws}, key=len, reverse=True)))
        )

    def direction(self, words: str) -> str | None:
        """The direction that a clause states against last year; None when it states none, or a figure."""
        if not self._last.search(words) or self._other.search(words) or _DIGIT.search(words):
            return None
        found = {kind for kind, moves in self._moves if any(len(m) > 1 and m in words for m in moves)}
        return found.pop() if len(found) == 1 else None

    def subject(self, words: str) -> str:
        """The words of a clause without those that compare."""
        return self._drop.sub("", self._last.sub("", words))

    def names(self, subject: str, fact: Fact) -> bool:
        """Whether the words name a figure: nearly all of what its measure counts stands in them, and most of them in it."""
        measure, spoken = set(_HAN.findall(fact.measure)), set(_HAN.findall(subject))
        counted = set(_HAN.findall(self._deed.sub("", fact.measure))) or measure
        if len(counted) < 2 or not spoken:
            return False
        return len(counted & spoken) >= _HELD * len(counted) and len(measure & spoken) * 2 >= len(spoken)


def _clauses(report: Report) -> Iterator[tuple[Span, str]]:
    for match in _CLAUSE.finditer(report.text):
        words = flow(match.group(), 0)[0]
        if words:
            yield match.span(), words
