"""Figures that come up again far from where they were stated: 网格员108名 … 108名网格员中; 14个村、2个社区 … 16个村（社区）."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractor.model import Fact, Relation
from extractor.model.compare import miswritten
from extractor.model.fact import AMOUNT
from extractor.relations.bind import ONE, bind
from extractor.relations.figures import kin, level
from extractor.relations.places import Places
from extractor.relations.restated import AGAIN, label, plain_words
from extractor.relations.words import AMONG, alike, heads, in_order, longest_run
from extractor.text.stretches import remember

_NOUN = re.compile(
    rf"^(?:在编在岗|专职|兼职|专兼职)?([\u4e00-\u9fff“”0-9]{{2,12}}?)(?=(?<!集){AMONG}|来?看(?=，)|内|全部|全员|均|都|逐|每[天月周人]|里|实现|参加|基本|普遍|无一|[，。；、：（）]|$)"
)
_DEFINITE = re.compile(rf"^[\u4e00-\u9fff“”0-9]{{2,12}}?(?:{AMONG}|来?看，|全部|全员|均|都|无一|每[天月周人])")
_BARE = re.compile(
    r"^(?:[一二三四五六七八九]是)?(?:[^，]{0,12}(?:[针应]?对|围绕|依托|从|将|把|全年的?))?(?:目前|但|而|其中|上述|以上|全年|年内|今年|本年|全[镇乡县区]|我[镇乡]|现有的?|在册的?|全体|全部|辖区内?|所有|街道)*$"
)
_CHANGE = re.compile(r"新|增|减|其中|部分|首批|另|培训|选派|抽调|不|未|前|每")
# 组织全镇64名“法律明白人”轮训; 为178名“法律明白人”（即全街道在册的全体）上课: all of them that the place has.
_OF_PLACE = re.compile(r"(?:(?:全[镇乡县区市]|全街道|全局|辖区内?|在册|现有)的?(?:所有|全部)?|(?:全部|所有|全体)的?)$")
_PLACE_ENDS = frozenset("镇乡县区市局道内册有的部体")
_ALL_TOLD = re.compile(r"^[^，。；（]{2,12}（(?:即|也就是|为|系)?(?:全[镇乡县区街]|在册|现有|全[体部])")
_ALL_THERE_IS = re.compile(r"(?:对|从|将|把|针对)(?:全[年镇乡县区]|在册|现有)(?:的|共)?$")
_OF_ALL = re.compile(
    r"(?:逐[\u4e00-\u9fff]|全部|所有)[\u4e00-\u9fff]{0,4}?全[镇乡县区](?:的|所有)?(?P<noun>[\u4e00-\u9fff]{2,6})$"
)
_OF_DEED = re.compile(
    r"(?P<all>全年|今年|本年|年内)?(?P<deed>(?:新|正式)?(?:受理|办理|排查|承办|调解|查处|接收|接到|审核|审查|登记|立案|收到|新增))的$"
)
_LEADING = (
    r"^(?:[一二三四五六七八九]是)?(?:[\u4e00-\u9fff]{0,6}(?:推动|督促|督办|指导|调度|听取|统筹|带领))?"
    r"(?:[针面]?对|将|把|从|就|以|在|围绕)?"
)
_WHOLE_YEAR = re.compile(
    rf"{_LEADING}(?:全[镇乡县区]|[我本][镇乡县局])?(?:全年|年内|今年|本年度?|一年来)(?:共|累计)?"
    r"(?P<deed>[\u4e00-\u9fff“”]{2,14}?)的?$"
)
_DONE_TO = re.compile(rf"{_LEADING}(?P<deed>[\u4e00-\u9fff“”]{{4,14}})的$")
_THING = re.compile(r"[\u4e00-\u9fff]{0,8}?(?=[^\u4e00-\u9fff]|中|的|$)|")
_LETTER = re.compile("[\u4e00-\u9fff“]")
_AMONG, _SHORT = re.compile(AMONG), "村户组社"
_DEED = re.compile(r"^(?:主持|组织|开展|举办|召开|安排|参加|累计|共)+")
_LIGHT = re.compile(r"^(?:主持|组织|开展|举办|召开|完成|进行|实施|累计|共)+")
_CAME_IN = re.compile(r"^(?:被申请|被|受理|办理|收到|接到|接收|承办|发生|作出)+")
_INTAKE, _OF_YEAR = (
    re.compile(r"(?:共|累计)?(?:排查|受理|接收|接到|收到|承办|登记|发生)"),
    re.compile(r"(?:全年|今年|本年|年内)$"),
)
_LEAST, _WRITTEN_TWICE, _TELLING, _LONG, _BACK = 10, 11, 100, 8, 3
_PEOPLE = "人"
_NAME = 4  # so many letters name a thing
_SHORTEST = 2  # no more letters may name many things
_BODY = 3  # so many letters name those who belong to a body (网格员)
_EQUAL = 40  # of the figures of one value so many are compared by their words, the nearest
_THESE = re.compile(r"(?:是|为|即)(?:这|上述|前述)$")
_MORE, _NEARLY_ALL = Decimal("1.15"), Decimal("0.9")


def agains(places: Places, known: set[frozenset[str]]) -> Iterator[Relation]:
    """One relation ``conflict`` for each figure that stands before its noun and speaks of things counted before.

    Equal figures confirm each other. Unequal ones are bound only where the words are sure (全部, 中, 均 behind the noun,
    nothing but 全镇, 现有 before the number), the noun was counted once, and the two differ as slips of the pen do.
    """
    counted: dict[str, list[Fact]] = {}  # the year's own figures so far, by kin
    of_value: dict[tuple[str, Decimal], list[Fact]] = {}
    for fact in places.facts:
        if not level(fact, statuses=("actual", "planned")):
            continue
        like = kin(fact)
        earlier, equal = counted.setdefault(like, []), of_value.setdefault((like, fact.value), [])
        yield from _again(places, fact, earlier, equal, known)
        if fact.status == "actual":
            remember(earlier, fact)
            remember(equal, fact)


def _again(
    places: Places, fact: Fact, earlier: list[Fact], equal: list[Fact], known: set[frozenset[str]]
) -> Iterator[Relation]:
    """The relation of one figure with those of its kin before it; ``equal`` are the ones of its value."""
    if not earlier:
        return
    after = places.after(fact)
    behind = bool(_LETTER.match(after))  # what is counted stands behind the figure
    if not behind and (fact.status == "planned" or (fact.part_of is not None and fact.value < _TELLING)):
        return  # an aim tells nothing of what was done, a part is one of its own list
    match = _NOUN.match(after)
    noun = match[1] if match else label(fact)
    ahead = places.ahead(fact)
    pointing = ahead.endswith("的") and len(fact.measure) >= 2  # 已化解的66起
    rough = fact.approx is not None or fact.kind == AMOUNT
    if rough and fact.status == "planned":
        return
    near = ([f for f in earlier if _close(fact, f)] if rough else equal)[-_EQUAL:]
    same = [f for f in near if not f.approx and f.sentence != fact.sentence and (rough or not fact.approx)]
    said = [f for f in same if _counts(f, noun) or (pointing and alike(f.measure, fact.measure))] if not rough else []
    enough = fact.value >= _LEAST or len(noun) >= 3
    sure = bool(said) and enough and (len(noun) >= 2 or pointing)
    if equal and _THESE.search(ahead):
        said, sure = equal[-1:], True  # 合起来就是这26场
    same = said if sure else [f for f in same if _recalled(places, fact, f, noun=behind)]
    if same:
        named = [f for f in same if behind and len(noun) > _SHORTEST and f.measure.endswith(noun)]
        nearest = next((f for f in reversed(named or same) if len(after) > 1 and places.after(f, 2) == after[:2]), None)
        nearest = nearest or (named or same)[-1]
        opening = (named or same)[0]  # where it was first told, and where last
        for told in (nearest, opening) if opening is not nearest else (nearest,):
            if frozenset((told.id, fact.id)) not in known:
                yield bind("conflict", AGAIN, told, fact)
        return
    if fact.status != "actual" or fact.part_of is not None or fact.approx:
        return
    bare = _BARE.match(ahead)
    if (ahead[-1:] in _PLACE_ENDS and _OF_PLACE.search(ahead)) or ("（" in after and _ALL_TOLD.match(after)):
        like = [f for f in earlier if f.unit == fact.unit or kin(f) == _PEOPLE]
        named = _unchanged(f for f in like if heads(label(f), plain_words(after), _BODY) or _one_indicator(f, fact))
        if _once(named, fact) and miswritten(fact.value, named[0].value):
            yield bind("conflict", ONE, named[0], fact)
            return
    if match and bare and (_DEFINITE.match(after) or _ALL_THERE_IS.search(ahead)):
        named = _unchanged(f for f in earlier if _named(f, noun))
        own = noun.removesuffix("案件") if len(noun) >= _NAME else ""
        most = max((f for f in named if _CAME_IN.sub("", label(f)) == own), key=lambda f: f.value, default=None)
        if most is not None and most.sentence != fact.sentence and most.value < fact.value < _LEAST:
            yield bind("conflict", ONE, most, fact)  # 被申请行政复议5件…从6件行政复议案件看: more than there are
            return
        if _OF_YEAR.search(ahead) and not _once(named, fact):  # 全年68件纠纷中: those that came in
            named = [f for f in named if _INTAKE.match(label(f))]
        if _once(named, fact) and miswritten(fact.value, named[0].value):
            yield bind("conflict", ONE, named[0], fact)
            return
    if fact.value >= _LEAST:
        whole = _OF_ALL.search(ahead) if "全" in ahead else None
        named = [f for f in earlier if f.part_of is None and _is_all(f, whole["noun"])] if whole else []
        if _once(named, fact) and miswritten(fact.value, named[0].value):
            yield bind("conflict", ONE, named[0], fact)
            return
        taken = _same_of_deed(places, fact, earlier, after)
        taken = taken or _same_deed_again(places, fact, earlier, equal, after)
        if len({f.value for f in taken}) == 1:
            yield bind("conflict", ONE, taken[0], fact)
            return
    follows = plain_words(after)
    begun = bare is not None and len(follows) >= _NAME
    deed = _DEED.sub("", label(fact).rpartition("主持")[2]) if len(label(fact)) >= _LONG else ""
    tail = deed[-_NAME:] if len(deed) >= _LONG else ""  # 中心组全年安排法治专题学习 and 主持中心组法治专题学习
    if not (begun or tail):
        return
    like = [f for f in earlier if f.unit == fact.unit]
    named = _unchanged(
        f
        for f in like
        if (begun and _begins(follows, label(f))) or (tail and f.measure.endswith(tail) and in_order(deed, f.measure))
    )
    named = list({f.measure: f for f in reversed(named)}.values())[::-1]  # a measure said once may be taken over by others
    first = bool(named) and not named[0].approx and fact.sentence != named[0].sentence
    sure = _once(named, fact) or (first and miswritten(fact.value, named[0].value))
    # Nobody presided over more than were held: 党委会议研究议题7次 … 书记主持党委会议研究议题9次.
    more = bool(named) and bool(tail) and deed in named[0].measure and "主持" in fact.measure and fact.value > named[0].value
    if sure and (more or _slightly_off(fact.value, named[0].value) or _twice(fact.value, named[0].value)):
        yield bind("conflict", ONE, named[0], fact)


def _unchanged(named: Iterable[Fact]) -> list[Fact]:
    """The figures that count a thing itself, not how it changed or what was done with some of it; no parts where there are
    wholes."""
    kept = [f for f in named if not _CHANGE.search(f.measure)]
    return [f for f in kept if f.part_of is None] or kept


def _same_of_deed(places: Places, fact: Fact, earlier: list[Fact], after: str) -> list[Fact]:
    """What was counted with the deed that 全年受理的168件纠纷中 names, and differs from it as slips of the pen do."""
    ahead = places.ahead(fact)
    deed = _OF_DEED.search(ahead) if ahead.endswith("的") else None
    if deed is None or not (deed["all"] or _DEFINITE.match(after) or _AMONG.match(after)):
        return []
    like = [f for f in earlier if f.unit == fact.unit and f.part_of is None and not f.approx and f.sentence != fact.sentence]
    like = [f for f in like if deed["deed"] in places.ahead(f) + f.measure]
    like = [f for f in like if miswritten(fact.value, f.value) or fact.value in _last_years(places, f, deed["deed"])]
    return [f for f in like if len(label(f)) <= len(deed["deed"]) + 1 or alike(after[:8], f.measure)]


def _same_deed_again(places: Places, fact: Fact, earlier: list[Fact], equal: list[Fact], after: str) -> list[Fact]:
    """What was counted as the deed that 全年调解成功973件纠纷 or 调解成功的973件纠纷中 names, but for a slip of the pen."""
    words = places.ahead(fact)
    said = _WHOLE_YEAR.match(words) if "年" in words else None
    if said is None and words.endswith("的") and _DEFINITE.match(after):
        said = _DONE_TO.match(words)
    deed = _LIGHT.sub("", said["deed"]) if said else ""
    if len(deed) < _NAME:
        return []
    thing = _THING.match(after)
    noun = plain_words(thing[0]) if thing else ""
    like = [f for f in earlier if f.unit == fact.unit and f.part_of is None and not f.approx and f.sentence != fact.sentence]
    like = [f for f in like if deed in f.measure and in_order(noun, f.measure) and _nothing_else(f, deed, noun)]
    if any(f.sentence == e.sentence for f in like for e in equal):
        return []  # 应参加48名，实际参加46名: one of them is meant
    like = [f for f in like if miswritten(fact.value, f.value) or fact.value in _last_years(places, f)]
    if len({f.value for f in like}) == 1:  # 应参加48名，实际参加48名: of what was done rather than of what was due
        like = [f for f in earlier if f.sentence == like[0].sentence and f.value == like[0].value][-1:]
    return like


def _nothing_else(fact: Fact, deed: str, noun: str) -> bool:
    """Whether a measure says no more than a deed and the things it was done to."""
    rest = _LIGHT.sub("", label(fact).replace(deed, "", 1))
    return len(rest) < 2 or (len(noun) >= 2 and alike(rest, noun))


def _one_indicator(fact: Fact, other: Fact) -> bool:
    """Whether the catalogue knows both figures as one (持有行政执法证件, 持证执法人员)."""
    return fact.indicator is not None and fact.indicator == other.indicator


def _is_all(fact: Fact, noun: str) -> bool:
    """Whether a figure counts all of what a noun names (有牧户), and no sort of it (脱贫户)."""
    return plain_words(fact.measure).removeprefix("有") == noun


def _last_years(places: Places, fact: Fact, deed: str = "") -> list[Decimal]:
    """What a figure was in earlier years, as its sentence says, or its paragraph by the same ``deed``
    (受理76起。…去年受理81起): such a value told again as this year's is a slip."""
    at = bisect_left(places.facts, fact.span, key=lambda f: f.span)
    near = [f for f in places.facts[at + 1 : at + 1 + _EQUAL] if f.status == "prior" and kin(f) == kin(fact)]
    beside = places.facts[at + 1 : at + 1 + _BACK]
    own = [f for f in near if f.sentence == fact.sentence and f in beside]
    if deed and not own:
        passage = places.passage(fact)
        own = [f for f in near if places.passage(f) is passage and places.ahead(f).endswith(deed)]
    return [f.value for f in own]


