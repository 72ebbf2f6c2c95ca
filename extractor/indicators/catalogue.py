"""The catalogue of indicators (patterns/indicators): what a phrase names by itself, and what it may mean beside others."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.indicators.patterns import Patterns, Words
from extractor.indicators.units import fits
from extractor.model import Fact
from extractor.model.fact import NIL
from extractor.rules import Ruleset
from extractor.text.vocabulary import longest_of

_NAMED = frozenset({"count", "percentage", "points", "amount", "quantity", "frequency", "multiple", "nil"})
_CACHED = 50_000
_EXAMPLES = re.compile("[^等]*等(?![级候待])(..+)")  # 婚姻、邻里等矛盾纠纷
# Of “巷口法治课”等活动 and of the “云溪发布”公众号 the head is what follows.
_QUOTED = re.compile("“[^“”]*”(?:等(?=..)|(?=公众号|微信|微博|视频号|抖音号|栏目))|[“”《》]")
_OPENING = 4  # words that may name what a number counts


class Names(NamedTuple):
    """``named``: the indicators a phrase names by itself, ``own`` the likeliest; ``bare``: those it may mean; the likeliest
    first."""

    named: tuple[str, ...]
    bare: tuple[str, ...]
    own: str | None


NOTHING = Names((), (), None)


def theme(name: str) -> str:
    """The theme of an indicator is the first part of its id."""
    return name.partition(".")[0]


class Catalogue:
    """Finds the indicators that a fact's measure may name. A phrase seen before costs one look-up."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.indicators = ruleset.indicators
        self.beside = {i.id: i.beside or (theme(i.id),) for i in self.indicators.values()}
        self.by_unit: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for one in self.indicators.values():
            for unit, nears in one.by_unit.items():
                self.by_unit.setdefault(unit, []).append((one.id, nears))
        words = ruleset.lexicon
        self._words = Words(ruleset.terms)
        known = self.indicators.values()
        patterns = {**{(i.id, False): i.match for i in known}, **{(i.id, True): i.bare for i in known}}
        self._patterns = Patterns(patterns, words["indicator-tail"])
        self._excluded = {i.id: re.compile("|".join(i.excludes) or "(?!)").search for i in self.indicators.values()}
        self._lead = re.compile(f"(?:{'|'.join(words['indicator-lead'])})*")
        self._change = re.compile(f"(?:{'|'.join(words['indicator-change'])})+$")
        self._negation = re.compile("|".join(words["indicator-negation"]))
        self._verb = re.compile(longest_of(words["verb"]))
        self._parted = re.compile(f"[对把将面]|{longest_of(words['pivot'])}|遴选")
        begun, zero = f"^(?:{'|'.join(words['indicator-denial'])})+", "(?:(?:实现|保持)了?)?“?零(?:发生|增长)?”?"
        self._denial = re.compile(f"{begun}|{zero}|(?:没有?|未|从未)(?:再|曾)?(?:发生|出现)过?$")
        self._seen: dict[tuple[str, str, str, str | None, bool], Names] = {}

    def names(self, fact: Fact, phrase: str) -> Names:
        """The names of a phrase of a fact; those of a change are the names of the figure that changed."""
        if fact.kind not in _NAMED or not phrase:
            return NOTHING
        key = (phrase, fact.unit, fact.kind, fact.per, fact.is_change)
        names = self._seen.get(key)
        if names is None:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            names = self._seen[key] = self._names(*key)
        return names

    def allowed(self, name: str, phrase: str) -> bool:
        """Whether no word of a phrase rules an indicator out."""
        return not self._excluded[name](phrase)

    def opens(self, fact: Fact, text: str, names: set[str]) -> str | None:
        """The one of several indicators that the first words of a text name, by themselves or as bare words."""
        words = self._words.cuts(text)[0][:_OPENING]
        for end in range(1, len(words) + 1):
            found = self.names(fact, "".join(words[:end]))
            if name := next((n for n in (*found.named, *found.bare) if n in names), None):
                return name
        return None

    def verb(self, phrase: str) -> str:
        """The verb that a phrase begins with, '' where it does not."""
        found = self._verb.match(phrase)
        return found.group() if found else ""

    def parted(self, phrase: str) -> bool:
        """Whether what is done stands behind the number of a phrase (对存量文件23件逐一评估, 选派11名律师担任法律顾问)."""
        return self._parted.match(phrase) is not None

    def light(self, phrase: str) -> bool:
        """Whether a phrase is made of words without weight."""
        return self._lead.fullmatch(phrase) is not None

    def _names(self, phrase: str, unit: str, kind: str, per: str | None, change: bool) -> Names:
        if kind == NIL:
            phrase = self._denial.sub("", phrase)
        elif change:
            risen = self._names(phrase, unit, kind, per, False) if kind == "count" else NOTHING
            if risen.own is not None and self.indicators[risen.own].kind == "flow":
                return risen
            phrase = self._change.sub("", phrase)
        phrase = _QUOTED.sub("", phrase)
        likelier: tuple[str, ...] = ()
        likely_bare: tuple[str, ...] = ()
        if match := _EXAMPLES.match(phrase):
            behind = self._names(self.verb(phrase) + match[1], unit, kind, per, change)
            likelier, likely_bare = behind.named, behind.bare
        denied = kind != NIL and self._negation.search(phrase) is not None
        own: dict[str, int] = {}
        bare: dict[str, int] = {}
        for words in self._words.cuts(phrase):
            for (name, is_bare), weight, before, others in self._patterns.find(words):
                one, found = self.indicators[name], bare if is_bare else own
                if is_bare and one.kind != "rate" and not self._lead.fullmatch(before):
                    continue
                if denied and one.kind != "rate" and self._negation.search(others):
                    continue
                if fits(one, unit, kind, per, change) and self.allowed(name, phrase):
                    found[name] = max(weight, found.get(name, 0))
        named, may_be = (tuple(sorted(found, key=lambda n: -found[n])) for found in (own, bare))
        named = likelier + tuple(n for n in named if n not in likelier)
        if likely_bare and named and not likelier and match and self._patterns.light(match[1]):
            # 咨询、审稿等服务 are services first, and what the examples name only beside its own theme.
            may_be = tuple(dict.fromkeys(likely_bare + named + may_be))
            named = tuple(n for n in named if n in likely_bare)
        return Names(named, may_be, named[0] if named else None)


__all__ = ["NOTHING", "Catalogue", "Names", "theme"]
