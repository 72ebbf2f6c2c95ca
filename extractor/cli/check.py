"""``gouji check``: the consistency report."""

from __future__ import annotations

import sys

import click

from extractor.cli.options import FAIL_ON, UNREADABLE, Settings, common, reports, settings, stop, unread, utf8
from extractor.errors import GoujiError
from extractor.model import Report
from extractor.model.check import CRASHED, FAIL, PASS, UNVERIFIABLE
from extractor.rules import Ruleset


@click.command("check")
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式。")
@click.option("--select", metavar="RULES", help="只用这些规则（逗号分隔，可写 sum.*）。")
@click.option("--ignore", metavar="RULES", help="不用这些规则。")
@click.option("--fail-on", type=click.Choice(FAIL_ON), default=None, help="哪一级问题使退出码为 1，默认 warning。")
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

    utf8()
    try:
        chosen = settings(lang, patterns, select=select, ignore=ignore, fail_on=fail_on)
        ruleset = chosen.ruleset()
    except GoujiError as error:
        stop(error)
        return
    done: list[Report] = []
    failed: list[GoujiError] = []
    for _, found in reports(files, ruleset):
        if isinstance(found, GoujiError):
            failed.append(found)
            continue
        report = _chosen(found, chosen)
        done.append(report)
        if form == "json":
            sys.stdout.buffer.write(encode(report) + b"\n")
        else:
            _write(report, ruleset)
    if form == "text" and len(files) > 1:
        _summary(done, len(failed), chosen.lang)
    unread(failed, chosen.lang)
    sys.exit(UNREADABLE if failed else 1 if any(_fails(r, chosen.fail_on) for r in done) else 0)


def _chosen(report: Report, chosen: Settings) -> Report:
    """The report with the rules that were asked for, at the severities that were asked for."""
    from msgspec.structs import replace

    checks = tuple(
        replace(c, severity=chosen.severity.get(c.rule, c.severity))
        for c in report.checks
        if chosen.wants(c.rule) or c.status == CRASHED
    )
    return replace(report, checks=checks)


def _write(report: Report, ruleset: Ruleset) -> None:
    from extractor.output.terminal import TerminalReport, console

    TerminalReport(console(), ruleset).write(report)


def _summary(done: list[Report], unread: int, lang: str) -> None:
    from extractor.output.messages import say

    checks = [c for r in done for c in r.checks]
    failed = [c for c in checks if c.status == FAIL and c.severity != "info"]
    words = {
        "files": len(done),
        "unread": unread,
        "failed": len(failed),
        "errors": sum(c.severity == "error" for c in failed),
        "warnings": sum(c.severity == "warning" for c in failed),
        "passed": sum(c.status == PASS for c in checks),
        "unverifiable": sum(c.status == UNVERIFIABLE for c in checks),
        "crashed": sum(c.status == CRASHED for c in checks),
    }
    click.echo(say(lang, "summary", **words))


def _fails(report: Report, fail_on: str) -> bool:
    """Whether a report has findings of the level asked for; a crashed check always counts."""
    if any(c.status == CRASHED for c in report.checks):
        return True
    levels = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return any(c.status == FAIL and c.severity in levels for c in report.checks)
