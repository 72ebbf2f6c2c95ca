"""Which body, kind and year each file belongs to, which files hold the same report, and which report is last year's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from extractor import reviews
from extractor.batches.store import Store
from extractor.model import ReportInfo
from extractor.model.batch import ASIDE, GONE, READ
from extractor.model.county import COUNTY, OFFICE, TOWNSHIP, Body
from extractor.readers.archive import INSIDE
from extractor.rules import Ruleset
from extractor.sections.identity import identify
from extractor.text import bodies

_NOTHING = ReportInfo(kind="other", title="", org=None, year=None)
NEARLY = 0.9
"""Share of equal figures from which two reports of one body, kind and year are the same report in two files."""


class Placed(NamedTuple):
    """A file with its place among the reports; ``body``, ``kind``, ``year`` are None where nothing tells them."""

    name: str
    path: str
    status: str
    reason: str
    report: int | None
    body: str | None
    kind: str | None
    year: int | None
    guessed: bool
    duplicate_of: int | None

    @property
    def usable(self) -> bool:
        """Whether this file holds a report that counts (not the same again)."""
        return self.status == READ and self.duplicate_of is None

    @property
    def place(self) -> tuple[str, str, int] | None:
        """Body, kind and year, where all three are known."""
        return (self.body, self.kind, self.year) if self.body and self.kind and self.year else None


def places(store: Store, ruleset: Ruleset) -> tuple[list[Placed], dict[str, Body]]:
    """Every file that is there, with its place, by name; and the bodies by the name they are listed under."""
    query = (
        "SELECT f.name, f.path, f.status, f.reason, f.report, r.org, r.kind, r.year, r.duplicate_of "
        "FROM files f LEFT JOIN reports r ON r.id = f.report WHERE f.status <> ? ORDER BY f.name, f.path"
    )
    raw = []
    for name, path, status, reason, report, org, kind, year, same in store.rows(query, GONE):
        guess = _NOTHING if status == ASIDE else told_by_name(name, ruleset)
        known = kind if kind != "other" else None
        own = bodies.body(org or guess.org or "")
        own_kind = known or (guess.kind if guess.kind != "other" else kind)
        guessed = (org is None and guess.org is not None) or (year is None and guess.year is not None) or own_kind != kind
        raw.append((name, path, status, reason, report, own, own_kind, year or guess.year, guessed, same))
    listed = _listed(own for *_, own, _, _, _, _ in raw if own.name)
    placed = [
        Placed(*row[:5], listed[row[5]].name if row[5].name else None, *row[6:]) for row in raw
    ]  # fmt: skip
    return placed, {body.name: body for body in listed.values()}


def told_by_name(name: str, ruleset: Ruleset) -> ReportInfo:
    """What the name of a file and of the folders around it tell: kind, body and year, the nearest name first."""
    path = PurePosixPath(name.replace("!/", "/").replace("\\", "/"))
    steps = [path.stem, *(p.name for p in path.parents if p.name)]
    found = [identify([step], [], [], [], [], ruleset) for step in steps]
    return ReportInfo(
        kind=next((f.kind for f in found if f.kind != "other"), "other"),
        title="",
        org=next((f.org for f in found if f.org), None),
        year=next((f.year for f in found if f.year), None),
    )


def _listed(found: Iterable[bodies.Body]) -> dict[bodies.Body, Body]:
    """The name each body is listed under: its own, and with its county where two counties have a body of that name."""
    groups: dict[str, set[bodies.Body]] = defaultdict(set)
    for body in found:
        groups[body.key].add(body)
    listed = {}
    for key, group in groups.items():
        regions = {b.region for b in group if b.region}
        # 清河县 and 江安市清河县 are one county written shorter and longer.
        longest = {r for r in regions if not any(o != r and o.endswith(r) for o in regions)}
        for body in group:
            region = next((r for r in sorted(longest) if body.region and r.endswith(body.region)), body.region)
            if len(longest) == 1:
                region = next(iter(longest))
            name = key if len(longest) <= 1 or not region else region + key
            listed[body] = Body(name=name, region=region, level=_level(body))
    return listed


def _level(body: bodies.Body) -> str:
    if body.office or not body.name.endswith(("镇", "乡", "街道", "苏木")):
        return COUNTY if not body.office and body.name.endswith(("县", "区", "市", "旗", "州", "盟", "省")) else OFFICE
    return TOWNSHIP


def mark_same(store: Store, placed: list[Placed]) -> int:
    """Mark reports that are the same as another one (same body, kind, year, nearly the same figures). Returns how many.

    Of several the one is kept of which most was read, then the first by name.
    """
    groups: dict[tuple[str, str, int], set[int]] = defaultdict(set)
    for file in placed:
        if file.report is not None and file.place is not None:
            groups[file.place].add(file.report)
    same: dict[int, int | None] = {r: None for group in groups.values() for r in group}
    for group in groups.values():
        if len(group) < 2:
            continue
        figures = {r: Counter(store.rows("SELECT kind, value, unit FROM facts WHERE report = ?", r)) for r in group}
        names = {f.report: f.name for f in reversed(placed)}
        order = sorted(group, key=lambda r: (-figures[r].total(), names[r]))
        kept: list[int] = []
        for report in order:
            same[report] = next((k for k in kept if alike(figures[k], figures[report]) >= NEARLY), None)
            if same[report] is None:
                kept.append(report)
    with store.transaction() as connection:
        connection.executemany(
            "UPDATE reports SET duplicate_of = ? WHERE id = ? AND duplicate_of IS NOT ?", [(k, r, k) for r, k in same.items()]
        )
    return sum(k is not None for k in same.values())


def take_reviews(store: Store, placed: list[Placed]) -> None:
    """Bring the decisions that stand beside the reports (``gouji review``) into the store.

    Raises ``PatternError`` for a review file that is wrong.
    """
    books: dict[Path, dict[str, list[reviews.Review]]] = {}
    for file in placed:
        if not file.usable:
            continue
        path = reviews.beside(file.path.split(INSIDE)[0])
        if path not in books:
            books[path] = defaultdict(list)
            for one in reviews.read(path):
                books[path][one.report].append(one)
        key = (file.body or "", file.kind or "", file.year or 0)
        mine = books[path].get(PurePosixPath(file.name).name, [])
        with store.transaction() as connection:
            connection.execute("DELETE FROM reviews WHERE (body, kind, year) = (?, ?, ?)", key)
            connection.executemany(
                "INSERT OR REPLACE INTO reviews (body, kind, year, fingerprint, verdict, note, reviewer, reviewed) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(*key, r.fingerprint, r.decision, r.reason, r.by, r.date) for r in mine],
            )


def alike(one: Counter[tuple[str, str, str]], other: Counter[tuple[str, str, str]]) -> float:
    """The share of figures (kind, value, unit) that two reports have in common, 0 to 1."""
    larger = max(one.total(), other.total())
    return (one & other).total() / larger if larger else 1.0


def years(placed: list[Placed]) -> list[tuple[Placed, Placed]]:
    """Last year's report and this year's, for every report that has one, in order."""
    found = {f.place: f for f in reversed(placed) if f.usable and f.place}
    pairs = []
    for place in sorted(found):
        body, kind, year = place
        if last := found.get((body, kind, year - 1)):
            pairs.append((last, found[place]))
    return pairs


__all__ = ["Placed", "alike", "mark_same", "places", "take_reviews", "told_by_name", "years"]
