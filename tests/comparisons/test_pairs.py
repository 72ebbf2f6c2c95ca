"""Figures of two years side by side: alignment, changes and their flags."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from extractor.comparisons import changes
from extractor.comparisons.align import align, assigned, levels
from extractor.comparisons.profile import Profiler
from extractor.comparisons.scores import features
from extractor.model import Interval
from extractor.model.comparison import Pair
from tests.conftest import SHARED, needs_shared
from tests.test_rules import RULES, entries

SYNONYMS = RULES.synonyms


def by_measure(found, part: str):
    return next(p for p in found.pairs if part in p.measure and p.last and p.this)


def test_figures_are_aligned_by_what_they_are_not_where_they_stand(compared):
    found = compared(
        "全年受理矛盾纠纷60件，化解57件。受理信访事项40件。开展法治宣传活动20场次。",
        "开展法治宣传活动25场次。受理信访事项30件。全年受理矛盾纠纷66件，化解63件。",
    )
    told = {(p.last_value, p.this_value) for p in found.pairs if p.last and p.this and not p.ambiguous}
    assert {(60, 66), (57, 63), (40, 30), (20, 25)} <= {(int(a), int(b)) for a, b in told}


def test_changes(compared):
    found = compared("全年受理矛盾纠纷60件，化解率95%。", "全年受理矛盾纠纷66件，化解率95%。开展普法讲座3场。")
    pair = by_measure(found, "受理矛盾纠纷")
    assert (pair.status, pair.change, pair.change_pct) == ("changed", Decimal(6), Decimal(10))
    rate = by_measure(found, "率")
    assert rate.status == "same" and rate.change_pct is None and rate.flag is None
    assert [p.measure for p in found.pairs if p.status == "new"] == ["开展普法讲座"]


def test_a_change_that_rounding_explains_is_not_reliable(compared):
    found = compared("发放宣传资料1.2万余份。", "发放宣传资料12600份。")
    pair = by_measure(found, "资料")
    assert pair.status == "changed" and not pair.reliable and pair.flag is None


def test_a_figure_said_twice_is_neither_new_nor_dropped(compared):
    found = compared("全镇配备网格员96名。", "全镇配备网格员98名。98名网格员全部参加轮训。")
    assert not [p for p in found.pairs if p.status in ("new", "dropped")]


def test_aims_are_no_figures_of_the_year(compared):
    found = compared(
        "培育“法律明白人”84名。\n\n二、下一步打算\n\n培育“法律明白人”110名以上。", "培育“法律明白人”112名。", force=True
    )
    assert [(p.last_value, p.this_value) for p in found.pairs if p.last and p.this] == [(84, 112)]


@pytest.mark.parametrize(("limit", "text"), entries(RULES.limits, "examples"))
def test_limit_flags(limit, text):
    flag = changes.flagged(pair_of(text, limit.kinds[0]), RULES)
    assert flag is not None and flag.rule == limit.id


@pytest.mark.parametrize(("limit", "text"), entries(RULES.limits, "counterexamples"))
def test_limit_does_not_flag(limit, text):
    flag = changes.flagged(pair_of(text, limit.kinds[0]), RULES)
    assert flag is None or flag.rule != limit.id


def pair_of(text: str, kind: str) -> Pair:
    measure, last, unit, this = re.fullmatch(r"(\S+) ([\d.]+)(\D+) ⇒ ([\d.]+)\D+", text).groups()
    last_value, this_value = Decimal(last), Decimal(this)
    assert not Interval.exactly(last_value).meets(Interval.exactly(this_value)) or last == this
    status = "same" if last == this else "changed"
    values = {"last_value": last_value, "this_value": this_value, "change": this_value - last_value}
    return Pair(id="p1", measure=measure, unit=unit, kind=kind, last="f1", this="f1", status=status, **values)


@pytest.mark.parametrize(("group", "text"), entries(SYNONYMS, "examples"))
def test_synonyms_bring_together(group, text):
    one, other = (RULES.kept(Profiler).words(x.strip()) for x in text.split("="))
    assert set(one) == set(other), (one, other)


@pytest.mark.parametrize(("group", "text"), entries(SYNONYMS, "counterexamples"))
def test_synonyms_keep_apart(group, text):
    one, other = (RULES.kept(Profiler).words(x.strip()) for x in text.split("="))
    assert set(one) != set(other)


def test_every_feature_has_its_worth(report_of):
    profiler = RULES.kept(Profiler)
    report = report_of("云溪镇2022年度工作报告\n\n全年受理矛盾纠纷60件。")
    side = profiler.profiles(report, levels(report))
    layers, _ = features(side, side, RULES)
    rounds = {len(f.worth) for f in RULES.alignment.values()}
    assert len(rounds) == 1 and {"bias", "around", "best_around", "lead", "score"} | layers.keys() == RULES.alignment.keys()


def test_assignment_is_one_to_one_and_best_in_sum():
    np = pytest.importorskip("numpy")
    score = np.array([[0.9, 0.8], [0.85, 0.1], [0.05, 0.05]])
    assert assigned(score, 0.15) == [(0, 1), (1, 0)]
    assert assigned(np.zeros((0, 3)), 0.15) == []


@needs_shared
@pytest.mark.parametrize("name", ["c01_2022", "c02_2024", "d01_2023", "d02"])
def test_a_report_against_itself(name, ruleset):
    """Every figure is its own best partner (the more so where a report says one figure twice: then either will do)."""
    from extractor.pipeline import extract_file

    report = extract_file(SHARED / "dev" / f"{name}.txt", ruleset)
    found = align(report, report, ruleset)
    assert len({m.last for m in found}) == len({m.this for m in found}) == len(found)
    values = {f.id: (f.value, f.unit) for f in report.facts}
    assert all(values[m.last] == values[m.this] for m in found if not m.ambiguous)
    assert len(found) >= 0.97 * len(levels(report))
