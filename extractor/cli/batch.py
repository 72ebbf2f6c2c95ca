"""``gouji batch``: a folder of reports in one go."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.options import UNREADABLE, common, settings, stop, utf8
from extractor.errors import GoujiError

if TYPE_CHECKING:
    pass

STOPPED = 130


@click.command("batch")
@click.argument("paths", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="结果写到这个文件夹。")
@click.option("-j", "--workers", type=click.IntRange(1), help="同时工作的进程数，默认与处理器核数相同。")
@click.option("--timeout", type=click.FloatRange(min=1), default=300.0, show_default=True, help="每个文件最多用多少秒。")
@click.option("--memory", type=click.IntRange(min=256), default=2048, show_default=True, help="每个进程最多用多少兆内存。")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", help="在本机（默认）或在 Dask 集群上运行。")
@click.option("--scheduler", metavar="ADDRESS", help="集群调度器地址，如 tcp://192.0.2.1:8786；与 --engine dask 同用。")
@click.option("-q", "--quiet", is_flag=True, help="只显示结果汇总。")
@common
def command(
    paths: tuple[str, ...],
    output: Path,
    workers: int | None,
    timeout: float,
    memory: int,
    engine: str,
    scheduler: str | None,
    quiet: bool,
    lang: str | None,
    patterns: tuple[str, ...],
) -> None:
    """一次处理整个文件夹：逐份提取、核对，结果存入 OUTPUT/gouji.db。

    PATHS 可以是文件夹（含下级）、文件、通配符和压缩包。没有变化的文件不重做；按 Ctrl-C 停止，已完成的都保留，
    再次运行即接着做。退出码：0 没有问题，1 有问题，2 有文件读不了或用法错误，130 中途停止。
    """
    utf8()
    if (engine == "dask") != (scheduler is not None):
        raise click.UsageError("--engine dask 与 --scheduler 须同时给出。")
    try:
        chosen = settings(lang, patterns)
        chosen.ruleset()
        from extractor.batches import run
        from extractor.batches.work import Orders
        from extractor.output.progress import Lines

        orders = Orders(patterns=chosen.patterns, lang=chosen.lang, seconds=timeout, megabytes=memory)
        with Lines(chosen.lang, quiet=quiet) as lines:
            result = run(paths, output, orders=orders, workers=workers, scheduler=scheduler, progress=lines.tell)
        lines.close(result, output)
    except GoujiError as error:
        stop(error)
        return
    sys.exit(STOPPED if result.interrupted else UNREADABLE if lines.unread else 1 if lines.findings else 0)
