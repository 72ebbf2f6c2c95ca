"""The measure: the shortest phrase that says what a number counts, complete enough to stand alone in a table.

Agent, verb and object are resolved over commas and shared heads: a bare verb (办结) takes the object of the statement it
goes on from (信访事项), a part of a list that of its whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from extractor.facts.alongside import AIM, aim_of, bound_before, is_base, opened, share_in_turn, told_with
from extractor.facts.before import LONGEST_OBJECT, Before
from extractor.facts.breakdown import Breakdown
from extractor.facts.changes import Changes
from extractor.facts.clause import ACCOUNT_ENDS, REMEMBERED, Lexicon
from extractor.facts.context import Context
from extractor.facts.names import CALLED, GENERIC
from extractor.facts.naming import LONGEST_PLAIN, LONGEST_STATEMENT, Namer, join
from extractor.facts.rates import LONGEST, RateNamer
from extractor.facts.roles import CHANGE, LEVEL, PRIOR, SHARE, Role
from extractor.facts.seconds import is_second
from extractor.facts.subjects import booked, staged, subject_of
from extractor.facts.topic import Topic, akin, of_other_matter

_LOOSE = frozenset("与等和及的")
_TIDY = re.compile(
    r"[，。；;,：！？]|^(?:[、与]|等(?![候待])|和(?![解谐])|及(?![格时]))+"
    r"|(?:[、和]|(?<!参)与|(?<![惠涉普波危顾])及)+$"
)
_NO_TOPIC = ("threshold", "multiple")
_EDGES = re.compile(r"^[、，的]+|(?:[、，]|(?<![标目])的)+$")
_COMPARISON = re.compile(r"(?:，|^)?(?:也|已|约|仅)?(?:是|为|达到?|相当于)?(?:上年|去年|上一年|20\d\d年)[^，；]*$")
_GREW = re.compile(r"(?P<word>增长|增加|提高|上升|扩大)[了约近为]*")
_REACHED = re.compile(
    r"(?:以上|左右)?的?[\u4e00-\u9fff]{1,6}?[到至为成](?:了|约|近|超过?|(?:年[末底]|目前|现在|今年|本年)的?)*"
)  # 由14个精简整合为11个
_STANDARD = re.compile(r"的(?:标准|要求|比例|目标|规模|原则)(?P<rest>.*)")  # 按照每村3名的标准，培育“法律明白人”
# 从类型看，婚姻家庭20宗，劳资21宗。调解成功241宗: the sorts of what was told before, which goes on.
_BY_SORTS = re.compile(r"(?:从|按)[^，。；]{2,8}(?:看|分|划分|统计|来说)[，：]")
_AIMS = ("计划", "任务", "目标", "指标")  # 户厕改造计划300户，完工310户
_EMPTY = ("范围", "情况", "工作", "金额", "方面", "内容", "水平", "力度")
# 未成2起, 上年结转4件: what is left undone or was left over is no object.
_UNDONE = re.compile(r"未(?!成年|来)|没(?!收)|尚|仍|还在|正在|(?:加上?|连同|上一?年度?|20\d\d年度?|年初|期初)*结转$")
_LEFT_OVER = re.compile(
    r"^(?:(?:上一?|20\d\d)年度?)?(?:结转|遗留|剩余)的?(?=..)"
)  # 上年结转案件27件，新立案389件: cases of either sort
_TELLING, _SHORTEST = 4, 3
_TOGETHER = re.compile(r"[两三四五六七八九][项类者种方面]{1,2}|[合加]起来(?:就是|正好|刚好)?这?")
_DONE_WITH = re.compile("收到|接到|接收|受理|登记|开展|举办|组织")  # 收到行政复议申请: the object ends in a verb itself
_COMPARED_WITH = re.compile(r"相比|比较|相较")  # 与上年的20件相比，新收申请减少6件
_AMONG_BEHIND = re.compile(r"(?:里[头面边]|当中|之中)(?=$|[，有仍还就])")
# 年末在册9人, behind what there was 年初.
_CLOSING = re.compile(r"(?:截?至)?(?P<stock>[年期][末底](?:在册|在矫|在管|现有|实有|尚有|仍有)?)[为有]?")
_LAST_YEAR = re.compile(r"^.*?(?:上年度?|去年|上一年度?)(?:同期|全年)?")
_NEWLY = re.compile(r"^新[收接立增](?=..)")
_STATED = re.compile(r"(?:上?年|期)[初末]|现有|在册")


class MeasureReader:
    """Names what each number of a passage counts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._before = lexicon, Before(lexicon)
        self._namer, self._rates = Namer(lexicon, self._before), RateNamer(self._before)

    def measures(
        self,
        contexts: list[Context],
        roles: list[Role],
        lists: list[Breakdown],
        shared: dict[int, str],
        flow: str,
        heading: str = "",
    ) -> tuple[list[str], list[int | None]]:
        """``(measures, bases)`` of all numbers of one passage, in order.

        Parameters: ``shared`` the names that words share out (分别为) by number; ``flow`` the text of the passage; ``heading``
        the title that it stands under.

        A base is the index of the figure whose change a number states (受理信访43件，同比下降5%), None elsewhere.
        """
        whole_of = {p: b.whole for b in lists for p in b.parts}
        measures: list[str] = []
        objects: list[str] = []
        bases: list[int | None] = []
        changes = Changes(lists)
        topic, rate_topic, last_subject = Topic(), "", ""
        account = subject_of(flow, heading)
        behind = {b.whole: b.parts for b in lists if b.whole > b.parts[-1]}
        counted: dict[str, Topic] = {}  # the last statement about each unit: 件次 are of petitions, 件 of cases
        sentence: tuple[int, int] | None = None
        resumed: tuple[Topic, dict[str, Topic]] | None = None  # what a sentence of its sorts interrupts
        consumed = 0
        for i, context in enumerate(contexts):
            if context.sentence != sentence:
                sentence, rate_topic, consumed = context.sentence, "", 0
                topic, counted = resumed or (topic, counted)
                resumed = (topic, dict(counted)) if topic.measure and _BY_SORTS.match(flow, sentence[0]) else None
            role, following = roles[i], contexts[i + 1] if i + 1 < len(contexts) else None
            left = (
                context.left[consumed:]
                if consumed and context.left == context.gap and context.mention.kind != "percentage"
                else context.left
            )
            consumed = 0
            kind = context.mention.kind
            usual = topic
            if (alike := counted.get(context.mention.unit)) and of_other_matter(context.mention, topic):
                topic = alike
            over: int | None = None
            if i in shared:
                phrase, obj = self._named(shared[i], topic, whole_of.get(i), measures, objects, i)
            elif role.kind in (CHANGE, PRIOR):
                rated = kind == "points" or (kind == "percentage" and role.kind == PRIOR)
                part = changes.part(contexts, roles, i) if role.kind == CHANGE and not rated else None
                base = rate_topic if rated and rate_topic else topic.measure if part is None else measures[part]
                subject = self._subject(role.subject, topic, self._latest(role.subject, contexts, measures))
                if role.kind == PRIOR and not subject and topic.unit != context.mention.unit:
                    latest = counted.get(context.mention.unit)  # 事故4起、死亡3人，上年为6起、4人: each of its own
                    base = latest.measure if latest and latest.sentence == topic.sentence == context.sentence else base
                if role.kind == PRIOR and (deed := self._deed(left)):
                    subject = told_with(deed, contexts, measures) or join(deed, _NEWLY.sub("", topic.object))
                beside = bool(i) and contexts[i - 1].sentence == context.sentence
                if role.kind == PRIOR and not subject and beside and roles[i - 1].kind == SHARE:
                    subject = measures[-1].partition("占")[0]  # 土地纠纷占总数的32.1%，比上年的71件少17件
                if role.kind == PRIOR and not subject and context.gap.startswith("（"):
                    base = last_subject or base
                if role.kind == PRIOR and not subject and i + 1 < len(roles) and _COMPARED_WITH.match(context.right):
                    subject = self._subject(roles[i + 1].subject, topic) if roles[i + 1].kind == CHANGE else ""
                goes_on = beside and roles[i - 1].kind == CHANGE
                if role.kind == CHANGE and not role.subject and kind == "percentage" and goes_on:
                    subject = last_subject  # 收支总计多出141万元，增长6.25%
                if role.kind == CHANGE and not subject and not rated:
                    over = topic.index if part is None else part
                last_subject = subject
                stock = role.word if role.kind == PRIOR else ""
                phrase = (
                    stock
                    + (subject or base)
                    + (role.word if role.kind == CHANGE and not (subject or base).endswith(role.word) else "")
                )
                obj = topic.object
                if role.kind == PRIOR and subject:
                    topic = Topic(subject, self._lexicon.anatomy(subject).object, context.mention.group, context.mention.unit)
                    if kind == "percentage":
                        rate_topic = subject
                    topic.sentence = context.sentence
                    obj = topic.object
                if not (subject or base):
                    last_subject = (
                        measures[-1] if beside and roles[i - 1].kind == PRIOR else self._before.fallback(context, flow)
                    )
                    phrase = last_subject + role.word
            elif role.kind == LEVEL and i and roles[i - 1].kind == PRIOR and _REACHED.fullmatch(context.gap):
                phrase, obj = measures[-1], objects[-1]
            elif role.kind == LEVEL and (closing := _CLOSING.fullmatch(left)) and (opening := opened(contexts, roles, i)) >= 0:
                phrase, obj = join(closing["stock"], measures[opening].removeprefix(roles[opening].word)), objects[opening]
            elif kind == "multiple":
                subject = self._subject(_COMPARISON.sub("", left), topic)
                if grew := _GREW.fullmatch(left):
                    subject = join(topic.measure, grew["word"])  # 集体经济收入65万元，增长1.5倍
                phrase, obj, over = subject or topic.measure, topic.object, None if subject else topic.index
            else:
                right = context.right
                if following and (following.mention.start == context.behind if not right else context.core == "分"):
                    right = following.right  # 6大类23项任务: one noun for both; 分3批组织45人次旁听庭审: one deed
                among = _AMONG_BEHIND.match(right)  # 答复的9件里头
                right = right[among.end() :] if among else right
                before = measures[-1] if i and contexts[i - 1].sentence == context.sentence else ""
                runs_on = following is not None and following.mention.start == context.behind + len(context.right)
                phrase, obj, used = self._namer.level(
                    context, left, right, flow, topic, before, part=i in whole_of, runs_on=runs_on
                )
                consumed = 0 if kind == "threshold" or not used else used + (among.end() if among else 0)
                if right[consumed - 1 : consumed + 2] == "村集体":
                    consumed -= 1  # 13个村集体经营性收入: the village is in both names
                if context.right and (standard := _STANDARD.match(context.right)):
                    ahead = following.core if following and following.sentence == context.sentence else ""
                    phrase, consumed = self._lexicon.trim(standard["rest"]) or ahead or phrase, 0
                elif i in behind and (not context.core or _TOGETHER.fullmatch(context.core)):
                    noun = "" if context.core else self._lexicon.noun_ahead(right, runs_on=runs_on)
                    counted_as = noun and phrase.startswith(noun) and not self._lexicon.told(right)
                    phrase = (
                        phrase
                        if counted_as
                        else self._sum_of([measures[p] for p in behind[i]], self._lexicon.verb_ahead(right))
                    )
                    obj = objects[behind[i][0]] if context.core else obj
                elif kind == "count" and (bound := bound_before(contexts, i)) is not None:
                    step = flow[bound.clause : bound.behind].rpartition("、")[2]
                    phrase = self._lexicon.trim(step)
                    earlier = contexts[i - 3].mention.text if i > 2 and step.startswith(bound.mention.text) else ""
                    if earlier and earlier in measures[i - 2]:  # the next step of a scale
                        phrase = measures[i - 2].replace(earlier, bound.mention.text)
                elif context.gap.endswith("（") and (aim := AIM.search(flow, context.sentence[0], context.mention.start)):
                    phrase = aim["aim"]  # 完成下达任务（6万平方米）的107%
                elif context.gap == "（" and not right and i and measures[-1].endswith("率"):
                    phrase = measures[-1].removesuffix("率")
                elif i in whole_of and i - 1 in whole_of and is_second(contexts, i, whole_of):
                    name = contexts[i - 1].core  # the money of a part has the part's name
                    own = self._part(name, "", whole_of[i], measures, objects)[0]
                    phrase, obj = name + context.core if context.core else own, ""
                elif i in whole_of:
                    if not context.core and (called := CALLED.fullmatch(right)):
                        phrase, obj = called["what"], ""
                    phrase, obj = self._part(phrase, obj, whole_of[i], measures, objects, ahead=not context.core)
            if role.kind == LEVEL and phrase[-1:] in ACCOUNT_ENDS and (named := self._lexicon.account(phrase))[1]:
                # 完成年初预算, 为预算: of what was named before.
                done = bool(named[0]) and (self._lexicon.only_verbs(named[0]) or not self._lexicon.trim(named[0]))
                account = named[0] if named[0] and not done else account
                if not account and kind == "amount" and staged(named[1], topic.measure):
                    account = topic.measure
                if done and kind == "percentage":
                    phrase = account + phrase
                elif account or not done or self._lexicon.only_verbs(named[0]):  # else 本年收入 stands alone
                    phrase = booked(account, named[1])
            if kind in ("percentage", "points") and role.kind in (LEVEL, SHARE):
                whole = aim_of(contexts, i, flow) if kind == "percentage" else ""
                phrase = self._rates.rate(
                    phrase, role, topic, context, flow, self._sharer(i, contexts, roles, measures, objects)
                )
                phrase = _out_of(phrase, whole)
                if kind == "percentage" and i not in shared and (divided := share_in_turn(contexts, roles, i)) is not None:
                    phrase = join(measures[divided], "占比")
                rate_topic = phrase
            elif role.kind == LEVEL and kind not in _NO_TOPIC and i not in whole_of and not self._passing(context, following):
                inherited = topic.object if akin(topic.group, context.mention.group) else ""
                anatomy = self._lexicon.anatomy(phrase)
                if anatomy.final and not self._lexicon.only_verbs(phrase):
                    running = inherited if topic.sentence == context.sentence else ""
                    told = _DONE_WITH.fullmatch(anatomy.verb) and len(anatomy.object) >= _TELLING
                    stated = anatomy.object if told else phrase
                    obj = obj or running or stated
                obj = phrase if len(obj) == 1 else obj  # 转办件: the noun is the whole word
                obj = _told(obj, anatomy.object) or inherited
                obj = self._before.named(context) if obj in _EMPTY else obj
                aimed_at = phrase.removesuffix(obj) if obj in _AIMS else ""
                obj = aimed_at if aimed_at and self._lexicon.anatomy(aimed_at).final else obj
                obj = obj if len(obj) <= LONGEST_OBJECT else ""
                topic = Topic(phrase, obj, context.mention.group, context.mention.unit, i, context.sentence)
                counted[topic.unit] = topic
            elif topic is alike:
                topic = usual
            formed = context.mention.per is None and _well_formed(phrase)
            measures.append(phrase if formed else self._formed(phrase, context, flow))
            objects.append(obj)
            bases.append(over)
        return measures, bases

    def _part(
        self, phrase: str, obj: str, whole: int, measures: list[str], objects: list[str], *, ahead: bool = False
    ) -> tuple[str, str]:
        """The measure of a list's part: its own name with the object of the whole; ``ahead`` when the number stands first."""
        if whole >= len(measures):  # the total stands behind its parts
            return phrase, obj
        whole_object = self._lexicon.unquantified(objects[whole] or measures[whole])
        if not whole_object or phrase == measures[whole]:
            return phrase or measures[whole], whole_object
        if self._lexicon.account(phrase)[0]:
            return phrase, whole_object  # 财政拨款收入 of 收入合计 is a name of its own
        own = phrase in whole_object and len(phrase) >= _TELLING  # 运行维护费 of 公务用车购置及运行维护费
        if own or phrase.endswith(whole_object[-2:]) or whole_object in phrase:
            return phrase, whole_object
        if len(phrase) + len(whole_object) > 22:
            return (whole_object if ahead and self._lexicon.verb_ahead(phrase) else phrase), whole_object
        if ahead and self._lexicon.verb_ahead(phrase):
            return whole_object + phrase, whole_object
        if self._lexicon.verb_ahead(phrase):
            return f"{phrase}（{whole_object}）" if len(phrase) + len(whole_object) < 18 else phrase, whole_object
        return join(phrase, whole_object), whole_object

    def _passing(self, context: Context, following: Context | None) -> bool:
        """Whether a figure is no matter that the next ones go on from: the rest of one, or only what a rate is measured by."""
        return is_base(following) or context.core == "剩下" or self._lexicon.residual_only(context.core)

    @staticmethod
    def _sum_of(parts: list[str], deed: str = "") -> str:
        """The name of a total that stands behind its parts and has none of its own but what was done with it."""
        joined = _common(parts) or "、".join(dict.fromkeys(parts))
        name = joined if len(joined) <= LONGEST_STATEMENT else parts[0]
        return name + deed if len(name + deed) <= LONGEST_PLAIN else name

    def _named(
        self, name: str, topic: Topic, whole: int | None, measures: list[str], objects: list[str], index: int
    ) -> tuple[str, str]:
        if whole is not None and whole < index:
            return self._part(name, "", whole, measures, objects)
        return name, topic.object

    @staticmethod
    def _sharer(
        index: int, contexts: list[Context], roles: list[Role], measures: list[str], objects: list[str]
    ) -> tuple[str, str]:
        """Measure and object of the figure whose share a percentage states: the plain figure right before it, or the one that
        a clause between them names (食品加工8.7亿元、建材2.9亿元；食品加工一家独大，占45.3%)."""
        k = index - 1
        context = contexts[index]
        if context.left.startswith("占") and len(context.gap) > len(context.left) + _SHORTEST:
            between = context.gap.lstrip("，；。）")
            named = (j for j in range(k, -1, -1) if contexts[j].sentence == context.sentence and len(contexts[j].core) > 1)
            k = next((j for j in named if between.startswith(contexts[j].core)), k)
        near = k >= 0 and contexts[k].sentence == contexts[index].sentence and roles[k].kind == LEVEL
        near = near and contexts[k].mention.kind in ("count", "amount", "quantity")
        return (measures[k], objects[k]) if near else ("", "")

    def _latest(self, text: str, contexts: list[Context], measures: list[str]) -> str:
        """The measure of the last figure that is counted in the unit a subject names (集体访6批次、74人次，批次下降…)."""
        unit = self._lexicon.trim(text)
        known = (
            m for c, m in zip(reversed(contexts[: len(measures)]), reversed(measures), strict=True) if c.mention.unit == unit
        )
        return next(known, "") if unit else ""

    def _deed(self, left: str) -> str:
        """The bare verb that a figure of last year is told with (去年受理), or ''."""
        deed = self._lexicon.trim(_LAST_YEAR.sub("", left))
        return deed if len(deed) >= 2 and self._lexicon.only_verbs(deed) else ""

    def _subject(self, text: str, topic: Topic, latest: str = "") -> str:
        core = self._lexicon.without_scope(self._lexicon.trim(text))
        if GENERIC.fullmatch(core):
            subject = latest or topic.object
            return subject + core if subject else ""
        return core if len(core) >= 2 else ""

    def _formed(self, phrase: str, context: Context, flow: str) -> str:
        """The phrase without marks, and without a conjunction at either end, with what the figure is an average over."""
        phrase = _TIDY.sub("", phrase) or _TIDY.sub("", self._before.fallback(context, flow))
        return self._shorten(phrase if context.mention.per is None else _averaged(phrase, context))

    def _shorten(self, phrase: str) -> str:
        """At most 30 characters, cut in front at a verb or behind a 的, so that the head stays whole."""
        phrase = _EDGES.sub("", phrase)
        if len(phrase) <= LONGEST_PLAIN:
            return phrase
        for cut in self._lexicon.cuts(phrase):
            if 4 <= len(phrase) - cut <= LONGEST_PLAIN:
                return phrase[cut:].lstrip("、的")
        return phrase[-LONGEST_PLAIN:] if len(phrase) > LONGEST else phrase


