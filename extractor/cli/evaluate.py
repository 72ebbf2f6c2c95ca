"""``gouji evaluate``: how well the patterns do on annotated reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.options import common, settings, stop, utf8
from extractor.errors import GoujiError

if TYPE_CHECKING:
    from rich.console import Console

    from extractor.evaluation import Score

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
    "table errors caught",
    "identity",
)
_COLUMNS = (
    "report", "facts", "prec", "rec", "meas", "year", "stat", "appr", "nil", "ind", "ind✓", "pass", "caught", "tables", "ident",
    "head", "alarms",
)  # fmt: skip
_PAIR_FIELDS = ("claims verified", "claims caught", "carry-over caught")
_PAIR_COLUMNS = ("pair", "aligned", "prec", "rec", "others", "claims✓", "caught", "carried", "alarms")


@click.command("evaluate")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--verbose", is_flag=True, help="逐条列出差错。")
@common
def command(folder: Path, verbose: bool, lang: str | None, patterns: tuple[str, ...]) -> None:
    """用标注好的报告（FOLDER 中的 *.gold.json）检验提取效果：查准率、查全率、计量对象、核对和误报。"""
    from extractor.evaluation import evaluate, summed
    from extractor.evaluation.pairs import evaluate_pairs
    from extractor.output.terminal import console

    utf8()
    try:
        chosen = settings(lang, patterns)
        ruleset = chosen.ruleset()
        scores = [s for _, s in evaluate(folder, ruleset)]
        pairs = list(evaluate_pairs(folder, ruleset))
    except GoujiError as error:
        stop(error)
        return

    out = console()
    if not out.is_terminal:
        out.width = 150
    _table(out, _COLUMNS, [_row(s.name, s) for s in scores], _row("all", summed(scores)))
    if pairs:
        out.print()
        _table(out, _PAIR_COLUMNS, [_pair_row(s.name, s) for s in pairs], _pair_row("all", summed(pairs)))
    if verbose:
        for one in (*scores, *pairs):
            for note in one.notes:
                click.echo(f"{one.name}: {note}")


def _table(out: Console, names: Sequence[str], rows: Sequence[Sequence[str]], last: Sequence[str]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for name in names:
        table.add_column(name, justify="left" if name == names[0] else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    table.add_row(*last, style="bold")
    out.print(table)


def _row(name: str, one: Score) -> list[str]:
    hit, wanted, got = one.headings
    cells = [name, str(one.gold), f"{one.precision:.3f}", f"{one.recall:.3f}", *(_share(one, f) for f in _FIELDS)]
    return [*cells, f"{2 * hit / (wanted + got):.3f}" if wanted + got else "—", str(one.false_alarms)]


def _pair_row(name: str, one: Score) -> list[str]:
    judged = one.right + one.wrong
    precision = f"{one.right / judged:.3f}" if judged else "—"
    cells = [name, str(one.gold), precision, _share(one, "aligned"), str(one.extra), *(_share(one, f) for f in _PAIR_FIELDS)]
    return [*cells, str(one.false_alarms)]


def _share(one: Score, field: str) -> str:
    share = one.share(field)
    return "—" if share is None else f"{share:.3f}"
