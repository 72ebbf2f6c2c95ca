"""What each number says: measure, period, status, scope, dimension, and the breakdown lists it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec.structs import replace

from extractor.facts.breakdown import Breakdown
from extractor.facts.clause import Lexicon
from extractor.facts.context import Context, Paragraph, contexts
from extractor.facts.lists import ListReader
from extractor.facts.measure import MeasureReader
from extractor.facts.names import shared_names
from extractor.facts.roles import CHANGE, PLAIN, PRIOR, Role, RoleReader
from extractor.facts.seconds import is_second
from extractor.facts.time import Clock, told_later, year_named
from extractor.model import Fact, Mention, Outline, Passage, Relation
from extractor.model.compare import negative
from extractor.model.fact import IN_TABLES, NIL
from extractor.rules import Ruleset
from extractor.text.stretches import stretches

_SOURCE = re.compile(
    r"(?:局|信箱|热线|办|委|院|平台|部门|法庭|派出所|司法所|公安|纪委|办公室|交办|转办|来信|来访|网信|网上信访|走访|电话)$"
)
_PLACE = re.compile(r"(?:村|社区|镇|乡|街道|嘎查|苏木|县|市|省|区|组|寨|段)$")
# Begins with one of several characters: so a search skips what begins with no such character.
_SCOPE = re.compile(
    r"[全我本镇乡区县街辖](?:(?<=全)[镇乡县区市省国旗州局街道]{1,2}|(?<=[我本])[镇乡局街道区县]{1,2}|(?<=[镇乡区县])本级|"
    r"(?<=街)道本级|(?<=辖)区)"
)


_LONGEST_ZERO = 30


class FactReader:
    """Turns the mentions of a report into facts. One instance per ruleset, reused over reports."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._lexicon = lexicon = Lexicon(ruleset)
        self._roles = RoleReader(lexicon)
        self._lists = ListReader(lexicon)
        self._measures = MeasureReader(lexicon)

    def read(self, mentions: tuple[Mention, ...], outline: Outline) -> tuple[tuple[Fact, ...], tuple[Relation, ...]]:
        """Facts in reading order and one ``sum`` relation for each breakdown list."""
        by_passage: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_passage.setdefault(mention.passage, []).append(mention)
        cells = by_passage.pop(IN_TABLES, ())
        facts: list[Fact] = []
        relations: list[Relation] = []
        titles = {s.id: s.title for s in outline.sections}
        year, later = outline.report.year, told_later(outline.passages)
        for number, group in by_passage.items():
            passage = outline.passages[number]
            heading = titles.get(passage.section or "", "")
            clock = Clock(passage, year, later=later)
            facts_here, lists = self._passage(passage, group, year, len(facts), heading, clock)
            facts.extend(facts_here)
            relations.extend(replace(r, id=f"b{len(relations) + i}") for i, r in enumerate(lists, 1))
        facts.extend(_cell(m, f"f{len(facts) + i}", outline) for i, m in enumerate(cells, 1))
        return tuple(facts), tuple(relations)

    def _passage(
        self, passage: Passage, mentions: list[Mention], year: int | None, offset: int, heading: str, clock: Clock
    ) -> tuple[list[Fact], list[Relation]]:
        numbers = [m for m in mentions if m.kind != NIL]
        if len(numbers) < len(mentions):
            mentions = sorted(mentions, key=lambda m: (m.start, m.kind != NIL))
        paragraph = Paragraph(passage)
        scopes = _scopes(passage.flow)
        ids = [f"f{i}" for i, m in enumerate(mentions, offset + 1) if m.kind != NIL]
        facts: list[Fact] = []
        relations: list[Relation] = []
        for stretch in stretches(contexts(paragraph, numbers, self._lexicon), lambda c: c.sentence):
            own = ids[len(facts) : len(facts) + len(stretch)]
            facts_here, lists = self._stretch(passage, list(stretch), year, clock, scopes, own, heading)
            facts.extend(facts_here)
            relations.extend(lists)
        for i, mention in enumerate(mentions if len(numbers) < len(mentions) else ()):
            if mention.kind == NIL:
                facts.insert(i, self._nil(mention, f"f{offset + i + 1}", passage, paragraph, clock.again(), scopes))
        return facts, relations

    def _stretch(
        self,
        passage: Passage,
        around: list[Context],
        year: int | None,
        clock: Clock,
        scopes: list[tuple[int, int, str]],
        own: list[str],
        heading: str,
    ) -> tuple[list[Fact], list[Relation]]:
        """The facts of numbers that are read together, with the ids ``own``: those of a paragraph, or of a part of a very long
        one."""
        roles: list[Role] = []
        for i, context in enumerate(around):
            previous = roles[-1] if roles and around[i - 1].sentence == context.sentence else None
            role = self._roles.role(context, passage.flow, previous)
            roles.append(PLAIN if role.kind == PRIOR and role.year and role.year.startswith(f"{year}年") else role)
        lists = self._lists.breakdowns(around, roles, passage.flow)
        names = shared_names(around, roles, passage.flow, self._lexicon)
        measures, bases = self._measures.measures(around, roles, lists, names, passage.flow, heading)
        whole_of = {p: b.whole for b in lists for p in b.parts}
        facts: list[Fact] = []
        sentence, sentence_span = (-1, -1), (-1, -1)
        for i, context in enumerate(around):
            if context.sentence is not sentence:
                sentence, sentence_span = context.sentence, passage.place(*context.sentence)
            mention, role = context.mention, roles[i]
            direction = role.direction
            if direction is not None and role.kind == CHANGE and mention.value < 0:
                mention, direction = _turned(mention, direction)
            period, status = clock.read(context, role)
            whole = whole_of.get(i)
            facts.append(
                Fact(
                    id=own[i],
                    kind=mention.kind,
                    text=mention.text,
                    value=mention.value,
                    interval=mention.interval,
                    high=mention.high,
                    unit=mention.unit,
                    per=mention.per,
                    approx=mention.approx,
                    direction=direction,
                    measure=measures[i],
                    scope=_scope(scopes, context) if scopes else None,
                    dimension={}
                    if whole is None
                    else _dimension(names.get(i) or around[i - is_second(around, i, whole_of)].core),
                    period=period,
                    status=status,
                    part_of=None if whole is None else own[whole],
                    change_of=None if (base := bases[i]) is None else own[base],
                    section=passage.section,
                    span=passage.place(mention.start, mention.end),
                    sentence=sentence_span,
                    cell=mention.cell,
                )
            )
        return facts, [_relation(b, own) for b in lists]

    def _nil(
        self,
        mention: Mention,
        name: str,
        passage: Passage,
        paragraph: Paragraph,
        clock: Clock,
        scopes: list[tuple[int, int, str]],
    ) -> Fact:
        """A declared zero; its measure is what there was none of."""
        [context] = contexts(paragraph, [mention], self._lexicon)
        period, status = clock.read(context, PLAIN)
        return Fact(
            id=name,
            kind=NIL,
            text=mention.text,
            value=mention.value,
            interval=mention.interval,
            unit=mention.unit,
            measure=(mention.label or mention.text)[:_LONGEST_ZERO],
            scope=_scope(scopes, context),
            period=period,
            status=status,
            section=passage.section,
            span=passage.place(mention.start, mention.end),
            sentence=passage.place(*context.sentence),
        )


