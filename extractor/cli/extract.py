"""``gouji extract``: the facts of reports as JSON."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractor.cli.options import UNREADABLE, common, settings, stop, utf8
from extractor.errors import GoujiError


@click.command("extract")
@click.argument("files", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="每份报告写一个 JSON 文件到此文件夹。")
@common
def command(files: tuple[str, ...], output: Path | None, lang: str | None, patterns: tuple[str, ...]) -> None:
    """提取报告中的标题、数字事实、勾稽关系和核对结果，输出 JSON。

    一份报告输出一个 JSON；多份报告每行一个（JSON Lines）；-o 时每份写一个文件。读不了的文件列在最后，不影响其他文件。
    """
    from extractor.output.json import encode, pretty
    from extractor.pipeline import extract_file
    from extractor.rules import Ruleset

    utf8()
    try:
        chosen = settings(lang, patterns)
        ruleset = Ruleset(chosen.patterns, chosen.lang)
    except GoujiError as error:
        stop(error)
        return
    unread: list[GoujiError] = []
    taken: set[Path] = set()
    if output:
        output.mkdir(parents=True, exist_ok=True)
    for file in files:
        try:
            report = extract_file(file, ruleset)
        except GoujiError as error:
            unread.append(error)
            continue
        if output:
            _target(output, Path(file), taken).write_bytes(pretty(report))
        else:
            sys.stdout.buffer.write(pretty(report) if len(files) == 1 else encode(report) + b"\n")
    for problem in unread:
        click.echo(f"gouji: {problem}", err=True)
    if unread:
        sys.exit(UNREADABLE)


def _target(folder: Path, file: Path, taken: set[Path]) -> Path:
    """``NAME.json`` in the folder; reports of one name are told apart by a number."""
    target, number = folder / f"{file.stem}.json", 2
    while target in taken:
        target, number = folder / f"{file.stem}-{number}.json", number + 1
    taken.add(target)
    return target
