"""The patterns of the catalogue, matched over words with spaCy's Matcher.

A pattern is written as words in order, ``受理|接收 纠纷``: alternatives with ``|``, ``*`` for any characters of a word (at
its end also for one word more), an empty alternative for a word that may be missing; other words may stand between. In
Chinese the head of a phrase stands last: behind a pattern's last word only words without weight may follow
(patterns/lexicon/indicators.toml), so that 信访事项办结率 is a rate and no number of 信访事项.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from extractor.text.words import Segmenter


class Hit(NamedTuple):
    """A pattern found in a phrase: whose it is, how many characters it speaks for, what stands before it, and the words of
    the phrase that none of its terms names."""

    name: str
    weight: int
    before: str
    others: str


class Words:
    """Phrases cut into words in several ways: one term may overlap with another or be made of others (负责人出庭应诉率).

    Parameters: ``terms`` the words that patterns are made of. What stands between them is cut by the model.
    """

    def __init__(self, terms: frozenset[str]) -> None:
        self._between = Segmenter(())
        self._forward, self._backward = (_longest(t) for t in (terms, (t[::-1] for t in terms)))
        self._pieces = {t: pieces for t in terms if len(pieces := _pieces(t, terms)) > 1}

    def cuts(self, phrase: str) -> list[list[str]]:
        """The different cuts: by the longest terms from the front, from the back, and by the parts of the longest terms."""
        front = list(self._cut(self._forward.split(phrase)))
        back = list(self._cut([p[::-1] for p in reversed(self._backward.split(phrase[::-1]))]))
        fine = [piece for word in front for piece in self._pieces.get(word, (word,))]
        return [front] + [c for c in (back, fine) if c != front]

    def _cut(self, parts: list[str]) -> Iterator[str]:
        for number, part in enumerate(parts):
            if part:
                yield from (part,) if number % 2 else self._between.cut(part)


class Patterns:
    """Word patterns of many names, looked for in phrases.

    Parameters: ``patterns`` by name; ``words`` cuts phrases; ``light`` regular expressions of words that may follow the
    last word of a pattern. The vocabulary and the matcher are made when the first phrase needs them.
    """

    def __init__(self, patterns: Mapping[str, tuple[str, ...]], words: Words, light: Iterable[str]) -> None:
        self._patterns = {name: tuple(p for written in ps for p in _spelt_out(written)) for name, ps in patterns.items()}
        self._words = words
        self._light = re.compile(f"(?:{'|'.join(light)})*")
        self._matcher: Any = None

    def find(self, phrase: str) -> Iterator[Hit]:
        """All patterns whose last word is the head of the phrase."""
        for words in self._words.cuts(phrase):
            yield from self._match(words)

    def _match(self, words: list[str]) -> Iterator[Hit]:
        if not words:
            return
        if self._matcher is None:
            self._build()
        from spacy.tokens import Doc

        for key, start, end in self._matcher(Doc(self._vocab, words=words, spaces=[False] * len(words))):
            name, _, number = self._vocab.strings[key].rpartition("#")
            pattern = self._patterns[name][int(number)]
            rest = "".join(words[end:])
            if self._light.fullmatch(rest) or (pattern[-1] == "*" and self._light.fullmatch("".join(words[end + 1 :]))):
                loose = (w for w in words[start:end] if not any(_names(term, w) for term in pattern.split()))
                before = "".join(words[:start])
                yield Hit(name, _weight(pattern, words[start:end]), before, f"{before} {' '.join(loose)} {rest}")

    def _build(self) -> None:
        from spacy.matcher import Matcher
        from spacy.vocab import Vocab

        self._vocab = Vocab()
        self._matcher = Matcher(self._vocab)
        for name, patterns in self._patterns.items():
            for number, pattern in enumerate(patterns):
                self._matcher.add(f"{name}#{number}", [_tokens(pattern)])


def _spelt_out(pattern: str) -> Iterator[str]:
    """A pattern with and without each of its terms that may be missing."""
    choices = []
    for term in pattern.split():
        words = "|".join(a for a in term.split("|") if a)
        choices.append((words, "") if words != term else (term,))
    for chosen in product(*choices):
        yield " ".join(filter(None, chosen))


def _longest(terms: Iterable[str]) -> re.Pattern[str]:
    """Terms, the longest that fits first; as a group, so that splitting keeps them at the odd places."""
    return re.compile(f"({'|'.join(map(re.escape, sorted(terms, key=lambda t: (-len(t), t)))) or '(?!)'})")


def _pieces(term: str, terms: frozenset[str]) -> tuple[str, ...]:
    """The fewest other terms that a term is made of; the term itself when it is not."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(term)
    for end in range(2, len(term) + 1):
        for start in range(end - 1):
            before, piece = best[start], term[start:end]
            if before is not None and piece != term and piece in terms and len(before) + 1 < len(best[end] or term) + 1:
                best[end] = (*before, piece)
    return best[-1] or (term,)


def _tokens(pattern: str) -> list[dict[str, Any]]:
    """A pattern as spaCy token patterns, any words between its terms."""
    tokens: list[dict[str, Any]] = []
    for term in pattern.split():
        if tokens:
            tokens.append({"OP": "*"})
        exact = "*" not in term
        shapes = [re.escape(a).replace(r"\*", ".*") for a in term.split("|")]
        tokens.append({"TEXT": {"IN": term.split("|")} if exact else {"REGEX": f"^(?:{'|'.join(shapes)})$"}})
    return tokens


def _weight(pattern: str, words: list[str]) -> int:
    """How much of the phrase a pattern speaks for: the characters of the words its terms name, more terms first."""
    weight = 0
    for term in pattern.split():
        weight += 4 + 2 * max(len(w) for w in words if _names(term, w))
    return weight


def _names(term: str, word: str) -> bool:
    return any(_like(word, a) for a in term.split("|"))


def _like(word: str, alternative: str) -> bool:
    return (
        word == alternative if "*" not in alternative else bool(re.fullmatch(re.escape(alternative).replace(r"\*", ".*"), word))
    )
