"""Sums that words suggest and that one slip of the pen keeps from adding up.

Where the values tie up, other readers have found such sums already. Where they do not, words alone must say which figures are
the parts of which whole: names of one division (简易程序29件、普通程序17件), a list told by its order. They bind loosely, so an
accusation also wants that a single slip explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, groupby, pairwise

from msgspec.structs import replace

from extractor.model import Fact, Relation
from extractor.model.fact import AMOUNT, COUNT
from extractor.model.number import total
from extractor.model.slips import sum_slip
from extractor.relations.altogether import TOTAL, names_of, own_words, sum_of
from extractor.relations.bases import named_among
from extractor.relations.complete import nothing_else
from extractor.relations.divisions import classed, divided_by, may_lack, members, memberships, of_one_name
from extractor.relations.places import Places
from extractor.relations.scene import Scene, first_of
from extractor.relations.status import finished_or_pending, took_in
from extractor.relations.words import alike
from extractor.rules import Ruleset

WITHIN = "构成"
_JUDGED = re.compile("评|考|测|鉴定|等[级次]")
_OF_THEM = re.compile(r"(?:^|[。；，])(?:[当其]中|上述|以上)")
_CREATED = re.compile(r"制定|建立|新建|新订|制发|出台|新增|印发|起草|新设")
_REVISED, _SORTED_OUT = re.compile(r"修[订改]|废止|保留|失效|清理"), re.compile(r"清理|梳理|评估")
_NEARLY, _NEARLY_ALL = Decimal("0.9"), Decimal("0.93")
_FINED = re.compile("罚款|没收")
_SORTED = re.compile(r"(?:按|从|分|论|就)[^，。；]{1,8}(?:分|看|划分|统计)|论[^，。；]{1,4}，|细分|依次|分别|即|：|[中里]，")
_CARRIED = re.compile(r"(?:上年|去年|20\d\d年度?|往年|历年)[^，。；]{0,2}(?:结转|遗留|未)|年初|期初|加上|连同")
_DUE = re.compile(r"应(?!急|诉)|共办理")
_LED = re.compile(r"(?:^|[。；，])(?P<who>[\u4e00-\u9fff]{2,8}?)(?:按|依|从|分)[^，。；：]{1,8}：?[^，。；：]*$")
_LOOSE = re.compile(r"(?:的|信息|案件|数量|总数|情况|件数|数|中)+$")
_COUNTED = re.compile(r"[一二三四五六七八九十]是")
_AMONG_THESE = re.compile(r"[里中](?:头|面|，)")
_BUT = re.compile(r"[^，。；]*[外除]")  # 除2件外，其余19件: the whole is not told
_LEFT = re.compile(r"其余|余下|剩余")
_NEXT = re.compile(r"、[^，。；、]{1,8}")
_SHORT = re.compile(r"[、，][^，。；、]{1,8}")
_APART, _AHEAD = re.compile(r"[、\d]"), 12
_MYRIAD = 10_000
_WHOLES, _FURTHER, _PAIR, _MANY, _TELLING = 3, 6, 2, 3, 10
_BEGUN = re.compile(r"[、，](?!另)[^，。；、]{1,8}")


def slipped(scene: Scene) -> Iterator[Relation]:
    """One relation ``sum`` for each whole that words share out and one slip keeps from adding up."""
    taken: set[int] = set()  # 自然人11件，法人3件；网上9件，邮寄3件: what is a part itself is no whole of its neighbours
    for run, sure in chain(_runs(scene), _relisted(scene)):
        whole = _whole(scene, run, taken, sure=sure)
        if whole is not None:
            taken.update(run)
            yield sum_of(scene, whole, run)
    yield from _begun(scene)


def _begun(scene: Scene) -> Iterator[Relation]:
    """A list of which only the first was read, for the next has a verb, and both are all (清理7件，其中废止2件，保留6件)."""
    for k in range(1, len(scene.facts) - 1):
        if scene.facts[k].id not in scene.part_of or not first_of(scene, k) or scene.facts[k + 1].id in scene.part_of:
            continue
        run = [k, k + 1]
        beside = scene.levels[k + 1] and scene.kins[k] == scene.kins[k + 1] and scene.one_statement(k - 1, k + 1)
        names = names_of(scene, run)
        named = beside and _BEGUN.fullmatch(scene.gaps[k + 1]) and divided_by(names, scene.ruleset)
        told = named and not may_lack(names, scene.ruleset) and not any("结转" in name for name in names)
        if told and not scene.adds_up(k - 1, run) and sum_slip(scene.facts[k - 1], [scene.facts[i] for i in run]):
            yield sum_of(scene, k - 1, run)


def completed(relation: Relation, places: Places, facts: dict[str, Fact], ruleset: Ruleset) -> Relation:
    """A list that is said to be complete, or told to be by the names of its parts where one slip keeps them from the whole."""
    whole, parts = facts[relation.whole], [facts[p] for p in relation.parts]
    in_text = all(f.cell is None for f in (whole, *parts))
    made = sum(p.value for p in parts)
    if relation.closed is not None or len(parts) < 2 or not in_text or made >= whole.value:
        return relation
    if nothing_else(places.after(parts[-1])) or _in_yuan(whole, parts):
        return replace(relation, closed=True)
    words = [_APART.split(own_words(places.before(p, _AHEAD)))[-1] for p in parts]
    # Money comes from others too than 县级 and 镇级; of some places only the foremost may be told.
    divided = divided_by(words, ruleset) and (whole.kind == COUNT or all(map(_FINED.search, words)))
    divided = divided and not may_lack(words, ruleset)
    sharing = of_one_name(words) and made >= whole.value * _NEARLY and not whole.measure.endswith(words[0][-2:])
    named = divided and relation.basis == WITHIN  # 结案案件中，简易程序8起，普通程序17起
    return replace(relation, closed=True) if (divided or sharing) and sum_slip(whole, parts, sure=named) else relation


def _in_yuan(whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether 元 for 万元 in one of several parts is all that keeps them from the whole."""
    lacking = whole.value - sum(p.value for p in parts)
    return len(parts) > 2 and whole.kind == AMOUNT and any(p.value * _MYRIAD - p.value == lacking for p in parts)


