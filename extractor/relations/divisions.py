"""Divisions that leave nothing out (简易程序、普通程序): whether several words name different members of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.rules import Ruleset

_OTHERS = re.compile(r"其他|其它|其余|另有|余下|剩余")
_TAIL = 2  # so many last characters name what is divided


class Divisions(NamedTuple):
    """Each division as one pattern whose groups are its members, and all of them as one."""

    single: tuple[re.Pattern[str], ...]
    any: re.Pattern[str]


@lru_cache(maxsize=8)
def divisions_of(ruleset: Ruleset) -> Divisions:
    """The divisions of patterns/lexicon/divisions.toml, compiled."""
    named = [words for name, words in ruleset.lexicon.items() if name.startswith("division-")]
    single = ("|".join(f"(?P<m{i}>{word})" for i, word in enumerate(words)) for words in named)
    return Divisions(tuple(map(re.compile, single)), re.compile("|".join(word for words in named for word in words)))


def divided_by(words: Sequence[str], ruleset: Ruleset) -> bool:
    """Whether several words name the members of one division, each another one."""
    divisions = divisions_of(ruleset)
    named = divisions.any.search(words[0])
    return bool(named) and any(members(words, division) == len(words) for division in divisions.single)


def members(words: Sequence[str], division: re.Pattern[str]) -> int:
    """How many words, from the first on, name members of a division, each another one."""
    found: list[str | None] = []
    for said in words:
        match = division.search(said)
        member = match.lastgroup if match else "others" if found and _OTHERS.search(said) else None
        if member is None or member in found:
            break
        found.append(member)
    return len(found)


def of_one_name(words: Sequence[str]) -> bool:
    """Whether names differ in their first words alone (集中供养、分散供养): they share out what they all are."""
    return min(map(len, words)) > _TAIL and len({w[-_TAIL:] for w in words}) == 1 and len(set(words)) == len(words)
