"""The numbers of tables: every figure with the labels of its row and column, in statutory forms with their keys."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.mentions.hedges import interval
from extractor.mentions.scan import NO_UNIT
from extractor.mentions.units import Unit, UnitTable
from extractor.model import Mention, SetAside, Table, plain
from extractor.model.compare import negative
from extractor.model.fact import IN_TABLES
from extractor.model.report import TableInfo
from extractor.rules import Ruleset
from extractor.rules.schema import Form, FormRow
from extractor.text.normalize import cell_texts
from extractor.text.numerals import read_arabic
from extractor.text.tablelayout import FIGURE, Layout, plain_label

_UNIT = re.compile(r"(?:单位[:：]|（|/)([万亿千百]?)([\u4e00-\u9fff]{1,4}|%|‰)(?:[）\s/，、]|$)")
_UNITS = re.compile(r"单位[:：]\s*([\u4e00-\u9fff]{1,4}(?:[、，/][\u4e00-\u9fff%]{1,4})+)")
_MONEY = re.compile(r"金额|经费|收入|支出|决算数|预算数|拨款|资金|费用?$|结转|结余|投资|产值|罚没款")
_NOTE = re.compile(r"（区分处理[^）]*）")
_LONGEST, _REMEMBERED = 30, 4096
_YEAR = re.compile(r"上年|去年|20\d\d年")
# 累计, 上年结转, 比上年增减: of no one year, or of what changed since.
_NO_YEAR = re.compile(r"累计|历年|以来|结转|遗留|转入|结余|[比较]|增减|增长|下降|20\d\d[—~至-]")
# 年末结转和结余, 使用非财政拨款结余, 结余分配: what the year's accounts end with, or draw on.
_CLOSING = re.compile(r"[年期]末[^初]{0,8}(?:结转|结余)|(?:使用|动用)[^初]{0,10}结余|结余分配")


class TableReader:
    """Reads the figures of tables. One instance per ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._forms = ruleset.forms
        self._rows = {form.id: [(row, re.compile(row.label)) for row in form.rows] for form in ruleset.forms.values()}
        self._units = UnitTable(ruleset)
        # Tables have their headings and labels in common: one seen before costs a look-up.
        self._said = lru_cache(_REMEMBERED)(self._unit_said)
        self._rows_named = lru_cache(_REMEMBERED)(self._rows_of)

    def read(self, number: int, table: Table, info: TableInfo) -> tuple[list[Mention], list[SetAside]]:
        """Every figure of table ``number``, and those that could not be read with the rule ``no-unit``."""
        layout = Layout(list(map(cell_texts, table.rows)))
        form = self._forms.get(info.form or "")
        found: list[Mention] = []
        aside: list[SetAside] = []
        seen: set[tuple[int, int]] = set()
        for r in range(len(layout.rows)):
            figures = layout.figures_of(r)
            rows = self._form_rows(form, layout, r, figures[0]) if form is not None and figures else []
            for c in figures:
                if table.cells[r][c] in seen:
                    continue
                seen.add(table.cells[r][c])  # a figure in a cell that is merged over rows is one figure
                if form is not None and form.open:  # several labels may stand in one row, each with its figures
                    rows = self._form_rows(form, layout, r, c)
                place = _form_cell(form, rows, figures[-1] - c) if form is not None else None
                mention = self._mention(number, table, layout, r, c, form, place, info)
                if mention is None:
                    aside.append(SetAside(text=table.rows[r][c], span=table.cells[r][c], rule=NO_UNIT))
                else:
                    found.append(mention)
        return found, aside

    def _mention(
        self,
        number: int,
        table: Table,
        layout: Layout,
        r: int,
        c: int,
        form: Form | None,
        place: tuple[FormRow, str] | None,
        info: TableInfo,
    ) -> Mention | None:
        match = FIGURE.match(layout.rows[r][c])
        if match is None:
            return None
        head = " ".join(layout.heading(r, c))
        keys, label, unit, year = self._named(layout, r, c, head, form, place, info)
        scale, known = self._unit(match, unit, head, layout.label(r, c)[0], info)
        if known is None or known.kind == "never":
            return None
        numeral = read_arabic(match[2] + (match[3] or ""), scale)
        below = match[1] == "-"
        value = plain(-numeral.value if below else numeral.value)
        bounds = interval(numeral, known.kind, None)
        start, end = table.cells[r][c]
        return Mention(
            passage=IN_TABLES,
            start=start,
            end=end,
            text=table.rows[r][c],
            kind=known.kind,
            value=value,
            interval=negative(bounds) if below else bounds,
            unit=known.text,
            group=known.group,
            rule=f"table.{form.id}" if form and keys.get("form") else "table",
            cell=(number, r, c),
            label=label,
            keys=keys,
            year=year,
        )

    def _named(
        self, layout: Layout, r: int, c: int, head: str, form: Form | None, place: tuple[FormRow, str] | None, info: TableInfo
    ) -> tuple[dict[str, str], str, str, str | None]:
        """Keys, label, unit and year of a figure (see ``Mention.year``)."""
        keys: dict[str, str]
        row, column = place or (None, "")
        label, code = layout.label(r, c)
        said = self._said(head)
        if form is not None and row is not None and not form.open:
            unit = said or row.units.get(column) or row.unit or form.unit
            keys = {"form": form.id, "row": row.key, "column": column}
            return keys, _form_label(row, column, label), unit, None if row.undated else ""
        keys = {}
        if form is not None and form.open:
            keys = {"form": form.id, "row": row.key if row else plain_label(label), "column": layout.column(r, c)}
        if code:
            keys["code"] = code
        if total := layout.total(r, c):
            keys["total"] = total
        unit = said or (self._said(label) or self._captioned(info.lead) or form.unit if form is not None else "")
        year = _year_said(f"{label} {head}")
        return keys, layout.measure(r, c, info.title, _LONGEST), unit, year

    def _unit(self, match: re.Match[str], unit: str, head: str, label: str, info: TableInfo) -> tuple[str, Unit | None]:
        """Scale and unit of a figure: its own, else that of its column, its row, the lines before the table, its title.

        Without any a figure counts what its label says; the unit is then open, unless the label speaks of money.
        """
        own = match[5]
        if own:
            return match[4], self._units.named(own)
        if not unit:
            unit = self._said(head) or self._said(label) or next((u for w, u in _HINTS if w in head), "")
            unit = unit or self._captioned(info.lead) or self._said(f"{info.lead} ") or self._said(info.title)
        if not unit:
            if _MONEY.search(head) or _MONEY.search(label):
                return "", None
            return match[4], Unit(next((u for w, u in _HINTS if label.endswith(w)), ""), "", "count")
        scale = match[4] or (unit[0] if unit[0] in "万亿千百" and len(unit) > 1 else "")
        return scale, self._units.named(unit.lstrip("万亿千百") or unit)

    def _captioned(self, lead: str) -> str:
        """The unit that the last of the lines before a table names (单位：元); '' where none does."""
        return self._said(f"{lead[lead.rindex('单位') :]} ") if "单位" in lead else ""

    def _form_rows(self, form: Form, layout: Layout, r: int, first: int) -> list[FormRow]:
        """The rows of a form that a row of the table may be, the likeliest first; ``first`` the column whose label tells."""
        if form.open:
            labels = [plain_label(layout.label(r, first)[0])]
        else:
            words = [_NOTE.sub("", x) for x in layout.rows[r][:first] if x] or [""]
            labels = list(dict.fromkeys((words[-1], "".join(words))))
        return [row for label in labels for row in self._rows_named(form.id, label)]

    def _rows_of(self, form: str, label: str) -> list[FormRow]:
        """The rows of a form that a label may name."""
        return [row for row, pattern in self._rows[form] if pattern.search(label)]

    def _unit_said(self, text: str) -> str:
        """The unit that a heading or caption names (单位：万元; 金额（元）), its scale before it; '' where it names none."""
        if _UNITS.search(text):
            return ""  # several: which one holds for a figure, nobody can tell
        return next((m[1] + m[2] for m in _UNIT.finditer(text) if self._units.named(m[2])), "")


