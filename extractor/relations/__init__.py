"""Which facts are bound to each other: lists, finished and pending, rates, growth, restatements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from extractor.model import Fact, Outline, Relation
from extractor.model.number import total
from extractor.relations.again import agains
from extractor.relations.altogether import totals_behind
from extractor.relations.averages import averages
from extractor.relations.bases import ASKED, NAMED, ties
from extractor.relations.bind import REFERRED
from extractor.relations.cells import Cells
from extractor.relations.changed import changed, differing
from extractor.relations.complements import complements, left_again, vacancies
from extractor.relations.complete import all_told
from extractor.relations.corrected import corrected
from extractor.relations.dealt import dealt
from extractor.relations.deeds import one_deed
from extractor.relations.definite import definite
from extractor.relations.distant import distant
from extractor.relations.divided import divided, totals
from extractor.relations.grids import repeated, retold, row_rates, row_sums
from extractor.relations.growth import growths
from extractor.relations.items import items
from extractor.relations.leaders import led
from extractor.relations.ledger import Ledger, accounts, ledger
from extractor.relations.lines import lines
from extractor.relations.musters import musters
from extractor.relations.parallels import parallels
from extractor.relations.places import Places
from extractor.relations.rates import rates
from extractor.relations.referred import referred
from extractor.relations.renamed import amounts, parts_again, swaps, turned, two_numbers
from extractor.relations.restated import echoes, indicated, rates_again, recalls, restatements
from extractor.relations.rests import rests
from extractor.relations.scene import Scene, scenes
from extractor.relations.shares import TAKEN, levels, partitions, takings
from extractor.relations.slipped import completed, slipped
from extractor.relations.status import balances, outcomes
from extractor.relations.swapped import swapped
from extractor.relations.tabled import executed, made_in_tables, tabled
from extractor.relations.targets import targets
from extractor.relations.villages import PLACES, villages
from extractor.relations.wholes import listed_shares, named_wholes
from extractor.relations.yearly import yearly
from extractor.rules import Ruleset

_INLINE = (
    balances,
    outcomes,
    levels,
    rates,
    growths,
    recalls,
    takings,
    partitions,
    all_told,
    slipped,
    totals_behind,
    dealt,
    corrected,
)


def relations(facts: tuple[Fact, ...], lists: tuple[Relation, ...], outline: Outline, ruleset: Ruleset) -> tuple[Relation, ...]:
    """Every relation that the text itself lets a careful reader verify.

    Parameters: ``facts`` in reading order; ``lists`` the breakdown lists found with them; ``outline`` of the report.
    Returns relations r1, r2, … in reading order of their wholes; a relation is only made where the words bind the facts, or
    where several readings are possible and one of them ties up.
    """
    places = Places(facts, outline)
    fact = {f.id: f for f in facts}
    found = [completed(r, places, fact, ruleset) for r in lists]
    bound = {frozenset((r.whole, *r.parts)) for r in found}
    book = ledger(facts, outline, ruleset)
    paragraphs = list(scenes(places, lists, ruleset))
    inline = (r for s in paragraphs for r in chain(_inline(s), parallels(s)))
    apart = chain(
        villages(places),
        rests(places, found),
        complements(places),
        left_again(places, found),
        vacancies(places),
        divided(places, found, ruleset),
        totals(places, found),
        agains(places, bound),
        musters(places),
        lines(places),
        two_numbers(places, found),
        definite(places, found),
        led(places),
        swapped(places),
    )
    wholes = chain(listed_shares(paragraphs, places), named_wholes(places, found, book), averages(places), yearly(places))
    booked = _booked(book, facts, found, outline, places) if book else ()
    restated = chain(restatements(facts, lists), echoes(places, lists), indicated(places), targets(places))
    gridded: Iterator[Relation] = chain(row_rates(facts), referred(places, facts, outline))
    if not book:
        gridded = chain(gridded, row_sums(facts), retold(places, facts, outline), repeated(places, facts, found))
    for relation in chain(
        inline,
        restated,
        apart,
        wholes,
        booked,
        gridded,
        swaps(places, found),
        turned(places, found),
        parts_again(places, found),
        amounts(places),
        distant(places, found),
    ):
        key = frozenset((relation.whole, *relation.parts))
        if key not in bound and (relation.type != "conflict" or _told_twice(relation, places, fact, ruleset)):
            bound.add(key)
            found.append(relation)
    found = _settled(found, fact)
    found += [r for r in rates_again(found, fact) if frozenset((r.whole, *r.parts)) not in bound]
    order = {f.id: i for i, f in enumerate(facts)}
    found.sort(key=lambda r: (order[r.whole], r.type, [order[p] for p in r.parts]))
    return tuple(replace(r, id=f"r{i}") for i, r in enumerate(found, 1))


def _told_twice(relation: Relation, places: Places, fact: dict[str, Fact], ruleset: Ruleset) -> bool:
    """Whether a figure that is told again is told of the same deed; where the values agree, or a table has one, it is."""
    first, *others = (fact[i] for i in (relation.whole, *relation.parts))
    if relation.basis == PLACES:
        return True
    off = [f for f in others if first.cell is None and f.cell is None and not f.interval.meets(first.interval)]
    return all(one_deed(first, f, places, ruleset, named=relation.basis == REFERRED) for f in off)


def _booked(
    book: Ledger, facts: tuple[Fact, ...], found: list[Relation], outline: Outline, places: Places
) -> Iterator[Relation]:
    """The relations that only final accounts have."""
    cells = Cells(book, facts, outline)
    yield from accounts(book, found)
    yield from executed(book, facts, found, cells)
    yield from changed(book, facts, found, cells, places)
    yield from differing(book, places)
    yield from tabled(book, facts, found, cells)
    yield from made_in_tables(book, cells)
    yield from items(book, facts, outline, cells)


def _settled(found: list[Relation], fact: dict[str, Fact]) -> list[Relation]:
    """The relations without what another reading explains better: rates that do not tie up where another does, lists read
    too short, bounds within closer ties."""
    rated = [r for r in found if r.type == "rate" and len(r.parts) == 2]
    tied = {id(r) for r in rated if ties(fact[r.whole], *(fact[p] for p in r.parts))}
    asked = {r.whole for r in rated if r.basis == ASKED}
    tied = {id(r) for r in rated if r.basis == ASKED or (r.whole not in asked and id(r) in tied)}
    named = {r.whole for r in rated if r.basis == NAMED}
    explained = {r.whole for r in rated if id(r) in tied} - named
    wrong = {id(r) for r in rated if r.whole in explained} - tied
    wrong |= {id(r) for r in rated if r.whole in named and r.basis != NAMED}
    sums = [r for r in found if r.type == "sum"]
    whole_lists = [r for r in sums if total(fact[p].interval for p in r.parts).meets(fact[r.whole].interval)]
    divided: dict[str, list[set[str]]] = {}
    beside: dict[str, list[set[str]]] = {}
    for relation in whole_lists:
        parts = set(relation.parts)
        divided.setdefault(relation.whole, []).append(parts)
        for part in parts:
            beside.setdefault(part, []).append(parts)
    tied_lists = {id(r) for r in whole_lists}
    for relation in sums:
        if any(set(relation.parts) < parts for parts in divided.get(relation.whole, ())):
            wrong.add(id(relation))  # a list that was read too short
        elif id(relation) not in tied_lists and any(parts & set(relation.parts) for parts in beside.get(relation.whole, ())):
            wrong.add(id(relation))  # 复议7件，维持5件、撤销1件、调解1件；诉讼3件: no part is the whole of its sister
    close: dict[str, list[set[str]]] = {}
    for relation in found:
        if relation.type in ("sum", "rate"):
            one = {relation.whole, *relation.parts}
            for name in one:
                close.setdefault(name, []).append(one)
    for relation in found:
        one = {relation.whole, *relation.parts}
        within = (
            relation.basis == TAKEN and relation.type == "bound" and fact[relation.parts[0]].value <= fact[relation.whole].value
        )
        if within and any(one <= other for other in close.get(relation.whole, ())):
            wrong.add(id(relation))  # a closer tie says it already
    return [r for r in found if id(r) not in wrong]


def _inline(scene: Scene) -> Iterator[Relation]:
    """The relations of one paragraph, each noted for those after it."""
    for reader in _INLINE:
        for relation in reader(scene):
            scene.note(relation)
            yield relation


__all__ = ["Scene", "relations"]
