"""RTF (also under the name .doc): by striprtf, which knows text and tables; what has more, through LibreOffice if it is there.

striprtf takes everything for text that is not a known destination, so that deleted and hidden text, addresses of links and
the like are cut out first (groups and control words: RTF 1.9.1).
"""

from __future__ import annotations

import hashlib
import re

from msgspec.structs import replace

from extractor.errors import ReadError
from extractor.model import Diagnostic, Document, Limits
from extractor.readers import foreign, text
from extractor.readers.convert import libreoffice

MEDIA_TYPE = "application/rtf"
_TOKEN = re.compile(r"\\([a-z]+)(-?\d+)?|\\[^a-z]|[{}]")
_CUT = {"deleted": "tracked-changes", "v": "hidden-text", "fldinst": ""}
_UNREAD = re.compile(r"\\(?:footnote|shptxt|object)\b")
_LABEL = re.compile(r"(\{\\(?:\*\\)?)(?:pntext|listtext)((?:[^{}]|\{[^{}]*\})*?)(?:\\tab ?)?\}")
_TELLS = {
    "tracked-changes": "文件里有修订痕迹，{n}处删除的文字没有计入。",
    "hidden-text": "有{n}处隐藏的文字没有计入。",
    "unread": "脚注、文本框或嵌入的对象（{n}处）没有读取：安装 LibreOffice 后可以读取，也可以用 WPS 另存为 .docx。",
}


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read an RTF file. Raises ``ReadError`` when it holds no readable text."""
    try:
        document = by_itself(name, data)
    except ReadError:
        if libreoffice() is None:
            raise
        return foreign.read(name, data, limits)
    if libreoffice() is not None and any(d.code == "unread" for d in document.diagnostics):
        try:
            return foreign.read(name, data, limits)
        except ReadError:
            return document  # which tells what it lacks
    return document


def by_itself(name: str, data: bytes) -> Document:
    """An RTF file as striprtf reads it. Errors as for ``read``."""
    from striprtf.striprtf import rtf_to_text

    source, cut = _without(data.decode("latin-1"))
    source = _LABEL.sub(r"\1listtext\2}", source)
    written: str = rtf_to_text(source, encoding="gb18030", errors="replace")  # type: ignore[no-untyped-call]
    if not written.strip():
        raise ReadError(name, "文件里没有文字。", "请打开文件看是否有正文；没有的，请向报送单位索取完整的文件。")
    if not text.plausible(written):
        raise ReadError(name, "读出的不是通顺的中文。", foreign.REMEDY)
    found = text.document(name, written, hashlib.sha256(data).hexdigest())
    cut["unread"] = len(_UNREAD.findall(source))
    told = tuple(
        Diagnostic(code=code, message=words.format(n=cut[code]), severity="warning")
        for code, words in _TELLS.items()
        if cut.get(code)
    )
    return replace(found, source=replace(found.source, media_type=MEDIA_TYPE), diagnostics=(*found.diagnostics, *told))


def _without(rtf: str) -> tuple[str, dict[str, int]]:
    """The source without the groups of ``_CUT``, and how many there were of each kind."""
    cut: dict[str, int] = {}
    kept: list[str] = []
    open_groups: list[tuple[int, str | None]] = []  # where what is kept ended before each, and why it is to go
    at = 0
    for token in _TOKEN.finditer(rtf):
        if token[0] == "{":
            kept.append(rtf[at : token.start()])
            at = token.start()
            open_groups.append((len(kept), None))
        elif token[0] == "}" and open_groups:
            kept.append(rtf[at : token.end()])
            at = token.end()
            start, code = open_groups.pop()
            if code is not None:
                del kept[start:]
                cut[code] = cut.get(code, 0) + 1
        elif token[1] in _CUT and token[2] != "0" and len(open_groups) > 1:
            open_groups[-1] = (open_groups[-1][0], _CUT[token[1]])
    return "".join(kept) + rtf[at:], cut
