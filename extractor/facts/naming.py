"""The measure and object of one plain figure, from the words of its own clause and, where they are bare, of its topic."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.facts.before import LONGEST_OBJECT, Before
from extractor.facts.clause import REMEMBERED, Anatomy, Lexicon
from extractor.facts.context import Context
from extractor.facts.names import CALLED, GENERIC, JOINING
from extractor.facts.topic import HANDLED, Topic, akin
from extractor.model import Mention

LONGEST_PLAIN, LONGEST_STATEMENT = 26, 22
_SHORT_NOUNS = "村社组户"
_DOERS = ("person", "person-time", "household", "organ-time", "place")
_ENUMERATED, _AMONG, _SPENT = ("等", "》"), ("其中", "当中", "中"), ("总投资", "投资", "投入", "计划投资", "开支")
_PAID = ("安排", "拨付", "列支", "落实", "下达")
_CONJOINING = frozenset("及和与")
_CONJUNCTION = re.compile(r"(?:以及|(?<![谐平解])和|(?<![参])与|(?<![惠涉普波危顾])及)$")
_LIST_MARKS = re.compile(r"^(?:[，、；：（]|其中|包括|含)+")
_EXISTS = re.compile(r"(?:^|[^只没现共拥])有$")
_PREDICATE = re.compile(r"在(?![编册岗校])|尚|仍|正|还|因|经|均|全部|已|未|被|由|须|需|引导")
_OPEN = re.compile(r"仍|尚|还在|正|在办|未(?!成年|来)|没(?!收)")  # 办结62件，2件仍在期限内办理: not of what was done
_LACKS = re.compile(r"(?:尚|仍|还)?(?:未(?!成年|来)|没(?!收))")
_COUNTED = re.compile(r"[一二两三四五六七八九十][个名支项件户家条所处座次场][^、，]+、$")  # 辖九个行政村、八十六个组
_HIGHER = re.compile(r"上级|(?:国家|[省市县区旗州]).{0,6}(?:[转交]办|转[来送]|下转)|[转交]办|转[来送交]")
_OWN_LEVEL = re.compile(r"[我本][镇乡县区旗市局街道]{1,2}|[镇乡县区旗市街道]{1,2}本级|本级")
_BRACKETED = re.compile(r"^）?[、和及与]+([^，。；：（）、]{2,14})（$")  # 饮水（74件）、道路（59件）
_ASKS = re.compile(r"^所|(?:设|纳入)$")  # 所发642条信息, 城区设14个社区: the noun stands behind
_INSIDE = re.compile(r"(?:为|对|向|给|在)[^，。；]{0,6}(?:内|里|域|辖区)")
_MARKS = re.compile("[，。；：、！？…）]")
_GOVERNS = re.compile(r"面对|针对|对(?![照口接应比方账外内])|把|将|围[着绕]|盯[着住]|[给替帮](?=全|各|辖|手|现|剩|余)")
_BUT = re.compile(r"(?P<why>[\u4e00-\u9fff]{2,})[之以]?外")  # 除2人因病住院外
_BEING = frozenset("为是系属")
_IS = re.compile(r"(?:为|是|系|属于?)(?!了)(?P<what>[^，。；：（）、]{2,22})(?=[，。；]|$)")
_RESULT_ENDS = frozenset("完掉好齐来去了")
_RESULTATIVE = re.compile(
    r"(?:还没|没|都|已)?(?!良|友|爱|美)[\u4e00-\u9fff](?:[完掉好齐]|[出下回上](?:来|去))了?"
)  # 改完, 退回去
_LONGEST_NOUN = 12
# 口袋书600册发至乡镇, 合同4份构成: a predicate by its shape.
_TOLD = re.compile(r"^[\u4e00-\u9fff]{1,2}[至到于自在成进入往给](?![\u4e00-\u9fff]?$)|(?:组成|构成|空缺|不落)$")
_MADE_OF = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,8})(?:组成|构成)$")  # 普法队由23名队员组成
_POINT = re.compile(r"(?:上?年|期)[初末]")  # 年末12人, behind other figures of the same matter
_ATTRIBUTED, _PLACE_END = ("项", "个"), re.compile(r"[局站所队镇乡村]$|中心$|街道$|大厅$")
_MEAN = re.compile(r"[人户村次案件亩月年日周季天]均")
_AGED = re.compile(r"\d+岁|[一二三四五六七八九十]+岁")
_AMONG_END = re.compile(r"(?<![集其当途])中$")
_OF_ALL = re.compile(r"均|全部|都|人人|(?:实现|做到)?全?覆盖")
_BODY_END = re.compile(r"会议$|[会委组府局办所院长]$|书记$")
# Opens a matter: takes no object of a sentence before.
_INTAKE = re.compile(r"(?:新|正式)?(?:立案|受理|接收|接到|收到|登记|排查)")
_ADDED = re.compile(r"再?新?(?:增加?|培育|培养|建|添)|召开|举办")
_NEW_MATTER = re.compile(r"[；：]")
_DE_RANGE = re.compile(r"^(?:[^，。；]{0,14}?)(?:的)?[\u4e00-\u9fff]{0,6}(?<![途集初高职])中(?!心|队|小|介|药|学|央)")


class _Words(NamedTuple):
    """What the words before a number say by themselves: which ``sort`` they are that leans on something said before, whether
    they list things, end in a preposition, or are made of verbs alone."""

    sort: str
    listing: bool
    preposition: bool
    verbal: bool
    anatomy: Anatomy


class Namer:
    """Names plain figures."""

    def __init__(self, lexicon: Lexicon, before: Before) -> None:
        self._lexicon, self._before = lexicon, before
        # What a phrase says by itself: one seen before costs a look-up.
        self._unscoped = lru_cache(REMEMBERED)(self._unscoped_of)
        self._stem = lru_cache(REMEMBERED)(self._stem_of)
        self._words = lru_cache(REMEMBERED)(self._words_of)

    def level(
        self, context: Context, left: str, right: str, flow: str, topic: Topic, before: str, *, part: bool, runs_on: bool
    ) -> tuple[str, str, int]:
        """Measure and object of a plain figure, and how many characters of the words behind it were used up.

        ``before`` is the measure of the figure before it in the sentence, ``part`` whether it is one of a list, ``runs_on``
        whether the next number follows the words behind it without a mark.
        """
        lexicon, mention = self._lexicon, context.mention
        core = context.core if left is context.left else lexicon.trim(left)
        named = self._unscoped(core)
        # Of parts, and beside what came from above, 镇本级接待受理 is a name.
        contrasted = part or (_OWN_LEVEL.match(core) and _HIGHER.search(before))
        core = core if contrasted and lexicon.only_verbs(named) else named
        if part and not core and lexicon.scope_only(own := _LIST_MARKS.sub("", left)):
            core = own
        core = self._stem(core)
        if left[-1:] == "、" and ((context.left == context.gap and not context.first) or _COUNTED.search(left)):
            core = ""  # the words before belong to the number before them
        if "中" in core and (match := _DE_RANGE.match(core)):
            inner = lexicon.trim(core[match.end() :])
            if len(inner) >= 2:
                among = topic.object if left is not context.left and topic.object not in inner else ""
                if not among and _AGED.match(inner):
                    among = core[: match.end() - 1]
                core = among + inner if len(among + inner) <= LONGEST_STATEMENT else inner
        if core[-1:] in _CONJOINING and _CONJUNCTION.search(core):
            core = ""
        if left.endswith("了的") and not lexicon.only_verbs(core):
            core += "了"  # 给了的4件: the words before 的 are all there is of a name
        if core.endswith("除") and (but := _BUT.fullmatch(right)):
            return join(topic.object, but["why"]), topic.object, 0
        words = self._words(core)
        relative, listing = context.left.endswith("的"), words.listing
        if not core and context.gap == "）":
            core = lexicon.without_scope(lexicon.trim(_before_bracket(flow[context.sentence[0] : context.clause])))
            words = self._words(core)
        if not core and (beside := _BRACKETED.match(context.gap)):
            return beside[1], "", 0
        if not core or (listing and len(lexicon.noun_ahead(right)) >= 2) or words.preposition:
            return self._leading(context, "" if listing else core, left, right, flow, topic, before, runs_on=runs_on)
        if words.sort and (leaning := self._leaning(words.sort, core, right, topic, part=part)):
            return *leaning, 0
        if mention.kind == "amount" and not right and not part and core in _SPENT:
            said = self._before.clause(context)
            goes_on = topic.measure if topic.sentence == context.sentence and not _NEW_MATTER.search(context.gap) else ""
            return (said or goes_on) + core, topic.object, 0
        if mention.kind == "amount" and not right and core in _PAID and (said := self._before.opening(context)):
            return core + said, said, 0
        if mention.kind == "amount" and lexicon.account(core) == ("", core):
            return core, "", 0  # 本年支出75万元: the noun, not the verb
        if words.verbal:
            if right:
                verb = lexicon.verb_ahead(right)
                if verb and core == "分":
                    return verb, "", 0
                if verb and (mention.kind == "amount" or mention.group.startswith("person")):
                    return (core + verb if len(core) + len(verb) <= LONGEST_STATEMENT else core), "", 0
                noun = lexicon.noun_ahead(right, deed=lexicon.light(core) or relative, runs_on=runs_on)
                if len(noun) >= 2 or (noun and noun in _SHORT_NOUNS):
                    deed = lexicon.verb_ahead(right[len(noun) :]) if lexicon.pivot(core) and not runs_on else ""
                    return _fitting(core + noun, deed), noun, len(noun)
                if lexicon.pending(right):
                    return join(topic.object, right), topic.object, 0
            lent = akin(topic.group, mention.group) and (topic.sentence == context.sentence or not _INTAKE.fullmatch(core))
            named = self._before.named(context)
            if not named and (said := self._before.again(context, core)):
                return said, "", 0
            subject = named or self._before.opening(context) or (topic.object if lent else "")
            if not subject and mention.kind == "amount" and topic.sentence == context.sentence and lexicon.pays(core):
                subject = topic.object or topic.measure
            if core.startswith("实际") and (due := subject.rfind("应")) >= 0:
                return _fitting(subject[:due], core), subject, 0  # 负责人应出庭41件，实际出庭41件
            if not subject and _ADDED.fullmatch(core):
                subject = self._before.object(context)
            alone = len(core) >= 6 or (mention.group == "event" and lexicon.deed(core))
            return (core if alone else join(core, subject)), subject, 0
        anatomy = words.anatomy
        if right and mention.kind != "percentage":
            if (relative or not anatomy.verb) and (governed := _GOVERNS.match(core)):
                noun = "" if lexicon.told(right) else lexicon.noun_ahead(right, runs_on=runs_on, bound=True)
                if len(noun) >= 2:  # 对现存19件文件开展清理
                    return _fitting(core[governed.end() :] + noun, lexicon.verb_ahead(right[len(noun) :])), noun, len(noun)
            wants_noun = anatomy.final or relative or lexicon.light(core) or _ASKS.search(core) or mention.unit in ("名", "位")
            wants_noun = wants_noun or left.endswith(("了", "着")) or self._attribute(mention, core, right, runs_on=runs_on)
            noun = lexicon.noun_ahead(right, deed=relative or lexicon.light(core), runs_on=runs_on) if wants_noun else ""
            if not noun and mention.unit in _ATTRIBUTED and not runs_on and not anatomy.verb and _PLACE_END.search(core):
                noun = lexicon.noun_ahead(right)  # 乡便民服务中心27项高频事项实现“就近办”
            if len(noun) >= 2 or (noun and noun in _SHORT_NOUNS):
                behind = right[len(noun) :]
                deed = lexicon.verb_ahead(behind) if lexicon.attends(behind) and not runs_on else ""
                return _fitting(_short(core) + noun, deed), noun, len(noun)
            verb = lexicon.verb_ahead(right)
            if mention.group == "event" and verb and not anatomy.verb:
                return (core + verb if _BODY_END.search(core) and len(core + verb) <= LONGEST_STATEMENT else verb), "", 0
            if anatomy.verb == "" and _OF_ALL.match(right) and not lexicon.attends(verb):
                return core, core, 0  # 安置帮教对象39名均落实了帮扶措施: what holds of all tells nothing about the number
            if mention.group in _DOERS and verb and not noun and len(core) + len(verb) <= LONGEST_PLAIN:
                return core + verb, core, 0
            if relative and verb and core.startswith("对"):
                return core[1:] + verb, "", 0
            if lexicon.pending(right) and mention.group in HANDLED:
                return join(core, right), topic.object, 0
        return core, (anatomy.object if not anatomy.final else ""), 0

    def _attribute(self, mention: Mention, core: str, right: str, *, runs_on: bool) -> bool:
        """Whether a count stands before the noun that it counts, which ends the clause (街道、社区两级共12个调委会): there is
        nothing that could be told about what stands before the number."""
        if mention.kind != "count" or runs_on or len(right) > _LONGEST_NOUN or _TOLD.search(right):
            return False
        return not self._lexicon.told(right) and self._lexicon.noun_ahead(right) == right

    def _unscoped_of(self, core: str) -> str:
        """The words without 全镇 in front; '' where they only say where."""
        return "" if self._lexicon.scope_only(core) else self._lexicon.without_scope(core)

    def _stem_of(self, core: str) -> str:
        """The words without what says of how many in all (全部, 每村) at their end; of 为镇内 (10家企业提供服务) the 为."""
        if _MEAN.fullmatch(core):
            return ""
        stem = core if self._lexicon.scope_only(core) else self._lexicon.without_extent(core)
        return stem[0] if _INSIDE.fullmatch(stem) else stem

    def _words_of(self, core: str) -> _Words:
        lexicon = self._lexicon
        return _Words(
            sort=self._sort(core),
            listing=core.endswith(_ENUMERATED) or (len(core) > 12 and core.count("、") >= 3),
            preposition=lexicon.preposition(core),
            verbal=(len(core) == 1 and core not in _SHORT_NOUNS)  # 设24个社区: one character alone is a verb
            or lexicon.only_verbs(core)
            or (core[-1:] in _RESULT_ENDS and _RESULTATIVE.fullmatch(core) is not None),
            anatomy=lexicon.anatomy(core),
        )

    def _sort(self, core: str) -> str:
        """Which words that lean on something said before a phrase is; '' for others."""
        if self._lexicon.superlative(core):
            return "superlative"
        if GENERIC.fullmatch(core):
            return "generic"
        if core in _AMONG:
            return "among"
        if self._lexicon.residual_only(core):
            return "residual"
        return "inside" if _AMONG_END.search(core) else ""

    def _leaning(self, sort: str, core: str, right: str, topic: Topic, *, part: bool) -> tuple[str, str] | None:
        """Measure and object of a figure whose words lean on what was said before (最高, 总数, 其中, 其余, …中)."""
        lexicon = self._lexicon
        if sort == "superlative":
            return (lexicon.without_superlative(topic.measure) + core, topic.object) if topic.measure else None
        if sort == "generic":
            # 拆除违法建设23处，面积1870平方米: not of what a figure before was about
            foreign = topic.object not in topic.measure and lexicon.anatomy(topic.measure).object
            about = topic.measure if foreign else topic.object
            return (about + core, about) if about else None
        if sort == "among":
            whole = topic.object or topic.measure
            return (whole + right if right and len(whole + right) <= LONGEST_STATEMENT else whole), topic.object
        if sort == "residual":
            if (called := CALLED.fullmatch(right)) and topic.object[-2:] and topic.object[-2:] in called["what"]:
                return core + called["what"], called["what"]  # 其余738艘为小型渔船
            told = lexicon.pending(right) or lexicon.verb_ahead(right) or _PREDICATE.match(right)
            whole = core if part else core + topic.object
            return (whole + right if told and len(whole + right) <= LONGEST_PLAIN else whole), topic.object
        whole = core.removesuffix("中").removesuffix("当")
        return _fitting(whole, right), whole

    def _leading(
        self, context: Context, stem: str, left: str, right: str, flow: str, topic: Topic, before: str, *, runs_on: bool
    ) -> tuple[str, str, int]:
        """Measure and object of a figure whose noun stands behind it (对12名社区戒毒人员), or that has none of its own."""
        lexicon, mention = self._lexicon, context.mention
        if not stem and right[:1] in _BEING and (called := _IS.match(flow, context.behind)):
            what = called["what"]  # 386艘为船长12米以上的大中型渔船
            return _fitting(what, "" if topic.object[-2:] in what else topic.object), topic.object, 0
        bound = lexicon.drop_preposition(stem)
        if bound and bound != stem and (made := _MADE_OF.match(right)):
            return join(bound, made["what"]), made["what"], 0
        noun = lexicon.noun_ahead(right, runs_on=runs_on, bound=stem != bound or bool(_GOVERNS.match(left))) if right else ""
        if noun:
            behind = right[len(noun) :]
            restricted = (stem and stem != bound) or _EXISTS.search(left) or (not runs_on and lexicon.attends(behind))
            done = (behind if _LACKS.match(behind) else lexicon.verb_ahead(behind)) if restricted else ""
            done = done or (behind if not runs_on and lexicon.pending(behind) else "")  # 1宗原告撤诉
            phrase = noun if len(noun) > 1 or not bound else bound + noun
            return (phrase + done if len(phrase) + len(done) <= LONGEST_STATEMENT else phrase), noun, len(noun)
        verb = lexicon.verb_ahead(right) or (right if lexicon.pending(right) else "")
        if verb:
            subject = topic.object if lexicon.only_verbs(verb) else ""
            return join(subject, verb), topic.object, 0
        if bound:
            return bound, "", 0
        if lexicon.residual(left.lstrip("、，；和及")):
            return join("其余", topic.object), topic.object, 0
        if topic.object and (point := _POINT.fullmatch(left.strip("，、；："))):
            return topic.object + point.group(), topic.object, 0
        if before and (not context.gap or context.gap in JOINING) and not (context.gap == "，" and _OPEN.match(right)):
            return before, topic.object, 0  # 集体访6批次、74人次
        if topic.object and not runs_on and _PREDICATE.match(right) and len(topic.object + right) <= LONGEST_STATEMENT:
            return topic.object + right, topic.object, 0
        if "；" in context.gap and (said := self._before.fallback(context, flow)):
            return said, "", 0
        people, of_people = (g.startswith("person") for g in (mention.group, topic.group))
        if people and not of_people and (had := self._before.object(context)):
            return had, had, 0  # 5所中小学均配备法治副校长，共5名
        return topic.measure if not context.first else self._before.fallback(context, flow), topic.object, 0


def _before_bracket(text: str) -> str:
    """The words before the last bracket of a text, unless a number is among them (正式受理（含上年结转5宗）263宗)."""
    words = _MARKS.split(text[: text.rfind("（")])[-1]
    return "" if any(c.isdigit() for c in words) else words


def _short(core: str) -> str:
    """The words before a noun; of long ones those behind their last mark or 的."""
    if len(core) <= LONGEST_OBJECT:
        return core
    end = re.split("[、的]", core)[-1]
    if "”" in end and "“" not in end:
        return ""
    return end if 1 < len(end) <= LONGEST_OBJECT else core[-8:]


def join(a: str, b: str) -> str:
    """Two phrases as one; one that holds the other stands alone, and what ends one and starts the other is said once."""
    if not a or a in b:
        return b
    return a if not b or b in a else a + (b[2:] if a[-2:] == b[:2] else b)


def _fitting(phrase: str, deed: str) -> str:
    return phrase + deed if len(phrase + deed) <= LONGEST_PLAIN else phrase
