"""No text explodes: four times as much of it costs about four times as much, whatever it is made of."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import pipeline
from extractor.rules import Ruleset
from tests.conftest import document_of

pytestmark = pytest.mark.slow

_HEAD = "某镇2023年法治政府建设工作报告\n一、主要工作\n"
_ATOMS = (
    *("1", "1,", "1，", "一", "一百", "十", "零", "几", "（", "）", "（1", "1）", "((", "》", "《", "《1》", "“1", "”"),
    *("〔", "[1]", " ", "1 ", "，", "、", "：", "；", "。", "1.", "1-", "1+", "1%", "—", "年", "的", "增", "调解", "未"),
    *("无", "其中", "分别", "占", "率", "1件，", "其中1件，", "甲1件、", "办结率98.5%，", "同比增长5%，", "分别为1件、"),
    *("100.5万元、", "3至5次、", "：1件", "受理3件；", "未发生3起，", "受理3件，办结3件。", "2023年1件，", "1件（1件"),
    *("1件）", "甲村、", "一是1件；", "合计1件，", "上年3件，", "占1%，", "尚有1件，", "每村1名，", "三个方面：", "按类型分，"),
    *("截至1月，", "第一，", "由1件增加到3件，", "百分之一，", "约1万", "1年", "1、", "所受理的3件中，"),
)  # fmt: skip
_MIXED = "受理12件，办结11件，办结率91.7%，其中甲5件、乙6件（含3件），同比增长5%；"
_LESS, _MORE = 1000, 4  # characters of the small text, how many times as much the large one has
_RATIO = 9  # quadratic growth would be sixteen
_LEAST = 0.02  # seconds: what takes less is not measured well


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    rules = Ruleset()
    pipeline.extract(document_of(f"{_HEAD}{_MIXED * 4}\n"), rules)
    return rules


def _seconds(text: str, rules: Ruleset) -> float:
    """Processor time of one extraction."""
    document = document_of(text)
    start = time.process_time()
    pipeline.extract(document, rules)
    return time.process_time() - start


def _grows(atom: str, rules: Ruleset, *, joined: str = "") -> float:
    """By how much the time grows from a text to one of four times its length; measured again where it seems too much."""
    small = max(2, _LESS // len(atom))
    for _ in range(3):
        less, more = (_seconds(f"{_HEAD}{joined.join([atom] * n)}\n", rules) for n in (small, _MORE * small))
        if (grown := more / max(less, _LEAST)) < _RATIO:
            break
    return grown


@pytest.mark.parametrize("atom", [*_ATOMS, _MIXED])
def test_one_paragraph(atom: str, ruleset: Ruleset) -> None:
    assert _grows(atom, ruleset) < _RATIO


@pytest.mark.parametrize(
    "line", ["一、调解工作", "（一）调解工作", "1.受理3件。", "受理3件，办结3件。", "村  名称  1  2", "《办法》", "1"]
)
def test_many_lines(line: str, ruleset: Ruleset) -> None:
    assert _grows(line, ruleset, joined="\n") < _RATIO


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.sampled_from(_ATOMS), min_size=2, max_size=6).map("".join))
def test_any_mixture(ruleset: Ruleset, mixture: str) -> None:
    assert _grows(mixture, ruleset) < _RATIO
