"""``gouji batch``: a folder of reports in one go."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.destination import folder_for
from extractor.cli.options import UNREADABLE, Settings, common, settings, stop, utf8
from extractor.errors import GoujiError, ReadError, why
from extractor.output.messages import say

if TYPE_CHECKING:
    from extractor.batches.work import Orders
    from extractor.rules import Ruleset

NAME = "汇总"

STOPPED = 130


@click.command("batch")
@click.argument("paths", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="结果写到这个文件夹。")
@click.option("-j", "--workers", type=click.IntRange(1), help="同时工作的进程数，默认与处理器核数相同。")
@click.option("--timeout", type=click.IntRange(1), help="每个文件最多用多少秒（默认见 gouji.toml 的 [limits]，300）。")
@click.option("--memory", type=click.IntRange(1), help="每个进程最多用多少兆内存（默认同上，4096）。")
@click.option("--retry", is_flag=True, help="此前读不了的文件也再试一次。")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", help="在本机（默认）或在 Dask 集群上运行。")
@click.option("--scheduler", metavar="ADDRESS", help="集群调度器地址，如 tcp://192.0.2.1:8786；与 --engine dask 同用。")
@click.option("--bodies", type=click.Path(dir_okay=False, path_type=Path), help="应报送单位的名单，每行一个，用来查缺报。")
@click.option("--no-summary", is_flag=True, help="只存结果，不做汇总表（文件成千上万时用）。")
@click.option("-q", "--quiet", is_flag=True, help="不逐个显示文件。")
@common
def command(
    paths: tuple[str, ...],
    output: Path,
    workers: int | None,
    timeout: int | None,
    memory: int | None,
    retry: bool,
    engine: str,
    scheduler: str | None,
    bodies: Path | None,
    no_summary: bool,
    quiet: bool,
    lang: str | None,
    patterns: tuple[str, ...],
) -> None:
    """一次处理整个文件夹：逐份提取、核对，结果存入 OUTPUT/gouji.db，并做出 汇总.xlsx。

    PATHS 可以是文件夹（含下级）、文件、通配符和压缩包。没有变化的文件不重做；按 Ctrl-C 停止，已完成的都保留，
    再次运行即接着做。退出码：0 没有问题，1 有问题，2 有文件读不了或用法错误，130 中途停止。
    """
    utf8()
    if (engine == "dask") != (scheduler is not None):
        raise click.UsageError("--engine dask 与 --scheduler 须同时给出。")
    try:
        chosen = settings(lang, patterns)
        output = folder_for(output, chosen.lang)
        ruleset = chosen.ruleset()
        from msgspec.structs import replace

        from extractor.batches import run
        from extractor.batches.work import Orders
        from extractor.output.progress import Lines

        expected = _names(bodies)
        given = {key: value for key, value in (("seconds", timeout), ("memory_mb", memory)) if value}
        orders = Orders(patterns=chosen.patterns, lang=chosen.lang, limits=replace(chosen.limits, **given))
        with Lines(chosen.lang, quiet=quiet) as lines:
            result = run(paths, output, orders=orders, workers=workers, scheduler=scheduler, retry=retry, progress=lines.tell)
        lines.close(result)
        findings = bool(lines.findings)
        if not result.interrupted and not no_summary:
            findings = _summary(output, orders, expected, ruleset, chosen)
        click.echo(say(chosen.lang, "batch_where", folder=output))
    except GoujiError as error:
        stop(error)
        return
    sys.exit(STOPPED if result.interrupted else UNREADABLE if lines.unread else 1 if findings else 0)


def _names(path: Path | None) -> tuple[str, ...]:
    """The names in a list of bodies, one a line."""
    if path is None:
        return ()
    from extractor.readers import read

    return tuple(line.strip() for line in read(path).text.splitlines() if line.strip())


def _summary(output: Path, orders: Orders, expected: tuple[str, ...], ruleset: Ruleset, chosen: Settings) -> bool:
    """汇总.xlsx, 汇总.json, a page per report, and the same in short on the terminal. Returns whether there are findings."""
    from extractor.batches import reports, summarise
    from extractor.output import county_book, county_terminal, pages
    from extractor.output.json import pretty
    from extractor.output.progress import Steps
    from extractor.output.terminal import console

    def judge(rule: str, severity: str) -> str | None:
        return chosen.severity.get(rule, severity) if chosen.wants(rule) else None

    with Steps(say(chosen.lang, "batch_comparing")) as steps:
        county = summarise(output, orders=orders, expected=expected, judge=judge, tell=steps.tell)
    used = sorted({f.report for f in county.files if f.report is not None and f.duplicate_of is None})
    links: dict[int, str] = {}
    try:
        for number, sha256, report in reports(output, used, orders.lang):
            links[number] = pages.write(report, sha256, output, ruleset)
        (output / f"{NAME}.json").write_bytes(pretty(county))
        pages.write_index(county, output, ruleset, lambda report: links.get(report, ""))
        county_book.write(county, output / f"{NAME}.xlsx", ruleset, lambda report: links.get(report, ""))
    except OSError as error:
        reason = say(orders.lang, "batch_summary_not_written", why=why(error, orders.lang))
        raise ReadError(str(error.filename or output), reason) from None
    county_terminal.show(county, console(), ruleset)
    return bool(county.changes) or any(f.severity != "info" for f in county.findings)
