"""Plain text: the encoding is found out, never guessed into mojibake."""

from __future__ import annotations

import codecs
import hashlib
import re

from extractor.errors import ReadError
from extractor.model import Document, Source
from extractor.readers.lines import blocks
from extractor.text.normalize import clean

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
# Characters that appear when UTF-8 is read as GBK or the other way round, and hardly ever in a report.
_MOJIBAKE = re.compile(r"锟斤拷|[\ue000-\uf8ff]|[鐨銆锛鍜涓鏄浜鍦鏈绋](?=[^\s]?[勫傦屾殑湁鍏])")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was in. Raises ``ReadError`` for binary or garbled content."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
            except UnicodeDecodeError:
                raise ReadError(name, f"文件开头标明是 {encoding}，内容却不是。", "请重新另存为 UTF-8 文本。") from None
    candidates = ["utf-8", "gb18030"]
    if len(data) % 2 == 0 and data[:400].count(0) > len(data[:400]) // 8:
        candidates = ["utf-16-le", "utf-16-be"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if plausible(text):
            return text, encoding
    raise ReadError(
        name, "内容不是可读的文字（二进制文件，或编码已损坏）。", "请向报送单位索取原文件，或另存为 UTF-8 文本。"
    )


def plausible(text: str) -> bool:
    """Whether a decoded text reads like a document: hardly any control characters, no traces of a wrong encoding."""
    sample = text[:20000]
    if len(_CONTROL.findall(sample)) > max(2, len(sample) // 500):
        return False
    han = len(_HAN.findall(sample))
    return len(_MOJIBAKE.findall(sample)) <= max(2, han // 50)


def read(name: str, data: bytes) -> Document:
    """Read a plain-text file. Raises ``ReadError`` when it holds no readable text."""
    text, encoding = decode(data, name)
    text = clean(text)
    if not text.strip():
        raise ReadError(name, "文件里只有空白。", "请向报送单位索取完整的文件。")
    canonical, found, diagnostics = blocks(text)
    return Document(
        source=Source(
            path=name, sha256=hashlib.sha256(data).hexdigest(), media_type="text/plain", encoding=encoding, pages=None
        ),
        text=canonical,
        blocks=found,
        diagnostics=diagnostics,
    )
