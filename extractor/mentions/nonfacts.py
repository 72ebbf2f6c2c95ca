"""Number-shaped text that is no fact, told by what stands around the number (patterns/nonfacts.toml)."""

from __future__ import annotations

import re

from extractor.rules import Ruleset
from extractor.rules.schema import NonFact

_WINDOW = 16
_NAMED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
# In an expression: classes, negations, ranges, any character; but not in what must not stand before it.
_OPEN_ENDED = re.compile(r"\\|\[\^|\w-\w|\.(?![^\[]*\])")
_NOT_BEHIND = re.compile(r"\(\?<!\[[^\]]*\]\)")
_QUOTED = re.compile(r"《[^《》]{1,80}》|“[^“”。]{1,40}”|\"[^\"。]{1,40}\"|‘[^‘’。]{1,40}’|〔[^〔〕]{1,12}〕")


_ARABIC = ("7", "12", "123", "2023", "12345", "20212025", "0740", "5550126", "13800000000", "3.15", "2.0", "2024.03", "9" * 12)
_CHINESE = ("一", "二", "三", "十二", "二十", "一百", "千", "万", "二三")


class NonFacts:
    """Says by which rule a number is no fact; Arabic and Chinese numerals have their own rules.

    ``rule_before`` is ``rule`` for an Arabic number that a counting unit follows: only what stands before can set it aside.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        rules = ruleset.nonfacts.values()
        self._arabic, self._chinese = (
            _Rules([_Rule(r) for r in rules if not r.number or any(re.fullmatch(r.number, n) for n in samples)])
            for samples in (_ARABIC, _CHINESE)
        )
        self.rule_before = self._arabic.rule_before

    def rule(self, text: str, start: int, end: int) -> str | None:
        """The id of the first rule that sets ``text[start:end]`` aside, or None."""
        return (self._arabic if text[start] in "0123456789" else self._chinese).rule(text, start, end)


class _Rule:
    """One rule, compiled; ``ends`` see ``_ends``."""

    def __init__(self, rule: NonFact) -> None:
        before = rule.before.removesuffix("$")
        self.id = rule.id
        self.ends = _ends(before)
        self.before = re.compile(f"(?:{before})$") if before else None
        self.number = re.compile(rule.number) if rule.number else None
        self.after = re.compile(rule.after) if rule.after else None


class _Rules:
    """The rules of one kind of numeral, in order. Those that look before a number are only tried behind a character that they
    look for, the others only where one expression of all that they ask for matches."""

    def __init__(self, rules: list[_Rule]) -> None:
        ends = frozenset(c for r in rules for c in r.ends or ())
        self._behind = {c: [r for r in rules if r.ends is None or c in r.ends] for c in ends}
        self._behind_any = [r for r in rules if r.ends is None]
        self._looking_back = {c: [r for r in found if r.before] for c, found in self._behind.items()}
        self._always_looking_back = [r for r in self._behind_any if r.before]
        self._others = _union([r.after for r in rules if r.after and not r.before])
        self._bare = _union([r.number for r in rules if r.number and not r.before and not r.after])

    def rule(self, text: str, start: int, end: int) -> str | None:
        """See ``NonFacts.rule``."""
        if self._others.match(text, end) or self._bare.fullmatch(text, start, end):
            return _first(self._behind.get(text[start - 1 : start], self._behind_any), text, start, end)
        return self.rule_before(text, start, end)

    def rule_before(self, text: str, start: int, end: int) -> str | None:
        """See ``NonFacts``."""
        rules = self._looking_back.get(text[start - 1 : start], self._always_looking_back)
        return _first(rules, text, start, end) if rules else None


def _first(rules: list[_Rule], text: str, start: int, end: int) -> str | None:
    """The id of the first of several rules that the number at ``text[start:end]`` meets in all that it asks for."""
    for rule in rules:
        if rule.after is not None and not rule.after.match(text, end):
            continue
        if rule.number is not None and not rule.number.fullmatch(text, start, end):
            continue
        if rule.before is not None and not rule.before.search(text[max(0, start - _WINDOW) : start]):
            continue
        return rule.id
    return None


def _union(patterns: list[re.Pattern[str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p.pattern})" for p in patterns) or "(?!)")


def _ends(before: str) -> frozenset[str] | None:
    """The characters that what an expression matches may end with, and others it names; None where that may be any."""
    if not before:
        return None
    if before[-1] not in ")]}?*+" and before[-2:-1] != "\\" and "|" not in _GROUP.sub("", before):
        return frozenset(before[-1])
    consumed = _NOT_BEHIND.sub("", before)
    if _OPEN_ENDED.search(consumed.replace(r"\.", "").replace(r"\d", "").replace("A-Za-z", "")):
        return None
    return frozenset((*consumed, *_NAMED, ""))


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans of quoted names, titles and slogans: no number inside them is a fact."""
    return [m.span() for m in _QUOTED.finditer(text)]
