"""``gouji indicators``: the catalogue that measures are given names from."""

from __future__ import annotations

import sys

import click

from extractor.cli.options import UNREADABLE, common, settings, stop, utf8
from extractor.errors import GoujiError
from extractor.rules.schema import Indicator, Theme


@click.command("indicators")
@click.argument("indicator_id", required=False)
@common
def command(indicator_id: str | None, lang: str | None, patterns: tuple[str, ...]) -> None:
    """列出指标目录；给出编号则解释这一个：主题、单位、常见写法、正反例。"""
    from rich.text import Text

    from extractor.output.layout import line, listing, table
    from extractor.output.messages import say
    from extractor.output.terminal import console

    utf8()
    try:
        chosen = settings(lang, patterns)
        catalogue, themes = chosen.ruleset().indicators, chosen.ruleset().themes
    except GoujiError as error:
        stop(error)
        return
    zh = chosen.lang == "zh"
    out = console()
    if indicator_id is None:
        table(
            out,
            [
                (
                    Text(one.id, style="bold"),
                    Text(say(chosen.lang, f"indicator_{one.kind}"), style="dim"),
                    Text(one.name if zh else one.name_en),
                )
                for one in catalogue.values()
            ],
        )
        return
    found = catalogue.get(indicator_id)
    if found is None:
        click.echo(f"gouji: {say(chosen.lang, 'no_such_indicator', id=indicator_id)}", err=True)
        sys.exit(UNREADABLE)
    comma = say(chosen.lang, "comma")
    line(out, Text(f"{found.id}  {found.name if zh else found.name_en}", style="bold"))
    rows = (
        ("indicator_theme", found.theme),
        ("indicator_kind", say(chosen.lang, f"indicator_{found.kind}")),
        ("indicator_units", comma.join(found.units)),
        ("indicator_variants", comma.join(found.variants)),
        ("indicator_match", "\n".join(found.match)),
        ("indicator_bare", "\n".join(found.bare)),
        ("indicator_beside", comma.join(_themes(found, themes)) if found.bare else ""),
        ("indicator_excludes", comma.join(found.excludes)),
        ("indicator_examples", comma.join(found.examples)),
        ("indicator_counterexamples", comma.join(found.counterexamples)),
    )
    listing(
        out, [(Text(say(chosen.lang, key), style="dim"), Text(part)) for key, text in rows if text for part in text.split("\n")]
    )


def _themes(indicator: Indicator, themes: dict[str, Theme]) -> list[str]:
    """The names of the themes beside which a bare wording means the indicator."""
    beside = indicator.beside or (indicator.id.partition(".")[0],)
    return [themes[t].name if t in themes else t for t in beside]
