"""Shares of a whole: 占总量的61.3%; 占比70.7%; 完成年度任务的112.5%; 占年初目标6000万元的97.7%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Fact
from extractor.model.fact import PERCENTAGE
from extractor.model.slips import rate_slip
from extractor.relations.bases import FITTED, NAMED, Bound, denominators, one_slip_off, ties, wholes
from extractor.relations.figures import kin, percentage
from extractor.relations.scene import Scene
from extractor.relations.words import in_order, pieces

_TARGET = re.compile(r"完成|为年初|为全年|目标|任务|预算|计划")
_PORTION = ("比重", "比例")  # 其他收入41.26万元，比重为2.27%
# No other subject stands before the share.
_OWN_SHARE = re.compile(r"[，、（]?(?:约|仅|就|共|已|大约|各|分别|其|所)?(?:占|比[重例])")
_AIM = re.compile(r"^的?(?:年度|全年)?(?:目标|任务|指标)")
_SUBJECT = re.compile(r"^[，、；]?(?P<name>[\u4e00-\u9fff“”（）]{2,}?)(?:人口|数量|数)?(?:所)?(?:约|仅)?占")
_NAMED_WHOLE = re.compile(
    r"(?:占|完成|为)(?:到|了|全部|全[镇乡县区市]|约)*(?P<name>[\u4e00-\u9fff“”（）、]{1,14}?)的(?:约|近)?$"
)
_SAID_WHOLE = re.compile(
    r"占(?:到|了|全部|所有|全年|全[镇乡县区市街道]+|已|约|同期)*(?P<name>[\u4e00-\u9fff]{2,14}?)"
    r"(?:总数|总量|总件数|件数|人数|户数|数|量)?的(?:比例|比重)?(?:为|约|近|达)?$"
)
_BARE_TOTAL = re.compile(r"总[数量额]?|全部|[数量额的其]|两项|合计")
_COUNTED_NOUN = re.compile(r"[\u4e00-\u9fff]{1,5}的")
_AIMED = re.compile(r"任务|计划(?!生育)|目标|预算|原定|应(?!急|诉)")
_OF_IT = ("的", "）的")  # 任务6万亩的107%, 任务（6万亩）的107%: of the figure right before it
_MARK = re.compile(r"[，、。；：（）]")
_ROW = frozenset("、和及与")
_LOOSE, _FULL = 4, 3


def is_share(scene: Scene, index: int) -> bool:
    """Whether a percentage is a share of something (占…的) and not a rate with a name of its own."""
    fact = scene.facts[index]
    own = scene.lefts[index]
    return (
        "占" in own
        or own.startswith(_PORTION)
        or own.endswith("的")
        or ("占" in fact.measure and not fact.measure.endswith("率"))
        or (index > 0 and scene.gaps[index] in _OF_IT)
    )


def share(scene: Scene, index: int) -> Bound | None:
    """What a share is a share of: numerator and denominator, and the basis of the relation; None where nothing fits."""
    base = index - 1 if index and (scene.gaps[index] in _OF_IT or _of_counted(scene, index)) else None
    if base is not None and scene.facts[base].kind in ("count", "amount", "quantity"):
        return _share_of(scene, index, base)
    bracketed = scene.gaps[index] == "（"  # 邻里286件（29.2%）: of what stands right before it
    numerators = [k for k in range(index - 1, max(-1, index - (2 if bracketed else 8)), -1) if scene.levels[k]]
    if turns := _in_turn(scene, index):
        numerators = [dict(turns)[index]]  # whatever other figures would fit it
    loose = [(n, d) for n in _sharers(scene, index, numerators) for d in _shared_wholes(scene, n, index)]
    sure = _share_by_words(scene, index, numerators, loose) or _named_pair(scene, index, loose)
    fitting = _fitting(scene, index, numerators)
    if (done := _completed(scene, index)) is not None and fitting != done:
        return done, NAMED
    if (own_turn := _respectively(scene, index, turns)) is not None and fitting not in (None, own_turn):
        return own_turn, NAMED
    sure = own_turn or sure
    if fitting is not None and (said := _misbased(scene, index, fitting)) is not None:
        return said, NAMED
    if fitting is not None and sure is not None and _named_otherwise(scene, index, fitting, sure):
        return sure, NAMED
    if fitting is not None and fitting in (sure, *loose):
        return fitting, "占"
    own = (
        [p for p in loose if p[0] == index - 1 and scene.same_sentence(p[1], index)]
        if bracketed or _OWN_SHARE.match(scene.gaps[index])
        else []
    )
    bound = one_slip_off(scene, index, own)
    if fitting is not None and bound is None:
        return fitting, FITTED
    bound = bound or sure or one_slip_off(scene, index, loose)
    return None if bound is None else (bound, "占")


def _of_counted(scene: Scene, index: int) -> bool:
    """Whether a share names its whole by number and noun: 占全街道2.46万亩耕地的78.0%."""
    return "占" in scene.lefts[index - 1] and _COUNTED_NOUN.fullmatch(scene.gaps[index]) is not None


def _completed(scene: Scene, index: int) -> tuple[int, int] | None:
    """What was done and what was to be done, the two figures right before a share of completion that one slip keeps from it
    (原定举办50期，实际举办59期，完成计划的118%)."""
    a, b = index - 2, index - 1
    if a < 0 or "完成" not in scene.lefts[index] or not (scene.levels[a] and scene.levels[b] and scene.one_statement(a, index)):
        return None
    aims = [bool(_AIMED.search(scene.lefts[k] + scene.rights[k])) for k in (a, b)]
    if aims[0] == aims[1] or scene.kins[a] != scene.kins[b] or scene.facts[a].kind != scene.facts[b].kind:
        return None
    pair = (b, a) if aims[0] else (a, b)
    return pair if rate_slip(scene.facts[index], *(scene.facts[k] for k in pair)) else None


def _in_turn(scene: Scene, index: int) -> list[tuple[int, int]]:
    """The shares of a row told in turn, each with its figure: 简易程序918件、普通程序328件，占比分别为73.7%、26.3%."""
    first = last = index
    while first and percentage(scene.facts[first - 1]) and scene.gaps[first] in _ROW:
        first -= 1
    while last + 1 < len(scene.facts) and percentage(scene.facts[last + 1]) and scene.gaps[last + 1] in _ROW:
        last += 1
    length = last - first + 1
    row = range(first - length, first)
    alike = length > 1 and row.start >= 0 and scene.same_sentence(row.start, index)
    alike = alike and all(scene.levels[k] and scene.kins[k] == scene.kins[row.start] for k in row)
    turns = list(zip(range(first, last + 1), row, strict=True)) if alike else []
    named = [scene.facts[r].measure.removesuffix("占比") in scene.facts[p].measure for r, p in turns]
    # 消费41宗、其他26宗，占比依次为…: the last sort of many may take words of the one before
    return turns if all(named[: -1 if length > _FULL else length]) else []


def _respectively(scene: Scene, index: int, turns: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The part of a list that has a share in its turn, and its whole. All shares but one must tie up."""
    wholes_ = {scene.part_of.get(scene.facts[k].id, "") for _, k in turns}
    if turns and wholes_ == {""}:  # the row makes a figure before it, though no word opens a list
        made = sum(scene.facts[k].value for _, k in turns)
        wholes_ = {scene.facts[k].id for k in scene.before(turns[0][1]) if scene.facts[k].value == made}
    if len(wholes_) != 1 or not wholes_ <= scene.index.keys():
        return None
    whole = scene.index[wholes_.pop()]
    tied = [ties(scene.facts[r], scene.facts[p], scene.facts[whole]) for r, p in turns]
    return (dict(turns)[index], whole) if sum(tied) >= len(tied) - 1 else None


