"""What a fact is known by: its measure, the words of its clause and of its sentence, and the facts it stands with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.model import Fact, Report
from extractor.rules import Ruleset
from extractor.text.normalize import flow
from extractor.text.words import Segmenter

_NUMBER = re.compile(r"(?!12345|12348)[0-9][0-9.,]*[万亿千百]?[%％]?")
_CLAUSE = re.compile(r"[，。；：、（）]")
_PAUSE = re.compile(r"[，。；：（]")
_MARKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_STOP = re.compile(r"[。；]")
_FAR = 120
_STATE_END = re.compile(r"[，。；：、（0-9]")
_DECAY = 0.8  # how much less a word weighs for each clause between it and the number
_BEHIND = 0.9

Bag = dict[str, float]
"""Words with their weights, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A fact with its words: of its ``measure``, of what stands right ``behind`` its number (61名网格员), of its ``clause``
    (from the number before it to the end of the clause), of its sentence (``context``, nearer clauses weigh more), the
    ``part`` it plays in a list; the ``group`` of its unit; ``near`` the facts it stands with; whether its report says the
    same ``again`` after having said it before, and whether it stands ``aside`` from the results, among the problems;
    its ``state``: carried ``in`` from the year before, ``left`` unfinished, or neither."""

    fact: Fact
    measure: Bag
    letters: Bag
    behind: Bag
    own: Bag
    clause: Bag
    context: Bag
    part: Bag
    group: str
    near: tuple[str, ...]
    again: bool
    aside: bool
    state: str


class Profiler:
    """Makes the profiles of a report's facts; made once per ruleset, so that the words are loaded once."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._segmenter = Segmenter(ruleset.atoms)
        groups = ruleset.synonyms.values()
        self._one = {w: g.words[0] for g in groups for w in g.words}
        inside = sorted({w for g in groups if g.inside for w in g.words}, key=lambda w: (-len(w), w))
        self._inside = re.compile("|".join(map(re.escape, inside)))
        self._group = {u: g.id for g in ruleset.unit_groups.values() for u in g.units}
        self._near = {frozenset((g.id, n)) for g in ruleset.unit_groups.values() for n in g.near}
        self._problems = re.compile(ruleset.roles["problems"].title) if "problems" in ruleset.roles else None
        self._states = [
            (s, re.compile("|".join(ruleset.lexicon[w]))) for s, w in (("in", "carried_in"), ("left", "carried_out"))
        ]
        self._seen: dict[str, tuple[str, ...]] = {}

    def words(self, phrase: str) -> tuple[str, ...]:
        """The words of a phrase in one spelling: numbers and marks left out, synonyms brought together."""
        if phrase not in self._seen:
            plain = self._inside.sub(lambda m: self._one[m.group()], _MARKS.sub(" ", _NUMBER.sub(" ", phrase)))
            self._seen[phrase] = tuple(self._one.get(w, w) for w in self._segmenter.cut(plain) if w.strip())
        return self._seen[phrase]

    def units_fit(self, one: str, other: str) -> bool:
        """Whether two unit groups are one (件, 起, 宗), or neighbours that clerks use for each other."""
        return one == other or frozenset((one, other)) in self._near

    def profiles(self, report: Report, facts: list[Fact]) -> list[Profile]:
        """The profiles of some of a report's facts, in their order."""
        near = _neighbours(report)
        prose = [f for f in report.facts if f.cell is None]
        before = dict(zip((f.id for f in prose), [0, *(f.span[1] for f in prose)], strict=False))
        aside = self._aside(report)
        said: set[tuple[str, str]] = set()
        found = []
        for fact in facts:
            name = (fact.indicator or fact.measure, fact.unit)
            found.append(
                self._profile(report, fact, before.get(fact.id, 0), near.get(fact.id, ()), name in said, fact.section in aside)
            )
            said.add(name)
        return found

    def _aside(self, report: Report) -> set[str | None]:
        """The sections that tell of problems, and those within them."""
        found: set[str | None] = set()
        for section in report.sections:
            if section.parent in found or (self._problems and self._problems.search(flow(section.title, 0)[0])):
                found.add(section.id)
        return found

    def _profile(self, report: Report, fact: Fact, before: int, near: tuple[str, ...], again: bool, aside: bool) -> Profile:
        start, end = fact.sentence
        left = flow(report.text[start : fact.span[0]], 0)[0]
        right = flow(report.text[fact.span[1] : end], 0)[0]
        own = flow(report.text[max(start, min(before, fact.span[0])) : fact.span[0]], 0)[0]
        behind = self.words(_CLAUSE.split(_NUMBER.split(right, maxsplit=1)[0], maxsplit=1)[0])
        context: Bag = dict.fromkeys(behind, _BEHIND)
        weight = 1.0
        for clause in reversed(_PAUSE.split(left)):
            for word in self.words(clause):
                context[word] = max(context.get(word, 0.0), weight)
            weight *= _DECAY if clause else 1.0
        for sentence in reversed(_STOP.split(flow(report.text[max(0, start - _FAR) : start], 0)[0])[-2:]):
            weight = min(weight, 0.5) * 0.8
            for word in self.words(sentence):
                context[word] = max(context.get(word, 0.0), weight)
        state = self._state(_PAUSE.split(own)[-1], right)
        if state == "in":  # 上年结转案件27件，本年新立案389件: what was carried in opens the account of its matter
            weight = 1.0
            for clause in _PAUSE.split(right)[1:]:
                weight *= _DECAY
                for word in self.words(clause):
                    context[word] = max(context.get(word, 0.0), weight)
        measure = dict.fromkeys(self.words(fact.measure), 1.0)
        ahead = self.words(_PAUSE.split(own)[-1])
        dimension = " ".join(v for k, v in fact.dimension.items() if k not in ("form", "row", "column"))
        return Profile(
            fact=fact,
            measure=measure,
            letters=_letters(measure),
            behind=_letters(behind),
            own=_letters(ahead),
            clause=dict.fromkeys((*measure, *behind, *ahead), 1.0),
            context=context,
            part=_letters(self.words(dimension)),
            group=self._group.get(fact.unit, fact.unit),
            near=near,
            again=again,
            aside=aside,
            state=state,
        )

    def _state(self, left: str, right: str) -> str:
        """Whether the words around a number say that it is carried in or left over."""
        behind = _STATE_END.split(right, maxsplit=1)[0]
        return next((s for s, words in self._states if words.search(left) or words.search(behind)), "")


def _letters(words: Iterable[str]) -> Bag:
    return dict.fromkeys((c for w in words for c in w), 1.0)


def _neighbours(report: Report) -> dict[str, tuple[str, ...]]:
    """The facts that each fact stands with: its whole and parts, the ends of its rate, the facts beside it in its sentence."""
    found: dict[str, list[str]] = {}

    def tie(one: str, other: str) -> None:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)

    last: Fact | None = None
    for fact in report.facts:
        if fact.cell is not None or fact.direction is not None or fact.status != "actual":
            continue
        if fact.part_of:
            tie(fact.id, fact.part_of)
        if last is not None and last.section == fact.section:
            tie(fact.id, last.id)
        last = fact
    for relation in report.relations:
        if relation.type == "rate":
            for part in relation.parts:
                tie(relation.whole, part)
    return {k: tuple(dict.fromkeys(v)) for k, v in found.items()}
