"""Final accounts (部门决算) and other tables of figures: totals of rows, codes and their subdivisions, the balance of
income and expenditure, the share of the budget that was spent, and the text against the table.

Blank cells are no zeros: where one is blank, a sum that does not tie up without it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.equation import Equation, sum_needed
from extractor.checks.frame import Frame, shown
from extractor.checks.rates import decimals
from extractor.checks.sums import adds_up
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS
from extractor.model.compare import EXACT, NO, ROUNDED, Outcome, rounded, slack
from extractor.model.number import ZERO, total
from extractor.model.slips import sum_slip
from extractor.text.normalize import tight

Cells = list[Fact]
_LEVELS = ("amount", "count", "quantity")
_SIDES = (("income", "surplus-used", "carried-in"), ("expenditure", "surplus-shared", "carried-out"))
_DONE, _ACTUAL, _BUDGET = re.compile(r"完成.{0,6}[%率]|完成预算|完成年初预算"), re.compile("决算数?"), re.compile("预算数?")
_HUNDRED = Decimal(100)
_FEW = 3


def check(frame: Frame) -> Iterator[Check]:
    """The identities of every table of figures that is no disclosure form."""
    for cells in _tables(frame):
        form = cells[0].dimension.get("form", "")
        if form in ("accounts.overall", "accounts.grant-overall"):
            yield from _balance(frame, cells)
        if form == "accounts.overall":
            yield from _sides(frame, cells)
        if form.startswith("accounts."):
            yield from _classes(frame, cells)
            yield from _across(frame, cells)
        yield from _codes(frame, cells)
        yield from _totals(frame, cells)
        yield from _budget(frame, cells)


def _tables(frame: Frame) -> Iterator[Cells]:
    tables: dict[int, Cells] = {}
    for fact in frame.cells:
        if fact.cell is not None and not fact.dimension.get("form", "").startswith("disclosure"):
            tables.setdefault(fact.cell[0], []).append(fact)
    yield from tables.values()


def column_name(frame: Frame, cell: Fact) -> str:
    """The header of a cell's column, as the form or the table itself has it."""
    if "column" in cell.dimension or cell.cell is None:
        return cell.dimension.get("column", "")
    table = frame.outline.tables[cell.cell[0]]
    return "".join(tight(r[cell.cell[2]]) for r in table.rows[: table.header_rows] if len(r) > cell.cell[2])


def _balance(frame: Frame, cells: Cells) -> Iterator[Check]:
    """Income and what was carried in are expenditure and what is carried out; both are the grand totals."""
    grand = [c for c in cells if c.dimension.get("row") == "grand"]
    for side, whole in zip(_SIDES, grand[:2], strict=False):
        parts = [next((c for c in cells if c.dimension.get("row") == key), None) for key in side]
        there = [p for p in parts if p is not None]
        if parts[0] is not None and (None not in (parts[0], parts[2]) or adds_up((whole, *there))):
            yield _sum(frame, "accounts.balance", whole, there)
    if len(grand) >= 2:
        yield _sum(frame, "accounts.balance", grand[0], grand[1:2])


def _sides(frame: Frame, cells: Cells) -> Iterator[Check]:
    """The income of the year, and its expenditure, is what stands above it; one slip may keep it from that."""
    for key in ("income", "expenditure"):
        whole = next((c for c in cells if c.dimension.get("row") == key), None)
        above = [
            c for c in cells if whole and c.cell and whole.cell and c.cell[2] == whole.cell[2] and c.cell[1] < whole.cell[1]
        ]
        if whole is None or len(above) < _FEW:
            continue
        if adds_up((whole, *above)) or sum_slip(whole, above, sure=False):
            yield _sum(frame, "accounts.total", whole, above)


def _classes(frame: Frame, cells: Cells) -> Iterator[Check]:
    """The row 合计 is the sum of the highest codes (类), where at least one column of the table says so."""
    coded = [c for c in cells if c.dimension.get("code") and c.cell]
    top = min((len(c.dimension["code"]) for c in coded), default=0)
    columns: dict[int, Cells] = {}
    for cell in coded:
        if cell.cell and len(cell.dimension["code"]) == top:
            columns.setdefault(cell.cell[2], []).append(cell)
    wholes = [c for c in cells if c.cell and "行" in c.dimension.get("total", "") and "code" not in c.dimension]
    found = [(w, parts) for w in wholes if w.cell and len(parts := columns.get(w.cell[2], [])) > 1]
    yield from _where_they_tie(frame, found, needed=1)


