"""Pictures of pages (PNG, JPEG, TIFF of one or more pages, GIF): recognised where ``gouji[ocr]`` is installed."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageSequence, UnidentifiedImageError

from extractor.errors import ReadError
from extractor.model import Document, Limits
from extractor.readers import ocr
from extractor.readers.limits import passed
from extractor.readers.paged.assemble import assemble
from extractor.readers.paged.page import Page

_LIKELY = (100, 400)
_A4 = 11.7  # inches


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a picture. Raises ``ReadError`` when it is damaged, too large, or recognition is not installed."""
    if not ocr.available():
        why = ocr.scan()
        raise ReadError(name, "这是图片，没有文字。", why.remedy)
    Image.MAX_IMAGE_PIXELS = None  # the memory of this process is bounded, and the size is looked at below
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return assemble(name, data, f"image/{(picture.format or 'x').lower()}", _pages(name, picture, limits))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ReadError(name, f"图片已损坏，打不开（{error}）。", "请向报送单位重新索取。") from None


def _pages(name: str, picture: Image.Image, limits: Limits) -> Iterator[Page]:
    for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
        if number > limits.pages:
            raise passed(limits, name, "pages", f"超过{limits.pages}页")
        if frame.width * frame.height * 3 > limits.memory_mb * 2**20 // 4:
            raise passed(limits, name, "memory_mb", f"图片有{frame.width}×{frame.height}点")
        yield _page(number, frame)


def _page(number: int, frame: Image.Image) -> Page:
    dpi = _resolution(frame)
    page = Page(number, frame.width * 72 / dpi, frame.height * 72 / dpi)
    ocr.recognise_picture(page, frame, dpi)
    if not page.lines:
        page.unread = ocr.scan()
    return page


def _resolution(frame: Image.Image) -> float:
    """Dots an inch as the picture says, or as they would be were it a sheet of A4."""
    said = float(frame.info.get("dpi", (0, 0))[0] or 0)
    return said if _LIKELY[0] <= said <= _LIKELY[1] else max(72.0, max(frame.size) / _A4)
