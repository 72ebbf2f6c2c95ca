"""Pages to a ``Document``: canonical text, paragraphs and tables in reading order, with page and box."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.errors import ReadError
from extractor.model import Box, Diagnostic, Document, Paragraph, Place, Source, Span, Table
from extractor.readers.lines import join
from extractor.readers.paged import contents, grids, tables
from extractor.readers.paged.furniture import take_out
from extractor.readers.paged.order import halves, regions
from extractor.readers.paged.page import Grid, Line, Page, Unread, around
from extractor.readers.paged.paragraphs import continues, indents, measure, pitch
from extractor.text.normalize import characters, clean

DOUBTFUL = 0.9
_SHADOW, _SHADOWS = 2.0, 50
_AGAIN = re.compile(r"[（(]?(?:续|接上)|(?:金额)?单位[:：]")


def assemble(name: str, data: bytes, media_type: str, pages: Iterable[Page]) -> Document:
    """Put pages together.

    Parameters: ``name`` and ``data`` of the file; ``pages`` in order, each with its lines and ruling lines in any order.
    Raises ``ReadError`` when no page was read: because it has no text, or for the reason that the first unread page gives.
    """
    sheets: list[Page] = []
    unread: dict[Unread, list[int]] = {}
    watermarks: dict[str, None] = {}
    count = 0
    for page in pages:
        count += 1
        if page.unread:
            unread.setdefault(page.unread, []).append(page.number)
        watermarks.update(dict.fromkeys(page.watermarks))
        page.lines = _once(page.lines)
        grids.find(page)
        page.rulings = []
        sheets.extend(halves(page))
    diagnostics, metadata = take_out(sheets)
    cut = [(page, stretch) for page in sheets for stretch in regions(page)]
    measure([stretch for _, stretch in cut], [page.width for page, _ in cut])
    stretches = [(page.number, stretch) for page, stretch in cut]
    if watermarks:
        diagnostics.append(Diagnostic(code="watermark", message=f"去掉了斜排的水印（{'；'.join(watermarks)[:80]}）。"))
    diagnostics += contents.take_out(stretches)
    written = _Writer(count)
    written.all(stretches)
    text = written.text()
    if not text.strip():
        why = next(iter(unread), None)
        if why:
            raise ReadError(name, f"共{count}页，{why.reason}。", why.remedy)
        raise ReadError(name, "文件里没有文字。", "请向报送单位索取完整的文件。")
    diagnostics += [_not_read(why, numbers) for why, numbers in unread.items()]
    diagnostics += [d for page in sheets for d in page.diagnostics]
    return Document(
        source=Source(
            path=name, sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, pages=count, metadata=metadata
        ),
        text=text,
        blocks=tuple(written.blocks),
        page_starts=written.page_starts(),
        places=tuple(written.places),
        diagnostics=(*diagnostics, *_doubtful(written)),
    )


def _once(lines: list[Line]) -> list[Line]:
    """Lines without those drawn again at their own place (some writers make letters bold that way)."""
    seen: dict[str, list[Box]] = {}
    kept = []
    for line in lines:
        drawn = seen.setdefault(characters(line.text), [])
        if not any(max(abs(a - b) for a, b in zip(box, line.box, strict=True)) < _SHADOW for box in drawn[-_SHADOWS:]):
            kept.append(line)
        drawn.append(line.box)
    return kept


def _not_read(why: Unread, numbers: list[int]) -> Diagnostic:
    shown = "、".join(map(str, numbers[:10])) + ("…" if len(numbers) > 10 else "")
    message = f"第{shown}页{why.reason}，没有读。{why.remedy}"
    return Diagnostic(code=why.code, severity="error", message=message, page=numbers[0])


def _doubtful(written: _Writer) -> list[Diagnostic]:
    return [
        Diagnostic(
            code="ocr-doubtful",
            severity="warning",
            message=f"第{page}页这一行识别没有把握（{line.confidence:.0%}）：{line.text}",
            page=page,
        )
        for page, line in written.lines
        if line.confidence is not None and line.confidence < DOUBTFUL
    ]


@dataclass(slots=True)
class _Writer:
    """Writes paragraphs and tables one after the other and keeps where each line came to stand."""

    pages: int
    out: list[str] = field(default_factory=list)
    blocks: list[Paragraph | Table] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    lines: list[tuple[int, Line]] = field(default_factory=list)
    at: int = 0
    starts: dict[int, int] = field(default_factory=dict)
    group: list[tuple[int, Line]] = field(default_factory=list)
    table: tables.Rows | None = None
    held: list[tuple[int, Line]] = field(default_factory=list)

    def all(self, stretches: list[tuple[int, list[Line | Grid]]]) -> None:
        """Every stretch of every page."""
        lines = [x for _, stretch in stretches for x in stretch if isinstance(x, Line)]
        usual, step = indents(lines, True), pitch(lines)
        for page, stretch in stretches:
            indented = indents([x for x in stretch if isinstance(x, Line)], usual)
            for place, item in enumerate(stretch):
                if isinstance(item, Grid):
                    self._grid(tables.rows_of(item), first=place == len(self.held))
                    continue
                if self.table is not None and page > self.table.last_page and place == len(self.held) and self._again(item):
                    self.held.append((page, item))
                    continue
                self._end_table()
                last = self.group[-1] if self.group else None
                if last is not None and not continues(last[1], item, last[0] == page and place > 0, indented, step):
                    self._end_paragraph()
                self.group.append((page, item))
        self._end_paragraph()
        self._end_table()

    def text(self) -> str:
        """The canonical text so far."""
        return "\n".join(self.out)

    def page_starts(self) -> tuple[int, ...]:
        """Where each page starts; a page without text starts where the next one does."""
        found: list[int] = []
        following = max(self.at - 1, 0)
        for page in range(self.pages, 0, -1):
            following = self.starts.get(page, following)
            found.append(following)
        return tuple(reversed(found))

    def _grid(self, found: tables.Rows, first: bool) -> None:
        self._end_paragraph()
        if self.table is not None and first and found.page > self.table.last_page and tables.goes_on(self.table, found):
            self.table = tables.joined(self.table, found)
            return
        self._end_table()
        self.table = found

    def _again(self, line: Line) -> bool:
        """Whether a line at the top of a page may stand above the rest of a table: 续表, its unit, its title once more."""
        text = "".join(line.text.split())
        return bool(_AGAIN.match(text)) or any(text == "".join(said.split()) for said in self.out[-2:])

    def _end_paragraph(self) -> None:
        if not self.group:
            return
        start, text = self.at, ""
        for page, line in self.group:
            piece = characters(clean(line.text)).strip()
            whole = join([text, piece]) if text else piece
            self._place(page, start + len(whole) - len(piece), [line])
            text = whole
        page = self.group[0][0]
        box = around([line.box for number, line in self.group if number == page])
        self._block(Paragraph(span=(start, start + len(text)), page=page, box=box), text)
        self.group = []

    def _end_table(self) -> None:
        table, self.table = self.table, None
        if table is not None and not tables.empty(table):
            self._write_table(table)
        held, self.held = self.held, []
        for item in held:  # what stood between the parts of the table stands behind it
            self.group = [item]
            self._end_paragraph()

    def _write_table(self, table: tables.Rows) -> None:
        start, written = self.at, []
        spans: dict[int, Span] = {}
        rows: list[tuple[str, ...]] = []
        cells: list[tuple[Span, ...]] = []
        at = start
        for row in table.rows:
            line, places = [], []
            for c, part in enumerate(row):
                at += 1 if c else 0
                text = characters(clean(part.text))
                if id(part) not in spans:
                    spans[id(part)] = (at, at + len(text))
                    self._place(part.page, at, part.lines)
                    line.append(text)
                    at += len(text)
                else:
                    line.append("")
                places.append(spans[id(part)])
            at += 1
            written.append("\t".join(line))
            rows.append(tuple(characters(clean(part.text)) for part in row))
            cells.append(tuple(places))
        text = "\n".join(written)
        self._block(
            Table(span=(start, start + len(text)), rows=tuple(rows), cells=tuple(cells), page=table.page, box=table.box), text
        )

    def _place(self, page: int, at: int, lines: list[Line]) -> None:
        if not lines:
            return
        self.starts.setdefault(page, at)
        known = [line.confidence for line in lines if line.confidence is not None]
        box = around([line.box for line in lines])
        self.places.append(Place(start=at, box=box, confidence=min(known) if known else None))
        self.lines += [(page, line) for line in lines]

    def _block(self, block: Paragraph | Table, text: str) -> None:
        self.out.append(text)
        self.blocks.append(block)
        self.at += len(text) + 1
