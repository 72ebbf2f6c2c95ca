"""``gouji export``: the store of a batch as files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli.destination import folder_for
from extractor.cli.options import common, settings, stop, utf8
from extractor.errors import GoujiError


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="OUTPUT")
@click.option(
    "--format", "form", type=click.Choice(["parquet", "csv", "jsonl"]), default="csv", show_default=True, help="格式。"
)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="写到这个文件夹，默认 OUTPUT/export。")
@common
def command(folder: Path, form: str, output: Path | None, lang: str | None, patterns: tuple[str, ...]) -> None:
    """把 gouji batch 的结果导出成表：报告、章节、事实、核对、诊断、复核、文件各一个。

    OUTPUT 是 gouji batch 的结果文件夹。CSV 可直接用 Excel、WPS 打开；Parquet 需要 pip install gouji[parquet]。
    """
    utf8()
    try:
        chosen = settings(lang, patterns)
        from extractor.batches import export

        for path in export(folder, folder_for(output or folder / "export", chosen.lang), form, chosen.lang):
            click.echo(path)
    except GoujiError as error:
        stop(error)
