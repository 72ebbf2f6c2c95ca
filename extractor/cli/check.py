"""``gouji check``: the consistency report."""

from __future__ import annotations

import sys

import click

from extractor.cli.options import FAIL_ON, UNREADABLE, Settings, common, settings, stop, utf8
from extractor.errors import GoujiError
from extractor.model import Report
from extractor.model.check import CRASHED, FAIL, PASS, UNVERIFIABLE


@click.command("check")
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式。")
@click.option("--select", metavar="RULES", help="只用这些规则（逗号分隔，可写 sum.*）。")
@click.option("--ignore", metavar="RULES", help="不用这些规则。")
@click.option("--fail-on", type=click.Choice(FAIL_ON), default=None, help="哪一级问题使退出码为 1，默认 error。")
@common
def command(
    files: tuple[str, ...],
    form: str,
    select: str | None,
    ignore: str | None,
    fail_on: str | None,
    lang: str | None,
    patterns: tuple[str, ...],
) -> None:
    """核对报告中的数字：分项与总数、办结与受理、比率、增减、前后是否一致、标题序号。

    退出码：0 没有问题，1 有问题，2 用法错误或有文件读不了。
    """
    from extractor.output.json import encode
    from extractor.pipeline import extract_file
    from extractor.rules import Ruleset

    utf8()
    try:
        chosen = settings(lang, patterns, select, ignore, fail_on)
        ruleset = Ruleset(chosen.patterns, chosen.lang)
    except GoujiError as error:
        stop(error)
        return
    reports: list[Report] = []
    unread: list[GoujiError] = []
    for file in files:
        try:
            report = _chosen(extract_file(file, ruleset), chosen)
        except GoujiError as error:
            unread.append(error)
            continue
        reports.append(report)
        if form == "json":
            sys.stdout.buffer.write(encode(report) + b"\n")
        else:
            _write(report, ruleset)
    if form == "text":
        _summary(reports, unread, chosen.lang, many=len(files) > 1)
    else:
        for problem in unread:
            click.echo(f"gouji: {problem}", err=True)
    sys.exit(UNREADABLE if unread else 1 if any(_fails(r, chosen.fail_on) for r in reports) else 0)


def _chosen(report: Report, chosen: Settings) -> Report:
    """The report with the rules that were asked for, at the severities that were asked for."""
    from msgspec.structs import replace

    severity = dict(chosen.severity)
    checks = tuple(
        replace(c, severity=severity.get(c.rule, c.severity))
        for c in report.checks
        if chosen.wants(c.rule) or c.status == CRASHED
    )
    return replace(report, checks=checks)


def _write(report: Report, ruleset: object) -> None:
    from extractor.output.terminal import TerminalReport, console
    from extractor.rules import Ruleset

    assert isinstance(ruleset, Ruleset)
    TerminalReport(console(), ruleset).write(report)


def _summary(reports: list[Report], unread: list[GoujiError], lang: str, *, many: bool) -> None:
    from extractor.output.messages import say

    checks = [c for r in reports for c in r.checks]
    failed = [c for c in checks if c.status == FAIL and c.severity != "info"]
    if many or unread:
        click.echo(
            say(
                lang,
                "summary",
                files=len(reports),
                failed=len(failed),
                errors=sum(c.severity == "error" for c in failed),
                warnings=sum(c.severity == "warning" for c in failed),
                passed=sum(c.status == PASS for c in checks),
                unverifiable=sum(c.status == UNVERIFIABLE for c in checks),
                crashed=sum(c.status == CRASHED for c in checks),
            )
        )
    if unread:
        click.echo(f"{say(lang, 'not_read')}：", err=True)
        for error in unread:
            click.echo(f"  {error}", err=True)


def _fails(report: Report, fail_on: str) -> bool:
    """Whether a report has findings of the level asked for; a crashed check always counts."""
    if any(c.status == CRASHED for c in report.checks):
        return True
    levels = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return any(c.status == FAIL and c.severity in levels for c in report.checks)
