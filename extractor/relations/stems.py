"""Whether words speak of the deed that a rate is named after (持证率: 取得行政执法证的15名)."""

from __future__ import annotations

import re
from functools import lru_cache

_NOT = "未不没无"
_DENIED = frozenset(_NOT)
_NOT_YET = (*_NOT, "没有", "未能", "没能", "正", "正在", "仍在", "还在", "尚在", "待", "在", "继续")
_OTHERWISE = {"成功": "调成"}
_KIN_VERBS = {"持": "持取获有", "调": "调", "化": "化", "办": "办", "采": "采", "满": "满", "参": "参实到"}


def speaks_of(words: str, stem: str) -> bool:
    """Whether words hold the stem of a rate in order (持证 in 取得行政执法证 needs both characters)."""
    tail = stem[-2:]
    if tail in words:
        return stem[0] in _NOT or not _undone(words, tail)
    if tail in _OTHERWISE and _OTHERWISE[tail] in words:
        return not _undone(words, _OTHERWISE[tail])
    found = _apart(tail).search(words) if len(tail) == 2 and tail[1] in words else None
    return found is not None and (stem[0] in _NOT or words[: found.start()][-1:] not in _DENIED)  # 尚未取证


def _undone(words: str, deed: str) -> bool:
    """Whether words say that a deed was not done, or is still being done (没调成5件, 正在整改36条)."""
    return any(no + deed in words for no in _NOT_YET)


@lru_cache(maxsize=500)
def _apart(tail: str) -> re.Pattern[str]:
    """The two characters of a stem in order with others between, or turned round."""
    first = "".join(map(re.escape, _KIN_VERBS.get(tail[0], tail[0])))
    return re.compile(f"[{first}][^，。；]{{0,10}}{re.escape(tail[1])}|{re.escape(tail[::-1])}")
