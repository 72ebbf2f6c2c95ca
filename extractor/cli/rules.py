"""``gouji rules``: what is checked, and why."""

from __future__ import annotations

import sys

import click

from extractor.cli.options import UNREADABLE, common, settings, stop, utf8
from extractor.errors import GoujiError


def _completed(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """The ids of rules that start as typed, for the completion of the shell."""
    from extractor.rules import Ruleset

    return [rule for rule in Ruleset().rules if rule.startswith(typed)]


@click.command("rules")
@click.argument("rule_id", required=False, shell_complete=_completed)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown"]), default="text", help="markdown：全部规则的说明文档。"
)
@common
def command(rule_id: str | None, form: str, lang: str | None, patterns: tuple[str, ...]) -> None:
    """列出全部核对规则；给出编号则解释这一条：核对什么、公式、依据、正误示例。"""
    from rich.text import Text

    from extractor.output.layout import line, listing, table
    from extractor.output.messages import say
    from extractor.output.terminal import console

    utf8()
    try:
        chosen = settings(lang, patterns)
        ruleset = chosen.ruleset()
        rules = ruleset.rules
    except GoujiError as error:
        stop(error)
        return
    if form == "markdown":
        from extractor.output.reference import reference

        click.echo(reference(ruleset), nl=False)
        return
    zh = chosen.lang == "zh"
    out = console()
    if rule_id is None:
        listed = []
        for rule in rules.values():
            mark = "" if rule.built else f"（{say(chosen.lang, 'not_built')}）"
            name = Text((rule.name if zh else rule.name_en) + mark, style="" if rule.built else "dim")
            listed.append((Text(rule.id, style="bold"), Text(say(chosen.lang, rule.severity), style="dim"), name))
        table(out, listed)
        return
    found = rules.get(rule_id)
    if found is None:
        click.echo(f"gouji: {say(chosen.lang, 'no_such_rule', rule=rule_id)}", err=True)
        sys.exit(UNREADABLE)
    mark = "" if found.built else f"（{say(chosen.lang, 'not_built')}）"
    line(out, Text(f"{found.id}  {found.name if zh else found.name_en}{mark}", style="bold"))
    rows = (
        ("rule_verifies", found.verifies if zh else found.verifies_en),
        ("rule_formula", found.formula),
        ("rule_severity", say(chosen.lang, found.severity)),
        ("rule_basis", found.basis if zh else found.basis_en or found.basis),
        ("rule_right", found.right),
        ("rule_wrong", found.wrong),
        ("rule_traps", found.traps),
    )
    listing(out, [(Text(say(chosen.lang, key), style="dim"), Text(value)) for key, value in rows if value])
