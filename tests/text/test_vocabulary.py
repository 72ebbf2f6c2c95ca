"""Many words as one pattern: the longest that fits is found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.vocabulary import longest_of

CASES = [
    (("调解", "调解员", "调委会", "矛盾"), "调解员调解矛盾", ["调解员", "调解", "矛盾"]),
    (("a.c", "a"), "abc a.c", ["a", "a.c"]),
    ((), "调解", []),
    (("", "村"), "村村", ["村", "村"]),
]


@pytest.mark.parametrize(("words", "text", "found"), CASES)
def test_words_are_found(words, text, found):
    assert re.findall(longest_of(words), text) == found


@given(st.sets(st.text("甲乙丙|(", min_size=1, max_size=4), max_size=8), st.text("甲乙丙|(", max_size=20))
def test_as_plain_alternatives_longest_first(words, text):
    plain = "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or "(?!)"
    assert re.findall(longest_of(words), text) == re.findall(plain, text)
