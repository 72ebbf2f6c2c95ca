"""Tables that are no statutory form: rates of their rows, and the text that repeats their figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

from extractor.model import Fact, Outline, Relation, Span
from extractor.model.compare import miswritten
from extractor.model.fact import PERCENTAGE
from extractor.relations.bases import ties
from extractor.relations.bind import bind
from extractor.relations.figures import LEVELS, kin, level
from extractor.relations.places import Places
from extractor.relations.tabled import TABLED
from extractor.relations.words import alike, in_order, longest_run
from extractor.text.normalize import cell_texts, fold
from extractor.text.tablelayout import Layout, plain_label

IN_ROW, IN_COLUMN = "表内率", "表内占比"
_NO_RATE = re.compile(r"完成|预算|[增升降减]|同比|比上年|环比")
_SHARE = re.compile(r"占比|比重|比例|占.*[%的]")
_TOTAL = re.compile(r"合计|总计|小计|共计|总数")
_BARE = re.compile(r"[场人件批户份]?次?数?量?|数量|总量|总数|受众|金额")
_TITLE = re.compile(
    r"^(?:附?表 ?[\d一二三四五六七八九十]*)|(?:20\d\d年度?)|情况|分类|分布|统计|汇总|一览|表$|[，。：；（）“”\s]"
)
# What is counted of a part of the matter, or of a part of the year, is not the table's figure.
_SUBSET = re.compile(r"级|所|室|庭|中心|会|村|社区|半年|季度|月|截至|期间|其中|部分|重点|疑难|新增|等|专项|另")
_STEM = re.compile("(?:率|占比|比例|比重)$")
_LEAST, _MOST_ROWS, _CERTAIN = 10, 200, 100
_ROWS, _LONG = 3, 4

Column = dict[int, Fact]


def row_rates(facts: Sequence[Fact]) -> Iterator[Relation]:
    """One ``rate`` for each rate of a table: of two columns of its row, or of its column's total.

    The table itself says which: the columns that explain all its rates but at most one, and two at least.
    """
    for columns in _columns(facts):
        for rates in columns.values():
            of_rate = [f for f in rates.values() if f.kind == PERCENTAGE and f.value != _CERTAIN]
            if len(of_rate) < 2 or _NO_RATE.search(of_rate[0].measure):
                continue
            levels = [c for c in columns.values() if c is not rates and all(f.kind in LEVELS for f in c.values())]
            explained = _explained(rates, levels)
            if explained is not None:
                basis, found = explained
                yield from (bind("rate", basis, s, p, w) for s, p, w in found)


def row_sums(facts: Sequence[Fact]) -> Iterator[Relation]:
    """One ``sum`` for each row of a table whose first of three columns is made of the two others (受理、调解成功、未成功).

    The rows themselves say so: all of them but at most one, and three at least with both parts above zero.
    """
    for columns in _columns(facts):
        levels = [column for _, column in sorted(columns.items()) if all(f.kind in LEVELS for f in column.values())]
        for whole, first, second in combinations(levels, 3):
            rows = [r for r in whole if r in first and r in second and kin(whole[r]) == kin(first[r]) == kin(second[r])]
            tied = [r for r in rows if whole[r].value == first[r].value + second[r].value]
            telling = sum(bool(first[r].value and second[r].value) for r in tied)
            if telling >= _ROWS and len(tied) >= len(rows) - 1:
                for r in rows:
                    yield bind("sum", "表内和", whole[r], first[r], second[r], closed=True)


def repeated(places: Places, facts: Sequence[Fact], known: Sequence[Relation]) -> Iterator[Relation]:
    """One ``conflict`` for each cell whose figure the section's text states again; the values agree, so it only confirms.

    A sentence that tells two cells of a column rightly and names the row of a third, tells that one by a slip of the pen.
    """
    cells = [f for f in facts if f.cell is not None and "form" not in f.dimension and f.value != _CERTAIN]
    rightly: dict[tuple[Span, int, int], list[Fact]] = {}
    told = {p for r in known if r.basis == TABLED for p in r.parts}
    text: dict[tuple[str, str, Decimal, str | None, str], list[Fact]] = {}
    for fact in places.facts if cells else ():
        if fact.direction is None and fact.status != "planned" and not fact.approx and fact.value:
            text.setdefault((fact.kind, kin(fact), fact.value, fact.section, fact.status), []).append(fact)
    for cell in cells if text else ():
        if cell.cell is None or cell.id in told:
            continue
        name = _TOTAL.sub("", cell.measure)
        for fact in text.get((cell.kind, kin(cell), cell.value, cell.section, cell.status), ()):
            run = longest_run(name, fact.measure + places.ahead(fact))
            if len(run) >= _LONG or (cell.value >= _LEAST and len(run) >= 2) or (name and name in fact.measure):
                rightly.setdefault((fact.sentence, cell.cell[0], cell.cell[2]), []).append(fact)
                yield bind("conflict", TABLED, fact, cell)
                break
    for (sentence, number, column), right in rightly.items():
        if len({f.id for f in right}) >= 2:
            column_cells = [f for f in facts if f.cell is not None and (f.cell[0], f.cell[2]) == (number, column)]
            others = [f for f in places.facts if f.sentence == sentence and level(f) and kin(f) == kin(right[0])]
            yield from _beside([f for f in others if f not in right], column_cells, places)


def _beside(told: list[Fact], cells: list[Fact], places: Places) -> Iterator[Relation]:
    """The cells of one column whose rows figures of the text name, and state too, or but for a slip of the pen."""
    for fact in told:
        words = fact.measure + places.ahead(fact)
        named = [c for c in cells if c.value == fact.value and len(longest_run(c.measure, words)) >= 2]
        named = named or [c for c in cells if len(longest_run(c.measure, words)) >= _LONG]
        if len(named) == 1 and (named[0].value == fact.value or _slipped(fact, named[0], places)):
            yield bind("conflict", TABLED, fact, named[0])


def _columns(facts: Iterable[Fact]) -> Iterator[dict[int, Column]]:
    """The figures of each table that has no closed form, by column and row."""
    tables: dict[int, dict[int, Column]] = {}
    for fact in facts:
        if fact.cell is not None and not fact.dimension.get("form", "").startswith("disclosure"):
            number, r, c = fact.cell
            tables.setdefault(number, {}).setdefault(c, {})[r] = fact
    yield from tables.values()


def _explained(rates: Column, levels: list[Column]) -> tuple[str, list[tuple[Fact, Fact, Fact]]] | None:
    """What each rate of a column is the rate of, as (rate, part, whole), and how that is told."""
    stem = _STEM.sub("", next(iter(rates.values())).measure)[-2:]
    named = sorted(levels, key=lambda c: stem not in next(iter(c.values())).measure)
    for part, whole in permutations(named, 2):
        rows = [r for r in rates if r in part and r in whole and kin(part[r]) == kin(whole[r]) and whole[r].value]
        found = [(rates[r], part[r], whole[r]) for r in rows]
        if _believed(found):
            return IN_ROW, found
    for part in levels if _SHARE.search(next(iter(rates.values())).measure) else ():
        totals = [r for r, f in part.items() if "行" in f.dimension.get("total", "")]
        if len(totals) == 1 and part[totals[0]].value:
            found = [(rates[r], part[r], part[totals[0]]) for r in rates if r in part and r != totals[0]]
            if _believed(found):
                return IN_COLUMN, found
    return None


def _believed(found: list[tuple[Fact, Fact, Fact]]) -> bool:
    tied = [f for f in found if ties(*f)]
    telling = sum(rate.value != _CERTAIN for rate, _, _ in tied)
    return telling >= 2 and len(tied) >= len(found) - 1


def retold(places: Places, facts: Sequence[Fact], outline: Outline) -> Iterator[Relation]:
    """One ``conflict`` for each cell whose figure the text states again, or states but for a slip of the pen.

    Words of the table's title, of its row and of its column bind the two; unequal figures are bound only where the text
    names row and column and no other figure of the text is so named.
    """
    cells = [f for f in facts if f.cell is not None and "form" not in f.dimension and f.kind in LEVELS and f.value >= _LEAST]
    layouts: dict[int, Layout] = {}
    for cell in cells if len(cells) <= _MOST_ROWS else ():
        same = [f for f in places.by_kin.get((cell.kind, kin(cell)), ()) if f.value >= _LEAST]
        if cell.cell is None or not same:
            continue
        number, r, c = cell.cell
        table = outline.tables[number]
        if number not in layouts:
            layouts[number] = Layout(list(map(cell_texts, table.rows)))
        row, column = plain_label(layouts[number].label(r, c)[0]), _TOTAL.sub("", layouts[number].column(r, c))
        row = "" if _TOTAL.search(row) else row
        title = _TITLE.sub("", fold(table.title))
        names = [n for n in (row, column) if n and not _BARE.fullmatch(n)]
        bound = [f for f in same if _bound(f, places, names, title)]
        repeated = next((f for f in bound if f.interval.meets(cell.interval) and not f.approx), None)
        if repeated is None and names and len({f.value for f in bound}) == 1 and _slipped(bound[0], cell, places):
            repeated = bound[0]
        if repeated is not None:
            yield bind("conflict", TABLED, repeated, cell)


def _slipped(fact: Fact, cell: Fact, places: Places) -> bool:
    """Whether a figure is the table's but for a slip of the pen."""
    own = fact.part_of is None and not fact.approx and not _SUBSET.search(places.ahead(fact))
    return own and miswritten(fact.value, cell.value)


def _bound(fact: Fact, places: Places, names: list[str], title: str) -> bool:
    """Whether a figure of the text is of the matter of a table, and counts what row and column of a cell name."""
    words = places.ahead(fact) + fact.measure
    return alike(title, words) and all(in_order(n, fact.measure) or n in words for n in names)
