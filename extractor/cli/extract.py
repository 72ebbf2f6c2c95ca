"""``gouji extract``: the facts of reports as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.destination import folder_for, spared, suffix_of, written
from extractor.cli.options import UNREADABLE, common, inputs, reports, settings, stop, unread, utf8
from extractor.errors import GoujiError, ReadError, why
from extractor.output.formats import FORMATS
from extractor.output.messages import say
from extractor.output.names import safe
from extractor.text.filenames import shown

if TYPE_CHECKING:
    from extractor.model import Limits, Report
    from extractor.rules import Ruleset


@click.command("extract")
@click.argument("files", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个 .json 文件，或每份报告写一个到此文件夹。")
@click.option("-q", "--quiet", is_flag=True, help="不显示进度。")
@common
def command(files: tuple[str, ...], output: Path | None, quiet: bool, lang: str | None, patterns: tuple[str, ...]) -> None:
    """提取报告中的标题、数字事实、勾稽关系和核对结果，输出 JSON。

    一份报告输出一个 JSON；多份报告每行一个（JSON Lines）。-o 给出 .json 或 .jsonl 文件名则写成一个文件，给出文件夹则每份
    写一个文件。读不了的文件列在最后，不影响其他文件。
    """
    utf8()
    failed: list[GoujiError] = []
    try:
        chosen = settings(lang, patterns)
        ruleset = chosen.ruleset()
        files = inputs(files)
        spared(output, files, chosen.lang)
        found = _read(files, ruleset, chosen.limits, quiet, failed)
        if output is None or (suffix_of(output) in FORMATS["json"].suffixes and not output.is_dir()):
            written(_text(found, len(files)), output, chosen.lang)
        else:
            _each(found, folder_for(output, chosen.lang), chosen.lang, failed)
    except GoujiError as error:
        stop(error)
        return
    unread(failed, chosen.lang)
    if failed:
        sys.exit(UNREADABLE)


def _read(
    files: Sequence[str], ruleset: Ruleset, limits: Limits, quiet: bool, failed: list[GoujiError]
) -> Iterator[tuple[str, Report]]:
    """The reports with their files; what cannot be read goes to ``failed``."""
    for file, found in reports(files, ruleset, limits, quiet):
        if isinstance(found, GoujiError):
            failed.append(found)
        else:
            yield file, found


def _text(found: Iterable[tuple[str, Report]], files: int) -> Iterator[bytes]:
    """One report as it is read best, several with one on each line."""
    from extractor.output.json import encode, pretty

    for _, report in found:
        yield pretty(report) if files == 1 else encode(report) + b"\n"


def _each(found: Iterable[tuple[str, Report]], folder: Path, lang: str, failed: list[GoujiError]) -> None:
    """A file for each report; one that cannot be written goes to ``failed``."""
    from extractor.output.json import pretty

    taken: set[str] = set()
    for file, report in found:
        target = _target(folder, Path(shown(file)), taken)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target.write_bytes(pretty(report))
        except OSError as error:
            failed.append(ReadError(str(target), say(lang, "not_written").format(why(error, lang))))


def _target(folder: Path, file: Path, taken: set[str]) -> Path:
    """``NAME.json`` in the folder; reports of one name are told apart by a number (case does not tell names apart)."""
    stem = name = safe(file.stem)
    number = 2
    while name.casefold() in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name.casefold())
    return folder / f"{name}.json"
