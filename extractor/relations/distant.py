"""Shares and rates whose numerator or denominator stands elsewhere in the report.

建成示范村7个，占行政村总数的38.9% with the villages counted in the opening; 劳资纠纷占比为15.0% among the problems.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.model import Fact, Relation
from extractor.model.compare import miswritten, percent_exact, rounded
from extractor.model.fact import COUNT
from extractor.model.number import total
from extractor.model.slips import rate_slip
from extractor.relations.bases import FITTED, HUNDRED, NAMED, ties
from extractor.relations.bind import bind
from extractor.relations.figures import kin, level, percentage
from extractor.relations.joint import named_together
from extractor.relations.places import Places
from extractor.relations.words import alike, common, in_order, pairs_of
from extractor.text.stretches import MOST_EARLIER

_SHARE = re.compile(r"^(?P<subject>[^占]*)占(?P<object>[^占]*)$")
_RATE = re.compile(r"(?P<subject>[\u4e00-\u9fff“”]{2,12}?)(?:率|占比|比例|比重)(?:达到?|为|是|约|仅|由|保持|稳定|在)*$")
_OBJECT = re.compile(
    r"^(?:比|到|了|全部|所有|所|该|其|总)+|(?:总数|总量|总人数|总件数|数量|人数|件数|总体|总|数|量|的|比|为|约|近|超过?|到)+$"
)
_SUBJECT = re.compile(
    r"^(?:[一二三四五六七八九]是|其中|全[镇乡县区市]|该|此类|这类|的|目前)+|(?:仅|约|就|只|已|共|类|方面|的|数量|数)+$"
)
_SCOPE = re.compile(r"^(?:全[镇乡县区市街道]+|[镇乡]|总量|全年)?$")
_BESIDE = re.compile(r"^(?:人|件|起)?[，、（]?(?:约|仅|各|分别)?(?:占比?)?(?:总数|总量|全部|其)?的?(?:为|达|约)?$")
_COVERED = re.compile("(?:覆盖|配备|配备到位|设置|建成|普及|建站|到位)率(?:达到?|为|均|已|是|实现)*$")
_OTHER_YEAR = re.compile(r"上年|去年|20\d\d年|[县市省]平均|由$|从$")
_ASIDE = re.compile(r"（[^（）]{1,4}）")  # 占村（社区）的11.1%
_NUMBER = re.compile(r"[\d.,]+%?")
_IN_TURN = re.compile(r"(?P<names>[^占]+?)分别占(?P<object>[^占\d]*)(?P<told>[^占]*)$")
_AND = re.compile(r"[、和与及]")
_CLAUSE = re.compile(r"[，。；：（）]")
_JOINED = re.compile(r"[、和与及].*占")
_KIND = re.compile(r"(?:类|型|方面|领域)?(?:的)?(?:案件|事项|纠纷|问题|工单|诉求)?$")
_FAR, _TRIES, _NEAR = 12, 4, Decimal(3)


def distant(places: Places, found: Sequence[Relation]) -> Iterator[Relation]:
    """One ``rate`` for each percentage that its paragraph leaves unexplained and figures elsewhere explain.

    Values alone can only confirm; a share is held against its figures where it stands right beside a part of a list that ties
    up, or names such a part in all its words and misses it by a little.
    """
    shares = _Shares(places, found)
    explained = {r.whole for r in found if r.type == "growth" or (r.type == "rate" and shares.explains(r))}
    doubtful = {r.whole for r in found if r.type == "rate"} - explained
    again = {r.parts[0]: r.whole for r in found if r.type == "conflict" and len(r.parts) == 1}
    for i, fact in enumerate(places.facts):
        if percentage(fact) and fact.id not in explained and fact.status == "actual":
            if fact.value == HUNDRED and (covered := shares.covered(i, again)) is not None:
                yield bind("rate", FITTED, fact, *covered)
                continue
            if (joint := shares.together(i)) is not None:
                yield bind("rate", "占", fact, *joint)
                continue
            bound = shares.beside(i) or shares.named(i)
            if bound is not None and (fact.id not in doubtful or ties(fact, *bound[:2])):
                part, whole, basis = bound
                whole = _nearest(places, i, part, whole)
                yield bind("rate", basis, fact, part, whole)


def _nearest(places: Places, index: int, part: Fact, whole: Fact) -> Fact:
    """The whole as the sentence of its share says it again (12篇解读材料中图解只占41.7%), else as it was found."""
    sentence = places.facts[index].sentence
    here = [f for f in places.facts[max(0, index - _TRIES) : index] if f.sentence == sentence and level(f)]
    return next((f for f in here if f.value == whole.value and kin(f) == kin(whole) and f.id != part.id), whole)


def _apiece(clause: str) -> str:
    """A clause that tells shares in turn, as it would tell the next one alone: 物业与邻里分别占受理总量的29.6%和."""
    match = _IN_TURN.match(clause) if "分别占" in clause else None
    names = _AND.split(match["names"]) if match else []
    told = len(_NUMBER.findall(match["told"])) if match else 0
    return f"{names[told]}占{match['object']}" if match and told < len(names) else clause


class _Shares:
    """The figures of a report, and which of them make others."""

    def __init__(self, places: Places, found: Sequence[Relation]) -> None:
        self._places = places
        self._facts = places.facts
        self._at, self._plain = places.levels_at, places.levels
        by_id = self._by_id = {f.id: f for f in places.facts}
        self._wholes: dict[str, list[Fact]] = {}
        self._sure: set[str] = set()
        for relation in found:
            if relation.type != "sum" or not {relation.whole, *relation.parts} <= by_id.keys():
                continue
            for part in relation.parts:
                self._wholes.setdefault(part, []).append(by_id[relation.whole])
            if total(by_id[p].interval for p in relation.parts).meets(by_id[relation.whole].interval):
                self._sure.update(relation.parts)
        self._listed = [f for f in places.facts if f.id in self._sure and f.kind == COUNT]

    def explains(self, relation: Relation) -> bool:
        """Whether a rate that was found needs no other figures: it ties up, or words bind what one slip keeps from that."""
        if relation.basis == NAMED or len(relation.parts) != 2 or not {relation.whole, *relation.parts} <= self._by_id.keys():
            return True
        rate, part, whole = (self._by_id[f] for f in (relation.whole, *relation.parts))
        beside = relation.basis != FITTED and part.sentence == rate.sentence and rate.value != HUNDRED
        return ties(rate, part, whole) or (beside and rate_slip(rate, part, whole))

    def together(self, index: int) -> tuple[Fact, ...] | None:
        """Parts of a list elsewhere that the clause of a share names together, and their whole."""
        words = self._places.ahead(self._facts[index])
        if "占" not in words or not _JOINED.search(words):
            return None
        lists: dict[str, list[tuple[Fact, str]]] = {}
        for part in self._listed:
            for whole in self._wholes[part.id]:
                lists.setdefault(whole.id, []).append((part, part.measure))
        return named_together(words, self._facts[index], ((self._by_id[w], parts) for w, parts in lists.items()))

    def covered(self, index: int, again: Mapping[str, str]) -> tuple[Fact, Fact] | None:
        """All of what was counted before, told again right before how far they are covered (12个村配备法律顾问，覆盖率100%).

        Parameters: ``again`` the figures that tell others again, and those others.
        """
        rate, part = self._facts[index], self._facts[index - 1] if index else None
        if part is None or part.sentence != rate.sentence or not _COVERED.search(self._places.ahead(rate)):
            return None
        whole = self._by_id.get(again.get(part.id, ""))
        return (part, whole) if whole is not None and whole.value == part.value and whole.kind == COUNT else None

    def beside(self, index: int) -> tuple[Fact, Fact, str] | None:
        """A part of a list with its share right behind it: 劳动争议689宗（36.8%）."""
        rate, part = self._facts[index], self._facts[index - 1] if index else None
        if part is None or part.sentence != rate.sentence or not _BESIDE.match(self._places.between(part, rate)):
            return None
        wholes = self._wholes.get(part.id, [])
        for whole in wholes:
            if ties(rate, part, whole):
                return part, whole, "占"
        sure = len(wholes) == 1 and part.id in self._sure and part.kind == COUNT
        return (part, wholes[0], "占") if sure else None

    def named(self, index: int) -> tuple[Fact, Fact, str] | None:
        """What the words of the clause say is shared, and of what."""
        rate = self._facts[index]
        words = _ASIDE.sub("", self._places.before(rate))
        before, clause = (_NUMBER.sub("", c) for c in ["", *map(_apiece, _CLAUSE.split(words))][-2:])
        share = _SHARE.match(clause)
        match = share or _RATE.search(clause)
        if match is None:
            return None
        subject = _SUBJECT.sub("", match["subject"])
        object_ = _OBJECT.sub("", share["object"]) if share else ""
        precise = rate.value != rate.value.to_integral_value() and not rate.approx
        parts = list(self._parts(index, subject, whole_said=bool(share)))
        if share and not subject:
            parts += self._called(index, _SUBJECT.sub("", before))  # 劳资纠纷上升较快，占全部纠纷的12.8%
        for part in parts:
            if not precise and subject and not alike(subject, part.measure):
                continue
            for whole, sure in self._denominators(index, part, object_):
                if precise or sure:
                    return part, whole, FITTED
        if share and (meant := self._slipped(index, parts, subject, object_, clause)) is not None:
            return meant
        return self._missed(rate, clause, subject) if share or not self._intake_beside(index) else None

    def _slipped(
        self, index: int, parts: Sequence[Fact], subject: str, object_: str, clause: str
    ) -> tuple[Fact, Fact, str] | None:
        """The figure beside its share, or the one that its subject names, and the only one of the name behind 占, where one
        slip keeps them from making the share (建成7个，占行政村总数的38.2%)."""
        rate = self._facts[index]
        if len(object_) < 2 or _SCOPE.match(object_) or _OTHER_YEAR.search(clause) or rate.approx:
            return None
        free = [p for p in parts if p.part_of is None or subject]
        named_part = (p for p in free if _named(subject, p.measure) if subject or p.sentence == rate.sentence)
        part = next(named_part, None)
        if part is None or part.approx:
            return None
        named = [f for f in self._near(index) if f.kind == part.kind and kin(f) == kin(part) and in_order(object_, f.measure)]
        named = [f for f in named if f.id != part.id and f.part_of is None and f.status == "actual"]
        own = {f.id for f in self._wholes.get(part.id, ())}
        named = [f for f in named if f.id in own] or named
        one = len({f.value for f in named}) == 1 and not named[0].approx
        return (part, named[0], "占") if one and rate_slip(rate, part, named[0]) else None

    def _intake_beside(self, index: int) -> bool:
        """Whether the sentence of a rate counts what it is of (受理工单388单，办结率100%): then of nothing told elsewhere."""
        rate, before = self._facts[index], self._facts[max(0, index - _TRIES) : index]
        return any(level(f) and f.kind == COUNT and f.sentence == rate.sentence for f in before)

    def _near(self, index: int) -> Sequence[Fact]:
        """The plain figures before one, as far back as any share is likely to look."""
        first = bisect_left(self._at, index - 2 * MOST_EARLIER)
        return self._plain[first : bisect_left(self._at, index)]

    def _parts(self, index: int, subject: str, *, whole_said: bool) -> Iterator[Fact]:
        """What may be shared: figures of the sentence before the rate, then those that count what the subject says."""
        rate = self._facts[index]
        here = [f for f in self._facts[max(0, index - 5) : index] if f.sentence == rate.sentence and level(f)][::-1]
        if not subject or not whole_said:
            yield from (f for f in here if not subject or common(subject, f.measure + self._places.ahead(f)))
        yield from self._called(index, subject)

    def _called(self, index: int, subject: str) -> list[Fact]:
        """The figures before that count what a subject says, those that share most of its words first."""
        near, pairs = self._near(index), pairs_of(subject)
        scores = [(sum([p in f.measure for p in pairs]), i) for i, f in enumerate(near)] if pairs else []
        return [near[i] for _, i in sorted((s for s in scores if s[0]), reverse=True)[:_TRIES]]

    def _denominators(self, index: int, part: Fact, object_: str) -> Iterator[tuple[Fact, bool]]:
        """What the figure may be a part of and makes the rate with, and whether a sum or words say so."""
        rate = self._facts[index]

        def fits(whole: Fact) -> bool:
            return whole.id != part.id and whole.value >= part.value and ties(rate, part, whole)

        yield from ((whole, True) for whole in self._wholes.get(part.id, ()) if fits(whole))
        like = kin(part)
        of_kin = self._places.by_kin.get((part.kind, like), [])
        first, last = (bisect_left(of_kin, self._facts[i].span, key=_span) for i in (max(0, index - 2 * MOST_EARLIER), index))
        before = of_kin[first:last]
        beyond = self._facts[index + 1 : index + _FAR]
        behind = [f for f in beyond if f.section == part.section and f.kind == part.kind and kin(f) == like and level(f)]
        if object_ and not _SCOPE.match(object_):
            named = [f for f in before + behind if common(object_, f.measure)]
            named.sort(key=lambda f: common(object_, f.measure), reverse=True)
            yield from ((f, True) for f in named[:_TRIES] if fits(f))
            return
        outer = [f for f in reversed(before) if f.id not in self._wholes]
        for back, whole in enumerate(outer):
            if fits(whole) and ((shared := common(part.measure, whole.measure)) > 2 or back < _FAR):
                yield whole, bool(shared)
        yield from ((f, common(part.measure, f.measure) > 1) for f in behind if fits(f))

    def _missed(self, rate: Fact, clause: str, subject: str) -> tuple[Fact, Fact, str] | None:
        """The one part of a list that the subject names, when its share is a little off."""
        if len(subject) < 2 or _OTHER_YEAR.search(clause) or rate.approx:
            return None
        at = bisect_left(self._listed, rate.span, key=_span)
        named = [f for f in self._listed[max(0, at - MOST_EARLIER) : at] if _named(subject, f.measure)]
        if len(named) != 1 or len(self._wholes[named[0].id]) != 1:
            return None
        part, whole = named[0], self._wholes[named[0].id][0]
        exact = percent_exact(part.value, whole.value)
        if exact is None or part.approx or whole.approx:
            return None
        slip = miswritten(rate.value, rounded(exact, max(0, -int(rate.value.as_tuple().exponent))))
        return (part, whole, "占") if slip or abs(exact - rate.value) <= _NEAR else None


def _named(subject: str, measure: str) -> bool:
    """Whether a measure is of what a subject names (劳资类纠纷 for 劳资受理纠纷, 燃气案件 for 城镇燃气类立案查处)."""
    if in_order(subject.replace("类", ""), measure):
        return True
    sort = _KIND.sub("", subject)
    return len(sort) > 1 and sort != subject and sort in measure


def _span(fact: Fact) -> tuple[int, int]:
    return fact.span
