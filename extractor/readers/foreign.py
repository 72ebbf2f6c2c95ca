"""Formats that LibreOffice brings to .docx: ODT, Word XML, RTF."""

from __future__ import annotations

from functools import partial

from extractor.model import Document, Limits
from extractor.readers.convert import with_libreoffice
from extractor.readers.doc import REMEDY, converted

_KINDS = {
    b"{\\rtf": (".rtf", "application/rtf"),
    b"PK\x03\x04": (".odt", "application/vnd.oasis.opendocument.text"),
}


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a file through LibreOffice. Raises ``ReadError`` (telling how to get it) where it is not installed."""
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    suffix, media_type = next((v for k, v in _KINDS.items() if start.startswith(k)), (".xml", "application/xml"))
    return converted(name, data, limits, media_type, [("LibreOffice", partial(with_libreoffice, suffix=suffix))])


__all__ = ["REMEDY", "read"]
