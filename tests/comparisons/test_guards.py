"""What must not be put side by side, and what may be all the same."""

from __future__ import annotations

import pytest

from extractor.comparisons import compare
from extractor.comparisons.guards import objections
from extractor.errors import ComparisonError
from tests.comparisons.conftest import titled

TEXT, LATER = "全年受理矛盾纠纷60件。", "全年受理矛盾纠纷72件，同比增长20%。"


def told(report_of, ruleset, last: str, this: str) -> list[str]:
    return [f"{d.code} {d.severity}" for d in objections(report_of(last), report_of(this), ruleset)]


@pytest.mark.parametrize(
    ("last", "this", "codes"),
    [
        (titled(TEXT, 2022), titled(LATER, 2023), []),
        (titled(TEXT, 2022), titled(LATER, 2023, "清河县云溪镇人民政府"), []),
        (titled(TEXT, 2022), titled(LATER, 2023, "荻桥镇"), ["guard.body error"]),
        (titled(TEXT, 2023), titled(LATER, 2023), ["guard.year error"]),
        (titled(TEXT, 2023), titled(LATER, 2022), ["guard.year error"]),
        (titled(TEXT, 2020), titled(LATER, 2023), ["guard.year error"]),
        (titled(TEXT, 2022), titled(TEXT, 2022), ["guard.file error"]),
        (
            titled(TEXT, 2022),
            titled(LATER, 2023).replace("法治政府建设工作报告", "政府信息公开工作年度报告"),
            ["guard.kind error"],
        ),
    ],
)
def test_objections(report_of, ruleset, last, this, codes):
    assert told(report_of, ruleset, last, this) == codes


def test_an_objection_stops_unless_forced(report_of, ruleset):
    last, this = report_of(titled(TEXT, 2022)), report_of(titled(LATER, 2023, "荻桥镇"))
    with pytest.raises(ComparisonError) as error:
        compare(last, this, ruleset)
    assert "云溪镇" in str(error.value) and "荻桥镇" in str(error.value)
    found = compare(last, this, ruleset, force=True)
    assert found.pairs and found.diagnostics[0].code == "guard.body"


def test_years_apart_are_no_base_for_last_year(report_of, ruleset):
    found = compare(report_of(titled(TEXT, 2020)), report_of(titled(LATER, 2023)), ruleset, force=True)
    assert [c.status for c in found.claims] == ["unverifiable"]


def test_an_unknown_year_is_told(report_of, ruleset):
    last = report_of("云溪镇法治政府建设工作报告\n\n一、主要工作\n\n" + TEXT)
    assert told(report_of, ruleset, last.text, titled(LATER, 2023)) == ["guard.year warning"]
