"""What goes over from one year into the next."""

from __future__ import annotations

import pytest

from tests.conftest import SHARED, needs_shared


@pytest.mark.parametrize(("taken", "status"), [("4件", "pass"), ("3件", "fail")])
def test_unfinished_cases(compared, taken, status):
    found = compared("受理信访事项163件，办结159件，正在办理4件。", f"受理信访事项147件，上年结转的{taken}信访事项全部办结。")
    (item,) = [c for c in found.carried if c.rule == "carry.cases"]
    assert (item.status, item.expected) == (status, "4")


@pytest.mark.parametrize(("held", "status"), [("12名", "pass"), ("15名", "fail")])
def test_a_stock_ties_up(compared, held, status):
    found = compared("在册社区矫正对象14名。", f"在册社区矫正对象{held}，新接收社区矫正对象5名，解除社区矫正7名。")
    (item,) = found.carried
    assert (item.rule, item.status, item.expected) == ("carry.stock", status, "12"), item.message


@needs_shared
def test_statutory_tables(ruleset):
    from extractor.pipeline import compare, extract_file

    last, this = (extract_file(SHARED / "dev" / f"d01_{year}.txt", ruleset) for year in (2023, 2024))
    found = {c.item: c for c in compare(last, this, ruleset).carried}
    assert found["结转申请（自然人）"].status == "pass"
    assert (found["结转申请（总计）"].status, found["结转申请（总计）"].expected) == ("fail", "2")
    assert (found["结转申请（商业企业）"].status, found["结转申请（商业企业）"].reported) == ("fail", "0")
    assert found["现行有效行政规范性文件"].status == "pass" and "4 + 2 − 1 = 5" in found["现行有效行政规范性文件"].message
