"""Whether words of two figures name one thing."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

AMONG = "(?:中(?!心|央|国|小|型|途|期|旬|午|标|共|华|队|医|层|介)|里[头面边])"
"""中 behind a noun: among them (16名执法人员中, 41人里头), and no word that begins with it (中心, 中途, 中队)."""


def alike(a: str, b: str) -> bool:
    """Whether two phrases share a word of two characters."""
    for pair in pairs_of(a):  # noqa: SIM110 asked for every other pair of figures: a loop costs half of what any() does
        if pair in b:
            return True
    return False


@lru_cache(maxsize=5_000)
def pairs_of(a: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters of a phrase."""
    return tuple(map("".join, pairwise(a)))


def common(a: str, b: str) -> int:
    """How many pairs of neighbouring characters of ``a`` also stand in ``b``."""
    return sum([pair in b for pair in pairs_of(a)])


def pieces(name: str) -> set[str]:
    """The pairs of neighbouring characters of a name."""
    return {name[i : i + 2] for i in range(len(name) - 1)}


def in_order(noun: str, words: str) -> bool:
    """Whether all characters of a noun stand in a phrase in their order (机关干部 in 机关在岗干部)."""
    at = 0
    for char in noun:
        at = words.find(char, at) + 1
        if not at:
            return False
    return True


def heads(own: str, behind: str, least: int) -> bool:
    """Whether words begin with the last letters, at least so many, of a name (法律明白人培训, of 社区法律明白人)."""
    return any(own.endswith(behind[:n]) for n in range(min(len(own), len(behind)), least - 1, -1))


def longest_run(a: str, b: str) -> str:
    """The longest stretch that two phrases share."""
    best = ""
    for i in range(len(a)):
        while i + len(best) < len(a) and a[i : i + len(best) + 1] in b:
            best = a[i : i + len(best) + 1]
    return best
