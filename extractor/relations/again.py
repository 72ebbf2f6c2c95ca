"""Figures that come up again far from where they were stated: 网格员108名 … 108名网格员中; 14个村、2个社区 … 16个村（社区）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.model import Fact, Relation
from extractor.model.compare import miswritten
from extractor.relations.places import Places, level
from extractor.relations.restated import AGAIN, label
from extractor.relations.scene import kin
from extractor.relations.status import REST
from extractor.relations.words import alike, in_order

_NOUN = re.compile(
    r"^(?:在编在岗|专职|兼职|专兼职)?([\d\u4e00-\u9fff“”]{2,12}?)(?=[中的](?!心)|内|全部|全员|均|都|每[天月周人]|里|实现|参加|基本|普遍|[，。；、：（）]|$)"
)
_DEFINITE = re.compile(r"^[\d\u4e00-\u9fff“”]{2,12}?(?:中(?!心|小)|全部|全员|均|都|每[天月周人])")
_BARE = re.compile(
    r"^(?:[一二三四五六七八九]是)?(?:[^，]{0,12}(?:[针应]?对|围绕|从|将|把|全年的?))?(?:目前|但|而|其中|上述|以上|全[镇乡县区]|我[镇乡]|现有|全体|全部|辖区内?|所有|街道)*$"
)
_CHANGE = re.compile(r"新|增|减|其中|部分|首批|另|培训|选派|抽调|不|未|前|每")
_BOTH_SORTS = re.compile(r"^(?:行政)?村（社区）|^村（?居）?社?区?(?=[，。、；全均都实])|^村社|^村、社区|^村和社区|^村（居）")
_WHOLE_PLACE = re.compile(r"(?:全[镇乡区县]|全街道|辖区|所辖|辖|共)(?:内|有|的)?$")
_SORT_A = re.compile(r"^(?:行政|建制)?村(?!（|社|居|民|组|级)")
_SORT_B = re.compile(r"^(?:城市|城镇|农村)?(?:社区|居委会|居民委员会)")
_REST_WORDS = re.compile(r"仍有|尚有|还有|另有|其余|剩余|未|待|正在|仍在|不合格|缺")
_LEAST, _BACK = 10, 3
_CLOSE = 20  # a rounded figure is within a twentieth of the exact one


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
            earlier.append(fact)
            equal.append(fact)


def _again(
    places: Places, fact: Fact, earlier: list[Fact], equal: list[Fact], known: set[frozenset[str]]
) -> Iterator[Relation]:
    """The relation of one figure with those of its kin before it; ``equal`` are the ones of its value."""
    if not earlier:
        return
    after = places.after(fact)
    match = _NOUN.match(after)
    noun = match[1] if match else label(fact)
    pointing = places.ahead(fact).endswith("的") and len(fact.measure) >= 2  # 已化解的66起
    if len(noun) < 2 and not pointing:
        return
    values = [f for f in earlier if _rounded(fact, f)] if fact.approx else equal
    same = [f for f in values if not f.approx and f.sentence != fact.sentence]
    same = [f for f in same if _counts(f, noun) or _starts(f, after) or (pointing and alike(f.measure, fact.measure))]
    if same:
        enough = fact.value >= _LEAST or len(noun) >= 3
        if enough and frozenset((same[-1].id, fact.id)) not in known:
            yield Relation(id="", type="conflict", whole=same[-1].id, parts=(fact.id,), basis=AGAIN)
        return
    sure = match and fact.status == "actual" and fact.part_of is None and not fact.approx
    if not (sure and _DEFINITE.match(after) and _BARE.match(places.ahead(fact))):
        return
    named = [f for f in earlier if _named(f, noun) and not _CHANGE.search(f.measure)]
    named = [f for f in named if f.part_of is None] or named
    once = bool(named) and len({f.value for f in named}) == 1 and fact.sentence != named[0].sentence
    if once and not named[0].approx and miswritten(fact.value, named[0].value):
        yield Relation(id="", type="conflict", whole=named[0].id, parts=(fact.id,), basis="同一指标")


def _counts(fact: Fact, noun: str) -> bool:
    """Whether a figure counts what a noun names (机关在岗干部 for 机关干部; 社区 for 社区公共法律服务)."""
    if noun in fact.measure or (len(noun) >= 4 and noun[-4:] in fact.measure):
        return True
    own = label(fact)
    return (len(own) >= 2 and noun.startswith(own)) or (len(noun) >= 4 and in_order(noun, fact.measure))


def _starts(fact: Fact, words: str) -> bool:
    """Whether the words behind a number start with what an earlier figure counts (96件复议申请反映的问题)."""
    of = words.startswith("的")  # 近90件的审结案件
    start = words[1:3] if of else words[:4]
    return len(start) == (2 if of else 4) and start in fact.measure


def _rounded(about: Fact, exact: Fact) -> bool:
    """Whether an approximate figure may be an exact one, rounded (接近1300万元 of 1286.4万元)."""
    return about.interval.meets(exact.interval) and abs(about.value - exact.value) * _CLOSE <= exact.value


def _named(fact: Fact, noun: str) -> bool:
    """Whether a figure counts the very thing that a noun names."""
    own = label(fact).removesuffix("类")  # 合同协议类386宗 … 368宗合同协议审查
    return (
        own.endswith(noun)
        or (len(own) >= 4 and noun.startswith(own))
        or (len(noun) >= 4 and own[-2:] == noun[-2:] and in_order(noun, own))
    )


def places_together(places: Places) -> Iterator[Relation]:
    """辖14个村、2个社区 and 全镇16个村（社区）: villages and communities together."""
    plain = [f for f in places.facts if level(f) and f.kind == "count"]
    pair = next(
        (
            (a, b)
            for a, b in pairwise(plain)
            if _SORT_A.match(places.after(a)) and _SORT_B.match(places.after(b)) and a.sentence == b.sentence
        ),
        None,
    )
    if pair is None:
        return
    made = pair[0].value + pair[1].value
    for fact in plain:
        if fact in pair or not _BOTH_SORTS.match(places.after(fact)) or fact.approx:
            continue
        sure = bool(_WHOLE_PLACE.search(places.ahead(fact)))
        if fact.value == made or (sure and abs(fact.value - made) <= 3):
            yield Relation(
                id="",
                type="sum",
                whole=fact.id,
                parts=(pair[0].id, pair[1].id),
                basis="村与社区" if sure else REST,
                closed=True,
            )
            return


def rests(places: Places, lists: Sequence[Relation]) -> Iterator[Relation]:
    """排查68起，化解66起。……尚有2起: a rest told later, where whole and finished stand together and all three tie up."""
    plain = [f for f in places.facts if level(f) and f.kind == "count" and not f.approx]
    bound = {frozenset((r.whole, *r.parts)) for r in lists}
    parts = {p for r in lists if r.type == "sum" for p in r.parts}
    for i, rest in enumerate(plain):
        if not _REST_WORDS.search(places.ahead(rest) + rest.measure + places.after(rest, 12)):
            continue
        earlier = [f for f in plain[:i] if kin(f) == kin(rest)]
        for k in range(len(earlier) - 1, 0, -1):
            whole = _whole(earlier, k, rest, parts)
            if whole is None:
                continue
            twin = next(
                (f for f in reversed(earlier) if f.value == earlier[k].value and f.sentence == rest.sentence), earlier[k]
            )
            if frozenset((whole.id, twin.id, rest.id)) not in bound and whole.id != twin.id:
                yield Relation(id="", type="sum", whole=whole.id, parts=(twin.id, rest.id), basis=REST, closed=True)
            break


def _whole(earlier: list[Fact], k: int, rest: Fact, parts: set[str]) -> Fact | None:
    """A figure right before the finished one, lists between them passed over, that finished and rest make together."""
    done = earlier[k]
    over_lists = [f for f in earlier[:k] if f.id not in parts][-_BACK:]
    for other in [*earlier[max(0, k - _BACK) : k][::-1], *over_lists[::-1]]:
        near = other.section == rest.section or alike(other.measure, rest.measure) or alike(done.measure, rest.measure)
        if other.value == done.value + rest.value and other.value > 2 and near:
            return other
    return None
