"""The only reader of pattern files: TOML, checked strictly against ``rules.schema``.

Patterns travel inside the wheel; further folders (``--patterns DIR``) add entries or replace those with the same id.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from extractor.errors import PatternError
from extractor.rules import schema
from extractor.rules.terms import atoms

_T = TypeVar("_T", bound=schema.Entry)
_R = TypeVar("_R")
_CLASS = re.compile(r"(?<!\?P)<([a-z.-]+)>")


def builtin_patterns() -> Path:
    """The patterns that came with gouji: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_patterns"
    return installed if installed.is_dir() else package.parent / "patterns"


class Ruleset:
    """All patterns in force. Each table is read when it is first asked for.

    Parameters: ``folders`` further pattern folders, later ones win; ``lang`` ``zh`` or ``en`` for messages.
    Raises ``PatternError`` (file, line, key) when a file is wrong.
    """

    def __init__(self, folders: Sequence[Path] = (), lang: str = "zh") -> None:
        self.lang = lang
        self._kept: dict[Any, Any] = {}
        self.folders = (builtin_patterns(), *folders)
        for folder in self.folders:
            if not folder.is_dir():
                raise PatternError(str(folder), None, "", "no such folder of patterns")

    @cached_property
    def digest(self) -> str:
        """``sha256:…`` over every pattern file in force."""
        hasher = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(folder.rglob("*.toml")):
                hasher.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
        return "sha256:" + hasher.hexdigest()

    def kept(self, reader: Callable[[Ruleset], _R]) -> _R:
        """An object made from this ruleset (compiled patterns), made once and kept with it."""
        if reader not in self._kept:
            self._kept[reader] = reader(self)
        kept: _R = self._kept[reader]
        return kept

    def entries(self, name: str, table: str, model: type[_T]) -> dict[str, _T]:
        """The ``[[table]]`` entries of file or folder ``name`` over all pattern folders, by id, in order.

        An entry of a later folder takes the place of the one of that id. Raises ``PatternError`` for an entry that cannot be
        read, and for two of one id in one folder.
        """
        found: dict[str, _T] = {}
        for folder in self.folders:
            own: dict[str, _T] = {}
            for path in _files(folder, name):
                for line, key, entry in _read(path, table, model):
                    if key in own:
                        raise PatternError(str(path), line, key, f"two [[{table}]] entries of this name")
                    own[key] = entry
            found.update(own)
        return found

    @cached_property
    def unit_groups(self) -> dict[str, schema.UnitGroup]:
        return self.entries("units", "group", schema.UnitGroup)

    @cached_property
    def hedges(self) -> dict[str, schema.Hedge]:
        return self.entries("hedges", "hedge", schema.Hedge)

    @cached_property
    def nonfacts(self) -> dict[str, schema.NonFact]:
        return self.entries("nonfacts", "nonfact", schema.NonFact)

    @cached_property
    def nils(self) -> dict[str, schema.Nil]:
        """The forms of declared zeros, the word classes of their patterns spelt out."""
        found = self.entries("nils", "nil", schema.Nil)
        return {
            k: replace(n, **{f: self._spelt(getattr(n, f), "nils") for f in ("pattern", "before")}) for k, n in found.items()
        }

    @cached_property
    def lexicon(self) -> dict[str, tuple[str, ...]]:
        """Word classes by id, longest word first."""
        classes = self.entries("lexicon", "class", schema.Words)
        return {k: tuple(sorted(set(v.words), key=lambda w: (-len(w), w))) for k, v in classes.items()}

    @cached_property
    def kinds(self) -> dict[str, schema.Kind]:
        return self.entries("kinds", "kind", schema.Kind)

    @cached_property
    def roles(self) -> dict[str, schema.SectionRole]:
        return self.entries("sections", "role", schema.SectionRole)

    @cached_property
    def indicators(self) -> dict[str, schema.Indicator]:
        """The catalogue, the word classes that its patterns name (``<deed.settle>``) spelt out."""
        found = self.entries("indicators", "indicator", schema.Indicator)
        return {k: replace(i, match=self._all_spelt(i.match), bare=self._all_spelt(i.bare)) for k, i in found.items()}

    def _all_spelt(self, patterns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self._spelt, patterns))

    def _spelt(self, pattern: str, name: str = "indicators") -> str:
        """A pattern of file or folder ``name``, the words of each class that it names put in its place as alternatives."""
        return _CLASS.sub(lambda m: self._alternatives(m, name), pattern) if "<" in pattern else pattern

    def _alternatives(self, reference: re.Match[str], name: str) -> str:
        """The words of a class as the alternatives of a term; the place of a class that there is not is looked up."""
        if reference[1] in self.lexicon:
            return "|".join(self.lexicon[reference[1]])
        files = (p for f in self.folders for p in _files(f, name))
        path, line = next((p, n) for p in files if (n := _line(p.read_text(encoding="utf-8"), reference[0])))
        raise PatternError(str(path), line, reference[1], "no such word class in lexicon/")

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words of the domain that indicators are matched by."""
        words = {t.strip("*") for i in self.indicators.values() for p in (*i.match, *i.bare) for t in re.split(r"[ |]+", p)}
        return frozenset(w for w in words if len(w) > 1 and "*" not in w)

    @cached_property
    def atoms(self) -> frozenset[str]:
        """The words of the domain that are not made of others: what segmentation never cuts apart."""
        return atoms(self.terms)

    @cached_property
    def synonyms(self) -> dict[str, schema.Synonyms]:
        """Groups of words that mean one thing between two years; the first of a group stands for all."""
        return self.entries("synonyms", "synonyms", schema.Synonyms)

    @cached_property
    def alignment(self) -> dict[str, schema.Feature]:
        """What the features of a pair of facts are worth, by id."""
        return self.entries("alignment", "feature", schema.Feature)

    @cached_property
    def limits(self) -> dict[str, schema.Limit]:
        """The changes from year to year that deserve a look, in order."""
        return self.entries("changes", "change", schema.Limit)

    @cached_property
    def carries(self) -> dict[str, schema.Carry]:
        """What must go over from one year into the next."""
        return self.entries("carry", "carry", schema.Carry)

    @cached_property
    def themes(self) -> dict[str, schema.Theme]:
        return self.entries("themes", "theme", schema.Theme)

    @cached_property
    def forms(self) -> dict[str, schema.Form]:
        return self.entries("tables", "form", schema.Form)

    @cached_property
    def declared(self) -> dict[str, schema.Declared]:
        return self.entries("relations", "relation", schema.Declared)

    @cached_property
    def accounts(self) -> dict[str, schema.Account]:
        return self.entries("accounts", "account", schema.Account)

    @cached_property
    def defects(self) -> dict[str, schema.Defect]:
        return self.entries("defects", "defect", schema.Defect)

    @cached_property
    def instruments(self) -> dict[str, schema.Instrument]:
        return self.entries("instruments", "instrument", schema.Instrument)

    @cached_property
    def repairs(self) -> dict[str, schema.Repair]:
        return self.entries("repairs", "repair", schema.Repair)

    @cached_property
    def rules(self) -> dict[str, schema.Rule]:
        return self.entries("rules", "rule", schema.Rule)

    def told(self, rule: str, key: str, **words: object) -> str:
        """Message ``key`` of a rule in the language in force, filled with ``words``. Raises ``KeyError`` for an unknown one."""
        found = self.rules[rule]
        return (found.messages if self.lang == "zh" else found.messages_en)[key].format(**words)


def _files(folder: Path, name: str) -> Iterator[Path]:
    single = folder / f"{name}.toml"
    if single.is_file():
        yield single
    if (folder / name).is_dir():
        yield from sorted((folder / name).glob("*.toml"))


def _read(path: Path, table: str, model: type[_T]) -> Iterator[tuple[int | None, str, _T]]:
    """Each entry of a file with its line and its id."""
    text = path.read_text(encoding="utf-8")
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise PatternError(str(path), int(line[1]) if line else None, "", str(error)) from None
    for key in data:
        if key != table:
            raise PatternError(str(path), _line(text, key), key, f"unknown table, expected [[{table}]]")
    lines = [i for i, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{table}]]"]
    for number, raw in enumerate(data.get(table, ())):
        start = lines[number] if number < len(lines) else None
        try:
            entry = msgspec.convert(raw, model)
        except msgspec.ValidationError as error:
            place = re.search(r"`(\w+)`|\$\.(\w+)", str(error))
            name = (place[1] or place[2]) if place else ""
            raise PatternError(str(path), _line(text, name, start) or start, name, str(error)) from None
        yield start, str(raw.get("id") or raw.get("approx")), entry


def _line(text: str, key: str, start: int | None = None) -> int | None:
    """The 1-based line of ``key`` from line ``start`` on; of a class reference the line that it stands in."""
    written = re.compile(re.escape(key) if key.startswith("<") else rf"^\s*\[*{re.escape(key)}\b")
    for number, line in enumerate(text.splitlines(), 1):
        if (start is None or number >= start) and written.search(line):
            return number
    return None