def _year_said(labels: str) -> str | None:
    """The year that the labels of a figure name, '' where they name none, None where no one year is meant."""
    if _CLOSING.search(labels):
        return ""
    if _NO_YEAR.search(labels):
        return None
    years = set(_YEAR.findall(labels))
    return None if len(years) > 1 else next(iter(years), "")


def _form_cell(form: Form, rows: list[FormRow], from_end: int) -> tuple[FormRow, str] | None:
    """Row and column of a figure in a form; the columns of a closed form are counted from the right end of its figures."""
    if form.open:
        return (rows[0], "") if rows else None
    for row in rows:
        columns = row.columns or form.columns
        if from_end < len(columns):
            return row, columns[len(columns) - 1 - from_end]
    return None


def _form_label(row: FormRow, column: str, label: str) -> str:
    """Row and column in the form's own words, or in the row's short name where those are too long."""
    own = plain_label(label).removesuffix("数量")
    for name in (own, row.name):
        made = f"{name}（{column}）" if name else column
        if len(made) <= _LONGEST:
            return made
    return row.name[:_LONGEST]


_HINTS = (
    ("件数", "件"),
    ("人次", "人次"),
    ("人数", "人"),
    ("户数", "户"),
    ("次数", "次"),
    ("场次", "场次"),
    ("比例", "%"),
    ("占比", "%"),
)
