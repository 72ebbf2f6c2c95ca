"""Recognition of scans (the optional part ``gouji[ocr]``): rapidocr over onnxruntime, models inside the package, no network.

Ruling lines are found in the picture too, so that scanned tables become tables.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from extractor.model import Box
from extractor.readers.paged.page import Line, Page, Ruling, Unread

if TYPE_CHECKING:
    from PIL import Image

DPI = 200
"""Resolution to render at: finer pictures are read worse, not better."""
_POINTS = 72.0
_LONGEST_SIDE = 2600
_LEAST = 0.2  # what is read with less confidence is no text
_RULING = 0.35  # inches: shorter strokes are parts of characters
_INSTALL = '请安装识别组件：pip install "gouji[ocr]"（模型随安装包提供，识别时不联网），或向报送单位索取文字可以复制的文件。'


def available() -> bool:
    """Whether ``gouji[ocr]`` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def scan() -> Unread:
    """What to say of a page that is a picture."""
    return Unread("page-scan", "是扫描图片，没有文字", "请向报送单位索取文字可以复制的文件。" if available() else _INSTALL)


def garbled() -> Unread:
    """What to say of a page whose text layer does not hold the characters that it shows."""
    remedy = "请向报送单位重新索取，或索取 Word 文件。" if available() else _INSTALL
    return Unread("page-garbled", "的文字层是乱码（字体没有标明是什么字）", remedy)


def recognise(page: Page, picture: Any, dpi: float = DPI) -> None:
    """Put the lines and ruling lines of a picture into ``page``.

    Parameters: ``picture`` an array of height x width x 3 bytes (blue, green, red); ``dpi`` its resolution.
    """
    scale = _POINTS / dpi
    page.rulings = [Ruling(_scaled(box, scale)) for box in _strokes(picture, dpi)]
    found = _engine()(picture, return_word_box=True, return_single_char_box=True)
    page.lines = []
    for text, score, corners, chars in zip(
        found.txts or (), found.scores or (), _rows(found.boxes), found.word_results, strict=False
    ):
        boxes = tuple(_box(char[2], scale) for char in chars) if "".join(c[0] for c in chars) == text else None
        page.lines.append(Line(text.replace("\n", " "), _box(corners, scale), boxes, confidence=float(score)))


def recognise_picture(page: Page, picture: Image.Image, dpi: float) -> None:
    """As ``recognise``, of a picture of any kind and resolution; a finer one is made coarser first."""
    import numpy

    shrink = min(1.0, DPI / dpi)
    seen = picture.convert("RGB")
    if shrink < 1.0:
        seen = seen.resize((max(1, round(seen.width * shrink)), max(1, round(seen.height * shrink))))
    recognise(page, numpy.asarray(seen)[:, :, ::-1].copy(), dpi * shrink)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    settings = {"Global.log_level": "critical", "Global.max_side_len": _LONGEST_SIDE, "Global.text_score": _LEAST}
    return RapidOCR(params=settings)


def _rows(boxes: Any) -> list[Any]:
    return [] if boxes is None else list(boxes)


def _box(corners: Any, scale: float) -> Box:
    x, y = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
    return _scaled((min(x), min(y), max(x), max(y)), scale)


def _scaled(box: Box, scale: float) -> Box:
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def _strokes(picture: Any, dpi: float) -> list[Box]:
    """Boxes of the long straight lines of a picture, in pixels."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(~grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -10)
    found: list[Box] = []
    for size in ((int(dpi * _RULING), 1), (1, int(dpi * _RULING))):
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        lines = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines)
        for left, top, width, height, _ in stats[1:count]:
            if min(width, height) <= dpi * 0.06:
                found.append((float(left), float(top), float(left + width), float(top + height)))
    return found
