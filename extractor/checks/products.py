"""So many each: villages times members, months times meetings; stock, inflow and outflow; persons added to person-times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, product

from extractor.checks.equation import Equation, Facts
from extractor.checks.frame import Frame, hedged, shown
from extractor.checks.sums import adds_up
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS
from extractor.model.fact import AMOUNT, COUNT, FREQUENCY

_TOTAL = re.compile(r"(?:共计?|合计|总计|总共|总(?:人|件)?[数量](?:达到?|为|有)?)(?:[\u4e00-\u9fff“”]{0,8})$")
_PERIODS = {"月": 12, "季度": 4, "季": 4, "周": 52, "半年": 2}
_YEARLY = re.compile(r"全年|累计|年内|共")
_FLOW = (
    re.compile(r"年初|(?:上年|去年)度?[末底]|上年结转|期初|原有|20\d\d年[末底]"),
    re.compile(r"新[增衔接进入纳收列来添招聘订制发]|入矫|纳入|接收|[调转]入|(?:本年|当年)[^，。；、]{0,12}收入|制发|制定|出台"),
    re.compile(r"解[除矫列]|减少|退出|期满|注销|[转调]出|出列|(?:本年|当年)[^，。；、]{0,12}支出|废[止掉]|作废|失效"),
    re.compile(r"年底|年末|期末|现有|现在|在册|在矫|尚有|[还仍]剩|结转下年|现行有效"),
)
# The same in cases, rules and cards, wherever the four stand: such words can only confirm.
_ROLES = (
    re.compile(r"年初|(?:上年|去年)度?[末底]|结转|遗留|期初|原有|20\d\d年[末底]"),
    re.compile(
        r"新增|新衔接|新接|新进|新接收|新入|新纳入|新收|新发|纳入|接收|调入|新列管|入矫|受理|收到|制发|新制|新建|新立|立案|(?:本年|当年)[^，。；、]{0,12}收入"
    ),
    re.compile(
        r"解除|解矫|减少|退出|期满|注销|转出|调出|解列|出列|办结|审结|结案|废止|销号|答复|(?:本年|当年)[^，。；、]{0,12}支出"
    ),
    re.compile(
        r"年底|年末|期末|现有|现在|在册|在矫|尚有|[还仍]剩|结转下年|结转至|转入下年|结转20|未审结|未办结|未结|在办|现行有效|有效"
    ),
)
# What the balance of applications and cases is made of by its own names: told once each, they are held against each other.
_BALANCE = (
    re.compile(r"(?:上年|去年|上年度|20\d\d年)结转"),
    re.compile(r"新收|新受理|新发|新立|新接"),
    re.compile(r"(?<!未)(?:办结|审结)|办理完毕|(?<![未应待需])(?:答复|办复)(?![率意])"),
    re.compile(r"结转(?:至|到)?(?:(?:下|次)(?:一)?年|20\d\d年)|(?<!上)年[末底]结转|(?<!上)[年期][末底](?:未|尚未)(?:审|办)?结"),
)
_CARRIED = re.compile(r"上年|年初|去年|结转|遗留|期初|原有|20\d\d年[末底]")
_CLAUSE, _MOST = re.compile(r"[，。；：、（）]"), 4
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


def check_flow(frame: Frame) -> Iterator[Check]:
    """年初18名，新接收7名，解除6名，年末19名: opening plus in less out is closing."""
    sentences = frame.sentences
    clauses = _Clauses(frame)
    for number, facts in enumerate(sentences):
        found = [facts[i : i + 4] for i in range(len(facts) - 3) if _in_order(frame, facts, i)]
        for four in found:
            yield _flow(frame, four)
        if not found and _CARRIED.search(frame.document.text, *facts[0].sentence):
            following = sentences[number + 1] if number + 1 < len(sentences) else []
            beside = following if following and following[0].section == facts[0].section else []
            ahead = sentences[number - 1] if number and sentences[number - 1][0].section == facts[0].section else []
            words = [frame.words(*s[0].sentence) for s in (ahead, facts, beside) if s]
            tied, balanced = _all_told(words, _ROLES[::3]), _all_told(words, _BALANCE)  # opening and closing are words alone
            alone = (_tied_flow(clauses, facts) if tied else None) or (_balance(clauses, facts) if balanced else None)
            near = _tied_flow(clauses, [*facts, *beside]) if tied and not alone else None
            wide = _balance(clauses, [*ahead, *facts, *beside]) if balanced and not (alone or near) else None
            if told_once := alone or near or wide:
                yield _flow(frame, told_once)


def _in_order(frame: Frame, facts: list[Fact], first: int) -> bool:
    """Whether the four figures from one on are opening, in, out and closing by the words before each."""
    if facts[first].unit != facts[first + 3].unit:
        return False
    four = facts[first : first + 4]
    if not _flowing(four) or hedged(four):
        return False
    before = (facts[first - 1] if first else None, *four)
    return all(p.search(frame.before(f, last)) for p, f, last in zip(_FLOW, four, before, strict=False))


def _all_told(sentences: Sequence[str], parts: Sequence[re.Pattern[str]]) -> bool:
    """Whether there is a word for each part in some sentences: most miss one, and need no closer look."""
    return all(any(p.search(words) for words in sentences) for p in parts)


class _Clauses(dict[str, str]):
    """The words of a figure's clause before and right behind it, by the figure's id, read when they are asked for."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def __missing__(self, name: str) -> str:
        frame, fact = self._frame, self._frame.fact[name]
        before = _CLAUSE.split(frame.before(fact, None))[-1]
        behind = _CLAUSE.split(frame.words(fact.span[1], min(fact.span[1] + 16, fact.sentence[1])))[0]
        self[name] = words = f"{before}|{behind}"
        return words


