"""What a section is for, told by its heading or by how the paragraph under it begins (patterns/sections.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.rules import Ruleset
from extractor.sections.outline import Heading

YEAR = re.compile(r"(20\d\d)年")
_BEFORE_PLANS = ("problems", "mixed", "leader-duty")
_CACHED = 10_000


class Roles:
    """The roles of a ruleset, compiled. A title seen before costs one look-up."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._titles = [(r.id, re.compile(r.title)) for r in ruleset.roles.values()]
        self._openings = [(r.id, re.compile(r.opening)) for r in ruleset.roles.values() if r.opening]
        self._weak = {r.id: (re.compile(r.weak), re.compile(r.title)) for r in ruleset.roles.values() if r.weak}
        self._seen: dict[str, str | None] = {}

    def opened(self, text: str) -> str | None:
        """The role that the first words of a paragraph open (下一步，…), or None."""
        return next((name for name, pattern in self._openings if pattern.search(text)), None)

    def titled(self, found: list[Heading], report_year: int | None) -> list[str | None]:
        """The role that each heading's own title tells, or None.

        A title that may as well name what was done (年度重点工作) tells no plans where shortcomings or duties are still to
        come.
        """
        told = [self._told(h.title) for h in found]
        for i, (heading, name) in enumerate(zip(found, told, strict=True)):
            if name is None or name not in self._weak:
                continue
            year = YEAR.search(heading.title)
            if year and report_year and int(year[1]) > report_year:
                continue
            weak, title = self._weak[name]
            bare = weak.sub("", heading.title)
            doubtful = bare != heading.title and not title.search(bare)
            if doubtful and any(later in _BEFORE_PLANS for later in _beside(heading, found[i + 1 :], told[i + 1 :])):
                told[i] = "results"
        return told

    def _told(self, title: str) -> str | None:
        if title not in self._seen:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            self._seen[title] = next((name for name, pattern in self._titles if pattern.search(title)), None)
        return self._seen[title]


def _beside(heading: Heading, behind: list[Heading], told: list[str | None]) -> Iterator[str | None]:
    """What the headings behind one tell that have its level, up to a higher one."""
    for other, role in zip(behind, told, strict=True):
        if other.level < heading.level:
            return
        if other.level == heading.level:
            yield role
