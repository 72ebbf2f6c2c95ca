"""The sections of two years: which were kept, renamed, moved, dropped, and which are new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
from msgspec.structs import replace

from extractor.comparisons.align import Match, assigned
from extractor.model import Report, Section
from extractor.model.comparison import DROPPED, KEPT, MOVED, NEW, RENAMED, Flag, SectionPair
from extractor.rules import Ruleset
from extractor.rules.schema import SectionRole
from extractor.text.headings import numbered
from extractor.text.normalize import flow

_YEAR = re.compile(r"20\d\d年度?|上年度?|下年度?|[今明]年")
_ALIKE = 0.45
_BY_FIGURES = 0.6  # how much the figures that two sections share speak for them, beside their titles


def sections(
    last: Report, this: Report, matches: list[Match], shares: Mapping[str | None, float], ruleset: Ruleset
) -> tuple[SectionPair, ...]:
    """The sections of both years, those of this year in their order, dropped ones after.

    Two sections are one when their titles are alike, or when the figures that are aligned stand in them.
    Parameters: ``matches`` the aligned figures; ``shares`` how much of each section of this year was taken over.
    """
    lost = _lost_roles(last, this, ruleset)
    found = []
    for pair in _sections(last, this, matches, shares):
        role = lost.get(pair.last or "") if pair.status == DROPPED else None
        if role is not None:
            rule = ruleset.rules["section.lost"]
            name = role.name if ruleset.lang == "zh" else role.name_en
            told = ruleset.told("section.lost", "lost", title=pair.last_title, role=name)
            pair = replace(pair, flag=Flag(rule=rule.id, severity=rule.severity, message=told))
        found.append(pair)
    return tuple(found)


def _sections(last: Report, this: Report, matches: list[Match], shares: Mapping[str | None, float]) -> Iterator[SectionPair]:
    old, new = list(last.sections), list(this.sections)
    alike = np.zeros((len(old), len(new)))
    shared = _shared(last, this, matches)
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            by_title = _titles(a, b)
            by_figures = _BY_FIGURES * shared.get((a.id, b.id), 0.0) if a.level == b.level else 0.0
            alike[i, j] = min(1.0, max(by_title, by_figures) + 0.1 * by_figures - (0.05 if a.level != b.level else 0.0))
    pairs = {j: i for i, j in assigned(alike, _ALIKE)}
    partner = {new[j].id: old[i].id for j, i in pairs.items()}
    for j, b in enumerate(new):
        if j not in pairs:
            yield SectionPair(last=None, this=b.id, status=NEW, this_title=numbered(b), copied=shares.get(b.id))
            continue
        a = old[pairs[j]]
        moved = (partner.get(b.parent) if b.parent else None) != a.parent
        status = MOVED if moved else KEPT if _plain(a) == _plain(b) else RENAMED
        yield SectionPair(
            last=a.id, this=b.id, status=status, last_title=numbered(a), this_title=numbered(b), copied=shares.get(b.id)
        )
    taken = set(pairs.values())
    for i, a in enumerate(old):
        if i not in taken:
            yield SectionPair(last=a.id, this=None, status=DROPPED, last_title=numbered(a))


def _lost_roles(last: Report, this: Report, ruleset: Ruleset) -> dict[str, SectionRole]:
    """Last year's sections that play a part which the kind of report requires, where no section of this year plays it."""
    kind = ruleset.kinds.get(this.report.kind)
    found: dict[str, SectionRole] = {}
    for name in kind.required if kind else ():
        role = ruleset.roles[name]
        old, new = ([s for s in r.sections if re.search(role.title, flow(s.title, 0)[0])] for r in (last, this))
        if old and not new:
            found[old[0].id] = role
    return found


def _shared(last: Report, this: Report, matches: list[Match]) -> dict[tuple[str, str], float]:
    """For two sections the share of their aligned figures that stand in both."""
    homes = []
    for report in (last, this):
        above = {s.id: s.parent for s in report.sections}
        homes.append({f.id: list(_up(f.section, above)) for f in report.facts})
    both: dict[tuple[str, str], int] = {}
    mine: dict[str, int] = {}
    other: dict[str, int] = {}
    for match in matches:
        for a in homes[0][match.last]:
            mine[a] = mine.get(a, 0) + 1
        for b in homes[1][match.this]:
            other[b] = other.get(b, 0) + 1
        for a in homes[0][match.last]:
            for b in homes[1][match.this]:
                both[a, b] = both.get((a, b), 0) + 1
    return {(a, b): 2 * n / (mine[a] + other[b]) for (a, b), n in both.items()}


def _up(section: str | None, above: dict[str, str | None]) -> Iterator[str]:
    while section is not None:
        yield section
        section = above.get(section)


def _titles(a: Section, b: Section) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(_plain(a), _plain(b)) / 100


def _plain(section: Section) -> str:
    return re.sub(r"\W", "", _YEAR.sub("", flow(section.title, 0)[0]))
