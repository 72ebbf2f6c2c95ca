"""A county's reports put together: one record that every output (workbook, terminal, JSON, pages) is made from.

Bodies are named as the folder's reports name them, brought to one form (``extractor.text.bodies``).
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from extractor.model.number import Interval

PRESENT, MISSING, UNREADABLE, COPIES = "present", "missing", "unreadable", "duplicate"
TOWNSHIP, COUNTY, OFFICE = "township", "county", "office"


class Body(Struct, frozen=True, kw_only=True):
    """A reporting body: ``level`` is township, county, or office (a department); ``region`` what is written above it."""

    name: str
    region: str
    level: str


class Cell(Struct, frozen=True, kw_only=True):
    """One body, kind and year: whether there is a report, how many findings it has, and the files.

    ``status``: present, missing, unreadable, or duplicate (present, and in more than one file). ``versions`` counts reports
    that differ; ``report`` is the id in the store of the one that is used.
    """

    body: str
    kind: str
    year: int
    status: str
    findings: int = 0
    versions: int = 0
    report: int | None = None
    files: tuple[str, ...] = ()


class File(Struct, frozen=True, kw_only=True):
    """One file of the folder: what became of it and what report it holds (``guessed``: partly told by its name alone)."""

    name: str
    path: str
    status: str
    reason: str
    body: str | None
    kind: str | None
    year: int | None
    guessed: bool
    findings: int
    report: int | None
    duplicate_of: str | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """One failed or crashed check of one report, with the sentence it speaks of and what was decided on it; one that was
    dismissed (``gouji review``) is a note (``info``) and counts no more."""

    body: str
    kind: str
    year: int | None
    file: str
    page: int | None
    section: str
    rule: str
    severity: str
    status: str
    message: str
    formula: str | None
    sentence: str
    review: str | None
    fingerprint: str
    report: int


class Figure(Struct, frozen=True, kw_only=True):
    """What one body says of one indicator: a value with its interval, or ``several`` that differ (then there is no value).

    ``text`` is as printed, ``measure`` what it counts in the report's own words; ``fact`` its id in report ``report``.
    """

    body: str
    value: Decimal | None
    interval: Interval
    text: str
    measure: str
    approx: bool
    report: int
    fact: str
    several: tuple[str, ...] = ()


class IndicatorRow(Struct, frozen=True, kw_only=True):
    """One indicator of one kind and year over the bodies, in one unit.

    ``total`` adds up the townships' values (None for rates); ``incomplete`` names the townships without a usable value that
    have such a report.
    """

    kind: str
    year: int
    indicator: str
    name: str
    unit: str
    measure: str
    figures: tuple[Figure, ...]
    total: Decimal | None
    interval: Interval | None
    incomplete: tuple[str, ...]


class Outlier(Struct, frozen=True, kw_only=True):
    """A figure or habit that stands out; never an error by itself, always worth a look.

    ``type``: ``value`` (robust z-score), ``zeros`` (none where all others have some), ``round`` (too many round numbers),
    ``repeated`` (the same figure in several reports), ``twins`` (two reports with many equal figures).
    ``shown`` are the figures it rests on.
    """

    type: str
    kind: str
    year: int
    bodies: tuple[str, ...]
    indicator: str = ""
    name: str = ""
    value: str = ""
    usual: str = ""
    score: Decimal | None = None
    shown: tuple[str, ...] = ()


class Passage(Struct, frozen=True, kw_only=True):
    """A paragraph that two reports share: both texts, how alike they are, and the figures that are the same in both."""

    one: str
    other: str
    alike: Decimal
    figures: tuple[str, ...]


class Copied(Struct, frozen=True, kw_only=True):
    """Text that two bodies' reports share. ``share`` is of the shorter report's paragraphs, in characters."""

    kind: str
    one: str
    one_year: int | None
    other: str
    other_year: int | None
    share: Decimal
    characters: int
    passages: tuple[Passage, ...]
    one_report: int
    other_report: int


class Total(Struct, frozen=True, kw_only=True):
    """The county's own figure (``measure`` in its own words) against the sum of its townships.

    ``status``: ``agrees``, ``exceeds`` (the townships have more than the whole county), ``short`` (they have less: offices
    of the county may add to it), ``incomplete`` (townships are missing, so that less proves nothing).
    """

    kind: str
    year: int
    county: str
    indicator: str
    name: str
    unit: str
    reported: str
    measure: str
    summed: Decimal
    gap: Decimal
    townships: int
    missing: tuple[str, ...]
    status: str


class Change(Struct, frozen=True, kw_only=True):
    """What a report says against the same body's report of the year before: a contradicted claim, a lost carry-over, a
    flagged change, text taken over. ``last`` and ``this`` are the sentences."""

    body: str
    kind: str
    last_year: int
    this_year: int
    rule: str
    severity: str
    message: str
    formula: str | None
    last: str
    this: str
    last_report: int
    this_report: int


class County(Struct, frozen=True, kw_only=True):
    """Everything that is known of a folder of reports. ``boilerplate`` counts paragraphs shared by so many bodies that they
    are the form's wording and were left out of ``copied``; ``columns`` are the (kind, year) of the coverage matrix."""

    schema_version: str
    generator: dict[str, str]
    bodies: tuple[Body, ...]
    columns: tuple[tuple[str, int], ...]
    cells: tuple[Cell, ...]
    files: tuple[File, ...]
    findings: tuple[Finding, ...]
    indicators: tuple[IndicatorRow, ...]
    outliers: tuple[Outlier, ...]
    copied: tuple[Copied, ...]
    boilerplate: int
    totals: tuple[Total, ...]
    compared: int
    changes: tuple[Change, ...]
