"""``gouji diff``: this year against last year."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import click

from extractor.cli.destination import format_for, spared, written
from extractor.cli.options import (
    UNREADABLE,
    Settings,
    common,
    job_for,
    judging,
    reports,
    settings,
    stop,
    talkative,
    unread,
    utf8,
)
from extractor.errors import ComparisonError, GoujiError
from extractor.model import Report
from extractor.model.comparison import Comparison, Copied, Pair, SectionPair
from extractor.output.formats import COMPARISON_FORMATS, Job, comparison_renderer
from extractor.output.messages import say

_Flagged = TypeVar("_Flagged", Pair, Copied, SectionPair)


@click.command("diff")
@click.argument("files", nargs=-1, required=True, metavar="LAST THIS [MORE]...")
@click.option("--format", "form", type=click.Choice(list(COMPARISON_FORMATS)), help="输出格式，默认按 -o 的后缀，没有则 text。")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件，格式随后缀。")
@click.option("--force", is_flag=True, help="单位、年度或种类不符时仍然比较。")
@judging
@talkative
@common
def command(
    files: tuple[str, ...],
    form: str | None,
    output: Path | None,
    force: bool,
    select: str | None,
    ignore: str | None,
    fail_on: str | None,
    detail: int,
    lang: str | None,
    patterns: tuple[str, ...],
) -> None:
    """与上年报告比较：先写上年报告，再写本年报告；三份以上按年度先后，给出各年数字的走势。

    对齐两年的数字，核对“同比增长”等表述、上年结转和法定表格，列出照抄的段落。退出码：0 没有问题，1 有问题，2 用法错误、
    有文件读不了或两份报告不能比较。
    """
    from extractor.comparisons import trend
    from extractor.pipeline import compare

    utf8()
    try:
        chosen = settings(lang, patterns, select=select, ignore=ignore, fail_on=fail_on)
        if len(files) < 2:
            raise GoujiError(say(chosen.lang, "two_reports"))
        form = format_for(form, output, COMPARISON_FORMATS, chosen.lang)
        spared(output, files, chosen.lang)
        job = job_for(chosen, form, output, COMPARISON_FORMATS, detail)
        read = _read(files, job, chosen)
        found = []
        for last, this in pairwise(read):
            try:
                found.append(_chosen(compare(last, this, job.ruleset, force=force), chosen))
            except ComparisonError as error:
                reasons = say(chosen.lang, "not_compared", reasons="".join(error.reasons))
                raise GoujiError(f"{error.last}, {error.this}: {reasons}") from None
        written(comparison_renderer(form)(found[0] if len(found) == 1 else trend(found), job), output, chosen.lang)
    except GoujiError as error:
        stop(error)
        return
    sys.exit(1 if any(_fails(c, chosen.fail_on) for c in found) else 0)


def _read(files: tuple[str, ...], job: Job, chosen: Settings) -> list[Report]:
    """The reports in the order given; leaves with the reason when one cannot be read: there is nothing to compare then."""
    found: list[Report] = []
    failed: list[GoujiError] = []
    for _, report in reports(files, job.ruleset, chosen.limits, job.detail < 0):
        if isinstance(report, GoujiError):
            failed.append(report)
        else:
            found.append(report)
    if failed:
        unread(failed, chosen.lang)
        sys.exit(UNREADABLE)
    return found


def _chosen(comparison: Comparison, chosen: Settings) -> Comparison:
    """The comparison with the rules that were asked for, at the severities that were asked for."""
    from msgspec.structs import replace

    severity = chosen.severity
    return replace(
        comparison,
        claims=tuple(replace(c, severity=severity.get(c.rule, c.severity)) for c in comparison.claims if chosen.wants(c.rule)),
        carried=tuple(
            replace(c, severity=severity.get(c.rule, c.severity)) for c in comparison.carried if chosen.wants(c.rule)
        ),
        pairs=tuple(_flagged(p, chosen) for p in comparison.pairs),
        copied=tuple(_flagged(c, chosen) for c in comparison.copied),
        sections=tuple(_flagged(s, chosen) for s in comparison.sections),
    )


def _flagged(item: _Flagged, chosen: Settings) -> _Flagged:
    """A pair, paragraph or section with its flag as asked for."""
    from msgspec.structs import replace

    if item.flag is None:
        return item
    if not chosen.wants(item.flag.rule):
        return replace(item, flag=None)
    return replace(item, flag=replace(item.flag, severity=chosen.severity.get(item.flag.rule, item.flag.severity)))


def _fails(comparison: Comparison, fail_on: str) -> bool:
    levels = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return any(f.severity in levels for f in comparison.findings())
