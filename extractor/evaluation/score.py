"""One report against its gold file: facts, measures, periods, indicators, checks, headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.evaluation.gold import Gold, Locator, number, squeeze
from extractor.model import Check, Fact, Report
from extractor.model.check import FAIL, PASS

_SCORED = {"count", "percentage", "points", "amount", "quantity", "frequency", "multiple"}
_ARITHMETIC = {"sum", "rate", "growth", "conflict", "bound"}
_ENOUGH = 0.6


@dataclass
class Score:
    """Counts of hits and totals; ``notes`` names each miss for the reader. ``pairs[x]`` is ``[right, of]``."""

    name: str
    gold: int = 0
    right: int = 0
    wrong: int = 0
    extra: int = 0
    false_alarms: int = 0
    headings: tuple[int, int, int] = (0, 0, 0)
    pairs: dict[str, list[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right facts of all that were extracted."""
        found = self.right + self.wrong + self.extra
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Right facts of all required ones."""
        return self.right / self.gold if self.gold else 1.0

    def share(self, name: str) -> float | None:
        """The share of one field, None when nothing was to be judged."""
        right, of = self.pairs.get(name, [0, 0])
        return right / of if of else None

    def count(self, name: str, good: bool) -> None:
        """Add one judgement to a field."""
        pair = self.pairs.setdefault(name, [0, 0])
        pair[0] += good
        pair[1] += 1


def score(gold: Gold, report: Report) -> Score:
    """Judge one report. A fact is right when value, unit and kind agree at the gold number's place."""
    result = Score(gold.doc)
    locator = Locator(report.text)
    places = {name: at for name, fact in gold.facts.items() if (at := locator.find(fact)) is not None}
    spans = {f.id: locator.span(*f.span) for f in report.facts}
    matched = _facts(gold, report, places, spans, result)
    for name, fact in gold.facts.items():
        required = not fact.get("optional") and name in places
        if required and fact["kind"] in _SCORED:
            result.gold += 1
            if name not in matched:
                result.notes.append(f"missed: {fact['num']} in {fact['quote']}")
        if required and fact["kind"] == "nil":
            nils = [spans[f.id] for f in report.facts if f.kind == "nil"]
            result.count("nil", any(_overlap(places[name], s) for s in nils))
    for name, found in matched.items():
        _fields(gold.facts[name], found, result)
    _checks(gold, report, places, spans, result)
    wanted = {(s["level"], _title(s["title"])) for s in gold.sections}
    got = {(s.level, _title(s.title)) for s in report.sections if _title(s.title) not in gold.optional_titles}
    result.headings = (len(wanted & got), len(wanted), len(got))
    for key, value in gold.report.items():
        result.count("identity", getattr(report.report, key) == value)
    return result


def _facts(
    gold: Gold, report: Report, places: dict[str, tuple[int, int]], spans: dict[str, tuple[int, int]], result: Score
) -> dict[str, Fact]:
    matched: dict[str, Fact] = {}
    for fact in report.facts:
        if fact.kind not in _SCORED or (fact.cell is not None and not gold.cells):
            continue
        over = [n for n, at in places.items() if _overlap(at, spans[fact.id])]
        if not over:
            result.extra += 1
            result.notes.append(f"extra: {fact.text} ({fact.measure})")
            continue
        name = next((n for n in over if number(gold.facts[n]["value"]) == fact.value), over[0])
        wanted = gold.facts[name]
        if wanted.get("optional") or wanted["kind"] not in _SCORED:
            continue
        unit = squeeze(wanted["unit"]).replace("个百分点", "百分点") == squeeze(fact.unit).replace("个百分点", "百分点")
        if unit and number(wanted["value"]) == fact.value and wanted["kind"] == fact.kind and name not in matched:
            matched[name] = fact
            result.right += 1
        else:
            result.wrong += 1
            result.notes.append(f"wrong: {wanted['quote']}: {fact.value} {fact.unit} ({fact.kind})")
    return matched


def _fields(wanted: dict[str, Any], fact: Fact, result: Score) -> None:
    if wanted.get("measure"):
        words = squeeze(fact.measure)
        good = 0 < len(words) <= 30 and not any(c in words for c in ",，。；;") and squeeze(wanted["num"]) not in words
        words += " " + squeeze(" ".join(fact.dimension.values()))
        good = good and all(squeeze(k) in words for k in wanted["measure"])
        good = good and not any(squeeze(k) in words for k in wanted.get("avoid", []))
        result.count("measure", good)
        if not good:
            result.notes.append(f"measure: {wanted['quote']}: {fact.measure}, not {wanted['measure']}")
    for name, value in (("year", fact.period.year), ("status", fact.status)):
        if wanted.get(name) is not None:
            result.count(name, wanted[name] == value)
            if wanted[name] != value:
                result.notes.append(f"{name}: {wanted['quote']}: {value}, not {wanted[name]}")
    result.count("approx", (wanted.get("approx") or None) == fact.approx)
    if "indicator" in wanted:
        _indicator(wanted, fact, result)


