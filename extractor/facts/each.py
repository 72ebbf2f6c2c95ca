"""Parts told together with one figure that each of them has (学校和寺院各举办三场)."""

from __future__ import annotations

import re

from extractor.facts.context import Context

_EACH = re.compile(r"^(?P<names>.+?)(?<!来自)各(?:自|有|举办|开展|组织|召开|安排|进行|办理|设|配备|为|是){0,2}$")
_JOINT = re.compile(r"[、和与及]")
_GOES_ON = frozenset(("、", "和", "及", "与"))
_FEW = 20


def spread(contexts: list[Context], parts: list[int]) -> list[int]:
    """The parts of a list, each as often as its number counts (学校和寺院各举办三场 twice)."""
    return [p for p in parts for _ in range(_told_of(contexts, p) or 1)]


def untold(contexts: list[Context], parts: list[int]) -> bool:
    """Whether the words leave open how often one of the numbers counts (各村举办三场)."""
    return any(_told_of(contexts, p) == 0 for p in parts)


def _told_of(contexts: list[Context], index: int) -> int:
    """Of how many parts a number is told: 1 where no 各 shares it, 0 where that is left open.

    A number that others follow directly (进校园、进企业各3场、2场) is the first of as many as there are names.
    """
    left = contexts[index].left
    if "各" not in left or (match := _EACH.match(left)) is None:
        return 1
    if index + 1 < len(contexts) and contexts[index + 1].gap in _GOES_ON:
        return 1
    names = [name for name in _JOINT.split(match["names"]) if name]
    if len(names) > 1:
        return len(names)
    before = contexts[index - 1].mention if index else None  # 三个片区各4场
    counted = before is not None and contexts[index - 1].right == left and before.value == before.value.to_integral_value()
    return int(before.value) if counted and before is not None and 1 < before.value <= _FEW else 0
