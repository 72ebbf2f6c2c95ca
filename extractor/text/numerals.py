"""The only number reader: Arabic, Chinese and mixed numerals to exact decimals.

A numeral keeps how it was written (``places`` after the point, the ``step`` of its last written digit), because
its interval follows from that.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property, lru_cache

from msgspec import Struct

from extractor.model.number import ZERO, Interval, plain

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}

ARABIC = r"\d{1,3}+(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE_CHAR = "零一二两三四五六七八九十百千万亿"
LONGEST_CHINESE, LONGEST_ARABIC = 40, 60
"""In characters: what is longer, of digits alone, is no number that anyone would write."""
_REMEMBERED = 4096  # numerals: most reports have the same ones
# One numeral: Arabic with its Chinese scales (1.2万, 2万5千, 3千), or Chinese (一百零七, 两万三千, 九十六点五).
# 几 and 数 stand for an unknown digit (几十, 十几, 数百). 余/多/来 between number and scale belong to the numeral (20余万).
NUMERAL = re.compile(
    rf"(?P<arabic>{ARABIC})(?P<inner>[余多来])?(?P<scale>[百千]?[万亿]|[百千](?![分瓦米克伏卡]))?"
    rf"(?P<rest>(?<=万)\d{{1,4}}(?:\.\d+)?(?:[百千])?(?=[^\d])|(?<=亿)\d{{1,4}}万)?"
    rf"|(?P<chinese>[{CHINESE_CHAR}几数](?:[{CHINESE_CHAR}几](?!分之))*(?:点[零一二三四五六七八九]+(?:[百千]?[万亿])?)?)"
    rf"(?P<cinner>[余多来](?=[万亿]))?(?P<cscale>(?<=[余多来])[万亿]+)?"
)


class Numeral(Struct, frozen=True, dict=True):
    """A number as written: ``value``; ``step``, what one unit of the last written digit is worth; ``places`` after the point.

    ``place`` is the worth of the last digit that is not zero (20000 -> 10000): what 余 leaves open. ``scaled`` is true
    when 万 or 亿 was written; ``vague`` gives the bounds of 几十, 数百, 十几.
    """

    value: Decimal
    step: Decimal
    places: int
    place: Decimal
    scaled: bool = False
    vague: tuple[Decimal, Decimal] | None = None

    @cached_property
    def plain(self) -> Decimal:
        """The value as it is told: without exponent and without zeros that say nothing."""
        return plain(self.value)

    @cached_property
    def exact(self) -> Interval:
        """The value alone."""
        return Interval.exactly(self.plain)

    @cached_property
    def rounded(self) -> Interval:
        """What rounds to the value as it is written, and is not below zero."""
        return self.rounding().plain()

    def rounding(self) -> Interval:
        """As ``rounded``, the ends with all the digits that follow from how the number is written."""
        half = self.step * _HALF
        return Interval(self.value - half if self.value > half else ZERO, self.value + half)


@lru_cache(_REMEMBERED)
def read_arabic(digits: str, scale: str = "") -> Numeral:
    """An Arabic numeral with its Chinese scale (``("1.2", "万")`` -> 12000, step 1000)."""
    text = digits.replace(",", "").replace("，", "")
    value, places = Decimal(text), len(text.partition(".")[2])
    if not scale:
        return Numeral(value, _ONE.scaleb(-places) if places else _ONE, places, _last_place(value, places))
    worth = _ONE
    for char in scale:
        worth *= SCALES.get(char) or MYRIADS[char]
    return Numeral(value * worth, worth.scaleb(-places), places, _last_place(value, places) * worth, worth >= 10000)


@lru_cache(_REMEMBERED)
def read_chinese(text: str) -> Numeral | None:
    """A Chinese numeral (一百零七, 两万三千, 三点二万, 二〇二三, 几十), or None when the characters make no number."""
    whole, _, behind = text.partition("点")
    decimals = behind.rstrip("百千万亿")
    if "几" in whole or "数" in whole:
        return _read_vague(whole) if len(whole) > 1 and whole.rfind("数") < 1 else None
    if pair := _adjacent(whole):
        return pair
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        if "两" in whole or len(whole) == 2:
            return None
        value = Decimal("".join(str(DIGITS[c]) for c in whole))
        return Numeral(value, Decimal(1), 0, _last_place(value, 0))
    read = _chinese_integer(whole)
    if read is None:
        return None
    if not decimals:
        return Numeral(Decimal(read[0]), _ONE, 0, Decimal(read[1]), "万" in whole or "亿" in whole)
    return read_arabic(f"{read[0]}.{''.join(str(DIGITS[c]) for c in decimals)}", behind[len(decimals) :])


def _adjacent(text: str) -> Numeral | None:
    """Two neighbouring digits as an approximation: 三五 [3, 5], 十五六 [15, 16], 二三十 [20, 30]."""
    for i in range(len(text) - 1):
        a, b = DIGITS.get(text[i], 0), DIGITS.get(text[i + 1], 0)
        if 0 < a < b <= a + 2 and "零" not in text:
            ends = [_chinese_integer(text[:i] + d + text[i + 2 :]) for d in (text[i], text[i + 1])]
            if ends[0] is None or ends[1] is None:
                return None
            low, high = Decimal(ends[0][0]), Decimal(ends[1][0])
            return Numeral(low, Decimal(ends[0][1]), 0, Decimal(ends[0][1]), "万" in text, (low, high))
    return None


def _chinese_integer(text: str) -> tuple[int, int] | None:
    """Value and worth of the last named place; None when the order of places makes no number."""
    total = section = 0
    digit: int | None = None
    last_scale, last_myriad, place = 10**4, 10**12, 1
    zero = False
    for char in text:
        if char == "零":
            if digit is not None:
                return None
            zero = True
        elif char in DIGITS:
            if digit is not None:
                return None
            digit = DIGITS[char]
        elif char in SCALES:
            scale = SCALES[char]
            if scale >= last_scale or (digit is None and (scale != 10 or section)):
                return None
            section += (1 if digit is None else digit) * scale
            digit, last_scale, place, zero = None, scale, scale, False
        else:
            myriad = MYRIADS[char]
            if digit is None and section == 0:
                return None
            if myriad >= last_myriad:
                return None
            total += (section + (digit or 0)) * myriad
            place, last_myriad = myriad, myriad
            section, digit, last_scale, zero = 0, None, 10**4, False
    if digit is not None:
        if place >= 100 and not zero:  # 两万三 = 23000, 一百二 = 120
            section += digit * (place // 10)
            place //= 10
        else:
            section += digit
            place = 1
    return total + section, place


def _read_vague(text: str) -> Numeral | None:
    """几十 [20, 90], 数百 [200, 900], 十几 [11, 19], 二十几 [21, 29], 几 [3, 9]."""
    mark = "几" if "几" in text else "数"
    low, high = (_chinese_integer(text.replace(mark, d, 1)) for d in "二九")
    if text.endswith("几"):
        low = _chinese_integer(text.replace("几", "一" if len(text) > 1 else "二"))
    if low is None or high is None:
        return None
    a, b = Decimal(low[0]), Decimal(high[0])
    if not text.endswith("几"):
        b += Decimal(low[1]) - 1
    return Numeral(a, Decimal(low[1]), 0, Decimal(low[1]), "万" in text, (a, b))


def _last_place(value: Decimal, places: int) -> Decimal:
    """The worth of the last digit that is not zero (350 -> 10, 36 -> 1, 1.20 -> 0.1)."""
    digits = str(value)
    if "." not in digits and "E" not in digits and digits[-1] != "0":
        return _ONE
    if not value:
        return _ONE.scaleb(-places)
    return _ONE.scaleb(int(value.normalize().as_tuple().exponent))


_ONE, _HALF = Decimal(1), Decimal("0.5")
