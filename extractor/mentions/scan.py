"""The numbers of one passage: each becomes a mention with its unit, or is set aside with the rule that says why."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from extractor.mentions.hedges import Hedges, interval, stands_alone
from extractor.mentions.nonfacts import NonFacts, quoted
from extractor.mentions.per import Averages
from extractor.mentions.units import NEVER, PER_MILLE, USUAL, Unit, UnitTable
from extractor.model import Interval, Mention, plain
from extractor.model.compare import negative
from extractor.rules import Ruleset
from extractor.text.numerals import (
    CHINESE_CHAR,
    DIGITS,
    LONGEST_ARABIC,
    LONGEST_CHINESE,
    NUMERAL,
    Numeral,
    read_arabic,
    read_chinese,
)

_PARTS = {"百": 100, "千": 1000, "万": 10000}
_PER_CENT = re.compile(
    rf"([百千万])分之(?:(百)(?![\d一二三四五六七八九])|([{CHINESE_CHAR}]+(?:点[零一二三四五六七八九]+)?)|(\d+(?:\.\d+)?))"
)
_ROUGH = Decimal(4)  # a quarter of something is anything that one would call so: two points more or less
_FRACTION = re.compile(r"([一二两三四五六七八九十]+)分之([一二两三四五六七八九十]+)")
_TENTHS = re.compile(r"成(?![立员功果就为长熟都分本品交效绩型人不年语])")
_DOUBLED = re.compile(r"翻了?([一两二三]?)番")
_START = re.compile(rf"[\d{CHINESE_CHAR}几数翻]")
# Digits without end are no number: they are set aside whole, not tried again from each of their characters.
_OVERLONG = re.compile(rf"[{CHINESE_CHAR}几数]{{{LONGEST_CHINESE + 1},}}|\d{{{LONGEST_ARABIC + 1},}}")
_JOIN, _JOINS = re.compile(r"[至到~—-]{1,2}"), frozenset("至到~—-")
_ROUND = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7}
_MORE_BEFORE = "近上超逾约满破足"
_FOLLOWS_COUNT = re.compile(r"[，。；、：！？）和及与已均正仍未在]|$|以[上下内]|左右")
_SMALL = ("person", "case", "household", "place", "case-time")
_FROM = re.compile(r"(?:由|从|自)[^，。；]{0,14}$")
_DIGITS, _TAILS, _MORE_TAILS = frozenset("0123456789"), frozenset("余多来几"), frozenset("余多")
_MORE_TAIL = re.compile(r"余|多(?![\u4e00-\u9fff\d])|多(?=的)")  # 比上年的412.6万元多26.3万元: a difference follows
# 分别回落2.16和1.66个百分点: the unit of such a list stands once, behind its last number.
_SHARED = re.compile(r"(?:[、和及与]-?\d+\.\d+)*[、和及与]-?(?P<last>\d+\.\d+(?:[百千]?[万亿])?)")
_LISTED = frozenset("、和及与")
_PARTS_OF_TEN = frozenset(("成", *PER_MILLE))
_SIGNED = ("percentage", "points", "amount", "quantity")
_BOUNDING = {"count": ("at_least", "at_most", "less"), "amount": ("at_least", "at_most"), "quantity": ("at_least", "at_most")}
_CLASS = re.compile(
    r"(?!参|的(?:目标|标准)|群众|人次)的?[\u4e00-\u9fff“]{2}"
    r"|的?(?:就?有|仅有?|只有?|共|达|为)*[0-9一二三四五六七八九十百]+[^0-9.．%％年月日元万亿点]"  # 30万元以上32个村
)
SMALL_NUMBER, QUOTED, NO_UNIT = "small-number", "quoted", "no-unit"


class Found(Struct, frozen=True, gc=False):
    """What ``Scanner.scan`` found at one place: a mention, or the rule by which it is none."""

    start: int
    end: int
    rule: str | None
    mention: Mention | None


class _Flow(Struct):
    """The text of one passage, its number, and what the whole of it says of its numbers: whether it tells an average and
    whether it hedges one over a verb; ``since`` is where the words behind the last number begin."""

    text: str
    number: int
    averaged: bool
    hedged: bool
    since: int = 0


class Scanner:
    """Reads the numbers of folded text. One instance per ruleset, reused over passages."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.units = UnitTable(ruleset)
        self.hedges = Hedges(ruleset)
        self.nonfacts = NonFacts(ruleset)
        self.averages = Averages(ruleset)

    def scan(self, text: str, passage: int) -> list[Found]:
        """Every number-shaped piece of ``text`` (one passage's flow), in order."""
        found: list[Found] = []
        fences = quoted(text)
        inside = position = 0
        flow = _Flow(text, passage, self.averages.told(text), self.hedges.ahead(text))
        while match := _START.search(text, position):
            start = match.start()
            numeral = NUMERAL.match(text, start)
            end = start + 1 if numeral is None else numeral.end()
            if end - start >= LONGEST_CHINESE and (run := _OVERLONG.match(text, start)) is not None:
                found.append(Found(start, run.end(), NO_UNIT, None))
                position = flow.since = run.end()
                continue
            while inside < len(fences) and fences[inside][1] <= start:
                inside += 1
            if inside < len(fences) and fences[inside][0] < start and text[start] not in _PARTS:
                found.append(Found(start, end, QUOTED, None))
                position = fences[inside][1]
                continue
            item = self._doubled(flow, start) if numeral is None else self._read(flow, numeral)
            if item is None:
                position = start + 1
                continue
            found.append(item)
            position = item.end
            if item.mention is not None:  # 每周四夜学1次: what is no figure ends nothing
                flow.since = item.end
        return found

    def _doubled(self, flow: _Flow, start: int) -> Found | None:
        """翻番, 翻了两番."""
        match = _DOUBLED.match(flow.text, start)
        if match is None:
            return None
        twice = Decimal(2) ** int(read_chinese(match[1] or "一").value)  # type: ignore[union-attr]
        numeral = Numeral(twice, Decimal(1), 0, Decimal(1))
        return self._finish(flow, start, match.end(), numeral, Unit("倍", "multiple", "multiple"))

    def _read(self, flow: _Flow, match: re.Match[str]) -> Found | None:
        text, (start, end) = flow.text, match.span()
        in_words = text[start] not in _DIGITS and "分之" in text[start + 1 : start + 5]
        if in_words and (special := self._percentage_in_words(text, start)) is not None:
            numeral, end = special
            return self._finish(flow, start, end, numeral, Unit("%", "percent", "percentage"))
        arabic, inner, scale, rest, words, inner_words, _ = match.groups()
        chinese = words is not None
        counted = None if chinese else self.units.at(text, end)
        if counted is not None and counted.kind != NEVER:
            rule = self.nonfacts.rule_before(text, start, end)
        else:
            rule = self.nonfacts.rule(text, start, end)
            if rule is None and arabic and (scale or inner):
                rule = self.nonfacts.rule(text, start, match.end("arabic"))
        if rule:
            return Found(start, end, rule, None)
        read = read_arabic(arabic, scale or "") if arabic and not inner and not rest else self._numeral(match)
        if read is None:
            return None if chinese else Found(start, end, NO_UNIT, None)
        numeral, more = read, bool(inner or inner_words)
        high: Numeral | None = None
        join = _JOIN.match(text, end) if text[end : end + 1] in _JOINS else None
        if join and (other := NUMERAL.match(text, join.end())):
            high, end = self._range_end(other, text, numeral, end)
        unit, unit_at = self._unit(text, end, chinese) if counted is None or high is not None else (counted, end)
        tail = unit_at > end
        if unit is None:
            if chinese:
                return None
            if (shared := self._shared(match, text)) is not None:
                return self._finish(flow, start, end, *shared)
            if (unit := self.units.implied(text, start, end)) is None:
                return Found(start, end, NO_UNIT, None)
            return self._finish(flow, start, end, numeral, unit)
        if unit.kind == NEVER:
            return Found(start, unit_at + len(unit.text), unit.rule, None)
        if chinese and not tail and not more and self._too_small(text, start, unit_at + len(unit.text), numeral, unit):
            return Found(start, unit_at + len(unit.text), SMALL_NUMBER, None)
        unit_end = unit_at + len(unit.text)
        if high is None and text[unit_end : unit_end + 1] in _JOINS and (join := _JOIN.match(text, unit_end)):
            high, unit_end = self._range_after_unit(text, start, join, unit, numeral, unit_end)
        return self._finish(flow, start, unit_end, numeral, unit, more=more or tail, high=high)

    @staticmethod
    def _percentage_in_words(text: str, start: int) -> tuple[Numeral, int] | None:
        """百分之九十六点五, 千分之三, 三分之一."""
        if match := _PER_CENT.match(text, start):
            divisor = _PARTS[match[1]]
            whole = Numeral(Decimal(100), Decimal(1), 0, Decimal(100))
            number = whole if match[2] else read_chinese(match[3]) if match[3] else read_arabic(match[4])
            if number is None:
                return None
            factor = Decimal(100) / divisor
            return Numeral(number.value * factor, number.step * factor, number.places, number.place * factor), match.end()
        if match := _FRACTION.match(text, start):
            below, above = read_chinese(match[1]), read_chinese(match[2])
            if below and above and above.value < below.value <= 100:
                share = (above.value * 100 / below.value).quantize(Decimal("0.01"))
                return Numeral(share, _ROUGH, 2, _ROUGH), match.end()
        return None

    @staticmethod
    def _numeral(match: re.Match[str]) -> Numeral | None:
        arabic, inner, scale, rest, words, _, scale_behind = match.groups()
        if arabic:
            numeral = read_arabic(arabic, scale or "")
            if inner:
                return replace(numeral, scaled=False)
            if rest:
                below = NUMERAL.fullmatch(rest)
                if below is None:
                    return None
                added = read_arabic(below["arabic"], below["scale"] or "")
                return replace(added, value=numeral.value + added.value)
            return numeral
        text = match.string
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if words in _ROUND:
            if after in _MORE_TAILS or (before in _MORE_BEFORE and before):
                worth = Decimal(_ROUND[words])
                vague = (worth, worth * 10) if before == "上" else None
                return Numeral(worth, worth, 0, worth, worth >= 10000, vague)
            return None
        read = read_chinese(words)
        if read and scale_behind:
            worth = Decimal(10000 if scale_behind == "万" else 10**8)
            return Numeral(read.value * worth, read.step * worth, 0, read.place * worth)
        return read

    def _unit(self, text: str, end: int, chinese: bool) -> tuple[Unit | None, int]:
        """The unit behind a numeral and where it starts; 余/多/来 may stand between."""
        unit = self.units.at(text, end)
        if unit:
            return unit, end
        behind = text[end : end + 1]
        if behind == "成" and _TENTHS.match(text, end):
            return Unit("成", "percent", "percentage"), end
        if behind in _TAILS:
            unit = self.units.at(text, end + 1)
            if unit:
                return unit, end + 1
        if chinese:
            return None, end
        return self.units.unknown(text, end), end

    def _shared(self, match: re.Match[str], text: str) -> tuple[Numeral, Unit] | None:
        """A decimal whose unit stands behind the last of its list only (with its 万 or 亿), and that unit."""
        if text[match.end() : match.end() + 1] not in _LISTED or match["scale"] or "." not in (match["arabic"] or ""):
            return None
        rest = _SHARED.match(text, match.end())
        last = NUMERAL.match(text, rest.start("last")) if rest else None
        unit = self.units.at(text, last.end()) if last else None
        if last is None or unit is None or unit.kind not in _SIGNED:
            return None
        return read_arabic(match["arabic"], last["scale"] or ""), unit

    def _range_end(self, other: re.Match[str], text: str, low: Numeral, end: int) -> tuple[Numeral | None, int]:
        """The upper end of 20-30人: a larger numeral with a unit behind it."""
        high = self._numeral(other)
        if high is None or high.value <= low.value or self.nonfacts.rule(text, other.start(), other.end()):
            return None, end
        return (high, other.end()) if self._unit(text, other.end(), True)[0] else (None, end)

    def _range_after_unit(
        self, text: str, start: int, join: re.Match[str], unit: Unit, low: Numeral, end: int
    ) -> tuple[Numeral | None, int]:
        """The upper end of 3次至5次; 由3次到5次 names two figures, not a range."""
        other = NUMERAL.match(text, join.end())
        if other is None or _FROM.search(text[max(0, start - 16) : start]):
            return None, end
        high = self._numeral(other)
        same = self.units.at(text, other.end())
        if high is None or same is None or same.text != unit.text or high.value <= low.value:
            return None, end
        return high, other.end() + len(unit.text)

    @staticmethod
    def _too_small(text: str, start: int, end: int, numeral: Numeral, unit: Unit) -> bool:
        """Whether a Chinese numeral below ten only speaks (一个平台, 三项制度) instead of counting (市级交办六件)."""
        if numeral.value >= 10 or numeral.vague or unit.kind != "count":
            return False
        if _FOLLOWS_COUNT.match(text, end):
            return start == 0 or text[start - 1] in "每各同这那哪任"
        return numeral.value < 2 or unit.group not in _SMALL or unit.text == "口"

    def _finish(
        self,
        flow: _Flow,
        start: int,
        end: int,
        numeral: Numeral,
        unit: Unit,
        *,
        more: bool = False,
        high: Numeral | None = None,
    ) -> Found:
        """The mention of a number that is one."""
        text = flow.text
        if unit.text in _PARTS_OF_TEN:
            numeral, unit, end, tail = _as_percentage(text, end, numeral, unit)
            more = more or tail
        below_zero = unit.kind in _SIGNED and text[start - 1 : start] == "-" and text[start - 2 : start - 1] > "\u3000"
        if below_zero:
            start -= 1
        if unit.kind == "amount" and (behind := _MORE_TAIL.match(text, end)):
            more, end = True, behind.end()
        approx, open_ended, hedge_end = self.hedges.around(text, start, end, ahead=flow.hedged)
        if more:
            approx, open_ended = "more", False
        elif approx is None and numeral.vague:
            approx = "about"
        per, frequency = self.averages.per(text, flow.since, start, end, unit) if flow.averaged else (None, False)
        if unit.kind in ("percentage", "points"):
            per = None  # 人均覆盖面9.3%: a share has no share-holder
        kind = "frequency" if frequency else unit.kind
        if high is not None:
            bounds = Interval(numeral.plain, high.plain)
        elif approx is None:
            bounds = numeral.exact if stands_alone(numeral, kind) else numeral.rounded
        else:
            bounds = interval(numeral, kind, approx, open_ended=open_ended).plain()
        if below_zero:
            bounds = negative(bounds)
        if hedge_end is not None and per is None and approx in _BOUNDING.get(kind, ()) and _CLASS.match(text, hedge_end):
            kind = "threshold"  # 5人以上集体上访: it bounds things and counts nothing itself
        mention = Mention(
            passage=flow.number,
            start=start,
            end=end,
            text=text[start:end],
            kind=kind,
            value=plain(-numeral.value) if below_zero else numeral.plain,
            interval=bounds,
            high=None if high is None else high.plain,
            unit=USUAL.get(unit.text, unit.text),
            group=unit.group,
            per=per,
            approx=approx,
            rule=f"unit.{unit.group or 'unknown'}",
        )
        return Found(start, end, None, mention)


def _as_percentage(text: str, end: int, numeral: Numeral, unit: Unit) -> tuple[Numeral, Unit, int, bool]:
    """Tenths and thousandths as percentages: numeral, unit, where both end, and whether 多 stands behind them (三成多)."""
    if unit.text != "成":
        tenth = Decimal("0.1")
        numeral = Numeral(numeral.value * tenth, numeral.step * tenth, numeral.places + 1, numeral.place * tenth)
        return numeral, Unit(PER_MILLE[unit.text], unit.group, unit.kind), end, False
    ten = Decimal(10)
    numeral = Numeral(numeral.value * ten, ten, 0, ten)
    if (digit := DIGITS.get(text[end : end + 1])) and _FOLLOWS_COUNT.match(text, end + 1):  # 三成五
        numeral, end = Numeral(numeral.value + digit, Decimal(1), 0, Decimal(1)), end + 1
    elif text[end : end + 1] == "半":  # 三成半
        numeral, end = Numeral(numeral.value + 5, Decimal(5), 0, Decimal(5)), end + 1
    more = text[end : end + 1] == "多"
    return numeral, Unit("%", "percent", "percentage"), end + more, more
