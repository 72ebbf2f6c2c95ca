"""The index of a folder of reports, in a real browser."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from extractor.model.county import County, File, Finding
from extractor.output.pages import write, write_index
from tests.browser.conftest import Opened
from tests.output.factory import check, report

pytestmark = pytest.mark.slow
EVIL = "<script>window.hacked=1</script>"


def test_the_index_leads_to_the_finding_in_its_page(driver, tmp_path, ruleset):
    wrong = check(1, "fail", "调处率写为69%", fingerprint="0123456789abcdef", facts=("f3", "f2", "f1"), span=(28, 60))
    path = write(report(wrong), "f" * 64, tmp_path, ruleset)
    file = File(
        name="青禾镇.txt", path="青禾镇.txt", status="read", reason="", body="青禾镇", kind="law-government", year=2023,
        guessed=False, findings=1, report=7,
    )  # fmt: skip
    broken = replace(file, name=EVIL, body=None, status="unreadable", reason=EVIL, report=None, findings=0)
    finding = Finding(
        body="青禾镇", kind="law-government", year=2023, file="青禾镇.txt", page=3, section="", rule="rate.quotient",
        severity="error", status="fail", message="调处率写为69%", formula="244 ÷ 254 ≠ 69%", sentence=EVIL, review=None,
        fingerprint="0123456789abcdef", report=7,
    )  # fmt: skip
    known = dict.fromkeys(County.__struct_fields__, ())
    known |= {"schema_version": "1.0", "generator": {}, "boilerplate": 0, "compared": 0}
    county = County(**(known | {"files": (file, broken), "findings": (finding,)}))
    write_index(county, tmp_path, ruleset, lambda number: path if number == 7 else "")
    page = Opened(driver, tmp_path / "index.html")
    assert page.js("typeof window.hacked") == "undefined" and EVIL in page.one("main").text
    page.one("input[name=status][value=read]").click()
    page.settle()
    assert page.shown("tr[data-status=read]") == 0 and page.shown("tr[data-status=unreadable]") == 1
    page.quiet()
    page.one("a[href*='#fp-']").click()
    assert page.one("#r1-c1").get_attribute("open") is not None and page.all(".s.lit")
