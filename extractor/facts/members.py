"""Which numbers go on a breakdown list, from the first of its parts to where another statement begins."""

from __future__ import annotations

import re

from extractor.facts.clause import Lexicon
from extractor.facts.context import Context
from extractor.facts.names import CALLED
from extractor.facts.openers import NEXT, OPENERS
from extractor.facts.roles import LEVEL, Role
from extractor.facts.seconds import SECOND
from extractor.facts.totals import SUMS_UP
from extractor.facts.wholes import compatible, countable, one_slip_off, value
from extractor.model.number import total

_OUTCOMES = ("予以", "不予", "准予")  # 予以公开13件，不予公开2件: what was done with each is the list
_NAME = re.compile(r"，[^、分中]{1,10}")
_RESTARTS = [o for o in OPENERS if o.name in ("其中", "按类分")]
_RESTART_HINT = re.compile(f"[{''.join(sorted(c for o in _RESTARTS for c in o.needs))}]")
_LARGE = 100  # it is rare that figures of other things are one slip away from such a whole
_STOCK = re.compile("存量|原有|续")
_AMONG = re.compile(r"^[^，。；]{0,16}中(?!心)")
_BRACKETED = re.compile(r"（[^（）]*）")
_EXTREME = re.compile(r"最[高低多少大小]")
_NESTED = re.compile(r"^[，（](?:其中)?(?:包括|含)(?!量)")  # …5018万元，包括免费资金4525万元、维修资金493万元；…
_ADDS = re.compile(r"^[，；]加(?:上|之)?(?![强快大固密急挂装工班])")  # 其中本级收入…；加上级补助收入…: beside the whole
_APPOINTS = re.compile(r"(?:请|聘|选)[^，。；]*(?:担?任|为)")  # 请长者担任特邀调解员13人: a statement of its own
_LINK = re.compile(r"^(?:）)?[、，；和及与以并]")
_MARK = re.compile(r"[，、；：。]")
RESIDUAL = re.compile(r"^(?:[、，；以及和]*)(?:其他|其它|其余|剩余|余下|余|另有|另|还有|尚有)")


