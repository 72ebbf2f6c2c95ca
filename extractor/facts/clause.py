"""A clause taken apart around a number: lead-in, agent, verb, object; by word classes, never by lists of nouns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.rules import Ruleset

REMEMBERED = 8192
ACCOUNT_ENDS = frozenset("算入出数")
_ASPECT = r"[了过着]?"
_ATTRIBUTES = re.compile(r"[^、的]{2,10}、[^、的]{2,10}的(?=..)")
ASPECT_MARK = re.compile(r"(?![为除])[\u4e00-\u9fff](?:了(?![解结断])|着(?![力重手眼色陆])|过(?![程关半渡路度期户敏滤]))")
_ALSO, _GOING, _FARTHEST = frozenset("且又而"), frozenset("到赴去往"), 12
_RESULT = re.compile(r"^(?:[出下起回上过](?:去|来)|完毕|[掉完])了?")  # 答复出去9件: how the deed ended, no object
_TIMES = "半年|半个?月|两个?月|季度|季|年|月|周|星期|日|天|学期"
_WHERE = re.compile(r"^在[^，。；]{2,8}(?<!集)[中上时](?!心)")
_NORM = re.compile(r"的(?=标准|要求|比例|目标|规模|原则|频次|速度|经验|做法|成绩|成效|事迹)")
_WHOLLY = re.compile(r"全部|均|都|全员")
_AMONG_TAIL = re.compile(r"(?:(?<=..)[当之]中|(?<![集途其])中|里[头面边])有?$")
_HOLDERS = "[村户镇乡]|社(?!区)|组(?!织)"  # nouns of one letter that have incomes and debts
_MUST = "应当?|需要?|须"
_NOUN_STOPS = "[今去当]年|目前|至今|年[内底末]|"
_NOUN_STOPS += "中(?!心|小|队|共|国|介|药|医|期|层|职|等)|等(?!级)|每|就|是|有|分|占|能|主要(?!负责)|且(?!末)|以下|"
_NOUN_STOPS += "应当?(?=[参考到训出述持办报]|接受|完成)|[需须](?=参|要|接受|完成)|"
_NOUN_STOPS += "以上(?!的?[\u4e00-\u9fff]{0,4}(?:干部|人员|领导|患者|对象))"


class Anatomy(NamedTuple):
    """A trimmed clause: ``verb`` its first verb ('' for none), ``object`` what follows, ``final`` whether a verb ends it."""

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
        each = f"(?:按照?|以)?(?:平均)?每(?:[一1]?(?:个|名|位|家|支|所|处))?(?:{things}|{_TIMES})(?:（[社区村居组]{{1,3}}）)?"
        mean = f"{each}|平均(?!分)|[人户村次案件亩]均(?!可支配|纯收入)"
        self._lead = re.compile(
            f"(?:{mean}|(?:场次|[期场条篇格车辆宗起批卷班单])均(?!价)|{lead}|(?:{alternatives['scope']})(?=[、，]|共|累计|现有|已|$))+"
        )
        # What stands between a verb and the things it counts, or behind a body: 覆盖全部11个村, 乡党委会全年5次, 实现每村4户.
        self._extent = re.compile(
            f"(?:(?:坚持|做到|实现|达到)?(?:{mean})|全年|年内|本年|当年|全部|所有|{alternatives['scope']})$"
        )
        self._extent_ends = frozenset("均年内部有") | {w[-1] for w in (*words["per"], *words["scope"], *_TIMES.split("|"))}
        self._verbs_end = re.compile(
            f"(?:{alternatives['adverb']}|{alternatives['manner']}|全年|年内|(?:{alternatives['verb']}){_ASPECT}|(?<=..)[\u4e00-\u9fff][完掉好齐]了?)+$"
        )
        self._pivot = re.compile(f"(?:{alternatives['pivot']}){_ASPECT}$")
        self._attends = re.compile(
            f"(?:{_MUST}|{alternatives['adverb']}|{alternatives['manner']}|进行|完成)*(?:{alternatives['attend']})"
        )
        self._manner = re.compile(f"(?:{alternatives['adverb']}|{alternatives['manner']})+")
        self._scope_lead = re.compile(f"(?:{alternatives['scope']})(?=[\u4e00-\u9fff“])(?!面积)")
        self._tail = re.compile(f"(?:{copula})+$")
        self._tail_ends, self._preposition_ends = (
            frozenset(re.sub(r"\(\?!.*\)$", "", w)[-1] for w in words[k]) for k in ("copula", "preposition")
        )
        self._preposition_tail = re.compile(f"(?:{preposition})$")
        verbs = f"(?:{alternatives['verb']}){_ASPECT}(?!{'|'.join(words['nominal'])})"
        self._noun_end = re.compile(f"(?:{alternatives['noun-end']})$")
        self._before_sum = re.compile(
            rf"[\u4e00-\u9fff“”]{{0,8}}?(?:{alternatives['noun-end']}|{_HOLDERS})(?<!重点)"
            rf"(?=[\u4e00-\u9fff]{{0,8}}(?:{'|'.join(words['sum-name'])})(?:合计|总计|{copula}|同比|[比较](?:上年|去年)|{alternatives['up']}|{alternatives['down']})*$)"
        )
        self._break = re.compile(alternatives["break"])
        self._verb = re.compile(verbs)
        self._only_verbs = re.compile(
            f"(?:{alternatives['adverb']}|新?(?:{alternatives['verb']}){_ASPECT}|{alternatives['pending']}|[、和并])+"
        )
        verbal = (*words["adverb"], *words["verb"], *words["pending"], *"新、和并")
        self._verbal_starts, self._verbal_ends = {w[0] for w in verbal}, {w[-1] for w in (*verbal, *"了过着")}
        self._stop = re.compile(f"(?:{alternatives['adverb']}|{preposition}|{verbs}|{_NOUN_STOPS})")
        self._no_noun = re.compile(f"{preposition}|{_NOUN_STOPS}")
        self._clause_start = re.compile(f"(?:{alternatives['adverb']}|{preposition}|是|就)")
        self._verb_phrase = re.compile(f"(?:{_MUST}|{alternatives['adverb']}|{alternatives['manner']})*{verbs}")
        self._quantifier = re.compile(f"^(?:{alternatives['quantifier']})(?=[\u4e00-\u9fff]{{2}})")
        self._account_head = re.compile(f"(?:{alternatives['account-head']})$")
        self._superlative = re.compile(f"(?:{alternatives['superlative']})(?:的)?(?:一[件起宗笔次例])?")
        self._superlative_end = re.compile(f"(?:{self._superlative.pattern})$")
        self._light = re.compile(f"(?:{alternatives['light-verb']}){_ASPECT}$")
        self._pays = re.compile(f"(?:{alternatives['adverb']})*(?:{alternatives['pay']}){_ASPECT}")
        self._deed = re.compile(f"(?:{alternatives['light-verb']}){_ASPECT}(?=..)")
        self._pending = re.compile(alternatives["pending"])
        self._finished = re.compile(alternatives["finished"])
        self._scope_only = re.compile(f"(?:{preposition})?(?:{alternatives['scope']})")
        self._residual_only = re.compile(f"(?:{alternatives['residual']})+")
        self._residual = re.compile(f"^(?:{alternatives['residual']})")
        # Clerks of all townships write the same clauses: one seen before costs a look-up.
        self.trim = lru_cache(REMEMBERED)(self._trim)
        self.anatomy = lru_cache(REMEMBERED)(self._anatomy)
        self.only_verbs = lru_cache(REMEMBERED)(self._made_of_verbs)
        self.noun_ahead = lru_cache(REMEMBERED)(self._noun_ahead)
        self.verb_ahead = lru_cache(REMEMBERED)(self._verb_ahead)
        self.up = re.compile(alternatives["up"])
        self.down = re.compile(alternatives["down"])

    def _trim(self, left: str) -> str:
        """The words before a number without lead-in (全年, 其中, 共) and without copula (达, 为, 共)."""
        previous = None
        while previous != left:
            previous = left
            if match := self._lead.match(left):
                left = left[match.end() :]
            if left[-1:] in self._tail_ends:  # searching for the end of a phrase is dear
                left = self._tail.sub("", left)
        left = left.lstrip("的")
        return left.strip("、，：；”· ") if left[-1:] != "”" or "“" not in left else left.lstrip("、，：； ")

    def without_scope(self, text: str) -> str:
        """The phrase without 全镇, 我镇 in front."""
        match = self._scope_lead.match(text)
        return text[match.end() :] if match else text

    def cuts(self, phrase: str) -> list[int]:
        """Where a long phrase may be cut in front: at a verb, or behind a 的."""
        return sorted({m.start() for m in self._verb.finditer(phrase)} | {m.end() for m in re.finditer("的", phrase)})

    def without_extent(self, text: str) -> str:
        """The phrase without 全部, 全年, 全县, 每村 at its end."""
        match = self._extent.search(text) if text[-1:] in self._extent_ends else None
        return self.without_extent(text[: match.start()]) if match else text

    def pivot(self, text: str) -> bool:
        """Whether the phrase ends in a verb whose object does something itself (组织58名干部参加考试)."""
        return bool(self._pivot.search(text))

    def attends(self, text: str) -> bool:
        """Whether a predicate says what people took part in or got (参加考试): without it the measure is not told. Where it
        holds of all of them (调解员全部接受轮训) it tells nothing about the number, unless it is an examination or a report."""
        match = self._attends.match(text)
        return match is not None and ("考" in text or "述" in text or not _WHOLLY.search(match.group()))

    def scope_only(self, text: str) -> bool:
        """Whether the phrase says only where (在全镇)."""
        return bool(self._scope_only.fullmatch(text))

    def preposition(self, text: str) -> bool:
        """Whether the phrase ends in a preposition, so that the number starts a noun phrase (对12名社区戒毒人员)."""
        if text[-1:] not in self._preposition_ends:
            return False
        return bool(self._preposition_tail.search(text)) and not self._verb.fullmatch(text[-2:])

    def drop_preposition(self, text: str) -> str:
        return self._preposition_tail.sub("", text)

    def _made_of_verbs(self, text: str) -> bool:
        """Whether the phrase is made of verbs and adverbs alone (已化解, 正在办理)."""
        verbal = text[:1] in self._verbal_starts and text[-1:] in self._verbal_ends
        return verbal and bool(self._only_verbs.fullmatch(text))

    def _anatomy(self, text: str) -> Anatomy:
        """The first verb of a trimmed clause and the object behind it."""
        first = self._verb.search(text)
        if first is None:
            return Anatomy(text, "", _head(text), False)
        rest = _RESULT.sub("", text[first.end() :])
        if rest.startswith(("不", "未", "成功", "后")):
            rest = ""  # 调解不成: how the deed ended, no object
        last = first
        for last in self._verb.finditer(text):  # noqa: B007 - the last one is what is wanted
            pass
        return Anatomy(text, first.group(), _head(rest), last.end() == len(text))

    def unquantified(self, text: str) -> str:
        """The phrase without 各类, 所有 in front."""
        return self._quantifier.sub("", text)

    def account(self, text: str) -> tuple[str, str]:
        """A phrase of accounts as ``(stem, general name)``: “三公”经费支出预算 is “三公”经费 and 支出预算, others ''."""
        match = self._account_head.search(text) if text[-1:] in ACCOUNT_ENDS else None
        return (text[: match.start()], match.group()) if match else ("", "")

    def superlative(self, text: str) -> bool:
        """Whether the phrase only says that the figure is the highest or lowest of a matter named before."""
        return bool(self._superlative.fullmatch(text))

    def without_superlative(self, text: str) -> str:
        """The phrase without 最高, 最低 at its end."""
        return self._superlative_end.sub("", text)

    def light(self, text: str) -> bool:
        """Whether the phrase ends in a verb that takes a deed as its object (开展1次全员轮训)."""
        return bool(self._light.search(text))

    def pays(self, text: str) -> bool:
        """Whether a phrase says nothing but that money was paid or spent (共发放, 花了)."""
        return bool(self._pays.fullmatch(text))

    def deed(self, text: str) -> bool:
        """Whether a phrase of verbs names a deed by itself (开展检查)."""
        return bool(self._deed.match(text))

    def _noun_ahead(self, right: str, *, deed: bool = False, runs_on: bool = False, bound: bool = False) -> str:
        """The noun phrase that starts right behind a number (名社区戒毒人员按时尿检 -> 社区戒毒人员).

        ``deed`` says that the words before the number ask for a noun, so that a phrase made of verbs is one (1次全员轮训);
        ``runs_on`` that the next number follows without a mark, so that a verb at the end is its (7件上级交办积案化解6件);
        ``bound`` that a preposition asks for a noun, which may have an adverb before it (对73件首次轻微违法行为不予处罚).
        """
        if bound and (match := self._manner.match(right)):
            end = match.end() + (right[match.end() : match.end() + 1] in _ALSO)  # 首次且轻微的违法行为
            if noun := self.noun_ahead(right[end:]):
                return right[:end] + noun
        if runs_on and (noun := self._noun_before_sum(right) or self._noun_before_verb(right)):
            return noun
        if "、" in right and not runs_on and (attributes := _ATTRIBUTES.match(right)) and not self._clause_start.match(right):
            return attributes.group() + self.noun_ahead(right[attributes.end() :])  # 初次违规、当场改正的商贩
        right = _AMONG_TAIL.sub("", _NORM.split(right.removeprefix("的"), maxsplit=1)[0])
        if (
            len(right) <= 14
            and (deed or self._noun_end.search(right))
            and not self._clause_start.match(right)
            and not self._break.search(right)
        ):
            return right
        match = self._stop.search(right)
        while (
            match
            and match.start() < 2
            and match.group() not in ("是", "就", "已", "均", "全部", "在", "正在", "仍", "为", "就是", "参加", "及格", "合格")
        ):
            if match.start() == 0:
                return ""
            match = self._stop.search(right, match.start() + 1)
        noun = right[: match.start()] if match else right
        if bound and (aspect := ASPECT_MARK.search(noun)) and aspect.start() > 1:
            noun = noun[: aspect.start()]  # 旧文件翻了一遍: the mark tells a verb that no list holds
        return noun.rstrip("的各都")

    def _noun_before_sum(self, right: str) -> str:
        """The noun before the name of an amount at the end of a phrase (家规上企业产值达 -> 规上企业); '' if there is none."""
        match = self._before_sum.match(right)
        return match.group() if match else ""

    def _noun_before_verb(self, right: str) -> str:
        """The noun before the verbs that end a phrase, or '' when the phrase is no noun and verbs."""
        match = self._verbs_end.search(right)
        if match is None or self._clause_start.match(right) or self._break.search(right[: match.start()]):
            return ""
        noun = right[: match.start()]
        return noun if len(noun) >= 2 and not self._verb_phrase.match(noun) and not self._no_noun.search(noun) else ""

    def _verb_ahead(self, right: str) -> str:
        """The verb phrase right behind a number (人完成了学法考试 -> 完成了学法考试), or ''."""
        right = _WHERE.sub("", right)
        if right[:1] in _GOING and (verb := self._verb.search(right, 3)) and verb.start() <= _FARTHEST:
            right = right[verb.start() :]  # 到海事法庭旁听庭审
        return right if self._verb_phrase.match(right) else ""

    def told(self, right: str) -> bool:
        """Whether what stands behind a number begins as a predicate does (逐一评估, 专题研究法治工作)."""
        return bool(self._manner.match(right)) or self.verb_ahead(right) != ""

    def pending(self, text: str) -> bool:
        return bool(text) and bool(self._pending.search(text))

    def finished(self, text: str) -> bool:
        return bool(self._finished.search(text)) and not self._pending.search(text)

    def residual_only(self, text: str) -> bool:
        """Whether the phrase says nothing but that it is the rest (其余, 剩余)."""
        return bool(self._residual_only.fullmatch(text))

    def residual(self, text: str) -> bool:
        return bool(self._residual.match(text))


def _head(phrase: str) -> str:
    """The head of a noun phrase: what follows the last 的, when that is long enough to stand alone."""
    _, mark, after = phrase.rpartition("的")
    return after if mark and len(after) >= 2 else phrase
