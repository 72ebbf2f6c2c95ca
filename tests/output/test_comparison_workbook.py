"""This year against last year as a workbook: every pair, every finding, both sentences, numbers as numbers."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from extractor import extract
from extractor.comparisons import trend
from extractor.output.formats import Job, comparison_renderer
from extractor.pipeline import compare
from tests.conftest import CORPUS
from tests.output.test_workbook import rows


@pytest.fixture(scope="module")
def found(ruleset):
    return compare(*(extract(CORPUS / "develop" / f"k01_{year}.txt", ruleset) for year in (2021, 2022)), ruleset)


def opened(comparison, ruleset):
    data = b"".join(comparison_renderer("xlsx")(comparison, Job(ruleset)))
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)


def test_everything_of_two_years_has_its_row(found, ruleset):
    book = opened(found, ruleset)
    assert book.sheetnames == ["汇总", "问题清单", "年度对比", "表述核对", "照抄段落"]
    pairs = rows(book["年度对比"])
    for pair, row in zip(found.pairs, pairs, strict=False):
        assert row["计量对象"].value == pair.measure and row["本年"].value == 2022
        for key, value in (("上年数", pair.last_value), ("本年数", pair.this_value), ("增减数", pair.change)):
            assert (row[key].value is None) == (value is None) or row[key].value == ""
            if value is not None:
                assert row[key].data_type == "n" and abs(Decimal(str(row[key].value)) - value) < Decimal("0.0001")
    findings = rows(book["问题清单"])
    assert [r["问题"].value for r in findings] == [f.message for f in found.findings()]
    # What this year's report does not speak of has last year's words alone.
    assert all(r["本年原文"].value or r["上年原文"].value for r in findings)
    assert len(rows(book["表述核对"])) == len(found.claims) + len(found.carried)
    [choice] = book["问题清单"].data_validations.dataValidation
    assert "确认" in choice.formula1


def test_several_years_have_a_sheet_of_series(found, ruleset):
    this = extract(CORPUS / "develop" / "k01_2022.txt", ruleset)
    book = opened(trend([found, compare(this, this, ruleset, force=True)]), ruleset)
    assert "多年走势" in book.sheetnames and book["多年走势"].max_row > 50