def _indicator(wanted: dict[str, Any], fact: Fact, result: Score) -> None:
    names = wanted["indicator"] if isinstance(wanted["indicator"], list) else [wanted["indicator"]]
    if any(names):
        result.count("indicator assigned", fact.indicator is not None)
    if fact.indicator is not None:
        good = fact.indicator in names
        result.count("indicator right", good)
        if not good:
            result.notes.append(f"indicator: {wanted['quote']}: {fact.indicator}, not {names}")


def _checks(
    gold: Gold, report: Report, places: dict[str, tuple[int, int]], spans: dict[str, tuple[int, int]], result: Score
) -> None:
    def spoken(check: Check) -> set[str]:
        return {n for f in check.facts for n, at in places.items() if _overlap(at, spans[f])}

    mine = [(c, spoken(c)) for c in report.checks if c.type in _ARITHMETIC]
    required = [c for c in gold.checks if not c.get("optional") and set(c["facts"]) <= places.keys()]
    excused = [c for c in gold.checks if c.get("optional")]
    for check in required:
        hit = any(c.status == check["status"] and _same(check, names) for c, names in mine)
        result.count("verified" if check["status"] == PASS else "caught", hit)
        if not hit:
            numbers = "、".join(gold.facts[f]["num"] for f in check["facts"])
            result.notes.append(f"{'unverified' if check['status'] == PASS else 'uncaught'}: {check['type']} {numbers}")
    failing = [c for c in required if c["status"] == FAIL]
    wrong = _wrong_cells(gold, report)
    for place, cells in wrong.items():
        hit = any(c.status == FAIL and not cells.isdisjoint(c.facts) for c, _ in mine)
        result.count("table errors caught", hit)
        if not hit:
            result.notes.append(f"uncaught: table {place[0]}, row {place[1]}, column {place[2]}")
    in_tables = set().union(*wrong.values())
    for mine_check, names in mine:
        known = any(_same(c, names) or (c["status"] == FAIL and c["key"] in names) for c in [*failing, *excused])
        if mine_check.status == FAIL and not known and in_tables.isdisjoint(mine_check.facts):
            result.false_alarms += 1
            result.notes.append(f"false alarm: {mine_check.message}")


def _wrong_cells(gold: Gold, report: Report) -> dict[tuple[int, int, int], set[str]]:
    """The facts of the cells at which identities of tables fail, by the place of each in the gold file.

    A row is known by its label and its figures: a table of the gold file may be several here, a merged cell one column.
    """
    there = {f.cell: f.id for f in report.facts if f.cell is not None} if gold.wrong_cells else {}
    signs = {name: _sign(report.tables[t].rows[r], c) for (t, r, c), name in there.items()}
    found: dict[tuple[int, int, int], set[str]] = {}
    for place, row in sorted(gold.wrong_cells.items()):
        wanted = _sign(row, place[2])
        found[place] = {name for name, sign in signs.items() if sign == wanted}
    return found


def _sign(row: Sequence[str], column: int) -> tuple[tuple[str, ...], ...]:
    """The label of a row with its figures before a cell, and those from the cell on."""
    texts = [squeeze(t) for t in row]
    label = next((k for k in range(column - 1, -1, -1) if texts[k] and not texts[k][-1].isdigit()), 0)
    return tuple(t for t in texts[label:column] if t), tuple(t for t in texts[column:] if t)


def _same(check: dict[str, Any], names: set[str]) -> bool:
    wanted = set(check["facts"])
    return check["key"] in names and len(wanted & names) / len(wanted | names) >= _ENOUGH


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _title(text: str) -> str:
    return squeeze(text).strip("。.:：")


def summed(scores: Iterable[Score]) -> Score:
    """All scores as one."""
    whole = Score("")
    for one in scores:
        for name in ("gold", "right", "wrong", "extra", "false_alarms"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        for name, (right, of) in one.pairs.items():
            pair = whole.pairs.setdefault(name, [0, 0])
            pair[0] += right
            pair[1] += of
        hit, wanted, got = (a + b for a, b in zip(whole.headings, one.headings, strict=True))
        whole.headings = (hit, wanted, got)
    return whole
