"""The numbers of headings."""

from __future__ import annotations

import pytest

from extractor.text.ordinals import chinese, ordinal


def test_what_is_written_is_read_again():
    assert [ordinal(f"（{chinese(n)}）") for n in range(1, 100)] == list(range(1, 100))


@pytest.mark.parametrize(
    ("number", "position"), [("第三部分", 3), ("（十）", 10), ("12.", 12), ("二十一、", 21), ("●", None), ("", None)]
)
def test_the_position_a_mark_claims(number, position):
    assert ordinal(number) == position
