"""Declared zeros: 未发生…, 无…案件, 零上访 (patterns/nils.toml)."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.model import Interval, Mention
from extractor.model.fact import NIL
from extractor.rules import Ruleset

_ZERO = Decimal(0)
_AHEAD = 12
# What a share or a few of them did not do is no zero (近九成没有再提起诉讼).
_SOME = re.compile(r"(?:成|%|多数|大多|部分|少数|个别|有的|有些)[^，。；！？]{0,6}$")
_SENTENCE, _HINT = re.compile(r"[^。！？]+"), re.compile(r"[未无零没]")


class Nils:
    """Finds the declared zeros of folded text."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._patterns = tuple(
            (n.id, n.unit, re.compile(n.pattern), frozenset(_HINT.findall(n.pattern))) for n in ruleset.nils.values()
        )

    def scan(self, text: str, passage: int) -> list[Mention]:
        """Every declared zero of one passage; ``Mention.text`` is its whole phrase."""
        if not _HINT.search(text):
            return []
        # Only sentences that hold the word for none of a pattern: searching a paragraph for what is not there is dear.
        places = [(s, h) for s in _SENTENCE.finditer(text) if (h := _HINT.findall(s[0]))]
        found: list[Mention] = []
        covered = 0
        spans = sorted(
            (m.start(), -m.end(), name, unit, m)
            for sentence, hints in places
            for name, unit, pattern, words in self._patterns
            if not words.isdisjoint(hints)
            for m in pattern.finditer(text, *sentence.span())
        )
        for start, minus_end, name, unit, match in spans:
            if start < covered or _SOME.search(text, max(0, start - _AHEAD), start):
                continue
            covered = -minus_end
            found.append(
                Mention(
                    passage=passage,
                    start=start,
                    end=-minus_end,
                    text=match.group(),
                    kind=NIL,
                    value=_ZERO,
                    interval=Interval(_ZERO, _ZERO),
                    unit=unit,
                    rule=f"nil.{name}",
                )
            )
        return found
