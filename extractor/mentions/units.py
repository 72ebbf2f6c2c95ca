"""Units and classifiers: the longest known one at a place, or an unknown one told by what follows it."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.rules import Ruleset

NEVER = "never"
PER_MILLE = {"‰": "%", "个千分点": "个百分点", "千分点": "个百分点"}
"""Units of a thousandth, and those they are told in."""
USUAL = {
    "百分点": "个百分点",
    "个pct": "个百分点",
    "元钱": "元",
    "块钱": "元",
    "元人民币": "元",
    "元整": "元",
    "平米": "平方米",
    "㎡": "平方米",
    "m2": "平方米",
    "m²": "平方米",
    "km": "公里",
}
"""Other ways to write a unit, and the usual one."""
_DELIMITERS = frozenset(["", *"，。；、：）"])
_BEFORE = 12
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{1,2}?(?=[，。；、：！？）以左]|$)")
_WORDS = {
    first: re.compile(rest)
    for first, rest in {
        "件": "事(?!项)", "家": "[庭长属]", "人": "[大民才员口身事]", "名": "[称单录誉]", "条": "例", "项": "目",
        "期": "[间望]", "次": "[日月年生序]", "本": "[级镇乡村地]", "部": "[门分署]", "口": "[头号]", "面": "[对向临]",
        "套": "路", "片": "[区面]", "间": "隔", "个": "人(?![民大才工口力武])|[体别性]", "门": "口", "张": "贴",
        "根": "[据本]", "把": "握", "种": "[植养子]", "类": "似", "位": "[于置]", "起": "[诉草到]", "场": "[所地]",
        "道": "路", "只": "[有要]", "册": "子", "户": "籍", "栋": "梁", "页": "面", "度": "过",
    }.items()
}  # fmt: skip
"""What behind a unit of one character makes a longer word of it."""


class Unit(NamedTuple):
    """A unit as written (``text``), its group and kind (units.toml); ``rule`` says why a ``never`` is no fact."""

    text: str
    group: str
    kind: str
    rule: str = ""


class UnitTable:
    """Looks units up in folded text."""

    def __init__(self, ruleset: Ruleset) -> None:
        by_text: dict[str, Unit] = {}
        for group in ruleset.unit_groups.values():
            for text in group.units:
                by_text.setdefault(text, Unit(text, group.id, group.kind, group.rule))
        self._by_text = by_text
        self._implied = tuple(
            (Unit(g.units[0], g.id, g.kind, g.rule), re.compile(f"(?:{g.implied})$"))
            for g in ruleset.unit_groups.values()
            if g.implied
        )
        lengths: dict[str, set[int]] = {}
        for text in by_text:
            lengths.setdefault(text[0], set()).add(len(text))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def at(self, text: str, position: int) -> Unit | None:
        """The longest unit that starts at ``position`` of ``text``, unless a longer word begins there (件 but not 条例)."""
        for length in self._lengths.get(text[position : position + 1], ()):
            unit = self._by_text.get(text[position : position + length])
            if unit is not None:
                longer = _WORDS.get(unit.text)
                return None if longer and longer.match(text, position + 1) else unit
        return None

    def named(self, name: str) -> Unit | None:
        """The unit of that name, or None."""
        return self._by_text.get(name)

    def implied(self, text: str, start: int, end: int) -> Unit | None:
        """The unit that the words before ``text[start:end]`` imply where a delimiter follows (支出低保金3347万，), or None."""
        if text[end - 1] not in "万亿" or text[end : end + 1] not in _DELIMITERS:
            return None
        before = text[max(0, start - _BEFORE) : start]
        return next((unit for unit, pattern in self._implied if pattern.search(before)), None)

    @staticmethod
    def unknown(text: str, position: int) -> Unit | None:
        """A classifier that no list holds: one or two characters between the number and a delimiter (3垄，)."""
        match = _UNKNOWN.match(text, position)
        return Unit(match.group(), "", "count") if match else None
