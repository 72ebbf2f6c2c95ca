"""Text and paths of an OFD page as lines and ruling lines (GB/T 33190-2016, chapters 9 and 11)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from extractor.model import Box
from extractor.readers.paged.page import Line, around
from extractor.readers.paged.strokes import Point, bar, sides
from extractor.text.normalize import clean

Affine = tuple[float, float, float, float, float, float]
"""x' = a·x + c·y + e, y' = b·x + d·y + f."""
_LONGEST = 20000
_ASCENT, _DESCENT = 0.86, 0.14
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def numbers(said: str | None) -> list[float]:
    """The numbers of an attribute; none where one of them is no number."""
    try:
        found = [float(x) for x in (said or "").replace(",", " ").split()]
    except ValueError:
        return []
    return found if all(map(math.isfinite, found)) else []


def moved(place: Affine, x: float, y: float) -> Point:
    """A point as it is seen."""
    a, b, c, d, e, f = place
    return a * x + c * y + e, b * x + d * y + f


def placed(element: Any, place: Affine) -> Affine | None:
    """The transform of what an object draws: its own (CTM), then to the corner of its Boundary, then ``place``."""
    corner = numbers(element.get("Boundary"))
    own = numbers(element.get("CTM")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    if len(corner) < 4 or len(own) != 6:
        return None
    a, b, c, d, e, f = own
    e, f = e + corner[0], f + corner[1]
    x0, y0 = moved((*place[:4], 0.0, 0.0), a, b), moved((*place[:4], 0.0, 0.0), c, d)
    return (*x0, *y0, *moved(place, e, f))


def text_lines(element: Any, place: Affine) -> Iterator[Line]:
    """The lines of a text object, with the place of every character; text that runs downwards one character a line."""
    own = placed(element, place)
    [size] = numbers(element.get("Size"))[:1] or [0.0]
    if own is None or size <= 0:
        return
    wide = (numbers(element.get("HScale")) or [1.0])[0]
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        text = clean(code.text or "").replace("\n", " ")[:_LONGEST]
        x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
        if not text.strip():
            continue
        across, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
        boxes: list[Box] = []
        at_x, at_y = x, y
        for i, char in enumerate(text):
            width = size * wide * (0.5 if char.isascii() else 1.0)
            step = across[i] if i < len(across) else 0.0 if down else width
            shown = min(width, step) if step > 0 else width
            corners = [moved(own, at_x + dx, at_y + dy) for dx in (0.0, shown) for dy in (-size * _ASCENT, size * _DESCENT)]
            boxes.append(around([(px, py, px, py) for px, py in corners]))
            at_x += step
            at_y += down[i] if i < len(down) else 0.0
        if down and not any(across):
            yield from (Line(c, b, (b,)) for c, b in zip(text, boxes, strict=True) if not c.isspace())
            continue
        lead = len(text) - len(text.lstrip())
        kept = text.strip()
        mine = boxes[lead : lead + len(kept)]
        yield Line(kept, around(mine), tuple(mine))


def steps(said: str | None, most: int) -> list[float]:
    """The distances of DeltaX or DeltaY (``g n v`` stands for n times v), at most ``most`` of them."""
    found: list[float] = []
    words = (said or "").split()
    at = 0
    try:
        while at < len(words) and len(found) < most:
            if words[at] == "g":
                found += [float(words[at + 2])] * min(max(int(words[at + 1]), 0), most)
                at += 3
            else:
                found.append(float(words[at]))
                at += 1
    except (ValueError, IndexError):
        return []
    return found[:most] if all(map(math.isfinite, found)) else []


def path_strokes(element: Any, place: Affine) -> Iterator[Box]:
    """The ruling lines of a path object."""
    own = placed(element, place)
    data = next((d.text for d in element.iter("{*}AbbreviatedData")), None)
    if own is None or not data:
        return
    stroked = (element.get("Stroke") or "true").lower() != "false"
    if not stroked and (element.get("Fill") or "false").lower() != "true":
        return
    for points in _subpaths(data):
        seen = [moved(own, x, y) for x, y in points]
        yield from sides(seen) if stroked else bar(seen)


def _subpaths(data: str) -> Iterator[list[Point]]:
    """The straight pieces of a path, each from where the pen is set down."""
    points: list[Point] = []
    words = data.split()[:_LONGEST]
    at = 0
    while at < len(words):
        operator = words[at]
        takes = _TAKES.get(operator)
        given = numbers(" ".join(words[at + 1 : at + 1 + (takes or 0)]))
        if takes is None or len(given) != takes:
            break
        at += 1 + takes
        if operator in ("S", "M"):
            if len(points) > 1:
                yield points
            points = []
        if operator == "C" and points:
            points.append(points[0])
        elif given:
            points.append((given[-2], given[-1]))
            if operator in ("Q", "B", "A"):  # what is bent is no ruling line
                if len(points) > 2:
                    yield points[:-1]
                points = points[-1:]
    if len(points) > 1:
        yield points
