"""A clause taken apart around a number: lead-in, agent, verb, object; by word classes, never by lists of nouns."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.rules import Ruleset

_NOMINAL = r"(?!委员会|委会|员|室|类|中心|站|点|书(?!面)|协议|组|团|队|率|部门|机关|机构|科室?|办(?![理结复])|局|所|平台|工单|工作|活动|体系|机制|事项|案件|决定|人员|小区|申请|文书|意见|手续|对象|通知|记录|场次|资料|人次|次数|总量|总数|量|额|款|单位|场所|企业|纠纷|经费|任务|项目|数|费|者|人[、，]|人$|家庭|系统|材料|信息|地|证|箱|权|力|栏|制度|文件)"
_NOUN_END = re.compile(
    r"(?:者|员|户|队|组|点|室|站|栏|案|岗|区|村|校|厅|馆|屋|线|卡|牌|题|网|广场|公园|阵地|机构|单位|企业|项目|工程|活动|工作|任务|问题|纠纷|案件|事项|案例|制度|机制|"
    r"平台|品牌|窗口|课堂|对象|群众|患者|家庭|部门|干部|学生|党员|代表|顾问|律师|系统|设备|设施|措施|意见|建议|清单|隐患|会议|排查|评查|检查|巡查|宣讲|培训|研讨|讲座|演练|考试|教育|监督|调研|督查|服务|咨询|村（社区）)$"
)
_BREAK = re.compile(r"全部|均|已|都|每|首次|仍|正在|未|就是|实现|完成|参加")
_ASPECT = r"[了过着]?"


class Anatomy(NamedTuple):
    """A trimmed clause: ``verb`` its first verb ('' if it has none), ``object`` what follows, ``final`` whether a verb ends it."""

    text: str
    verb: str
    object: str
    final: bool


class Lexicon:
    """The word classes of patterns/lexicon/clause.toml, compiled."""

    def __init__(self, ruleset: Ruleset) -> None:
        words = ruleset.lexicon
        alternatives = {k: "|".join(map(re.escape, v)) for k, v in words.items()}
        lead, copula, preposition = ("|".join(words[k]) for k in ("lead", "copula", "preposition"))
        things = alternatives["per"]
        mean = f"(?:平均)?每(?:[一1]?(?:个|名|位|家|支|所|处))?(?:{things}|半年|半个?月|两个?月|季度|季|年|月|周|星期|日|天|学期)|平均(?!分)|[人户村次案件亩]均(?!可支配|纯收入)"
        self._lead = re.compile(f"(?:{mean}|{lead}|(?:{alternatives['scope']})(?=[、，]|共|累计|现有|已|$))+")
        self._scope_lead = re.compile(f"(?:{alternatives['scope']})(?=[\u4e00-\u9fff“]{{2}})")
        self._tail = re.compile(f"(?:{copula})+$")
        self._preposition_tail = re.compile(f"(?:{preposition})$")
        verbs = f"(?:{alternatives['verb']}){_ASPECT}{_NOMINAL}"
        self._verb = re.compile(verbs)
        self._only_verbs = re.compile(
            f"(?:{alternatives['adverb']}|(?:{alternatives['verb']}){_ASPECT}|{alternatives['pending']}|[、和并])+"
        )
        stops = f"(?:{alternatives['adverb']}|{preposition}|{verbs}|中(?!心|小|队|共|国|介|药|医|期|层|职|等)|等(?!级)|每|就|是|有|分|占|能|主要|以上|以下)"
        self._stop = re.compile(stops)
        self._clause_start = re.compile(f"(?:{alternatives['adverb']}|{preposition}|是|就)")
        self._verb_phrase = re.compile(f"(?:{alternatives['adverb']})*{verbs}")
        self._pending = re.compile(alternatives["pending"])
        self._finished = re.compile(alternatives["finished"])
        self._scope_only = re.compile(f"(?:{preposition})?(?:{alternatives['scope']})")
        self._residual = re.compile(f"^(?:{alternatives['residual']})")
        self.up = re.compile(alternatives["up"])
        self.down = re.compile(alternatives["down"])

    def trim(self, left: str) -> str:
        """The words before a number without lead-in (全年, 其中, 共) and without copula (达, 为, 共)."""
        previous = None
        while previous != left:
            previous = left
            left = self._tail.sub("", left)
            if match := self._lead.match(left):
                left = left[match.end() :]
        return left.strip("、，：；”· ") if left[-1:] != "”" or "“" not in left else left.lstrip("、，：； ")

    def without_scope(self, text: str) -> str:
        """The phrase without 全镇, 我镇 in front."""
        match = self._scope_lead.match(text)
        return text[match.end() :] if match else text

    def cuts(self, phrase: str) -> list[int]:
        """Where a long phrase may be cut in front: at a verb, or behind a 的."""
        return sorted({m.start() for m in self._verb.finditer(phrase)} | {m.end() for m in re.finditer("的", phrase)})

    def scope_only(self, text: str) -> bool:
        """Whether the phrase says only where (在全镇)."""
        return bool(self._scope_only.fullmatch(text))

    def preposition(self, text: str) -> bool:
        """Whether the phrase ends in a preposition, so that the number starts a noun phrase (对12名社区戒毒人员)."""
        return bool(self._preposition_tail.search(text)) and not self._verb.fullmatch(text[-2:])

    def drop_preposition(self, text: str) -> str:
        return self._preposition_tail.sub("", text)

    def only_verbs(self, text: str) -> bool:
        """Whether the phrase is made of verbs and adverbs alone (已化解, 正在办理)."""
        return bool(self._only_verbs.fullmatch(text))

    def anatomy(self, text: str) -> Anatomy:
        """The first verb of a trimmed clause and the object behind it."""
        first = self._verb.search(text)
        if first is None:
            return Anatomy(text, "", _head(text), False)
        rest = text[first.end() :]
        last = first
        for last in self._verb.finditer(text):  # noqa: B007 - the last one is what is wanted
            pass
        return Anatomy(text, first.group(), _head(rest), last.end() == len(text))

    def noun_ahead(self, right: str) -> str:
        """The noun phrase that starts right behind a number (名社区戒毒人员按时尿检 -> 社区戒毒人员)."""
        right = right.removeprefix("的")
        if (
            len(right) <= 14
            and _NOUN_END.search(right)
            and not self._clause_start.match(right)
            and not _BREAK.search(right)
        ):
            return right
        match = self._stop.search(right)
        while (
            match
            and match.start() < 2
            and match.group()
            not in ("是", "就", "已", "均", "全部", "在", "正在", "仍", "为", "就是", "参加", "及格", "合格")
        ):
            if match.start() == 0:
                return ""
            match = self._stop.search(right, match.start() + 1)
        noun = right[: match.start()] if match else right
        return noun.rstrip("的")

    def verb_ahead(self, right: str) -> str:
        """The verb phrase right behind a number (人完成了学法考试 -> 完成了学法考试), or ''."""
        match = self._verb_phrase.match(right)
        return right if match else ""

    def pending(self, text: str) -> bool:
        return bool(self._pending.search(text))

    def finished(self, text: str) -> bool:
        return bool(self._finished.search(text)) and not self._pending.search(text)

    def residual(self, text: str) -> bool:
        return bool(self._residual.match(text))


def _head(phrase: str) -> str:
    """The head of a noun phrase: what follows the last 的, when that is long enough to stand alone."""
    before, mark, after = phrase.rpartition("的")
    return after if mark and len(after) >= 2 else phrase
