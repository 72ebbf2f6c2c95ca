"""Final accounts: figures of one account stated apart from each other, and accounts that others make.

The accounts are named in patterns/accounts.toml. Relations are made where figures tie up; where they do not, only if each
account has one figure and the account is complete, or one slip of the pen explains the gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise, product
from typing import NamedTuple

from msgspec.structs import replace

from extractor.model import Fact, Outline, Relation
from extractor.model.fact import AMOUNT, NIL, PERCENTAGE
from extractor.model.number import total
from extractor.model.slips import slip, sum_slip
from extractor.relations.bind import bind
from extractor.relations.growth import both_tie
from extractor.rules import Ruleset
from extractor.rules.schema import Account
from extractor.text.normalize import fold

_CHANGED = re.compile(r"(?:决算数?)?(?:增加|减少|增长|下降|多出|增支|减支|多支|少支|降低|提高|上升|增幅|降幅|增|减)$")
KIND = "final-accounts"
SAME, MADE = "同一科目", "科目构成"
FINAL, BUDGET, PRIOR = "final", "budget", "prior"
_STAGE = re.compile(r"(?:财政拨款)?(?:支出|收入)?(?:(?:年初|全年|调整|年度)?(预算)|决算)(?:数|安排)?$")
_LEAD = re.compile(r"^(?:.*20\d\d年度?|(?:本年度?|全年|其中|本部门|本单位|加上|由|用于))+")
_BARE = re.compile(r"(?:年初|全年|调整)?(?P<budget>预算)数?|(?:支出)?决算数?")
_GRAND = re.compile("[总合]计$")
_QUOTES = re.compile(r"[“”‘’\"']|（[类款项]）")
_READINGS, _SHORT, _CARS = 64, 2, "辆"


class Key(NamedTuple):
    """An account in one stage: ``fund`` the first two characters of the fund's name, '' for all funds together."""

    fund: str
    account: str
    stage: str


