"""``gouji schema``: the JSON Schemas of what ``gouji extract`` and ``gouji diff`` print."""

from __future__ import annotations

import json

import click

from extractor.cli.options import utf8


@click.command("schema")
@click.argument("what", type=click.Choice(["report", "diff", "trend"]), default="report")
def command(what: str) -> None:
    """输出 JSON Schema（2020-12）：report 是 gouji extract 的结果，diff 是两年比较，trend 是三年以上比较。"""
    from extractor.output.json import schema

    utf8()
    click.echo(json.dumps(schema(what), ensure_ascii=False, indent=1))
