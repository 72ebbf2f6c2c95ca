"""Shares of a whole that stands elsewhere: 占本年支出合计的94.6%; 社会保障支出231万元，占9.3%；卫生健康支出99万元，占4.0%；…"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from extractor.model import Fact, Relation
from extractor.model.fact import PERCENTAGE
from extractor.model.number import total
from extractor.model.slips import rate_slip
from extractor.relations.bases import NAMED, ties
from extractor.relations.bind import bind
from extractor.relations.figures import LEVELS, kin, level
from extractor.relations.ledger import FINAL, Ledger
from extractor.relations.places import Places
from extractor.relations.restated import label
from extractor.relations.scene import Scene
from extractor.relations.words import pieces
from extractor.text.stretches import MOST_EARLIER

SHARE, LISTED = "占", "各占"
_OF = re.compile(r"占(?:到|了|比)?([\u4e00-\u9fff“”（）]{2,20}?)(?:的(?:比例|比重)?(?:为|达)?)?$")
_BARE = re.compile(r"^[，（]?(?:约|各)?占比?(?:为|约)?$")
_AGAIN = re.compile(r"^(?:该项?|上述|此项|其)[\u4e00-\u9fff]{0,4}占")
_TRIM = re.compile(r"^(?:本年度?|全年|全部|同期)|(?:总额|总数|总量|合计|总计|总和)$|[“”]")
_LEAST, _LATEST = 4, 40


def named_wholes(places: Places, found: Sequence[Relation], book: Ledger | None) -> Iterator[Relation]:
    """The share of a whole that is named and stated in another place.

    Parameters: ``found`` the relations so far; ``book`` the accounts of a report of final accounts.
    """
    bound = {r.whole for r in found if r.type == "rate"}
    plain: dict[str, list[Fact]] | None = None
    for i, share in enumerate(places.facts):
        if share.kind != PERCENTAGE or share.direction or share.status != "actual" or share.id in bound:
            continue
        words = places.ahead(share)
        match = _OF.search(words)
        part = _before(places, i, again=bool(_AGAIN.match(words))) if match or (book and _BARE.match(words)) else None
        if part is None:
            continue
        plain = _by_name(places.levels) if plain is None else plain
        named = _wholes(match[1], plain, book) if match else book.makes(part) if book else ()
        wholes = [f for f in islice(named, MOST_EARLIER) if f.kind == part.kind and kin(f) == kin(part) and f.id != part.id]
        tied = next((f for f in wholes if ties(share, part, f)), None)
        one, basis = {f.value for f in wholes}, SHARE
        own = not match or _is_its(words[: match.start()], match[1], part)
        if tied is None and own and len(one) == 1:
            if rate_slip(share, part, wholes[0]):
                tied = wholes[0]
            elif _of_another(plain, share, part, wholes[0]):  # 占常住人口的37.2%, which is that of the 户籍人口
                tied, basis = wholes[0], NAMED
        if tied is not None:
            yield bind("rate", basis, share, part, tied)


def _of_another(plain: Mapping[str, Sequence[Fact]], share: Fact, part: Fact, whole: Fact) -> bool:
    """Whether a share is that of another figure whose name ends like that of the whole it names."""
    end = whole.measure[-2:]
    like = (f for name, facts in plain.items() if name.endswith(end) for f in facts if kin(f) == kin(whole) and not f.approx)
    fits = (f for f in like if f.value != whole.value and f.id != part.id and ties(share, part, f))
    return part.value <= whole.value and not (part.approx or share.approx or whole.approx) and any(True for _ in fits)


def _is_its(subject: str, whole: str, part: Fact) -> bool:
    """Whether a share whose subject is named may be that of a figure (涉企纠纷占受理纠纷的 is no share of 劳资纠纷)."""
    own = pieces(subject) - pieces(whole)
    return not own or bool(_AGAIN.match(subject)) or any(p in part.measure for p in own)


def _by_name(levels: Iterable[Fact]) -> dict[str, list[Fact]]:
    """The plain figures by what they count, without words for their whole or their year."""
    found: dict[str, list[Fact]] = {}
    for fact in levels:
        for name in {_TRIM.sub("", n) for n in (label(fact), fact.measure, fact.measure.rpartition("的")[2])}:
            found.setdefault(name, []).append(fact)
    return found


def _before(places: Places, index: int, *, again: bool) -> Fact | None:
    """The plain figure whose share a percentage states: the last of its sentence before it, ``again`` of its paragraph."""
    share = places.facts[index]
    for k in range(index - 1, max(-1, index - 5), -1):
        fact = places.facts[k]
        if fact.sentence != share.sentence and not (again and places.passage(fact) is places.passage(share)):
            return None
        if fact.kind in LEVELS:
            return fact if level(fact) else None
    return None


def _wholes(name: str, plain: Mapping[str, Sequence[Fact]], book: Ledger | None) -> Iterable[Fact]:
    """The figures that a name after 占 means."""
    if book is not None and (account := book.named(name)) is not None:
        fund, known = account
        stated = [
            f for k, fs in book.figures.items() if k.account == known.id and k.stage == FINAL and k.fund == fund for f in fs
        ]
        if stated:  # 占本年支出合计的: of the 本年支出合计 rather than of the 本年支出 that makes the 支出总计
            return sorted(stated, key=lambda f: f.measure != name)
    wanted = _TRIM.sub("", name)
    if len(wanted) < _LEAST:
        return ()
    return plain.get(wanted, ())


def listed_shares(scenes: Iterable[Scene], places: Places) -> Iterator[Relation]:
    """Figures each with its share, of a whole that was stated before them: the shares that tie up tell which one.

    At least two shares must tie up, and at most one may not; three where the shares are whole numbers, which tie up easily.
    """
    for scene, run in ((s, r) for s in scenes for r in _runs(s)):
        like = scene.facts[run[0][0]]
        same = places.by_kin.get((like.kind, kin(like)), [])
        before = bisect_left(same, like.span, key=lambda f: f.span)
        wholes = same[max(0, before - _LATEST) : before]
        pairs = [(scene.facts[n], scene.facts[s]) for n, s in run]
        largest = max(n.value for n, _ in pairs)
        exact = any(s.value % 1 for _, s in pairs)
        for whole in reversed(wholes):
            if whole.value <= largest or whole.approx:
                continue
            tied = [p for p in pairs if ties(p[1], p[0], whole)]
            if len(tied) < max(2 if exact else 3, len(pairs) - 1):
                continue
            for part, share in pairs:
                yield bind("rate", LISTED, share, part, whole)
            if total(n.interval for n, _ in pairs).meets(whole.interval):
                yield bind("sum", LISTED, whole, *(n for n, _ in pairs), closed=True)
            break


def _runs(scene: Scene) -> Iterator[list[tuple[int, int]]]:
    """Figures of one kin each right before its share, as indices, at least three in a row."""
    run: list[tuple[int, int]] = []
    for k in range(1, len(scene.facts)):
        share, part = scene.facts[k], scene.facts[k - 1]
        own = share.kind == PERCENTAGE and share.direction is None and scene.levels[k - 1] and part.id not in scene.part_of
        if own and _BARE.match(scene.gaps[k]) and (not run or kin(part) == kin(scene.facts[run[-1][0]])):
            run.append((k - 1, k))
        elif share.kind in LEVELS or share.kind == PERCENTAGE:
            if scene.levels[k] and (not run or k == run[-1][1] + 1):
                continue  # the figure of the next pair
            if len(run) > 2:
                yield run
            run = []
    if len(run) > 2:
        yield run
