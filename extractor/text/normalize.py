"""Characters folded to their plain form, one for one, and text without its line breaks and stray spaces.

Folding never changes the length, so that every offset stays true: full-width digits and letters, brackets, percent signs,
dashes and the radicals that PDF writers put for characters become what they stand for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from extractor.text.radicals import RADICALS

_PLAIN = {
    "﹪": "%",
    "﹒": ".",
    "•": "·",
    "‧": "·",
    "・": "·",
    "∶": ":",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "–": "—",
    "―": "—",
    "─": "—",
    "﹣": "-",
    "[": "〔",
    "]": "〕",
    "［": "〔",
    "］": "〕",
    "【": "〔",
    "】": "〕",
    "﹝": "〔",
    "﹞": "〕",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "〝": "“",
    "〞": "”",
    "﹑": "、",
    "､": "、",
    "｡": "。",
    "〇": "零",
    "○": "零",
    "俩": "两",
    "兩": "两",
}
_KEPT = "，；：！？（）"  # full-width marks that Chinese text is written with: they stay, the half-width ones become them


def _table() -> dict[int, str]:
    table = {}
    for code in (*range(0xFF01, 0xFF5F), *range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    table.update({ord(a): b for a, b in RADICALS.items()})
    table.update({ord(a): b for a, b in zip(",;!?()", "，；！？（）", strict=True)})
    table.update({ord(a): a for a in _KEPT})
    table.update({ord(a): b for a, b in _PLAIN.items()})
    table.update(dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F, 0x0009, 0x000B, 0x000C), " "))
    return table


_FOLD = _table()
# Most characters are plain already: finding those that are not is faster than looking every one up.
_FOLDED = re.compile("[" + "".join(re.escape(chr(code)) for code, plain in _FOLD.items() if chr(code) != plain) + "]")
_CHARACTERS = {code: plain for code, plain in _FOLD.items() if 0x2E80 <= code < 0x2FE0}
# A line of invisible characters alone goes with its end: it only seems empty, and parts nothing.
_INVISIBLE = re.compile(
    "(?:\n[\u200b-\u200f\u2060-\u2064\ufeff]+(?=\n))|[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\ufffe\uffff]"
)
# Square brackets hold the year of a document's number (〔2019〕26号); around anything longer they are brackets like any other.
_ASIDE = re.compile(r"〔(?![0-9]{1,4}〕)([^〔〕]*)〕")
_THOUSANDS = re.compile(r"，(?<=[0-9]，)(?=[0-9]{3}(?![0-9]))")
_POINT = re.compile(r"(?<=\d)·(?=\d{1,2}(?:%|‰|个百分点|[万亿]))")  # 上涨1·8%: a decimal point
# 二0一二年: a nought among the characters of a year.
_OUGHT = re.compile(r"(?<=二)[0O](?=[零一二三四五六七八九0O]{1,2}年)|(?<=二[0O零])[0O](?=[一二三四五六七八九]年)")
# A full stop typed as a point (全镇调解63件.其中…); the point of a heading's mark (一. 主要工作) stays.
_STOP = re.compile(r"\.(?<=[\u4e00-\u9fff”）%]\.)(?=[\s\u4e00-\u9fff“〔（《]|$)", re.MULTILINE)
_POINT_OF_MARK = re.compile(r"\s*(?:第?[一二三四五六七八九十]{1,3}|（[一二三四五六七八九十\d]{1,3}）)\.")
_LONGEST_LABEL = 20
_LONGEST_MARK = 40  # characters, its indent among them
_QUOTED = re.compile(r'"([^"\n]{1,40})"')
_PLAIN_FIGURE = re.compile(r"[0-9.%]*")  # what most cells hold is as plain as can be
_GAP = re.compile(r"(?<=[0-9])(?: {2,}|\s*\t\s*)(?=[0-9])")


def _folded(match: re.Match[str]) -> str:
    return _FOLD[ord(match[0])]


def _stop(match: re.Match[str]) -> str:
    text, at = match.string, match.start()
    line = text.rfind("\n", max(0, at - _LONGEST_MARK), at) + 1
    return "." if (line or at < _LONGEST_MARK) and _POINT_OF_MARK.fullmatch(text, line, at + 1) else "。"


def clean(text: str) -> str:
    """Text with ``\\n`` line ends and without invisible characters: what every reader starts from."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def characters(text: str) -> str:
    """``text`` with the characters that radicals stand for (what some PDF writers put for them); same length."""
    return text.translate(_CHARACTERS)


def fold(text: str) -> str:
    """``text`` with every character in its plain form; same length, so that offsets stay true."""
    folded = _FOLDED.sub(_folded, text)
    folded = _ASIDE.sub(r"（\1）", folded) if "〔" in folded else folded
    if "·" in folded:
        folded = _POINT.sub(".", folded)
    if "二0" in folded or "二O" in folded:
        folded = _OUGHT.sub("零", folded)
    if '"' in folded:
        folded = _QUOTED.sub(r"“\1”", folded)
    if "." in folded:
        folded = _STOP.sub(_stop, folded)
    return _THOUSANDS.sub(",", folded) if "，" in folded else folded


def tight(text: str) -> str:
    """Folded ``text`` without white space: what a cell or heading says."""
    return text if _PLAIN_FIGURE.fullmatch(text) else "".join(fold(text).split())


@lru_cache(4096)
def _told(cell: str) -> str:
    return tight(cell)


def cell_texts(row: Iterable[str]) -> list[str]:
    """What the cells of a row say, folded and without white space. Labels and small figures, which tables have in common, are
    folded once."""
    return [_told(cell) if len(cell) <= _LONGEST_LABEL else tight(cell) for cell in row]


def flow(text: str, start: int) -> tuple[str, tuple[int, ...]]:
    """Folded text without white space, and where each character of it stands.

    Parameters: ``text`` one paragraph; ``start`` its offset in the canonical text (code points).
    Returns ``(flow, offsets)``; ``offsets`` is empty when no white space was dropped. A wide gap between two digits
    (two spaces or a tab: two cells, not one number) stays as one space.
    """
    return running(fold(text), text, start)


def running(folded: str, text: str, start: int) -> tuple[str, tuple[int, ...]]:
    """``flow`` of a text that was folded already."""
    if folded.split(maxsplit=1) == [folded]:
        return folded, ()
    kept: list[str] = []
    offsets: list[int] = []
    gaps = {m.start() for m in _GAP.finditer(text.translate(_WIDTHS))}
    for i, char in enumerate(folded):
        if not char.isspace() or i in gaps:
            kept.append(" " if char.isspace() else char)
            offsets.append(start + i)
    return "".join(kept), tuple(offsets)


_WIDTHS = {**{0xFF10 + d: str(d) for d in range(10)}, 0x3000: " ", 0x00A0: " "}
