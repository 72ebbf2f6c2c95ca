"""Word 97–2003 and WPS documents (.doc, .wps): brought to .docx and read as that.

The Python converter comes first (it is always there and quick), LibreOffice second. What either gives must read like
Chinese: a wrong guess at the bytes is an error, never text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Protocol

from msgspec.structs import replace

from extractor.errors import ReadError
from extractor.model import Document, Limits
from extractor.readers import docx
from extractor.readers.convert import ConversionError, with_doc2docx, with_libreoffice
from extractor.readers.formats import FORMATS
from extractor.readers.text import plausible

MEDIA_TYPE = "application/msword"
REMEDY = (
    "请用 WPS 或 Word 打开，另存为 .docx 后再试；也可以安装 LibreOffice（免费，安装后不联网即可使用），gouji 会自动用它读取。"
)


class Converter(Protocol):
    """From a file's bytes to those of a .docx, in at most so many seconds."""

    def __call__(self, data: bytes, *, seconds: float) -> bytes: ...


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a .doc or .wps file. Raises ``ReadError`` when neither converter makes sense of it."""
    converters: list[tuple[str, Converter]] = [
        ("内置转换", with_doc2docx),
        ("LibreOffice", partial(with_libreoffice, suffix=".doc")),
    ]
    return converted(name, data, limits, MEDIA_TYPE, converters)


def converted(name: str, data: bytes, limits: Limits, media_type: str, converters: Sequence[tuple[str, Converter]]) -> Document:
    """A document read through the first converter whose result is plausible text.

    Parameters: ``converters`` their names (for messages) and functions that bring the file to .docx. Each may take
    two fifths of the time that the file has, so that the last one still ends within it.
    """
    reasons = []
    for who, convert in converters:
        try:
            document = docx.read(name, convert(data, seconds=limits.seconds * 0.4), limits)
        except ConversionError as error:
            if "password" in str(error):
                raise ReadError(name, "文档有密码，打不开。", FORMATS["locked"].remedy) from None
            reasons.append(f"{who}：{error}")
        except ReadError as error:
            reasons.append(f"{who}：{error.reason}")
        else:
            if plausible(document.text):
                source = replace(document.source, sha256=hashlib.sha256(data).hexdigest(), media_type=media_type)
                return replace(document, source=source)
            reasons.append(f"{who}：读出的不是通顺的中文")
    raise ReadError(name, f"读不了这个文件（{'；'.join(reasons)}）。", REMEDY)
