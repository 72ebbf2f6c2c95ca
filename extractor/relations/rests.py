"""What is left, told apart from the whole.

排查68起，化解66起。……除已化解的66起外，尚有2起; 执法人员16名，持证12名。……4名执法人员未取证.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Fact, Relation
from extractor.model.fact import AMOUNT, COUNT
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.figures import kin
from extractor.relations.places import Places
from extractor.relations.status import REST
from extractor.relations.words import alike
from extractor.text.stretches import remember

_LEFT = re.compile(
    r"仍有|尚有|还有|另有|其余|剩|余下|余$|仍在|正在|在[办建调]|未|没|不合格|缺|待[^，。；]{0,3}[考证审]|尚|稳控"
)
_AMONG, _DONE = re.compile("[中里]"), re.compile("[结办调化改合完]|持|通过|到位|采纳|兑现")
_DENIED = re.compile("(?:未|没有?|尚待)(?:能|有|按期|及时)?(?P<deed>[结办化改整调销修])")
_CLAUSE = re.compile(r"[，。；、]")
_REACH, _BACK, _BEHIND = 100, 3, 3  # so far back and behind is looked for what was finished, and for the whole before it
_LEAST, _TELLING, _AFTER = 10, 1000, 24


def rests(places: Places, lists: Sequence[Relation]) -> Iterator[Relation]:
    """One relation ``sum`` for each rest that ties up with what was finished and the whole; values confirm what words bind.

    What was finished is the figure before the rest in its sentence; where none is, and the rest are those without a licence,
    it is the licensed ones, counted right behind all of them.
    """
    plain = [f for f in places.levels if f.kind in (COUNT, AMOUNT) and not f.approx]
    bound = {frozenset((r.whole, *r.parts)) for r in lists}
    parts = {p for r in lists if r.type == "sum" for p in r.parts}
    before: dict[str, list[Fact]] = {}
    for i, rest in enumerate(plain):
        earlier = before.setdefault(kin(rest), [])
        words = places.ahead(rest) + "|" + _CLAUSE.split(places.after(rest, _AFTER), maxsplit=1)[0]
        if _LEFT.search(words):
            near = earlier[-_REACH:]
            found = _found(near, rest, parts) or _told_later(earlier, plain[i + 1 :], rest) or _of_all_again(places, near, rest)
            if found is not None and frozenset((*(f.id for f in found), rest.id)) not in bound:
                whole, done = found
                yield bind("sum", REST, whole, done, rest, closed=True)
        remember(earlier, rest)


def _found(earlier: list[Fact], rest: Fact, parts: set[str]) -> tuple[Fact, Fact] | None:
    """The whole and what was finished of it."""
    if earlier and earlier[-1].sentence == rest.sentence:
        done = earlier[-1]
        if (whole := _whole(earlier[:-1], done, rest, parts)) is not None:
            return whole, done
        told = [k for k, f in enumerate(earlier[:-1]) if f.value == done.value and k]
        whole = _whole(earlier[: told[-1]], done, rest, parts) if told else None  # 除已化解的66起外
        return None if whole is None else (whole, done)
    return None


def _of_all_again(places: Places, earlier: list[Fact], rest: Fact) -> tuple[Fact, Fact] | None:
    """立案87件……结案82件。……87件案件中仍有5件未结: the whole told again right before its rest, and what was finished of it."""
    again = earlier[-1] if earlier and earlier[-1].sentence == rest.sentence else None
    if again is None or again.value < _LEAST or not _AMONG.search(places.between(again, rest)):
        return None
    wholes = [f for f in earlier[:-1] if f.value == again.value and f.unit == again.unit]
    if not wholes or wholes[0].sentence == rest.sentence:
        return None
    behind = [f for f in earlier if f.span > wholes[0].span and f.unit == rest.unit and f.section == wholes[0].section]
    finished = [f for f in behind if _DONE.search(places.ahead(f) + f.measure)]
    done = next((f for f in finished if f.value == again.value - rest.value), None)
    if done is not None:
        return wholes[0], done
    # What the rest denies was told once of the whole: 立案87件……结案82件……87件中仍有6件未结.
    denied = _DENIED.search(places.ahead(rest) + "|" + places.after(rest))
    said = behind[0] if behind and denied and denied["deed"] in places.ahead(behind[0]) else None
    if said is None or len(wholes) > 1 or said.part_of is not None or places.passage(said) is not places.passage(wholes[0]):
        return None
    return (wholes[0], said) if said.value < again.value and sum_slip(wholes[0], (said, rest)) else None


def _whole(earlier: list[Fact], done: Fact, rest: Fact, parts: set[str]) -> Fact | None:
    """The figure that finished and rest make: right before them, or farther off a large one that shares a word with them."""
    made = done.value + rest.value
    free = [f for f in earlier if f.id not in parts]
    for back, whole in enumerate(reversed(free), 1):
        if whole.value != made or made <= 2 or whole.unit != rest.unit:
            continue
        related = whole.section == rest.section or alike(whole.measure, done.measure + rest.measure)
        near = back <= _BACK and (whole.sentence == rest.sentence or (related and made >= _LEAST))
        far = related and made >= _TELLING
        if near or far:
            return whole
    return None


def _told_later(earlier: list[Fact], behind: Sequence[Fact], rest: Fact) -> tuple[Fact, Fact] | None:
    """化解17件，剩余3件……。全年交办20件: the whole stands behind."""
    done = earlier[-1] if earlier and earlier[-1].sentence == rest.sentence else None
    if done is None or done.value + rest.value < _LEAST:
        return None
    made = done.value + rest.value
    like = [f for f in behind[:_BEHIND] if kin(f) == kin(rest) and f.section == rest.section and f.value == made]
    whole = next((f for f in like if alike(f.measure, done.measure + rest.measure)), None)
    return None if whole is None else (whole, done)
