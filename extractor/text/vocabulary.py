"""Many words as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable


def longest_of(words: Iterable[str]) -> str:
    """A regular expression of words of which the longest that fits is found; it fits nowhere where there are none.

    The words stand together by their first letter, so that at a place of the text only those are tried that may begin there.
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(filter(None, words), key=lambda w: (-len(w), w)):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_letter.items()) or "(?!)"
