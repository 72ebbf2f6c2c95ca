"""Those who did and those who did not, told apart: 执法人员18人，持证15人 … 18人中尚有3人没有取得执法证; 到考55人 … 缺考的3人.

Where all, and those who did, are told once in a report, those who did not are what is left, wherever they are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.model import Fact, Relation
from extractor.model.fact import COUNT
from extractor.relations.bind import REFERRED, bind
from extractor.relations.figures import kin
from extractor.relations.places import Places
from extractor.relations.restated import AGAIN, label, plain_words
from extractor.relations.status import BALANCES, REST
from extractor.relations.words import heads

LACKING = "未具备"
_LACKS = (
    re.compile(r"(?:未|没|无|待|等(?:着|待)|缺|在审)[^，。；]{0,8}(?:证|资格|考试)|待考|(?<=证件)在审"),
    re.compile(r"缺[考席训勤]|请假|(?:未|没有?|没能|未能)(?:参加|参考|参训|参测|到考|到会)"),
)
_HAS = (re.compile(r"证|资格"), re.compile(r"(?<!应)(?:参加|参考|参训|参测|到考|实考|到会|实到)"))
# Licences and posts of other sorts than that to enforce the law.
_OTHER = re.compile(r"职业|律师|社工|会计|教师|调解|网格|证书|许可|驾|健康|合格证|残疾|营业|身份|居住")
_CUE = re.compile(r"证|资格|考|参[加训测]|缺|请假|到会|实到")
_SOME = re.compile(r"新|其中|另|辅助|协管|补|部分|有的|村|社区|调解")
_CLAUSE, _MOST = re.compile(r"[，。；、（）\d]"), 24
_ONLY = re.compile(
    r"^(?:执法人员|执法队|队伍)?(?:持证|有证|取得执法证|持执法证)(?:人员|干部)?的?(?:目前|现在)?[也还]?(?:只有|仅有?|才|不过)$"
)
_REMAINS = re.compile(r"[余剩尚仍还]|未(?!成年|来)")
_OPEN, _STOP = re.compile(r"未|没|尚待|待[整化办销]"), re.compile(r"[，。；]")
_STILL = re.compile(r"(?:还|仍|尚|现)(?:剩|余)?有?$|(?:剩余|余下|其余|剩下)的?$")
_VACANT = re.compile(r"(?:空编|缺编|空缺(?:编制|岗位)?|(?P<over>超编))(?:了|有|达|共)?$")
_OF_POSTS, _FILLED = re.compile(r"编制?(?:数|总数)?(?:为|有|共)?$"), re.compile(r"实有|实际|在编|在岗|在职|现有|到岗")
_POSTS = frozenset("个名人")
_NAME, _BACK, _PEOPLE = 3, 3, ("人", "名")


class _Pair(NamedTuple):
    """All, those of them who did, and the sentence that tells both."""

    whole: Fact
    did: Fact


def complements(places: Places) -> Iterator[Relation]:
    """Relations of those who lack a licence or were absent with those who do not, and with themselves told again.

    Values that tie up confirm; others are bound where the report tells all and those who did once only.
    """
    pairs: tuple[list[_Pair], ...] = ([], [])
    wider: tuple[list[_Pair], ...] = ([], [])  # with others before them in the sentence, too: these can only confirm
    lacking: tuple[list[Fact], ...] = ([], [])
    did: list[Fact] = []
    near: list[Fact] = []
    for fact in (f for f in places.levels if f.kind == COUNT and f.unit in _PEOPLE and not f.approx):
        words = places.ahead(fact) + "|" + _CLAUSE.split(places.after(fact, _MOST), maxsplit=1)[0]
        for sort in (0, 1) if _CUE.search(words) else ():
            if sort == 0 and _OTHER.search(words):
                continue
            if _LACKS[sort].search(words):
                yield from _rest(places, fact, pairs[sort], wider[sort], lacking[sort], words, sure=sort == 0 or "缺" in words)
                if not _SOME.search(words):
                    lacking[sort].append(fact)
            elif _HAS[sort].search(words):
                beside = [f for f in near[-_BACK:] if f.sentence == fact.sentence and f.value >= fact.value]
                pairs[sort].extend(_Pair(f, fact) for f in beside[-1:] if f is near[-1])
                wider[sort].extend(_Pair(f, fact) for f in beside)
                if sort == 0 and not beside:
                    yield from _did_again(places, fact, did, pairs[0])
                did.append(fact)
        near.append(fact)


def vacancies(places: Places) -> Iterator[Relation]:
    """One ``sum`` for each number of posts with those that are filled and those that are not, whatever each is counted by:
    编制16个，实有14人，空编2个; 核定编制30名，在编32人，超编2人."""
    levels = places.levels
    for i in range(2, len(levels)):
        free = _VACANT.search(places.ahead(levels[i])) if levels[i].unit in _POSTS else None
        if free is None:
            continue
        posts, filled = levels[i - 2 : i]
        told = posts.unit in _POSTS and filled.unit in _POSTS and posts.sentence == levels[i].sentence
        told = told and bool(_OF_POSTS.search(places.ahead(posts))) and bool(_FILLED.search(places.ahead(filled)))
        if told and not (posts.approx or filled.approx or levels[i].approx):
            whole, part = (filled, posts) if free["over"] else (posts, filled)
            yield bind("sum", "合计", whole, part, levels[i], closed=True)


def left_again(places: Places, known: Sequence[Relation]) -> Iterator[Relation]:
    """One ``conflict`` for each figure of what is left, told again: 隐患21处，销号19处，其余2处 … 还有3处隐患没有改.

    Parameters: ``known`` the relations so far, among them those of what is finished and what is left.
    """
    fact = {f.id: f for f in places.levels}
    left = [(r.whole, r.parts[-1]) for r in known if r.type == "sum" and r.basis in BALANCES and len(r.parts) == 2]
    left = [(w, r) for w, r in left if w in fact and r in fact and _REMAINS.search(places.ahead(fact[r]))]
    for again in places.levels if left else ():
        if again.kind != COUNT or again.approx or not _STILL.search(places.ahead(again)):
            continue
        behind = plain_words(places.after(again))
        named = [(w, r) for w, r in left if fact[r].unit == again.unit and heads(label(fact[w]), behind, _NAME)]
        if len(named) != 1:
            continue
        rest = fact[named[0][1]]
        same = rest.value == again.value
        apart = places.passage(rest) is not places.passage(again) and rest.span < again.span
        if apart and (same or _OPEN.search(_STOP.split(places.after(again, _MOST), maxsplit=1)[0])):
            yield bind("conflict", AGAIN if same else REFERRED, rest, again)


def _did_again(places: Places, fact: Fact, did: Sequence[Fact], pairs: Sequence[_Pair]) -> Iterator[Relation]:
    """Those who have a licence, told again: 已领证18名 … 持证的也只有18名."""
    apart = [f for f in did if f.unit == fact.unit and f.sentence != fact.sentence]
    same = next((f for f in reversed(apart) if f.value == fact.value), None)
    if same is not None:
        yield bind("conflict", AGAIN, same, fact)
    elif len(pairs) == 1 and [p.did for p in pairs] == apart and _ONLY.search(places.ahead(fact)):
        yield bind("conflict", REFERRED, apart[0], fact)


def _rest(
    places: Places,
    fact: Fact,
    pairs: Sequence[_Pair],
    wider: Sequence[_Pair],
    lacking: Sequence[Fact],
    words: str,
    *,
    sure: bool,
) -> Iterator[Relation]:
    """What binds those who did not with what was told before.

    Parameters: ``lacking`` those told before; ``sure`` whether one who did not do it must be missing from those who did.
    """
    apart = [p for p in pairs if p.did.sentence != fact.sentence and kin(p.did) == kin(fact)]
    told = [f for f in lacking if places.passage(f) is not places.passage(fact) and kin(f) == kin(fact)]
    around = _around(places, fact)
    if around is not None and apart and not _other(around, apart):
        yield bind("conflict", AGAIN, next(p.whole for p in apart if p.whole.value == around.value), around)
    if (same := next((f for f in told if f.value == fact.value), None)) is not None:
        yield bind("conflict", AGAIN, same, fact)
    told_apart = [p for p in reversed(wider) if p.did.sentence != fact.sentence]
    if around is not None and not _other(around, told_apart):
        told_apart = [p for p in told_apart if p.whole.value == around.value]
    tied = next((p for p in told_apart if p.whole.value == p.did.value + fact.value), None)
    if tied is not None:
        yield bind("sum", REST, tied.whole, tied.did, fact, closed=True)
        return
    if same is not None or not sure or _SOME.search(words) or (around is not None and _other(around, apart)):
        return
    left = {p.whole.value - p.did.value for p in pairs}
    if len(told) == 1 and left <= {told[0].value}:
        yield bind("conflict", REFERRED, told[0], fact)  # 等着考试的2人 … 仍有3人没有执法证
    elif len(apart) == len(pairs) == 1 and not told:
        yield bind("sum", LACKING, apart[0].whole, apart[0].did, fact, closed=True)


def _around(places: Places, fact: Fact) -> Fact | None:
    """The figure that those who did not are said to be of, in their sentence."""
    near = (f for f in places.levels if f.id == fact.part_of and f.sentence == fact.sentence)
    return next(near, None)


def _other(around: Fact, pairs: Sequence[_Pair]) -> bool:
    """Whether those who did not are of others than were told before."""
    return all(around.value != p.whole.value for p in pairs)
