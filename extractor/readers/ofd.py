"""OFD (GB/T 33190-2016), the national format of set pages: XML in a zip. Text, ruling lines and pictures of every page.

Seals, annotations and attachments are not read: they are not the report.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from typing import Any, NamedTuple

from PIL import Image

from extractor.errors import ReadError
from extractor.model import Box, Document, Limits
from extractor.readers import ocr
from extractor.readers.archive import open_zip, unpack
from extractor.readers.limits import passed
from extractor.readers.ofd_drawing import Affine, moved, numbers, path_strokes, placed, text_lines
from extractor.readers.package import parsed
from extractor.readers.paged.assemble import assemble
from extractor.readers.paged.page import Page, Ruling, Unread
from extractor.readers.text import garbled

_POINTS = 72 / 25.4
_A4 = (0.0, 0.0, 210.0, 297.0)
_DEEPEST = 32
_REMEDY = "请向报送单位重新索取，或用 OFD 阅读器转为 PDF 后再读。"
_DAMAGED = Unread("page-damaged", "已损坏", _REMEDY)


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read an OFD file. Raises ``ReadError`` when it is damaged, too long, or holds no readable text."""
    with open_zip(name, data) as archive:
        parts = {part.lower(): part for part in archive.namelist()}

        def xml(path: str) -> Any:
            known = parts.get(path.lower())
            return None if known is None else parsed(name, known, unpack(name, archive, known))

        def raw(path: str) -> bytes | None:
            known = parts.get(path.lower())
            return None if known is None else unpack(name, archive, known)

        root = xml("OFD.xml")
        documents = [_Package(_path("", _text(body, "DocRoot")), xml, raw) for body in _all(root, "DocBody")]
        places = [(package, place) for package in documents for place in package.pages]
        if not places:
            raise ReadError(name, "文件已损坏，里面一页也没有。", _REMEDY)
        if len(places) > limits.pages:
            raise passed(limits, name, "pages", f"有{len(places)}页")
        pages = (package.page(number, place) for number, (package, place) in enumerate(places, 1))
        return assemble(name, data, "application/ofd", pages)


class _Seen(NamedTuple):
    """Where the drawing of a page stands: the transform to points from its upper left corner, and how deep it is nested."""

    place: Affine
    depth: int = 0