def _flowing(four: Sequence[Fact]) -> bool:
    unit = four[0].unit
    return all(f.unit == unit and f.kind in (COUNT, AMOUNT) and not f.per for f in four)


def _tied_flow(clauses: _Clauses, facts: list[Fact]) -> list[Fact] | None:
    """Four figures of one kind, in any order, that words make opening, in, out and closing, where they tie up."""
    able = [f for f in facts if f.kind in (COUNT, AMOUNT) and f.direction is None]
    roles = _roles(clauses, able, _ROLES)
    for four in product(*(role[:_MOST] for role in roles)) if roles else ():
        if len({f.id for f in four}) == 4 and _flows(four):
            return list(four)
    return next((w for w in _windows(clauses, able) if _flows(w)), None)


def _windows(clauses: _Clauses, facts: list[Fact]) -> Iterator[list[Fact]]:
    """Four figures in a row of which the first is what there was, the last what there is: the two between may have any words
    (年初14户，添了3户，走了2户，年末15户)."""
    for i in range(len(facts) - 3):
        start, new, gone, end = facts[i : i + 4]
        if _ROLES[0].search(clauses[start.id]) and _ROLES[3].search(clauses[end.id]):
            yield [start, new, gone, end]
            yield [start, gone, new, end]


def _flows(four: Sequence[Fact]) -> bool:
    start, new, gone, end = four
    return _flowing(four) and not hedged(four) and start.value + new.value == gone.value + end.value


def _balance(clauses: _Clauses, facts: list[Fact]) -> list[Fact] | None:
    """上年结转, 新收, 办结 and 结转下年 where each is told once, whether or not they tie up."""
    able = [f for f in facts if f.kind == COUNT and f.direction is None and f.part_of is None]
    four = [role[0] for role in _roles(clauses, able, _BALANCE) if len(role) == 1]
    return four if len({f.id for f in four}) == 4 and _flowing(four) and not hedged(four) else None


def _roles(clauses: _Clauses, facts: list[Fact], patterns: tuple[re.Pattern[str], ...]) -> list[list[Fact]]:
    """The figures that may play each part; nothing where a part has no figure to play it."""
    roles: list[list[Fact]] = []
    for pattern in patterns if len(facts) >= len(patterns) else ():
        roles.append([f for f in facts if pattern.search(clauses[f.id])])
        if not roles[-1]:
            return []
    return roles


def _flow(frame: Frame, four: list[Fact]) -> Check:
    start, new, gone, end = four
    made = start.value + new.value - gone.value
    good = start.interval.plus(new.interval).minus(gone.interval).meets(end.interval)
    return frame.verdict(
        "stock.flow", PASS if good else FAIL, "pass" if good else "fail", facts=(end, start, new, gone),
        formula=f"{start.value:f}+{new.value:f}−{gone.value:f} = {made:f}" + ("" if good else f" ≠ {end.value:f}"),
        reported=end.value, expected=made, measure=end.measure or start.measure, end=end.text, made=shown(made, end),
    )  # fmt: skip


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