class Members:
    """Reads the parts of a list."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def parts(self, contexts: list[Context], roles: list[Role], first: int, opener: str) -> list[int]:
        """The numbers that go on the list that ``first`` opens."""
        head = contexts[first]
        parts = [first]
        separator = before = ""
        nested = False
        own = _AMONG.sub("", head.core) if "中" in head.core else head.core
        called = CALLED.fullmatch(head.right)
        starts_with_verb = opener == "括号" or bool(self._lexicon.verb_ahead(own)) or own.startswith(_OUTCOMES)
        for k in range(first + 1, len(contexts)):
            context = contexts[k]
            if context.depth < head.depth or context.sentence != head.sentence:
                break
            if context.depth > head.depth:
                continue
            if roles[k].kind != LEVEL or context.mention.kind in ("percentage", "multiple", "frequency"):
                continue
            if _EXTREME.search(context.left):
                continue  # 单案罚款最高1.2万元: one of what was added, no addend
            if not compatible(head, context) and SECOND.fullmatch(context.gap):
                continue  # the second figure of a part (51批次95人次)
            gap, before = outside_brackets(before + context.gap), ""
            gap = gap.removeprefix(contexts[k - 1].right) if called else gap
            if follows := NEXT.match(gap):
                gap = gap[follows.end("told") :]  # 居首，其后依次是…
            nested = bool(_NESTED.match(gap)) or (nested and not gap.startswith("；"))
            if nested:
                continue  # the parts of a part
            if not compatible(head, context) and _goes_on(contexts, k):
                before = gap  # a number in the name of the next part (14个乡镇综合执法机构办理312件)
                continue
            if not compatible(head, context) or not _LINK.match(gap) or "其中" in gap or _restarts(gap) or _ADDS.match(gap):
                break
            if SUMS_UP.search(gap):
                break
            mark = gap[0] if gap[0] in "、，；" else "、"
            if mark == "，" and contexts[k - 1].mention.kind == "percentage" and _NAME.fullmatch(gap):
                mark = separator  # 甲27件，占比35%，乙18件、丙9件: it ends what was told aside
            residual = bool(RESIDUAL.match(gap))
            if separator and mark != separator and not residual and not (mark in "，" and gap[1:3] == "以及"):
                break
            trimmed = context.core
            told_behind = called and not trimmed and CALLED.fullmatch(context.right)
            if mark in "，；" and not (residual or starts_with_verb or told_behind) and self._status(trimmed):
                break
            separator = separator or ("" if follows else mark)
            parts.append(k)
        return parts

    def _status(self, text: str) -> bool:
        """Whether a clause starts a statement of its own (办结, 提出审查意见) instead of naming one more category."""
        return not text or bool(self._lexicon.verb_ahead(text) or _APPOINTS.match(text))


def more(contexts: list[Context], roles: list[Role], parts: list[int], whole: int) -> list[int]:
    """The next numbers, when the list makes the whole only with them (省、市交办分别为46件、88件，本镇自收122件),
    in whatever they are counted (公开信息236条，其中网站27条，公众号198条，回复诉求11件)."""
    further: list[int] = []
    made = total(contexts[p].mention.interval for p in parts)
    wanted = contexts[whole].mention.interval
    for k in range(parts[-1] + 1, len(contexts)):
        counted = contexts[k].mention.kind == contexts[parts[0]].mention.kind == "count"
        fits = countable(contexts[k], roles[k]) and (counted or compatible(contexts[parts[0]], contexts[k]))
        if not fits or contexts[k].sentence != contexts[parts[0]].sentence or not contexts[k].gap.startswith("，"):
            break
        further.append(k)
        made = made.plus(contexts[k].mention.interval)
        if made.meets(wanted):
            return further
        if made.low is not None and wanted.high is not None and made.low > wanted.high:
            break
    return []


def ended(contexts: list[Context], parts: list[int], whole: int) -> list[int]:
    """The parts of a complete list before a statement of its own that ； parts from them, where these make the whole but for
    one slip of the pen (7214件，物业2186件、…、其余1282件；办结7170件); none where no such statement follows."""
    for length in range(len(parts) - 1, 2, -1):
        behind = contexts[parts[length - 1] + 1 : parts[length] + 1]
        if any("；" in c.gap for c in behind) and one_slip_off(contexts, whole, parts[:length]):
            return parts[:length]
    return []


def one_slip_on(contexts: list[Context], parts: list[int], whole: int, *, least: int = _LARGE) -> list[int]:
    """The next numbers, when all together make the whole but for one slip of the pen: those that 、 joins, whatever words
    they have (其中存量38处、当年新增16处); of large ones (``least``) also those that 「，」 joins."""
    further: list[int] = []
    large = value(contexts, whole) >= least and contexts[whole].mention.kind == "count"
    for k in range(parts[-1] + 1, len(contexts)):
        mark = contexts[k].gap[:1]
        same = contexts[k].sentence == contexts[parts[0]].sentence and compatible(contexts[parts[0]], contexts[k])
        new = "新" in contexts[k].gap and not any(_STOCK.search(contexts[p].gap) for p in parts)  # 骨干70人、新发展6人
        if not same or not (mark == "、" or (mark == "，" and large)) or contexts[k].mention.per is not None or new:
            break
        further.append(k)
    enough = large or all(contexts[k].gap.startswith("、") for k in (*parts[1:], *further))
    return further if further and enough and one_slip_off(contexts, whole, [*parts, *further], two=not large) else []


def _goes_on(contexts: list[Context], index: int) -> bool:
    """Whether the clause of a number goes on to the next number."""
    return index + 1 < len(contexts) and not _MARK.search(contexts[index + 1].gap)


def outside_brackets(gap: str) -> str:
    """The words between two numbers without what stands in brackets among them."""
    return (_BRACKETED.sub("", gap) if "（" in gap else gap).lstrip("）") or gap


def _restarts(gap: str) -> bool:
    """Whether a new list is opened inside the gap (按、从…看、分别为)."""
    return _RESTART_HINT.search(gap) is not None and any(o.pattern.search(gap) for o in _RESTARTS)
