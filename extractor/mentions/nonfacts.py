"""Number-shaped text that is no fact, told by what stands around the number (patterns/nonfacts.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.rules import Ruleset
from extractor.rules.schema import NonFact

_WINDOW = 16
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_QUOTED = re.compile(r"《[^《》]{1,80}》|“[^“”。]{1,40}”|\"[^\"。]{1,40}\"|‘[^‘’。]{1,40}’|〔[^〔〕]{1,12}〕")


_ARABIC = ("7", "12", "123", "2023", "12345", "20212025", "0740", "5550126", "13800000000", "3.15", "2.0", "2024.03", "9" * 12)
_CHINESE = ("一", "三", "十二", "二十", "一百", "千", "万")


class NonFacts:
    """Says by which rule a number is no fact.

    Arabic and Chinese numerals have their own rules, and one expression of all that may follow or stand before rules
    most numbers out at once; the rules themselves are only tried, in order, where it matches.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        rules = tuple(ruleset.nonfacts.values())
        self._arabic, self._chinese = (
            _Rules([r for r in rules if not r.number or any(re.fullmatch(r.number, n) for n in samples)])
            for samples in (_ARABIC, _CHINESE)
        )
        before = [r for r in rules if r.before and (not r.number or any(re.fullmatch(r.number, n) for n in _ARABIC))]
        self._before = _Rules(before)
        # The last characters that those rules look for, so that most numbers need no expression at all.
        self._marks = (
            frozenset("".join(re.sub(r"\\.|\(\?[:!<=]+", "", r.before) for r in before)) | _LATIN | frozenset("0123456789")
        )

    def rule(self, text: str, start: int, end: int) -> str | None:
        """The id of the first rule that sets ``text[start:end]`` aside, or None."""
        return (self._arabic if text[start] in "0123456789" else self._chinese).rule(text, start, end)

    def rule_before(self, text: str, start: int, end: int) -> str | None:
        """The same for an Arabic number that a counting unit follows: only what stands before can set it aside."""
        return self._before.rule(text, start, end) if text[start - 1 : start] in self._marks else None


class _Rules:
    """The rules of one kind of numeral, in order."""

    def __init__(self, rules: list[NonFact]) -> None:
        self._rules = tuple(
            (rule.id, _compiled(rule.before, at_end=True), _compiled(rule.number), _compiled(rule.after)) for rule in rules
        )
        self._anything_after = _union(r.after for r in rules if r.after)
        self._anything_before = _union(_closed(r.before) for r in rules if r.before and not r.after)
        self._bare = _union(r.number for r in rules if r.number and not (r.before or r.after))

    def rule(self, text: str, start: int, end: int) -> str | None:
        """See ``NonFacts.rule``."""
        before = text[max(0, start - _WINDOW) : start]
        if not (
            self._anything_after.match(text, end)
            or self._anything_before.search(before)
            or self._bare.fullmatch(text, start, end)
        ):
            return None
        for name, before_re, number_re, after_re in self._rules:
            if after_re is not None and not after_re.match(text, end):
                continue
            if number_re is not None and not number_re.fullmatch(text, start, end):
                continue
            if before_re is not None and not before_re.search(before):
                continue
            return name
        return None


def _compiled(pattern: str, *, at_end: bool = False) -> re.Pattern[str] | None:
    return re.compile(_closed(pattern) if at_end else pattern) if pattern else None


def _closed(pattern: str) -> str:
    return pattern if pattern.endswith("$") else pattern + "$"


def _union(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns) or "(?!)")


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans of quoted names, titles and slogans: no number inside them is a fact."""
    return [m.span() for m in _QUOTED.finditer(text)]
