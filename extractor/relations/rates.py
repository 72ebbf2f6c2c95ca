"""Rates bound to numerator and denominator: 受理60件、调处57件、调处率95%; 占总量的61.3%; 完成年度任务的112.5%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.model import Fact, Relation
from extractor.model.compare import agreement, miswritten, percent, percent_exact, rounded
from extractor.relations.scene import Scene, kin, percentage

_RATE = re.compile(r"(?P<stem>[\u4e00-\u9fff“”（）]*?)(?:率|占比|比例|比重|满意度|度)$")
_COPULA = re.compile(r"(?:达到了?|达|为|均|约|近|超过?|接近|高达|占|仅|是|分别|保持在|提升至|提高到)+$")
_PLAIN = re.compile(
    r"按期|按时|及时|一次性|群众|负责人|行政机关|综合|平均|回访|的|均|和|总|已|所|上岗|案卷|年度|完成|法治|全部|被|到|参"
)
_ALL = re.compile(r"全部|全体|全员|均|都|悉数")
_TARGET = re.compile(r"完成|为年初|为全年|目标|任务|预算|计划")
_HUNDRED = Decimal(100)
_INTAKE = re.compile(r"受理|排查|接收|收到|承办|应|参加|办理|提出|发现|立案|申请|任务")
_THAT_IS = re.compile(r"^，?(?:（|即|也就是|共|计|合计?)(?:约|共)?$")
_NEAR = Decimal(3)
_OWN_SHARE = re.compile(r"[，、（]?(?:约|仅|就|共|已|大约|各|分别)?占")  # no other subject stands before the share
FITTED = "试配"  # the values fit, no word binds them: such a relation can only confirm


def rates(scene: Scene) -> Iterator[Relation]:
    """One relation ``rate`` for each percentage that figures of its paragraph explain, or should explain."""
    for i, fact in enumerate(scene.facts):
        if not percentage(fact):
            continue
        found = _share(scene, i) if _is_share(scene, i) else _rate(scene, i)
        if found is not None:
            parts, basis = found
            yield Relation(id="", type="rate", whole=fact.id, parts=tuple(scene.facts[p].id for p in parts), basis=basis)


def ties(rate: Fact, part: Fact, whole: Fact) -> bool:
    """Whether ``part`` of ``whole`` is the stated percentage."""
    computed = percent(part.interval, whole.interval)
    if computed is None:
        return False
    hedged = any(f.approx for f in (rate, part, whole))
    exact = percent_exact(part.value, whole.value)
    return agreement(rate.value, rate.interval, computed, exact, hedged=hedged).agrees


def _is_share(scene: Scene, index: int) -> bool:
    fact = scene.facts[index]
    own = scene.left(index)
    return (
        "占" in own
        or own.endswith("的")
        or ("占" in fact.measure and not fact.measure.endswith("率"))
        or (index > 0 and scene.gap(index) == "的")
    )


def _rate(scene: Scene, index: int) -> tuple[tuple[int, ...], str] | None:
    rate = scene.facts[index]
    words = "" if "分别" in scene.gap(index) or (index and scene.gap(index) in "、和及") else scene.left(index)
    match = _RATE.search(_COPULA.sub("", words)) or _RATE.search(rate.measure)
    stem = _PLAIN.sub("", match["stem"]) if match else ""
    stem = stem[-4:]
    near = _near(scene, index) if stem else []
    numerators = [k for k in near if _speaks_of(scene, k, stem)]
    own = [n for n in numerators if n < index and scene.same_sentence(n, index) and _speaks_of(scene, n, stem, own=True)]
    bound = None
    if match and "占比" not in match.group() and "比例" not in match.group():
        bound = _by_words(scene, index, stem, own)
    halves = [k for k in near if k not in numerators and len(stem) == 4 and stem[:2] in scene.left(k) + scene.right(k)]
    adjacent = [k for k in halves if k == index - 1]
    fitting = _fitting(scene, index, [*adjacent, *numerators, *halves])
    if fitting is not None:
        return fitting, "率" if bound == fitting else FITTED
    if rate.value == _HUNDRED and (everyone := _everyone(scene, index, numerators)) is not None:
        return (everyone,), "全部"
    if bound is not None:
        return bound, "率"
    if (said := _said_behind(scene, index)) is not None:
        return said
    pair = _last_two(scene, index) if not numerators or rate.value == _HUNDRED else None
    if pair and ties(rate, scene.facts[pair[0]], scene.facts[pair[1]]):
        return pair, FITTED
    missed = None if rate.value == _HUNDRED or match is None else _just_missed(scene, index, own)
    return None if missed is None else (missed, "率")


def _fitting(scene: Scene, index: int, numerators: list[int]) -> tuple[int, int] | None:
    """Numerator and denominator that the rate fits: of one sentence rather than of two, the nearest numerator first."""
    rate = scene.facts[index]
    best: tuple[int, int] | None = None
    for n in numerators:
        tied = [d for d in _denominators(scene, n) if ties(rate, scene.facts[n], scene.facts[d])]
        together = [d for d in tied if scene.same_sentence(d, n)]
        for d in sorted(together or tied, key=lambda d: (abs(scene.facts[d].value - scene.facts[tied[0]].value), d))[:1]:
            if together:  # of equal figures the accepted one, not the finished one
                return n, d
            best = best or (n, d)
    return best


def _said_behind(scene: Scene, index: int) -> tuple[tuple[int, int], str] | None:
    """The numerator right behind its rate: 参训率96.8%（181名）, 近六成即24.6万元."""
    n = index + 1
    if n >= len(scene.facts) or not scene.level(n) or not _THAT_IS.match(scene.gap(n)) or not scene.same_sentence(n, index):
        return None
    for d in scene.before(index, like=scene.facts[n]):
        if ties(scene.facts[index], scene.facts[n], scene.facts[d]):
            return (n, d), FITTED
    return None


def _just_missed(scene: Scene, index: int, own: list[int]) -> tuple[int, int] | None:
    """Numerator and denominator that give nearly the stated rate, or one that a slip of the pen makes of it.

    The numerator must stand right before its rate with the same words; what it is a part of by a sum that ties up, is
    its denominator, however far off the rate is.
    """
    for n in own[:1]:
        wholes = scene.made.get(scene.facts[n].id, [])
        for d in _denominators(scene, n):
            part, whole = scene.facts[n], scene.facts[d]
            exact = percent_exact(part.value, whole.value)
            if exact is None or part.value >= whole.value or part.approx or whole.approx:
                continue
            rate = scene.facts[index]
            slip = miswritten(rate.value, rounded(exact, max(0, -int(rate.value.as_tuple().exponent))))
            if whole.id in wholes or abs(exact - rate.value) <= _NEAR or slip:
                return n, d
    return None


def _by_words(scene: Scene, index: int, stem: str, own: list[int]) -> tuple[int, int] | None:
    """Numerator and denominator that words and places bind, whether or not they tie up.

    Parameters: ``own`` the figures of the sentence whose own words speak of the rate, nearest first.
    """
    all_of_them = scene.facts[index].value == _HUNDRED
    alike = len(own) == 2 and kin(scene.facts[own[0]]) == kin(scene.facts[own[1]])
    if alike and not all_of_them and _direct(scene, own[1], own[0], index):
        return own[0], own[1]  # 应参加考试131人，参考129人，参考率98.5%
    if len(own) != 1:
        return None
    n = own[0]
    for d in _denominators(scene, n):
        if scene.facts[d].value < scene.facts[n].value:
            continue
        if (scene.same_sentence(d, n) and _direct(scene, d, n, index)) or _named_again(scene, d, n):
            return n, d
    d = n - 1
    adjacent = (
        not all_of_them
        and n == index - 1
        and d >= 0
        and scene.level(d)
        and scene.same_sentence(d, n)
        and scene.gap(n)[:1] in "，、；"
    )
    if adjacent and kin(scene.facts[d]) == kin(scene.facts[n]) and _INTAKE.search(scene.left(d) + scene.facts[d].measure):
        return n, d
    return None


def _near(scene: Scene, index: int) -> list[int]:
    """Plain figures that may be the numerator: of the sentence, nearest first, before the rate; then just behind it."""
    found = [k for k in range(index - 1, max(-1, index - 9), -1) if scene.level(k)]
    behind = [k for k in range(index + 1, min(index + 4, len(scene.facts))) if scene.level(k) and scene.same_sentence(k, index)]
    return found + behind


def _named_again(scene: Scene, denominator: int, numerator: int) -> bool:
    """Whether the numerator's clause starts with the name of an earlier figure (投诉3,127件。投诉调解成功2,283件)."""
    name = scene.left(denominator).lstrip("、，其中").rstrip("为有共达")[-2:]
    return len(name) == 2 and scene.left(numerator).lstrip("，。；").startswith(name)


