"""Number-shaped text that is no fact, told by what stands around the number (patterns/nonfacts.toml)."""

from __future__ import annotations

import re

from extractor.rules import Ruleset

_WINDOW = 16
_QUOTED = re.compile(r"《[^《》]{1,80}》|“[^“”。]{1,40}”|\"[^\"。]{1,40}\"|‘[^‘’。]{1,40}’|〔[^〔〕]{1,12}〕")


class NonFacts:
    """Says by which rule a number is no fact."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._rules = tuple(
            (
                rule.id,
                re.compile(rule.before if rule.before.endswith("$") else rule.before + "$") if rule.before else None,
                re.compile(rule.number) if rule.number else None,
                re.compile(rule.after) if rule.after else None,
            )
            for rule in ruleset.nonfacts.values()
        )

    def rule(self, text: str, start: int, end: int) -> str | None:
        """The id of the first rule that sets ``text[start:end]`` aside, or None."""
        before: str | None = None
        for name, before_re, number_re, after_re in self._rules:
            if after_re is not None and not after_re.match(text, end):
                continue
            if number_re is not None and not number_re.fullmatch(text, start, end):
                continue
            if before_re is not None:
                if before is None:
                    before = text[max(0, start - _WINDOW) : start]
                if not before_re.search(before):
                    continue
            return name
        return None


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans of quoted names, titles and slogans: no number inside them is a fact."""
    return [m.span() for m in _QUOTED.finditer(text)]
