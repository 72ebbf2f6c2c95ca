"""What a body did, told again where those who lead it are told of: 党委会研究法治工作6次 … 主持会议11次，其中党委会议6次."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.model import Fact, Relation
from extractor.model.fact import COUNT
from extractor.model.slips import sum_slip
from extractor.relations.bind import ONE, bind
from extractor.relations.figures import kin
from extractor.relations.places import Places
from extractor.relations.restated import AGAIN
from extractor.relations.words import alike, in_order

TOGETHER = "两人合计"
_BODY = re.compile(
    r".*(?P<body>党工?委|党组|[镇乡县区局]长办公|主任办公|常务|领导小组)"
    r"(?!理论|中心|书记|[、和]|政府|主要|副|委员|成员|班子|办公室)(?:会议?|例会)?(?P<deed>[^，。；：（）]*)$"
)
_LIGHT = re.compile(r"专[题门]|定期|集体|全年|年内|会议?|主持|召开|的|工作|情况|类|共|累计|先后|[\d]+")
_ATTENDS = re.compile(r"列席|出席|参加")
_SOLVED = re.compile(r"(?:解决|化解)(?P<what>[^，。；]*?)(?P<noun>难题|问题|困难|难点|难事)$")
_LEADS = re.compile(r"书记|[镇乡县区局]长|主任|负责人|负责同志|主持|牵头|带队|推动")
_BOTH = re.compile(
    r"(?:[两二]人|两位(?:同志|主官)?|主要(?:负责人|负责同志|领导)|书记[、和与][镇乡县区局]长|书记[、和与]主任)[^，。；]*(?:共|合计|总共|一共|累计)[^，。；]{0,4}$"
)
_FIRST, _SECOND = re.compile(r"书记[^，。；、]{0,8}$"), re.compile(r"[、，和](?:[镇乡县区局]长|主任)[^，。；、]{0,8}")
_NAME, _AROUND = 4, 60


def led(places: Places) -> Iterator[Relation]:
    """Relations of figures that tell again, in another paragraph, what a body met for, what was solved, what two leaders did.

    Equal ones confirm each other. Others are bound where the deed is the same: how often a body met is one number, and nobody
    had more solved than were solved.
    """
    met: dict[str, list[tuple[Fact, str]]] = {}
    solved: dict[str, list[tuple[Fact, str]]] = {}
    clause = {f.id: f for f in places.levels}
    plain = [f for f in places.levels if f.kind == COUNT and not f.approx]
    for i, fact in enumerate(plain):
        words = places.ahead(fact)
        if kin(fact) == "次":
            if (body := _BODY.match(words)) and not _ATTENDS.search(words):
                deed = _LIGHT.sub("", body["deed"] or (places.ahead(clause[fact.part_of]) if fact.part_of in clause else ""))
                yield from _met_again(places, fact, deed, met.setdefault(body["body"], []))
                met[body["body"]].append((fact, deed))
        elif (told := _SOLVED.search(words)) and fact.part_of is None:
            before = solved.setdefault(told["noun"], [])
            yield from _solved_again(places, fact, told["what"], before)
            before.append((fact, told["what"]))
        if "共" in words or "合计" in words or "累计" in words:
            yield from _together(places, fact, plain[:i], words)


def _met_again(places: Places, fact: Fact, deed: str, before: Sequence[tuple[Fact, str]]) -> Iterator[Relation]:
    """How often a body met, told before in another paragraph."""
    apart = [(f, d) for f, d in before if places.passage(f) is not places.passage(fact)]
    like = [f for f, d in apart if not (d and deed) or alike(d, deed)]
    if (same := next((f for f in like if f.value == fact.value), None)) is not None:
        yield bind("conflict", AGAIN, same, fact)
        return
    of_deed = [f for f, d in apart if min(len(d), len(deed)) >= _NAME and (in_order(d, deed) or in_order(deed, d))]
    if len(apart) == len(of_deed) == 1:
        yield bind("conflict", ONE, of_deed[0], fact)


def _solved_again(places: Places, fact: Fact, what: str, before: Sequence[tuple[Fact, str]]) -> Iterator[Relation]:
    """How many difficulties were solved, told before by what they were (解决办公用房、补贴等难题7个 … 推动解决难题8个)."""
    apart = [(f, w) for f, w in before if places.passage(f) is not places.passage(fact) and f.unit == fact.unit]
    if what or len(apart) != 1 or not apart[0][1].endswith("等") or not _LEADS.search(places.before(fact)):
        return
    first = apart[0][0]
    if first.value <= fact.value:
        yield bind("conflict", AGAIN if first.value == fact.value else ONE, first, fact)


def _together(places: Places, fact: Fact, before: Sequence[Fact], words: str) -> Iterator[Relation]:
    """What two leaders did together, each of whom was told before: 书记2堂、镇长2堂 … 两人共4堂."""
    if not _BOTH.search(words):
        return
    for first, second in pairwise([f for f in before if f.unit == fact.unit]):
        if (
            first.sentence != second.sentence
            or not _FIRST.search(places.ahead(first))
            or not _SECOND.match(places.between(first, second))
        ):
            continue
        parts = (first, second)
        made = first.value + second.value == fact.value
        if alike(fact.measure, places.before(first, _AROUND)) and (made or sum_slip(fact, parts)):
            yield bind("sum", TOGETHER, fact, *parts, closed=True)
            return
