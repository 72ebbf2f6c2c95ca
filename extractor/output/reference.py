"""The reference of rules as Markdown, made from the patterns in force (``gouji rules --format markdown``)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from extractor.output.messages import say
from extractor.rules import Ruleset
from extractor.rules.schema import Rule

_FIELDS = ("verifies", "formula", "basis", "right", "wrong", "traps")


def reference(ruleset: Ruleset) -> str:
    """Every rule with what it verifies, formula, basis, a right and a wrong example and known traps, group by group."""
    return "\n".join(_lines(ruleset)) + "\n"


def _lines(ruleset: Ruleset) -> Iterator[str]:
    lang = ruleset.lang
    yield f"# {say(lang, 'reference_title')}"
    yield ""
    yield say(lang, "reference_note")
    rules = list(ruleset.rules.values())
    yield ""
    yield f"| | {say(lang, 'rule')} | {say(lang, 'rule_severity')} |"
    yield "|---|---|---|"
    for rule in rules:
        yield f"| [{rule.id}](#{rule.id.replace('.', '')}) | {_name(rule, lang)} | {say(lang, rule.severity)} |"
    for group, listed in groupby(sorted(rules, key=_group), _group):
        yield ""
        yield f"## {group}"
        for rule in listed:
            yield from _rule(rule, lang)


def _rule(rule: Rule, lang: str) -> Iterator[str]:
    yield ""
    yield f"### {rule.id}"
    yield ""
    yield f"**{_name(rule, lang)}** · {say(lang, rule.severity)}" + ("" if rule.built else f" · {say(lang, 'not_built')}")
    yield ""
    for field in _FIELDS:
        text = getattr(rule, field)
        if lang == "en":
            text = getattr(rule, f"{field}_en", "") or text
        if text:
            yield f"- {say(lang, f'rule_{field}')}{say(lang, 'colon')}{' '.join(text.split())}"


def _group(rule: Rule) -> str:
    return rule.id.split(".")[0]


def _name(rule: Rule, lang: str) -> str:
    return f"{rule.name} · {rule.name_en}" if lang == "zh" else rule.name_en
