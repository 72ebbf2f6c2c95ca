"""The catalogue of indicators (patterns/indicators): what a phrase names by itself, and what it may mean beside others."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.indicators.patterns import Patterns, Words
from extractor.indicators.units import fits
from extractor.model import Fact
from extractor.model.fact import NIL
from extractor.rules import Ruleset

_NAMED = frozenset({"count", "percentage", "points", "amount", "quantity", "frequency", "multiple", "nil"})
_CACHED = 50_000


class Names(NamedTuple):
    """``own``: the indicator a phrase names by itself; ``bare``: those it may mean, the likeliest first."""

    own: str | None
    bare: tuple[str, ...]


_NONE = Names(None, ())


class Catalogue:
    """Finds the indicators that a fact's measure may name. A phrase seen before costs one look-up."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.indicators = ruleset.indicators
        words = ruleset.lexicon
        cut, tail = Words(ruleset.terms), words["indicator-tail"]
        self._own = Patterns({i.id: i.match for i in self.indicators.values()}, cut, tail)
        self._bare = Patterns({i.id: i.bare for i in self.indicators.values() if i.bare}, cut, tail)
        self._excluded = {i.id: re.compile("|".join(i.excludes) or "(?!)").search for i in self.indicators.values()}
        self._lead = re.compile(f"(?:{'|'.join(words['indicator-lead'])})*")
        self._change = re.compile(f"(?:{'|'.join(words['indicator-change'])})+$")
        self._denial = re.compile(f"^(?:{'|'.join(words['indicator-denial'])})+|“?零(?:发生|增长)?”?")
        self._seen: dict[tuple[str, str, str, str | None, bool], Names] = {}

    def names(self, fact: Fact, phrase: str) -> Names:
        """The names of a phrase of a fact; those of a change are the names of the figure that changed."""
        if fact.kind not in _NAMED or not phrase:
            return _NONE
        change = fact.is_change
        key = (phrase, fact.unit, fact.kind, fact.per, change)
        if key not in self._seen:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            self._seen[key] = self._names(*key)
        return self._seen[key]

    def _names(self, phrase: str, unit: str, kind: str, per: str | None, change: bool) -> Names:
        if kind == NIL:
            phrase = self._denial.sub("", phrase)
        elif change:
            phrase = self._change.sub("", phrase)
        phrase = re.sub("[“”]", "", phrase)
        own: dict[str, int] = {}
        bare: dict[str, int] = {}
        for found, patterns in ((own, self._own), (bare, self._bare)):
            for name, weight, before in patterns.find(phrase):
                one = self.indicators[name]
                whole = patterns is self._own or one.kind == "rate" or self._lead.fullmatch(before)
                if whole and fits(one, unit, kind, per, change) and not self._excluded[name](phrase):
                    found[name] = max(weight, found.get(name, 0))
        return Names(max(own, key=lambda n: own[n], default=None), tuple(sorted(bare, key=lambda n: -bare[n])))


__all__ = ["Catalogue", "Names"]
