"""Final accounts: the subjects that a section goes through one by one, and the account or class that they make.

1.林业和草原（款）行政运行（项）：年初预算为48.60万元，支出决算为51.37万元 … make 农林水支出201.65万元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Fact, Outline, Relation
from extractor.model.number import total
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.cells import Cells
from extractor.relations.ledger import BUDGET, FINAL, Key, Ledger
from extractor.relations.tabled import told_of

ITEMS = "逐项"
_STAGES = {FINAL: re.compile(r"决算数?$"), BUDGET: re.compile(r"预算数?$")}
_ITEM = re.compile(r"（(?:项|\d{2})）")


def items(book: Ledger, facts: Sequence[Fact], outline: Outline, cells: Cells) -> Iterator[Relation]:
    """One ``sum`` for each section whose subjects make an account or class, or would but for one slip of the pen."""
    told = told_of(book, facts)
    sections = {s.id: s for s in outline.sections}
    groups: dict[tuple[str, str], list[Fact]] = {}
    for key, figures in told.items():
        for fact in figures if key.account.startswith("=") else ():
            own = sections.get(fact.section or "")
            above = own.parent if own is not None and _is_item(own.title, key.account[1:]) else fact.section
            if _STAGES[key.stage].search(fact.measure) and above:
                groups.setdefault((above, key.stage), []).append(fact)
    for (section, stage), parts in groups.items():
        parts.sort(key=lambda f: f.span)
        if len(parts) > 1:
            title = sections[section].title if section in sections else ""
            wholes = list(_wholes(told, cells, title, Key(book.above(section), "", stage)))
            yield from _made([(w, named) for w, named in wholes if w not in parts], parts)


def _is_item(title: str, subject: str) -> bool:
    """Whether a section is of one subject alone (1.农林水支出。年初预算…): its heading names nothing else."""
    return bool(_ITEM.search(title)) or title.removesuffix("支出") == subject


def _wholes(told: dict[Key, list[Fact]], cells: Cells, title: str, like: Key) -> Iterator[tuple[Fact, bool]]:
    """The figures that the subjects of a section may make, and whether its title, or the fund it stands under, names them."""
    keyed = [(k, f) for k, fs in told.items() for f in fs]
    keyed += [(k, c) for k, cs in cells.by_key.items() for c in cs]
    classes = any(k.account[1:] in title for k, _ in keyed if k.account.startswith("="))
    for key, fact in keyed:
        if key.stage == like.stage and key.fund == like.fund:
            subject = key.account.startswith("=")
            yield fact, key.account[1:] in title if subject else key.account == "expenditure" and not classes


def _made(wholes: Sequence[tuple[Fact, bool]], parts: Sequence[Fact]) -> Iterator[Relation]:
    made = total(p.interval for p in parts)
    fit = [w for w, _ in wholes if w.interval.meets(made) and w.value > max(p.value for p in parts)]
    ahead = [w for w in fit if w.cell is None and w.span < parts[0].span]
    found = max(ahead, key=lambda w: w.span) if ahead else next(iter(fit), None)
    named = {w.value: w for w, sure in reversed(wholes) if sure}
    if found is None and len(named) == 1:
        [whole] = named.values()
        found = whole if sum_slip(whole, parts, sure=False) else None
    if found is not None:
        yield bind("sum", ITEMS, found, *parts, closed=True)
