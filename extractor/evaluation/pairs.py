"""How well two reports are put side by side: against pairs of reports that careful readers have aligned."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.errors import ReadError
from extractor.evaluation.gold import Locator, number, squeeze
from extractor.evaluation.score import Score
from extractor.model import Report
from extractor.model.comparison import Comparison
from extractor.pipeline import compare, extract_file
from extractor.rules import Ruleset

_UNITS = {"个百分点": "百分点"}


@dataclass(frozen=True)
class PairGold:
    """One ``NAME.pair.gold.json``; the fields are as written, see docs/annotation.md."""

    name: str
    last: str
    this: str
    aligned: list[dict[str, Any]]
    claims: list[dict[str, Any]] = field(default_factory=list)
    carry_over: list[dict[str, Any]] = field(default_factory=list)
    do_not_align: list[dict[str, Any]] = field(default_factory=list)


def load_pair(path: Path) -> PairGold:
    """Read a pair of reports' gold file. Raises ``ReadError`` when it is not as it must be."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        known = {k: data[k] for k in ("claims", "carry_over", "do_not_align") if k in data}
        return PairGold(path.name, data["last"], data["this"], data["aligned"], **known)
    except (json.JSONDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ReadError(str(path), f"标注文件有误（{error}）。", "请检查 JSON 格式和必填字段。") from None


def evaluate_pairs(folder: Path, ruleset: Ruleset) -> Iterator[Score]:
    """Score every annotated pair of reports of a folder."""
    for path in sorted(folder.glob("*.pair.gold.json")):
        gold = load_pair(path)
        last, this = (extract_file(path.parent / name, ruleset) for name in (gold.last, gold.this))
        yield score_pair(gold, last, this, compare(last, this, ruleset, force=True))


def places(gold: PairGold, last: Report, this: Report) -> list[tuple[str | None, str | None]]:
    """The fact ids of each aligned pair of the gold; None for a figure that was not extracted."""
    there, here = Finder(last), Finder(this)
    return [
        (there.fact(g["last_quote"], g["last_value"], g["unit"]), here.fact(g["this_quote"], g["this_value"], g["unit"]))
        for g in gold.aligned
    ]


class Finder:
    """Finds the facts of quotes in one report."""

    def __init__(self, report: Report) -> None:
        self._locator = Locator(report.text)
        self._facts = [(f, self._locator.span(*f.span)) for f in sorted(report.facts, key=lambda f: f.cell is not None)]

    def fact(self, quote: str, value: Any, unit: str | None = None) -> str | None:
        """The id of the fact inside a quote that has a value, and if one has it, the unit."""
        wanted, at = squeeze(quote), self._locator.squeezed.find(squeeze(quote))
        inside = [f for f, (a, b) in self._facts if at >= 0 and at <= a and b <= at + len(wanted) and f.value == number(value)]
        same = [f for f in inside if _unit(f.unit) == _unit(unit or "")]
        return next((f.id for f in (*same, *inside)), None)


def score_pair(gold: PairGold, last: Report, this: Report, comparison: Comparison) -> Score:
    """Judge one comparison.

    A pair is right when both its figures are those of a gold pair (where a report says a figure twice, either place will
    do), wrong when one of them is but the other is not, or when the gold says that the two must not be aligned; pairs of
    which the gold does not speak are counted apart (``extra``). Only asserted pairs count, ambiguous ones do not.
    """
    result = Score(gold.name, gold=len(gold.aligned))
    facts = [{f.id: f for f in r.facts} for r in (last, this)]
    right = dict.fromkeys(places(gold, last, this))
    wanted = {(a, b) for a, b in right if a and b}
    values = {(number(g["last_value"]), number(g["this_value"]), _unit(g["unit"])) for g in gold.aligned}
    ends = [{a for a, _ in wanted}, {b for _, b in wanted}]
    hit: set[tuple[str | None, str | None]] = set()
    forbidden = _forbidden(gold, last, this)
    for pair in comparison.pairs:
        ids: tuple[str | None, str | None] = (pair.last, pair.this)
        if pair.last is None or pair.this is None or pair.ambiguous:
            continue
        if facts[1][pair.this].cell is not None and ids not in wanted:
            continue
        told = (facts[0][pair.last].value, facts[1][pair.this].value, _unit(facts[1][pair.this].unit))
        twin = told in values and (pair.last in ends[0]) != (pair.this in ends[1])
        if ids in wanted or twin:
            result.right += 1
            hit |= {w for w in wanted if w == ids or (twin and (w[0] == ids[0] or w[1] == ids[1]))}
        elif ids in forbidden or pair.last in ends[0] or pair.this in ends[1]:
            result.wrong += 1
            result.notes.append(f"wrong pair: {_told(facts[0], pair.last)} | {_told(facts[1], pair.this)}")
        else:
            result.extra += 1
            result.notes.append(f"other pair: {_told(facts[0], pair.last)} | {_told(facts[1], pair.this)}")
    found = len(hit)
    for g, ids in zip(gold.aligned, places(gold, last, this), strict=True):
        result.count("aligned", ids in hit)
        if ids not in hit:
            result.notes.append(f"not aligned: {g['measure']} {g['last_value']} {g['this_value']} {ids}")
    result.right = found
    _claims(gold, this, comparison, result)
    _carried(gold, comparison, result)
    return result


def _claims(gold: PairGold, this: Report, comparison: Comparison, result: Score) -> None:
    """Each claim of the gold: caught when false, verified (or at least not accused) when true."""
    finder = Finder(this)
    verdict = {c.fact: c for c in comparison.claims if c.kind == "growth"}
    failing = set()
    for g in gold.claims:
        at = finder.fact(g["quote"], g["claimed"], g["unit"])
        found = verdict.get(at)
        status = found.status if found else None
        if g["true"]:
            result.count("claims verified", status == "pass")
            if status == "fail":
                result.false_alarms += 1
                result.notes.append(f"false alarm: {g['quote']}: {found.message if found else ''}")
            elif status != "pass":
                result.notes.append(f"claim not verified: {g['quote']}: {found.message if found else at}")
        else:
            result.count("claims caught", status == "fail")
            failing.add(at)
            if status != "fail":
                result.notes.append(f"false claim not caught: {g['quote']}: {found.message if found else at}")
    known = {finder.fact(g["quote"], g["claimed"], g["unit"]) for g in gold.claims}
    for claim in comparison.claims:
        if claim.status == "fail" and claim.fact not in known and not _restated(gold, finder, claim.fact):
            result.false_alarms += 1
            result.notes.append(f"false alarm: {claim.text}: {claim.message}")


def _restated(gold: PairGold, finder: Finder, fact: str | None) -> bool:
    """Whether the gold says that a figure restated from last year is not last year's."""
    wrong = [g for g in gold.carry_over if not g["true"] and "this_quote" in g]
    return any(finder.fact(g["this_quote"], g["this_value"]) == fact for g in wrong)


def _carried(gold: PairGold, comparison: Comparison, result: Score) -> None:
    """Carry-over by its two figures: the gold's wrong ones must fail, and nothing else may."""
    failed = [c for c in comparison.carried if c.status == "fail"]
    failed_bases = [c for c in comparison.claims if c.kind == "base" and c.status == "fail"]
    wrong = [g for g in gold.carry_over if not g["true"]]
    for g in wrong:
        due, told = number(g["expected"]), number(g["this_value"])
        hits = [c for c in failed if c.reported == f"{told:f}" and c.expected == f"{due:f}"]
        hits_bases = [c for c in failed_bases if c.claimed == f"{told:f}" and c.expected == f"{due:f}"]
        result.count("carry-over caught", bool(hits or hits_bases))
        if not hits and not hits_bases:
            result.notes.append(f"carry-over not caught: {g['item']}")
    known = {(f"{number(g['this_value']):f}", f"{number(g['expected']):f}") for g in wrong}
    for c in failed:
        if c.severity != "info" and (c.reported, c.expected) not in known:
            result.false_alarms += 1
            result.notes.append(f"false alarm: {c.message}")


def _forbidden(gold: PairGold, last: Report, this: Report) -> set[tuple[str | None, str | None]]:
    there, here = Finder(last), Finder(this)
    return {
        (there.fact(g["last_quote"], g["last_value"]), here.fact(g["this_quote"], g["this_value"])) for g in gold.do_not_align
    }


def _told(facts: dict[str, Any], name: str) -> str:
    return f"{name} {facts[name].text}（{facts[name].measure}）"


def _unit(unit: str) -> str:
    return _UNITS.get(squeeze(unit), squeeze(unit))
