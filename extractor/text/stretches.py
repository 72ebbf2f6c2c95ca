"""How far one thing in a text may reach, so that no text, however it is written, costs more than its length.

Reports keep far below these bounds (the longest sentence of those that gouji was made with has 250 characters, the fullest
paragraph 35 numbers); what goes beyond is no sentence and no paragraph that anyone would read as one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

LONGEST_SENTENCE = 1000
"""Characters. What has no full stop for longer is read as several sentences."""
MOST_NUMBERS = 200
"""Numbers that are read together. A paragraph with more is read in stretches."""

MOST_EARLIER = 300
"""Figures of one kind: so many at least are remembered for what is said later, and at most twice as many."""
_TWICE = 2 * MOST_EARLIER

_Item = TypeVar("_Item")


def remember(earlier: list[_Item], item: _Item) -> None:
    """Add to what was said ``earlier``; of more than twice ``MOST_EARLIER`` the older half is forgotten."""
    earlier.append(item)
    if len(earlier) > _TWICE:
        del earlier[:-MOST_EARLIER]


def stretches(
    items: Sequence[_Item], sentence: Callable[[_Item], Hashable], most: int = MOST_NUMBERS
) -> Iterator[Sequence[_Item]]:
    """The items of one paragraph in stretches of at most ``most``, cut between sentences where there is a place to cut.

    Parameters: ``items`` in reading order; ``sentence`` says in which sentence an item stands.
    """
    start = 0
    while len(items) - start > most:
        end = start + most
        cuts = (k for k in range(end, start, -1) if sentence(items[k]) != sentence(items[k - 1]))
        end = next(cuts, end)
        yield items[start:end]
        start = end
    yield items[start:] if start else items
