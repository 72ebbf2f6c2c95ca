"""Figures told again: the same number of the same things, under a shorter name or with what it counts behind it."""

from __future__ import annotations

from decimal import Decimal

from extractor.indicators.around import Around
from extractor.indicators.catalogue import Catalogue
from extractor.indicators.units import kin
from extractor.model import Fact

_TELLING = 10  # values below it come up twice by chance
_SHORT = 8  # characters of a measure that may be a shorter form of an earlier one

_Key = tuple[Decimal, str, str | None]


class Again:
    """What was told of a report's figures. They are told to it in reading order as they get their names."""

    def __init__(self, catalogue: Catalogue, around: Around) -> None:
        self._catalogue, self._around = catalogue, around
        self._said: dict[_Key, list[tuple[str, str]]] = {}
        self._names: dict[_Key, set[str]] = {}
        self._values: dict[str, set[Decimal]] = {}
        self._list: tuple[Fact, str, Decimal] | None = None

    def tell(self, fact: Fact, name: str) -> None:
        """From here on a figure may be ``fact`` told again, or the sum of the list that it ends (13个村、2个社区)."""
        if fact.is_change:
            return
        total = fact.value
        if self._list is not None:
            last, listed, before = self._list
            if listed == name and last.sentence == fact.sentence and kin(last.unit) == kin(fact.unit):
                total += before
        self._list = fact, name, total
        self._values.setdefault(name, set()).update((fact.value, total))
        for value in {fact.value, total}:
            if value >= _TELLING:
                self._names.setdefault((value, kin(fact.unit), fact.per), set()).add(name)
        if fact.value >= _TELLING:
            self._said.setdefault((fact.value, fact.unit, fact.per), []).append((fact.measure, name))

    def agrees(self, fact: Fact, name: str) -> bool:
        """Whether a figure may be the one that an earlier sentence told under a name: it has its value, if there is one."""
        values = self._values.get(name)
        told_here = self._list is not None and self._list[1] == name and self._list[0].sentence == fact.sentence
        return values is None or told_here or fact.value in values

    def shorter(self, fact: Fact) -> str | None:
        """The name of an earlier figure that has the same value and unit and whose measure ends in this one (下辖17个社区,
        later 全街道17个社区)."""
        if len(fact.measure) > _SHORT or fact.is_change:
            return None
        said = self._said.get((fact.value, fact.unit, fact.per), ())
        return next((name for words, name in said if words.endswith(fact.measure)), None)

    def behind(self, fact: Fact) -> str | None:
        """The name of an earlier figure, or list, of the same value whose things stand behind the number (15个村都有)."""
        if fact.is_change:
            return None
        names = self._names.get((fact.value, kin(fact.unit), fact.per))
        return self._catalogue.opens(fact, self._around.behind(fact), names) if names else None
