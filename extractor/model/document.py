"""What a reader hands over: the canonical text, cut into paragraphs and tables in reading order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TypeAlias

from msgspec import Struct

Span: TypeAlias = tuple[int, int]
"""``[start, end)`` in code points of the canonical text."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom on a page, in points from its upper left corner."""


class Diagnostic(Struct, frozen=True, kw_only=True, gc=False):
    """Something the auditor should know about the reading itself: what was not read, or not read as it stands."""

    code: str
    severity: str = "info"
    message: str
    page: int | None = None


class Source(Struct, frozen=True, kw_only=True, gc=False):
    """Where a document came from. ``sha256`` is of the file's bytes; ``pages`` is None where the format has none.

    ``metadata`` is what the file says of itself outside its text, under the file's own words (索引号, 发布机构, 页眉, …).
    """

    path: str
    sha256: str
    media_type: str
    encoding: str | None = None
    pages: int | None = None
    metadata: dict[str, str] = {}


class Paragraph(Struct, frozen=True, tag=True, gc=False):
    """One paragraph of the canonical text.

    ``page`` is the 1-based page it starts on; ``style`` the reader's hint: ``heading``, ``title`` or nothing; ``box`` its
    place on that page; ``number`` its 1-based number in a file that has paragraphs but no pages (.docx, .html, .txt).
    """

    span: Span
    page: int | None = None
    style: str | None = None
    box: Box | None = None
    number: int | None = None


class Table(Struct, frozen=True, tag=True, gc=False):
    """One table. ``rows`` are the cells' texts, ``cells`` their spans (same shape), ``span`` all of it.

    ``page``, ``box`` and ``number`` as in ``Paragraph``; a table that goes on over pages starts on ``page``.
    """

    span: Span
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Span, ...], ...]
    page: int | None = None
    box: Box | None = None
    number: int | None = None


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """Where the text from ``start`` on (to the next place) stands on its page: a line, or a cell of a table.

    ``confidence`` (0 to 1) is that of recognition; None for text that was written.
    """

    start: int
    box: Box
    confidence: float | None = None


class Document(Struct, frozen=True, kw_only=True, gc=False):
    """A file as read: its canonical text and the blocks of it, in reading order.

    ``page_starts[i]`` is where page ``i + 1`` starts in the canonical text (empty where the format has no pages);
    ``places`` are those of its lines, in order of ``start`` (empty likewise).
    """

    source: Source
    text: str
    blocks: tuple[Paragraph | Table, ...]
    page_starts: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The 1-based page that holds an offset of the canonical text; None where the format has no pages."""
        return bisect_right(self.page_starts, offset) or None

    def places_of(self, start: int, end: int) -> tuple[Place, ...]:
        """The lines that a span of the canonical text stands on."""
        first = bisect_right(self.places, start, key=_start) - 1
        return self.places[max(first, 0) : bisect_left(self.places, end, key=_start)]


def _start(place: Place) -> int:
    return place.start
