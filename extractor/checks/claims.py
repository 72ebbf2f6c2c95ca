"""What a sentence claims of its own numbers: so many points, respectively, all finished, shares of a whole, possible growth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractor.checks.frame import Frame, hedged
from extractor.model import Check, Fact, Passage
from extractor.model.check import FAIL, PASS
from extractor.model.compare import percent_exact
from extractor.model.fact import COUNT, PERCENTAGE, POINTS
from extractor.model.number import Interval, total
from extractor.text.numerals import read_chinese

_HUNDRED = Decimal(100)
_NOTABLE = Decimal("0.5")  # shares published with two decimals often miss 100 by some hundredths
_FEWEST = 3  # two shares are no list
_POINTS = re.compile(r"(?:个(?:方面|重点|环节|坚持|强化|问题)|项(?:工作|措施|举措|机制|重点))(?:的[^，。；：]{0,6})?[：:。]")
_HOW_MANY = re.compile(r"(?:[二三四五六七八九十两]|\d{1,2})$")
_ITEM = re.compile(r"(?:^|[。；：，])([一二三四五六七八九十]{1,2})是(?!否)")
_PLACES = re.compile(
    r"(?:辖有?|下辖|管辖|包括)((?:[\u4e00-\u9fff]{2,6}、){2,}[\u4e00-\u9fff]{2,6}?)(等)?(?:共)?(\d{1,2})个(?:行政)?(?:村|社区|嘎查)"
)
_RESPECTIVELY = re.compile(
    r"(?:^|[，。；：])([^，。；：\d]{2,40}?)分别(?:为|是|有|达到?|办理|受理)?((?:\d[\d,.]*(?:%|[万亿]?[\u4e00-\u9fff]{1,3})[、和及])+\d[\d,.]*(?:%|[万亿]?[\u4e00-\u9fff]{1,2}))(?=[，。；）]|$)"
)
_ALL_DONE = re.compile(r"(?:均|全部|全)已?(?:按期|依法|及时)?(?:办结|化解|调处|整改|处理)(?:完毕|到位|完成)?")
_REST = re.compile(r"(?:剩余|仍有|尚有|另有|还有|其余)$")
_LAST_OF_REST = frozenset("余有")
_OPEN = re.compile(r"^[^，。；]{0,4}(?:正在|未|在办|待|尚|仍)")
_SHARE = re.compile(r"(?:占比?(?:为|达|约)?|分别占?(?:为)?)$")
_AND = ("、", "和", "及", "，")
_COMPARED = re.compile(r"^[，、（]?(?:同比|比上年|较上年|比去年|较去年|较上年同期|比上年同期)")
_RATE_CHANGE = re.compile(r"(?:率|比例|占比|满意度)(?:同比|比上年|较上年)?(?:提高|提升|上升|增长|下降|降低|增加|减少)$")
_NUMBER_CHANGE = re.compile(r"(?:数|总量|件数|起数|人数)(?:同比|比上年|较上年)?(?:提高|提升|上升|增长|下降|降低|增加|减少)?$")


def check_labels(frame: Frame) -> Iterator[Check]:
    """三个方面：一是…二是…, 辖甲村、乙村、丙村3个村, 甲、乙分别8件、2件: as many as are named."""
    found = [*_points(frame), *_places(frame), *_respectively(frame)]
    yield from (check for _, check in sorted(found, key=lambda told: told[0].start))


def _points(frame: Frame) -> Iterator[tuple[Passage, Check]]:
    for passage, match in frame.found(_POINTS):
        flow, end = passage.flow, match.end()
        number = _HOW_MANY.search(flow, max(0, match.start() - 2), match.start())
        items = _items(flow, end - 1) if number else 0
        if number and items and (claimed := _number(number[0])) and items != claimed:
            yield passage, frame.verdict(
                "label.count", FAIL, "fail", span=passage.place(number.start(), end),
                label=flow[number.start() : end].rstrip("：:。"), claimed=claimed, listed=items,
            )  # fmt: skip


def _places(frame: Frame) -> Iterator[tuple[Passage, Check]]:
    for passage, match in frame.found(_PLACES):
        names = len(match[1].split("、"))
        if not match[2] and names != int(match[3]):
            yield passage, frame.verdict(
                "label.count", FAIL, "fail", span=passage.place(*match.span()),
                label=f"{match[3]}个", claimed=match[3], listed=names,
            )  # fmt: skip


def _respectively(frame: Frame) -> Iterator[tuple[Passage, Check]]:
    for passage in frame.outline.passages:
        for match in _RESPECTIVELY.finditer(passage.flow) if "分别" in passage.flow else ():
            numbers = len(re.split("[、和及]", match[2]))
            least = match[1].count("、") + 1
            most = least + len(re.findall("[和及与]", match[1]))
            if least > 1 and not least <= numbers <= most:
                yield (
                    passage,
                    frame.verdict(
                        "label.respectively", FAIL, "fail", span=passage.place(*match.span()), names=most, numbers=numbers
                    ),
                )


def _items(flow: str, at: int) -> int:
    """How many items 一是…二是… right behind a label run to; 0 where there are none."""
    last = 0
    for match in _ITEM.finditer(flow, at) if _ITEM.match(flow, at) or _ITEM.match(flow, at + 1) else ():
        number = _number(match[1])
        if number != last + 1:
            break
        last = number
    return last


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    read = read_chinese(text)
    return int(read.value) if read else 0


def check_all_done(frame: Frame) -> Iterator[Check]:
    """受理8件，均已办结，剩余1件正在办理: all of them and a rest cannot both be."""
    text = frame.document.text
    for facts in frame.several:
        for k, (first, second) in enumerate(pairwise(facts)):
            if first.unit != second.unit or not first.kind == second.kind == COUNT:
                continue
            if _LAST_OF_REST.isdisjoint(text[first.span[1] : second.span[0]]):
                continue
            between = frame.words(first.span[1], second.span[0])
            if not (_ALL_DONE.search(between) and _REST.search(between) and "；" not in between):
                continue
            larger = any(f.unit == first.unit and f.value > first.value for f in facts[:k])
            if not larger and _OPEN.search(frame.words(second.span[1], min(second.span[1] + 12, second.sentence[1]))):
                yield frame.verdict(
                    "status.all", FAIL, "fail", facts=(first, second), measure=first.measure, whole=first.text, rest=second.text
                )


def check_shares(frame: Frame) -> Iterator[Check]:
    """Shares that are listed together make 100 percent, within their rounding."""
    for facts in frame.several:
        run: list[Fact] = []
        shares = [i for i, f in enumerate(facts) if f.kind == PERCENTAGE and f.direction is None and f.status != "prior"]
        for i in shares if len(shares) >= _FEWEST else ():
            fact = facts[i]
            before = frame.before(fact, facts[i - 1] if i else None)
            if _SHARE.search(before) or (run and before in _AND):
                run.append(fact)
            else:
                run = []
        if len(run) < _FEWEST or hedged(run):
            continue
        made = total(f.interval for f in run)
        amount = sum((f.value for f in run), Decimal(0))
        whole = made.meets(Interval.exactly(_HUNDRED))
        complete = "分别" in frame.before(run[0], None)  # other shares may be left out, but none can be too many
        off = abs(amount - _HUNDRED)
        if whole or (_NOTABLE <= off <= 10 * _NOTABLE and (complete or amount > _HUNDRED)):
            yield frame.verdict(
                "share.hundred", PASS if whole else FAIL, "pass" if whole else "fail", facts=run,
                formula=f"{'+'.join(f'{f.value:f}' for f in run)} = {amount:f}",
                reported=amount, expected=_HUNDRED, sum=f"{amount:f}%",
            )  # fmt: skip


def check_possible(frame: Frame) -> Iterator[Check]:
    """A change in percent that no whole number of last year can give."""
    bound = {r.whole for r in frame.relations if r.type == "growth"}
    for facts in frame.several:
        for this, change in pairwise(facts):
            if change.kind != PERCENTAGE or not change.direction or change.approx or change.id in bound:
                continue
            plain = this.kind == COUNT and this.status == "actual" and this.direction is None and not this.approx
            if not plain or not _COMPARED.match(frame.words(this.span[1], change.span[0])):
                continue
            if this.value != this.value.to_integral_value() or not 0 < this.value < 1000 or this.part_of:
                continue
            if not _witness(this.value, change):
                yield frame.verdict(
                    "growth.possible", FAIL, "fail", facts=(change, this),
                    measure=this.measure, this=this.text, change=change.text,
                )  # fmt: skip


def _witness(this: Decimal, change: Fact) -> bool:
    """Whether some whole number last year makes the change, rounded or truncated."""
    sign = -1 if change.direction == "down" else 1
    ratio = (_HUNDRED + sign * change.value) / _HUNDRED
    if ratio <= 0:
        return True
    step = (change.interval.high or change.value) - (change.interval.low or change.value) or Decimal(1)
    around = int(this / ratio)
    for last in range(max(1, around - 2), around + 3):
        made = percent_exact(this, Decimal(last))
        if made is not None and abs(sign * (made - _HUNDRED) - change.value) <= step:
            return True
    return False


def check_points(frame: Frame) -> Iterator[Check]:
    """A rate changes by points, a number by percent."""
    for fact in frame.facts:
        if fact.cell is not None or fact.kind not in (PERCENTAGE, POINTS):
            continue
        if fact.kind == PERCENTAGE and _RATE_CHANGE.search(fact.measure) and fact.value < _HUNDRED:
            yield frame.verdict("growth.points", FAIL, "rate", facts=(fact,), measure=fact.measure, change=fact.text)
        elif fact.kind == POINTS and _NUMBER_CHANGE.search(fact.measure):
            yield frame.verdict("growth.points", FAIL, "count", facts=(fact,), measure=fact.measure, change=fact.text)
