"""The name of a rate or share, so that it stands alone: 化解率 is 矛盾纠纷化解率."""

from __future__ import annotations

import re

from extractor.facts.before import Before
from extractor.facts.context import Context
from extractor.facts.naming import join
from extractor.facts.roles import SHARE, Role
from extractor.facts.topic import Topic

LONGEST = 30
_BARE_RATE = re.compile(
    r"^(?:已|按期|按时|及时|平均|综合|总|群众|一次性|实际|回访|其)?(?:成功|办结|化解|调处|调解|调解成功|调处成功|化解成功|结案|办复|答复|采纳|整改|满意|完成|合格|及格|优秀|履行|参与|参考|参训|参加|通过|覆盖|受理|响应|破案|审查|审核|备案|到位|执行|持证|公开|回访|办理|胜诉|出庭|出庭应诉|履约|制止|审结|见面|整治|处置|结果公示|公示|签约|达标|普及|入驻|知晓|建档|配备|就业|及时受理|按期答复)(?:完成)?(?:率|度|比例)$"
)
_RATE_TAIL = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:率|占比|比例|比重|满意度|安全感|知晓度|合格度)$")
_SHARE_WORDS = ("占比", "比重", "比例", "占比重", "占比例")
_BARE_SHARE = re.compile(r"[，、（]?占(?:比|了|到)?(?:为|约)?")
# 决算为年初预算的, 达到年度任务的: of what was to be spent or done.
_AIMED = re.compile(r"(?P<who>[^占]*?)(?:为|是|达到?|占|完成了?)(?P<what>[^占]{0,8}(?:预算|任务|计划|目标)[^占]{0,4})")


class RateNamer:
    """Names rates and shares."""

    def __init__(self, before: Before) -> None:
        self._before = before

    def rate(self, phrase: str, role: Role, topic: Topic, context: Context, flow: str, sharer: tuple[str, str]) -> str:
        """A rate that stands alone: 化解率 is 矛盾纠纷化解率, 占…的 says whose share it is."""
        if phrase in _SHARE_WORDS and sharer[0]:
            return sharer[0] + phrase
        if (
            context.gap == "（"
            and not context.left
            and not context.right
            and context.mention.value > 0
            and sharer[0][-1:] not in ("", "率")
        ):
            return sharer[0] + "占比"  # 邻里286件（29.2%）
        if role.kind == SHARE:
            if "占" in phrase[2:] and context.left.endswith("的"):
                return phrase  # 货物采购授予中小企业合同金额占货物支出金额: both are named
            if (aimed := _AIMED.fullmatch(phrase)) and (sharer[0] or topic.measure):
                subject = (sharer[0] or topic.measure).removesuffix(aimed["what"])
                verb = "完成" if "完成" in phrase else "占"
                return (subject if subject.endswith(aimed["who"]) else subject + aimed["who"]) + verb + aimed["what"]
            if sharer[0] and sharer[0] == topic.measure and _BARE_SHARE.fullmatch(context.left):
                return sharer[0] + "占比"  # 项目支出88万元，占42%: of what was said before them all
            if (who := phrase.removesuffix("占")).endswith("的"):
                said = self._before.fallback(context, flow) if "；" in context.gap else ""
                object_ = sharer[1] or sharer[0] or said or topic.object
                return join(object_, who.removesuffix("的")) if len(object_ + who) <= LONGEST else who
            if phrase.startswith("占") or not phrase or context.left.endswith("的"):
                goes_on = topic.sentence == context.sentence and "；" not in context.gap
                fallback = topic.measure if goes_on else self._before.fallback(context, flow)
                subject = sharer[0] if context.left.startswith(("占", "，占")) and sharer[0] else fallback
                return join(subject, phrase if phrase.startswith("占") else "占" + phrase if phrase else "占比")
            return phrase
        if _BARE_RATE.match(phrase) and topic.object and topic.object not in phrase:
            object_ = topic.object
            if len(object_) <= 12 and phrase[:2] not in object_[-2:]:
                return object_ + phrase
        if len(phrase) > 14 and (match := _RATE_TAIL.search(phrase)):
            return match.group() if len(phrase) > 22 else phrase
        return phrase
