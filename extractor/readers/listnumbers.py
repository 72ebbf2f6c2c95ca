"""The number formats of Word's automatic lists (ECMA-376 part 1, 17.18.59 ST_NumberFormat), as Word writes them."""

from __future__ import annotations

from collections.abc import Callable

_LARGEST = 32_767
"""Word counts no further."""
_COUNTING = "○一二三四五六七八九"
_LEGAL_SIMPLIFIED, _LEGAL_TRADITIONAL = "零壹贰叁肆伍陆柒捌玖", "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def written(number: int, form: str) -> str:
    """An automatic number as Word shows it.

    Parameters: ``number`` the position; ``form`` the name of the number format (``chineseCounting``, …). A format that Word
    has but gouji does not know is written in Arabic digits, as Word does for values outside a format's range.
    """
    writer = _FORMS.get(form)
    return writer(number) if writer and 0 <= number <= _LARGEST else str(number)


def _digits(number: int) -> str:
    """Digit by digit: 12 -> 一二."""
    return "".join(_COUNTING[int(d)] for d in str(number))


def _counting(number: int) -> str:
    """Counted up to ninety-nine (十二, 二十), digit by digit above: 100 -> 一○○."""
    return _thousands(number) if number < 100 else _digits(number)


def _thousands(number: int) -> str:
    """Fully counted: 12 -> 十二, 120 -> 一百二十, 101 -> 一百零一."""
    if number == 0:
        return _COUNTING[0]
    text = _places(number, "零" + _COUNTING[1:], "十百千", "万")
    return text[1:] if text.startswith("一十") else text


def _japanese(number: int) -> str:
    """As Japanese counts: 100 -> 百, 12 -> 十二, without zeros."""
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    for worth, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // worth % 10
        if digit:
            out += ("" if digit == 1 and name else _COUNTING[digit]) + name
    return out


def _legal(digits: str) -> Callable[[int], str]:
    """Numerals safe against alteration: 12 -> 壹拾贰."""
    myriad = "万" if digits == _LEGAL_SIMPLIFIED else "萬"
    return lambda number: _places(number, digits, "拾佰仟", myriad) or digits[0]


def _places(number: int, digits: str, units: str, myriad: str) -> str:
    """A number place by place, one zero for every gap."""
    if number >= 10_000:
        rest = number % 10_000
        gap = digits[0] if 0 < rest < 1000 else ""
        return _places(number // 10_000, digits, units, myriad) + myriad + gap + _places(rest, digits, units, myriad)
    out = ""
    skipped = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += (digits[0] if skipped and out else "") + digits[digit] + (units[place - 1] if place else "")
        skipped = not digit
    return out


def _series(first: str, count: int, then: Callable[[int], str] = str) -> Callable[[int], str]:
    """A run of ``count`` characters of Unicode from ``first``; what lies outside is written by ``then``."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else then(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _sexagenary(number: int) -> str:
    """甲子, 乙丑, … the cycle of sixty."""
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number else str(number)


def _letters(number: int) -> str:
    """a … z, aa, bb, …"""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else str(number)


def _roman(number: int) -> str:
    values = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
    out = ""
    for worth, text in (*values, (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        out += text * (number // worth)
        number %= worth
    return out


def _full_width(number: int) -> str:
    return "".join(chr(ord(d) + 0xFEE0) for d in str(number))


_CIRCLED = _series("①", 20)
_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _series("⑴", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "ideographEnclosedCircle": _series("㊀", 10),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "koreanDigital2": _digits,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal(_LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL),
    "japaneseLegal": _legal(_LEGAL_TRADITIONAL),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
