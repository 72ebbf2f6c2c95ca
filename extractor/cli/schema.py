"""``gouji schema``: the JSON Schema of what ``gouji extract`` prints."""

from __future__ import annotations

import json

import click

from extractor.cli.options import utf8


@click.command("schema")
def command() -> None:
    """输出 gouji extract 结果的 JSON Schema（2020-12）。"""
    from extractor.output.json import schema

    utf8()
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=1))
