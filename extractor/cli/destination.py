"""Where results go: ``-o`` and what its suffix says of the format. Nothing is ever written over a report that is read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from extractor.errors import GoujiError, ReadError, why
from extractor.output.formats import FORMATS, Format
from extractor.output.messages import say
from extractor.readers.archive import split
from extractor.readers.formats import FORMATS as READ

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,9}$")
"""What looks like the suffix of a file; ``2023.1`` and ``一.工作总结`` have none."""
USUAL = "text"


def format_for(given: str | None, output: Path | None, formats: Mapping[str, Format], lang: str) -> str:
    """The format to write: what was ``given`` with ``--format``, else what the suffix of ``output`` says, else text.

    Raises ``GoujiError`` when the suffix belongs to another format than the one given, or to none that can be written.
    """
    suffix = suffix_of(output)
    meant = [name for name, form in formats.items() if suffix in form.suffixes]
    if given is not None:
        if meant and given not in meant:
            raise GoujiError(say(lang, "suffix_contradicts", path=output, suffix=suffix, form=given, meant=meant[0]))
        return given
    if suffix and not meant:
        known = say(lang, "comma").join(s for form in formats.values() for s in form.suffixes)
        raise GoujiError(say(lang, "suffix_unknown", path=output, suffix=suffix, known=known))
    return meant[0] if meant else USUAL


def suffix_of(output: Path | None) -> str:
    """The suffix of a file name in small letters; '' where there is none."""
    found = _SUFFIX.search(output.name) if output is not None else None
    return found[0].lower() if found else ""


def folder_for(output: Path, lang: str) -> Path:
    """The folder ``output``. Raises ``GoujiError`` when it is called like a file: it is surely meant to be one."""
    files = {s for form in FORMATS.values() for s in form.suffixes} | {s for form in READ.values() for s in form.suffixes}
    if suffix_of(output) in files and not output.is_dir():
        raise GoujiError(say(lang, "folder_wanted", path=output))
    return output


def spared(output: Path | None, files: Iterable[str], lang: str) -> None:
    """Raises ``GoujiError`` when ``output`` is one of the files that are read (or the archive that one is in)."""
    if output is None or not output.exists():
        return
    for file in files:
        source = Path(split(file)[0])
        if source.exists() and source.samefile(output):
            raise GoujiError(say(lang, "output_is_input", path=output))


def written(chunks: Iterable[bytes], output: Path | None, lang: str) -> None:
    """To the file (and tell where on standard error), or to the screen. Raises ``ReadError`` when it cannot be written."""
    if output is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        return
    try:
        with output.open("wb") as file:
            file.writelines(chunks)
    except OSError as error:
        raise ReadError(str(output), say(lang, "not_written").format(why(error, lang))) from None
    click.echo(say(lang, "written_to", path=output), err=True)
