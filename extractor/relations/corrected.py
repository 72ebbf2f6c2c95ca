"""How many decisions were corrected, and the outcomes that correct one: 撤销9件，责令履行4件，…。直接纠错13件.

A review corrects an act by 变更, 撤销, 确认违法 or 责令履行 (行政复议法, 2023, articles 63 to 66).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Relation
from extractor.relations.bind import bind
from extractor.relations.scene import Scene

CORRECTED = "纠错"
_ALL = re.compile(r"纠错|纠正")
_OUTCOME = re.compile(r"撤销|变更|确认违法|责令[^，。；、]{0,6}(?:履行|履职|重作)")


def corrected(scene: Scene) -> Iterator[Relation]:
    """One ``sum`` for each number of corrections that the correcting outcomes before it make; values can only confirm."""
    if not _ALL.search(scene.passage.flow):
        return
    for i, fact in enumerate(scene.facts):
        if not scene.levels[i] or fact.id in scene.part_of or not _ALL.search(scene.lefts[i]):
            continue
        outcomes = [k for k in scene.before(i) if _OUTCOME.search(scene.lefts[k])]
        lists = dict.fromkeys(scene.part_of.get(scene.facts[k].id) for k in outcomes)
        for whole in lists:
            parts = [scene.facts[k] for k in reversed(outcomes) if scene.part_of.get(scene.facts[k].id) == whole]
            if len(parts) > 1 and sum(p.value for p in parts) == fact.value:
                yield bind("sum", CORRECTED, fact, *parts, closed=True)
                break
