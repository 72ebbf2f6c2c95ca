"""Readers: a file in, a ``Document`` out. The format is told by content, never by the suffix alone.

A format is one module with ``recognises(head: bytes) -> bool`` and ``read(path, data) -> Document``, and one line in
``FORMATS``; modules are imported when a file needs them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from extractor.errors import ReadError
from extractor.model import Document


class Format(NamedTuple):
    """One file format: how its content starts, and the module that reads it ('' when none does yet)."""

    name: str
    magic: tuple[bytes, ...]
    module: str
    remedy: str = ""


_SAVE_AS = "请用 WPS 或 Word 打开，另存为纯文本（.txt，编码选 UTF-8）后再试。"
FORMATS = (
    Format("PDF", (b"%PDF-",), "", _SAVE_AS),
    Format("Word 97–2003 / WPS 文档", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), "", _SAVE_AS),
    Format("Word / WPS / OFD / 压缩包", (b"PK\x03\x04", b"PK\x05\x06"), "", _SAVE_AS),
    Format("RTF 文档", (b"{\\rtf",), "", _SAVE_AS),
    Format("图片", (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM"), "", "请先把图片识别成文字。"),
    Format(
        "网页",
        (b"<!DOCTYPE html", b"<!doctype html", b"<html", b"<HTML"),
        "",
        "请在浏览器中复制正文，存为纯文本后再试。",
    ),
    Format("文本", (), "extractor.readers.text"),
)


def read(path: str | Path) -> Document:
    """Read one file.

    Parameters: ``path`` of the file. Returns its canonical text in paragraphs and tables.
    Raises ``ReadError`` (naming the file, what is wrong, and the way out) for a missing, empty, binary or unreadable file.
    """
    path = Path(path)
    name = str(path)
    if path.is_dir():
        raise ReadError(name, "这是一个文件夹，不是报告文件。", "请给出其中的文件。")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(name, "找不到这个文件。", "请检查路径和文件名。") from None
    except OSError as error:
        raise ReadError(name, f"打不开这个文件（{error.strerror}）。", "请检查它是否被其他程序占用、是否有权限。") from None
    if not data.strip():
        raise ReadError(name, "文件是空的。", "请向报送单位索取完整的文件。")
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:64]
    for kind in FORMATS:
        if not kind.magic or any(head.startswith(m) for m in kind.magic):
            if not kind.module:
                raise ReadError(name, f"暂不能读取这种格式（{kind.name}）。", kind.remedy)
            document: Document = import_module(kind.module).read(name, data)
            return document
    raise ReadError(name, "认不出这个文件的格式。", _SAVE_AS)


__all__ = ["FORMATS", "Format", "read"]
