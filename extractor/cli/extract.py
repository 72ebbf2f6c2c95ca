"""``gouji extract``: the facts of reports as JSON."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractor.cli.options import UNREADABLE, common, inputs, reports, settings, stop, unread, utf8
from extractor.errors import GoujiError, ReadError


@click.command("extract")
@click.argument("files", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="每份报告写一个 JSON 文件到此文件夹。")
@click.option("-q", "--quiet", is_flag=True, help="不显示进度。")
@common
def command(files: tuple[str, ...], output: Path | None, quiet: bool, lang: str | None, patterns: tuple[str, ...]) -> None:
    """提取报告中的标题、数字事实、勾稽关系和核对结果，输出 JSON。

    一份报告输出一个 JSON；多份报告每行一个（JSON Lines）；-o 时每份写一个文件。读不了的文件列在最后，不影响其他文件。
    """
    from extractor.output.json import encode, pretty
    from extractor.output.messages import say

    utf8()
    try:
        chosen = settings(lang, patterns)
        ruleset = chosen.ruleset()
    except GoujiError as error:
        stop(error)
        return
    files = inputs(files)
    failed: list[GoujiError] = []
    taken: set[str] = set()
    for file, found in reports(files, ruleset, chosen.limits, quiet):
        if isinstance(found, GoujiError):
            failed.append(found)
        elif output:
            target = _target(output, Path(file), taken)
            try:
                output.mkdir(parents=True, exist_ok=True)
                target.write_bytes(pretty(found))
            except OSError as error:
                failed.append(ReadError(str(target), say(chosen.lang, "not_written").format(error.strerror)))
        else:
            sys.stdout.buffer.write(pretty(found) if len(files) == 1 else encode(found) + b"\n")
    unread(failed, chosen.lang)
    if failed:
        sys.exit(UNREADABLE)


def _target(folder: Path, file: Path, taken: set[str]) -> Path:
    """``NAME.json`` in the folder; reports of one name are told apart by a number (case does not tell names apart)."""
    name, number = file.stem, 2
    while name.casefold() in taken:
        name, number = f"{file.stem}-{number}", number + 1
    taken.add(name.casefold())
    return folder / f"{name}.json"
