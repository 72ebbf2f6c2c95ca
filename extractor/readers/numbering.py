"""Automatic numbering of .docx: the label that Word shows before a paragraph, which its text does not hold.

Rules: ECMA-376 part 1, 17.9 (numbering), 17.7.2 (styles based on styles). Lists that share an abstract definition go on
counting; a start override begins anew at the first paragraph of its list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from extractor.readers.listnumbers import written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(slots=True)
class _Level:
    """One level of a list: where it starts, how it counts, and its label (``（%2）``)."""

    start: int = 1
    form: str = "decimal"
    label: str = ""
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One list of a document (``w:num``): its abstract definition, changed levels, and start overrides not yet used."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each numbered paragraph its label, in document order.

    Parameters: ``numbering`` and ``styles`` the roots of those parts (lxml elements), None where a file has none.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._links: dict[str, str] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._style_numbers: dict[str, tuple[str | None, int | None]] = {}
        self._parents: dict[str, str] = {}
        self._default_style: str | None = None
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read(numbering)

    def label(self, number: str | None, level: int | None, style: str | None) -> str:
        """The label of the next paragraph; '' when it has none.

        Parameters: the paragraph's own ``w:numId`` and ``w:ilvl`` (None where it names none) and its ``style`` id.
        """
        from_style, style_level = self._of_style(style or self._default_style)
        inherited = number is None
        number = from_style if number is None else number
        found = self._lists.get(number or "")
        if found is None:
            return ""
        levels = self._levels_of(found)
        if level is None:
            level = self._linked_level(levels, style) if inherited else None
        if level is None:
            level = style_level if inherited and style_level is not None else 0
        if not 0 <= level < _LEVELS:
            return ""
        counters = self._count(found, levels, level)
        return self._written(levels, counters, level)

    def _count(self, found: _List, levels: dict[int, _Level], level: int) -> list[int | None]:
        key = self._root(found.abstract)
        counters = self._counters.setdefault(key, [None] * _LEVELS)
        start = found.starts.pop(level, None)
        here = levels.get(level, _Level())
        current = counters[level]
        if start is not None:
            counters[level] = start
        else:
            counters[level] = here.start if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            restart = levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                counters[deeper] = None
        return counters

    def _written(self, levels: dict[int, _Level], counters: list[int | None], level: int) -> str:
        here = levels.get(level, _Level())
        if here.form == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, _Level())
            value = counters[at]
            form = "decimal" if here.legal else other.form
            return written(other.start if value is None else value, form)

        return _PLACEHOLDER.sub(number, here.label)

    def _levels_of(self, found: _List) -> dict[int, _Level]:
        return {**self._abstract.get(self._root(found.abstract), {}), **found.levels}

    def _root(self, abstract: str) -> str:
        """The abstract definition behind a link to a numbering style."""
        seen: set[str] = set()
        while abstract in self._links and abstract not in seen:
            seen.add(abstract)
            number, _ = self._of_style(self._links[abstract])
            if number is None or number not in self._lists:
                break
            abstract = self._lists[number].abstract
        return abstract

    def _linked_level(self, levels: dict[int, _Level], style: str | None) -> int | None:
        """The level that names the paragraph's style, or one the style is based on."""
        for known in self._chain(style):
            for at, level in levels.items():
                if level.style == known:
                    return at
        return None

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """List and level that a style carries, through the styles it is based on; list '0' takes numbering away."""
        number: str | None = None
        level: int | None = None
        for known in self._chain(style):
            own_number, own_level = self._style_numbers.get(known, (None, None))
            level = own_level if level is None else level
            if own_number is not None:
                number = own_number
                break
        return number, level

    def _chain(self, style: str | None) -> list[str]:
        chain: list[str] = []
        while style is not None and style not in chain:
            chain.append(style)
            style = self._parents.get(style)
        return chain

    def _read_styles(self, styles: Any) -> None:
        for style in styles.iterchildren(f"{W}style"):
            name = style.get(f"{W}styleId")
            if name is None:
                continue
            if style.get(f"{W}default") in ("1", "true", "on") and style.get(f"{W}type") == "paragraph":
                self._default_style = name
            based = value_of(style, "basedOn")
            if based is not None:
                self._parents[name] = based
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                self._style_numbers[name] = (value_of(numbered, "numId"), whole(value_of(numbered, "ilvl")))

    def _read(self, root: Any) -> None:
        for abstract in root.iterchildren(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId") or ""
            linked = value_of(abstract, "numStyleLink")
            if linked is not None:
                self._links[name] = linked
            self._abstract[name] = dict(_level(lvl) for lvl in abstract.iterchildren(f"{W}lvl"))
        for num in root.iterchildren(f"{W}num"):
            made = _List(value_of(num, "abstractNumId") or "")
            for override in num.iterchildren(f"{W}lvlOverride"):
                at = whole(override.get(f"{W}ilvl")) or 0
                start = whole(value_of(override, "startOverride"))
                if start is not None:
                    made.starts[at] = start
                changed = override.find(f"{W}lvl")
                if changed is not None:
                    made.levels[at] = _level(changed)[1]
            self._lists[num.get(f"{W}numId") or ""] = made


def _level(element: Any) -> tuple[int, _Level]:
    legal = element.find(f"{W}isLgl")
    form = element.find(f"{W}numFmt")
    if form is None:  # Word 2010 puts formats it does not share with Word 2007 inside mc:AlternateContent
        form = next(element.iter(f"{W}numFmt"), None)
    return whole(element.get(f"{W}ilvl")) or 0, _Level(
        start=whole(value_of(element, "start")) or 0 if value_of(element, "start") is not None else 0,
        form=(form.get(f"{W}val") if form is not None else None) or "decimal",
        label=value_of(element, "lvlText") or "",
        legal=legal is not None and legal.get(f"{W}val") not in ("0", "false", "off"),
        restart=whole(value_of(element, "lvlRestart")),
        style=value_of(element, "pStyle"),
    )


def value_of(element: Any, child: str) -> str | None:
    """The ``w:val`` of a child element; None when there is none."""
    found = element.find(f"{W}{child}")
    value: str | None = None if found is None else found.get(f"{W}val")
    return value


def whole(text: str | None) -> int | None:
    """A whole number written in an attribute; None when it is missing or none."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None
