"""How many villages and communities a place has: one number of them, and nothing is done in more (辖11个社区 … 12个社区)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from extractor.model import Fact, Relation
from extractor.model.fact import COUNT
from extractor.model.number import ZERO
from extractor.model.slips import slip, sum_slip
from extractor.relations.bind import bind
from extractor.relations.figures import level
from extractor.relations.places import Places
from extractor.relations.restated import AGAIN

TOGETHER = "村与社区"
PLACES = "村社数"  # of a place it is one number, whatever was done there
BOTH, VILLAGE, COMMUNITY = "村（社区）", "村", "社区"
_UNIT, _OF_EACH, _FAR, _NEAR, _CLOSE, _TEN = "个", ("个", "名", "家"), 24, 8, 3, 10
_ENDS = tuple("，0123456789")
_FIRST = frozenset("行建村社城居农牧渔林山")
_KIND = (
    r"(?P<both>(?:行政)?村（?(?:社区|居)）?|村、社区|村和社区|村社(?![区会员]))"
    r"|(?P<village>(?:行政|建制|农牧业?|[渔牧农林山]业?)?村(?:民?委员会)?)"
    r"|(?P<community>(?:城市|城镇)?社区(?:居委会)?|居委会|居民委员会)"
)
# What may follow the name of a place; anything else makes it the name of something that places have (村民, 村级, 社区民警).
_ITSELF = (
    r"(?=[，。；、）：“（\d]|全[部面覆]|[均都每各的里和及与逐共分配签制张已按落推覆完在]|中(?!心)|内(?!部)|实[现行]|平均|普遍|先后|同步"
    r"|年度|集体|党(?:组织|支部|总支)书记|法律顾问|调委会|人民调解委员会|便民服务|工作站|党群服务|综治中心|建(?![议筑])|开展|设|成立|要|$)"
)
_PLACE = re.compile(f"(?:{_KIND}){_ITSELF}")
_NAMED = re.compile(rf"(?:^|[、，和及：]|[辖设有]|全[镇乡])(?:{_KIND})$")
_HAS = re.compile(
    r"(?:辖|(?:^|现|共|分|[全本我][镇乡])管着?|下设|[共现]有|^设有?|区设有?|全(?:[镇乡]|街道)(?:[共现]?有|现辖)?|辖[区内]内?|以下统称|共)(?:行政村|社区|村（社区）)?$"
)
_ALL = re.compile(  # one of each: 11个社区党群服务中心
    r"(?:便民服务|工作站|党群服务|综治中心|调委会|人民调解委员会)|[^，。；、]{0,12}?(?:全部|均|都(?!市)|普遍|无一|全覆盖|覆盖[率面][^，。；]{0,3}(?:100|１００|百分之百)|每[个村年]|各[有配设建])|中(?!心)|里"
)
_ALL_BEHIND = re.compile(r"[^。；]{2,14}，(?:实现)?(?:全覆盖|覆盖[率面][^，。；]{0,3}(?:100|１００|百分之百))")
_ALL_AHEAD = re.compile(r"(?:全部|所有|全体|要管|要盯住?)的?$")
_SOME = re.compile(
    r"新|增|减|另|其中|首批|抽查|[创争]|建成|试点|示范|重点|帮|仍|尚|还有|部分|余|选|设立|建立|打造|的$|对[^，]*$"
)
_ELSEWHERE = re.compile(
    r"外[乡镇县村来]|邻|周边|对口|结对|原有?$|由$|从$|撤|并|累计|曾|(?:[县市省]|(?<![辖社])区)的?$|次$|自然|约$"
)
_NATURAL = re.compile(r"自然[村屯寨湾庄]")
_VERY = ("全县", "全区", "全市", "全省")


class _Told(NamedTuple):
    """How many villages or communities (``sort``) one figure tells, and whether it is ``sure`` to be all that the place has."""

    fact: Fact
    sort: str
    sure: bool


def villages(places: Places) -> Iterator[Relation]:
    """One ``sum`` for villages and communities that are told together, and one ``conflict`` for each number of them that
    cannot be: another one where all are meant, more than there are where some are, a slip of the pen apart from the first."""
    told = _settled([t for f in places.facts if f.unit in _OF_EACH and (t := _read(places, f)) is not None])
    pair = _pair(told)
    made = sum((t.fact.value for t in pair), ZERO)
    together = _together(told, pair)
    if together is not None:
        yield together
    for sort in (BOTH, VILLAGE, COMMUNITY):
        own = [t for t in told if t.sort == sort and t.fact.unit == _UNIT]
        first = _first(own)
        number = first.value if first is not None else made if sort == BOTH and all(t.sure for t in pair) else ZERO
        if not own or not number:
            continue
        if sort == BOTH and first is None:
            yield from (
                bind("sum", TOGETHER, t.fact, *(p.fact for p in pair), closed=True) for t in own if t.fact.value == made
            )
        known = (number, made) if sort == VILLAGE else (number,)
        loose = sort == VILLAGE and _natural(places)  # those that are no administrative villages are more
        if first is not None:
            again = (t.fact for t in own if t.fact.value == number and t.fact.sentence != first.sentence)
            yield from (bind("conflict", AGAIN, first, f) for f in again)
        for one in own:
            if first is not None and one.sure and one.fact.value == number and one.fact.sentence != first.sentence:
                yield bind("conflict", PLACES, *sorted((first, one.fact), key=lambda f: f.span))
            if one.fact.value in known or not _wrong(one, number, max(known), loose=loose):
                continue
            if first is None:
                yield bind("sum", TOGETHER, one.fact, *(t.fact for t in pair), closed=True)
            elif (first.scope in _VERY) == (one.fact.scope in _VERY):
                yield bind("conflict", PLACES, first, one.fact)


def names_places(words: str) -> bool:
    """Whether words begin with the name of villages or communities."""
    return words[:1] in _FIRST and _PLACE.match(words) is not None


def _wrong(one: _Told, number: Decimal, most: Decimal, *, loose: bool) -> bool:
    """Whether a figure cannot be so many of all that the place has: ``number``, of villages and communities ``most``."""
    value = one.fact.value
    more = value > most and (one.sure or not loose)
    return slip(value, number) and (more or (one.sure and min(value, number) >= _TEN))


def _natural(places: Places) -> bool:
    """Whether a report counts 自然村, too."""
    return any("自然" in f.measure or _NATURAL.match(places.after(f)) for f in places.levels if f.unit == _UNIT)


def _read(places: Places, fact: Fact) -> _Told | None:
    """What a figure tells of villages and communities; None where it tells nothing, or of those of another place."""
    if fact.kind != COUNT or fact.approx:
        return None
    after = places.after(fact, _FAR)
    behind = after[:1] in _FIRST
    if not (behind or fact.measure.endswith(("村", "区", "会", "）"))) or not level(fact, ("actual", "planned")):
        return None
    ahead = places.ahead(fact)
    found = _PLACE.match(after) if behind else _NAMED.search(ahead)
    if found is None or _ELSEWHERE.search(ahead):
        return None
    sort = BOTH if found["both"] else VILLAGE if found["village"] else COMMUNITY
    if fact.unit != _UNIT:  # 23名村（社区）党组织书记: one of each
        return _Told(fact, sort, sure=False)
    rest = after[found.end() :] if behind else ""
    alone = behind and not ahead and rest[:1] in _ENDS  # 26个行政村，1个社区，人口4.1万人
    has = fact.status == "actual" and (alone or bool(_HAS.search(ahead)))
    whole = bool(_ALL.match(rest) or _ALL_BEHIND.match(rest) or _ALL_AHEAD.search(ahead)) and not _SOME.search(ahead)
    return _Told(fact, sort, has or whole)


def _settled(told: list[_Told]) -> list[_Told]:
    """The same, sure of the communities beside all villages (辖13个村、2个社区), and unsure of all those whose number some
    were told to be before (12个村试点 … 12个村全部建成)."""
    for i, (a, b) in enumerate(pairwise(told)):
        if a.sure and (a.sort, b.sort) == (VILLAGE, COMMUNITY) and b.fact.span[0] - a.fact.span[1] < _NEAR:
            told[i + 1] = b._replace(sure=True)
    some = {(t.sort, t.fact.value): t.fact.span for t in reversed(told) if not t.sure}
    return [t._replace(sure=t.sure and some.get((t.sort, t.fact.value), t.fact.span) >= t.fact.span) for t in told]


def _pair(told: Sequence[_Told]) -> tuple[_Told, ...]:
    """The villages and the communities that are told side by side, those of the whole place first; () where none are."""
    pairs = [(a, b) for a, b in pairwise(told) if (a.sort, b.sort) == (VILLAGE, COMMUNITY)]
    pairs = [(a, b) for a, b in pairs if a.fact.sentence == b.fact.sentence]
    return next((pair for pair in pairs if pair[0].sure), pairs[0] if pairs else ())


def _together(told: Sequence[_Told], pair: Sequence[_Told]) -> Relation | None:
    """辖14个村、2个社区 and 全镇16个村（社区）: the two sorts together."""
    parts = [t.fact for t in pair]
    made = sum((f.value for f in parts), ZERO)
    like = [t for t in told if t.sort != COMMUNITY and t not in pair] if pair else []
    often = Counter(t.fact.value for t in like)
    for one in like:
        sure = one.sort == BOTH and (one.sure or often[one.fact.value] > 1)
        value = one.fact.value
        if value == made or (sure and (abs(value - made) <= _CLOSE or sum_slip(one.fact, parts))):
            return bind("sum", TOGETHER if sure else "合计", one.fact, *parts, closed=True)
    return None


def _first(told: Sequence[_Told]) -> Fact | None:
    """The first figure that tells how many of a sort the place has: the number told most often of those that are sure."""
    sure = [t.fact for t in told if t.sure]
    often = Counter(f.value for f in sure)
    return max(sure, key=lambda f: often[f.value], default=None)


def _of_one_place(first: Fact, again: Fact) -> bool:
    return (first.scope in _VERY) == (again.scope in _VERY)