def _runs(scene: Scene) -> Iterator[tuple[list[int], bool]]:
    """Figures of one kin and sentence that may share out a whole, and whether they are named as the parts of a division."""
    plain = [k for k, f in enumerate(scene.facts) if scene.levels[k] and not f.approx and f.id not in scene.part_of]
    for _, sentence in groupby(plain, key=lambda k: scene.facts[k].sentence):
        groups: dict[str, list[int]] = {}
        for k in sentence:
            groups.setdefault(scene.kins[k], []).append(k)
        for group in groups.values():
            if len(group) >= 2:
                told = list(_divided(scene, group))
                yield from ((run, True) for run in (*told, *_rests(scene, group, told)))
                if len(group) >= _MANY:
                    yield from ((run, False) for run in _listed(scene, group))


def _relisted(scene: Scene) -> Iterator[tuple[list[int], bool]]:
    """The parts of complete lists that do not make the whole they were read with: another figure may be theirs."""
    for relation in scene.lists:
        run = [scene.index[p] for p in relation.parts if p in scene.index]
        if relation.type != "sum" or len(run) < max(2, len(relation.parts)) or relation.whole not in scene.index:
            continue
        words = [_APART.split(scene.lefts[k])[-1] for k in run]
        divided = divided_by(words, scene.ruleset)
        if (divided or (relation.closed and len(run) >= _MANY)) and not _its_own(scene, scene.index[relation.whole], run):
            yield run, divided


def _its_own(scene: Scene, whole: int, run: list[int]) -> bool:
    """Whether parts stand right behind their whole, or make nearly it: then no other is looked for."""
    figure, parts = scene.facts[whole], [scene.facts[k] for k in run]
    gap = abs(figure.value - sum(p.value for p in parts))
    return whole == run[0] - 1 or gap * 10 <= figure.value or sum_slip(figure, parts)


def _divided(scene: Scene, group: list[int]) -> Iterator[list[int]]:
    words = names_of(scene, group)
    told: set[tuple[int, ...]] = set()
    start = 0
    while start < len(group) - 1:
        length = next((n for n in range(len(group) - start, 1, -1) if classed(words[start : start + n])), 1)
        if length > 1:
            told.add(tuple(group[start : start + length]))
            yield group[start : start + length]
        start += length
    named = [memberships(word, scene.ruleset) for word in words]
    if not any(named):
        return
    for division in sorted(set().union(*named)):
        start = next(k for k, own in enumerate(named) if division in own)
        while start < len(group) - 1:
            length = members(words[start:], division, scene.ruleset)
            while (
                length > 1 and start + length < len(group) and _in_row(scene, group[start + length - 1], group[start + length])
            ):
                length += 1  # 维持5件、撤销1件、调解结案2件: the last one, too
            run = tuple(group[start : start + length])
            if len(run) >= 2 and run not in told:
                told.add(run)
                yield list(run)
            start += max(length - 1, 1)


