"""Ways to divide a whole that leave nothing out, told by the names of the parts (patterns/lexicon/divisions.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.rules import Ruleset

_ANY, _OPEN, _SOME = "division-", "division-open-", "division-some-"
_OTHERS = re.compile(r"其他|其它|其余|另有|余下|剩余")
_CLASSED = re.compile(
    r"^[，：、；]?[^，。；：、]{0,4}?(?P<verb>采[用取]|属于?|评定?为|定为|列为|认定为|判定为|适用|划为|归为|判处?)(?P<sort>[^，。；：、]{1,10})的(?:有|为)?$"
)
_TAIL = 2  # so many last characters name what is divided
_MANY = 3


class _Divisions(NamedTuple):
    """Each division as one pattern whose groups are its members; all of them as one; those of which two members, or any, may
    not be all."""

    single: tuple[re.Pattern[str], ...]
    any: re.Pattern[str]
    open: frozenset[int]
    some: frozenset[int]


@lru_cache(maxsize=8)
def _divisions(ruleset: Ruleset) -> _Divisions:
    named = {name: words for name, words in ruleset.lexicon.items() if name.startswith(_ANY)}
    single = (re.compile("|".join(f"(?P<m{i}>{word})" for i, word in enumerate(words))) for words in named.values())
    either = re.compile("|".join(word for words in named.values() for word in words))
    some = frozenset(i for i, name in enumerate(named) if name.startswith(_SOME))
    return _Divisions(tuple(single), either, some.union(i for i, n in enumerate(named) if n.startswith(_OPEN)), some)


@lru_cache(maxsize=20_000)
def memberships(words: str, ruleset: Ruleset) -> Mapping[int, str]:
    """The divisions (by number, in their order) of which words name a member, with the member."""
    divisions = _divisions(ruleset)
    if not divisions.any.search(words):
        return {}
    found = ((number, division.search(words)) for number, division in enumerate(divisions.single))
    return {number: str(match.lastgroup) for number, match in found if match}


def divided_by(words: Sequence[str], ruleset: Ruleset) -> bool:
    """Whether several words name the members of one division, each another one, or put each into a class by one verb."""
    return bool(_of(words, ruleset)) or classed(words)


def classed(words: Sequence[str]) -> bool:
    """Whether words put each part into another class by one verb (采用文字形式的、采用图解形式的; 属自然人的、属法人的)."""
    found = [_CLASSED.search(said) for said in words]
    verbs, classes = {m and m["verb"] for m in found}, {m and m["sort"] for m in found}
    return None not in verbs and len(verbs) == 1 and len(classes) == len(words)


def may_lack(words: Sequence[str], ruleset: Ruleset) -> bool:
    """Whether the words that name some parts are members of a division that may leave others out."""
    of, divisions = _of(words, ruleset), _divisions(ruleset)
    return bool(of) and (divisions.open if len(words) < _MANY else divisions.some).issuperset(of)


def members(words: Sequence[str], division: int, ruleset: Ruleset) -> int:
    """How many words, from the first on, name members of a division, each another one."""
    found: list[str] = []
    for said in words:
        member = memberships(said, ruleset).get(division) or ("others" if found and _OTHERS.search(said) else None)
        if member is None or member in found:
            break
        found.append(member)
    return len(found)


def of_one_name(words: Sequence[str]) -> bool:
    """Whether names differ in their first words alone (集中供养、分散供养): they share out what they all are."""
    return min(map(len, words)) > _TAIL and len({w[-_TAIL:] for w in words}) == 1 and len(set(words)) == len(words)


def _of(words: Sequence[str], ruleset: Ruleset) -> list[int]:
    return [division for division in memberships(words[0], ruleset) if members(words, division, ruleset) == len(words)]