class Ledger:
    """The figures of a report by account, in reading order."""

    def __init__(self, facts: Sequence[Fact], outline: Outline, ruleset: Ruleset) -> None:
        self.accounts = ruleset.accounts
        self._match = {k: re.compile(a.match) for k, a in ruleset.accounts.items()}
        self._fund = re.compile("^(?:" + "|".join(map(re.escape, ruleset.lexicon["fund"])) + ")")
        self._funds = re.compile("|".join(map(re.escape, ruleset.lexicon["fund"])))
        self._titles = {s.id: (fold(s.title), s.parent) for s in outline.sections}
        self._name = {f.id: f.measure for f in facts}
        self.facts = [f for f in facts if f.cell is None and f.kind != NIL]
        self.figures: dict[Key, list[Fact]] = {}
        for fact in facts:
            plain = fact.kind == AMOUNT or fact.unit == _CARS
            if plain and not (fact.direction or fact.per or fact.cell or fact.approx) and (key := self.key(fact)) is not None:
                for account in (key.account, *self.accounts[key.account].states):
                    self.figures.setdefault(key._replace(account=account), []).append(fact)

    def key(self, fact: Fact) -> Key | None:
        """The account that a figure states; None where it states none."""
        measure = fact.measure
        found = self.read(measure)
        if found is None and fact.part_of and (whole := self._name.get(fact.part_of)):
            name = measure.removesuffix(whole)
            found = self.read(name)  # 人员经费 of 一般公共预算财政拨款基本支出
            if found is None and (total := _GRAND.search(whole)) is not None:
                found = self.read(measure.removesuffix(total.group()))  # 年末结转和结余总计 of 支出总计
            if found is None and self._fund.fullmatch(name) and (made := self.read(whole)) is not None:
                found = (name[:2], *made[1:])  # 政府性基金预算财政拨款 of 收入合计
        if found is None and (bare := _BARE.fullmatch(measure)) and (fund := self.above(fact.section)):
            found = (fund, self.accounts["expenditure"], bool(bare["budget"]))  # 年初预算 under the title of a fund
        if found is None:
            return None
        fund, account, budget = found
        step = PRIOR if fact.status == "prior" else BUDGET if budget else FINAL
        if not account.funded:
            return Key("", account.id, step)
        fund = fund or self.above(fact.section)
        # 收入 alone is an account only where a fund is spoken of.
        return Key(fund, account.id, step) if fund or len(measure) > _SHORT else None

    def read(self, measure: str) -> tuple[str, Account, bool] | None:
        """Fund and account of a measure, and whether it is of the budget; None where it is of no account."""
        plain = _QUOTES.sub("", fold(measure))
        stage = _STAGE.search(plain)
        for name in (plain, plain[: stage.start()]) if stage else (plain,):
            if (found := self.named(name)) is not None:
                return (*found, bool(stage and stage[1]))
        fund = self._fund.fullmatch(_LEAD.sub("", plain[: stage.start()])) if stage else None
        # 一般公共预算财政拨款年初预算 is what the fund was to spend.
        return (fund.group()[:2], self.accounts["expenditure"], bool(stage and stage[1])) if fund else None

    def of_change(self, change: Fact) -> Key | None:
        """The account whose change a figure states (“三公”经费支出减少)."""
        found = self.read(_CHANGED.sub("", change.measure))
        if found is None or found[2]:
            return None
        fund = found[0] or self.above(change.section) if found[1].funded else ""
        return Key(fund, found[1].id, FINAL)

    def told(self, key: Key) -> list[Fact]:
        """The figures of an account, or of the first that it states (收入总计 for 收支总计), one of each value."""
        keys = [key, *(key._replace(account=a) for a in self.accounts[key.account].states)]
        return next((found for k in keys if (found := self.pick(k))), [])

    def named(self, name: str) -> tuple[str, Account] | None:
        """Fund and account of a name without stage."""
        name = _LEAD.sub("", _QUOTES.sub("", name))
        fund = self._fund.match(name)
        bare = _LEAD.sub("", name[fund.end() :]) if fund else name
        for rest in (name, bare):
            for account in self.accounts.values():
                if self._match[account.id].fullmatch(rest):
                    return (fund.group()[:2] if fund and rest is bare else "", account)
        return None

    def subjects(self, fact: Fact) -> Iterator[tuple[str, bool]]:
        """The names of a figure of no account without its stage, and whether it is of the budget: all that it counts, and
        the name that it has as a part (防汛 of 农林水支出)."""
        part = fact.measure.removesuffix(self._name.get(fact.part_of or "", ""))
        for name in dict.fromkeys((fact.measure, part or fact.measure)):
            plain = _LEAD.sub("", _QUOTES.sub("", fold(name)))
            stage = _STAGE.search(plain)
            yield (plain[: stage.start()] if stage else plain).removesuffix("支出"), bool(stage and stage[1])

    def fund(self, name: str) -> str:
        """The fund that a name starts with, '' for none."""
        found = self._fund.match(name)
        return found.group()[:2] if found else ""

    def above(self, section: str | None) -> str:
        """The fund that the headings above a figure name."""
        while section is not None:
            title, section = self._titles[section]
            if (found := self._funds.search(title)) is not None:
                return found.group()[:2]
        return ""

    def makes(self, part: Fact) -> list[Fact]:
        """The figures of the account that a figure is a part of."""
        own = self.key(part)
        if own is None:
            return []
        wholes = [k for k, a in self.accounts.items() if own.account in (*a.parts, *a.optional)]
        return [f for k in wholes for f in self.figures.get(own._replace(account=k), ())]

    def pick(self, key: Key) -> list[Fact]:
        """The figures of an account, one of each value."""
        return list({f.value: f for f in reversed(self.figures.get(key, ()))}.values())[::-1]


def ledger(facts: tuple[Fact, ...], outline: Outline, ruleset: Ruleset) -> Ledger | None:
    """The accounts of a report of final accounts; None for other reports."""
    return Ledger(facts, outline, ruleset) if outline.report.kind == KIND else None


def accounts(book: Ledger, found: Iterable[Relation]) -> Iterator[Relation]:
    """The relations between the accounts that the text speaks of; ``found`` are the relations so far."""
    yield from _each(book, list(found))
    yield from _changes(book)
    for key in list(book.figures):
        account = book.accounts[key.account]
        yield from _restated(book, key)
        for other in account.same:
            yield from _equal(book, key, key._replace(account=other))
        for other in account.mirror:
            for fund in ("", "一般", "财政"):
                yield from _equal(book, key, key._replace(account=other, fund=fund), sure=False)
        yield from made(book, book.pick, key)
        if key.fund == "财政":
            parts = [key._replace(fund=f) for f in ("一般", "政府", "国有")]
            yield from _sum(book.pick, key, parts[:1], parts[1:], complete=False)


