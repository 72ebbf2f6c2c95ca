"""From paragraphs and tables in reading order to a ``Document``: the canonical text and the place of every block in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from extractor.errors import ReadError
from extractor.model import Box, Diagnostic, Document, Paragraph, Source, Span, Table
from extractor.readers.grid import Cell, rectangle
from extractor.text.normalize import clean

_SPACE = re.compile(r"[ \t\x0b\x0c\u00a0\u3000]+")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
EMPTY = "文件里没有文字。"


class Builder:
    """Collects the blocks of one file. Paragraphs and tables are numbered as they come, unless their page is given."""

    def __init__(self, name: str, data: bytes, media_type: str) -> None:
        self._name, self._data, self._media_type = name, data, media_type
        self._parts: list[str] = []
        self._at = 0
        self._paragraphs = self._tables = 0
        self.blocks: list[Paragraph | Table] = []
        self.diagnostics: list[Diagnostic] = []
        self.metadata: dict[str, str] = {}

    def paragraph(self, text: str, *, style: str | None = None, page: int | None = None, box: Box | None = None) -> None:
        """One paragraph; line breaks in it make several blocks of one number. Blank ones are left out."""
        lines = [line.strip() for line in clean(text).split("\n") if line.strip()]
        if not lines:
            return
        self._paragraphs += 1
        for line in lines:
            start = self._put(line)
            number = None if page else self._paragraphs
            self.blocks.append(Paragraph((start, start + len(line)), page, style, box, number))

    def table(self, rows: Sequence[Sequence[Cell]], *, page: int | None = None, box: Box | None = None) -> None:
        """One table; merged cells are filled (``grid``). In the text, cells are parted by tabs and rows by line ends.

        A table of a single column is no table but a frame around text: its cells become paragraphs.
        """
        grid = rectangle([[cell._replace(text=clean(cell.text)) for cell in row] for row in rows])
        grid = [row for row in grid if any(slot.text.strip() for slot in row)]
        if not grid:
            return
        if len(grid[0]) == 1:
            for [slot] in grid:
                self.paragraph(slot.text, page=page, box=box)
            return
        self._tables += 1
        start = self._at
        written: dict[tuple[int, int], Span] = {}
        texts: list[tuple[str, ...]] = []
        cells: list[tuple[Span, ...]] = []
        at = start
        lines: list[str] = []
        for row in grid:
            shown: list[str] = []
            spans: list[Span] = []
            line: list[str] = []
            for slot in row:
                text, place = flat(slot.text), (slot.row, slot.column)
                if text and place in written:
                    span = written[place]
                    line.append("")
                else:
                    span = (at, at + len(text))
                    written[place] = span
                    line.append(text)
                shown.append(text)
                spans.append(span)
                at += len(line[-1]) + 1
            lines.append("\t".join(line))
            texts.append(tuple(shown))
            cells.append(tuple(spans))
        whole = "\n".join(lines)
        self._put(whole)
        self.blocks.append(
            Table((start, start + len(whole)), tuple(texts), tuple(cells), page, box, None if page else self._tables)
        )

    def note(self, code: str, message: str, severity: str = "info", page: int | None = None) -> None:
        """Tell the auditor something about the reading."""
        self.diagnostics.append(Diagnostic(code=code, severity=severity, message=message, page=page))

    def document(self, *, encoding: str | None = None, pages: int | None = None, empty: str = EMPTY) -> Document:
        """The document. Raises ``ReadError`` (saying ``empty``) when no text was found."""
        if not self.blocks:
            raise ReadError(self._name, empty, "请打开文件看是否有正文；没有的，请向报送单位索取完整的文件。")
        source = Source(
            path=self._name,
            sha256=hashlib.sha256(self._data).hexdigest(),
            media_type=self._media_type,
            encoding=encoding,
            pages=pages,
            metadata=self.metadata,
        )
        text = "\n".join(self._parts)
        return Document(source=source, text=text, blocks=tuple(self.blocks), diagnostics=tuple(self.diagnostics))

    def _put(self, text: str) -> int:
        start = self._at
        self._parts.append(text)
        self._at += len(text) + 1
        return start


def flat(text: str) -> str:
    """The text of a cell on one line: lines join as Chinese does, with a space only between Latin letters or figures."""
    lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
    joined = ""
    for line in lines:
        if line:
            close = not joined or _HAN.match(joined[-1]) or _HAN.match(line)
            joined += line if close else " " + line
    return joined
