"""``gouji doctor``: what of gouji is there on this machine, and how to get the rest."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from typing import NamedTuple

import click

from extractor import __version__
from extractor.cli.options import common, settings, stop, utf8
from extractor.errors import GoujiError


class Part(NamedTuple):
    """An optional part: ``modules`` that have to be there, the ``extra`` that brings them."""

    key: str
    modules: tuple[str, ...]
    extra: str


_PARTS = (
    Part("ocr", ("rapidocr", "onnxruntime"), "ocr"),
    Part("cluster", ("distributed",), "cluster"),
    Part("parquet", ("duckdb",), "parquet"),
)


@click.command("doctor")
@common
def command(lang: str | None, patterns: tuple[str, ...]) -> None:
    """检查本机上的勾稽：版本、规则、依赖，以及可选功能（扫描件识别、LibreOffice、集群等）有没有、怎样补上。

    退出码：0 可以使用，2 缺少必需的部分。
    """
    from rich.text import Text

    from extractor.output.layout import listing
    from extractor.output.messages import say
    from extractor.output.terminal import console
    from extractor.readers.convert import libreoffice

    utf8()
    try:
        chosen = settings(lang, patterns)
        rules = chosen.ruleset()
        counts = f"{len(rules.rules)} / {len(rules.indicators)}"
    except GoujiError as error:
        stop(error)
        return

    def told(good: bool, key: str, what: str) -> tuple[Text, Text]:
        mark = Text("✓ " if good else "– ", style="green" if good else "yellow")
        return mark.append(say(chosen.lang, f"doctor_{key}")), Text(what)

    missing = list(_missing())
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    rows = [
        told(True, "version", f"gouji {__version__}  Python {platform.python_version()}  {system}"),
        told(True, "patterns", say(chosen.lang, "doctor_counts", counts=counts, digest=rules.digest[:19])),
        told(not missing, "needed", say(chosen.lang, "comma").join(missing) or say(chosen.lang, "doctor_all")),
    ]
    for part in _PARTS:
        there = all(find_spec(m) for m in part.modules)
        how = say(chosen.lang, "doctor_there" if there else "doctor_extra", extra=part.extra)
        rows.append(told(there, part.key, how))
    office = libreoffice()
    rows.append(told(office is not None, "libreoffice", office or say(chosen.lang, "doctor_libreoffice_get")))
    listing(console(), rows)
    sys.exit(2 if missing else 0)


def _missing() -> Iterator[str]:
    """What gouji needs and does not find, or finds too old, by the requirements of its own package."""
    from packaging.requirements import Requirement

    try:
        needed = [Requirement(line) for line in requires("gouji") or ()]
    except PackageNotFoundError:
        return  # run from a folder of sources that was never installed: nothing to hold against
    for one in needed:
        if one.marker is not None and not one.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(one.name)
        except PackageNotFoundError:
            yield one.name
        else:
            if found not in one.specifier:
                yield f"{one.name} {found}（{one.specifier}）"
