"""``gouji explain``: why a number is a fact, or why it is none."""

from __future__ import annotations

import sys

import click

from extractor.cli.options import UNREADABLE, common, settings, stop, utf8
from extractor.errors import GoujiError


@click.command("explain")
@click.argument("file")
@click.argument("number")
@common
def command(file: str, number: str, lang: str | None, patterns: tuple[str, ...]) -> None:
    """说明报告 FILE 中的数字 NUMBER（如 244件）：数值、计量对象、期间、参与哪些核对；或因哪条规则不作为事实。"""
    from extractor.output.explain import explain
    from extractor.output.messages import say
    from extractor.output.terminal import console
    from extractor.pipeline import extract_file

    utf8()
    try:
        chosen = settings(lang, patterns)
        ruleset = chosen.ruleset()
        report = extract_file(file, ruleset, chosen.limits)
    except GoujiError as error:
        stop(error)
        return
    if not explain(console(), report, number, ruleset):
        click.echo(f"gouji: {say(chosen.lang, 'no_such_number', path=file, number=number)}", err=True)
        sys.exit(UNREADABLE)
