"""PDF: text and ruling lines of every page through pdfium; pages without text go to recognition."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.errors import ReadError
from extractor.model import Box, Document, Limits
from extractor.readers import ocr
from extractor.readers.limits import passed
from extractor.readers.paged.assemble import assemble
from extractor.readers.paged.grids import FEWEST
from extractor.readers.paged.page import Line, Page, Ruling, Unread, around, full_width
from extractor.readers.pdf_rulings import rulings
from extractor.readers.text import garbled

_FEW = 30
_MOST_OF_IT = 0.4
_DAMAGED = Unread("page-damaged", "已损坏", "请向报送单位重新索取，或用 WPS 打开后另存一份再读。")
_SAMPLED = 60
"""Characters of a page from which the direction of its text is told."""
_VAST = 40.0
_TIGHT = 0.55  # letters set closer than this do not stand side by side
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
        return Page(index + 1, 0.0, 0.0, unread=_DAMAGED)
    text = source.get_textpage()
    try:
        view = _View(source, text)
        page = Page(index + 1, view.width, view.height)
        why = _unread(source, text.get_text_range(), view.width * view.height)
        if why is None:
            page.rulings = [Ruling(view.box(*place)) for place in rulings(source)]
            page.lines = list(_lines(text, view, page.watermarks, chars=len(page.rulings) >= FEWEST))
        elif ocr.available():
            ocr.recognise(page, source.render(scale=ocr.DPI / 72, rev_byteorder=False, prefer_bgrx=False).to_numpy())
            page.unread = None if page.lines else why
        else:
            page.unread = why
        return page
    finally:
        text.close()
        source.close()


def _unread(page: pdfium.PdfPage, text: str, area: float) -> Unread | None:
    """Why the text layer of a page cannot be used; None where it can, or where there is nothing on the page."""
    if garbled(text):
        return ocr.garbled()
    if len("".join(text.split())) >= _FEW:
        return None
    covered = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        covered = max(covered, (right - left) * (top - bottom))
    return ocr.scan() if covered >= area * _MOST_OF_IT else None


class _View:
    """How a page is read: its box, turned so that its text is upright, with the origin in the upper left."""

    def __init__(self, page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turn = _turn(text, page.get_rotation())
        self.width, self.height = self._right - self._left, self._top - self._bottom
        if self._turn in (90, 270):
            self.width, self.height = self.height, self.width

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own coordinates as it is seen."""
        if self._turn == 90:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self._turn == 180:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        if self._turn == 270:
            return self._top - top, self._right - right, self._top - bottom, self._right - left
        return left - self._left, self._top - top, right - self._left, self._top - bottom


def _turn(text: pdfium.PdfTextPage, otherwise: int) -> int:
    """Degrees by which a page must be turned for most of its text to be upright, whatever the page says of itself.

    ``otherwise`` is what it says, and counts where there is no text.
    """
    characters = text.count_chars()
    step = max(1, characters // _SAMPLED)
    angles = Counter(
        round(-math.degrees(raw.FPDFText_GetCharAngle(text, i)) / 90) * 90 % 360
        for i in range(0, characters, step)
        if raw.FPDFText_GetFontSize(text, i) and not chr(raw.FPDFText_GetUnicode(text, i)).isspace()
    )
    return max(angles, key=lambda turn: (angles[turn], turn == otherwise), default=otherwise)


def _lines(page: pdfium.PdfTextPage, view: _View, watermarks: list[str], chars: bool) -> Iterator[Line]:
    """The lines of a page, with the boxes of their ``chars`` where wanted; what is set aslant goes to ``watermarks``."""
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
        piece = piece.replace("\ufffe", "-").replace("\x02", "-")
        ends = box(start), box(start + len(piece) - 1)
        upright = abs((ends[0][0] + ends[0][2]) - (ends[1][0] + ends[1][2])) < ends[0][2] - ends[0][0]
        room, height = ends[1][2] - ends[0][0], ends[0][3] - ends[0][1]
        bent = not upright and (_elsewhere(*ends) or room < _TIGHT * height * full_width(piece))
        boxes = tuple(box(start + i) for i in range(len(piece))) if chars or bent else None
        if boxes is None or not bent:
            yield Line(piece, around(list(ends)), boxes)
            continue
        if _aslant(page, start):
            watermarks.append(piece)
            continue
        for a, b in _straight(piece, boxes):
            yield Line(piece[a:b], around(list(boxes[a:b])), boxes[a:b])


def _aslant(page: pdfium.PdfTextPage, at: int) -> bool:
    """Whether a character is turned by anything but quarters of a circle."""
    quarters = raw.FPDFText_GetCharAngle(page, at) / (math.pi / 2)
    return bool(abs(quarters - round(quarters)) > 0.05)


def _elsewhere(box: Box, other: Box) -> bool:
    """Whether two characters stand at different heights."""
    return abs((box[1] + box[3]) - (other[1] + other[3])) > max(box[3] - box[1], other[3] - other[1])


def _straight(text: str, boxes: tuple[Box, ...]) -> Iterator[tuple[int, int]]:
    """The stretches of what pdfium gave as one line but the page shows as several (one column after the other)."""
    start = end = 0
    for i, char in enumerate(text):
        if char.isspace():
            continue
        if end and (_elsewhere(boxes[end - 1], boxes[i]) or boxes[i][2] < boxes[end - 1][0]):
            yield start, end
            start = i
        end = i + 1
    yield start, end


def _char(page: pdfium.PdfTextPage, at: int) -> tuple[float, float, float, float]:
    """The box of a character with its margins, or of its ink alone where a font's margins are far from the ink."""
    left, bottom, right, top = page.get_charbox(at, loose=True)
    x0, y0, x1, y1 = ink = page.get_charbox(at)
    if x1 <= x0 or y1 <= y0:
        return left, bottom, right, top
    inside = left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top
    vast = top - bottom > max(_VAST, 5 * max(x1 - x0, y1 - y0))
    return (left, bottom, right, top) if inside and not vast else ink
