"""The numbers of tables: statutory forms by their rows and columns, other tables by their headers."""

from __future__ import annotations

import re

from extractor.mentions.hedges import interval
from extractor.mentions.units import UnitTable
from extractor.model import Mention, Table, plain
from extractor.rules import Ruleset
from extractor.rules.schema import Form, FormRow
from extractor.text.normalize import fold
from extractor.text.numerals import read_arabic

_NUMBER = re.compile(r"-?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([万亿]?)([%‰]|[\u4e00-\u9fff]{0,4})$")
_UNIT = re.compile(r"(?:单位[:：]|（)([万亿]?)([\u4e00-\u9fff]{1,4}|%)(?:[）]|$)")
_LEVEL = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])")
_REMARK = re.compile(r"（区分处理[^）]*）|\s")
_LONGEST = 30
_SCALE = {"": 1, "万": 10**4, "亿": 10**8}


class TableReader:
    """Reads the numeric cells of tables."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._forms = [(f, re.compile(f.anchor, re.S)) for f in ruleset.forms.values()]
        self._units = UnitTable(ruleset)

    def read(self, number: int, table: Table, title: str, lead: str) -> list[Mention]:
        """Every numeric cell of table ``number``; ``title`` names it, ``lead`` is the line before it (units stand there)."""
        rows = [[fold(c).replace("\n", "") for c in row] for row in table.rows]
        text = " ".join("".join(c.split()) for row in rows for c in row)
        form = next((f for f, anchor in self._forms if anchor.search(text)), None)
        found: list[Mention] = []
        for r, row in enumerate(rows):
            first = next((c for c in range(len(row)) if _numeric(row[c])), None)
            if first is None or not all(_numeric(c) or c in ("", "/", "-", "—") for c in row[first:]):
                continue
            for c in range(first, len(row)):
                if _numeric(row[c]):
                    mention = self._cell(number, table, rows, r, c, first, form, title, lead)
                    if mention is not None:
                        found.append(mention)
        return found

    def _cell(
        self,
        number: int,
        table: Table,
        rows: list[list[str]],
        r: int,
        c: int,
        first: int,
        form: Form | None,
        title: str,
        lead: str,
    ) -> Mention | None:
        match = _NUMBER.match(rows[r][c])
        if match is None:
            return None
        label, keys, unit, dated = "", {}, "", True
        if form is not None:
            named = _form_cell(form, rows[r], c, first)
            if named is None:
                return None
            row, column = named
            label = _form_label(row, column, rows[r][:first])
            keys = {"form": form.id, "row": row.key, "column": column}
            unit, dated = row.unit or form.unit, not row.undated
        else:
            header = _header(rows, r, c)
            label = "".join(x for x in (_row_label(rows, r, first), header) if x)[:_LONGEST] or title[:_LONGEST]
            unit = _unit_of(header) or _unit_of(_row_label(rows, r, first)) or _unit_of(lead) or _unit_of(title)
        return self._mention(number, table, r, c, match, label, keys, unit, dated)

    def _mention(
        self,
        number: int,
        table: Table,
        r: int,
        c: int,
        match: re.Match[str],
        label: str,
        keys: dict[str, str],
        unit: str,
        dated: bool,
    ) -> Mention | None:
        own = match[4]
        scale = match[3] or (unit[0] if unit[:1] in ("万", "亿") and not own else "")
        name = own or unit.removeprefix("万").removeprefix("亿") or "件"
        known = self._units.at(name, 0)
        if known is None or known.text != name or known.kind == "never":
            return None
        numeral = read_arabic(match[1] + (match[2] or ""), scale)
        value = numeral.value if not match.group().startswith("-") else -numeral.value
        bounds = interval(numeral, known.kind, None)
        start, end = table.cells[r][c]
        return Mention(
            passage=-1,
            start=start,
            end=end,
            text=table.rows[r][c],
            kind=known.kind,
            value=plain(value),
            interval=bounds if value >= 0 else type(bounds)(plain(value), plain(value)),
            unit=known.text,
            group=known.group,
            rule="table" if not keys else f"table.{keys['form']}",
            cell=(number, r, c),
            label=label,
            keys=keys,
            dated=dated,
        )


def _numeric(cell: str) -> bool:
    return bool(_NUMBER.match(cell)) and not cell.endswith(("年", "月", "日", "号"))


def _form_cell(form: Form, row: list[str], c: int, first: int) -> tuple[FormRow, str] | None:
    """The form's row and column of a cell; columns are counted from the right end of the row's numbers."""
    last = max(i for i in range(len(row)) if _numeric(row[i]))
    labels = [_plain_label(x) for x in row[:first] if x] or [""]
    for label in (labels[-1], "".join(labels)):
        for known in form.rows:
            columns = known.columns or form.columns
            if re.search(known.label, label) and 0 <= last - c < len(columns):
                return known, columns[len(columns) - 1 - (last - c)]
    return None


def _form_label(row: FormRow, column: str, labels: list[str]) -> str:
    """Row and column in the form's own words, or in the row's short name where those are too long."""
    own = _LEVEL.sub("", _plain_label("".join([x for x in labels if x][-1:]))).removesuffix("数量")
    for name in (own, row.name):
        label = f"{name}（{column}）" if name else column
        if len(label) <= _LONGEST:
            return label
    return row.name[:_LONGEST]


def _plain_label(text: str) -> str:
    return _REMARK.sub("", text)


def _row_label(rows: list[list[str]], r: int, first: int) -> str:
    """The row's own label, or that of the row above where a merged cell left it blank."""
    labels = [x for x in rows[r][:first] if x]
    if not labels:
        for k in range(r - 1, -1, -1):
            labels = [x for x in rows[k][:first] if x]
            if labels:
                break
    return _LEVEL.sub("", "".join(labels[-1:])).strip()


def _header(rows: list[list[str]], r: int, c: int) -> str:
    """The nearest text above a cell, counted from the right where rows differ in length."""
    from_right = len(rows[r]) - c
    for k in range(r - 1, -1, -1):
        at = c if len(rows[k]) == len(rows[r]) else len(rows[k]) - from_right
        if 0 <= at < len(rows[k]) and rows[k][at] and not _numeric(rows[k][at]):
            return rows[k][at]
    return ""


def _unit_of(text: str) -> str:
    match = _UNIT.search(text)
    if match:
        return match[1] + match[2]
    return next((u for w, u in _HINTS if w in text), "")


_HINTS = (
    ("件数", "件"),
    ("人数", "人"),
    ("户数", "户"),
    ("次数", "次"),
    ("场次", "场次"),
    ("金额", "元"),
    ("面积", "平方米"),
    ("比例", "%"),
    ("占比", "%"),
)
