"""``gouji evaluate``: how well the patterns do on annotated reports."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli.options import common, settings, stop, utf8
from extractor.errors import GoujiError

_FIELDS = (
    "measure",
    "year",
    "status",
    "approx",
    "nil",
    "indicator assigned",
    "indicator right",
    "verified",
    "caught",
    "identity",
)


@click.command("evaluate")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--verbose", is_flag=True, help="逐条列出差错。")
@common
def command(folder: Path, verbose: bool, lang: str | None, patterns: tuple[str, ...]) -> None:
    """用标注好的报告（FOLDER 中的 *.gold.json）检验提取效果：查准率、查全率、计量对象、核对和误报。"""
    from rich.table import Table

    from extractor.evaluation import Score, evaluate, summed
    from extractor.output.terminal import console

    utf8()
    try:
        chosen = settings(lang, patterns)
        scores = [s for _, s in evaluate(folder, chosen.ruleset())]
    except GoujiError as error:
        stop(error)
        return

    def row(name: str, one: Score) -> list[str]:
        hit, wanted, got = one.headings
        cells = [name, str(one.gold), f"{one.precision:.3f}", f"{one.recall:.3f}"]
        for field in _FIELDS:
            share = one.share(field)
            cells.append("—" if share is None else f"{share:.3f}")
        return [*cells, f"{2 * hit / (wanted + got):.3f}" if wanted + got else "—", str(one.false_alarms)]

    table = Table(box=None, pad_edge=False, padding=(0, 1))
    names = (
        "report",
        "facts",
        "prec",
        "rec",
        "meas",
        "year",
        "stat",
        "appr",
        "nil",
        "ind",
        "ind✓",
        "pass",
        "caught",
        "ident",
        "head",
        "alarms",
    )
    for name in names:
        table.add_column(name, justify="left" if name == "report" else "right", no_wrap=True)
    for one in scores:
        table.add_row(*row(one.name, one))
    table.add_row(*row("all", summed(scores)), style="bold")
    out = console()
    if not out.is_terminal:
        out.width = 140
    out.print(table)
    if verbose:
        for one in scores:
            for note in one.notes:
                click.echo(f"{one.name}: {note}")