def _misbased(scene: Scene, index: int, fitting: tuple[int, int]) -> tuple[int, int] | None:
    """The figure right before its share with the one that the words say it is a share of, where it was taken of another one:
    收到1520件，受理1482件，…办结1475件，占受理数的97.0%."""
    n, rate = index - 1, scene.facts[index]
    part = scene.facts[n]
    words = _SAID_WHOLE.search(scene.lefts[index]) if _OWN_SHARE.match(scene.gaps[index]) and fitting[0] == n else None
    if words is None or not scene.same_sentence(n, index) or part.approx or rate.approx:
        return None
    own = re.compile(rf"(?<![不未无没非])(?<![不未]予){words['name']}(?:共|总?[数量计]|合计|达|为|有|约|了)*$")
    larger = [k for k in scene.before(n) if scene.facts[k].value >= part.value]
    named = [k for k in larger if own.search(scene.lefts[k])]
    if not named and words["name"] not in scene.facts[fitting[1]].measure:
        free = (k for k in larger if scene.facts[k].id not in scene.part_of)
        named = [k for k in free if scene.facts[k].measure.startswith(words["name"])]
    if len({scene.facts[k].value for k in named}) != 1 or scene.facts[named[0]].approx:
        return None
    whole = scene.facts[named[0]]  # 占排查总数的, of those screened (排查各类纠纷187起) and not of those settled
    return None if ties(rate, part, whole) or whole.value == scene.facts[fitting[1]].value else (n, named[0])


