"""Every example and counterexample in patterns/ is a test of its entry."""

from __future__ import annotations

import re

import pytest

from extractor.checks.instruments import letters
from extractor.mentions.nil import Nils
from extractor.mentions.scan import Scanner
from extractor.rules import Ruleset
from extractor.text.normalize import flow, fold

RULES = Ruleset()
SCANNER = Scanner(RULES)
NILS = Nils(RULES)
ARITHMETIC = ("sum", "rate", "growth", "conflict", "bound")


def entries(table: dict, field: str) -> list:
    return [pytest.param(e, x, id=f"{k}-{n}") for k, e in table.items() for n, x in enumerate(getattr(e, field))]


def found(text: str) -> list:
    return SCANNER.scan(flow(text, 0)[0], 0)


@pytest.mark.parametrize(("group", "text"), entries(RULES.unit_groups, "examples"))
def test_unit_is_read(group, text):
    items = found(text)
    if group.kind == "never":
        assert any(i.rule == group.rule for i in items) and not any(i.mention for i in items)
    else:
        assert any(i.mention and i.mention.group == group.id for i in items)


@pytest.mark.parametrize(("group", "text"), entries(RULES.unit_groups, "counterexamples"))
def test_unit_is_not_read(group, text):
    assert not any(i.mention and i.mention.group == group.id for i in found(text))


@pytest.mark.parametrize(("rule", "text"), entries(RULES.nonfacts, "examples"))
def test_nonfact_is_set_aside(rule, text):
    items = found(text)
    assert any(i.rule in (rule.id, "quoted") for i in items), items
    assert not any(i.mention for i in items)


@pytest.mark.parametrize(("rule", "text"), entries(RULES.nonfacts, "counterexamples"))
def test_nonfact_leaves_facts_alone(rule, text):
    assert any(i.mention for i in found(text))


@pytest.mark.parametrize(("hedge", "text"), entries(RULES.hedges, "examples"))
def test_hedge_is_read(hedge, text):
    assert any(i.mention and i.mention.approx == hedge.approx for i in found(text))


@pytest.mark.parametrize(("hedge", "text"), entries(RULES.hedges, "counterexamples"))
def test_hedge_is_not_read(hedge, text):
    assert not any(i.mention and i.mention.approx == hedge.approx for i in found(text))


@pytest.mark.parametrize(("nil", "text"), entries(RULES.nils, "examples"))
def test_declared_zero_is_found(nil, text):
    assert NILS.scan(flow(text, 0)[0], 0)


@pytest.mark.parametrize(("nil", "text"), entries(RULES.nils, "counterexamples"))
def test_declared_zero_is_not_found(nil, text):
    assert not NILS.scan(flow(text, 0)[0], 0)


@pytest.mark.parametrize(("role", "text"), entries(RULES.roles, "examples"))
def test_section_role(role, text):
    first = next(r.id for r in RULES.roles.values() if re.search(r.title, fold(text)))
    assert first == role.id


@pytest.mark.parametrize(("role", "text"), entries(RULES.roles, "counterexamples"))
def test_not_section_role(role, text):
    assert not re.search(role.title, fold(text))


@pytest.mark.parametrize(("kind", "text"), entries(RULES.kinds, "examples"))
def test_report_kind(kind, text):
    first = next(k.id for k in RULES.kinds.values() if any(re.search(p, fold(text)) for p in k.title))
    assert first == kind.id


@pytest.mark.parametrize(("kind", "text"), entries(RULES.kinds, "counterexamples"))
def test_not_report_kind(kind, text):
    assert not any(re.search(p, fold(text)) for p in kind.title)


@pytest.mark.parametrize("rule", [r for r in RULES.rules.values() if r.built], ids=lambda r: r.id)
def test_rule_speaks_both_languages(rule):
    assert rule.messages and rule.messages.keys() == rule.messages_en.keys()
    for key, text in rule.messages.items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", rule.messages_en[key])), key


TWO_YEARS = ("claim", "carry", "change", "copied", "section", "guard")
BUILT = [r for r in RULES.rules.values() if r.built and r.type not in (*TWO_YEARS, "review")]


