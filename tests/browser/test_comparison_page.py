"""The page of this year against last year, in a real browser."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.comparisons import trend
from extractor.output.formats import Job, comparison_renderer
from extractor.pipeline import compare
from tests.browser.conftest import Opened
from tests.conftest import CORPUS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reports(ruleset):
    return [extract(CORPUS / "develop" / f"k01_{year}.txt", ruleset) for year in (2021, 2022)]


@pytest.fixture
def page(driver, tmp_path, ruleset):
    """A function that writes a comparison as a page and opens it."""

    def run(found):
        path = tmp_path / "page.html"
        path.write_bytes(b"".join(comparison_renderer("html")(found, Job(ruleset))))
        return Opened(driver, path)

    return run


def test_findings_show_both_years_and_figures_stand_side_by_side(page, reports, ruleset):
    found = compare(*reports, ruleset)
    findings = list(found.findings())
    page = page(found)
    assert len(page.all("details.card[data-status]")) == len(findings) > 3
    text = page.one("main").text
    for finding in findings:
        assert finding.message in text
    first = page.one("details.card.error .sides").text
    assert "2022年" in first and "2021年" in first
    rows = page.all("tr[data-status]")
    assert len(rows) == len(found.pairs)
    both = [p for p in found.pairs if p.last_value and p.this_value]
    assert len(page.all("tr[data-status] svg[role=img]")) >= len(both)
    page.quiet()


def test_figures_are_filtered_by_themselves(page, reports, ruleset):
    found = compare(*reports, ruleset)
    page = page(found)
    cards = page.shown("details.card[data-status]")
    page.all("input[name=status][value=changed]")[0].click()
    page.settle()
    assert page.shown("tr[data-status=changed]") == 0 < page.shown("tr[data-status=new]")
    assert page.shown("details.card[data-status]") == cards
    page.all("input[name=search]")[0].send_keys("没有这样的词")
    page.settle()
    assert page.shown("details.card[data-status]") == 0 < page.shown("tr[data-status=new]")
    page.quiet()


def test_several_years_begin_with_their_series(page, reports, ruleset):
    first = compare(*reports, ruleset)
    second = compare(reports[1], reports[1], ruleset, force=True)
    page = page(trend([first, second]))
    assert page.all("section[aria-labelledby=series] svg") and len(page.all("article.compared")) == 2
    page.quiet()


def test_it_is_accessible(page, reports, ruleset):
    axe = pytest.importorskip("axe_selenium_python", reason="axe-selenium-python is not installed (extra: browser)")
    page = page(compare(*reports, ruleset))
    page.driver.set_script_timeout(120)
    run = axe.Axe(page.driver)
    run.inject()
    problems = run.run()["violations"]
    assert not problems, [(p["id"], [n["html"][:150] for n in p["nodes"]][:3]) for p in problems]
