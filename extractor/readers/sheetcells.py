"""The text of a spreadsheet cell: figures as their number format shows them, never with the dust of binary fractions."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = 12
"""Significant digits that a stored figure keeps: beyond them stands the dust of binary fractions (434.71000000000004)."""


def shown(value: object, form: str = "General") -> str:
    """What a cell shows.

    Parameters: ``value`` as stored (None, text, number, date, truth value); ``form`` its number format (``0.00%``).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _figure(value, form)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()


def _figure(value: float, form: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    exact = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    pattern = form.split(";")[0]
    literals = "".join(m[1] or m[2] or "" for m in _LITERAL.finditer(pattern))
    bare = _LITERAL.sub("", pattern)
    percent = "%" in bare
    if percent:
        exact = exact.scaleb(2)
    digits = re.search(r"[0#?,]*[0#?](?:\.([0#?]+))?", bare)
    if digits and "E" not in bare:
        places = digits[1] or ""
        rounded = exact.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
        text = f"{rounded:f}"
        free = len(places) - len(places.rstrip("#"))  # places that show only where they are not zero
        while free and text.endswith("0"):
            text, free = text[:-1], free - 1
        text = text.removesuffix(".")
    else:
        text = f"{exact.normalize():f}"
    return text + ("%" if percent else "") + (literals if re.fullmatch(r"[\u4e00-\u9fff]{1,4}", literals) else "")
