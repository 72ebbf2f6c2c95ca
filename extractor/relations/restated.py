"""The same quantity stated twice: 配备专兼职调解员146名 … 164名专兼职调解员; 受理信访事项107件 … 所交办的107件信访件中."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Fact, Relation
from extractor.relations.scene import LEVELS, kin

_WRAPPING = re.compile(
    r"^(?:全[镇乡县区市]|[我本][镇乡局]|现有|共有|共|配备|配齐|设有|建有|拥有|辖有?|下辖|划分|选聘|聘请|已|全部|所|各类|各|组建|培育|培养|覆盖|由|对|在|与|为)+|[“”‘’（）]|(?:的)"
)
_STOCK = re.compile(r"(?:员|人|户|村|社区|组|队|干部|网格|法律明白人|嘎查|工作站|窗口|岗|志愿者|顾问|对象|群众|党员|委员|所|个社|村民组|案件|纠纷|信访件|信访事项|工单|积案)$")
_SPLIT = re.compile(r"新增|增加|减少|其中|部分|首批|另|培训|未|不")


def label(fact: Fact) -> str:
    """The measure without what only introduces it (现有, 配备, 全镇)."""
    previous, text = None, fact.measure
    while previous != text:
        previous, text = text, _WRAPPING.sub("", text)
    return text


def restatements(facts: tuple[Fact, ...], lists: tuple[Relation, ...]) -> Iterator[Relation]:
    """Pairs of facts with the same label, unit, year and status; the first statement is the whole."""
    parts = {p for r in lists for p in r.parts}
    seen: dict[tuple[str, str, int | None, str], Fact] = {}
    for fact in facts:
        if fact.kind not in LEVELS or fact.direction or fact.per or fact.cell or fact.status == "prior" or fact.id in parts:
            continue
        name = label(fact)
        if len(name) < 2 or _SPLIT.search(fact.measure):
            continue
        key = (name, kin(fact), fact.period.year, fact.scope if fact.scope in ("全县", "全区", "全市", "全省") else "")
        first = seen.setdefault(key, fact)
        if first is fact:
            continue
        if first.value == fact.value or first.interval.meets(fact.interval):
            if first.value == fact.value or first.approx or fact.approx:
                yield Relation(id="", type="conflict", whole=first.id, parts=(fact.id,), basis="同一指标")
        elif _STOCK.search(name) and len(name) >= 4 and first.section != fact.section or _definite(fact, name):
            yield Relation(id="", type="conflict", whole=first.id, parts=(fact.id,), basis="同一指标")


def _definite(fact: Fact, name: str) -> bool:
    """Whether the number stands before its noun and so speaks of things already known (164名专兼职调解员)."""
    return len(name) >= 4 and fact.span[1] - fact.span[0] < 8 and bool(_STOCK.search(name))