def _across(frame: Frame, cells: Cells) -> Iterator[Check]:
    """The column 合计 is the sum of the others, where most rows say so."""
    rows: dict[int, Cells] = {}
    for cell in cells:
        if cell.cell is not None and cell.kind in _LEVELS:
            rows.setdefault(cell.cell[1], []).append(cell)
    found = []
    for row in rows.values():
        wholes = [c for c in row if "列" in c.dimension.get("total", "")]
        first = [c for c in row if "行" in c.dimension.get("total", "")]
        whole = wholes[0] if len(wholes) == 1 else None
        if whole is not None and len(row) > 2 and not (first and whole not in first):
            found.append((whole, [c for c in row if c is not whole]))
    if found:
        wide = max(len(parts) for _, parts in found)
        found = [(w, parts) for w, parts in found if len(parts) == wide]
        yield from _where_they_tie(frame, found, needed=max(2, len(found) * 2 // 3))


def _where_they_tie(frame: Frame, found: list[tuple[Fact, Cells]], *, needed: int) -> Iterator[Check]:
    """The sums of a table, where enough of them tie up to tell that they are sums."""
    told = [(w, parts) for w, parts in found if any(p.value for p in parts)]
    if sum(adds_up((w, *parts)) for w, parts in told) >= needed:
        for whole, parts in told:
            yield _sum(frame, "accounts.total", whole, parts)


def _codes(frame: Frame, cells: Cells) -> Iterator[Check]:
    """A code is the sum of its subdivisions: 201 of 20101 and 20103, 20101 of 2010101 …"""
    columns: dict[str, dict[str, Fact]] = {}
    for cell in cells:
        if code := cell.dimension.get("code"):
            columns.setdefault(column_name(frame, cell), {})[code] = cell
    for coded in columns.values():
        for code, whole in coded.items():
            parts = [c for k, c in coded.items() if k.startswith(code) and len(k) == len(code) + 2]
            if len(parts) > 1 or (parts and not adds_up((whole, *parts))):
                yield _sum(frame, "accounts.total", whole, parts)


def _totals(frame: Frame, cells: Cells) -> Iterator[Check]:
    """A row 合计 over plain rows. It is taken for their sum only where at least one column of the table says so."""
    plain = [c for c in cells if c.kind in _LEVELS and c.cell is not None and "code" not in c.dimension]
    rows: dict[int, Cells] = {}
    for cell in plain:
        rows.setdefault(cell.cell[1] if cell.cell else 0, []).append(cell)
    sums = [r for r, row in rows.items() if all("行" in c.dimension.get("total", "") for c in row)]
    if len(sums) != 1 or len(rows) < 3:
        return
    found = []
    for whole in rows[sums[0]]:
        parts = [
            c for r, row in rows.items() if r != sums[0] for c in row if c.cell and whole.cell and c.cell[2] == whole.cell[2]
        ]
        if len(parts) == len(rows) - 1 and len({c.unit for c in (whole, *parts)}) == 1:
            found.append((whole, parts))
    if any(adds_up((whole, *parts)) and whole.value for whole, parts in found):
        for whole, parts in found:
            yield _sum(frame, "accounts.total", whole, parts)


def _budget(frame: Frame, cells: Cells) -> Iterator[Check]:
    """The column 完成预算% is final accounts by budget, row by row."""
    rows: dict[int, Cells] = {}
    for cell in cells:
        if cell.cell is not None:
            rows.setdefault(cell.cell[1], []).append(cell)
    for row in rows.values():
        rate = [c for c in row if _DONE.search(column_name(frame, c))]
        spent = [c for c in row if c not in rate and _ACTUAL.search(column_name(frame, c))]
        budget = [c for c in row if c not in (*rate, *spent) and _BUDGET.search(column_name(frame, c))]
        if len(rate) == len(spent) == len(budget) == 1 and budget[0].value:
            yield _rate(frame, rate[0], spent[0], budget[0])


def _rate(frame: Frame, rate: Fact, spent: Fact, budget: Fact) -> Check:
    exact = spent.value * _HUNDRED / budget.value
    step = Decimal(1).scaleb(-decimals(rate.value))
    good = abs(exact - rate.value) < step
    how = EXACT if exact == rate.value else ROUNDED if good else NO
    return frame.verdict(
        "accounts.change", PASS if good else FAIL, "pass" if good else "fail", facts=(rate, spent, budget),
        formula=f"{spent.value:f} ÷ {budget.value:f} = {rounded(exact):f}% {'→' if good else '≠'} {rate.value:f}%",
        reported=rate.value, expected=rounded(exact), outcome=Outcome(how, exact, rate.value - exact, step / 2),
        measure=rate.measure, rate=rate.text, spent=spent.text, budget=budget.text, computed=f"{rounded(exact):f}%",
    )  # fmt: skip


def _sum(frame: Frame, rule: str, whole: Fact, parts: Cells) -> Check:
    used = (whole, *parts)
    made = sum([p.value for p in parts], ZERO)
    good = adds_up(used)
    allowed = slack(whole.interval, total([p.interval for p in parts]))
    addends = "+".join(f"{p.value:f}" for p in parts if p.value) or "0"
    return frame.verdict(
        rule, PASS if good else FAIL, "pass" if good else "fail", facts=used,
        formula=f"{addends} = {made:f}" + ("" if good else f" ≠ {whole.value:f}"),
        reported=whole.value, expected=made,
        outcome=Outcome(EXACT if made == whole.value else ROUNDED if good else NO, made, whole.value - made, allowed),
        equation=Equation(used, adds_up, sum_needed),
        measure=whole.measure, whole=shown(whole.value, whole), sum=shown(rounded(made), whole),
        gap=shown(rounded(abs(whole.value - made)), whole),
    )  # fmt: skip