def _fitting(scene: Scene, index: int, numerators: list[int]) -> tuple[int, int] | None:
    """The first numerator and denominator whose values make the share."""
    rate = scene.facts[index]
    named = [k for k in numerators if rate.measure.startswith(scene.facts[k].measure[:4])]
    for n in (*named, *numerators):
        for d in denominators(scene, n):
            if ties(rate, scene.facts[n], scene.facts[d]):
                return n, d
        for d in scene.before(index, like=scene.facts[n]):
            if d != n and _reaches(scene, n, d, index) and ties(rate, scene.facts[n], scene.facts[d]):
                return n, d
    return None


def _reaches(scene: Scene, done: int, aim: int, index: int) -> bool:
    """Whether a share may be how much of an aim was reached; the aim itself reaches nothing (完成预算的, of 决算 over 预算)."""
    words = [scene.lefts[k] + scene.facts[k].measure for k in (done, aim)]
    turned = _TARGET.search(words[0]) and not _TARGET.search(words[1])
    return bool(_TARGET.search(scene.facts[index].measure)) and not turned


def _sharers(scene: Scene, index: int, numerators: list[int]) -> list[int]:
    """The figures that may have the share: those that its clause names (网上信访占比), else the one right before it."""
    if _AIM.match(scene.behind(index)):
        return []  # 完成年初确定的95%目标
    base = index - 1  # 分值占比由3%提高到5%: what the earlier share is of is what the later one is of
    told = base if index and scene.facts[base].kind == PERCENTAGE and not _MARK.search(scene.gaps[index]) else index
    subject = _SUBJECT.match(scene.lefts[told])
    if subject:
        words = {k: scene.lefts[k] + scene.rights[k] for k in numerators if scene.same_sentence(k, index)}
        whole = scene.lefts[told][subject.end("name") :]
        shared = {p for p in pieces(subject["name"]) if p in whole or (len(words) > 1 and all(p in w for w in words.values()))}
        own = pieces(subject["name"]) - shared or shared  # 纠纷 tells no sort of 纠纷 from another
        return [k for k, said in words.items() if any(p in said for p in own)][:2]
    beside = [k for k in numerators if scene.same_sentence(k, index)][:1]
    return [k for k in beside if "；" not in scene.gaps[index] and index - k <= 2]


def _share_of(scene: Scene, index: int, base: int) -> Bound | None:
    """占年初目标6000万元的97.7%: the whole stands right before its share."""
    rate, like = scene.facts[index], scene.facts[base]
    nearest = next(iter(_shares(scene, base, like)), None)
    bound = nearest is not None and (_TARGET.search(scene.lefts[base]) or base - nearest == 1)
    if nearest is not None and bound and _OWN_SHARE.match(scene.gaps[base]) and rate_slip(rate, scene.facts[nearest], like):
        return (nearest, base), "占"
    for n in _shares(scene, base, like):
        if ties(rate, scene.facts[n], like):
            return (n, base), "占" if bound and n == nearest else FITTED
    return ((nearest, base), "占") if nearest is not None and bound and scene.same_sentence(nearest, base) else None


