"""What a figure is per: a time (每月1次, a frequency), a thing (每村6名, 人均1500元), or nothing."""

from __future__ import annotations

import re

from extractor.mentions.units import Unit
from extractor.rules import Ruleset

_TIME = re.compile(
    r"每(?:个)?(半年|半个?月|两个?月|两周|[一二三四1-6]个月|季度|季|年|月|周|星期|日|天|旬|学期|晚)[^，。；、]{0,24}$"
)
_MEAN = re.compile(r"(人|户|村|次|案|件|亩|校|单)均[^，。；、]{0,8}$")
# 期均44人次, 场均232人次: only where a clause begins, for 市场均, 学期均, 处均 are other words.
_MEAN_FIRST = re.compile(
    r"(?<![\u4e00-\u9fff])(场次|场|期|条|篇|格|车|辆|宗|起|批|卷|班|组|项|处|所|家|站|店|镇|乡|院)均(?![已由在有为未无能按设被实获予可需应须经建完通得])[^，。；、]{0,8}$"
)
_TIME_MEAN = re.compile(r"(年|月|日|周|季|天)均[^，。；、]{0,12}$")
_STROKE = re.compile(r"/([\u4e00-\u9fff]{1,3}?)(?=[，。；、）]|$)")
_BODIES = "[\u4e00-\u9fff]{1,4}?[区点站所室队院校班组店厂]"  # 每个执勤点, 每支分队: whatever has such a name
_EACH, _STANDARD = re.compile(r"各(村（社区）|村|社区)[^，。；、]{0,6}$"), ("的标准", "的要求", "的比例")  # 各村按照3名的标准
_TIMES = {"季": "季度", "星期": "周", "天": "日", "半个月": "半月", "两个月": "两月"}
_EVENTS = ("event", "batch", "information", "paper", "item", "person-time")


class Averages:
    """Finds the divisor of a figure in the words before it."""

    def __init__(self, ruleset: Ruleset) -> None:
        things = "|".join(map(re.escape, ruleset.lexicon["per"]))
        self._thing = re.compile(
            rf"每(?:[一1]?(?:个|名|位|家|支|所|处))?({things}|(?<=[个家支处座]){_BODIES})(?:（[社区村居组]{{1,3}}）)?(?:至少|平均|约|不少于|各?配备|安排|[^，。；、\d]){{0,14}}$"
        )

        # 15个村（社区）每个均有6名, 12个村各配网格员3名: of those that were counted right before.
        # 划分网格196个，社区平均14个: of those that a clause begins with.
        self._counted = re.compile(
            rf"(?:({things})(?:每[个名家户所处]|平均(?!分)|各(?=[有配设]))|[，；]({things})平均(?!分))[^，。；、\d]{{0,14}}$"
        )

    @staticmethod
    def told(text: str) -> bool:
        """Whether a passage may tell an average at all."""
        return "每" in text or "均" in text or "各" in text or "/" in text

    def per(self, text: str, last_end: int, start: int, end: int, unit: Unit) -> tuple[str | None, bool]:
        """``(per, is a frequency)`` for the number at ``text[start:end]``; the previous number ends at ``last_end``."""
        left = text[max(last_end, start - 28) : start]
        if "每" not in left and "均" not in left and "各" not in left:
            stroke = _STROKE.match(text, end) if text.startswith("/", end) else None
            return (stroke[1], False) if stroke else (None, False)
        if match := _TIME.search(left):
            time = _TIMES.get(match[1], match[1])
            mean = left.endswith("平均", 0, match.start())  # 平均每月51条: what came of it, not how often it is done
            return time, unit.kind == "count" and unit.group in _EVENTS and not mean
        if (match := _MEAN.search(left)) and not left.endswith(("人均可支配收入", "人均纯收入")):
            return match[1], False
        if "均" in left and (match := _MEAN_FIRST.search(left)):
            return match[1], False
        if match := _TIME_MEAN.search(left):
            return match[1], False
        if match := self._thing.search(left):
            return match[1], False
        if last_end > start - 28 and (match := self._counted.match(left)):
            return match[1] or match[2], False
        if (match := _EACH.search(left)) and text.startswith(_STANDARD, end):
            return match[1], False
        return None, False
