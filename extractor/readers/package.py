"""The package of an Office file: its parts in a zip, found through their relations (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from lxml import etree

from extractor.errors import ReadError
from extractor.readers.archive import open_zip, unpack

DAMAGED = "请用 WPS 或 Word 打开并重新保存；打不开的，请向报送单位索取完整的文件。"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict variant of the standard names the same elements by another address.
_STRICT, _USUAL = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)


class Package:
    """The parts of one file. Raises ``ReadError`` where the package or a part of it is damaged."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._zip = open_zip(name, data)
        self._known = set(self._zip.namelist())
        roots = self._related("")
        self._main = next((t for k, t in roots if k == "officeDocument"), "word/document.xml")
        self._relations = self._related(self._main)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    def main(self) -> Any:
        """The root of the document itself."""
        if self._main not in self._known:
            raise ReadError(self._name, "文件已损坏，里面没有正文。", DAMAGED)
        return self._xml(self._main)

    def part(self, kind: str) -> Any:
        """The root of the document's part of a kind (``styles``, ``numbering``, …); None where there is none."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[Any]:
        """The roots of all parts of a kind. Relations that lead nowhere are passed over, as Word does."""
        return (self._xml(target) for found, target in self._relations if found == kind and target in self._known)

    def _related(self, part: str) -> list[tuple[str, str]]:
        """Kind and target (its path inside the package) of every relation of a part."""
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self._known:
            return []
        found = []
        for relation in self._xml(path).iter(_RELATION):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found.append(((relation.get("Type") or "").rpartition("/")[2], full))
        return found

    def _xml(self, part: str) -> Any:
        return parsed(self._name, part, unpack(self._name, self._zip, part))


def parsed(name: str, part: str, xml: bytes) -> Any:
    """The root of an XML part. Raises ``ReadError`` when it is damaged or nested deeper than 256 (libxml2's own limit).

    Entities are never resolved, so that none can grow or reach out.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(xml.replace(_STRICT, _USUAL), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(name, f"文件已损坏，“{part}”不能解析（{error}）。", DAMAGED) from None