def facts(mentions: tuple[Mention, ...], outline: Outline, ruleset: Ruleset) -> tuple[tuple[Fact, ...], tuple[Relation, ...]]:
    """The facts of a report and its breakdown lists.

    Parameters: ``mentions`` and ``outline`` of one report; ``ruleset`` the patterns in force.
    Returns facts in reading order with ids f1, f2, …, and the lists as ``sum`` relations b1, b2, ….
    """
    return ruleset.kept(FactReader).read(mentions, outline)


def _cell(mention: Mention, name: str, outline: Outline) -> Fact:
    """The fact of a table's cell; its measure is made of the labels of row and column."""
    assert mention.cell is not None
    table = outline.tables[mention.cell[0]]
    span = (mention.start, mention.end)
    period, status = year_named(mention.year, outline.report.year)
    return Fact(
        id=name,
        kind=mention.kind,
        text=mention.text,
        value=mention.value,
        interval=mention.interval,
        unit=mention.unit,
        measure=mention.label,
        dimension=mention.keys,
        period=period,
        status=status,
        section=table.section,
        span=span,
        sentence=span,
        cell=mention.cell,
    )


def _turned(mention: Mention, direction: str) -> tuple[Mention, str]:
    """A number below zero and its direction: growth of less than nothing (增长-5.2%) is a fall, by as much as is written."""
    turned = "down" if direction == "up" else "up"
    return replace(mention, value=-mention.value, interval=negative(mention.interval)), turned


def _relation(breakdown: Breakdown, ids: list[str]) -> Relation:
    return Relation(
        id="",
        type="sum",
        whole=ids[breakdown.whole],
        parts=tuple(ids[p] for p in breakdown.parts),
        basis=breakdown.basis,
        closed=breakdown.closed,
    )


def _dimension(name: str) -> dict[str, str]:
    if not name or len(name) > 20:
        return {}
    if _SOURCE.search(name):
        return {"source": name}
    if _PLACE.search(name):
        return {"place": name}
    return {"category": name}


def _scopes(flow: str) -> list[tuple[int, int, str]]:
    """Where a paragraph names the area it speaks of (全镇, 辖区): end, start and words."""
    return [(m.end(), m.start(), m.group()) for m in _SCOPE.finditer(flow)]


def _scope(scopes: list[tuple[int, int, str]], context: Context) -> str | None:
    """The area named last before a number in its sentence."""
    last = bisect_left(scopes, (context.mention.start + 1,)) - 1
    return scopes[last][2] if last >= 0 and scopes[last][1] >= context.sentence[0] else None
