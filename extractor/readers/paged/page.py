"""Pages as the formats see them: pieces of text and ruling lines with their places, in points from the upper left."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.model import Box, Diagnostic


@dataclass(slots=True)
class Line:
    """A piece of one line of text.

    ``box`` is its place; ``chars`` the boxes of its single characters where the format gave them (needed only on pages
    with ruling lines, to cut a line at cell borders); ``confidence`` that of recognition, None for text that was written.
    """

    text: str
    box: Box
    chars: tuple[Box, ...] | None = None
    confidence: float | None = None
    indent: float = 0.0
    gap: float = 0.0

    @property
    def length(self) -> float:
        """How many full characters wide the text is."""
        return full_width(self.text)

    @property
    def em(self) -> float:
        """Width of one full character, in points (a little less than the height of a line)."""
        length, height = self.length, self.box[3] - self.box[1]
        return min((self.box[2] - self.box[0]) / length, height) if length >= 4 and height > 0 else height or 1.0

    @property
    def middle(self) -> float:
        """Where it stands on the page from above."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(slots=True)
class Ruling:
    """A straight line drawn on a page, along one axis."""

    box: Box

    @property
    def upright(self) -> bool:
        """Whether it runs from top to bottom."""
        return self.box[3] - self.box[1] > self.box[2] - self.box[0]


@dataclass(slots=True)
class Cell:
    """A cell of a ruled table: rows ``[top, bottom)`` and columns ``[left, right)`` of the grid, and the text in it."""

    top: int
    bottom: int
    left: int
    right: int
    box: Box
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A ruled table on one page. ``xs`` and ``ys`` are the places of its lines, one more than columns and rows."""

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[Cell]
    owners: dict[tuple[int, int], Cell] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.owners = {
            (r, c): cell for cell in self.cells for r in range(cell.top, cell.bottom) for c in range(cell.left, cell.right)
        }

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def at(self, x: float, y: float) -> Cell | None:
        """The cell around a point."""
        return self.owners.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


class Unread(NamedTuple):
    """Why a page was not read, as words that follow its number (第3页是扫描图片…), and the way out."""

    code: str
    reason: str
    remedy: str


@dataclass(slots=True)
class Page:
    """One page, or one half of a sheet that holds two. ``number`` is 1-based and that of the sheet."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: Unread | None = None


def around(boxes: list[Box]) -> Box:
    """The smallest box around others."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def full_width(text: str) -> float:
    """The width of a text in full characters: letters and digits are half as wide."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)
