"""Options that several commands share, the settings file ``gouji.toml``, and reading files without stopping at a bad one."""

from __future__ import annotations

import re
import sys
import tomllib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click
import msgspec

from extractor.errors import GoujiError, PatternError, ReadError
from extractor.model import Limits, Report
from extractor.output.messages import say
from extractor.rules import Ruleset

if TYPE_CHECKING:
    from extractor.output.formats import Format, Job

SETTINGS = "gouji.toml"
FAIL_ON = ("error", "warning", "never")
UNREADABLE = 2
_F = TypeVar("_F", bound=Callable[..., Any])


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``gouji.toml`` may say. Folders of ``patterns`` are relative to the working directory."""

    lang: Literal["zh", "en"] = "zh"
    patterns: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Literal["error", "warning", "never"] = "warning"
    severity: dict[str, Literal["error", "warning", "info", "off"]] = {}
    limits: Limits = Limits()

    def wants(self, rule: str) -> bool:
        """Whether a rule is enabled (``sum.*`` patterns are understood)."""
        chosen = not self.select or any(fnmatchcase(rule, p) for p in self.select)
        off = any(level == "off" and fnmatchcase(rule, p) for p, level in self.severity.items())
        return chosen and not off and not any(fnmatchcase(rule, p) for p in self.ignore)

    def severity_of(self, rule: str, usual: str) -> str:
        """The severity of a finding: the last setting that names its rule (``sum.*`` is understood), else the usual one."""
        named = [level for p, level in self.severity.items() if level != "off" and fnmatchcase(rule, p)]
        return named[-1] if named else usual

    def ruleset(self) -> Ruleset:
        """The patterns in force. Raises ``GoujiError`` when a rule is named that does not exist: it would switch nothing."""
        found = Ruleset([Path(p) for p in self.patterns], self.lang)
        for name in (*self.select, *self.ignore, *self.severity):
            if not any(fnmatchcase(rule, name) for rule in found.rules):
                raise GoujiError(say(self.lang, "no_such_rule", rule=name))
        return found


def settings(lang: str | None = None, patterns: tuple[str, ...] = (), **given: str | None) -> Settings:
    """The settings in force: ``gouji.toml``, and over it what the command line gives.

    Parameters: ``given`` may hold ``select`` and ``ignore`` (comma separated) and ``fail_on``.
    Raises ``PatternError`` (file, line, key) for a wrong ``gouji.toml``.
    """
    found = _file(Path(SETTINGS))
    asked: dict[str, Any] = {k: v for k, v in {**given, "lang": lang}.items() if v}
    for key in ("select", "ignore"):
        if key in asked:
            asked[key] = tuple(p.strip() for p in asked[key].split(",") if p.strip())
    return msgspec.structs.replace(found, patterns=(*found.patterns, *patterns), **asked)


def _file(path: Path) -> Settings:
    if not path.is_file():
        return Settings()
    try:
        text = path.read_text(encoding="utf-8-sig")
        return msgspec.convert(tomllib.loads(text), Settings)
    except UnicodeDecodeError as error:
        raise PatternError(str(path), None, "", str(error)) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise PatternError(str(path), int(line[1]) if line else None, "", str(error)) from None
    except msgspec.ValidationError as error:
        place = re.search(r"unknown field `(\w+)`|\$\.(\w+)", str(error))
        key = (place[1] or place[2]) if place else ""
        at = next((n for n, row in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[?{re.escape(key)}\b", row)), None)
        raise PatternError(str(path), at, key, str(error)) from None


def inputs(files: Iterable[str]) -> tuple[str, ...]:
    """What there is to read: the files, in place of each archive the files in it."""
    from extractor.readers import members

    return tuple(m for f in files for m in members(f))


def reports(
    files: Sequence[str], ruleset: Ruleset, limits: Limits, quiet: bool = False
) -> Iterator[tuple[str, Report | GoujiError]]:
    """Each file with its report, or with the reason why there is none; what takes longer than a second shows how far it is.

    A defect of gouji itself is shown in full on standard error and counts as a file that could not be read.
    """
    from extractor.output.progress import Waiting
    from extractor.pipeline import extract_file

    waiting = Waiting(ruleset.lang, len(files), quiet=quiet)
    for number, file in enumerate(files):
        found: Report | GoujiError
        try:
            with waiting.on(file, number):
                found = extract_file(file, ruleset, limits)
        except GoujiError as error:
            found = error
        except Exception as error:
            traceback.print_exc()
            found = ReadError(file, say(ruleset.lang, "defect", kind=type(error).__name__, what=error))
        yield file, found


def job_for(chosen: Settings, form: str, output: Path | None, formats: Mapping[str, Format], detail: int = 0) -> Job:
    """What the format is to know; a terminal shows its colours and its width, a file neither.

    Parameters: ``formats`` the registry that ``form`` is a name of. Raises ``GoujiError`` for binary output to a screen.
    """
    from extractor.output.formats import Job
    from extractor.output.terminal import console

    screen = console()
    terminal = screen.is_terminal and output is None
    if formats[form].binary and output is None:
        raise GoujiError(say(chosen.lang, "binary", form=form, suffix=formats[form].suffixes[0]))
    colour = terminal and screen.color_system is not None and not screen.legacy_windows
    return Job(chosen.ruleset(), colour=colour, width=screen.width if terminal else 80, detail=detail)


def common(function: _F) -> _F:
    """``--lang`` and ``--patterns`` for a command."""
    function = click.option("--patterns", "patterns", multiple=True, metavar="DIR", help="另加的规则文件夹，可多次给出。")(
        function
    )
    return click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="输出语言，默认中文。")(function)


def judging(function: _F) -> _F:
    """``--select``, ``--ignore`` and ``--fail-on`` for a command that finds faults."""
    level = click.option("--fail-on", type=click.Choice(FAIL_ON), default=None, help="哪一级问题使退出码为 1，默认 warning。")
    ignore = click.option("--ignore", metavar="RULES", help="不用这些规则。")
    select = click.option("--select", metavar="RULES", help="只用这些规则（逗号分隔，可写 sum.*）。")
    return select(ignore(level(function)))


def talkative(function: _F) -> _F:
    """``-q`` and ``-v`` for a command: less or more than usual (``detail`` -1, 0 or 1)."""
    more = click.option("-v", "--verbose", "detail", flag_value=1, type=int, help="详细：写明每项核对的依据和数字。")
    less = click.option("-q", "--quiet", "detail", flag_value=-1, type=int, default=0, help="只写发现的问题，不显示进度。")
    return less(more(function))


def unread(errors: Iterable[GoujiError], lang: str) -> None:
    """List on standard error the files that could not be read, each with its reason."""
    listed = list(errors)
    if listed:
        click.echo(f"{say(lang, 'not_read')}：", err=True)
    for error in listed:
        click.echo(f"  {error}", err=True)


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
