"""Numbers as they were found (mentions) and what they say (facts)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from extractor.model.document import Box, Span
from extractor.model.number import Interval

COUNT, PERCENTAGE, POINTS, AMOUNT = "count", "percentage", "points", "amount"
QUANTITY, FREQUENCY, MULTIPLE = "quantity", "frequency", "multiple"
NIL, RANK, THRESHOLD = "nil", "rank", "threshold"
IN_TABLES = -1
"""The ``passage`` of a number that stands in a table."""
_CHANGES = (POINTS, MULTIPLE)


class Mention(Struct, frozen=True, kw_only=True, gc=False):
    """A number with its unit as it stands in a passage.

    ``start`` and ``end`` are offsets in the flow text of passage number ``passage`` (see ``Passage``);
    ``value`` is in ``unit`` (万, 亿 multiplied in, money in 元); ``per`` names the divisor of a rate of occurrence or
    an average; ``rule`` the pattern that read it. A number of a table has its ``cell`` (table, row, column), the ``label``
    that names it, in a statutory table the ``keys`` of form, row and column, and the ``year`` that its labels name (上年,
    2022年; '' the report's own; None for figures of no one year); its ``start`` and ``end`` are offsets in the canonical text.
    """

    passage: int
    start: int
    end: int
    text: str
    kind: str
    value: Decimal
    interval: Interval
    high: Decimal | None = None
    unit: str
    group: str = ""
    per: str | None = None
    approx: str | None = None
    rule: str = ""
    cell: tuple[int, int, int] | None = None
    label: str = ""
    keys: dict[str, str] = {}
    year: str | None = ""


class SetAside(Struct, frozen=True, kw_only=True, gc=False):
    """A number-shaped piece of text that is no fact, and the rule of ``patterns/nonfacts.toml`` that says so."""

    text: str
    span: Span
    rule: str


class Period(Struct, frozen=True, omit_defaults=True, gc=False):
    """The time a fact speaks of; ``year`` is absent for figures over several years."""

    year: int | None = None


class Fact(Struct, frozen=True, kw_only=True, gc=False):
    """A quantity that the report states. Field by field as in the JSON contract (``gouji schema``).

    ``part_of`` is the whole that a listed part belongs to, ``change_of`` the figure of the text whose change it states.
    """

    id: str
    kind: str
    text: str
    value: Decimal
    interval: Interval
    high: Decimal | None = None
    unit: str
    per: str | None = None
    approx: str | None = None
    direction: str | None = None
    measure: str
    indicator: str | None = None
    scope: str | None = None
    dimension: dict[str, str] = {}
    period: Period = Period()
    status: str = "actual"
    part_of: str | None = None
    change_of: str | None = None
    section: str | None = None
    span: Span
    sentence: Span
    page: int | None = None
    box: Box | None = None
    cell: tuple[int, int, int] | None = None
    confidence: float | None = None

    @property
    def is_change(self) -> bool:
        """Whether the fact tells by how much a figure changed; it has the indicator of that figure and is no level of it."""
        return self.direction is not None or self.kind in _CHANGES
