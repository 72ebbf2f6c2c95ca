"""The identities of statutory tables, and the text against the table (patterns/tables.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from extractor.checks.equation import Equation, equal_needed, sum_needed
from extractor.checks.frame import Frame, Grid
from extractor.checks.restated import same
from extractor.checks.sums import adds_up
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS
from extractor.model.compare import miswritten
from extractor.model.fact import NIL
from extractor.rules import Ruleset
from extractor.rules.schema import Form

_LEVELS = ("count", "amount")
_TEN = 10
Key: TypeAlias = tuple[str, str]
Said: TypeAlias = tuple[Key, re.Pattern[str]]
# What a declared zero says beside what it counts.
_SAID_OF_ZERO = re.compile(
    r"[从并]?未曾?|没有|无|全年|本年度?|年内|[均也]|任何|实施|采取|作出|发生|出现|收到|引发|提起|收取|产生|的|类|案件|措施|决定|项目|情[况形]"
    r"|行政|申请|办理件?|为零|因?(?:政府)?信息公开(?:工作)?(?:被|引发)?"
)
_MARK = re.compile(r"[，。；：、（）]")


def check(frame: Frame) -> Iterator[Check]:
    """Sums, row totals and balances of every statutory table that was recognised."""
    for form, grid in frame.grids:
        columns = list(dict.fromkeys(c for _, c in grid))
        for column in columns:
            yield from _column(frame, form, grid, column)
        for row in form.rows:
            yield from _row(frame, form, grid, row.key)


def check_prose(frame: Frame) -> Iterator[Check]:
    """Figures of the text that repeat a cell of a statutory table."""
    if not frame.grids:
        return
    levels = [f for f in frame.facts if f.cell is None and f.kind in _LEVELS and f.direction is None and f.status == "actual"]
    zeros = [f for f in frame.facts if f.kind == NIL and f.status == "actual" and f.cell is None]
    words = frame.ruleset.kept(_words)
    for form, grid in frame.grids if levels or zeros else ():
        said, loose, about = words[form.id]
        told: set[Key] = set()
        for key, pattern in said:
            found = _prose(frame, levels, grid[key], pattern) if key in grid else None
            if found is None and zeros and key in grid:
                found = _denied(frame, zeros, grid[key], pattern, form.own)
            if found is not None:
                told.add(key)
                yield found
        yield from _together(frame, levels, zeros, form, grid)
        for key, pattern in loose:
            if about and key in grid and key not in told and grid[key].value:
                yield from _loosely(frame, levels, grid[key], about, pattern)


def _words(ruleset: Ruleset) -> dict[str, tuple[list[Said], list[Said], re.Pattern[str] | None]]:
    """By form: row and column of the cells that the text repeats, with the measures under which it does, and with everyday
    words for them; what the text speaks of where it uses these."""

    def compiled(form: Form, name: str) -> list[Said]:
        return [((row.key, column), re.compile(words)) for row in form.rows for column, words in getattr(row, name).items()]

    return {
        form.id: (compiled(form, "prose"), compiled(form, "loose"), re.compile(form.about) if form.about else None)
        for form in ruleset.forms.values()
    }


def _column(frame: Frame, form: Form, grid: Grid, column: str) -> Iterator[Check]:
    for identity in form.sums:
        whole = grid.get((identity.whole, column))
        parts = [grid[k, column] for k in identity.parts if (k, column) in grid]
        # a row lost in conversion may hold what is missing: then the others can only confirm
        complete = len(parts) == len(identity.parts)
        if whole is not None and (complete or (len(parts) > 2 and adds_up((whole, *parts)))):
            yield _sum(frame, "table.sum", whole, parts, column)
    for balance in form.balances:
        left = [grid[k, column] for k in balance.left if (k, column) in grid]
        right = [grid[k, column] for k in balance.right if (k, column) in grid]
        if len(left) == len(balance.left) and len(right) == len(balance.right):
            a, b = (sum((f.value for f in side), Decimal(0)) for side in (left, right))
            yield frame.verdict(
                "table.balance",
                PASS if a == b else FAIL,
                "pass" if a == b else "fail",
                facts=(*left, *right),
                formula=f"{_plus(left)} {'=' if a == b else '≠'} {_plus(right)}",
                reported=b,
                expected=a,
                column=column,
                left=f"{a:f}",
                right=f"{b:f}",
            )


def _row(frame: Frame, form: Form, grid: Grid, row: str) -> Iterator[Check]:
    groups = list(form.groups) or ([form.columns] if form.total else [])
    for columns in groups:
        whole = grid.get((row, columns[-1]))
        parts = [grid[row, c] for c in columns[:-1] if (row, c) in grid]
        if whole is not None and parts and len(parts) + _blank(frame, whole, len(columns) - 1) == len(columns) - 1:
            yield _sum(frame, "table.row", whole, parts, whole.measure)


def _blank(frame: Frame, whole: Fact, others: int) -> int:
    """How many of the cells before a total are there and hold nothing: who leaves them blank means none."""
    if whole.cell is None:
        return 0
    table, row, column = whole.cell
    return sum(not words.strip() for words in frame.outline.tables[table].rows[row][max(0, column - others) : column])


def _sum(frame: Frame, rule: str, whole: Fact, parts: list[Fact], place: str) -> Check:
    made = sum((p.value for p in parts), Decimal(0))
    good = made == whole.value
    return frame.verdict(
        rule,
        PASS if good else FAIL,
        "pass" if good else "fail",
        facts=(whole, *parts),
        formula=f"{_plus(parts)} = {made:f}" + ("" if good else f" ≠ {whole.value:f}"),
        reported=whole.value,
        expected=made,
        equation=Equation((whole, *parts), adds_up, sum_needed),
        whole=whole.text,
        sum=f"{made:f}",
        row=place,
        column=place,
        whole_measure=whole.measure,
    )


def _prose(frame: Frame, levels: list[Fact], cell: Fact, wanted: re.Pattern[str]) -> Check | None:
    """The first figure of the text (``levels``) that repeats the cell; where none does, the first that may be meant to.

    A figure far from the cell counts something else (a body of its own, one channel): only a slip of the pen, or a small
    number that is off, is held against the table.
    """
    units = _units(cell)
    told = [f for f in levels if f.unit in units and f.kind == cell.kind and wanted.search(f.measure)]
    equal = next((f for f in told if f.interval.meets(cell.interval)), None)
    near = (f for f in told if miswritten(f.value, cell.value) or max(f.value, cell.value) < _TEN)
    fact = equal or next(near, None)
    return None if fact is None else _retold(frame, fact, cell, agrees=equal is not None)


def _denied(frame: Frame, zeros: list[Fact], cell: Fact, wanted: re.Pattern[str], own: str) -> Check | None:
    """The first declared zero of the text that speaks of what a cell counts, and of nothing else (未实施行政强制)."""
    for fact in zeros:
        plain = (match := wanted.search(fact.text)) and not _SAID_OF_ZERO.sub("", wanted.sub("", fact.text))
        about = match and (not own or not cell.value or re.search(own, frame.document.text[slice(*fact.sentence)]))
        if plain and about:
            return _retold(frame, fact, cell, agrees=not cell.value)
    return None


def _together(frame: Frame, levels: list[Fact], zeros: list[Fact], form: Form, grid: Grid) -> Iterator[Check]:
    """The figure of the text that tells several cells in one (诉讼3件: 未经复议直接起诉 and 复议后起诉)."""
    for told in form.together:
        cells = [grid[told.row, c] for c in told.columns if (told.row, c) in grid]
        if len(cells) < len(told.columns):
            continue
        text, units, made = frame.document.text, _units(cells[0]), sum(c.value for c in cells)
        said = [f for f in levels if f.unit in units and not f.approx and re.search(told.words, f.measure)]
        said = [f for f in said if re.search(form.own, text[slice(*f.sentence)])]
        said = said or [f for f in zeros if not made and re.search(told.words, f.measure)]
        if said:
            fact = next((f for f in said if f.value == made), said[0])
            yield _retold(frame, fact, *cells, agrees=fact.value == made)


def _loosely(
    frame: Frame, levels: Sequence[Fact], cell: Fact, about: re.Pattern[str], wanted: re.Pattern[str]
) -> Iterator[Check]:
    """The first figure of the text (``levels``) of the cell's value whose sentence or heading speaks of what the form is about
    (``about``), and whose clause tells the cell in everyday words."""
    units = _units(cell)
    equal = (f for f in levels if f.value == cell.value and not f.approx and f.kind == cell.kind and f.unit in units)
    fact = next((f for f in equal if _speaks(frame, f, about) and wanted.search(_clause(frame, f))), None)
    if fact is not None:
        yield _retold(frame, fact, cell, agrees=True)


def _speaks(frame: Frame, fact: Fact, about: re.Pattern[str]) -> bool:
    """Whether a figure's sentence or its heading speaks of what a form is about."""
    return bool(about.search(frame.title(fact)) or about.search(frame.document.text, *fact.sentence))