def _once(named: list[Fact], fact: Fact) -> bool:
    """Whether one thing was counted before under a name, with one value."""
    return bool(named) and len({f.value for f in named}) == 1 and fact.sentence != named[0].sentence and not named[0].approx


def _slightly_off(again: Decimal, first: Decimal) -> bool:
    """Whether a number can neither be the first nor be a part of it: a little more, or nearly all of it and miswritten."""
    return first < again <= first * _MORE or (again >= first * _NEARLY_ALL and miswritten(again, first))


def _twice(again: Decimal, first: Decimal) -> bool:
    """Whether a lone digit was written twice (4次 … 44次)."""
    return first < _LEAST and again == first * _WRITTEN_TWICE


def _close(fact: Fact, other: Fact) -> bool:
    """Whether a rough figure may be the rounded other one."""
    return fact.interval.meets(other.interval) and other.value * _NEARLY_ALL <= fact.value <= other.value * _MORE


def _recalled(places: Places, fact: Fact, other: Fact, *, noun: bool) -> bool:
    """Whether the words behind a figure, or its own, lead back to one of the same value (35人中, 45名编制, 46名执法人员).

    Parameters: ``noun`` whether what is counted stands behind the figure.
    """
    behind = places.after(fact).lstrip("的")
    if _AMONG.match(behind) or (behind[:1] in _SHORT and other.measure.endswith(behind[:1])):
        return fact.value >= _LEAST
    head = next((behind[:n] for n in (4, 3, 2) if behind[:n] in other.measure), "")
    if len(head) > 2 or (len(head) == 2 and other.measure.endswith(head)):
        return True
    run = longest_run(label(fact), label(other))
    if label(fact)[:2] == label(other)[:2] != "" and fact.value >= _LEAST and fact.unit == other.unit and other.part_of:
        return True  # a part that is told again: 水事31起 … 水事纠纷减至31起
    if len(run) >= 3 and (fact.value >= _TELLING or other.measure.endswith(run) or fact.measure.endswith(run)):
        return True
    exact = len(f"{fact.value.normalize():f}".strip("0")) > _NAME
    if not exact and (not noun or other.part_of is not None):
        return False
    around = places.before(other, 60) + other.text + places.after(other)
    return fact.unit == other.unit and fact.value >= _LEAST and len(behind) > 3 and alike(behind[:6], around)


