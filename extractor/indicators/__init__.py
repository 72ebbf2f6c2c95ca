"""A fact's measure gets its name in the catalogue, so that years and townships can be compared.

A change (同比增长9.9%) has the name of the figure that changed: whoever wants levels asks ``Fact.is_change``.
"""

from __future__ import annotations

import re
from collections import Counter, deque

from msgspec.structs import replace

from extractor.indicators.again import Again
from extractor.indicators.around import Around, Cues
from extractor.indicators.catalogue import Catalogue, theme
from extractor.indicators.units import kin
from extractor.model import Fact, Outline
from extractor.model.fact import COUNT, NIL
from extractor.rules import Ruleset

_JOINED = re.compile(r"[、和与及或]")
_TOTAL = ".total"  # no bare words make a part the total
_BASE = "base"  # what there is of it there is once: 12个村都 are not the 17 that there are
_AIM = "计划"
_TAKEN_IN = re.compile(r"(?:受理|收案|收件|件|人)?数?量?$")  # what a column of a table says of its rows, and nothing more
_LENDERS = 8  # figures from whose measures a figure may have words


def indicators(facts: tuple[Fact, ...], outline: Outline, ruleset: Ruleset) -> tuple[Fact, ...]:
    """The facts with their ``indicator`` ids filled in where the catalogue has a name.

    Parameters: ``facts`` of one report in reading order; its ``outline``; ``ruleset`` with the catalogue in force.
    """
    if not facts:
        return facts
    found = _Namer(facts, outline, ruleset).found
    return tuple(replace(f, indicator=found[f.id]) if f.id in found else f for f in facts)


