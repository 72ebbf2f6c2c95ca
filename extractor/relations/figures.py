"""What sort of figure a fact is: of which kin its unit, whether a plain figure of its period or a rate."""

from __future__ import annotations

from extractor.model import Fact
from extractor.model.fact import AMOUNT, COUNT, PERCENTAGE, QUANTITY

LEVELS = (COUNT, AMOUNT, QUANTITY)
_UNIT_KIN = {
    "件": "件",
    "起": "件",
    "宗": "件",
    "例": "件",
    "个": "件",
    "项": "件",
    "人": "人",
    "名": "人",
    "位": "人",
    "票": "人",
    "次": "次",
    "场": "次",
    "场次": "次",
    "期": "次",
}


def kin(fact: Fact) -> str:
    """Units that count the same things are one kin (件, 起, 宗; 人, 名; 次, 场)."""
    return _UNIT_KIN.get(fact.unit, fact.unit)


def level(fact: Fact, statuses: tuple[str, ...] = ("actual",)) -> bool:
    """Whether a fact is a plain figure of the report's own year (or of another status that is asked for)."""
    return fact.kind in LEVELS and fact.direction is None and fact.status in statuses and fact.per is None and fact.cell is None


def percentage(fact: Fact) -> bool:
    """Whether a fact is a rate or share of its period."""
    return fact.kind == PERCENTAGE and fact.direction is None and fact.status != "prior"
