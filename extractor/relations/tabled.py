"""Final accounts: what the text says against what the tables say of the same account or subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Fact, Outline, Relation
from extractor.model.compare import miswritten
from extractor.model.fact import AMOUNT, PERCENTAGE
from extractor.model.report import TableInfo
from extractor.model.slips import rate_slip
from extractor.relations.bases import ties
from extractor.relations.ledger import BUDGET, FINAL, Key, Ledger
from extractor.text.normalize import tight

TABLED = "文表"
_FUND = {"grant-overall": "财政", "general": "一般", "basic": "一般", "fund": "政府", "state-capital": "国有"}
_GRAND = ("overall", "grant-overall")
_BUDGET = re.compile(r"(?:年初|全年|调整)?预算(?!财政拨款)数?$")
_STAGE = re.compile(r"(?:年初|全年|调整)?(?:预算|决算)数?$")
_DONE = re.compile(r"完成.{0,6}[%率]|完成(?:年初)?预算|执行率")
_TOTAL = re.compile(r"(?:收入|支出)?(?:合计|总计|小计)?|all")
_SUBJECT = re.compile(r"(?!其[他它余中]$)[\u4e00-\u9fff（）]{2,}")
_LONG = 5  # so many letters of a key (= and a name) tell a subject within a longer name


def tabled(book: Ledger, facts: Sequence[Fact], found: Sequence[Relation], outline: Outline) -> Iterator[Relation]:
    """One ``conflict`` for each figure of a table that the text repeats, or repeats but for a slip of the pen.

    Of one fund the text may say less than a table of all funds: figures of different funds can only confirm each other.
    """
    cells = [f for f in facts if f.cell is not None and not f.dimension.get("form", "").startswith("disclosure")]
    told = told_of(book, facts) if cells else {}
    row_of: dict[tuple[int, int], str] = {}
    wrong: set[str] = set()
    for cell in cells:
        for key in keys_of(book, cell, outline) if cell.kind == AMOUNT else ():
            fact = _repeated(told, key, cell)
            if fact is None or cell.cell is None:
                continue
            if key.stage == FINAL:
                row_of.setdefault(cell.cell[:2], fact.id)
            if fact.interval.meets(cell.interval) or fact.id not in wrong:  # one finding for one wrong figure
                wrong.update(() if fact.interval.meets(cell.interval) else (fact.id,))
                yield Relation(id="", type="conflict", whole=fact.id, parts=(cell.id,), basis=TABLED)
            break
    said = {f.id: f for f in facts}
    rates = {r.parts[0]: said[r.whole] for r in found if r.type == "rate" and len(r.parts) == 2}
    for cell in cells:
        row = row_of.get(cell.cell[:2]) if cell.cell and cell.kind == PERCENTAGE else None
        rate = rates.get(row or "")
        if rate is not None and _DONE.search(_column(cell, outline)) and rate.interval.meets(cell.interval):
            yield Relation(id="", type="conflict", whole=rate.id, parts=(cell.id,), basis=TABLED)


def executed(book: Ledger, facts: Sequence[Fact], found: Sequence[Relation]) -> Iterator[Relation]:
    """The share of a budget that was spent, the expenditure standing elsewhere: 年初预算76万元，完成预算的106%."""
    told = told_of(book, facts)
    key_of = {f.id: k for k, figures in told.items() for f in figures}
    bound = {r.whole for r in found if r.type == "rate"}
    budget: Fact | None = None
    for fact in book.facts:
        own = key_of.get(fact.id)
        if own is not None:
            budget = fact if own.stage == BUDGET else None
        rate = fact.kind == PERCENTAGE and fact.direction is None and fact.id not in bound and _DONE.search(fact.measure)
        if not rate or budget is None or fact.sentence != budget.sentence:
            continue
        finals = {f.value: f for f in told.get(key_of[budget.id]._replace(stage=FINAL), ())}
        spent = next((f for f in finals.values() if ties(fact, f, budget)), None)
        if spent is None and len(finals) == 1 and rate_slip(fact, next(iter(finals.values())), budget):
            spent = next(iter(finals.values()))
        if spent is not None:
            yield Relation(id="", type="rate", whole=fact.id, parts=(spent.id, budget.id), basis=TABLED)


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


def keys_of(book: Ledger, cell: Fact, outline: Outline) -> Iterator[Key]:
    """The accounts or the subject that a cell states, with fund and stage."""
    assert cell.cell is not None
    table, form = outline.tables[cell.cell[0]], cell.dimension.get("form", "").removeprefix("accounts.")
    row = cell.dimension.get("row") or _label(table, cell)
    column = _column(cell, outline)
    stage = BUDGET if _BUDGET.search(column) else FINAL
    column = _STAGE.sub("", column)
    fund = _FUND.get(form) or ("" if form else book.above(table.section))
    if row == "grand":
        sides = ("grand", "income.grand" if "收入" in cell.measure else "expenditure.grand")
        yield from (Key(fund, side, stage) for side in sides if form in _GRAND and not book.fund(column))
    elif _TOTAL.fullmatch(row):
        name = "" if _TOTAL.fullmatch(column) else column
        for title in (name,) if name else (_titled(table.lead), _titled(table.title)):
            if (found := book.named(title)) is not None:
                yield _key(found[0] or fund, found[1].id, stage, book)
                return
    elif _TOTAL.fullmatch(column) or book.fund(column):
        fund = book.fund(column) or fund
        if row in book.accounts:
            yield _key(fund, row, stage, book)
        elif (found := book.named(row)) is not None:
            yield _key(found[0] or fund, found[1].id, stage, book)
        elif form != "income" and _SUBJECT.fullmatch(row):
            yield Key(fund, "=" + row.removesuffix("支出"), stage)


def _key(fund: str, account: str, stage: str, book: Ledger) -> Key:
    return Key(fund if book.accounts[account].funded else "", account, stage)


def _titled(title: str) -> str:
    """What a table is of, by its title (一般公共预算财政拨款支出决算表)."""
    return re.sub("决算.*$", "", tight(title))


def _label(table: TableInfo, cell: Fact) -> str:
    assert cell.cell is not None
    row = table.rows[cell.cell[1]]
    return next((tight(c) for c in row[: cell.cell[2]] if re.search("[\u4e00-\u9fff]", c)), "")


def _column(cell: Fact, outline: Outline) -> str:
    """The header of a cell's column, as the form or the table itself has it."""
    if "column" in cell.dimension or cell.cell is None:
        return cell.dimension.get("column", "")
    table = outline.tables[cell.cell[0]]
    return "".join(tight(r[cell.cell[2]]) for r in table.rows[: table.header_rows] if len(r) > cell.cell[2])
