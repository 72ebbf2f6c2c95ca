"""What part a number plays in its clause: a level, a change against a base, the base itself, a share."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.facts.clause import Lexicon
from extractor.facts.context import Context
from extractor.model.fact import POINTS

LEVEL, CHANGE, PRIOR, SHARE = "level", "change", "prior", "share"

_YEARLY = re.compile(r"(?:年均|平均每年|每年平均)$")
_AFTERTHOUGHT = r"(?:了|约|近|超过?|逾|为|达到?|约为|均|幅度为?|幅度达|率为|率|不足|不到|仅)*$"
_COMPARED = re.compile(
    r"同比|环比|较(?!大|小|高|低|多|少|好|为|强|重|快|长)|(?<![对之占])比(?!例|武|赛|较|率)|净[增减]|(?:上|去)年"
)
# A comparison in the clause before: 与上年相比，增加161万元; 与2022年的2640万元相比，总计增加223万元.
_COMPARED_BEFORE = re.compile(
    r"(?:[与和同跟比较][^，。；]{0,12}(?:上年|去年|20\d\d年|同期|上一年)[^，。；]{0,10}|相比|比较)，[^，。；]{0,24}$"
)
# 收入支出总计与上年相比，增加58万元: what is compared opens the clause before.
_COMPARED_THING = re.compile(
    r"(?:^|[，。；])(?P<subject>[^，。；]{2,24}?)[与和同跟较](?:上年|去年|20\d\d年|上一年)[^，。；]{0,10}(?:相比|比较)，[^，。；]{0,4}$"
)
_LAST = r"(?P<year>上一?年度?|去年)"
_STOCK = "在册|在矫|在管|现有|实有|原有|存量"
_YEAR_WORD = r"(?:上年度?|去年|上一年度?|前年|往年|20\d\d年度?)"
# 比上年多公开54条, 同比多罚27万元: the deed stands between the word of change and the number.
_MORE = re.compile(
    rf"(?:[比较](?:{_YEAR_WORD}|同期)[^，。；、]{{0,8}}|[同环]比)(?P<word>多|少)(?!于|数)[\u4e00-\u9fff]{{1,4}}$"
)
# 比上年的42件多办14件: the same right behind the base.
_MORE_THAN = re.compile(r"(?:今年|本年度?|当年)?(?:还|又|再)?(?P<word>多|少)(?!于|数)[\u4e00-\u9fff]{0,4}$")
# 增加1780元，增幅7.1%: the same change in percent right behind it.
_IN_PERCENT = re.compile(
    r"[，（](?:同比|[较比](?:上年|去年|20\d\d年)(?:同期)?)?(?:增幅|涨幅|升幅|增长|上升|降幅|减幅|跌幅|下降)(?:率|为|达到?|约|了)*[\d.]+%"
)
# 上年37处、3180平方米，处数多了9处，面积少了310平方米: of two figures each by its own sort.
_BY_SORT = re.compile(r"^[，、；]?(?:[\u4e00-\u9fff]{1,3}数|面积|数量|金额|总[量数额]|里程|长度)(?:上|方面)?$")
_NOTHING_ELSE = re.compile("[，、；]*(?:今年|本年度?|当年)?[再又共还更]*")  # 去年受理81起，今年少了5起
_REACHED = re.compile(r"[\u4e00-\u9fff]{1,4}(?<![幅率度数量额])[为成]")
_NEW = re.compile(r"新增|增设|增配|增派|增补|增列")
_PRIOR = re.compile(
    rf"(?P<cue>^|[比较（由从，、与于和同跟]|[较比]之|相较于?|而|(?=(?:上年|去年)[末底])|(?<=[量额率])(?=上年|去年))(?P<year>{_YEAR_WORD})(?P<rest>同期|末|底|全年|同期数|的|为|是|有|共|仅|数|总数|同期的|全年的|受理|完成|仅为|只有|则为|年报|实际|，|约|近)*$"
)
# （2023年：5904次，上升8.9%）; 较上年（156份）增长26.3%
_LABELLED = re.compile(rf"(?:（|(?P<than>[较比由从]))(?P<year>{_YEAR_WORD})(?:同期|数)?的?(?(than)（|：)$")
_CARRIED = re.compile(r"结转|遗留|结余|以来|底前|(?<![上去\d])年底")
# 上年治安案件为44起: an earlier year opens the clause, unless what it left behind or found is this year's work.
_OF_YEAR = re.compile(
    rf"{_LAST}[末底]?(?!同期|比|度?(?:报告|反馈|考核))(?P<subject>[^，。；、]{{1,14}}?)(?:为|是|有|共|达到?)*(?<!的)$"
)
# 邻里纠纷上年是52件: an earlier year behind its subject, told by a verb.
_SUBJECT_YEAR = re.compile(
    rf"(?P<subject>[^，。；、]{{2,16}}?){_LAST}(?:同期)?"
    r"(?:(?:只|仅|则|也|约)?(?:是|为|有|达到?)|共)$"
)
# 超载去年38起，今年少了7起: without a verb, where this year follows.
_BARE_YEAR = re.compile(rf"(?P<subject>[^，。；]{{2,16}}?){_LAST}$")
_THIS_YEAR = re.compile(r"[，、；]?(?:而|但)?(?:今年|本年)")
# 罚款是上年92.1万元的2.02倍: the base of a multiple.
_MULTIPLIED = re.compile(rf"(?:是|为|达到?|相当于|约){_LAST}(?:同期)?的?$")
# 年初在册社区矫正对象9名: what there was when the year began, told by a word of stock.
_OPENING = re.compile(
    rf"(?:(?<=[\u4e00-\u9fff]{{2}})年初(?P<stock>{_STOCK})?[为有]?|年初(?P<of>{_STOCK})(?P<noun>[^，。；、]{{2,10}}?)(?:为|有|共)?)$"
)
# 行政许可上一年项目数量312项, 上年底对外公开总数165件: the number that a year before told, behind the name of what it counts.
_NUMBER_THEN = re.compile(
    rf"{_LAST}[末底]?(?P<noun>[^，。；、]{{0,8}}?(?:总数|总量|数量|项目数|个数|件数|人数|户数))(?:为|是|有|共|达到?)*$"
)
_THIS_WORK = re.compile(r"结转|遗留|结余|以来|底前|未|反馈|指出|提出|交办|剩余|尚|待|转入|[这那]$")
_FROM = re.compile(rf"(?:由|从|自)(?P<rest>{_YEAR_WORD}?(?:同期|末|底|年初|期初)?(?:的)?[^，。；、]{{0,4}}?)$")
_TO = re.compile(
    r"(?:以上|左右)?的?[\u4e00-\u9fff]{1,6}?(?:到|至|为|成)(?:了|约|近|超过?|(?:年[末底]|目前|现在|今年|本年)的?)*"
    r"(?=[\d一二三四五六七八九十百])"
)
# A difference behind both its ends: 由312项调整为298项，核减14项.
_BEHIND_ENDS = re.compile(rf"(?:由|从|自)[^，。；]{{1,16}}{_TO.pattern}[^，。；]{{1,12}}，$")
_SHARE = re.compile(r"占(?!地|用|据|道|比|全[^的]{0,4}面积)|之?比(?:重|例)|占比")
_EXTERNAL = re.compile(r"全[市县区省国旗州]|平均水平|全[市县区省国]平均|目标|任务|计划|预算|考核")


class Role(NamedTuple):
    """``kind`` level, change, prior or share; ``direction`` up or down of a change; ``subject`` the words before the cue;
    ``year`` as written for a base (上年, 2022年, '' when the text does not say); ``external`` compared with others, not with
    another year."""

    kind: str
    direction: str | None = None
    subject: str = ""
    word: str = ""
    year: str | None = None
    external: bool = False


PLAIN = Role(LEVEL)


class RoleReader:
    """Tells the role of each number from the words around it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._up = re.compile(f"(?P<word>(?<!不)(?:{lexicon.up.pattern})){_AFTERTHOUGHT}")
        # Only a clause that holds the first character of such a word needs the dear search to its end; of other clauses only
        # those that name a year, or where something began, say more than a level.
        hints = "".join(sorted({w[0] for w in f"{lexicon.up.pattern}|{lexicon.down.pattern}".split("|")}))
        self._hints, self._cues = re.compile(f"[{hints}]"), re.compile(f"[{hints}年由从自]")
        self._down = re.compile(f"(?P<word>(?<!不)(?:{lexicon.down.pattern})){_AFTERTHOUGHT}")

    def role(self, context: Context, flow: str, previous: Role | None) -> Role:
        """The role of one number; ``previous`` is the role of the number before it in the same sentence."""
        mention, left = context.mention, context.left
        if mention.kind in ("frequency", "threshold", "multiple", "nil"):
            return PLAIN
        goes_on = previous is not None and previous.kind in (CHANGE, PRIOR)
        if not goes_on and mention.kind not in ("percentage", POINTS) and not self._cues.search(context.gap):
            return PLAIN
        change = self._change(context, flow, previous)
        if change is not None:
            return change
        if (match := _FROM.search(left)) and _TO.match(flow, context.behind):
            year = re.search(_YEAR_WORD, match["rest"])
            begun = "年初" in match["rest"] or "期初" in match["rest"]
            return Role(PRIOR, subject=left[: match.start()], year=year.group() if year else None if begun else "")
        if previous and previous.kind == PRIOR and context.gap in ("", "、", "和"):
            return Role(PRIOR, year=previous.year)  # 上年为7起、6人
        if not left and (match := _LABELLED.search(context.gap)):
            return Role(PRIOR, year=match["year"])
        if "年" in left:
            if (match := _PRIOR.search(left)) and not _CARRIED.search(left[match.start() :]):
                return Role(PRIOR, subject=left[: match.start()], year=match["year"])
            if left[0] in "上去" and (match := _OF_YEAR.match(left)) and not _THIS_WORK.search(left):
                return Role(PRIOR, subject=match["subject"], year=match["year"])
            then = _NUMBER_THEN.search(left) if left[-1] in "数量为是有共达到" else None
            if then is not None and not _CARRIED.search(then["noun"]):
                return Role(PRIOR, subject=left[: then.start()] or then["noun"], year=then["year"])
            if (match := _SUBJECT_YEAR.match(left)) and not _THIS_WORK.search(left):
                return Role(PRIOR, subject=match["subject"], year=match["year"])
            if left[-1] in "年度" and _THIS_YEAR.match(flow, context.behind) and (match := _BARE_YEAR.match(left)):
                return Role(PRIOR, subject=match["subject"], year=match["year"])
            if flow.startswith("的", context.behind) and (match := _MULTIPLIED.search(left)):
                return Role(PRIOR, subject=left[: match.start()], year=match["year"])
        if "年初" in left and mention.kind == "count" and (match := _OPENING.search(left)):
            stock = match["stock"] or match["of"]
            return Role(PRIOR, subject=left[: match.start()] + (match["noun"] or ""), word=f"年初{stock}" if stock else "")
        if mention.kind == "percentage" and ((left.endswith("的") and len(left) > 2) or _SHARE.search(left)):
            return Role(SHARE)
        if (
            mention.kind == "percentage"
            and "占" in context.gap[-24:]
            and _SHARE.search(context.left if "占" in context.left else context.gap[-24:])
        ):
            return Role(SHARE)
        return PLAIN

    def _change(self, context: Context, flow: str, previous: Role | None) -> Role | None:
        mention, left = context.mention, context.left
        direction = None
        match = None
        if self._hints.search(left):
            if match := self._up.search(left):
                direction = "up"
            elif match := self._down.search(left):
                direction = "down"
            elif match := _MORE.search(left) or (previous and previous.kind == PRIOR and _MORE_THAN.match(left)) or None:
                direction = "up" if match["word"] == "多" else "down"
        reached = previous and previous.kind == PRIOR and _REACHED.fullmatch(context.gap)
        if reached and mention.kind not in ("percentage", POINTS):
            return None  # 由1690家次压减为1150家次
        if match is None or direction is None:
            if mention.kind == POINTS:
                return self._continued(context, previous) or Role(CHANGE, None)
            return self._continued(context, previous)
        compared = _COMPARED.search(left)
        referred = compared is None and _COMPARED_BEFORE.search(context.gap) is not None
        word = match["word"]
        before = left[: match.start()]
        if mention.kind not in ("percentage", POINTS):
            than_before = previous and previous.kind == PRIOR and _NEW.fullmatch(context.gap)  # 较上年的99名新增27名
            if not than_before and (_NEW.search(left) or word == "新增"):
                return None
            bare = _NOTHING_ELSE.fullmatch(before) is not None
            goes_on = previous and (
                previous.kind in (CHANGE, PRIOR) or _BEHIND_ENDS.search(flow, context.sentence[0], context.clause)
            )
            told_again = bare and _IN_PERCENT.match(flow, context.behind)
            if compared is None and not referred and not (goes_on and (bare or _BY_SORT.match(before))) and not told_again:
                return None
        elif (
            word in ("多", "少", "高于", "低于", "高出", "高", "低")
            and mention.kind != POINTS
            and compared is None
            and not referred
            and not (previous and previous.kind == CHANGE and not before.strip("，、；"))  # 比上年多发54条，多了9.2%
        ):
            return None
        subject = left[: compared.start()] if compared and compared.start() < match.start() else before
        if referred and not subject and (thing := _COMPARED_THING.search(context.gap)):
            subject = thing["subject"]
        return Role(CHANGE, direction, _YEARLY.sub("", subject.strip("，、；")), word, external=bool(_EXTERNAL.search(left)))

    def _continued(self, context: Context, previous: Role | None) -> Role | None:
        """下降33.3%、41.6%: a number that only a 、 divides from a change is a change too."""
        if (
            previous
            and previous.kind == CHANGE
            and context.gap in ("、", "和", "与", "及")
            and context.mention.kind in ("percentage", POINTS)
        ):
            return previous._replace(subject="")
        return None
