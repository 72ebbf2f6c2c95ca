"""The measure: the shortest phrase that says what a number counts, complete enough to stand alone in a table.

Agent, verb and object are resolved over commas and shared heads: a bare verb (办结) takes the object of the statement it
goes on from (信访事项), a part of a list that of its whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.facts.changes import Changes
from extractor.facts.clause import Lexicon
from extractor.facts.context import Context
from extractor.facts.lists import Breakdown
from extractor.facts.names import GENERIC, JOINING, shared_names
from extractor.facts.roles import CHANGE, LEVEL, PRIOR, SHARE, Role
from extractor.facts.subjects import booked, subject_of

LONGEST, _LONGEST_PLAIN = 30, 26
_TIDY = re.compile(r"[，。；;,：！？]|^(?:[、与等]|和(?![解谐])|及(?![格时]))+|(?:[、和与]|(?<![惠涉普波危顾])及)+$")
_BARE_RATE = re.compile(
    r"^(?:已|按期|按时|及时|平均|综合|总|群众|一次性|实际|回访|其)?(?:成功|办结|化解|调处|调解|调解成功|调处成功|化解成功|结案|办复|答复|采纳|整改|满意|完成|合格|及格|优秀|履行|参与|参考|参训|参加|通过|覆盖|受理|响应|破案|审查|审核|备案|到位|执行|持证|公开|回访|办理|胜诉|出庭|出庭应诉|履约|制止|审结|见面|整治|处置|结果公示|公示|签约|达标|普及|入驻|知晓|建档|配备|就业|及时受理|按期答复)(?:完成)?(?:率|度|比例)$"
)
_RATE_TAIL = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:率|占比|比例|比重|满意度|安全感|知晓度|合格度)$")
_LONGEST_OBJECT, _LONGEST_STATEMENT = 12, 22
_DOERS = ("person", "household", "organ-time", "place")
_NO_TOPIC = ("threshold", "multiple")
_HANDLED = ("case", "case-time", "item", "place")
_SHARE_WORDS = ("占比", "比重", "比例", "占比重", "占比例")
_ENUMERATED = re.compile(r"等$|》$")
_AMONG = re.compile(r"(?:其|当)?中$")
_EDGES = re.compile(r"^[、，的]+|(?:[、，]|(?<![标目])的)+$")
_CONJUNCTION = re.compile(r"(?:以及|(?<![谐平解])和|(?<![参])与|(?<![惠涉普波危顾])及)$")
_LIST_MARKS = re.compile(r"^(?:[，、；：（]|其中|包括|含)+")
_EXISTS = re.compile(r"(?:^|[^只没现共拥])有$")
_TREATED = re.compile(r"^(?:针|应)?对(.+?)(?:进行|开展|实施|予以|作出|加以)")
_COMPARISON = re.compile(r"(?:，|^)?(?:也|已|约|仅)?(?:是|为|达到?|相当于)?(?:上年|去年|上一年|20\d\d年)[^，；]*$")
_DE_RANGE = re.compile(r"^(?:[^，。；]{0,14}?)(?:的)?[\u4e00-\u9fff]{0,6}(?<![途集])中(?!心|队|小|介|药|学|央)")


@dataclass(slots=True)
class Topic:
    """What the running statement is about: the last full measure, its object, and the verb that led to it."""

    measure: str = ""
    object: str = ""
    verb: str = ""
    group: str = ""
    index: int | None = None
    sentence: tuple[int, int] = (0, 0)
    stem: str = ""


class MeasureReader:
    """Names what each number of a passage counts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def measures(
        self, contexts: list[Context], roles: list[Role], lists: list[Breakdown], flow: str, heading: str = ""
    ) -> tuple[list[str], list[int | None]]:
        """``(measures, bases)`` of all numbers of one passage, in order.

        Parameters: ``flow`` the text of the passage; ``heading`` the title that it stands under.

        A base is the index of the figure whose change a number states (受理信访43件，同比下降5%), None elsewhere.
        """
        whole_of = {p: b.whole for b in lists for p in b.parts}
        shared = shared_names(contexts, roles, self._lexicon)
        measures: list[str] = []
        objects: list[str] = []
        bases: list[int | None] = []
        changes = Changes(lists)
        topic, rate_topic, last_subject = Topic(), "", ""
        account = subject_of(flow, heading)
        behind = {b.whole: b.parts for b in lists if b.whole > b.parts[-1]}
        sentence: tuple[int, int] | None = None
        consumed = 0
        for i, context in enumerate(contexts):
            if context.sentence != sentence:
                sentence, rate_topic, consumed = context.sentence, "", 0
            role = roles[i]
            left = (
                context.left[consumed:]
                if consumed and context.left == context.gap and context.mention.kind != "percentage"
                else context.left
            )
            consumed = 0
            kind = context.mention.kind
            over: int | None = None
            if i in shared:
                phrase, obj = self._named(shared[i], topic, whole_of.get(i), measures, objects, i)
            elif role.kind in (CHANGE, PRIOR):
                rated = kind == "points" or (kind == "percentage" and role.kind == PRIOR)
                part = changes.part(contexts, roles, i) if role.kind == CHANGE and not rated else None
                base = rate_topic if rated and rate_topic else topic.measure if part is None else measures[part]
                subject = self._subject(role.subject, topic, self._latest(role.subject, contexts, measures))
                if role.kind == PRIOR and not subject and context.gap.startswith("（"):
                    base = last_subject or base
                if role.kind == CHANGE and not subject and not rated:
                    over = topic.index if part is None else part
                last_subject = subject
                phrase = (subject or base) + (
                    role.word if role.kind == CHANGE and not (subject or base).endswith(role.word) else ""
                )
                obj = topic.object
                if role.kind == PRIOR and subject:
                    topic = Topic(subject, self._lexicon.anatomy(subject).object, "", context.mention.group)
                    if kind == "percentage":
                        rate_topic = subject
                    topic.sentence = context.sentence
                if not (subject or base):
                    phrase = self._fallback(context, flow) + role.word
            elif kind == "multiple":
                subject = self._subject(_COMPARISON.sub("", left), topic)
                phrase, obj, over = subject or topic.measure, topic.object, None if subject else topic.index
            else:
                right = context.right
                if not right and i + 1 < len(contexts) and contexts[i + 1].mention.start == context.behind:
                    right = contexts[i + 1].right  # 6大类23项任务: one noun for both
                before = measures[-1] if i and contexts[i - 1].sentence == context.sentence else ""
                phrase, obj, used = self._level(context, left, right, flow, topic, before, part=i in whole_of)
                consumed = 0 if kind == "threshold" else used
                if i in behind and not context.core and not right:
                    phrase = self._sum_of([measures[p] for p in behind[i]])
                elif i in whole_of:
                    phrase, obj = self._part(phrase, obj, whole_of[i], measures, objects, ahead=not context.core)
            if role.kind == LEVEL and (named := self._lexicon.account(phrase))[1]:
                done = bool(named[0]) and self._lexicon.only_verbs(named[0])  # 完成年初预算: of what was named before
                account = account if done or not named[0] else named[0]
                phrase = account + phrase if done and kind == "percentage" else booked(account, named[1])
            if kind in ("percentage", "points") and role.kind in (LEVEL, SHARE):
                phrase = self._rate(phrase, role, topic, context, flow, self._sharer(i, contexts, roles, measures, objects))
                rate_topic = phrase
            elif role.kind == LEVEL and kind not in _NO_TOPIC and i not in whole_of and not _is_base(contexts, i):
                inherited = topic.object if _akin(topic.group, context.mention.group) else ""
                anatomy = self._lexicon.anatomy(phrase)
                if anatomy.final and not self._lexicon.only_verbs(phrase):
                    running = inherited if topic.sentence == context.sentence else ""
                    obj = obj or running or phrase
                obj = obj or anatomy.object or inherited
                obj = obj if len(obj) <= _LONGEST_OBJECT else ""
                topic = Topic(phrase, obj, anatomy.verb, context.mention.group, i, context.sentence)
            phrase = self._shorten(_TIDY.sub("", phrase))
            measures.append(phrase or self._shorten(_TIDY.sub("", self._fallback(context, flow))))
            objects.append(obj)
            bases.append(over)
        return measures, bases

    def _level(
        self, context: Context, left: str, right: str, flow: str, topic: Topic, before: str, *, part: bool
    ) -> tuple[str, str, int]:
        """Measure and object of a plain figure, and how many characters of the words behind it were used up.

        ``before`` is the measure of the figure before it in the sentence, ``part`` whether it is one of a list.
        """
        lexicon, mention = self._lexicon, context.mention
        core = context.core if left is context.left else lexicon.trim(left)
        core = "" if lexicon.scope_only(core) else lexicon.without_scope(core)
        if part and not core and lexicon.scope_only(own := _LIST_MARKS.sub("", left)):
            core = own
        if match := _DE_RANGE.match(core):
            inner = lexicon.trim(core[match.end() :])
            if len(inner) >= 2:
                among = topic.object if left is not context.left and topic.object not in inner else ""
                core = among + inner if len(among + inner) <= _LONGEST_STATEMENT else inner
        if _CONJUNCTION.search(core):
            core = ""
        relative = context.left.endswith("的")
        listing = (core.count("、") >= 3 and len(core) > 12) or _ENUMERATED.search(core) is not None
        if not core or (listing and len(lexicon.noun_ahead(right)) >= 2) or lexicon.preposition(core):
            return self._leading(context, "" if listing else core, left, right, flow, topic, before)
        if lexicon.superlative(core) and topic.measure:
            return lexicon.without_superlative(topic.measure) + core, topic.object, 0
        if GENERIC.fullmatch(core) and topic.object:
            return topic.object + core, topic.object, 0
        if _AMONG.fullmatch(core):
            whole = topic.object or topic.measure
            return (whole + right if right and len(whole + right) <= _LONGEST_STATEMENT else whole), topic.object, 0
        if lexicon.residual_only(core):
            tail = right if lexicon.pending(right) else ""
            return core + (tail if part else self._join(topic.object, tail)), topic.object, 0
        if mention.kind == "amount" and lexicon.account(core) == ("", core):
            return core, "", 0  # 本年支出75万元: the noun, not the verb
        if lexicon.only_verbs(core):
            verb = lexicon.verb_ahead(right)
            if verb and (mention.kind == "amount" or mention.group == "person"):
                return (core + verb if len(core) + len(verb) <= _LONGEST_STATEMENT else core), "", 0
            noun = lexicon.noun_ahead(right, deed=lexicon.light(core) or relative)
            if len(noun) >= 2 or (noun and noun in "村社组户"):
                return core + noun, noun, len(noun)
            if lexicon.pending(right):
                return self._join(topic.object, right), topic.object, 0
            subject = self._named_before(context) or (topic.object if _akin(topic.group, mention.group) else "")
            alone = len(core) >= 6 or (mention.group == "event" and lexicon.deed(core))
            return (core if alone else self._join(core, subject)), subject, 0
        anatomy = lexicon.anatomy(core)
        if mention.kind != "percentage":
            wants_noun = anatomy.final or relative or mention.unit in ("名", "位")
            noun = lexicon.noun_ahead(right, deed=relative) if right and wants_noun else ""
            if len(noun) >= 2:
                return (core if len(core) <= 12 else core[-8:]) + noun, noun, len(noun)
            verb = lexicon.verb_ahead(right)
            if mention.group == "event" and verb and not anatomy.verb:
                return verb, "", 0
            if right and mention.group in _DOERS and verb and not noun and len(core) + len(verb) <= _LONGEST_STATEMENT:
                return core + verb, core, 0
            if lexicon.pending(right) and mention.group in _HANDLED:
                return self._join(core, right), topic.object, 0
        return core, (anatomy.object if not anatomy.final else ""), 0

    def _leading(
        self, context: Context, stem: str, left: str, right: str, flow: str, topic: Topic, before: str
    ) -> tuple[str, str, int]:
        """Measure and object of a figure whose noun stands behind it (对12名社区戒毒人员), or that has none of its own."""
        lexicon = self._lexicon
        noun = lexicon.noun_ahead(right)
        bound = lexicon.drop_preposition(stem)
        if noun:
            restricted = (stem and stem != bound) or _EXISTS.search(left)
            done = lexicon.verb_ahead(right[len(noun) :]) if restricted else ""
            phrase = noun if len(noun) > 1 or not bound else bound + noun
            return (phrase + done if len(phrase) + len(done) <= _LONGEST_STATEMENT else phrase), noun, len(noun)
        verb = lexicon.verb_ahead(right) or (right if lexicon.pending(right) else "")
        if verb:
            subject = topic.object if lexicon.only_verbs(verb) else ""
            return self._join(subject, verb), topic.object, 0
        if bound:
            return bound, "", 0
        if lexicon.residual(left.lstrip("、，；和及")):
            return self._join("其余", topic.object), topic.object, 0
        if before and context.gap in JOINING:
            return before, topic.object, 0  # 集体访6批次、74人次
        return topic.measure if not context.first else self._fallback(context, flow), topic.object, 0

    def _named_before(self, context: Context) -> str:
        """The matter that a clause of its own names before a bare verb (全镇矛盾纠纷，受理60件), or ''."""
        before = re.split(r"[，：；（）]", context.gap[: len(context.gap) - len(context.left)].rstrip("，："))[-1]
        if match := _TREATED.match(before):
            noun = match[1].rpartition("的")[2]
            return noun if len(noun) <= _LONGEST_OBJECT else ""
        core = self._lexicon.without_scope(self._lexicon.trim(before))
        named = (
            2 <= len(core) <= _LONGEST_OBJECT and not self._lexicon.anatomy(core).verb and not self._lexicon.preposition(core)
        )
        return core if named and not self._lexicon.scope_only(core) else ""

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
        if phrase.endswith(whole_object[-2:]) or whole_object in phrase:
            return phrase, whole_object
        if len(phrase) + len(whole_object) > 22:
            return (whole_object if ahead and self._lexicon.verb_ahead(phrase) else phrase), whole_object
        if ahead and self._lexicon.verb_ahead(phrase):
            return whole_object + phrase, whole_object
        if self._lexicon.verb_ahead(phrase):
            return f"{phrase}（{whole_object}）" if len(phrase) + len(whole_object) < 18 else phrase, whole_object
        return phrase + whole_object, whole_object

    @staticmethod
    def _sum_of(parts: list[str]) -> str:
        """The name of a total that stands behind its parts and has none of its own."""
        joined = "、".join(dict.fromkeys(parts))
        return joined if len(joined) <= _LONGEST_STATEMENT else parts[0]

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
        """Measure and object of the figure whose share a percentage states: the plain figure right before it."""
        k = index - 1
        near = k >= 0 and contexts[k].sentence == contexts[index].sentence and roles[k].kind == LEVEL
        near = near and contexts[k].mention.kind in ("count", "amount", "quantity")
        return (measures[k], objects[k]) if near else ("", "")

    def _rate(self, phrase: str, role: Role, topic: Topic, context: Context, flow: str, sharer: tuple[str, str]) -> str:
        """A rate that stands alone: 化解率 is 矛盾纠纷化解率, 占…的 says whose share it is."""
        if phrase in _SHARE_WORDS and sharer[0]:
            return sharer[0] + phrase
        if role.kind == SHARE:
            if (who := phrase.removesuffix("占")).endswith("的"):
                object_ = sharer[1] or sharer[0] or topic.object
                return object_ + who.removesuffix("的") if len(object_ + who) <= LONGEST else who
            if phrase.startswith("占") or not phrase or context.left.endswith("的"):
                fallback = topic.measure if topic.sentence == context.sentence else self._fallback(context, flow)
                subject = sharer[0] if context.left.startswith(("占", "，占")) and sharer[0] else fallback
                return self._join(subject, phrase if phrase.startswith("占") else "占" + phrase if phrase else "占比")
            return phrase
        if _BARE_RATE.match(phrase) and topic.object and topic.object not in phrase:
            object_ = topic.object
            if len(object_) <= 12 and phrase[:2] not in object_[-2:]:
                return object_ + phrase
        if len(phrase) > 14 and (match := _RATE_TAIL.search(phrase)):
            return match.group() if len(phrase) > 22 else phrase
        return phrase

    def _latest(self, text: str, contexts: list[Context], measures: list[str]) -> str:
        """The measure of the last figure that is counted in the unit a subject names (集体访6批次、74人次，批次下降…)."""
        unit = self._lexicon.trim(text)
        known = (
            m for c, m in zip(reversed(contexts[: len(measures)]), reversed(measures), strict=True) if c.mention.unit == unit
        )
        return next(known, "") if unit else ""

    def _subject(self, text: str, topic: Topic, latest: str = "") -> str:
        core = self._lexicon.without_scope(self._lexicon.trim(text))
        if GENERIC.fullmatch(core):
            subject = latest or topic.object
            return subject + core if subject else ""
        return core if len(core) >= 2 else ""

    def _fallback(self, context: Context, flow: str) -> str:
        """The clause before, when the number's own clause names nothing."""
        start = context.sentence[0]
        before = flow[start : max(start, context.clause - 1)].rstrip("，：；（")
        clause = re.split(r"[，：；（）]", before)[-1]
        core = self._lexicon.without_scope(self._lexicon.trim(clause))
        return core[-20:] if core else self._lexicon.noun_ahead(context.right)

    @staticmethod
    def _join(a: str, b: str) -> str:
        return b if not a or a in b else a if not b or b in a else a + b

    def _shorten(self, phrase: str) -> str:
        """At most 30 characters, cut in front at a verb or behind a 的, so that the head stays whole."""
        phrase = _EDGES.sub("", phrase)
        if len(phrase) <= _LONGEST_PLAIN:
            return phrase
        for cut in self._lexicon.cuts(phrase):
            if 4 <= len(phrase) - cut <= _LONGEST_PLAIN:
                return phrase[cut:].lstrip("、的")
        return phrase[-_LONGEST_PLAIN:] if len(phrase) > LONGEST else phrase


def _akin(a: str, b: str) -> bool:
    """Whether two groups of units may count one matter, so that a bare verb takes over its object."""
    return a == b or not a or not b or (a in _HANDLED and b in _HANDLED) or b not in (*_HANDLED, "money")


def _is_base(contexts: list[Context], index: int) -> bool:
    """Whether a number is only what a rate is measured by (为年初预算4,214万元的102.4%)."""
    following = contexts[index + 1] if index + 1 < len(contexts) else None
    return bool(following and following.gap == "的" and following.mention.kind in ("percentage", "multiple"))
