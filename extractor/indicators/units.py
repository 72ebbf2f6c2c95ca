"""Units that count the same sort of thing, and which of them an indicator takes."""

from __future__ import annotations

from extractor.rules.schema import Indicator

_KINS = {
    "case": "件 起 宗 例 单 件次", "piece": "个", "item": "项", "batch": "批 批次",
    "person": "人 名 位 万人", "person-time": "人次",
    "household": "户", "place": "家 处 间 座", "organ-time": "家次 户次", "event": "次 场 场次 期 轮 次数 堂 节 课时",
    "paper": "份 册 张 本 封 卷 幅",
    "information": "条 篇", "money": "元 万元", "area": "平方米 亩", "team": "支", "device": "台 部 路 株", "percent": "%",
}  # fmt: skip
_KIN = {unit: kin for kin, units in _KINS.items() for unit in units.split()}
# Units that clerks use for each other: neighbours, not equals.
_NEAR = {
    "case": {"case", "item", "batch"}, "item": {"item", "piece", "place", "information"},
    "piece": {"piece", "item", "place"},
    "place": {"place", "piece", "item", "household"}, "person": {"person", "person-time"},
    "person-time": {"person-time", "person"}, "event": {"event", "batch", "case"}, "batch": {"batch", "event", "case"},
    "organ-time": {"organ-time", "place"}, "paper": {"paper", "case", "information"},
    "information": {"information", "item", "paper"}, "household": {"household", "place"},
}  # fmt: skip
_RATES = ("rate", "ratio", "amount")


def kin(unit: str) -> str:
    """The sort of things that a unit counts; the unit itself where it has no other of its sort."""
    return _KIN.get(unit, unit)


def fits(indicator: Indicator, unit: str, kind: str, per: str | None, change: bool) -> bool:
    """Whether a figure may be of an indicator, by its unit.

    Parameters: ``unit``, ``kind`` and ``per`` of the fact; ``change`` whether it tells a change: a change in per cent or
    倍 may be of any figure but a rate, one in percentage points of a rate only, one in the indicator's unit of that one.
    """
    if kind == "nil":
        return indicator.kind not in _RATES
    if kind == "points":
        return indicator.kind == "rate"
    if change and kind in ("percentage", "multiple"):
        return indicator.kind not in ("rate", "ratio")
    if kind == "percentage" or indicator.kind == "rate":
        return kind == "percentage" and indicator.kind == "rate"
    if per is not None and kind != "frequency":
        return indicator.kind == "ratio"
    own = kin(unit)
    wanted = {kin(u.split("/")[0]) for u in indicator.units}
    return own in wanted or any(own in _NEAR.get(w, ()) for w in wanted)