def _speaks_of(scene: Scene, index: int, stem: str, *, own: bool = False) -> bool:
    """Whether the figure's words hold the stem of the rate in order (持证 in 取得行政执法证 needs both characters)."""
    words = scene.left(index) + ("" if own else scene.facts[index].measure) + scene.right(index)
    tail = stem[-2:]
    return tail in words or (
        len(tail) == 2 and bool(re.search(f"[{_KIN_VERBS.get(tail[0], tail[0])}][^，。；]{{0,8}}{re.escape(tail[1])}", words))
    )


_KIN_VERBS = {"持": "持取获有", "调": "调", "化": "化", "办": "办", "采": "采", "满": "满"}


def _denominators(scene: Scene, numerator: int) -> Iterator[int]:
    """What the numerator may be a part of: its list's whole, then earlier figures of the same kin, then the next one."""
    fact = scene.facts[numerator]
    whole = scene.part_of.get(fact.id)
    first = [scene.index[w] for w in ([whole] if whole else []) + scene.made.get(fact.id, []) if w in scene.index]
    yield from first
    count = 0
    k = numerator - 1
    if k >= 0 and _attends(scene, k, numerator):
        yield k
    for k in scene.before(numerator):
        if k not in first and scene.facts[k].value >= fact.value:
            yield k
            count += 1
            if count == 6:
                return


