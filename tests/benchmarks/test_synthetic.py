"""The synthetic reports of the benchmarks are what they claim: their figures tie up, except the planted ones."""

from __future__ import annotations

from tests.benchmarks.synthetic import reports


def test_the_figures_of_synthetic_reports_tie_up_except_the_planted_ones(report_of):
    planted = 0
    made = list(reports(40, seed=3))
    for one in made:
        report = report_of(one.text)
        failed = [c for c in report.checks if c.status in ("fail", "crashed") and c.severity != "info"]
        assert [c.rule for c in failed if c.rule == "rate.quotient"] == (["rate.quotient"] if one.planted else [])
        assert len(failed) <= bool(one.planted), [c.message for c in failed]
        assert report.report.year == int(one.name[:4]) and report.report.org == f"{one.name[5:]}人民政府"
        planted += bool(one.planted)
    assert planted
    assert made == list(reports(40, seed=3)) and made != list(reports(40, seed=4))
    assert 3200 <= sum(len(one.text) for one in made) / 40 <= 3800