def _each(book: Ledger, found: Iterable[Relation]) -> Iterator[Relation]:
    """收、支总计各增加86万元: the change of one grand total is the other's, where both are the same."""
    for key in list(book.figures):
        if key.account != "expenditure.grand":
            continue
        spent = {f.id: f for f in book.figures[key]}
        for relation in found:
            this = spent.get(relation.parts[0]) if relation.type == "growth" else None
            for twin in book.figures.get(key._replace(account="income.grand"), ()) if this else ():
                if this and twin.sentence == this.sentence and twin.value == this.value:
                    yield replace(relation, parts=(twin.id, *relation.parts[1:]))


def _changes(book: Ledger) -> Iterator[Relation]:
    """A change in amount and percent of an account that was stated in a sentence before (收支总计多出141万元，增长6.25%)."""
    for difference, share in pairwise(book.facts):
        if difference.kind != AMOUNT or difference.direction is None or share.kind != PERCENTAGE or share.direction is None:
            continue
        key = book.of_change(difference) if share.sentence == difference.sentence else None
        for this in book.told(key) if key is not None else ():
            if both_tie(share, difference, this):
                yield bind("growth", "增减数与幅度", share, this, difference)
                break


def _restated(book: Ledger, key: Key) -> Iterator[Relation]:
    """One account stated several times: equal, or different as slips of the pen are."""
    first, *others = book.figures[key]
    for fact in others if key.stage != PRIOR else ():
        if fact.sentence == first.sentence:
            continue
        wrong = key.stage == FINAL and len(book.pick(key)) == 2 and slip(fact.value, first.value)
        if fact.interval.meets(first.interval) or wrong:
            yield bind("conflict", SAME, first, fact)


def _equal(book: Ledger, key: Key, other: Key, *, sure: bool = True) -> Iterator[Relation]:
    """Two accounts that have one amount, by rule (``sure``) or as a rule."""
    pairs = [(a, b) for a in book.pick(key) for b in book.pick(other) if a.id != b.id]
    found = next((p for p in pairs if p[0].interval.meets(p[1].interval)), None)
    if found is None and sure and len(pairs) == 1 and slip(pairs[0][0].value, pairs[0][1].value):
        found = pairs[0]
    if found is not None:
        yield bind("conflict", SAME, found[0], found[1])


def made(book: Ledger, pick: Callable[[Key], list[Fact]], key: Key) -> Iterator[Relation]:
    """An account and those that make it, among the figures that ``pick`` finds.

    A part that is not stated may be told by its own parts (公务用车运行维护费 alone): such figures can only confirm.
    """
    account = book.accounts[key.account]
    parts, optional = ([_part(book, key, p) for p in names] for names in (account.parts, account.optional))
    if not parts:
        return
    inner = [[_part(book, p, i) for i in book.accounts[p.account].parts] if not pick(p) else [p] for p in parts]
    told = [k for ks in inner for k in ks]
    if told == parts:
        yield from _sum(pick, key, parts, optional, complete=account.complete)
    else:
        yield from _sum(pick, key, told, optional, complete=False, sure=False)


def _part(book: Ledger, key: Key, account: str) -> Key:
    return key._replace(account=account, fund=key.fund if book.accounts[account].funded else "")


def _sum(
    pick: Callable[[Key], list[Fact]],
    whole: Key,
    parts: Sequence[Key],
    optional: Sequence[Key],
    *,
    complete: bool,
    sure: bool = True,
) -> Iterator[Relation]:
    """An account and those that make it; ``sure`` whether one slip of the pen may be what keeps them from it."""
    stated = [found for k in (*parts, *optional) if (found := pick(k))]
    wholes = pick(whole)
    if len(stated) < 2 or not wholes:
        return
    readings = list(islice(product(wholes, *stated), _READINGS))
    tied = next((r for r in readings if total(f.interval for f in r[1:]).meets(r[0].interval)), None)
    if tied is None and len(readings) == 1:
        everything = all(pick(k) for k in parts)
        if (complete and everything) or (sure and sum_slip(readings[0][0], readings[0][1:], sure=False)):
            tied = readings[0]
    if tied is not None:
        yield bind("sum", MADE, *tied, closed=True)