class _Namer:
    """Names the facts of one report; ``found`` are the names by fact id."""

    def __init__(self, facts: tuple[Fact, ...], outline: Outline, ruleset: Ruleset) -> None:
        self._catalogue = ruleset.kept(Catalogue)
        self._forms, self._tables = ruleset.forms, outline.tables
        kind = ruleset.kinds.get(outline.report.kind or "")
        self._around = Around(outline, ruleset.kept(Cues), kind.theme if kind else "")
        self._again = Again(self._catalogue, self._around)
        self._facts = {f.id: f for f in facts}
        self._last: Fact | None = None
        self._told: dict[str, list[str]] = {}  # the names of the parts told so far, by their whole
        self._before: deque[tuple[str, str]] = deque(maxlen=_LENDERS)
        self.found: dict[str, str] = {}
        prose = [f for f in facts if f.cell is None]
        for fact in prose:
            if not (fact.change_of and fact.is_change):
                self._name(fact)
        # A category of a list is neither the indicator of its whole nor that of its siblings.
        shared = Counter((f.part_of, self.found.get(f.id)) for f in prose if f.part_of)
        for fact in prose:
            own = self.found.get(fact.id)
            if own and fact.part_of and (shared[fact.part_of, own] > 1 or own in self._above(fact)):
                del self.found[fact.id]
        for fact in prose:
            if fact.change_of in self.found and fact.is_change:
                self.found[fact.id] = self._rise(fact, self.found[fact.change_of])
        self._cells([f for f in facts if f.cell is not None])

    def _cells(self, facts: list[Fact]) -> None:
        """Name the cells of tables: those of a statutory form and of totals by themselves, a row by its own words, once."""
        rows: dict[tuple[int, str, int | None], list[Fact]] = {}
        for fact in facts:
            table, keys = fact.cell[0], fact.dimension  # type: ignore[index]
            if name := self._cell(fact, table):
                self.found[fact.id] = name
            elif not keys and fact.kind == COUNT and (name := self._row(fact, table)):
                rows.setdefault((table, name, fact.period.year), []).append(fact)
        for (_, name, _), told in rows.items():
            if len({f.cell[1] for f in told}) == 1:  # type: ignore[index]
                self.found[told[0].id] = name

    def _name(self, fact: Fact) -> None:
        words = _words(fact)
        own, lender = self._own_words(fact, words)
        if fact.kind == NIL:
            name = self._zero(fact, words)
        elif fact.part_of is None:
            name = (
                self._again.shorter(fact) or self._sum(fact) or self._figure(fact, words, own, lender) or self._unworded(fact)
            )
        else:
            name = self._part(fact, own)
        self._last = fact
        if name is not None:
            self.found[fact.id] = name
            if fact.part_of is not None:
                self._told.setdefault(fact.part_of, []).append(name)
            self._again.tell(fact, name)
            self._around.tell(fact, name)

    def _cell(self, fact: Fact, table: int) -> str | None:
        """The name of a table's cell: in a statutory form what the form says, in another table that of a total."""
        keys = fact.dimension
        if form := self._forms.get(keys.get("form", "")):
            return next((r.indicators.get(keys["column"]) for r in form.rows if r.key == keys["row"]), None)
        if "total" not in keys:
            return None
        names = self._catalogue.names(fact, fact.measure)
        return names.own or self._beside(fact, names.bare, self._tables[table].title + fact.measure)

    def _row(self, fact: Fact, table: int) -> str | None:
        """The name of a row of a table, as parts of what the table tells are called (婚姻家庭, 维持, 年末在册)."""
        near = self._around.told_in(self._tables[table].title)
        words = _TAKEN_IN.sub("", fact.measure)
        return self._of_theme(self._catalogue.names(fact, words).bare, near) if near and words else None

    def _unworded(self, fact: Fact) -> str | None:
        """The name of a figure that no words before it tell: one told again, one that its unit tells, one of a list that goes
        on under one verb (检查车辆300辆次、企业187家次), one whose number stands amid the words (对存量文件23件逐一清理)."""
        if name := self._again.behind(fact):
            return name
        if kin(fact.unit) == "person" and (name := self._doers(fact)):
            return name
        last = self._last
        if last is not None and last.sentence == fact.sentence:
            before = self.found.get(last.id)
            same = before is not None and (fact.measure == last.measure or self._catalogue.light(fact.measure))
            for one, nears in self._catalogue.by_unit.get(fact.unit, ()) if same else ():
                if before in nears:
                    return one
            if last.part_of is None and self._around.goes_on(last, fact) and not self._catalogue.verb(fact.measure):
                return self._catalogue.names(fact, self._catalogue.verb(last.measure) + fact.measure).own
        behind = self._around.behind(fact)
        if self._catalogue.parted(fact.measure):
            return self._catalogue.names(fact, fact.measure + behind).own
        return self._catalogue.names(fact, behind).own if fact.measure and behind.startswith(fact.measure) else None

    def _sum(self, fact: Fact) -> str | None:
        """The name of a figure that sums up several sorts told before it (合同9件、决策3件，合计12件): their total."""
        told = set(self._told.get(fact.id, ()))
        themes = {theme(n) for n in told}
        if len(told) < 2 or len(themes) > 1:
            return None
        name = themes.pop() + _TOTAL
        total = self._catalogue.indicators.get(name)
        return name if total and name not in told and fact.unit in total.units else None

    def _doers(self, fact: Fact) -> str | None:
        """The name of people who are counted right behind their own name, before what they do (法治副校长6名开展法治课)."""
        ahead = self._around.ahead(fact)
        goes_on = ahead != fact.measure and fact.measure.startswith(ahead)
        return self._catalogue.names(fact, ahead).own if goes_on else None

    def _rise(self, fact: Fact, name: str) -> str:
        """The name of a change of a figure: what came to a stock is a figure of its own (“法律明白人”净增27名)."""
        new = self._catalogue.names(fact, fact.measure).own if fact.kind == "count" and fact.direction == "up" else None
        return new if new and self._catalogue.indicators[name].kind == "stock" and theme(new) == theme(name) else name

    def _zero(self, fact: Fact, words: str) -> str | None:
        """The name of a declared zero; of several things that there was none of (无行政复议、行政诉讼案件), the first's."""
        first, *others = _JOINED.split(words)
        for phrase in (first, first + fact.measure[-2:]) if others else ():
            names = self._catalogue.names(fact, phrase)
            if name := names.own or self._beside(fact, names.bare, words):
                return name
        for phrase in (words, fact.measure):
            names = self._catalogue.names(fact, phrase)
            if name := names.own or self._beside(fact, names.bare, phrase):
                return name
        return None

    def _figure(self, fact: Fact, words: str, own: str, lender: str | None) -> str | None:
        """The name of a figure of its own. One that would be named by words of an earlier figure alone, as that figure is, is
        named by its own words first: 立案 behind 作出行政处罚决定."""
        full = self._catalogue.names(fact, words)
        if full.bare and (near := self._listed(fact)) and (name := self._of_theme(full.bare, near)):
            return name
        if full.own is not None and full.own != lender:
            return full.own
        if full.own is None and (name := self._beside(fact, full.bare, words)):
            return name if theme(name) != _BASE or self._again.agrees(fact, name) else None
        short = self._catalogue.names(fact, own)
        if named := self._allowed(fact, short.named):
            return named[0]
        bare = self._allowed(fact, short.bare)
        return self._beside(fact, bare, own) if bare else full.own

    def _allowed(self, fact: Fact, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those names that no word of a fact's whole measure rules out."""
        return tuple(n for n in names if self._catalogue.allowed(n, fact.measure)) if names else names

    def _listed(self, fact: Fact) -> str | None:
        """The name of the figure that one goes on from with a mark: 审查规范性文件3件、重大决策5件 were all looked at."""
        last = self._last
        if last is None or last.id not in self.found or last.sentence != fact.sentence:
            return None
        return self.found[last.id] if self._around.goes_on(last, fact) else None

    def _part(self, fact: Fact, own: str) -> str | None:
        """The name of a part: by its own words as parts of its whole are called, else by all words of its measure."""
        whole = self.found.get(fact.part_of or "")
        above = self._above(fact)
        short, full = self._catalogue.names(fact, own), self._catalogue.names(fact, fact.measure)
        likely, other = (
            tuple(n for n in names.bare if not n.endswith(_TOTAL) and n not in above and self._alike(n, whole, fact.unit))
            for names in (short, full)
        )
        if likely:
            # Among several, what it stands beside decides: the rest of the types is another type (其余20件).
            last = self._told.get(fact.part_of or "", [""])[-1] if len(likely) > 1 else ""
            if last and (name := next((n for n in likely if last in self._catalogue.beside[n]), None)):
                return name
            near = whole or self._listed(fact) or self._around.told_in(self._facts[fact.part_of or ""].measure)
            if near is not None and (name := self._of_theme(likely, near)):
                return name
        elif other and (near := self._listed(fact)) and (name := self._of_theme(other, near)):
            return name
        # What the words behind its own tell is the name of the figure that they are borrowed from.
        borrowed = self._catalogue.names(fact, fact.measure.removeprefix(own)).named if own and full.own else ()
        for name in (*short.named, *(n for n in full.named if n not in borrowed)):
            if name not in above and self._alike(name, whole, fact.unit):
                return name
        return self._beside(fact, likely or other, fact.measure)

    def _alike(self, name: str, whole: str | None, unit: str) -> bool:
        """Whether a part of a figure may have a name: of what there is at a date (312项权责事项) no part is work of a year that
        belongs to another theme or is counted in other units (21项行政许可), and of one sort no part is another sort."""
        if whole is None:
            return True
        if name.count(".") > 1 and name.rpartition(".")[0] == whole.rpartition(".")[0]:
            return False
        part, of = self._catalogue.indicators[name], self._catalogue.indicators[whole]
        return (theme(name) == theme(whole) and unit in part.units) or not (of.kind == "stock" and part.kind == "flow")

    def _beside(self, fact: Fact, names: tuple[str, ...], phrase: str) -> str | None:
        """The one of several names of a phrase whose theme stands nearest to a fact."""
        if not names:
            return None
        for near in self._around.themes(fact, phrase, self.found.get(fact.part_of or "")):
            if name := self._of_theme(names, near):
                return name
        return None

    def _of_theme(self, names: tuple[str, ...], near: str) -> str | None:
        """The first of several names that means something beside a figure or theme; what names the figure itself first."""
        beside = self._catalogue.beside
        for name in names:
            if near in beside[name]:
                return name
        wide = theme(near)
        return next((n for n in names if wide in beside[n]), None)

    def _own_words(self, fact: Fact, measure: str) -> tuple[str, str | None]:
        """The words of a measure that it does not share with a figure shortly before it, and that figure's name."""
        tail = measure[-2:]  # less than two characters are no words: most measures need no closer look
        shared, lender = 0, ""
        for words, name in self._before:
            if tail in words and (length := _shared_end(measure, words)) > shared:
                shared, lender, tail = length, name, measure[-length - 1 :]
        self._before.append((measure, fact.id))
        if fact.part_of is not None and (name := next(iter(fact.dimension.values()), "")) and name in measure:
            return name, None
        return (measure[:-shared], self.found.get(lender)) if 1 < shared < len(measure) else ("", None)

    def _above(self, fact: Fact) -> set[str]:
        """The names of the wholes that a fact is a part of."""
        names = set()
        while fact.part_of is not None:
            fact = self._facts[fact.part_of]
            names.add(self.found.get(fact.id, ""))
        return names


def _words(fact: Fact) -> str:
    """What a fact says it counts; of a declared zero all of it, for the verb is lost in its measure; of an aim that it is one,
    for those whom one plans to train are new ones."""
    return fact.text if fact.kind == NIL else _AIM + fact.measure if fact.status == "planned" else fact.measure


def _shared_end(one: str, other: str) -> int:
    """How many characters at the end of a phrase another one holds."""
    length = 2
    while length < len(one) and one[-length - 1 :] in other:
        length += 1
    return length - (len(one) - length == 1)  # one character left over is no word either


__all__ = ["Catalogue", "indicators"]
