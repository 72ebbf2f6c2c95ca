"""Every report of a folder held against last year's, by several processes; what was compared before is kept."""

from __future__ import annotations

import multiprocessing
import os
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from functools import lru_cache

import msgspec

from extractor.batches.local import one_thread_each
from extractor.batches.placing import Placed, years
from extractor.batches.rows import unpack
from extractor.batches.store import Store
from extractor.batches.work import Orders, recipe
from extractor.errors import ComparisonError
from extractor.model.check import CRASHED
from extractor.model.comparison import Comparison
from extractor.model.county import Change
from extractor.pipeline import compare
from extractor.rules import Ruleset

_FEW = 4  # pairs for which starting processes takes longer than comparing
_encoder = msgspec.json.Encoder(decimal_format="string")


def changes(
    store: Store, placed: list[Placed], orders: Orders, tell: Callable[[int, int], None], workers: int | None = None
) -> tuple[int, list[Change]]:
    """What the reports say against their own of the year before: contradicted claims, lost carry-over, flagged changes, text
    taken over. Returns how many pairs were compared, and the findings by body and year.

    Parameters: ``tell`` is called with (done, all) as comparisons come in.
    """
    pairs = years(placed)
    ruleset = orders.ruleset()
    made_by = recipe(ruleset)
    kept = {
        (last, this): packed
        for last, this, packed in store.rows("SELECT last, this, packed FROM comparisons WHERE recipe = ?", made_by)
    }
    todo = [(a, b) for a, b in pairs if (a.report, b.report) not in kept]
    found: list[Change] = []
    for done, (last, this, packed) in enumerate(_compared(store, todo, orders, workers), 1):
        tell(done, len(todo))
        if isinstance(packed, Exception):  # told as a finding of its own, and tried again next time
            found.append(_change(last, this, CRASHED, "error", f"{type(packed).__name__}: {packed}"))
            continue
        kept[last.report, this.report] = packed
        with store.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO comparisons (last, this, recipe, packed) VALUES (?, ?, ?, ?)",
                (last.report, this.report, made_by, packed),
            )
    compared = 0
    for last, this in pairs:
        if made := kept.get((last.report, this.report)):
            compared += 1
            found += _changes(msgspec.json.decode(zlib.decompress(made), type=Comparison), last, this)
    return compared, found


def _changes(comparison: Comparison, last: Placed, this: Placed) -> Iterator[Change]:
    for f in comparison.findings():
        before, after = (comparison.last.facts, f.last_facts), (comparison.this.facts, f.this_facts)
        shown = [
            "；".join(facts[i].sentence.strip() for i in dict.fromkeys(ids) if i in facts) for facts, ids in (before, after)
        ]
        yield _change(last, this, f.rule, f.severity, f.message, f.formula, *shown)


def _change(
    last: Placed,
    this: Placed,
    rule: str,
    severity: str,
    message: str,
    formula: str | None = None,
    before: str = "",
    after: str = "",
) -> Change:
    return Change(
        body=this.body or "", kind=this.kind or "", last_year=last.year or 0, this_year=this.year or 0, rule=rule,
        severity=severity, message=message, formula=formula, last=before, this=after,
        last_report=last.report or 0, this_report=this.report or 0,
    )  # fmt: skip


def _compared(
    store: Store, todo: list[tuple[Placed, Placed]], orders: Orders, workers: int | None
) -> Iterator[tuple[Placed, Placed, bytes | Exception]]:
    """Every pair with its comparison packed, or with the error that ended it: one pair never stops the others."""

    def packed(file: Placed) -> bytes:
        [(blob,)] = store.rows("SELECT packed FROM reports WHERE id = ?", file.report)
        return bytes(blob)

    if len(todo) <= _FEW:
        for last, this in todo:
            yield last, this, _tried(_one, orders, packed(last), packed(this), _force(last, this))
        return
    context = multiprocessing.get_context("spawn")
    count = min(workers or os.cpu_count() or 1, len(todo))
    with one_thread_each(), ProcessPoolExecutor(count, mp_context=context) as pool:
        going: dict[Future[bytes], tuple[Placed, Placed]] = {
            pool.submit(_one, orders, packed(a), packed(b), _force(a, b)): (a, b) for a, b in todo
        }
        for future in as_completed(going):
            yield *going[future], _tried(future.result)


def _tried(step: Callable[..., bytes], *given: object) -> bytes | Exception:
    try:
        return step(*given)
    except Exception as error:
        return error


def _force(last: Placed, this: Placed) -> bool:
    """Whether the names of the files told what a comparison would otherwise ask for."""
    return last.guessed or this.guessed


@lru_cache(maxsize=1)
def _ruleset(patterns: tuple[str, ...], lang: str) -> Ruleset:
    return Orders(patterns=patterns, lang=lang).ruleset()


def _one(orders: Orders, last: bytes, this: bytes, force: bool) -> bytes:
    """Two packed reports compared and packed; nothing when they are not to be compared after all."""
    try:
        found = compare(unpack(last), unpack(this), _ruleset(orders.patterns, orders.lang), force=force)
    except ComparisonError:
        return b""
    return zlib.compress(_encoder.encode(found), 1)
