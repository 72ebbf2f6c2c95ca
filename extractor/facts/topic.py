"""What the running statement is about, so that bare verbs and rates (办结, 办结率) can take its object."""

from __future__ import annotations

from msgspec import Struct

from extractor.model import Mention

HANDLED = ("case", "case-time", "item", "place")


class Topic(Struct):
    """What the running statement is about: the last full measure, its object, and in which unit it is counted."""

    measure: str = ""
    object: str = ""
    group: str = ""
    unit: str = ""
    index: int | None = None
    sentence: tuple[int, int] = (0, 0)


def akin(a: str, b: str) -> bool:
    """Whether two groups of units may count one matter, so that a bare verb takes over its object."""
    if a != b and "case-time" in (a, b):
        return False
    return a == b or not a or not b or (a in HANDLED and b in HANDLED) or b not in (*HANDLED, "money")


def of_other_matter(mention: Mention, topic: Topic) -> bool:
    """Whether a figure goes on from the last one in its own unit, not from the running topic: a count behind money, 件次 behind
    件, an average."""
    if mention.unit == topic.unit or mention.kind != "count":
        return False
    return (topic.group == "money" and mention.group in HANDLED) or mention.group == "case-time" or mention.per is not None
