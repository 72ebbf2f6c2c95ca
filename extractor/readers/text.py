"""Plain text: the encoding is found out, never guessed into mojibake."""

from __future__ import annotations

import codecs
import hashlib
import re

from extractor.errors import ReadError
from extractor.model import Document, Limits, Source
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
# Characters of which any Chinese report is full; text decoded from the wrong bytes holds hardly any of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相"
    "全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严镇乡街村府律"
)
_MIN_COMMON = 0.25
_UNTOLD = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]|\(cid:\d+\)")
_LATIN = re.compile(r"[\u00a1-\u00b6\u00b8-\u024f]")  # not the middle dot
_GARBLED, _FEWEST, _RARE = 0.2, 15, 0.1  # a list of names has few common characters, but more than this


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was in. Raises ``ReadError`` for binary or garbled content."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
            except UnicodeDecodeError:
                raise ReadError(name, f"文件开头标明是 {encoding}，内容却不是。", "请重新另存为 UTF-8 文本。") from None
    if len(data) % 2 == 0 and b"\x00" in data[:4000]:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, "replace")
            if plausible(text):
                return text, encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if plausible(text):
            return text, encoding
        break  # bytes that decode are in this encoding; another one would only garble them
    raise ReadError(
        name, "内容不是可读的中文（二进制文件、编码已损坏，或没有中文）。", "请向报送单位索取原文件，或另存为 UTF-8 文本。"
    )


def plausible(text: str) -> bool:
    """Whether a decoded text reads like a Chinese document: hardly any control characters, and common characters in plenty."""
    sample = text[:20000]
    if len(_CONTROL.findall(sample)) > max(2, len(sample) // 500):
        return False
    han = _HAN.findall(sample)
    return bool(han) and sum(c in _COMMON for c in han) >= len(han) * _MIN_COMMON


def garbled(text: str) -> bool:
    """Whether the text of a page is not what the page shows: fonts that do not tell their characters, or tell wrong ones."""
    written = "".join(text.split())
    if len(written) < _FEWEST:
        return False
    if any(sum(map(len, wrong.findall(written))) >= len(written) * _GARBLED for wrong in (_UNTOLD, _LATIN)):
        return True
    han = _HAN.findall(written)
    return len(han) >= _FEWEST * 3 and sum(c in _COMMON for c in han) < len(han) * _RARE


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a plain-text file. Raises ``ReadError`` when it holds no readable text."""
    text, encoding = decode(data, name)
    text = clean(text)
    if not text.strip():
        raise ReadError(name, "文件里只有空白。", "请向报送单位索取完整的文件。")
    return document(name, text, hashlib.sha256(data).hexdigest(), encoding)


def document(name: str, text: str, sha256: str = "", encoding: str | None = None) -> Document:
    """A text as a document. Parameters: ``name`` stands as its path; ``sha256`` and ``encoding`` of the file, if it has one."""
    canonical, found, diagnostics = blocks(clean(text))
    source = Source(path=name, sha256=sha256, media_type="text/plain", encoding=encoding)
    return Document(source=source, text=canonical, blocks=found, diagnostics=diagnostics)