def _in_row(scene: Scene, last: int, following: int) -> bool:
    """Whether a figure is told right behind another one of its row."""
    return following == last + 1 and _NEXT.fullmatch(scene.gaps[following]) is not None


def _rests(scene: Scene, group: list[int], told: list[list[int]]) -> Iterator[list[int]]:
    """Neighbours of which the second is what is left of the first's whole."""
    for first, second in pairwise(group):
        if _rest_of(scene, first, second) and [first, second] not in told:
            yield [first, second]


def _rest_of(scene: Scene, first: int, second: int) -> bool:
    """Whether the second figure is what is left of the first's whole: finished and pending, 开庭6宗，其余3宗."""
    if finished_or_pending(scene, second) is not False or _BUT.match(scene.rights[first]) or "除" in scene.lefts[first]:
        return False
    return finished_or_pending(scene, first) or bool(_LEFT.search(scene.lefts[second]))


def _listed(scene: Scene, group: list[int]) -> Iterator[list[int]]:
    """The figures behind 依次, 分别, 按…分 to the end of their list; those of 一是…二是…."""
    told = [scene.passage.flow[scene.ends[a] : scene.starts[b]] for a, b in pairwise(group)]
    counted = [k for k, words in zip(group, [scene.gaps[group[0]], *told], strict=True) if _COUNTED.search(words)]
    if len(counted) >= _MANY:
        yield counted
    tail = len(group)
    while tail and _SHORT.fullmatch(scene.gaps[group[tail - 1]]):
        tail -= 1
    if 0 < tail <= len(group) - _MANY and (len(group) - tail > _MANY or _one_sort(scene, group[tail:])):
        yield group[tail:]  # 调整后许可19项，处罚236项，强制13项，检查18项: many short members behind their whole
    for at, k in enumerate(group):
        if _SORTED.search(scene.gaps[k]):
            run = [k]
            for other in group[at + 1 :]:
                apart = not re.match(r"[、，和及]|以及", scene.gaps[other]) or "；" in scene.gaps[other]
                if apart or TOTAL.search(scene.lefts[other]):
                    break
                run.append(other)
            if len(run) >= _MANY:
                yield run


def _one_sort(scene: Scene, run: list[int]) -> bool:
    """Whether figures stand behind names of one sort (城东站78件、河湾站41件、站前站45件)."""
    return len({scene.lefts[k][-1:] for k in run}) == 1


def _whole(scene: Scene, run: list[int], taken: set[int], *, sure: bool) -> int | None:
    """The figure that the parts would make but for one slip; None where they make another one, or none."""
    parts = [scene.facts[k] for k in run]
    made = set.intersection(*(set(scene.made.get(p.id, ())) for p in parts))
    if made:
        return None
    before = [k for k in scene.before(run[0]) if not scene.facts[k].approx and k not in run]
    told = [k for k in before[:_FURTHER] if scene.one_statement(k, run[0])]
    if any(_two_tie(scene, pair, run) for pair in pairwise(told)):
        return None  # 建议9件、提案12件，除2件外，其余19件: two wholes together
    free = [k for k in before if scene.facts[k].id not in scene.part_of]
    free.sort(key=lambda k: scene.facts[k].id in scene.made or k in taken)
    headed = _headed(scene, run[0], before)
    if _AMONG_THESE.match(scene.gaps[run[0]]) and run[0] - 1 in before:
        free = [run[0] - 1]  # 在调成的297件里，村级226件
    candidates = list(dict.fromkeys((*named_among(scene, run[0]), *headed, *free[: _WHOLES if sure else _FURTHER])))
    candidates = [k for k in candidates if k in headed or k not in taken]
    candidates = [k for k in candidates if _one_matter(scene, k, run, sure=sure) and (k in headed or not scene.listed(k))]
    telling = [k for k in before[:_FURTHER] if k in candidates or scene.facts[k].value >= _TELLING]
    if sure and len(run) >= _MANY and run[0] - 1 in candidates[:1] and scene.same_sentence(run[0] - 1, run[0]):
        telling = candidates[:1]  # the figure right before its parts is their whole, whatever others they may make
    # 办结11件，公开5件、…不予处理1件，另有1件转入下年: all but the last make it.
    least = len(run) if sure and len(run) <= _MANY else _MANY if sure else 2
    if any(scene.adds_up(k, run[:n]) for k in telling for n in range(len(run), least - 1, -1)):
        return None
    near = (k for k in candidates if _beside(scene, k, run[0]) or scene.facts[k].value >= _TELLING)  # 2件: soon a slip from any
    found = next((k for k in near if sum_slip(scene.facts[k], parts, sure=sure)), None)
    if found is not None and any(_two_tie(scene, (found, part), (k,)) for part in run for k in before if k < found):
        return None  # 在职68名，参考65名，合格63名，另有3名免考: the last stands beside those who came
    short = found is not None and sum(p.value for p in parts) < scene.facts[found].value
    if found is not None and not sure and sorted(p.value for p in parts)[-2] > scene.facts[found].value:
        return None  # one of them may be miswritten
    return None if short and may_lack(names_of(scene, run), scene.ruleset) else found


