"""So many each: villages times members, months times meetings; persons added to person-times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from extractor.checks.equation import Equation, Facts
from extractor.checks.frame import Frame, hedged, shown
from extractor.checks.sums import adds_up
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS
from extractor.model.fact import COUNT, FREQUENCY

_TOTAL = re.compile(r"(?:共计?|合计|总计|总共|总(?:人|件)?[数量](?:达到?|为|有)?)(?:[\u4e00-\u9fff“”]{0,8})$")
_PERIODS = {"月": 12, "季度": 4, "季": 4, "周": 52, "半年": 2}
_YEARLY = re.compile(r"全年|累计|年内|共")
_HEADS, _MIXED = ("人", "名", "人次"), ({"人", "人次"}, {"名", "人次"})


def check(frame: Frame) -> Iterator[Check]:
    """12个村每村3名，共36名: the number of places times the number for each; the places may be counted elsewhere."""
    told: set[frozenset[str]] = set()
    for whole, base, each in chain(_beside(frame), _bound(frame)):
        three = frozenset((whole.id, base.id, each.id))
        if three in told:
            continue
        told.add(three)
        made = base.value * each.value
        good = made == whole.value
        yield frame.verdict(
            "product.total", PASS if good else FAIL, "pass" if good else "fail", facts=(whole, base, each),
            formula=f"{base.value:f} × {each.value:f} = {made:f}" + ("" if good else f" ≠ {whole.value:f}"),
            reported=whole.value, expected=made, equation=Equation((whole, base, each), _product, _factor),
            measure=whole.measure, whole=whole.text, base=base.text, each=each.text, made=shown(made, whole),
        )  # fmt: skip


def _bound(frame: Frame) -> Iterator[tuple[Fact, Fact, Fact]]:
    for relation in frame.relations:
        if relation.type == "rate" and relation.basis == "每个":
            each, whole, base = (frame.fact[i] for i in (relation.whole, *relation.parts))
            yield whole, base, each


def _beside(frame: Frame) -> Iterator[tuple[Fact, Fact, Fact]]:
    """Total, number of places and the number for each, which stand side by side."""
    for facts in frame.several:
        for i in range(2, len(facts)):
            base, each, whole = facts[i - 2], facts[i - 1], facts[i]
            if base.per is not None and each.per is None:
                base, each = each, base  # 每村9名，7个村共63名
            fits = each.per is not None and base.kind == whole.kind == COUNT and whole.per is None and base.per is None
            if (
                not fits
                or each.unit != whole.unit
                or (each.per or "") not in f"{base.measure}{base.unit}" + _behind(frame, base)
            ):
                continue
            if hedged((base, each, whole)) or not _TOTAL.search(frame.words(facts[i - 1].span[1], whole.span[0])):
                continue
            made = base.value * each.value
            good = made == whole.value
            if not good and each is not facts[i - 1] and whole.measure[-2:] not in each.measure:
                continue  # 每村宣讲3场，12个村共培训40场
            if not good and any(f.value == whole.value - made and f.unit == whole.unit and f is not each for f in facts):
                continue  # 镇上设站1个，12个村各设站1个，共有13个: the rest is told beside them
            yield whole, base, each


def _behind(frame: Frame, fact: Fact) -> str:
    return frame.words(fact.span[1], fact.span[1] + 4)


def _product(facts: Facts) -> bool:
    return facts[0].value == facts[1].value * facts[2].value


def _factor(facts: Facts, index: int) -> Decimal | None:
    return facts[1].value * facts[2].value if index == 0 else None


def check_frequency(frame: Frame) -> Iterator[Check]:
    """每月学法1次 and 全年学法5次 do not go together."""
    for facts in frame.several:
        for i, often in enumerate(facts):
            times = _PERIODS.get(often.per or "") if often.kind == FREQUENCY else None
            if times is None or often.approx in ("at_least", "more"):
                continue
            for yearly in facts[i + 1 : i + 3]:
                words = frame.words(often.span[1], yearly.span[0])
                about = _noun(often, yearly)
                if yearly.kind != COUNT or yearly.per or not about or not _YEARLY.search(words) or hedged((often, yearly)):
                    continue
                due = often.value * times
                if yearly.value * 4 < due * 3 and yearly.status == "actual":
                    yield frame.verdict(
                        "product.frequency", FAIL, "fail", facts=(yearly, often),
                        formula=f"{often.value:f} × {times} = {due:f} > {yearly.value:f}",
                        measure=yearly.measure, yearly=yearly.text, often=f"每{often.per}{often.text}", due=f"{due:f}",
                    )  # fmt: skip
                break


def _noun(a: Fact, b: Fact) -> bool:
    """Whether two measures share a word of two characters."""
    return any(a.measure[i : i + 2] in b.measure for i in range(len(a.measure) - 1))


def check_units(frame: Frame) -> Iterator[Check]:
    """A total of persons is not made of persons and person-times."""
    for facts in frame.several:
        for i in range(2, len(facts)):
            first, second, whole = facts[i - 2 : i + 1]
            mixed = whole.unit in _HEADS and {first.unit, second.unit} in _MIXED
            if mixed and adds_up((whole, first, second)):
                yield frame.verdict(
                    "unit.mix", FAIL, "fail", facts=(whole, first, second),
                    formula=f"{first.value:f}+{second.value:f} = {whole.value:f}",
                    whole=whole.text, first=first.text, second=second.text,
                )  # fmt: skip
