"""Figures that speak of all of a thing counted elsewhere: 46名执法人员要管, 执法大队22人中."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Fact, Relation
from extractor.model.compare import miswritten
from extractor.model.fact import COUNT
from extractor.relations.bind import ONE, bind
from extractor.relations.figures import kin, level
from extractor.relations.places import Places
from extractor.relations.restated import label, plain_words
from extractor.relations.words import AMONG
from extractor.text.stretches import remember

_CUE = re.compile(r"[中里全要难每]")
_ALL = rf"(?:{AMONG}|里，|全部|全覆盖|要(?!求|点|闻|素|件)|难以|每[村个人名])"
_NOUN = re.compile(rf"^的?(?P<noun>[\u4e00-\u9fff“”（）]{{1,12}}?){_ALL}")
_AMONG = re.compile(rf"^{AMONG}[，\u4e00-\u9fff]")
_AHEAD = re.compile(r"[\u4e00-\u9fff“”（）]{3,10}$")
_BARE = re.compile(
    r"^(?:[一二三四五六七八九]是)?(?:目前|但|而|上述|以上|全[镇乡县区市局]|全街道|[我本][镇乡街局]道?|现有的?|在册的?|辖区内?|所有|实现|覆盖|全部|要管|要盯住|在|的)*$"
)
_PARTIAL = re.compile(r"新|增|减|其中|部分|首批|另|培训|选派|抽调|不|未|前|重点|示范|试点|创建|获评|建成|抽查|完成|名单")
_LEAST = 10


def definite(places: Places) -> Iterator[Relation]:
    """One ``conflict`` for each figure whose words say that it is all of a thing, and that differs from the one number that
    this thing was counted with before as slips of the pen do."""
    counted: dict[str, list[Fact]] = {}
    for fact in places.facts:
        if fact.kind != COUNT or not level(fact, statuses=("actual", "planned")):
            continue
        earlier = counted.setdefault(kin(fact), [])
        noun = _told_of(places, fact) if earlier and fact.value >= _LEAST and not fact.approx else ""
        if noun:
            named = [f for f in earlier if f.sentence != fact.sentence and _counts(f, noun)]
            if len({f.value for f in named}) == 1 and miswritten(fact.value, named[0].value):
                yield bind("conflict", ONE, named[0], fact)
        if fact.status == "actual" and not fact.approx and fact.value >= _LEAST:
            remember(earlier, fact)


def _told_of(places: Places, fact: Fact) -> str:
    """The noun that a figure counts all of; '' where its words do not say so."""
    after = places.after(fact)
    if not _CUE.search(after):
        return ""
    ahead = places.ahead(fact)
    if match := _NOUN.match(after):
        return match["noun"] if _BARE.match(ahead) else ""
    if _AMONG.match(after) and (noun := _AHEAD.search(plain_words(ahead))):
        return noun.group()
    return ""


def _counts(fact: Fact, noun: str) -> bool:
    """Whether a figure counts the very thing that a noun names."""
    own = label(fact)
    if _PARTIAL.search(fact.measure) or fact.part_of is not None:
        return False
    return len(noun) > 2 and (own.endswith(noun) or (len(own) > 3 and noun.endswith(own)))
