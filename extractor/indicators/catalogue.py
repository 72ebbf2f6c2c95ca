"""The catalogue of indicators (patterns/indicators), matched over words with spaCy's Matcher.

A pattern is written as words in order, ``受理|接收 纠纷``: alternatives with ``|``, ``*`` for any characters of a word, an
empty alternative for a word that may be missing; other words may stand between. The pattern with the longest words wins,
so that the pipeline points of one matter (排查, 受理, 调处, 成功, 办结) stay apart.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.model import Fact
from extractor.rules import Ruleset
from extractor.rules.schema import Indicator
from extractor.text.words import Segmenter

_KINS = {
    "case": "件 起 宗 例 单 件次", "item": "个 项", "batch": "批 批次", "person": "人 名 位 万人", "person-time": "人次",
    "household": "户", "place": "家 处", "organ-time": "家次", "event": "次 场 场次 期 轮 次数",
    "paper": "份 册 张 本 封 卷 幅",
    "information": "条 篇", "money": "元 万元", "area": "平方米 亩", "team": "支", "device": "台 部 路 株", "percent": "%",
}  # fmt: skip
_KIN = {unit: kin for kin, units in _KINS.items() for unit in units.split()}
# Units that clerks use for each other: neighbours, not equals.
_NEAR = {
    "case": {"case", "item", "batch"}, "item": {"item", "case", "place", "information"},
    "place": {"place", "item", "household"}, "person": {"person", "person-time"},
    "person-time": {"person-time", "person"}, "event": {"event", "batch", "case"}, "batch": {"batch", "event", "case"},
    "organ-time": {"organ-time", "place"}, "paper": {"paper", "case", "information"},
    "information": {"information", "item", "paper"}, "household": {"household", "place"},
}  # fmt: skip
_NUMBER = re.compile(r"(?:共|达到?|共计)?N余?万?(?:人次|场次|件次|家次|[\u4e00-\u9fff])(?:（[^）]*）)?|[（(][^）)]*[）)]|达$")
_CACHED = 50_000


class Catalogue:
    """Finds the indicator of a measure. A phrase seen before costs one look-up."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.indicators = ruleset.indicators
        self._segmenter = Segmenter(ruleset.terms)
        self._phrases = _phrases(self.indicators)
        self._seen: dict[tuple[str, str, str, str | None], str | None] = {}
        self._matcher: Any = None
        self._vocab: Any = None

    def find(self, fact: Fact) -> str | None:
        """The id of the indicator that a fact's measure names, or None."""
        if fact.direction is not None or fact.kind not in ("count", "percentage", "amount", "quantity", "frequency", "nil"):
            return None
        key = (fact.measure, fact.unit, fact.kind, fact.per)
        if key not in self._seen:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            self._seen[key] = self._match(fact)
        return self._seen[key]

    def _match(self, fact: Fact) -> str | None:
        known = self._phrases.get(fact.measure)
        if known is not None and self._fits(self.indicators[known], fact):
            return known
        if self._matcher is None:
            self._build()
        from spacy.tokens import Doc

        words = self._segmenter.cut(fact.measure)
        if not words:
            return None
        doc = Doc(self._vocab, words=words, spaces=[False] * len(words))
        best: tuple[int, str] | None = None
        for key, start, end in self._matcher(doc):
            name, _, number = self._vocab.strings[key].rpartition("#")
            indicator = self.indicators[name]
            if not self._fits(indicator, fact) or any(n in fact.measure for n in indicator.excludes):
                continue
            weight = _weight(indicator.match[int(number)], words[start:end])
            if best is None or weight > best[0]:
                best = weight, name
        return best[1] if best else None

    @staticmethod
    def _fits(indicator: Indicator, fact: Fact) -> bool:
        """Whether the unit is one the indicator is counted in."""
        if fact.kind == "nil":
            return indicator.kind not in ("rate", "ratio", "amount")
        if fact.kind == "percentage" or indicator.kind == "rate":
            return fact.kind == "percentage" and indicator.kind == "rate"
        if fact.per is not None and fact.kind != "frequency":
            return indicator.kind == "ratio"
        own = _KIN.get(fact.unit, fact.unit)
        wanted = {_KIN.get(u.split("/")[0], u) for u in indicator.units}
        return own in wanted or any(own in _NEAR.get(w, ()) for w in wanted)

    def _build(self) -> None:
        from spacy.matcher import Matcher
        from spacy.vocab import Vocab

        self._vocab = Vocab()
        self._matcher = Matcher(self._vocab)
        for indicator in self.indicators.values():
            for number, pattern in enumerate(indicator.match):
                self._matcher.add(f"{indicator.id}#{number}", [_tokens(pattern)])


def _phrases(indicators: dict[str, Indicator]) -> dict[str, str]:
    """The usual wordings that mean one indicator only, without the number and its unit."""
    found: dict[str, set[str]] = {}
    for indicator in indicators.values():
        for variant in indicator.variants:
            phrase = _NUMBER.sub("", variant)
            long_enough = len(phrase) >= (2 if indicator.kind == "rate" else 4)  # 剩余, 维持 mean nothing alone
            if long_enough and not phrase.startswith(("未", "无")):
                found.setdefault(phrase, set()).add(indicator.id)
    return {phrase: ids.pop() for phrase, ids in found.items() if len(ids) == 1}


def _tokens(pattern: str) -> list[dict[str, Any]]:
    """A pattern as spaCy token patterns, any words between its terms."""
    tokens: list[dict[str, Any]] = []
    for term in pattern.split():
        if tokens:
            tokens.append({"OP": "*"})
        alternatives = term.split("|")
        token: dict[str, Any] = {}
        if term != "*":
            shapes = [re.escape(a).replace(r"\*", ".*") for a in alternatives if a]
            exact = not any("*" in a for a in alternatives)
            token = {"TEXT": {"IN": alternatives} if exact else {"REGEX": f"^(?:{'|'.join(shapes)})$"}}
        if "" in alternatives and term != "*":
            token["OP"] = "?"
        tokens.append(token)
    return tokens


def _weight(pattern: str, words: list[str]) -> int:
    """How much of the phrase a pattern speaks for: the characters of the words its terms name, more terms first."""
    weight = 0
    for term in pattern.split():
        named = [w for w in words if term != "*" and any(_like(w, a) for a in term.split("|") if a)]
        weight += 4 + 2 * max(map(len, named), default=-2)
    return weight


def _like(word: str, alternative: str) -> bool:
    return (
        word == alternative if "*" not in alternative else bool(re.fullmatch(re.escape(alternative).replace(r"\*", ".*"), word))
    )
