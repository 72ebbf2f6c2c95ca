"""What a reader hands over: the canonical text, cut into paragraphs and tables in reading order."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

Span: TypeAlias = tuple[int, int]
"""``[start, end)`` in code points of the canonical text."""


class Diagnostic(Struct, frozen=True, kw_only=True, gc=False):
    """Something the auditor should know about the reading itself: what was not read, or not read as it stands."""

    code: str
    severity: str = "info"
    message: str
    page: int | None = None


class Source(Struct, frozen=True, kw_only=True, gc=False):
    """Where a document came from. ``sha256`` is of the file's bytes; ``pages`` is None where the format has none."""

    path: str
    sha256: str
    media_type: str
    encoding: str | None = None
    pages: int | None = None


class Paragraph(Struct, frozen=True, tag=True, gc=False):
    """One paragraph of the canonical text. ``style`` is the reader's hint: ``heading``, ``title`` or nothing."""

    span: Span
    page: int | None = None
    style: str | None = None


class Table(Struct, frozen=True, tag=True, gc=False):
    """One table. ``rows`` are the cells' texts, ``cells`` their spans (same shape), ``span`` all of it."""

    span: Span
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Span, ...], ...]
    page: int | None = None


class Document(Struct, frozen=True, kw_only=True, gc=False):
    """A file as read: its canonical text and the blocks of it, in reading order."""

    source: Source
    text: str
    blocks: tuple[Paragraph | Table, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
