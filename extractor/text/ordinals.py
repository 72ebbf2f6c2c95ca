"""The numbers of headings: read (（三） -> 3) and written (3 -> 三)."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.text.numerals import read_chinese

MARK = re.compile(r"[零一二三四五六七八九十百]+|\d+")
_NUMERALS = " 一二三四五六七八九"


@lru_cache(maxsize=1000)
def ordinal(number: str) -> int | None:
    """The position that the mark of a heading claims (一 -> 1, （三） -> 3, 2 -> 2); None when it has none."""
    match = MARK.search(number)
    if match is None:
        return None
    if match.group().isdigit():
        return int(match.group())
    read = read_chinese(match.group())
    return None if read is None else int(read.value)


def chinese(position: int) -> str:
    """A position from 1 to 99 in the figures of headings: 十二, 二十; larger ones in digits."""
    if not 0 < position < 100:
        return str(position)
    tens, ones = divmod(position, 10)
    return (_NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones] if ones else "")
