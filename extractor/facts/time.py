"""Period and status of a fact: this year's figure, a plan, or an earlier year's (规划、上年数不与本年数混淆)."""

from __future__ import annotations

import re

from extractor.facts.context import Context
from extractor.facts.roles import CHANGE, PRIOR, Role
from extractor.model import Passage, Period
from extractor.text.numerals import DIGITS

ACTUAL, PLANNED, PRIOR_STATUS = "actual", "planned", "prior"
_YEAR = re.compile(r"(20\d\d|二[零][零一二三四五六七八九]{2})年")
_COMPARE_YEAR = re.compile(r"[较比与由从自至到][^，。；]{0,3}$|[较比][^，。；]{0,12}、$")
_COMPARED_WITHIN = 16
# Every alternative begins with a character of its own, so that the scan skips what begins with no such character.
_SEVERAL = re.compile(
    r"历年(?:来|累计|共|平均)|近[一二三四五六七八九十两几\d]+年|年(?:(?<=[二三四五两六七八九十\d]年)|(?<=十一年))(?:来|间)|"
    r"20\d\d年(?:底|年底|初)?以来|二[零一二三四五六七八九]{3}年(?:底|年底|初)?以来|两[零一二三四五六七八九]{3}年(?:底|年底|初)?以来|"
    r"累计(?:达到|达|建成|拥有|培育|创建|已达)|年[和、与至—-](?:20)?\d\d年|20\d\d[—~-]20\d\d年?(?!》)|自20\d\d年|"
    r"五(?<=[一二三四五十][一二三四五]五)”?(?:时期|期间|以来)|建[镇乡国]以来|以来累计"
)
_AIM = re.compile(r"计划|将|力争|目标|预计|拟|争取")
_BY = re.compile(r"(?:^|[，；])(?:到|至|截至)?20\d\d年(?:底|末|年底|年末)?，")
# 截至2022年末现行有效8件: what stood at the end of an earlier year.
_STOOD = re.compile(r"^(?:截至|截止|至|到)?(20\d\d)年(?:年?[末底]|12月31日)(?!以来|前)")
# 2024年公开栏不少于8处: a clause that opens with a later year, and not with one of its months.
_COMING = re.compile(r"(?:^|[：，；])(?:到|至)?(20\d\d)年(?!\d{1,2}月|以来|[初春])")
# 2021年争取83万元、2022年争取93万元: years in turn, each with its figure.
_OWN = re.compile(r"^(20\d\d)年(?!\d{1,2}月|以来|度?[的末底初前])")
_LAST_OWN = re.compile(r"(20\d\d)年(?!\d{1,2}月|以来|度?[的末底初前])[^的《》]*$")
_NEXT_OWN = re.compile(r"[^，。；、\d]{0,6}[、，；]20\d\d年(?!\d{1,2}月|以来|度?[的末底初前])")
# 2022年末8件，本年制发1件，年内废止2件，年末7件
_NOW = re.compile(r"本年|今年|(?<!\d年)年[末底]|(?<![\d一二三四五六七八九十两几])年内|现有|目前")
# 2022年度报告所列6个问题: the year that a paper is about, not when this year deals with what it says.
_PAPER = re.compile(r"20\d\d年度?的?[^，。；\d]{0,14}(?:报告|年报)(?:[中里]?所?[列指提反]|[中里]的)")
# 2023年结转案件27件: what was left over then is this year's work.
_CARRIED_IN = re.compile(r"20\d\d年度?末?的?[^，。；\d]{0,6}(?:结转|遗留|转入)")
# 与2020年相比，生产总值由20.4亿元增加到28.6亿元: the year that all changes of a sentence start from.
_AGAINST = re.compile(r"[与和同跟比较](20\d\d)年(?:[末底]|年[末底])?(?:相比|比较|相较)，")
_DAILY = re.compile(r"(?:年|月|日|周)均|每[天日周月](?:平均|约|近)")
_LAST_YEARS = re.compile(r"去年[^，。；、]{1,8}的$")  # 盯住去年签约的19个项目
_AHEAD_WORD = re.compile(r"措施|方向|打算|下一?步|今后|接下来|明年|来年|下一年|新的一年|力争|争取|计划")
_AHEAD = re.compile(
    r"^(?:改进|整改)(?:措施|方向|打算)：(?!已)|^(?:下一步|下步|今后|接下来|明年|来年|下一年度?|新的一年)|力争|争取在?(?:明年|20)|明年(?!初)|计划于?(?:明年|20)|(?:下一步|下步)(?:将|，|计划|打算)"
)


def year_of(text: str) -> int:
    """``2023`` or ``二零二三`` as an int."""
    return int("".join(str(DIGITS.get(c, c)) for c in text))


def told_later(passages: tuple[Passage, ...]) -> bool:
    """Whether a report is told in the year after its own: what it plans is for 今年."""
    return any(p.role == "plan" and "今年" in p.flow for p in passages)


def year_named(year: str | None, report: int | None) -> tuple[Period, str]:
    """``(period, status)`` of a cell by the year that its labels name (see ``Mention.year``)."""
    if not year or report is None:
        return Period(None if year is None else report), ACTUAL
    named = int(year[:4]) if year[:1] == "2" else report - 1
    return Period(named), PRIOR_STATUS if named < report else PLANNED if named > report else ACTUAL


