"""Figures that speak of a thing counted before: 被撤销的1件, 46名执法人员要管, 执法大队22人中, 网站专栏的392条信息."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.model import Fact, Relation
from extractor.model.fact import COUNT
from extractor.model.slips import slip
from extractor.relations.bind import REFERRED, bind
from extractor.relations.figures import kin, level
from extractor.relations.places import Places
from extractor.relations.restated import label, plain_words
from extractor.relations.villages import names_places
from extractor.relations.words import AMONG, alike, in_order
from extractor.text.stretches import MOST_EARLIER, remember

_ALL = (
    rf"(?:当?{AMONG}|里|全部|全覆盖|均|都|真正|空缺|要(?!求|点|闻|素|件)|难以|每[村个人名]|集中|"
    r"(?:负责|承担|监管|管理|看管|照管|服务)(?=$|[，。；])|，[^，。；]{0,6}率(?:达到?|为)?100)"
)
_CUE = re.compile(_ALL)
_NOUN = re.compile(rf"^的?(?P<noun>[\u4e00-\u9fff“”（）]{{2,12}}?){_ALL}")
_BEHIND = re.compile(rf"^(?:{_ALL})")
_AHEAD = re.compile(r"[\u4e00-\u9fff“”（）]{3,12}$")
_LEAD = r"^(?:[一二三四五六七八九]是|[①-⑩])?"
_BARE = re.compile(
    rf"{_LEAD}(?:目前|但|而|上述|以上|全[镇乡县区市局]|全街道|[我本][镇乡街局]道?|现有的?|在册的?|辖区内?|所有|实现|覆盖|全部|在|的)*$"
)
# 1126家企业由28名执法人员监管: of all those on both sides.
_BETWEEN = re.compile(r"[家户个名处人][\u4e00-\u9fff]{0,8}由$")
_CHARGED = ("要管", "要盯", "要盯住", "监管", "看管", "面对", "承担")  # 24人要盯住1204户管理相对人
# 被撤销的1件, 网站专栏所发的512条, 余下的14份: what describes the figure stands before 的.
_DESCRIBED = re.compile(
    rf"(?:{_LEAD}[从把将对看]?|[从把将对看])(?:目前|上述|以上|全[镇乡县区市局]|街道|全年|年内|已|被|经|尚|仍)*"
    r"(?P<words>[\u4e00-\u9fff“”]{2,12}?)(?:所?发)?的$"
)
_THING = re.compile(
    r"^(?![即就仅只均都已全也仍因在由真中里内占为])[\u4e00-\u9fff“”（）]{2,12}?(?=[均都全中里即因仅只已经仍真]|[^\u4e00-\u9fff“”（）]|$)"
)
_ANY = re.compile(r"(?:案件|事项|人员|同志|问题|情形|(?<=[\u4e00-\u9fff]{2})件)$")  # says nothing of which
_CARRIED = re.compile(r"上年|去年|往年|年初|年末|结转|连同|加上|抽查|反馈|交办|上级|承诺|新|首次|初次|轻微|满意|涉")
_REST = re.compile(r"余下|剩下|其余|剩余")
_STOCK = re.compile(r"(?:实有|实际|现有|在编|在岗|在册|共有)+(?:人员)?$")
_STOCK_AHEAD = re.compile(r"(?:年末|年底|期末)?(?:实有|现有|在册|共有|总数|达到)")
_KIND = re.compile(r"(?:案件|事项|工单|纠纷|信访件|人员)")
_ONLY = re.compile(r"(?P<noun>[\u4e00-\u9fff]{4,12}?)的?(?:只有|仅有?|就)$")  # 音频解读只有1篇
_ONLY_ENDS = ("只有", "仅", "仅有", "就")
_AMONG_THEM = re.compile(r"(?:中|里)(?:仍|还|尚)?有$")
_APART = re.compile(r"[、：，（\d]")
_PARTIAL = re.compile(r"新|增|减|其中|部分|首批|另|培训|选派|抽调|不|未|前|重点|示范|试点|创建|获评|建成|抽查|完成|名单")
_CLAUSE, _ORDINAL = re.compile(r"[，：；]"), re.compile(_LEAD)
_CHOSEN = re.compile(rf"{_PARTIAL.pattern}|组织|安排|抽|派|邀|吸收|动员|发动|尚|仍|还|有$")
_TEN, _TWICE, _FAR, _SHORT, _FOUR, _MANY, _PEOPLE = 10, 11, 60, 2, 4, 40, ("人", "名")


class _Meant(NamedTuple):
    """What a figure says that it counts: a ``noun``, with the words that describe it before 的 (``described``), those of the
    body that it belongs to (``body``), the ``member`` of a list that it is, or the
    clause before it (``topic``)."""

    noun: str = ""
    described: str = ""
    body: str = ""
    member: str = ""
    topic: str = ""


def definite(places: Places, known: Sequence[Relation]) -> Iterator[Relation]:
    """One ``conflict`` for each figure whose words say that it is a thing counted before, and that differs from the one number
    that this thing was counted with as slips of the pen do.

    Parameters: ``known`` the relations so far; a figure that one of them holds against another is not accused again.
    """
    value = {f.id: f.value for f in places.facts}
    told = {p for r in known if r.type == "conflict" for p in r.parts if value.get(p) != value.get(r.whole)}
    counted: dict[str, list[Fact]] = {}
    for fact in places.facts:
        if fact.kind != COUNT or fact.approx or not level(fact, statuses=("actual", "planned")):
            continue
        earlier = counted.setdefault(kin(fact), [])
        meant = _meant(places, fact) if earlier and fact.id not in told else None
        if meant is not None and (first := _first(places, fact, meant, earlier)) is not None:
            yield bind("conflict", REFERRED, first, fact)
        if fact.status == "actual":
            remember(earlier, fact)


def _meant(places: Places, fact: Fact) -> _Meant | None:
    """The thing that a figure counts all of; None where its words do not say so."""
    after, ahead = places.after(fact), places.ahead(fact)
    if ahead.endswith("的"):
        described = _DESCRIBED.search(ahead)
        if described is None or _CARRIED.search(described["words"]):
            return None
        thing = _THING.match(after)
        told = _ANY.sub("", plain_words(thing.group())) if thing else ""
        return _Meant(told, described=described["words"])
    if ahead.endswith("有") and _AMONG_THEM.search(ahead):
        return _Meant(ahead, member=after)
    if ahead.endswith(_ONLY_ENDS) and (only := _ONLY.search(ahead)):
        return _Meant(only["noun"], member=only["noun"])
    if ahead.endswith(_CHARGED):
        thing = _THING.match(after)
        return _Meant(plain_words(thing.group())) if thing else None
    if not _CUE.search(after) or names_places(after):
        return None
    bare = bool(_BARE.match(ahead)) or (ahead.endswith("由") and _BETWEEN.search(places.before(fact)) is not None)
    if not bare and _CHOSEN.search(ahead):
        return None
    behind = _BEHIND.match(after)
    if behind and not bare:
        noun = _AHEAD.search(plain_words(ahead))
        return _Meant(noun.group(), member=ahead) if noun else None
    if behind:  # 执法队伍专业化水平不高，35人中
        topic = _topic(places, fact) if fact.unit in _PEOPLE and fact.value >= _TEN else ""
        return _Meant(topic=topic) if topic else None
    match = _NOUN.match(after)
    if match is None:
        return None
    short = bare and len(match["noun"]) == _SHORT  # 占道经营反复，912宗工单里
    return _Meant(match["noun"], body="" if bare else plain_words(ahead), topic=_topic(places, fact) if short else "")


def _topic(places: Places, fact: Fact) -> str:
    """The clause before that of a figure."""
    clauses = _CLAUSE.split(places.before(fact))
    return plain_words(_ORDINAL.sub("", clauses[-2])) if len(clauses) > 1 else ""


def _first(places: Places, fact: Fact, meant: _Meant, earlier: list[Fact]) -> Fact | None:
    """The one number that a thing was counted with before, where that of ``fact`` is a slip of the pen of it."""
    before = [f for f in earlier[-MOST_EARLIER:] if f.span[0] < fact.sentence[0]]
    names = {m: _names(m, meant) for m in {f.measure for f in before}}
    called = [f for f in before if names[f.measure]][-_MANY:]
    like = [f for f in called if _about(places, f, meant)]
    if not like and meant.member:
        like = [f for f in before if _member(places, f, meant)]
    topical = [f for f in like if meant.topic and alike(meant.topic[:_FOUR], label(f))]
    named = topical or [f for f in like if f.part_of is None] or like
    named = [f for f in named if _STOCK_AHEAD.match(plain_words(f.measure))] or named  # 年初32家，升规6家，年末实有37家
    if len({f.value for f in named}) != 1:
        return None
    first = named[0]
    if any(f.id == first.part_of and f.value == fact.value for f in earlier):
        return None  # 嘎查12个、行政村3个，合计15个村 … 15个村: all of them, told again under the name of a part
    telling = min(fact.value, first.value) >= _TEN or fact.value > first.value or first.value == fact.value * _TWICE
    return first if telling and slip(fact.value, first.value) else None


def _names(measure: str, meant: _Meant) -> bool:
    """Whether a measure may be of the very thing that is meant."""
    own, noun, words = plain_words(measure), meant.noun, meant.described
    if any(p not in "".join(meant) for p in _PARTIAL.findall(measure)):
        return False
    if words:
        return in_order(words, own) or bool(_REST.fullmatch(words) and _REST.search(own))
    if not noun:
        return bool(_STOCK.search(own)) and alike(meant.topic[:_FOUR], own)
    if len(noun) == _SHORT:
        return own.endswith(noun)
    ends = own.endswith((noun, _ANY.sub("", noun) or noun)) or (len(noun) > _SHORT + 1 and in_order(noun, own))
    return ends or (len(own) > 1 and noun.startswith(own)) or bool(_STOCK.fullmatch(own))


def _about(places: Places, fact: Fact, meant: _Meant) -> bool:
    """Whether the words around a figure of the right name speak of what is meant, too."""
    own, said = label(fact), meant.body
    if meant.described:
        said = meant.noun
    elif meant.noun and _STOCK.fullmatch(own):  # 执法大队核定编制52名，实有46名 … 46名执法人员
        said = meant.noun[:_SHORT]
    return not said or alike(said, own + places.before(fact, _FAR) + places.after(fact))


def _member(places: Places, fact: Fact, meant: _Meant) -> bool:
    """Whether a figure is the member of a list that is told again: 客运184件 … 客运案件184件集中在城区."""
    name = _APART.split(places.ahead(fact))[-1]
    if len(name) < 2 or not meant.member.startswith(name):
        return False
    behind = meant.member[len(name) :]
    return (
        (not behind and len(name) >= _FOUR)
        or bool(_KIND.match(behind))
        or (len(name) > 2 and alike(meant.noun, places.before(fact, _FAR)))
    )