def _clause(frame: Frame, fact: Fact) -> str:
    """The words of a figure's clause before and behind it."""
    before = _MARK.split(frame.before(fact, None))[-1]
    return f"{before}|{_MARK.split(frame.words(fact.span[1], fact.sentence[1]))[0]}"


def _units(cell: Fact) -> tuple[str, ...]:
    """The units in which the text may tell a cell."""
    return cell.unit, "宗", "起", "项"


def _retold(frame: Frame, fact: Fact, *cells: Fact, agrees: bool) -> Check:
    one, denied = len(cells) == 1, fact.kind == NIL  # 正文“未实施行政强制”
    return frame.verdict(
        "table.prose",
        PASS if agrees else FAIL,
        "pass" if agrees else "fail",
        facts=(fact, *cells),
        severity="warning" if fact.approx else None,
        formula=f"{fact.value:f} {'=' if agrees else '≠'} {'+'.join(f'{c.value:f}' for c in cells)}",
        reported=fact.value,
        expected=sum((c.value for c in cells), Decimal(0)),
        equation=Equation((fact, *cells), *((same, equal_needed) if one else (adds_up, sum_needed))),
        text_measure="" if denied else fact.measure,
        text=f"“{fact.text}”" if denied else fact.text,
        cell_measure="”“".join(c.measure for c in cells),
        cell="+".join(c.text for c in cells),
    )


def _plus(facts: list[Fact]) -> str:
    shown = [f"{f.value:f}" for f in facts if f.value] or ["0"]
    return "+".join(shown)


_FORM_OF_2021 = 2021


def check_form(frame: Frame) -> Iterator[Check]:
    """The form of 2019 in a report on 2021 or later, and rules (规章) of a body that has no power to make them."""
    year = frame.outline.report.year
    told: set[str] = set()
    for form, grid in frame.grids:
        if form.id.endswith("-2019") and year is not None and year >= _FORM_OF_2021 and form.id not in told:
            told.add(form.id)
            first = next(iter(grid.values()))
            yield frame.verdict("table.form", FAIL, "fail", span=first.span, form=form.name, year=year)
        for (row, column), cell in grid.items():
            township = (frame.outline.report.org or "").endswith(("乡人民政府", "镇人民政府", "街道办事处"))
            if row == "rules" and cell.value > 0 and township:
                yield frame.verdict("table.form", FAIL, "rules", facts=(cell,), column=column, number=cell.text)