def _headed(scene: Scene, first: int, before: Sequence[int]) -> list[int]:
    """The one figure whose words hold the name of what a list sorts, in whatever order, a part of another whole though it may
    be (门户网站挂出236条 … 挂网信息按栏目分：)."""
    lead = _LED.search(scene.gaps[first])
    name = set(_LOOSE.sub("", lead["who"])) if lead else set()
    named = [k for k in before if name <= set(scene.lefts[k] + scene.rights[k])] if len(name) > 1 else []
    return named if len(named) == 1 else []


def _beside(scene: Scene, first: int, second: int) -> bool:
    """Whether nothing stands between two figures but what brackets add to the first."""
    return all(scene.bracketed(k) for k in range(first + 1, second))


def _one_matter(scene: Scene, whole: int, run: list[int], *, sure: bool) -> bool:
    """Whether parts and whole stand in one sentence or share a word, and nothing is carried over from the year before.

    A list told by its order speaks of a whole before it, in the same unit, even where it shares no word with it.
    """
    if whole in named_among(scene, run[0]):
        return True
    last = scene.ends[run[-1]]
    around = scene.passage.flow[max(0, scene.starts[whole] - _AHEAD) : last + _AHEAD]
    counted = _DUE.search(scene.lefts[whole]) or scene.behind(whole).startswith("（含")
    if not counted and _CARRIED.search(around):
        return False
    if any("结转" in scene.lefts[k] for k in run) and sum(scene.facts[k].value for k in run) > scene.facts[whole].value:
        return False  # 新收14件，办结14件，结转下年2件: some came over from the year before
    if sure and divided_by([scene.lefts[k] for k in (whole, *run)], scene.ruleset):
        return False  # one more part of the same division
    created = _CREATED.search(scene.lefts[whole]) and not _SORTED_OUT.search(scene.lefts[whole])
    if created and any(_REVISED.search(scene.lefts[k]) for k in run):
        return False  # 制定制度12项、修订8项、废止3项: of others than those that were made
    first, a = scene.facts[run[0]], scene.facts[whole]
    named = not sure or any(alike(a.measure, scene.facts[k].measure) for k in run)
    named = named or bool(_JUDGED.search(a.measure) and _JUDGED.search(scene.gaps[run[0]]))
    nearest = next(k for k in scene.before(run[0]) if k not in run and scene.facts[k].id not in scene.part_of) == whole
    # Of some answers only a few may be told, and small numbers of another matter are soon a slip away.
    parts = [scene.facts[k] for k in run]
    whole_told = sum(p.value for p in parts) >= a.value * _NEARLY_ALL and sum_slip(a, parts, sure=False)
    named = named or (took_in(a.measure) and ((nearest and whole_told) or (len(run) == _PAIR and _rest_of(scene, *run))))
    named = named or (nearest and bool(_OF_THEM.search(scene.gaps[run[0]])))
    return a.sentence == first.sentence or (a.unit == first.unit and named)


def _two_tie(scene: Scene, wholes: Sequence[int], run: Sequence[int]) -> bool:
    return total(scene.facts[k].interval for k in run).meets(total(scene.facts[k].interval for k in wholes))
