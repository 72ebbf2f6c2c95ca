"""Stock and flow: what there was, what came, what went, and what there is (年初在册18名，新接收7名，解除6名，年末在册19名)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from extractor.checks.frame import Frame, hedged, shown
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS
from extractor.model.fact import AMOUNT, COUNT
from extractor.model.number import total
from extractor.model.slips import slip

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
        r"解除|解矫|减少|退出|期满|注销|转出|调出|解列|出列|废止|失效|作废|办结|审结|结案|销号|答复|(?:本年|当年)[^，。；、]{0,12}支出"
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
_CARRIED = re.compile(r"上年|上一年|年初|去年|结转|遗留|期初|原有|20\d\d年[末底]")
_CLAUSE, _MOST = re.compile(r"[，。；：、（）]"), 4
_OPENED = re.compile(r"年初|(?:上年|去年|上一年)(?:度?[末底])?(?!结转|遗留|度?报告|同期)|期初|原有|20\d\d年[末底]")
_NOW = re.compile(r"现有|现共|现为|年[末底]|期末|目前")
_MORE = re.compile(r"增加|新增|净增|增补|增设|新[建设制发立纳接收入吸]|纳入|转入")
_LESS = re.compile(r"减少|净减|核减|注销|取消|撤销|关停|退出|解除|失效|废止|转出|清退")
_NET = re.compile(r"增加|减少|净增|净减|核减")


def check(frame: Frame) -> Iterator[Check]:
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
            else:
                yield from _turned(frame, clauses, facts)


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


def _turned(frame: Frame, clauses: _Clauses, facts: list[Fact]) -> Iterator[Check]:
    """What there was, what came or went, and what there is, three figures in a row where nothing else is told (上一年478项，
    本年增加34项，现有512项; 由年初的68个整合为41个，注销27个): held against each other only where the change is told as the
    whole of it and one slip of the pen explains the gap."""
    for three in zip(facts, facts[1:], facts[2:], strict=False):
        start, *others = three
        if not _flowing(three) or hedged(three) or not _OPENED.search(clauses[start.id]):
            continue
        for change, end in (others, others[::-1]):
            words = clauses[change.id]
            gone = _LESS.search(words) is not None
            if gone == (_MORE.search(words) is not None) or _MORE.search(clauses[end.id]) or _LESS.search(clauses[end.id]):
                continue
            if change.direction is not None:
                continue  # such a change is held against its base
            made = start.value + (-change.value if gone else change.value)
            net = end is others[-1] and _NET.search(words) and _NOW.search(clauses[end.id])
            if made == end.value or (net and slip(made, end.value)):
                yield _told(frame, start, [] if gone else [change], [change] if gone else [], end)
                break


def _flow(frame: Frame, four: list[Fact]) -> Check:
    start, new, gone, end = four
    return _told(frame, start, [new], [gone], end)


def _told(frame: Frame, start: Fact, new: list[Fact], gone: list[Fact], end: Fact) -> Check:
    came, went = (total(f.interval for f in facts) for facts in (new, gone))
    made = start.value + sum(f.value for f in new) - sum(f.value for f in gone)
    good = start.interval.plus(came).minus(went).meets(end.interval)
    terms = "".join([f"+{f.value:f}" for f in new] + [f"−{f.value:f}" for f in gone])
    return frame.verdict(
        "stock.flow", PASS if good else FAIL, "pass" if good else "fail", facts=(end, start, *new, *gone),
        formula=f"{start.value:f}{terms} = {made:f}" + ("" if good else f" ≠ {end.value:f}"),
        reported=end.value, expected=made, measure=end.measure or start.measure, end=end.text, made=shown(made, end),
    )  # fmt: skip
