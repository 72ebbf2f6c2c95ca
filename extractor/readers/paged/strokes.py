"""What is drawn along an axis: the ruling lines in a path of straight pieces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractor.model import Box

THIN = 3.0
"""Points: a filled area thinner than this is a line."""
Point = tuple[float, float]


def sides(points: list[Point]) -> Iterator[Box]:
    """The pieces of a stroked path that run along an axis."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if min(abs(x1 - x0), abs(y1 - y0)) <= 1.0:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def bar(points: list[Point]) -> Iterator[Box]:
    """A filled path too thin to be anything but a line. Shaded areas are none: text on a ground of colour is no table."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN:
        yield min(xs), min(ys), max(xs), max(ys)