def whole(example: str) -> str:
    """An example of several lines is a report of its own; a sentence stands under a usual title."""
    return example if "\n" in example.strip() else "云溪镇2023年度法治政府建设工作报告\n\n2023年，" + example


@pytest.mark.parametrize("rule", BUILT, ids=lambda r: r.id)
def test_right_example_passes(rule, report_of):
    """Of the right example the rule finds nothing, and the other rules nothing wrong in its numbers."""
    report = report_of(whole(rule.right))
    assert rule.right and rule.id not in {c.rule for c in report.checks if c.status == "fail"}
    assert not [c for c in report.checks if c.status == "crashed" or (c.status == "fail" and c.type in ARITHMETIC)]


@pytest.mark.parametrize("rule", BUILT, ids=lambda r: r.id)
def test_wrong_example_fails(rule, report_of):
    report = report_of(whole(rule.wrong))
    assert rule.id in {c.rule for c in report.checks if c.status == "fail"}
    assert not [c for c in report.checks if c.status == "crashed"]


@pytest.mark.parametrize(("defect", "text"), entries(RULES.defects, "examples"))
def test_defect_is_told(defect, text):
    assert re.search(defect.pattern, flow(text, 0)[0])
    assert RULES.rules[defect.rule].built


@pytest.mark.parametrize(("defect", "text"), entries(RULES.defects, "counterexamples"))
def test_defect_is_not_told(defect, text):
    assert not re.search(defect.pattern, flow(text, 0)[0])


@pytest.mark.parametrize(("instrument", "text"), entries(RULES.instruments, "examples"))
def test_instrument_is_known(instrument, text):
    quoted = re.search("《(.+)》", fold(text))
    assert (quoted and letters(quoted[1]) == letters(fold(instrument.title))) or re.search(instrument.match, fold(text))


@pytest.mark.parametrize(("instrument", "text"), entries(RULES.instruments, "counterexamples"))
def test_instrument_is_not_meant(instrument, text):
    assert not re.search(instrument.match, fold(text))


@pytest.mark.parametrize(("repair", "text"), entries(RULES.repairs, "examples"))
def test_repair_is_the_hint(repair, text, report_of):
    """Of a repair's example one check that does not pass is explained by it, and by no other."""
    report = report_of("云溪镇2023年度法治政府建设工作报告\n\n" + text)
    hints = {c.hint for c in report.checks if c.status in ("fail", "unverifiable") and c.hint}
    shape = re.sub(r"\\\{\w+\\\}", ".*", re.escape(repair.message))
    assert hints and all(re.fullmatch(shape, h) for h in hints), hints


def indicators_in(report_of, text: str) -> set:
    report = report_of("云溪镇2023年度法治政府建设工作报告\n\n2023年，" + text.rstrip("。") + "。")
    return {f.indicator for f in report.facts}


@pytest.mark.parametrize(("indicator", "text"), entries(RULES.indicators, "examples"))
def test_indicator_is_named(indicator, text, report_of):
    assert indicator.id in indicators_in(report_of, text)


@pytest.mark.parametrize(("indicator", "text"), entries(RULES.indicators, "counterexamples"))
def test_indicator_is_not_named(indicator, text, report_of):
    assert indicator.id not in indicators_in(report_of, text)


def test_themes_are_those_of_indicators():
    families = {i.id.partition(".")[0] for i in RULES.indicators.values()}
    assert RULES.themes.keys() <= families | RULES.indicators.keys()
    beside = {t for i in RULES.indicators.values() for t in i.beside or ((i.id.partition(".")[0],) if i.bare else ())}
    assert beside <= RULES.themes.keys() | RULES.indicators.keys() | {"model"}, beside
    assert len({c for t in RULES.themes.values() for c in t.cues}) == sum(len(t.cues) for t in RULES.themes.values())


def test_most_indicators_have_examples():
    without = [i.id for i in RULES.indicators.values() if not i.examples]
    assert len(RULES.indicators) >= 240 and len(without) <= 12, without
