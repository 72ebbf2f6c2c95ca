"""Two years' words as reports of an invented township, put side by side."""

from __future__ import annotations

import pytest

from extractor.comparisons import compare


@pytest.fixture(scope="session")
def compared(report_of, ruleset):
    """A function that compares two texts as the reports of 2022 and 2023."""

    def run(last: str, this: str, **options):
        reports = [report_of(text if "\n" in text else titled(text, year)) for text, year in ((last, 2022), (this, 2023))]
        return compare(*reports, ruleset, **options)

    return run


def titled(text: str, year: int, body: str = "云溪镇") -> str:
    return f"{body}{year}年度法治政府建设工作报告\n\n一、主要工作\n\n{text}"
