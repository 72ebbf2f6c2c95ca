"""Years and periods that do not fit the year of the report: last year's text left standing, a period that ends too early."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.checks.frame import Frame
from extractor.model import Check, Passage, Section
from extractor.model.check import FAIL

_ANNUAL = ("law-government", "info-disclosure", "petition-work", "final-accounts")
_YEAR = re.compile(r"(20\d\d)(?![—\-~至到]|年?[—\-~至到](?:20)?\d\d)年")
_OPENING = re.compile(r"^(20\d\d)年(?:度|以来|全年)?[，,]")
_PLAN = re.compile(
    r"^(?:[^，。；]{0,12}[。：])?(20\d\d)年(?:度)?[，,](?:我[镇乡局办]|全[镇乡]|本[机镇乡]|[^，。；]{2,12}(?:镇|乡|街道|局))[^。]{0,12}(?:将|计划|要|力争|重点)"
)
_STATISTICS = re.compile(
    r"(?:统计期限|数据[^，。；]{0,8}期限|期限)[^，。；]{0,8}?(20\d\d)年1月1日(?:起)?至(?:(20\d\d)年)?12月(\d{1,2})日"
)
_UNTIL = re.compile(r"截[至止](?:到)?(?:(20\d\d)年)?(\d{1,2})月(?:底|末|\d{1,2}日)?")
_PUBLISHED = re.compile(r"(?:发布|公开|公布|印发)(?:日期|时间)[:：]?(20\d\d)[年\-./](\d{1,2})[月\-./](\d{1,2})")
_SIGNED = re.compile(r"^(20\d\d)年(\d{1,2})月(\d{1,2})日$")
_HALF = re.compile(r"上半年|一季度|前三季度|第[一三]季度")


def check(frame: Frame) -> Iterator[Check]:
    """Years in headings, in the opening sentence and in the plan that are those of last year's report."""
    year = _year(frame)
    if year is None:
        return
    role = {p.section: p.role for p in reversed(frame.outline.passages) if p.section and p.role != "heading"}
    for section in frame.outline.sections:
        yield from _heading(frame, section, role.get(section.id), year)
    running = [p for p in frame.outline.passages if p.role not in ("heading", "title", "furniture")]
    if running and (match := _OPENING.match(running[0].flow)) and int(match[1]) == year - 1:
        yield _stale(frame, running[0], match, year)
    for passage in running:
        match = _PLAN.match(passage.flow) if passage.role == "plan" else None
        if match and int(match[1]) <= year:
            yield _stale(frame, passage, match, year + 1)


def _heading(frame: Frame, section: Section, role: str | None, year: int) -> Iterator[Check]:
    found = _YEAR.search(section.title)
    if found is None:
        return
    due = year + 1 if role == "plan" else year
    if int(found[1]) == due - 1 and role in ("plan", "results", "overview", "problems"):
        yield frame.verdict(
            "year.stale", FAIL, "heading", severity="error", span=section.span, title=section.title, year=found[1], due=due
        )


def _stale(frame: Frame, passage: Passage, match: re.Match[str], due: int) -> Check:
    return frame.verdict("year.stale", FAIL, "text", span=passage.place(*match.span()), year=match[1], due=due)


def check_period(frame: Frame) -> Iterator[Check]:
    """The figures cover the whole year of the report, and no other."""
    year = _year(frame)
    if year is None:
        return
    if _HALF.search(frame.outline.report.title):
        return
    found = [*_statistics(frame, year), *_until(frame, year)]
    yield from (check for _, check in sorted(found, key=lambda told: told[0].start))


def _statistics(frame: Frame, year: int) -> Iterator[tuple[Passage, Check]]:
    for passage, match in frame.found(_STATISTICS):
        if int(match[1]) != year or (match[2] and match[2] != match[1]) or match[3] != "31":
            yield (
                passage,
                frame.verdict(
                    "period.statistics", FAIL, "fail", span=passage.place(*match.span()), text=match.group(), year=year
                ),
            )


def _until(frame: Frame, year: int) -> Iterator[tuple[Passage, Check]]:
    for passage, match in frame.found(_UNTIL):
        this_year = match[1] is None or int(match[1]) == year
        if int(match[2]) < 12 and this_year and passage.role not in ("plan", "furniture", "title"):
            yield (
                passage,
                frame.verdict(
                    "period.coverage", FAIL, "fail", span=passage.place(*match.span()), text=match.group(), year=year
                ),
            )


def check_deadline(frame: Frame) -> Iterator[Check]:
    """A law-government report is made public by the first of April of the next year."""
    year = _year(frame)
    if year is None or frame.outline.report.kind != "law-government":
        return
    for passage in frame.outline.passages:
        match = _PUBLISHED.search(passage.flow) or (_SIGNED.match(passage.flow) if passage.role == "furniture" else None)
        if match is None:
            continue
        date = (int(match[1]), int(match[2]), int(match[3]))
        if (year + 1, 4, 1) < date < (year + 2, 1, 1):
            yield frame.verdict("period.deadline", FAIL, "fail", span=passage.place(*match.span()), date=match.group())
            return


def _year(frame: Frame) -> int | None:
    """The year of an annual report whose own title names it."""
    report = frame.outline.report
    return report.year if report.kind in _ANNUAL and report.year and str(report.year) in report.title else None
