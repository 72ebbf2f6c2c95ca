"""Options that several commands share, and the settings file ``gouji.toml``."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

import click

from extractor.errors import GoujiError, PatternError

SETTINGS = "gouji.toml"
_KEYS: dict[str, type] = {
    "lang": str,
    "patterns": list,
    "select": list,
    "ignore": list,
    "fail_on": str,
    "severity": dict,
}
FAIL_ON = ("error", "warning", "never")
UNREADABLE = 2
_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Settings:
    """What the command line and ``gouji.toml`` ask for; the command line wins."""

    lang: str = "zh"
    patterns: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    severity: tuple[tuple[str, str], ...] = ()

    def wants(self, rule: str) -> bool:
        """Whether a rule is enabled (``sum.*`` patterns are understood)."""
        chosen = not self.select or any(fnmatchcase(rule, p) for p in self.select)
        return chosen and not any(fnmatchcase(rule, p) for p in self.ignore)


def settings(
    lang: str | None = None,
    patterns: tuple[str, ...] = (),
    select: str | None = None,
    ignore: str | None = None,
    fail_on: str | None = None,
) -> Settings:
    """The settings in force. Raises ``PatternError`` (file, line, key) for a wrong ``gouji.toml``."""
    found = _file()
    return Settings(
        lang=lang or found.get("lang", "zh"),
        patterns=(*(Path(p) for p in found.get("patterns", [])), *map(Path, patterns)),
        select=_split(select) or tuple(found.get("select", [])),
        ignore=_split(ignore) or tuple(found.get("ignore", [])),
        fail_on=fail_on or found.get("fail_on", "error"),
        severity=tuple(found.get("severity", {}).items()),
    )


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(p.strip() for p in (text or "").split(",") if p.strip())


def _file() -> dict[str, Any]:
    path = Path(SETTINGS)
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise PatternError(SETTINGS, int(line[1]) if line else None, "", str(error)) from None
    for key, value in data.items():
        at = next((n for n, row in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[?{re.escape(key)}\b", row)), None)
        if key not in _KEYS:
            raise PatternError(SETTINGS, at, key, f"unknown key; known are {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[key]):
            raise PatternError(SETTINGS, at, key, f"must be a {_KEYS[key].__name__}")
        if (key == "fail_on" and value not in FAIL_ON) or (key == "lang" and value not in ("zh", "en")):
            raise PatternError(SETTINGS, at, key, f"unknown value {value!r}")
        if isinstance(value, dict) and any(v not in ("error", "warning", "info") for v in value.values()):
            raise PatternError(SETTINGS, at, key, "severities are error, warning, info")
    return data


def common(function: _F) -> _F:
    """``--lang`` and ``--patterns`` for a command."""
    function = click.option("--patterns", "patterns", multiple=True, metavar="DIR", help="另加的规则文件夹，可多次给出。")(
        function
    )
    return click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="输出语言，默认中文。")(function)


def stop(error: GoujiError) -> None:
    """Print an error and leave with the exit code for unreadable input or wrong usage."""
    utf8()
    click.echo(f"gouji: {error}", err=True)
    sys.exit(UNREADABLE)


def utf8() -> None:
    """UTF-8 on every console, Windows included; what it cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