def _begins(behind: str, own: str) -> bool:
    """Whether the words behind a figure begin with the name under which another was counted."""
    return len(own) >= _NAME and behind[:_NAME] in own and len(longest_run(behind[:12], own)) >= _NAME


def _counts(fact: Fact, noun: str) -> bool:
    """Whether a figure counts what a noun names (机关在岗干部 for 机关干部; 社区 for 社区公共法律服务)."""
    if noun in fact.measure or (len(noun) >= 4 and noun[-4:] in fact.measure):
        return True
    own = label(fact)
    ends = own[:1] + own[-1:] == noun[:1] + noun[-1:]  # 持证 for 持执法证
    return (len(own) >= 2 and noun.startswith(own)) or ((len(noun) >= 4 or ends) and in_order(noun, fact.measure))


def _named(fact: Fact, noun: str) -> bool:
    """Whether a figure counts the very thing that a noun names."""
    own = label(fact).removesuffix("类")  # 合同协议类386宗 … 368宗合同协议审查
    noun = noun.removesuffix("案件") or noun  # 被申请行政复议5件 … 6件行政复议案件
    return (
        own.endswith(noun)
        or (len(own) >= 4 and noun.startswith(own))
        or (len(run := longest_run(noun, own)) >= 4 and noun.startswith(run) and own.endswith(run))
        or (len(noun) >= 4 and own[-2:] == noun[-2:] and in_order(noun, own))
    )
