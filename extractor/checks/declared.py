"""Indicators that bind each other over the whole report (patterns/relations.toml): pipelines, capacities, zeros, plausibility.

A figure enters only where its indicator has one value in the report, exact and of the report's own year: where the words leave
open which of several is meant, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from extractor.checks.equation import Equation, no_value, within
from extractor.checks.frame import Frame
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS
from extractor.model.fact import NIL
from extractor.model.slips import slip
from extractor.rules import Ruleset
from extractor.rules.schema import Declared

_CARRIED = re.compile(r"结转|遗留|连同|加上")
_UPPER = re.compile(r"全[县区市省国州旗]|[县区市]级")
_THRESHOLD = re.compile(r"\d人以上|扩大|失控|升级|激化|重大|较大|恶性|进京|赴省|到省|责任|败诉|纠错|撤销|违法|“|败|有影响")
_ISSUED = re.compile("制[定发]|出台|印发")
_SHORTEST, _MOST = 4, 10  # letters of a matter; counts that one zero is held against
_AVERTED = re.compile("化解|劝返|避免|预防|防范|劝阻|劝回|拦截|稳控")
_HAPPENED = re.compile("^(?:被|新|发生|提起|应诉|引发|出现)+|案件$")
_LARGE = re.compile(r"\d人以上|集体|非正常|非访|规模|恶性|个人极端")
_TO = re.compile(r"(?:[赴到去进]|越级到)([省京市州])")
_VISIT = re.compile(r"(?:\d+人次?)?(?:[赴到去进][省京市州](?:里|城)?)+[^，。；、]{0,4}访")
_VISITED = re.compile(r"(?:[赴到去进][省京市州](?:里|城)?)+[^，。；、]{0,4}访(?:共|仍?有|的有?|为)?$")
_VISITS, _NEAR = ("批", "批次", "人", "人次", "起", "件", "次"), 16


def check_bounds(frame: Frame) -> Iterator[Check]:
    """No figure exceeds the one it is drawn from: 成功 ≤ 调处 ≤ 受理, 持证 ≤ 在编; nor the people and villages there are."""
    for relation in frame.ruleset.declared.values():
        if relation.type not in ("bound", "capacity"):
            continue
        for whole, part in _pairs(frame, relation):
            if relation.type == "bound" and (
                whole.id == part.part_of or (part.sentence == whole.sentence and _listed(frame, part))
            ):
                continue
            good = within((whole, part))
            if relation.type == "capacity" and good:
                continue
            # far apart, in another part of the report, or the whole told behind its part: the two speak of different things
            far = part.value > whole.value * 2 and not slip(part.value, whole.value)
            apart = not frame.together(whole, part) or far or whole.span > part.span
            carried = _CARRIED.search(frame.words(part.sentence[0], part.span[0])) is not None  # 连同上年结转，办结23件
            if relation.type == "bound" and not good and (apart or carried):
                continue
            yield frame.verdict(
                "bound.pipeline" if relation.type == "bound" else "bound.capacity",
                PASS if good else FAIL,
                "pass" if good else "fail",
                facts=(whole, part),
                formula=f"{part.value:f} {'≤' if good else '>'} {whole.value:f}",
                equation=Equation((whole, part), within, no_value),
                **_named(whole, part),
            )  # fmt: skip


def check_coverage(frame: Frame) -> Iterator[Check]:
    """一村一名 needs at least as many as there are villages."""
    for relation in frame.ruleset.declared.values():
        if relation.type != "coverage":
            continue
        for whole, part in _pairs(frame, relation):
            claim = re.search(relation.words, frame.words(*part.sentence))
            if claim and part.value < whole.value:
                yield frame.verdict(
                    "plausible.coverage", FAIL, "fail", facts=(part, whole), formula=f"{part.value:f} < {whole.value:f}",
                    claim=claim.group(), **_named(whole, part),
                )  # fmt: skip


def check_plausible(frame: Frame) -> Iterator[Check]:
    """What one event reaches, what one case costs: unusual values deserve a look."""
    for relation in frame.ruleset.declared.values():
        if relation.type not in ("audience", "penalty"):
            continue
        for whole, part in _pairs(frame, relation):
            if whole.sentence != part.sentence or not whole.value or part.approx == "less":
                continue
            each = part.value / whole.value
            low, high = relation.range
            if not low <= each <= high:
                yield frame.verdict(
                    f"plausible.{relation.type}", FAIL, "fail", facts=(part, whole),
                    formula=f"{part.value:f} ÷ {whole.value:f} = {each:.0f}",
                    each=f"{each:.0f}", **_named(whole, part),
                )  # fmt: skip


def check_zeros(frame: Frame) -> Iterator[Check]:
    """A declared zero is not contradicted by a count, an amount or a rate of the same thing."""
    declared = [f for f in frame.facts if f.kind == NIL and f.status == "actual"]
    nils = [f for f in declared if not _THRESHOLD.search(f.text)]
    yield from _visits(frame, [f for f in declared if "访" in f.measure[-2:] and not _LARGE.search(f.text)])
    by_end: dict[str, list[Fact]] = {_thing(n.measure)[-_SHORTEST:]: [] for n in nils if len(_thing(n.measure)) >= _SHORTEST}
    for fact in frame.facts if by_end else ():
        ending = _thing(fact.measure)[-_SHORTEST:]
        if ending in by_end and _counted(fact):
            by_end[ending].append(fact)
    for nil in nils:
        thing = _thing(nil.measure)
        counts = by_end.get(thing[-_SHORTEST:], [])
        counts = [] if counts and _of_one_row(frame, nil) else counts
        same = (f for f in counts if _thing(f.measure).endswith(thing) and f.period == nil.period)
        if not nil.measure.startswith(thing):  # 未被提起行政诉讼: neither those of others nor those that were helped with
            same = (f for f in same if _thing(f.measure) == thing)
        if _ISSUED.search(nil.text):  # none was issued: those in force or repealed are another matter
            same = (f for f in same if _ISSUED.search(f.measure))
        yield from (_contradicted(frame, fact, nil) for fact in islice(same, _MOST))
        for relation, words in frame.ruleset.kept(_zeros):
            if words.fullmatch(nil.measure):
                for name in relation.part:
                    for fact in islice(frame.named.get(name, ()), _MOST):
                        if fact.value > 0:
                            yield _contradicted(frame, fact, nil, "zero.pair" if relation.type == "zero" else "zero.rate")


def _contradicted(frame: Frame, fact: Fact, nil: Fact, rule: str = "zero.count", measure: str = "") -> Check:
    return frame.verdict(rule, FAIL, "fail", facts=(fact, nil), nil=nil.text, measure=measure or fact.measure, number=fact.text)


def _thing(measure: str) -> str:
    """What did not happen, or was counted, without the deed that says that it did (被提起行政诉讼, 应诉行政诉讼案件)."""
    return _HAPPENED.sub("", measure)


def _visits(frame: Frame, nils: list[Fact]) -> Iterator[Check]:
    """无赴省进京越级访 … 仍有1批3人到省里上访: visits to a place that nobody is said to have gone to."""
    visited = [set(_TO.findall(nil.measure)) for nil in nils]
    if not any(visited):
        return
    last: tuple[int, int] | None = None
    for fact in frame.facts:
        if fact.unit not in _VISITS or fact.sentence == last or not _counted(fact):
            continue
        told = _VISIT.match(frame.words(fact.span[1], min(fact.span[1] + _NEAR, fact.sentence[1])))
        told = told or _VISITED.search(frame.words(max(fact.span[0] - _NEAR, fact.sentence[0]), fact.span[0]))
        places = set(_TO.findall(told.group())) if told and not _AVERTED.search(told.group()) else set()
        if told is None or not places:
            continue
        for nil, said in zip(nils, visited, strict=True):
            if places & said and fact.period == nil.period:
                last = fact.sentence  # 1批3人: one visit
                yield _contradicted(frame, fact, nil, measure=re.sub(r"^[\d人次]+|(?:共|仍?有|的有?|为)$", "", told.group()))
                break


def _of_one_row(frame: Frame, nil: Fact) -> bool:
    """Whether a zero is told of one of several rows alone (矿山检查16家次，处罚3次；化工检查8家次，未处罚；…)."""
    told = frame.document.text[nil.sentence[0] : nil.span[0]]
    if "；" not in frame.document.text[slice(*nil.sentence)]:
        return False
    start = nil.sentence[0] + told.rfind("；") + 1
    return any(start <= f.span[0] < nil.span[0] for f in frame.beside(nil) if f.kind != NIL)


def _zeros(ruleset: Ruleset) -> list[tuple[Declared, re.Pattern[str]]]:
    """The relations of declared zeros, each with the words that one speaks of."""
    zeros = [r for r in ruleset.declared.values() if r.type in ("zero", "zero-rate")]
    return [(r, re.compile(f"{r.words}(?:案件|决定|行为)?")) for r in zeros]


def _counted(fact: Fact) -> bool:
    """Whether a figure of the text tells that there was something here this year."""
    plain = fact.kind == "count" and fact.status == "actual" and fact.direction is None and fact.cell is None
    return plain and fact.value > 0 and not _UPPER.search(fact.scope or "") and not _AVERTED.search(fact.measure)


def _pairs(frame: Frame, relation: Declared) -> Iterator[tuple[Fact, Fact]]:
    """Whole and part, each the only value of its indicator."""
    for name in relation.whole:
        whole = _only(frame, name)
        if whole is None:
            continue
        for part_name in relation.part:
            part = _only(frame, part_name)
            if part is not None and part.id != whole.id:
                yield whole, part
        return


def _only(frame: Frame, indicator: str) -> Fact | None:
    facts = [f for f in frame.named.get(indicator, ()) if not (f.scope and _UPPER.search(f.scope))]
    facts = [f for f in facts if f.part_of is None] or facts  # what is reviewed is mostly told by sorts
    return facts[0] if facts and all(f.value == facts[0].value for f in facts) else None


def _listed(frame: Frame, part: Fact) -> bool:
    """Whether a list or another relation already binds the figure."""
    return any(part.id in r.parts and r.type in ("sum", "rate") for r in frame.relations)


def _named(whole: Fact, part: Fact) -> dict[str, Any]:
    return {"whole_measure": whole.measure, "whole": whole.text, "part_measure": part.measure, "part": part.text}
