"""The patterns of the catalogue, matched over words.

A pattern is written as words in order, ``受理|接收 纠纷``: alternatives with ``|``, ``*`` for any characters of a word (at
its end also for one word more), an empty alternative for a word that may be missing; other words may stand between. In
Chinese the head of a phrase stands last: behind a pattern's last word only words without weight may follow
(patterns/lexicon/indicators.toml), so that 信访事项办结率 is a rate and no number of 信访事项.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from extractor.text.vocabulary import longest_of
from extractor.text.words import Segmenter

_Key = TypeVar("_Key", bound=Hashable)
_CACHED = 20_000  # words, and what stands between terms, seen before


class Hit(NamedTuple, Generic[_Key]):
    """A pattern found in a phrase: whose it is, how many characters it speaks for, what stands before it, and the words of
    the phrase that none of its terms names."""

    name: _Key
    weight: int
    before: str
    others: str


class Words:
    """Phrases cut into words in several ways: one term may overlap with another or be made of others (负责人出庭应诉率).

    Parameters: ``terms`` the words that patterns are made of. What stands between them is cut by the model.
    """

    def __init__(self, terms: frozenset[str]) -> None:
        self._between = Segmenter(())
        self._seen: dict[str, list[str]] = {}
        self._forward, self._backward = (
            re.compile(f"({longest_of(ts)})") for ts in (terms, [t[::-1] for t in terms])
        )  # a group, so that splitting keeps the terms at the odd places
        self._pieces = {t: pieces for t in terms if (pieces := _pieces(t, terms))}

    def cuts(self, phrase: str) -> list[list[str]]:
        """The different cuts: by the longest terms from the front, from the back, and by the parts of the longest terms, where
        the last part is short and where it is long (接待来访 群众, 接待 来访群众)."""
        front = list(self._cut(self._forward.split(phrase)))
        back = list(self._cut([p[::-1] for p in reversed(self._backward.split(phrase[::-1]))]))
        cuts = [front, back]
        if not self._pieces.keys().isdisjoint(front):
            cuts += [[p for word in front for p in self._pieces.get(word, ((word,),) * 2)[n]] for n in (0, 1)]
        return [c for i, c in enumerate(cuts) if c not in cuts[:i]]

    def _cut(self, parts: list[str]) -> Iterator[str]:
        for number, part in enumerate(parts):
            if part:
                yield from (part,) if number % 2 else self._words(part)

    def _words(self, part: str) -> list[str]:
        if part not in self._seen:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            self._seen[part] = self._between.cut(part)
        return self._seen[part]


class _Known(NamedTuple):
    """A word: the terms that name it, the patterns of that term alone, and those that it may open."""

    named: set[str]
    whole: list[int]
    opened: list[int]


class Patterns(Generic[_Key]):
    """Word patterns of many names, looked for in phrases that are cut into words.

    Parameters: ``patterns`` by name; ``light`` regular expressions of words that may follow the last word of a pattern.
    """

    def __init__(self, patterns: Mapping[_Key, tuple[str, ...]], light: Iterable[str]) -> None:
        self._patterns = [(name, tuple(p.split())) for name, ps in patterns.items() for w in ps for p in _spelt_out(w) if p]
        self._light = re.compile(f"(?:{'|'.join(light)})*")
        self._first: dict[str, list[int]] = {}
        for number, (_, terms) in enumerate(self._patterns):
            self._first.setdefault(terms[0], []).append(number)
        self._terms: dict[str, set[str]] = {}
        self._odd: list[tuple[Callable[[str], object], str]] = []
        for term in {t for _, terms in self._patterns for t in terms}:
            for shape in term.split("|"):
                self._terms.setdefault(shape, set()).add(term)
                if "*" in shape[1:-1]:
                    self._odd.append((re.compile(re.escape(shape).replace(r"\*", ".*")).fullmatch, term))
        self._longest = max(map(len, self._terms), default=0)
        self._seen: dict[str, _Known] = {}

    def light(self, phrase: str) -> bool:
        """Whether a phrase is made of words that may follow a pattern's last word."""
        return self._light.fullmatch(phrase) is not None

    def find(self, words: list[str]) -> Iterator[Hit[_Key]]:
        """The patterns whose last word is the head of a phrase."""
        known = [self._known(w) for w in words]
        light = [self._light.fullmatch("".join(words[end:])) is not None for end in range(len(words) + 1)]
        for number, start, end in self._match(known):
            name, terms = self._patterns[number]
            if light[end] or (terms[-1][-1] == "*" and light[end + 1]):
                inside = list(zip(words, known, strict=True))[start:end]
                weight = sum([4 + 2 * max([len(w) for w, k in inside if t in k.named]) for t in terms])
                loose = [w for w, k in inside if k.named.isdisjoint(terms)]
                before = "".join(words[:start])
                yield Hit(name, weight, before, f"{before} {' '.join(loose)} {''.join(words[end:])}")

    def _match(self, known: list[_Known]) -> Iterator[tuple[int, int, int]]:
        """The patterns whose terms stand in order among the words of a phrase: number, first word, end. Those that end first
        come first, of these those that were gone on with last."""
        waiting: list[tuple[int, int, int]] = []
        for at, word in enumerate(known):
            went_on: list[tuple[int, int, int]] = []
            for number, start, told in waiting:
                terms = self._patterns[number][1]
                if terms[told] in word.named:
                    if told + 1 == len(terms):
                        yield number, start, at + 1
                    else:
                        went_on.append((number, start, told + 1))
            for number in word.whole:
                yield number, at, at + 1
            went_on += [(number, at, 1) for number in word.opened]
            waiting = list(dict.fromkeys(went_on + waiting))

    def _known(self, word: str) -> _Known:
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            named = {t for fits, t in self._odd if fits(word)}
            named.update(*[self._terms[shape] for shape in _shapes(word, self._longest) if shape in self._terms])
            first = sorted(n for t in named for n in self._first.get(t, ()))
            whole, opened = ([n for n in first if (len(self._patterns[n][1]) == 1) is alone] for alone in (True, False))
            known = self._seen[word] = _Known(named, whole, opened)
        return known


def _shapes(word: str, longest: int) -> Iterator[str]:
    """How a pattern may write a word: 调解案件, 调解*, *案件, *案*, *; with at most so many characters."""
    yield word
    yield "*"
    for start in range(len(word)):
        for end in range(start + 1, min(start + longest, len(word)) + 1):
            piece = word[start:end]
            yield f"*{piece}*"
            if start == 0:
                yield f"{piece}*"
            if end == len(word):
                yield f"*{piece}"


def _spelt_out(pattern: str) -> Iterator[str]:
    """A pattern with and without each of its terms that may be missing."""
    choices = []
    for term in pattern.split():
        words = "|".join(a for a in term.split("|") if a)
        choices.append((words, "") if words != term else (term,))
    for chosen in product(*choices):
        yield " ".join(filter(None, chosen))


def _pieces(term: str, terms: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The fewest other terms that a term is made of, with the shortest last one and with the longest; None when it is not."""
    best: list[tuple[tuple[str, ...], tuple[str, ...]] | None] = [((), ())] + [None] * len(term)
    for end in range(2, len(term) + 1):
        for start in range(end - 1):
            before, piece = best[start], term[start:end]
            if before is None or piece == term or piece not in terms:
                continue
            known = best[end]
            if known is None or len(before[0]) + 1 < len(known[0]):
                best[end] = (*before[0], piece), (*before[1], piece)
            elif len(before[0]) + 1 == len(known[0]):
                best[end] = (*before[0], piece), known[1]
    return best[-1]