def _attends(scene: Scene, cases: int, times: int) -> bool:
    """Whether times are counted of the cases right before them (行政诉讼案件2件，负责人出庭应诉2次)."""
    a, b = scene.facts[cases], scene.facts[times]
    alike = scene.level(cases) and scene.same_sentence(cases, times) and a.kind == b.kind
    return alike and a.value >= b.value and kin(a) == "件" and b.unit in ("次", "人次")


def _direct(scene: Scene, denominator: int, numerator: int, rate: int) -> bool:
    """Whether nothing but shares and changes stands between denominator, numerator and rate."""
    between = [
        k
        for k in range(denominator + 1, rate)
        if k != numerator and scene.level(k) and kin(scene.facts[k]) == kin(scene.facts[numerator])
    ]
    outside = [k for k in between if scene.part_of.get(scene.facts[k].id) != scene.facts[denominator].id]
    nominal = re.match(r"[，、；]?", scene.gap(rate)) is not None and rate - numerator <= 2
    return not outside and nominal


def _everyone(scene: Scene, index: int, numerators: list[int]) -> int | None:
    """100% because 全部 or 均 says so of one figure."""
    candidates: list[int] = [*numerators[:1], *range(index - 1, max(-1, index - 3), -1)]
    for k in candidates:
        if not scene.level(k) or not scene.same_sentence(k, index) or k > index:
            continue
        between = scene.passage.flow[scene.ends[k] : scene.starts[index] - len(scene.left(index))]
        words = scene.left(k) + between
        if _ALL.search(words) and "；" not in words:
            return k
    return None


def _last_two(scene: Scene, index: int) -> tuple[int, int] | None:
    levels = [k for k in range(index - 1, -1, -1) if scene.level(k) and scene.same_sentence(k, index)][:3]
    for n in levels[:2]:
        for d in scene.before(n):
            if scene.same_sentence(d, n) and d in levels:
                return n, d
    return None


def _share(scene: Scene, index: int) -> tuple[tuple[int, ...], str] | None:
    rate = scene.facts[index]
    base = index - 1 if index and scene.gap(index) == "的" else None
    if base is not None and scene.facts[base].kind in ("count", "amount", "quantity"):
        like = scene.facts[base]
        nearest = next(iter(_shares(scene, base, like)), None)
        bound = nearest is not None and (_TARGET.search(scene.left(base)) or base - nearest == 1)
        for n in _shares(scene, base, like):
            if ties(rate, scene.facts[n], like):
                return (n, base), "占" if bound and n == nearest else FITTED
        return ((nearest, base), "占") if nearest is not None and bound and scene.same_sentence(nearest, base) else None
    numerators = [k for k in range(index - 1, max(-1, index - 8), -1) if scene.level(k)]
    sure = _share_by_words(scene, index, numerators)
    named = [k for k in numerators if rate.measure.startswith(scene.facts[k].measure[:4])]
    for n in (*named, *numerators):
        for d in _denominators(scene, n):
            if ties(rate, scene.facts[n], scene.facts[d]):
                return (n, d), "占" if sure == (n, d) else FITTED
        for d in scene.before(index, like=scene.facts[n]):
            if d != n and _TARGET.search(rate.measure) and ties(rate, scene.facts[n], scene.facts[d]):
                return (n, d), FITTED
    return None if sure is None else (sure, "占")


def _share_by_words(scene: Scene, index: int, numerators: list[int]) -> tuple[int, int] | None:
    """A part right before its share of the list's whole (占总数的), whether or not it ties up."""
    if numerators and scene.same_sentence(numerators[0], index) and index - numerators[0] == 1:
        n = numerators[0]
        whole = scene.part_of.get(scene.facts[n].id)
        total = re.search(r"占(?:到|了)?(?:约|近|仅)?$|占(?:总[数量]|全部|其)", scene.left(index))
        if whole in scene.index and total and _OWN_SHARE.match(scene.gap(index)):
            return n, scene.index[whole]
    return None


def _shares(scene: Scene, base: int, like: Fact) -> Iterator[int]:
    for k in range(base - 1, -1, -1):
        other = scene.facts[k]
        if scene.level(k) and other.kind == like.kind and kin(other) == kin(like):
            yield k
