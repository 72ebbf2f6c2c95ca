"""Final accounts: what the text says against what the tables say of the same account or subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Fact, Relation
from extractor.model.compare import miswritten
from extractor.model.fact import AMOUNT, PERCENTAGE
from extractor.model.slips import rate_slip
from extractor.relations.bases import ties
from extractor.relations.bind import bind
from extractor.relations.cells import Cells
from extractor.relations.ledger import BUDGET, FINAL, Key, Ledger, made

TABLED = "文表"
_BALANCED = ("accounts.overall", "accounts.grant-overall")  # these have checks of their own
_DONE = re.compile(r"完成.{0,6}[%率]|(?:完成|占)(?:年初|全年|调整)?预算|执行率")
_MANY = 3
_LONG = 5  # so many letters of a key (= and a name) tell a subject within a longer name


def tabled(book: Ledger, facts: Sequence[Fact], found: Sequence[Relation], cells: Cells) -> Iterator[Relation]:
    """One ``conflict`` for each figure of a table that the text repeats, or repeats but for a slip of the pen.

    Of one fund the text may say less than a table of all funds: figures of different funds can only confirm each other.
    """
    told = told_of(book, facts) if cells.all else {}
    row_of: dict[tuple[int, int], str] = {}
    wrong: set[str] = set()
    listed: dict[tuple[str | None, int, int], set[str]] = {}
    missed: list[tuple[Fact, Fact]] = []
    for cell in cells.all:
        for key in cells.keys.get(cell.id, ()):
            fact = _repeated(told, key, cell)
            if fact is None or cell.cell is None:
                missed.extend((f, cell) for f in _miswritten(told, key, cell))
                continue
            if key.stage == FINAL:
                row_of.setdefault(cell.cell[:2], fact.id)
            if fact.interval.meets(cell.interval):
                again = (f for f in told.get(key, ()) if f is not fact and f.interval.meets(cell.interval))
                for each in (fact, *again):
                    listed.setdefault(_place(each, cell), set()).add(each.id)
                    yield bind("conflict", TABLED, each, cell)
            elif fact.id not in wrong:  # one finding for one wrong figure
                wrong.add(fact.id)
                yield bind("conflict", TABLED, fact, cell)
            break
    for fact, cell in missed:  # where a section tells the rows of a column one by one, it tells that one too
        if len(listed.get(_place(fact, cell), ())) >= _MANY and fact.id not in wrong:
            wrong.add(fact.id)
            yield bind("conflict", TABLED, fact, cell)
    said = {f.id: f for f in facts}
    rates = {r.parts[0]: said[r.whole] for r in found if r.type == "rate" and len(r.parts) == 2}
    for cell in cells.all:
        row = row_of.get(cell.cell[:2]) if cell.cell and cell.kind == PERCENTAGE else None
        rate = rates.get(row or "")
        if rate is not None and _DONE.search(cells.column(cell)) and rate.interval.meets(cell.interval):
            yield bind("conflict", TABLED, rate, cell)


def _place(fact: Fact, cell: Fact) -> tuple[str | None, int, int]:
    """The section that a figure stands in, and the column of a cell."""
    assert cell.cell is not None
    return fact.section, cell.cell[0], cell.cell[2]


def _miswritten(told: dict[Key, list[Fact]], key: Key, cell: Fact) -> list[Fact]:
    """The one figure that the text tells of a subject, of whatever fund, where it is the cell's but for a slip of the pen."""
    named = [f for k, fs in told.items() if k[1:] == key[1:] for f in fs] if key.account.startswith("=") else []
    return named if len(named) == 1 and miswritten(named[0].value, cell.value) else []


def executed(book: Ledger, facts: Sequence[Fact], found: Sequence[Relation], cells: Cells) -> Iterator[Relation]:
    """The share of a budget that was spent, where the expenditure or the budget stands elsewhere, in the text or in a table:
    年初预算76万元，完成预算的106%; “三公”经费支出25.45万元，为预算的86.27%."""
    told = told_of(book, facts)
    key_of = {f.id: k for k, figures in told.items() for f in figures}
    bound = {r.whole for r in found if r.type == "rate"}
    stated: Fact | None = None
    for fact in book.facts:
        own = key_of.get(fact.id)
        stated = fact if own is not None else stated
        rate = fact.kind == PERCENTAGE and fact.direction is None and fact.id not in bound and _DONE.search(fact.measure)
        if not rate or stated is None or fact.sentence != stated.sentence:
            continue
        key = key_of[stated.id]
        if key.stage == BUDGET:
            others = told.get(key._replace(stage=FINAL), ())
            pairs = [(f, stated) for f in {f.value: f for f in others}.values()]
        else:
            budget = key._replace(stage=BUDGET)
            planned = (*told.get(budget, ()), *cells.by_key.get(budget, ()))
            pairs = [(stated, f) for f in {f.value: f for f in planned}.values() if f.value]
        tied = next((p for p in pairs if ties(fact, *p)), None)
        if tied is None and len(pairs) == 1 and rate_slip(fact, *pairs[0]):
            tied = pairs[0]
        if tied is not None:
            yield bind("rate", TABLED, fact, tied[0], tied[1])


def made_in_tables(book: Ledger, cells: Cells) -> Iterator[Relation]:
    """The accounts of one table that make another one there, each told once (公务用车购置费 and 运行维护费)."""
    tables: dict[int, dict[Key, list[Fact]]] = {}
    for cell in cells.all:
        for key in cells.keys.get(cell.id, ()) if cell.cell is not None else ():
            if cell.cell is not None and cell.dimension.get("form") not in _BALANCED and not key.account.startswith("="):
                tables.setdefault(cell.cell[0], {}).setdefault(key, []).append(cell)
    for figures in tables.values():
        once = {key: found for key, found in figures.items() if len(found) == 1}
        for key in once:
            yield from made(book, lambda k, once=once: once.get(k, []), key)  # type: ignore[misc]


def told_of(book: Ledger, facts: Sequence[Fact]) -> dict[Key, list[Fact]]:
    """The amounts of the text by account, or by their own name where they are of no account."""
    told: dict[Key, list[Fact]] = {k: list(fs) for k, fs in book.figures.items()}
    for fact in facts:
        plain = fact.kind == AMOUNT and fact.status == "actual" and not (fact.direction or fact.cell or fact.approx or fact.per)
        if plain and book.key(fact) is None:
            for name, budget in book.subjects(fact):
                key = Key(book.above(fact.section), f"={name}", BUDGET if budget else FINAL)
                told.setdefault(key, []).append(fact)
    return told


def _repeated(told: dict[Key, list[Fact]], key: Key, cell: Fact) -> Fact | None:
    """The figure of the text that says what a cell says, or should."""
    own = told.get(key, [])
    if not own and key.account.startswith("=") and len(key.account) >= _LONG:
        named = [k for k in told if k[::2] == key[::2] and k.account.endswith(key.account[1:]) and k.account[0] == "="]
        own = told[named[0]] if len(named) == 1 else []
    others = own or [f for k, fs in told.items() if k[1:] == key[1:] for f in fs]
    equal = next((f for f in others if f.interval.meets(cell.interval)), None)
    one = equal is None and len({f.value for f in own}) == 1
    return own[0] if one and (key.account.endswith("grand") or miswritten(own[0].value, cell.value)) else equal
