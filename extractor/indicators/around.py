"""What the text around a figure speaks of: the themes that a bare wording (满意率, 立案) takes its meaning from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from extractor.model import Fact, Outline
from extractor.rules import Ruleset
from extractor.text.stretches import LONGEST_SENTENCE
from extractor.text.vocabulary import longest_of

_CLAUSE_END = re.compile("[，；。：！？]|$")
_CACHED = 20_000
_BEHIND = 16  # characters behind a number that may hold the noun it counts
_ITEM_END = re.compile("[，；。：！？、]")


class Cues:
    """The words that tell a theme (patterns/themes.toml), compiled."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._themes = {cue: theme.id for theme in ruleset.themes.values() for cue in theme.cues}
        self._words = re.compile(longest_of(self._themes))
        self._seen: dict[str, tuple[str, ...]] = {}

    def find(self, text: str) -> list[tuple[int, str]]:
        """Where which theme is told, in order."""
        return [(m.start(), self._themes[m.group()]) for m in self._words.finditer(text)]

    def told(self, phrase: str) -> tuple[str, ...]:
        """The themes that a phrase or a heading tells, in order. One seen before costs a look-up."""
        if phrase not in self._seen:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            self._seen[phrase] = tuple(self._themes[m.group()] for m in self._words.finditer(phrase))
        return self._seen[phrase]


class Around:
    """The themes around the figures of one report. Figures are told to it in reading order as they get their names.

    Parameters: ``outline`` of the report; ``cues``; ``subject`` the theme that all of the report speaks of, if it does of one.
    """

    def __init__(self, outline: Outline, cues: Cues, subject: str = "") -> None:
        self._subject = subject
        self._passages = outline.passages
        self._starts = [p.start for p in outline.passages]
        self._sections = {s.id: s for s in outline.sections}
        self._cues = cues
        self._cued_in: dict[int, list[tuple[int, str]]] = {}
        self._told: dict[int, list[tuple[int, str]]] = {}

    def tell(self, fact: Fact, name: str) -> None:
        """From here on the figures behind ``fact`` stand beside one of indicator ``name``."""
        number = self._passage(fact)
        self._told.setdefault(number, []).append((self._at(number, fact.span[0]), name))

    def goes_on(self, last: Fact, fact: Fact) -> bool:
        """Whether a figure goes on from the one before with a 、."""
        number = self._passage(last)
        return self._passages[number].flow.startswith("、", self._at(number, last.span[1]))

    def themes(self, fact: Fact, phrase: str, whole: str | None) -> Iterator[str]:
        """The themes, and indicators of figures, that a bare wording may take its meaning from, the nearest first.

        Parameters: ``phrase`` the bare wording with the words it stands in; ``whole`` the indicator of the figure that
        ``fact`` is a part of, if it has one. What stands nearest decides: the whole, else the words of the phrase, then the
        sentence, else the sentences before; then the headings; then what all of the report speaks of.
        """
        if whole:
            yield whole
        else:
            yield from reversed(self._cues.told(phrase))
            yield from self._sentence(fact)
        section = self._sections.get(fact.section or "")
        while section is not None:
            yield from self._cues.told(section.title)
            section = self._sections.get(section.parent or "")
        if self._subject:
            yield self._subject

    def behind(self, fact: Fact) -> str:
        """The words between a number and the end of its clause, or of its item in a list."""
        number = self._passage(fact)
        flow, start = self._passages[number].flow, self._at(number, fact.span[1])
        return _ITEM_END.split(flow[start : start + _BEHIND], maxsplit=1)[0]

    def ahead(self, fact: Fact) -> str:
        """The words right before a number, from the last mark on."""
        number = self._passage(fact)
        flow, end = self._passages[number].flow, self._at(number, fact.span[0])
        return _ITEM_END.split(flow[max(0, end - _BEHIND) : end])[-1]

    def told_in(self, phrase: str) -> str | None:
        """The theme that the words of a phrase tell, the last where there are several."""
        found = self._cues.told(phrase)
        return found[-1] if found else None

    def _sentence(self, fact: Fact) -> list[str]:
        """The themes told before a figure in its sentence, back to the nearest figure that has a name, and behind it in its
        clause; without any, the last one before the sentence."""
        number = self._passage(fact)
        place, start = self._at(number, fact.span[0]), self._at(number, fact.sentence[0])
        cued, told = self._cued(number), self._told.get(number, [])
        ends = bisect_left(cued, (place,)), bisect_left(told, (place,))
        if ends[1]:
            start = max(start, told[ends[1] - 1][0])
        before = sorted(t for s, end in zip((cued, told), ends, strict=True) for t in s[bisect_left(s, (start,)) : end])
        near = [t for _, t in reversed(before)] + self._behind(number, place)
        last = (t for s, end in zip((cued, told), ends, strict=True) for t in s[max(0, end - 1) : end])
        return near or [t for _, t in sorted(last)[-1:]]

    def _behind(self, number: int, place: int) -> list[str]:
        """The themes told between a figure and the end of its clause."""
        end = _CLAUSE_END.search(self._passages[number].flow, place, place + LONGEST_SENTENCE)
        cued = self._cued(number)
        return [t for _, t in cued[bisect_left(cued, (place + 1,)) : bisect_left(cued, (end.start(),))]] if end else []

    def _passage(self, fact: Fact) -> int:
        return bisect_right(self._starts, fact.span[0]) - 1

    def _cued(self, number: int) -> list[tuple[int, str]]:
        if number not in self._cued_in:
            self._cued_in[number] = self._cues.find(self._passages[number].flow)
        return self._cued_in[number]

    def _at(self, number: int, offset: int) -> int:
        """The place of a canonical offset in the flow of a passage."""
        passage = self._passages[number]
        return bisect_left(passage.offsets, offset) if passage.offsets else offset - passage.start