class _Package:
    """One document of the file: its pages, its templates and what its pages share."""

    def __init__(self, path: str, xml: Any, raw: Any) -> None:
        self._xml, self._raw = xml, raw
        root = xml(path)
        common = _first(root, "CommonData")
        self._area = _box(_text(_first(common, "PageArea"), "PhysicalBox")) or _A4
        self._templates = {t.get("ID"): _path(path, t.get("BaseLoc")) for t in _all(common, "TemplatePage")}
        self.pages = [_path(path, page.get("BaseLoc")) for page in _all(_first(root, "Pages"), "Page")]
        self._pictures: dict[str, str] = {}
        self._units: dict[str, Any] = {}
        for kind in ("PublicRes", "DocumentRes"):
            for shared in _all(common, kind):
                self._resources(_path(path, shared.text))

    def page(self, number: int, path: str) -> Page:
        """One page with all that is drawn on it."""
        try:
            root = self._xml(path)
        except ReadError:
            root = None  # told as this page's, not as the file's
        if root is None:
            return Page(number, 0.0, 0.0, unread=_DAMAGED)
        for shared in _all(root, "PageRes"):
            self._resources(_path(path, shared.text))
        area = _box(_text(_first(root, "Area"), "PhysicalBox")) or self._area
        page = Page(number, area[2] * _POINTS, area[3] * _POINTS)
        seen = _Seen((_POINTS, 0.0, 0.0, _POINTS, -area[0] * _POINTS, -area[1] * _POINTS))
        pictures: list[tuple[Box, str]] = []
        for template in _all(root, "Template"):
            under = self._xml(self._templates.get(template.get("TemplateID"), ""))
            if under is not None:
                self._draw(page, _layers(under), seen, pictures)
        self._draw(page, _layers(root), seen, pictures)
        if garbled("".join(line.text for line in page.lines)):
            page.lines, page.rulings = [], []
            page.unread = Unread("page-garbled", "的文字是乱码（字体没有标明是什么字）", _REMEDY)
        elif not page.lines and pictures:
            self._recognise(page, max(pictures, key=lambda p: (p[0][2] - p[0][0]) * (p[0][3] - p[0][1])))
        return page

    def _draw(self, page: Page, elements: Iterator[Any], seen: _Seen, pictures: list[tuple[Box, str]]) -> None:
        for element in elements:
            kind = _kind(element)
            if kind == "TextObject":
                page.lines += text_lines(element, seen.place)
            elif kind == "PathObject":
                page.rulings += [Ruling(box) for box in path_strokes(element, seen.place)]
            elif kind == "ImageObject":
                place = _box(element.get("Boundary"))
                if place is not None:
                    corner = moved(seen.place, place[0], place[1])
                    other = moved(seen.place, place[0] + place[2], place[1] + place[3])
                    pictures.append(((*corner, *other), element.get("ResourceID") or ""))
            elif seen.depth < _DEEPEST:
                if kind == "CompositeObject":
                    unit = _first(self._units.get(element.get("ResourceID") or ""), "Content")
                    place_inside = placed(element, seen.place)
                    if unit is not None and place_inside is not None:
                        self._draw(page, iter(unit), _Seen(place_inside, seen.depth + 1), pictures)
                elif kind == "PageBlock":
                    self._draw(page, iter(element), seen._replace(depth=seen.depth + 1), pictures)

    def _resources(self, path: str) -> None:
        root = self._xml(path)
        if root is None:
            return
        base = posixpath.join(posixpath.dirname(path), root.get("BaseLoc") or "")
        for media in root.iter("{*}MultiMedia"):
            self._pictures[media.get("ID") or ""] = _path(base + "/", _text(media, "MediaFile"))
        for unit in root.iter("{*}CompositeGraphicUnit"):
            self._units[unit.get("ID") or ""] = unit

    def _recognise(self, page: Page, picture: tuple[Box, str]) -> None:
        place, known = picture
        page.unread = ocr.scan()
        found = self._raw(self._pictures.get(known, ""))
        if found is None or not ocr.available():
            return
        try:
            with Image.open(io.BytesIO(found)) as opened:
                ocr.recognise_picture(page, opened, opened.width / max((place[2] - place[0]) / 72, 0.1))
        except (OSError, SyntaxError, ValueError):
            page.unread = Unread("page-scan", "是图片，图片已损坏或格式不常见", _REMEDY)
        else:
            page.unread = None if page.lines else page.unread


def _layers(root: Any) -> Iterator[Any]:
    for layer in _all(_first(root, "Content"), "Layer"):
        yield from layer


def _kind(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(parent: Any, name: str) -> list[Any]:
    """The children of a name, whatever the namespace: writers disagree on it. A ``Pages`` holds its ``Page``s directly."""
    return [] if parent is None else [child for child in parent if _kind(child) == name]


def _first(parent: Any, name: str) -> Any:
    return next(iter(_all(parent, name)), None)


def _text(parent: Any, name: str) -> str:
    found = _first(parent, name)
    return "" if found is None else (found.text or "").strip()


def _path(base: str, said: str | None) -> str:
    """A path of the package that a part names: absolute, or from the folder of that part."""
    said = (said or "").strip().replace("\\", "/")
    return posixpath.normpath(said.lstrip("/") if said.startswith("/") else posixpath.join(posixpath.dirname(base), said))


def _box(said: str | None) -> Box | None:
    found = numbers(said)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 and found[2] > 0 and found[3] > 0 else None