def _out_of(phrase: str, whole: str) -> str:
    """The name of a rate with what it is a share of, where that is known and not yet said."""
    return phrase if not whole or whole in phrase or len(phrase + whole) > LONGEST_STATEMENT else f"{phrase}占{whole}"


def _common(parts: list[str]) -> str:
    """What the names of all parts end with, when that stands alone (专职网格员、兼职网格员)."""
    shared = takewhile(lambda letters: len(set(letters)) == 1, zip(*(p[::-1] for p in parts), strict=False))
    tail = "".join(letters[0] for letters in shared)[::-1].lstrip("职类级型性的")
    return tail if len(parts) > 1 and len(tail) >= _SHORTEST and len(set(parts)) > 1 else ""


def _well_formed(phrase: str) -> bool:
    """Whether a phrase is a measure as it stands: words alone, not too many, and nothing loose at either end."""
    return phrase.isalnum() and len(phrase) <= LONGEST_PLAIN and phrase[0] not in _LOOSE and phrase[-1] not in _LOOSE


@lru_cache(REMEMBERED)
def _told(obj: str, said: str) -> str:
    """The object that a topic keeps: ``obj``, else the one that the measure itself names (``said``)."""
    done = next((o for o in (obj, said) if o and not _UNDONE.match(o)), "")
    return _LEFT_OVER.sub("", _STATED.split(done)[0])


def _averaged(phrase: str, context: Context) -> str:
    """The phrase with what the figure is an average over: 人均, 每村; not for how often a deed is done."""
    per = context.mention.per
    if context.mention.kind == "frequency" or f"{per}均" in phrase or f"每{per}" in phrase:
        return phrase
    if f"{per}均" in context.gap:
        return f"{per}均{phrase}"
    said = re.search(f"每[一1]?[个名位家支所处座]?{per}", context.gap)  # 平均每个社区12名
    each = said.group() if said else f"每{per}"
    own = phrase.removeprefix(f"{per}") if len(phrase) > len(f"{per}") else phrase  # 社区场次42场，平均每个社区3场
    return phrase if phrase.startswith(each) else each + own
