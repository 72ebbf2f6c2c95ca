"""The number grammar: a table of readings, and properties that must hold of every numeral."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.mentions.scan import Scanner
from extractor.rules import Ruleset
from extractor.text.normalize import flow, fold
from extractor.text.numerals import read_arabic, read_chinese

CASES = Path(__file__).parent / "cases"
SCANNER = Scanner(Ruleset())


def mentions(text: str) -> list:
    return [f.mention for f in SCANNER.scan(flow(text, 0)[0], 0) if f.mention]


@pytest.mark.parametrize("case", tomllib.loads((CASES / "numerals.toml").read_text("utf-8"))["case"], ids=lambda c: c["text"])
def test_reading(case):
    [mention] = mentions(case["text"])
    assert mention.value == Decimal(case["value"]) and mention.unit == case["unit"]
    for field in ("kind", "approx", "per"):
        if field in case:
            assert getattr(mention, field) == case[field]
    if "high" in case:
        assert mention.high == Decimal(case["high"])
    if "low" in case:
        assert mention.interval.low == Decimal(case["low"])
    if "top" in case:
        assert mention.interval.high == Decimal(case["top"])


@pytest.mark.parametrize("text", tomllib.loads((CASES / "never.toml").read_text("utf-8"))["texts"])
def test_never_a_fact(text):
    assert not mentions(text)


def chinese(number: int) -> str:
    """The plain Chinese numeral of a number below 100 million, as schools teach it."""
    digits = "零一二三四五六七八九"

    def below_myriad(n: int) -> str:
        out, zero = "", False
        for scale, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            d, n = divmod(n, scale)
            if d:
                out += ("零" if zero and out else "") + digits[d] + mark
                zero = False
            else:
                zero = True
        return out

    high, low = divmod(number, 10**4)
    if not high:
        return below_myriad(low) or "零"
    return below_myriad(high) + "万" + (("零" if low < 1000 else "") + below_myriad(low) if low else "")


@given(st.integers(10, 10**8 - 1))
def test_chinese_numerals_round_trip(number):
    text = chinese(number)
    assert read_chinese(text).value == number
    assert read_chinese(text.removeprefix("一")).value == number if text.startswith("一十") else True


@given(st.decimals(0, 10**9, places=2))
def test_arabic_numerals_are_exact(value):
    assert read_arabic(f"{value:,.2f}").value == value


@given(st.integers(0, 10**7), st.sampled_from(["件", "人次", "元", "户", "场次", "%"]))
def test_value_lies_in_its_interval(number, unit):
    for mention in mentions(f"共计{number}{unit}，"):
        assert mention.interval.holds(mention.value)


@given(st.text(alphabet="０１２３４５６７８９（）％，。：；ＡＺ一二\u3000 办件", max_size=40))
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)
    running, offsets = flow(text, 7)
    if offsets:
        assert len(running) == len(offsets) and list(offsets) == sorted(offsets)


@given(st.text(alphabet="0123456789,.，（）一二三十百千万亿余约%件次年月至-—~+“”《》第", max_size=60))
def test_any_digits_give_spans_inside_the_text(text):
    running, _ = flow(text, 0)
    last = 0
    for item in SCANNER.scan(running, 0):
        assert last <= item.start < item.end <= len(running)
        last = item.end
