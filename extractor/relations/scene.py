"""The facts of one paragraph with the words between them: where inline relations are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.model import Fact, Passage, Relation
from extractor.model.fact import NIL
from extractor.model.number import total
from extractor.relations.figures import LEVELS, kin
from extractor.relations.places import Places
from extractor.rules import Ruleset
from extractor.text.stretches import stretches

_LAST_MARK, _TO_MARK = re.compile(r"(?s:.*)[，。；：！？（]"), re.compile(r"[^，。；：、（）]*")
_BRACKET, _BEHIND = 60, 16
_SORTED = re.compile(r"(?:从|按|分)[^，。；]{1,8}(?:分|看|统计)")


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
        self.gaps = [flow[a:b] for a, b in zip(starts, self.starts, strict=False)]
        """The words between each fact and the one before it (from the start of the paragraph for the first)."""
        self.lefts = [gap[mark.end() :] if (mark := _LAST_MARK.match(gap)) else gap for gap in self.gaps]
        """The words of each fact's own clause before it."""
        self.rights = [m[0] if (m := _TO_MARK.match(flow, end, end + _BEHIND)) else "" for end in self.ends]
        """The words right behind each fact, to the end of its clause."""
        self.kins = [kin(f) for f in self.facts]
        self.levels = [f.kind in LEVELS and f.direction is None and f.status != "prior" and f.per is None for f in self.facts]
        """Of every fact whether it is a plain figure of its period: neither a change, nor a base, nor an average."""
        self._sorts = [(f.kind, like, f.status) for f, like in zip(self.facts, self.kins, strict=True)]
        self.index = {f.id: i for i, f in enumerate(self.facts)}
        self.settled: dict[int, bool | None] = {}
        self.outcomes: dict[int, bool] = {}
        self.made: dict[str, list[str]] = {}
        """The wholes that sums found so far give to their parts, where they tie up (受理16件，办结15件，在办1件)."""
        self.shared: set[frozenset[str]] = set()
        """The parts of each sum found so far."""

    def note(self, relation: Relation) -> None:
        """Keep a relation in mind for those that are looked for after it."""
        if relation.type != "sum":
            return
        self.shared.add(frozenset(relation.parts))
        whole, *parts = (self.facts[self.index[i]] for i in (relation.whole, *relation.parts))
        if total(p.interval for p in parts).meets(whole.interval):
            for part in parts:
                self.made.setdefault(part.id, []).append(whole.id)

    def adds_up(self, whole: int, run: Sequence[int]) -> bool:
        """Whether figures make another one, within their rounding."""
        return total(self.facts[k].interval for k in run).meets(self.facts[whole].interval)

    def behind(self, index: int) -> str:
        """The words right behind a fact."""
        return self.passage.flow[self.ends[index] : self.ends[index] + _BEHIND]

    def bracketed(self, index: int) -> bool:
        """Whether a fact stands in a bracket of its sentence: 参考141人（1人请病假）."""
        start = max(0, self.starts[index] - _BRACKET)
        before = self.passage.flow[start : self.starts[index]]
        return before.rfind("（") > before.rfind("）")

    def listed(self, index: int) -> bool:
        """Whether a fact stands in a list by some point of view (按类型分，A类30件、B类32件): no whole of the next."""
        while index and self.gaps[index].startswith(("、", "和")):
            index -= 1
        return bool(_SORTED.search(self.gaps[index]))

    def same_sentence(self, a: int, b: int) -> bool:
        return self.facts[a].sentence == self.facts[b].sentence

    def one_statement(self, first: int, index: int) -> bool:
        """Whether no ； and no full stop stands between two figures."""
        return self.same_sentence(first, index) and not any("；" in self.gaps[k] for k in range(first + 1, index + 1))

    def before(self, index: int, *, like: Fact | None = None) -> Iterator[int]:
        """Earlier plain figures of the same kin, nearest first."""
        wanted = self._sorts[index] if like is None else (like.kind, kin(like), like.status)
        for k in range(index - 1, -1, -1):
            if self.levels[k] and self._sorts[k] == wanted:
                yield k


def first_of(scene: Scene, index: int) -> bool:
    """Whether a figure is the only one that was taken for a part of the one right before it (33个村中，建成28个，6个未建)."""
    fact = scene.facts[index]
    return (
        bool(index) and scene.part_of[fact.id] == scene.facts[index - 1].id and any(r.parts == (fact.id,) for r in scene.lists)
    )


def scenes(places: Places, lists: tuple[Relation, ...], ruleset: Ruleset) -> Iterator[Scene]:
    """The paragraphs that hold at least two facts."""
    part_of = {p: r.whole for r in lists for p in r.parts}
    listed: dict[str, list[Relation]] = {}
    for relation in lists:
        listed.setdefault(relation.parts[0], []).append(relation)
    stated = [(f, places.spot(f)) for f in places.facts if f.kind != NIL]
    for _, paragraph in groupby(stated, key=lambda told: told[1].paragraph):
        here, spots = zip(*paragraph, strict=True)
        if len(here) < 2:
            continue
        starts, ends = [s.start for s in spots], [s.end for s in spots]
        first = 0
        for stretch in stretches(here, lambda f: f.sentence):
            own = slice(first, first + len(stretch))
            own_lists = [r for f in stretch for r in listed.get(f.id, ())]
            begin = ends[first - 1] if first else 0
            yield Scene(places.passage(here[0]), list(stretch), starts[own], ends[own], part_of, ruleset, own_lists, begin)
            first += len(stretch)
