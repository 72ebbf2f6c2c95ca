"""Figures of a sentence that speaks of a table by its number: 表4所列项目合计安排预算269万元，实际执行263.79万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Fact, Outline, Relation
from extractor.model.compare import miswritten
from extractor.relations.bind import bind
from extractor.relations.figures import kin
from extractor.relations.places import Places
from extractor.relations.tabled import TABLED
from extractor.relations.words import longest_run
from extractor.text.normalize import cell_texts, fold
from extractor.text.ordinals import ordinal
from extractor.text.tablelayout import Layout, plain_label

_NUMBER = r"表 ?(\d{1,2}|[一二三四五六七八九十]{1,3})"
_TITLE = re.compile(rf"(?:公开|附)?{_NUMBER}(?![\d、.-])")
_SPOKEN = re.compile(rf"{_NUMBER}(?:所列|所示|列示|显示|反映|汇总|中|可以?看出|可见|的|，)")
_LEAST = 2  # letters that a column's heading and the words of a figure share


def referred(places: Places, facts: Sequence[Fact], outline: Outline) -> Iterator[Relation]:
    """One ``conflict`` for each figure behind the number of a table that one of its totals states, or a row that is named.

    Where the values differ, only if the heading of the column is told too and one slip of the pen explains it.
    """
    tables = {ordinal(m[1]): i for i, t in enumerate(outline.tables) if (m := _TITLE.match(fold(t.title)))}
    spoken: dict[tuple[int, int], int] = {}
    layouts: dict[int, Layout] = {}
    for fact in places.facts if tables else ():
        spot = places.spot(fact)
        begun = spot.flow.rfind("。", 0, spot.start) + 1
        if (spot.paragraph, begun) not in spoken:
            named = _SPOKEN.search(spot.flow, begun, spot.start)
            spoken[spot.paragraph, begun] = tables.get(ordinal(named[1]), -1) if named else -1
        number = spoken[spot.paragraph, begun]
        if number < 0 or fact.approx or fact.direction is not None:
            continue
        if number not in layouts:
            layouts[number] = Layout(list(map(cell_texts, outline.tables[number].rows)))
        cell = _cell(fact, places.ahead(fact) + fact.measure, facts, number, layouts[number])
        if cell is not None:
            yield bind("conflict", TABLED, fact, cell)


def _cell(fact: Fact, words: str, facts: Sequence[Fact], number: int, layout: Layout) -> Fact | None:
    """The cell of a table that a figure states."""
    like = [f for f in facts if f.cell is not None and f.cell[0] == number and f.kind == fact.kind and kin(f) == kin(fact)]
    named = []
    for cell in like:
        assert cell.cell is not None
        row = plain_label(layout.label(*cell.cell[1:])[0])
        if row and row in words:
            named.append(cell)
    rows = named or [f for f in like if "行" in f.dimension.get("total", "")]
    told = [f for f in rows if f.cell and len(longest_run(layout.column(*f.cell[1:]), words)) >= _LEAST]
    equal = [f for f in told or rows if f.interval.meets(fact.interval)]
    if equal:
        return equal[0]
    return told[0] if len(told) == 1 and miswritten(fact.value, told[0].value) else None
