"""A report as gouji understands it: outline, facts, relations, checks and the ledger of its numbers."""

from __future__ import annotations

from msgspec import Struct

from extractor.model.check import Check
from extractor.model.document import Box, Diagnostic, Source, Span
from extractor.model.fact import Fact, SetAside
from extractor.model.relation import Relation


class ReportInfo(Struct, frozen=True, kw_only=True, gc=False):
    """What the report is: its kind (``patterns/kinds.toml``), title, reporting body and year."""

    kind: str
    title: str
    org: str | None
    year: int | None


class Section(Struct, frozen=True, kw_only=True, gc=False):
    """One heading and what stands under it.

    ``level`` is the depth in the document, ``number`` the bare mark (一, （一）, 1), ``inferred`` true where an automatic
    number was lost and restored; ``span`` is the heading, ``body`` reaches to the next heading of the same or a higher level.
    """

    id: str
    parent: str | None
    level: int
    number: str
    inferred: bool = False
    title: str
    span: Span
    body: Span
    page: int | None = None


class Passage(Struct, frozen=True, kw_only=True, gc=False):
    """A stretch of running text under one section, ready for pattern matching.

    ``flow`` is the text with every character folded to its plain form and without white space; ``offsets[i]`` is
    the place of ``flow[i]`` in the canonical text (``offsets`` is empty when it is simply ``start + i``).
    ``role`` is what the section is for (patterns/sections.toml): ``plan``, ``problems``, ``results``, …
    """

    flow: str
    start: int
    offsets: tuple[int, ...] = ()
    section: str | None = None
    role: str | None = None
    year: int | None = None
    page: int | None = None

    def place(self, start: int, end: int) -> Span:
        """The span in the canonical text of ``flow[start:end]``."""
        if not self.offsets:
            return self.start + start, self.start + end
        first = self.offsets[start] if start < len(self.offsets) else self.offsets[-1] + 1
        return first, self.offsets[end - 1] + 1 if end > start else first


class TableInfo(Struct, frozen=True, kw_only=True, gc=False):
    """A table as it is shown in the JSON contract.

    ``form`` is the statutory form it is (patterns/tables.toml); ``lead`` the lines between it and what stands before,
    where units are named.
    """

    id: str
    title: str
    section: str | None
    page: int | None
    header_rows: int
    rows: tuple[tuple[str, ...], ...]
    form: str | None = None
    lead: str = ""


class BlockInfo(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Where a paragraph or table of the text stands in its file.

    ``kind`` is ``paragraph`` or ``table``; ``page`` and ``box`` where the format has pages, else ``number``, the 1-based
    count of blocks of that kind.
    """

    kind: str
    span: Span
    page: int | None = None
    box: Box | None = None
    number: int | None = None


class Outline(Struct, frozen=True, kw_only=True, gc=False):
    """The result of the sections stage: what the report is, its headings, and its running text."""

    report: ReportInfo
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tables: tuple[TableInfo, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Coverage(Struct, frozen=True, kw_only=True, gc=False):
    """The ledger of every number-shaped piece of text: ``numbers`` = ``facts`` + the set aside + ``unread``."""

    numbers: int
    facts: int
    set_aside: dict[str, int]
    checked: int
    unread: tuple[SetAside, ...] = ()


class Report(Struct, frozen=True, kw_only=True, gc=False):
    """All that gouji knows of one report (the JSON contract, ``gouji schema``)."""

    schema_version: str
    generator: dict[str, str]
    source: Source
    report: ReportInfo
    text: str
    sections: tuple[Section, ...]
    tables: tuple[TableInfo, ...]
    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...]
    checks: tuple[Check, ...]
    set_aside: tuple[SetAside, ...]
    coverage: Coverage
    diagnostics: tuple[Diagnostic, ...]
    blocks: tuple[BlockInfo, ...] = ()
