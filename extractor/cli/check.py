"""``gouji check``: the consistency report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from extractor.cli.destination import format_for, spared, written
from extractor.cli.options import (
    UNREADABLE,
    Settings,
    common,
    inputs,
    job_for,
    judging,
    reports,
    settings,
    stop,
    talkative,
    unread,
    utf8,
)
from extractor.errors import GoujiError
from extractor.model import Report
from extractor.model.check import CRASHED, FAIL
from extractor.output.formats import FORMATS, Job, renderer


@click.command("check")
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="输出格式，默认按 -o 的后缀，没有则 text。")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件，格式随后缀。")
@judging
@talkative
@common
def command(
    files: tuple[str, ...],
    form: str | None,
    output: Path | None,
    select: str | None,
    ignore: str | None,
    fail_on: str | None,
    detail: int,
    lang: str | None,
    patterns: tuple[str, ...],
) -> None:
    """核对报告中的数字：分项与总数、办结与受理、比率、增减、前后是否一致、标题序号。

    退出码：0 没有问题，1 有问题，2 用法错误或有文件读不了。
    """
    utf8()
    failing: list[str] = []
    try:
        chosen = settings(lang, patterns, select=select, ignore=ignore, fail_on=fail_on)
        form = format_for(form, output, FORMATS, chosen.lang)
        files = inputs(files)
        spared(output, files, chosen.lang)
        job = job_for(chosen, form, output, FORMATS, detail)
        chunks = renderer(form)(_checked(files, chosen, job, failing), job)
        written(chunks, output, chosen.lang)
    except GoujiError as error:
        stop(error)
        return
    unread(job.unread, chosen.lang)
    sys.exit(UNREADABLE if job.unread else 1 if failing else 0)


def _checked(files: Sequence[str], chosen: Settings, job: Job, failing: list[str]) -> Iterator[Report]:
    """The reports one by one; files that cannot be read go to ``job.unread``, reports with findings to ``failing``."""
    from extractor import reviews

    books: dict[Path, list[reviews.Review]] = {}
    for _, found in reports(files, job.ruleset, chosen.limits, job.detail < 0):
        if isinstance(found, GoujiError):
            job.unread.append(found)
            continue
        place = reviews.beside(found.source.path)
        if place not in books:
            try:
                books[place] = reviews.read(place)
            except GoujiError as error:
                job.unread.append(error)
                books[place] = []
        report = _chosen(reviews.applied(found, books[place], job.ruleset), chosen)
        if _fails(report, chosen.fail_on):
            failing.append(report.source.path)
        yield report


def _chosen(report: Report, chosen: Settings) -> Report:
    """The report with the rules that were asked for, at the severities that were asked for."""
    from msgspec.structs import replace

    checks = tuple(
        replace(c, severity=c.severity if c.review else chosen.severity_of(c.rule, c.severity))
        for c in report.checks
        if chosen.wants(c.rule) or c.status == CRASHED
    )
    return replace(report, checks=checks)


def _fails(report: Report, fail_on: str) -> bool:
    """Whether a report has findings of the level asked for; a crashed check always counts."""
    if any(c.status == CRASHED for c in report.checks):
        return True
    levels = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return any(c.status == FAIL and c.severity in levels for c in report.checks)
