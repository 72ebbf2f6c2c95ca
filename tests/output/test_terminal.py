"""The consistency report as an auditor sees it: complete, plain in a pipe, within 80 columns."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from extractor.model.check import CRASHED, FAIL, PASS, UNVERIFIABLE
from extractor.output.explain import explain
from extractor.output.terminal import TerminalReport, console
from extractor.rules import Ruleset
from tests.output.factory import check, report

FAILED = check(
    1, FAIL, "矛盾纠纷调处率写为69%，应为96.06%。", formula="244 ÷ 254 = 96.06% ≠ 69%", facts=("f1", "f2", "f3"), span=(30, 60),
    hint="69与96数字颠倒",
)  # fmt: skip
WARNED = check(2, FAIL, "比率偏高。", severity="warning", facts=("f3",), span=(30, 60))
NOTED = check(3, FAIL, "标题没有序号。", severity="info", rule="outline.lost")
OPEN = check(4, UNVERIFIABLE, "没有分母。")
PASSED = check(5, PASS, "调处率相符。", formula="244 ÷ 254 = 96.06% → 96%")
BROKEN = check(6, CRASHED, "核对 rate.quotient 出错：ZeroDivisionError")


def shown(*checks, lang="zh"):
    stream = io.StringIO()
    TerminalReport(console(stream), Ruleset(lang=lang)).write(report(*checks))
    return stream.getvalue()


def test_every_verdict_is_shown_worst_first():
    text = shown(PASSED, OPEN, NOTED, WARNED, FAILED)
    order = [text.index(c.message) for c in (FAILED, WARNED, NOTED, OPEN, PASSED)]
    assert order == sorted(order)
    assert "发现的问题 2" in text and "rate.quotient" in text and FAILED.formula in text and FAILED.hint in text
    assert PASSED.formula in text


def test_a_finding_has_sentence_section_and_page():
    text = shown(FAILED)
    assert "受理矛盾纠纷254件，调处244件，调处率69%" in text and "一、矛盾纠纷化解  第3页" in text


def test_the_head_says_what_was_read():
    text = shown()
    for words in (
        "青禾镇2023年度法治政府建设工作报告",
        "2023年",
        "事实3",
        "热线、服务号码 1",
        "未读出",
        "把断开的行接成了段落",
    ):
        assert words in text
    assert "没有发现问题" in text


def test_a_crashed_check_never_reads_as_clean():
    text = shown(BROKEN, PASSED)
    assert BROKEN.message in text and "✓ 没有发现问题" not in text and "请勿视为无误" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_pipe_gets_plain_text_of_80_columns(lang):
    text = shown(FAILED, WARNED, NOTED, OPEN, PASSED, BROKEN, lang=lang)
    assert "\x1b" not in text
    for line in text.splitlines():
        assert cell_len(line) <= 80 and line == line.rstrip()


def test_the_numbers_are_marked_on_a_terminal():
    stream = io.StringIO()
    out = Console(file=stream, width=80, force_terminal=True, color_system="standard", highlight=False)
    TerminalReport(out, Ruleset()).write(report(FAILED))
    for number in ("254件", "244件", "69%"):
        assert f"\x1b[1;4m{number}\x1b[0m" in stream.getvalue()


def explained(number):
    stream = io.StringIO()
    found = explain(console(stream), report(FAILED, PASSED), number, Ruleset())
    return found, stream.getvalue()


def test_a_fact_is_explained():
    found, text = explained("244件")
    assert found
    for words in (
        "调处矛盾纠纷",
        "2023年",
        "计数",
        "属于",
        "受理矛盾纠纷254件",
        "比率（率）",
        "rate.quotient  不符",
        "一、矛盾纠纷化解",
    ):
        assert words in text


def test_an_interval_and_a_hedge_are_explained():
    _, text = explained("69%")
    assert "[68.5, 69.5]" in text and "约数" in text and "about" not in text


def test_what_is_no_fact_is_explained_by_its_rule():
    found, text = explained("12345")
    assert found and "hotline" in text and "【12345】" in text


def test_a_piece_of_a_number_is_not_the_number():
    assert explained("54件") == (False, "")
    assert explained("1234") == (False, "")
