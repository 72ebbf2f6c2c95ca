"""Whether two figures of one name were told of the same deed and of the same time.

受理婚姻家庭纠纷43件、邻里纠纷34件 … 成功化解婚姻家庭纠纷41件、邻里纠纷33件: a row has its deed in front, and its members do not
repeat it. Nor is what was done until June what was done in the year.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from extractor.model import Fact
from extractor.model.fact import COUNT
from extractor.relations.figures import kin
from extractor.relations.places import Places
from extractor.relations.status import took_in
from extractor.rules import Ruleset

_PART_OF_YEAR = re.compile(r"[上下]半年|[一二三四]季度|(?<!\d)\d{1,2}月(?!\d*日)|截至(?!目前|年底|20\d\d年底)|期间")
_BESIDE = re.compile(r"[，、][^，。；、]*")


@lru_cache(maxsize=8)
def _outcome(ruleset: Ruleset) -> re.Pattern[str]:
    """Words that tell what came in or what became of it (受理, 办结, 在办, 其余)."""
    lexicon = ruleset.lexicon
    return re.compile("|".join(map(re.escape, (*lexicon["finished"], *lexicon["pending"], *lexicon["residual"]))))


def one_deed(first: Fact, again: Fact, places: Places, ruleset: Ruleset, *, named: bool = False) -> bool:
    """Whether nothing in front of two figures says that they are of two deeds or of different parts of the year.

    Parameters: ``named`` whether the second one itself names the deed of the first (维持13件、撤销12件 … 被撤销的12件).
    """
    told = [places.before(f) for f in (first, again)]
    if bool(_PART_OF_YEAR.search(told[0])) != bool(_PART_OF_YEAR.search(told[1])):
        return False
    if named or first.kind != COUNT or not any(_in_row(f, places, ruleset) for f in (first, again)):
        return True
    deeds = [set(_outcome(ruleset).findall(t)) for t in told]
    if not _in_row(again, places, ruleset) and not _outcome(ruleset).search(places.ahead(again)):
        return all(map(took_in, deeds[0]))  # 受理婚姻家庭43件、土地12件 … 土地方面的纠纷全年有21件
    return bool(deeds[0] & deeds[1]) or not any(deeds)


def _in_row(fact: Fact, places: Places, ruleset: Ruleset) -> bool:
    """Whether a figure goes on a row of others of its kin, its clause saying no more than its name."""
    at = bisect_left(places.levels, fact.span, key=lambda f: f.span)
    last = places.levels[at - 1] if at else None
    if last is None or last.sentence != fact.sentence or kin(last) != kin(fact):
        return False
    between = places.between(last, fact)
    return _BESIDE.fullmatch(between) is not None and not _outcome(ruleset).search(between)
