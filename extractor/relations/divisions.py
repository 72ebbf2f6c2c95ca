"""Ways to divide a whole that leave nothing out, told by the names of the parts (patterns/lexicon/divisions.toml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.rules import Ruleset

_ANY, _OPEN = "division-", "division-open-"
_OTHERS = re.compile(r"其他|其它|其余|另有|余下|剩余")
_TAIL = 2  # so many last characters name what is divided
_MANY = 3


class Divisions(NamedTuple):
    """Each division as one pattern whose groups are its members; all of them as one; those whose members may go unsaid."""

    single: tuple[re.Pattern[str], ...]
    any: re.Pattern[str]
    open: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=8)
def divisions_of(ruleset: Ruleset) -> Divisions:
    """The divisions of a ruleset."""
    named = {name: words for name, words in ruleset.lexicon.items() if name.startswith(_ANY)}
    single = {n: re.compile("|".join(f"(?P<m{i}>{word})" for i, word in enumerate(w))) for n, w in named.items()}
    either = re.compile("|".join(word for words in named.values() for word in words))
    return Divisions(tuple(single.values()), either, tuple(p for n, p in single.items() if n.startswith(_OPEN)))


def divided_by(words: Sequence[str], ruleset: Ruleset) -> bool:
    """Whether several words name the members of one division, each another one."""
    return bool(divisions_of(ruleset).any.search(words[0])) and bool(_of(words, ruleset))


def may_lack(words: Sequence[str], ruleset: Ruleset) -> bool:
    """Whether the words that name some parts are two members of a division that may leave others out."""
    of = _of(words, ruleset) if len(words) < _MANY else []
    return bool(of) and all(division in divisions_of(ruleset).open for division in of)


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


def _of(words: Sequence[str], ruleset: Ruleset) -> list[re.Pattern[str]]:
    return [division for division in divisions_of(ruleset).single if members(words, division) == len(words)]
