"""Which figure a stated change speaks of (受理60件，其中行政处罚20件，同比下降5%)."""

from __future__ import annotations

from extractor.facts.breakdown import Breakdown
from extractor.facts.context import Context
from extractor.facts.roles import LEVEL, SHARE, Role


class Changes:
    """Which figure a change without a subject speaks of: the part of a list before it, or the list's whole."""

    def __init__(self, lists: list[Breakdown]) -> None:
        self._list_of = {p: b for b in lists for p in b.parts}
        self._changed: set[int] = set()

    def part(self, contexts: list[Context], roles: list[Role], index: int) -> int | None:
        """The part that the change at ``index`` speaks of; None when it speaks of the running topic.

        A change behind the last part of a list is the whole's, unless the whole has had its own or the parts have theirs.
        """
        nearest = next(
            (
                k
                for k in range(index - 1, -1, -1)
                if roles[k].kind == LEVEL and contexts[k].sentence == contexts[index].sentence
            ),
            None,
        )
        if nearest is None:
            return None
        found = self._list_of.get(nearest)
        if found is None or found.whole > nearest:
            self._changed.add(nearest)
            return None
        siblings = {found.whole, *found.parts} - {nearest}
        own = (
            nearest != found.parts[-1]
            or len(found.parts) == 1
            or bool(siblings & self._changed)
            or any(roles[k].kind == SHARE for k in range(nearest + 1, index))
        )
        self._changed.add(nearest if own else found.whole)
        return nearest if own else None
