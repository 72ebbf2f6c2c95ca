"""Final accounts: changes of an account held against last year's figure or the budget, told in another sentence or in a table.

收支总计各增220万元，增长9%。上年总计为2464万元; 决算287.64万元。较年初预算少支22.36万元, the budget standing in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from extractor.model import Fact, Relation
from extractor.model.fact import AMOUNT, PERCENTAGE
from extractor.model.slips import change_slip
from extractor.relations.bind import bind
from extractor.relations.cells import Cells
from extractor.relations.growth import change_ties
from extractor.relations.ledger import BUDGET, FINAL, PRIOR, Ledger
from extractor.relations.places import Places
from extractor.relations.tabled import told_of

COMPARED, BUDGETED = "比上年", "比预算"
_DIFFERENCE = re.compile(r"(?:差异|偏差|偏离|变动|增减)(?:率|幅度)")
_BASE = re.compile(r"预算|[上去前]年|上一年|20\d\d年|同期")
_CLAUSE, _YEAR = re.compile("[；。]"), re.compile(r"(20\d\d)年")


def changed(book: Ledger, facts: Sequence[Fact], found: Sequence[Relation], cells: Cells, places: Places) -> Iterator[Relation]:
    """One ``growth`` for each change of an account whose base stands elsewhere, if it ties up or would but for one slip."""
    changes = [f for f in book.facts if f.direction is not None and f.kind in (AMOUNT, PERCENTAGE)]
    bound = {r.whole for r in found if r.type == "growth" and r.basis == COMPARED}
    told = told_of(book, facts) if changes else {}
    key_of = {f.id: k for k, figures in told.items() for f in figures}
    said = {f.id: f for f in book.facts}
    for change in changes:
        if change.id in bound:
            continue
        this = said.get(change.change_of or "")
        own = key_of.get(this.id) if this is not None else book.of_change(change)
        if own is None or own.stage != FINAL:
            continue
        words = _CLAUSE.split(places.before(change))[-1]
        # 完成预算的88%，比上年减少1.39万元; 比上年预算数减少: the last word before the change tells what it is held against
        base = own._replace(stage=BUDGET if _BASE.findall(words)[-1:] == ["预算"] else PRIOR)
        lasts = [f for f in (*told.get(base, ()), *cells.by_key.get(base, ())) if f.value > 0]
        if base.stage == PRIOR and (year := _YEAR.search(words)) is not None:
            lasts = [f for f in lasts if f.period.year == int(year[1])]
        ends = list(product([this] if this is not None else book.told(own), _one_each(lasts)))
        tied = next((p for p in ends if change_ties(change, *p)), None)
        if tied is None and len(ends) == 1 and change_slip(change, *ends[0]):
            tied = ends[0]
        if tied is not None:
            yield bind("growth", COMPARED if base.stage == PRIOR else BUDGETED, change, tied[0], tied[1])


def differing(book: Ledger, places: Places) -> Iterator[Relation]:
    """预算数412万元，决算数430万元，预决算差异率4.24%: what was spent differs by as much from the budget told beside it."""
    for budget, final, rate in zip(book.facts, book.facts[1:], book.facts[2:], strict=False):
        if rate.kind != PERCENTAGE or rate.direction is not None or not _DIFFERENCE.search(places.ahead(rate)):
            continue
        this, last = (final, budget) if "预算" in budget.measure else (budget, final)
        amounts = this.kind == last.kind == AMOUNT and this.sentence == last.sentence == rate.sentence and last.value > 0
        if amounts and (change_ties(rate, this, last) or change_slip(rate, this, last)):
            yield bind("growth", BUDGETED, rate, this, last)


def _one_each(figures: Sequence[Fact]) -> list[Fact]:
    """Figures, one of each value, the first."""
    return list({f.value: f for f in reversed(figures)}.values())[::-1]
