"""A county's reports put together from the store: coverage, findings, indicators, what stands out, what was copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from msgspec.structs import replace

from extractor import __version__, reviews
from extractor.batches.copied import copied
from extractor.batches.figures import table, totals
from extractor.batches.outliers import outliers
from extractor.batches.placing import Placed, mark_same, places, take_reviews
from extractor.batches.store import Store
from extractor.batches.work import Orders
from extractor.batches.yearly import changes
from extractor.model.batch import DUPLICATE, READ
from extractor.model.check import CRASHED
from extractor.model.county import (
    COPIES,
    MISSING,
    PRESENT,
    TOWNSHIP,
    UNREADABLE,
    Body,
    Cell,
    County,
    File,
    Finding,
)
from extractor.rules import Ruleset
from extractor.text.bodies import body as body_of

SCHEMA_VERSION = "1.0"


Judge = Callable[[str, str], str | None]
"""The severity that counts for a rule and its own severity; None where the rule is switched off."""


def county(
    store: Store,
    orders: Orders,
    *,
    expected: tuple[str, ...] = (),
    judge: Judge = lambda rule, severity: severity,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> County:
    """The summary of everything in a store (open for writing: duplicates are marked and comparisons kept on the way).

    Parameters: ``expected`` names of bodies that should report, so that one without any file shows as missing; ``judge``
    what the settings say of a rule; ``tell`` is called with (done, all) while years are compared.
    """
    ruleset = orders.ruleset()
    mark_same(store, places(store, ruleset)[0])
    placed, bodies = places(store, ruleset)
    for name in expected:
        own = body_of(name)
        if own.name and own.key not in bodies:
            bodies[own.key] = Body(name=own.key, region=own.region, level=TOWNSHIP)
    rows = table(store, placed, bodies, ruleset)
    shared, form = copied(store, placed)
    take_reviews(store, placed)
    findings = _findings(store, placed, judge, ruleset)
    counts = Counter(f.report for f in findings if f.severity != "info")
    compared, changed = changes(store, placed, orders, tell)
    columns = tuple(sorted({(f.kind, f.year) for f in placed if f.place and f.kind and f.year and f.kind != "other"}))
    return County(
        schema_version=SCHEMA_VERSION,
        generator={"name": "gouji", "version": __version__, "patterns": ruleset.digest},
        bodies=tuple(sorted(bodies.values(), key=lambda b: (b.level != TOWNSHIP, b.region, b.name))),
        columns=columns,
        cells=tuple(_cells(placed, bodies, columns, counts)),
        files=tuple(_files(placed, counts)),
        findings=tuple(findings),
        indicators=tuple(rows),
        outliers=tuple(outliers(store, rows, placed, bodies)),
        copied=tuple(shared),
        boilerplate=form,
        totals=tuple(totals(rows, bodies)),
        compared=compared,
        changes=tuple(replace(c, severity=s) for c in changed if (s := judge(c.rule, c.severity)) not in (None, "info")),
    )


def _cells(
    placed: list[Placed], bodies: dict[str, Body], columns: tuple[tuple[str, int], ...], counts: Counter[int]
) -> list[Cell]:
    """The coverage matrix. A report that half of the townships sent is missing from one that did not; of what only some send,
    and of other bodies, only what there is stands in it."""
    files: dict[tuple[str, str, int], list[Placed]] = {}
    for file in placed:
        if file.place:
            files.setdefault(file.place, []).append(file)
    townships = [b for b in bodies if bodies[b].level == TOWNSHIP]
    asked = {c for c in columns if 2 * sum((b, *c) in files for b in townships) >= len(townships)}
    cells = []
    for body in sorted(bodies):
        for kind, year in columns:
            here = files.get((body, kind, year), [])
            if not here and (bodies[body].level != TOWNSHIP or (kind, year) not in asked):
                continue
            reports = {f.report: f for f in here if f.usable}
            copies = sum(f.status == DUPLICATE or f.duplicate_of is not None for f in here)
            used = next(iter(reports.values()), None)
            status = (COPIES if copies else PRESENT) if used else UNREADABLE if here else MISSING
            cells.append(
                Cell(
                    body=body,
                    kind=kind,
                    year=year,
                    status=status,
                    findings=counts[used.report or 0] if used else 0,
                    versions=len(reports),
                    report=used.report if used else None,
                    files=tuple(f.name for f in here),
                )
            )
    return cells


def _files(placed: list[Placed], counts: Counter[int]) -> list[File]:
    names = {f.report: f.name for f in reversed(placed) if f.status == READ}
    found = []
    for f in placed:
        same = f.duplicate_of if f.duplicate_of is not None else f.report if f.status == DUPLICATE else None
        found.append(
            File(
                name=f.name,
                path=f.path,
                status=f.status,
                reason=f.reason,
                body=f.body,
                kind=f.kind,
                year=f.year,
                guessed=f.guessed,
                findings=counts[f.report] if f.report else 0,
                report=f.report,
                duplicate_of=names.get(same),
            )
        )
    return found


def _findings(store: Store, placed: list[Placed], judge: Judge, ruleset: Ruleset) -> list[Finding]:
    query = (
        "SELECT rule, severity, c.status, message, formula, substr(r.text, c.start + 1, c.end - c.start), "
        "v.verdict, v.note, v.reviewer, v.reviewed, "
        "c.fingerprint, "
        "(SELECT title FROM sections s WHERE s.report = r.id AND s.start <= c.start ORDER BY number DESC LIMIT 1), "
        "(SELECT min(f.page) FROM facts f WHERE f.report = r.id AND f.id IN (SELECT value FROM json_each(c.facts))) "
        "FROM checks c JOIN reports r ON r.id = c.report LEFT JOIN reviews v ON (v.body, v.kind, v.year, v.fingerprint) = "
        "(r.body, r.kind, coalesce(r.year, 0), c.fingerprint) "
        "WHERE c.report = ? AND c.status IN ('fail', 'crashed') ORDER BY c.number"
    )
    found = []
    for file in placed:
        for row in store.rows(query, file.report) if file.usable else ():
            rule, severity, status, message, formula, sentence, decision, reason, by, date, fingerprint, section, page = row
            counting = severity if status == CRASHED else judge(rule, severity)
            if counting in (None, "info"):
                continue
            if decision == reviews.DISMISSED:
                counting = "info"
            review = decision and ruleset.told(reviews.STALE, decision, reason=reason, by=by, date=date)
            found.append(
                Finding(
                    body=file.body or "",
                    kind=file.kind or "other",
                    year=file.year,
                    file=file.name,
                    page=page,
                    section=section or "",
                    rule=rule,
                    severity=counting,
                    status=status,
                    message=message,
                    formula=formula,
                    sentence=(sentence or "").strip(),
                    review=review,
                    fingerprint=fingerprint,
                    report=file.report or 0,
                )
            )
    return found
