"""PDF: text and ruling lines of every page through pdfium; pages without text go to recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.errors import ReadError
from extractor.model import Box, Diagnostic, Document, Limits
from extractor.readers.limits import passed
from extractor.readers.paged.assemble import assemble
from extractor.readers.paged.grids import FEWEST
from extractor.readers.paged.page import Line, Page, Ruling
from extractor.readers.pdf_rulings import rulings

_NOT_TEXT = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]|\(cid:\d+\)")
_VAST = 40.0
_BREAK = re.compile(r"[^\r\n]+")


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a PDF. Raises ``ReadError`` when it is damaged, locked, too long, or holds no readable text."""
    document = _open(name, data)
    try:
        if len(document) > limits.pages:
            raise passed(limits, name, "pages", f"有{len(document)}页")
        return assemble(name, data, "application/pdf", (_page(document, i) for i in range(len(document))))
    finally:
        document.close()


def _open(name: str, data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise ReadError(name, "这个 PDF 加了密码。", "请向报送单位索取没有密码的文件，或打开后另存一份再读。") from None
        raise ReadError(name, "这个 PDF 已损坏，打不开。", "请向报送单位重新索取，或用 WPS 打开后另存一份再读。") from None
    if not len(document):
        raise ReadError(name, "这个 PDF 一页也没有。", "请向报送单位重新索取。")
    return document


def _page(document: pdfium.PdfDocument, index: int) -> Page:
    try:
        source = document[index]
    except pdfium.PdfiumError:
        return _unreadable(index + 1)
    text = source.get_textpage()
    try:
        view = _View(source)
        page = Page(index + 1, view.width, view.height)
        page.rulings = [Ruling(view.box(*place)) for place in rulings(source)]
        page.lines = list(_lines(text, view, chars=len(page.rulings) >= FEWEST))
        return page
    finally:
        text.close()
        source.close()


def _unreadable(number: int) -> Page:
    message = f"第{number}页已损坏，没有读出来。"
    return Page(number, 0.0, 0.0, diagnostics=[Diagnostic(code="page-damaged", severity="error", message=message, page=number)])


class _View:
    """How a page is seen: its box, turned as its reader would turn it, with the origin in the upper left."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turn = page.get_rotation()
        self.width, self.height = page.get_size()

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own coordinates as it is seen."""
        if self._turn == 90:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self._turn == 180:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        if self._turn == 270:
            return self._top - top, self._right - right, self._top - bottom, self._right - left
        return left - self._left, self._top - top, right - self._left, self._top - bottom


def _lines(page: pdfium.PdfTextPage, view: _View, chars: bool) -> Iterator[Line]:
    text = page.get_text_range()
    exact = len(text) == page.count_chars()

    def box(at: int) -> Box:
        if not exact:
            at = max(raw.FPDFText_GetCharIndexFromTextIndex(page, at), 0)
        return view.box(*_char(page, at))

    for match in _BREAK.finditer(text):
        piece = match.group().strip()
        if not piece:
            continue
        start = match.start() + match.group().index(piece[0])
        first, last = box(start), box(start + len(piece) - 1)
        whole = min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])
        boxes = tuple(box(start + i) for i in range(len(piece))) if chars else None
        yield Line(piece.replace("\ufffe", "-").replace("\x02", "-"), whole, boxes)


def _char(page: pdfium.PdfTextPage, at: int) -> tuple[float, float, float, float]:
    """The box of a character with its margins, or of its ink alone where a font's margins are far from the ink."""
    left, bottom, right, top = page.get_charbox(at, loose=True)
    x0, y0, x1, y1 = ink = page.get_charbox(at)
    if x1 <= x0 or y1 <= y0:
        return left, bottom, right, top
    inside = left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top
    vast = top - bottom > max(_VAST, 5 * max(x1 - x0, y1 - y0))
    return (left, bottom, right, top) if inside and not vast else ink
