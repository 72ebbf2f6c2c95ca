"""Final accounts: which account and stage each figure of a table states, by the labels of its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from extractor.model import Fact, Outline
from extractor.model.fact import AMOUNT
from extractor.model.report import TableInfo
from extractor.relations.ledger import BUDGET, FINAL, PRIOR, Key, Ledger
from extractor.text.normalize import tight
from extractor.text.tablelayout import plain_label

_FUND = {"grant-overall": "财政", "general": "一般", "basic": "一般", "fund": "政府", "state-capital": "国有"}
_GRAND = ("overall", "grant-overall")
_BUDGET = re.compile(r"(?:年初|全年|调整)?预算(?!财政拨款)数?$")
_STAGE = re.compile(r"(?:20\d\d年度?|[上去本]年度?|年初|全年|调整)*(?:(?:预算|决算)(?:数|额)?)?$")
_TOTAL = re.compile(r"(?:收入|支出)?(?:合计|总计|小计)?|all")
_TITLE_START = re.compile(r"^(?:(?:公开)?附?(?:表[\d一二三四五六七八九十]*|\d{1,2}表)[.、:：]?|.*20\d\d年度?)+")
_TITLE_END = re.compile(r"(?:决算|情况|明细|统计|一览|总?表$|（).*$")
_SIDE = re.compile("^(?:本年)?(收入|支出)")
_SORT = re.compile("(?:基本|项目)支出")  # 农林水支出 in the column 项目支出 is what the text calls 农林水项目支出
_SUBJECT = re.compile(r"(?!其[他它余中]$)[\u4e00-\u9fff（）]{2,}")


class Cells:
    """The figures of a report's tables of accounts, and what they state."""

    def __init__(self, book: Ledger, facts: Sequence[Fact], outline: Outline) -> None:
        self._book, self._outline = book, outline
        self.all = [f for f in facts if f.cell is not None and not f.dimension.get("form", "").startswith("disclosure")]

    @cached_property
    def keys(self) -> dict[str, tuple[Key, ...]]:
        """The accounts or the subject that each amount states, by its id, with fund and stage."""
        return {c.id: tuple(_keys_of(self._book, c, self._outline)) for c in self.all if c.kind == AMOUNT}

    @cached_property
    def by_key(self) -> dict[Key, list[Fact]]:
        """The amounts that state an account or subject."""
        found: dict[Key, list[Fact]] = {}
        for cell in self.all:
            for key in self.keys.get(cell.id, ()):
                found.setdefault(key, []).append(cell)
        return found

    def column(self, cell: Fact) -> str:
        """The header of a cell's column."""
        return column_of(cell, self._outline)


def _keys_of(book: Ledger, cell: Fact, outline: Outline) -> Iterator[Key]:
    """The accounts or the subject that a cell states, with fund and stage."""
    assert cell.cell is not None
    table, form = outline.tables[cell.cell[0]], cell.dimension.get("form", "").removeprefix("accounts.")
    row = plain_label(cell.dimension.get("row") or _label(table, cell))
    column = column_of(cell, outline)
    stage = BUDGET if _BUDGET.search(column) else FINAL
    if cell.status != "actual":
        if stage == BUDGET or cell.status != PRIOR:
            return  # what another year was to spend
        stage = PRIOR
    column = _STAGE.sub("", column)
    fund = _FUND.get(form) or ("" if form else book.above(table.section))
    if row == "grand":
        sides = ("grand", f"{_side(table, cell)}.grand")
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
    elif _SORT.fullmatch(column) and _SUBJECT.fullmatch(row):
        yield Key(fund, "=" + row.removesuffix("支出") + column.removesuffix("支出"), stage)


def _key(fund: str, account: str, stage: str, book: Ledger) -> Key:
    return Key(fund if book.accounts[account].funded else "", account, stage)


def _titled(title: str) -> str:
    """What a table is of, by its title (一般公共预算财政拨款支出决算表)."""
    return _TITLE_END.sub("", _TITLE_START.sub("", tight(title)))


def _side(table: TableInfo, cell: Fact) -> str:
    """The side of the accounts that a cell stands on: what the nearest heading on its left tells."""
    assert cell.cell is not None
    heads = (r[c] for c in range(cell.cell[2], -1, -1) for r in table.rows[: table.header_rows] if c < len(r))
    found = next((m[1] for h in heads if (m := _SIDE.search(tight(h)))), "支出")
    return "income" if found == "收入" else "expenditure"


def _label(table: TableInfo, cell: Fact) -> str:
    assert cell.cell is not None
    row = table.rows[cell.cell[1]]
    return next((tight(c) for c in row[: cell.cell[2]] if re.search("[\u4e00-\u9fff]", c)), "")


def column_of(cell: Fact, outline: Outline) -> str:
    """The header of a cell's column, as the form or the table itself has it."""
    if "column" in cell.dimension or cell.cell is None:
        return cell.dimension.get("column", "")
    table = outline.tables[cell.cell[0]]
    return "".join(tight(r[cell.cell[2]]) for r in table.rows[: table.header_rows] if len(r) > cell.cell[2])
