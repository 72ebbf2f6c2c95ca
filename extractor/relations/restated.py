"""The same quantity stated twice: 配备专兼职调解员146名 … 164名专兼职调解员; 受理信访事项107件 … 所交办的107件信访件中."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from extractor.model import Fact, Relation
from extractor.model.fact import COUNT, PERCENTAGE
from extractor.relations.bind import ONE, REFERRED, bind
from extractor.relations.figures import LEVELS, kin
from extractor.relations.places import Places
from extractor.relations.scene import Scene
from extractor.text.stretches import remember

_WRAPPING = re.compile(
    r"^(?:(?:镇|乡|街道|局|县|区|市|旗)?(?:全年|年内|今年以来|一年来)(?:共|累计)?(?=[\u4e00-\u9fff]{4})|占(?=全)|全[镇乡县区市局]|[我本][镇乡局]|现有|共有|共|配备|配齐|设有|建有|拥有|辖有?|下辖|划分|选聘|聘请|已|全部|所|各类|各|组建|培育|培养|覆盖|由|对|在|与|为)+|[“”‘’（）]|的|各类|各种|违法(?=案件)"
)
STOCK = re.compile(
    r"(?:员|人|户|村|社区|组|队|干部|网格|法律明白人|嘎查|工作站|窗口|岗|志愿者|顾问|对象|群众|党员|委员|所|个社|村民组|案件|纠纷|信访件|信访事项|工单|积案)$"
)
# What is dealt with again and again: two numbers of one such name may be of two matters.
_FLOW = re.compile(
    r"(?:案件|纠纷|信访件|信访事项|工单|积案|群众)$|^(?:走访|慰问|帮扶|服务|惠及|救助|接待|检查|培训|帮助|发动|组织|解决|化解|受理)"
)
_POINTING = re.compile(r"(?:所|上述|以上|这|该)[^，。；、]{0,10}$")
_INSIDE = re.compile(r"[^，。；、]{0,8}中(?!心)")
_DONE = re.compile(r"已?(?:按期|按时)?(?:办结|调处|化解|完成|整改|采纳|合格|解决|答复|回复|成功|审结|结案)")
_TOLD, _STATED = (*LEVELS, PERCENTAGE), ("actual", "prior")
_DISTINCTIVE = Decimal(100)
AGAIN = "再提"  # the values agree, the words leave open whether one thing is meant: such a relation can only confirm
_RAISED = re.compile(r"培育|培养|组建|选聘|选派|招募|发展")
SPLIT = re.compile(r"新增|增加|减少|其中|部分|首批|另|培训|未|不")


def label(fact: Fact) -> str:
    """The measure without what only introduces it (现有, 配备, 全镇)."""
    return plain_words(fact.measure)


@lru_cache(maxsize=20_000)
def plain_words(text: str) -> str:
    """A phrase without its quotation marks and what only introduces it."""
    previous: str | None = None
    while previous != text:
        previous, text = text, _WRAPPING.sub("", text)
    return text


def restatements(facts: tuple[Fact, ...], lists: tuple[Relation, ...]) -> Iterator[Relation]:
    """Pairs of facts with the same label, unit, year and status; the first statement is the whole."""
    parts = {p for r in lists for p in r.parts}
    seen: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        if fact.kind not in LEVELS or fact.direction or fact.per or fact.cell or fact.status == "prior" or fact.id in parts:
            continue
        name = label(fact)
        if len(name) < 2 or SPLIT.search(fact.measure):
            continue
        key = (name, kin(fact), fact.scope if fact.scope in ("全县", "全区", "全市", "全省") else "")
        first = seen.setdefault(key, fact)
        if first is fact:
            continue
        same_time = first.status == fact.status and first.period == fact.period
        apart = first.section != fact.section or _definite(fact, name)
        sure = same_time and bool(STOCK.search(name)) and len(name) >= 4 and apart
        if first.interval.meets(fact.interval):
            equal = first.value == fact.value and (same_time or STOCK.search(name))
            if equal or (same_time and (first.approx or fact.approx)):
                basis = ONE if sure and first.sentence != fact.sentence else AGAIN
                yield bind("conflict", basis, first, fact)
        elif sure and first.sentence != fact.sentence and not _FLOW.search(name) and _raised(first) == _raised(fact):
            yield bind("conflict", ONE, first, fact)


def _raised(fact: Fact) -> bool:
    """Whether a figure may be of those that were won over in the year (培育明白人54名), not of all there are."""
    return fact.scope is None and _RAISED.search(fact.measure) is not None


def indicated(places: Places) -> Iterator[Relation]:
    """One ``conflict`` for each figure that the catalogue knows as one told before with the same value (作出处罚决定27件 …
    办理处罚案件27件), of this year or of the one before."""
    told: dict[tuple[str, str, Decimal, str, int | None], Fact] = {}
    for fact in places.facts:
        if fact.indicator is None or fact.kind not in _TOLD or fact.approx or fact.per or fact.direction or not fact.value:
            continue
        year = fact.period.year if fact.period is not None else None
        first = told.setdefault((fact.indicator, fact.kind, fact.value, fact.status, year), fact)
        if first.sentence != fact.sentence and kin(first) == kin(fact) and fact.status in _STATED:
            yield bind("conflict", AGAIN, first, fact)


def rates_again(found: Sequence[Relation], fact: Mapping[str, Fact]) -> Iterator[Relation]:
    """One ``conflict`` for each percentage that another sentence has told already of the same part of the same whole; of two
    that differ one fails by its own figures."""
    told: dict[tuple[str, ...], Fact] = {}
    order = sorted((r for r in found if r.type == "rate" and len(r.parts) > 1), key=lambda r: fact[r.whole].span)
    for relation in order:
        rate = fact[relation.whole]
        first = told.setdefault(relation.parts, rate)
        if first.sentence != rate.sentence and first.kind == rate.kind and first.value == rate.value:
            yield bind("conflict", AGAIN, first, rate)


def echoes(places: Places, lists: tuple[Relation, ...]) -> Iterator[Relation]:
    """One distinctive value (100 and more) under two names of the same matter (信访问题107个 … 信访事项107件)."""
    parts = {p for r in lists for p in r.parts}
    seen: dict[tuple[str, Decimal, str | None], list[Fact]] = {}
    for fact in places.levels:
        if fact.kind != COUNT or fact.approx or fact.id in parts or fact.value < _DISTINCTIVE or _DONE.match(fact.measure):
            continue
        for other in seen.setdefault((kin(fact), fact.value, fact.section), []):
            if other.measure != fact.measure and _matter(label(other), label(fact)):
                yield bind("conflict", "同数", other, fact)
                break
        remember(seen[kin(fact), fact.value, fact.section], fact)


def _matter(a: str, b: str) -> bool:
    """Whether two labels name the same matter: a shared noun of two characters that starts neither as a verb."""
    shared = {a[i : i + 2] for i in range(2, len(a) - 1)} & {b[i : i + 2] for i in range(2, len(b) - 1)}
    return bool(shared)


def _definite(fact: Fact, name: str) -> bool:
    """Whether the number stands before its noun and so speaks of things already known (164名专兼职调解员)."""
    return len(name) >= 4 and fact.span[1] - fact.span[0] < 8 and bool(STOCK.search(name))


def recalls(scene: Scene) -> Iterator[Relation]:
    """所交办的107件信访件中: the number points back at the last whole of its kin; 调解成功的1249件中: at the same number."""
    for i, fact in enumerate(scene.facts) if "中" in scene.passage.flow else ():
        if not scene.levels[i] or not _INSIDE.match(scene.behind(i)):
            continue
        if _POINTING.search(scene.gaps[i]):
            first = next((k for k in scene.before(i) if scene.facts[k].id not in scene.part_of), None)
            basis = REFERRED
        else:
            same = (k for k in scene.before(i) if scene.same_sentence(k, i) and scene.facts[k].value == fact.value)
            first, basis = next(same, None) if scene.gaps[i].endswith("的") else None, AGAIN
        if first is not None:
            yield bind("conflict", basis, scene.facts[first], fact)