def _shared_wholes(scene: Scene, numerator: int, index: int) -> list[int]:
    """What the words let a figure be a share of: what 占…的 names, the whole of its list, the nearest figures of its kin."""
    words = _NAMED_WHOLE.search(scene.lefts[index])
    name = _BARE_TOTAL.sub("", words["name"]) if words else ""
    named = pieces(name)
    earlier = [k for k in scene.before(numerator) if named and _names(scene, k, named)]
    possible = dict.fromkeys((*earlier[:_LOOSE], *wholes(scene, numerator)))
    return [k for k in possible if k in earlier or not _has_share(scene, k)]


def _named_pair(scene: Scene, index: int, pairs: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The one part of the sentence that a share names in full, or right behind which it stands, and the one whole that it
    names, or else that of the part's list (优秀卷占全部评查案卷的31.6%; 劳资纠纷占比26.9%)."""
    subject, object_ = _SUBJECT.match(scene.lefts[index]), _NAMED_WHOLE.search(scene.lefts[index])
    if len({n for n, _ in pairs}) != 1:
        return None
    part, name = pairs[0][0], _BARE_TOTAL.sub("", object_["name"]) if object_ else ""
    if subject is None and not (part == index - 1 and _OWN_SHARE.match(scene.gaps[index]) and len(name) > _FULL):
        return None
    if name:
        own = [d for d in dict.fromkeys(d for _, d in pairs) if in_order(name, _said(scene, d))] if len(name) > 2 else []
        if len({scene.facts[d].value for d in own}) == 1:  # 审结332件，……审结的332件中，……占审结案件的61.5%
            own = [d for d in own if scene.same_sentence(d, index)][:1]
    else:
        its_own = subject is not None and in_order(subject["name"], _said(scene, part))
        whole = scene.part_of.get(scene.facts[part].id) if its_own else None
        own = [scene.index[whole]] if whole in scene.index else []
    pair = (part, own[0]) if len(own) == 1 and own[0] != part else None
    return pair if pair and all(scene.same_sentence(k, index) for k in pair) else None


def _named_otherwise(scene: Scene, index: int, fitting: tuple[int, int], named: tuple[int, int]) -> bool:
    """Whether a share is a slip away from that of the whole that it names, and fits another one by chance, or by mistake."""
    if fitting[0] != named[0] or fitting[1] == named[1] or not (object_ := _NAMED_WHOLE.search(scene.lefts[index])):
        return False
    name = _BARE_TOTAL.sub("", object_["name"])
    return not in_order(name, _said(scene, fitting[1])) and rate_slip(scene.facts[index], *(scene.facts[k] for k in named))


def _said(scene: Scene, index: int) -> str:
    """The words in a figure's clause and its measure."""
    return scene.lefts[index] + scene.facts[index].measure + scene.rights[index]


def _has_share(scene: Scene, index: int) -> bool:
    """Whether a share is told of a figure itself: such a figure is one of the parts."""
    after = index + 1
    return after < len(scene.facts) and percentage(scene.facts[after]) and is_share(scene, after)


def _names(scene: Scene, index: int, named: set[str]) -> bool:
    words = scene.lefts[index] + scene.facts[index].measure
    return any(piece in words for piece in named)


def _share_by_words(scene: Scene, index: int, numerators: list[int], pairs: list[tuple[int, int]]) -> tuple[int, int] | None:
    """A part right before its share of the list's whole (占总数的) or of the target beside it, whether or not it ties up."""
    if not numerators or not scene.same_sentence(numerators[0], index) or index - numerators[0] != 1:
        return None
    n = numerators[0]
    whole = scene.part_of.get(scene.facts[n].id)
    total = re.search(r"占(?:到|了)?(?:约|近|仅)?$|占(?:总[数量]|全部|其)", scene.lefts[index])
    if whole in scene.index and total and _OWN_SHARE.match(scene.gaps[index]):
        return n, scene.index[whole]
    beside = pairs and pairs[0] == (n, n - 1) and scene.same_sentence(n, n - 1)
    if beside and _TARGET.search(scene.lefts[index]) and _TARGET.search(scene.lefts[n - 1] + scene.facts[n - 1].measure):
        return pairs[0]
    return None


def _shares(scene: Scene, base: int, like: Fact) -> Iterator[int]:
    for k in range(base - 1, -1, -1):
        other = scene.facts[k]
        if scene.levels[k] and other.kind == like.kind and kin(other) == kin(like):
            yield k