class Clock:
    """Tells period and status for the facts of one passage."""

    def __init__(self, passage: Passage, report_year: int | None, *, later: bool = False) -> None:
        """``later`` says that the report is told in the year after its own, so that 去年 is its year (see ``told_later``)."""
        self._passage = passage
        self._year = report_year
        self._later = later
        self._planned_from: int | None = 0 if passage.role == "plan" else None
        # What a whole paragraph does not say need not be looked for at each of its numbers.
        flow = passage.flow
        self._ahead, self._daily = (
            _AHEAD_WORD.search(flow) is not None,
            ("均" in flow or "每" in flow) and _DAILY.search(flow) is not None,
        )
        self._several = _SEVERAL.search(flow) is not None
        self._years = [(*m.span(), year_of(m[1])) for m in _YEAR.finditer(flow)] if "年" in flow else []
        self._now = Period(report_year), ACTUAL

    def again(self) -> Clock:
        """A clock for reading the passage from its start once more."""
        return Clock(self._passage, self._year, later=self._later)

    def read(self, context: Context, role: Role) -> tuple[Period, str]:
        """``(period, status)`` of one number."""
        flow, report = self._passage.flow, self._year
        start, end = context.sentence[0], context.mention.start
        unplanned = self._planned_from is None and self._ahead
        if unplanned and (_AHEAD.search(flow[start : min(start + 40, end)]) or _AHEAD.search(context.left)):
            self._planned_from = start
        if self._planned_from is not None and self._planned_from <= start:
            return self._planned(role, start, end)
        if role.kind == PRIOR:
            within = role.year == "" and not (self._several and _SEVERAL.search(flow, start, end))
            if within and report:  # 由57名充实到61名: a change of the report's year
                against = _AGAINST.search(flow, start, end) if self._years else None
                return Period(int(against[1]) if against else report - 1), PRIOR_STATUS
            return self._prior(role), PRIOR_STATUS
        named = self._named_year(start, end) if self._years else None
        if named and report and named > report:
            lead = flow[start:end]
            if _AIM.search(lead) or _BY.search(lead) or _coming(lead, report):
                return Period(named), PLANNED
        earlier = bool(named and report and named < report) and role.kind != CHANGE
        if earlier and (_CARRIED_IN.search(context.left) or _PAPER.match(context.left)):
            return self._now
        if earlier and _STOOD.match(context.left):
            return Period(named), PRIOR_STATUS
        if not (self._several or self._daily or earlier):
            return self._now
        lead = flow[start:end]
        statement = lead[max(lead.rfind("；"), lead.rfind("。")) + 1 :]
        several = self._several and (
            _SEVERAL.search(context.left) or (_SEVERAL.search(statement) and "，" not in statement[_last(statement) :])
        )
        if several or (self._daily and _DAILY.search(context.gap[-12:])):
            return Period(None), ACTUAL
        if earlier and (self._own_year(statement) or self._in_turn(context, named)):
            return Period(named), PRIOR_STATUS
        return self._now

    def _planned(self, role: Role, start: int, end: int) -> tuple[Period, str]:
        named = self._passage.year or self._named_year(start, end, ahead=True)
        if role.kind == PRIOR:
            return self._prior(role), PRIOR_STATUS
        if named and self._year and named <= self._year:
            named = None
        if self._later and _LAST_YEARS.search(self._passage.flow, start, end):
            return Period(self._year), ACTUAL
        return Period(named or (self._year + 1 if self._year else None)), PLANNED

    def _prior(self, role: Role) -> Period:
        word = role.year or ""
        if match := re.search(r"20\d\d", word):
            return Period(int(match.group()))
        if word.startswith("前年"):
            return Period(self._year - 2 + self._later if self._year else None)
        return Period(self._year - 1 if word and self._year else None)

    def _named_year(self, start: int, end: int, *, ahead: bool = False) -> int | None:
        """The last year named from the start of a sentence to a number that is no base of comparison; ``ahead`` that is to
        come."""
        flow = self._passage.flow
        for at, behind, year in reversed(self._years):
            if at < start:
                return None
            told = behind <= end and (not ahead or bool(self._year and year > self._year))
            if told and not _COMPARE_YEAR.search(flow, max(start, at - _COMPARED_WITHIN), at):
                return year
        return None

    def _in_turn(self, context: Context, named: int | None) -> bool:
        """Whether the figure's own clause names its year, and the clause behind it another."""
        own = _OWN.match(context.left)
        if own is None and _NEXT_OWN.match(self._passage.flow, context.mention.end):
            own = _LAST_OWN.search(context.left)
        return own is not None and int(own[1]) == named

    @staticmethod
    def _own_year(statement: str) -> bool:
        opened = statement.lstrip("，其中")
        dated = _YEAR.match(opened) and not _PAPER.match(opened)
        return bool(dated) and "以来" not in statement[:12] and not _NOW.search(statement.partition("，")[2])


def _coming(lead: str, report: int) -> bool:
    """Whether the last clause that a year opens speaks of a year after the report's."""
    opened = _COMING.findall(lead)
    return bool(opened) and int(opened[-1]) > report


def _last(statement: str) -> int:
    """Where the last mark of several years ends in a statement."""
    return max((m.end() for m in _SEVERAL.finditer(statement)), default=0)
