"""The facts of one paragraph with the words between them: where inline relations are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.model import Fact, Outline, Passage, Relation
from extractor.model.fact import AMOUNT, COUNT, PERCENTAGE, QUANTITY
from extractor.model.number import total
from extractor.rules import Ruleset
from extractor.text.stretches import stretches

_CLAUSE, _CLAUSE_END = re.compile(r"[，。；：！？（]"), re.compile(r"[，。；：、（）]")
_BRACKET = 60
_SORTED = re.compile(r"(?:从|按|分)[^，。；]{1,8}(?:分|看|统计)")
LEVELS = (COUNT, AMOUNT, QUANTITY)
_UNIT_KIN = {
    "件": "件",
    "起": "件",
    "宗": "件",
    "例": "件",
    "个": "件",
    "项": "件",
    "人": "人",
    "名": "人",
    "位": "人",
    "次": "次",
    "场": "次",
    "场次": "次",
    "期": "次",
}


def kin(fact: Fact) -> str:
    """Units that count the same things are one kin (件, 起, 宗; 人, 名; 次, 场)."""
    return _UNIT_KIN.get(fact.unit, fact.unit)


@dataclass
class Scene:
    """One paragraph: its facts in order, its flow, and the lists among them."""

    passage: Passage
    facts: list[Fact]
    starts: list[int]
    ends: list[int]
    part_of: dict[str, str]
    ruleset: Ruleset
    lists: Sequence[Relation] = ()
    begin: int = 0
    """Where the facts before these end in the flow: of a paragraph with very many, a scene holds only some."""

    def __post_init__(self) -> None:
        flow, starts = self.passage.flow, (self.begin, *self.ends)
        self._gaps = [flow[a:b] for a, b in zip(starts, self.starts, strict=False)]
        self._lefts: dict[int, str] = {}
        self._rights: dict[int, str] = {}
        self.kins = [kin(f) for f in self.facts]
        self.levels = [f.kind in LEVELS and f.direction is None and f.status != "prior" and f.per is None for f in self.facts]
        """Of every fact whether it is a plain figure of its period: neither a change, nor a base, nor an average."""
        self._sorts = [(f.kind, like, f.status) for f, like in zip(self.facts, self.kins, strict=True)]
        self.index = {f.id: i for i, f in enumerate(self.facts)}
        self.made: dict[str, list[str]] = {}
        """The wholes that sums found so far give to their parts, where they tie up (受理16件，办结15件，在办1件)."""

    def note(self, relation: Relation) -> None:
        """Keep a relation in mind for those that are looked for after it."""
        if relation.type != "sum":
            return
        whole, *parts = (self.facts[self.index[i]] for i in (relation.whole, *relation.parts))
        if total(p.interval for p in parts).meets(whole.interval):
            for part in parts:
                self.made.setdefault(part.id, []).append(whole.id)

    def gap(self, index: int) -> str:
        """The words between a fact and the one before it (from the start of the paragraph for the first)."""
        return self._gaps[index]

    def behind(self, index: int, length: int = 16) -> str:
        """The words right behind a fact."""
        return self.passage.flow[self.ends[index] : self.ends[index] + length]

    def left(self, index: int) -> str:
        """The words of the fact's own clause before it."""
        if index not in self._lefts:
            self._lefts[index] = _CLAUSE.split(self._gaps[index])[-1]
        return self._lefts[index]

    def right(self, index: int) -> str:
        """The words right behind a fact, to the end of its clause."""
        if index not in self._rights:
            self._rights[index] = _CLAUSE_END.split(self.behind(index), maxsplit=1)[0]
        return self._rights[index]

    def bracketed(self, index: int) -> bool:
        """Whether a fact stands in a bracket of its sentence: 参考141人（1人请病假）."""
        start = max(0, self.starts[index] - _BRACKET)
        before = self.passage.flow[start : self.starts[index]]
        return before.rfind("（") > before.rfind("）")

    def listed(self, index: int) -> bool:
        """Whether a fact stands in a list by some point of view (按类型分，A类30件、B类32件): no whole of the next."""
        while index and self.gap(index).startswith(("、", "和")):
            index -= 1
        return bool(_SORTED.search(self.gap(index)))

    def same_sentence(self, a: int, b: int) -> bool:
        return self.facts[a].sentence == self.facts[b].sentence

    def before(self, index: int, *, like: Fact | None = None) -> Iterator[int]:
        """Earlier plain figures of the same kin, nearest first."""
        wanted = self._sorts[index] if like is None else (like.kind, kin(like), like.status)
        for k in range(index - 1, -1, -1):
            if self.levels[k] and self._sorts[k] == wanted:
                yield k


def scenes(facts: tuple[Fact, ...], lists: tuple[Relation, ...], outline: Outline, ruleset: Ruleset) -> Iterator[Scene]:
    """The paragraphs that hold at least two facts."""
    part_of = {p: r.whole for r in lists for p in r.parts}
    listed: dict[str, list[Relation]] = {}
    for relation in lists:
        listed.setdefault(relation.parts[0], []).append(relation)
    at = 0
    for passage in outline.passages:
        start, end = passage.place(0, len(passage.flow))
        while at < len(facts) and facts[at].span[0] < start:
            at += 1
        here = []
        while at < len(facts) and facts[at].span[0] < end:
            if facts[at].kind != "nil" and facts[at].cell is None:
                here.append(facts[at])
            at += 1
        if len(here) < 2:
            continue
        if passage.offsets:
            place = {o: i for i, o in enumerate(passage.offsets)}
            starts = [place[f.span[0]] for f in here]
            ends = [place[f.span[1] - 1] + 1 for f in here]
        else:
            starts, ends = [f.span[0] - start for f in here], [f.span[1] - start for f in here]
        first = 0
        for stretch in stretches(here, lambda f: f.sentence):
            own = slice(first, first + len(stretch))
            own_lists = [r for f in stretch for r in listed.get(f.id, ())]
            begin = ends[first - 1] if first else 0
            yield Scene(passage, list(stretch), starts[own], ends[own], part_of, ruleset, own_lists, begin)
            first += len(stretch)


def percentage(fact: Fact) -> bool:
    """Whether a fact is a rate or share of its period."""
    return fact.kind == PERCENTAGE and fact.direction is None and fact.status != "prior"
