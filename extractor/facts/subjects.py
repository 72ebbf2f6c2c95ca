"""What a paragraph of accounts is about, so that 支出决算为… in it has a name (林业和草原（款）行政运行（项）：)."""

from __future__ import annotations

import re
from functools import lru_cache

_CODE = re.compile(r"（(?:[类款项目]|\d{2,7})）")
_LEVEL = re.compile(r"（(?:[类款]|\d{2,3})）")
_START = re.compile(
    r"^(?:（?[一二三四五六七八九十\d]{1,3}[）.、]+)?(?:([^，。；：]{2,60}（(?:项|\d{2})）)[。：:，]|([^，。；：]{2,30})："
    r"|([\u4e00-\u9fff（）“”]{2,24}(?:支出|收入|费|经费))，(?=(?:年初|全年|调整)?预算|(?:支出)?决算))"
)
_HEADING = re.compile(r"[\u4e00-\u9fff（）“”]{2,20}(?:费|费用|经费|支出|收入)")
# 2.公务接待。支出4.08万元: a short heading that does not only say how the figures are told.
_TITLE = re.compile(
    r"(?!与|按|.*(?:预算|决算|对比|比较|规模|总量|其他|事项)|.*(?:情况|说明|构成|结构|总体|收支|方面|部分|数据)$)"
    r"(?:（[一二三四五六七八九十]+）|\d+[.．、])?([\u4e00-\u9fff（）“”]{2,10})"
)
_LONGEST = 20


def subject_of(text: str, heading: str = "") -> str:
    """The subject that a paragraph of accounts starts with, or its ``heading``, without its codes; '' where there is none.

    Of a subject of several levels the last two are its name, or the last alone where that is long enough.
    """
    match = _START.match(text)
    return _of_heading(heading) if match is None else _name(match)


@lru_cache(1024)
def _of_heading(heading: str) -> str:
    match = _START.match(f"{heading}。")
    if match is None:
        title = _TITLE.fullmatch(heading)
        return title[1] if title else heading if _HEADING.fullmatch(heading) else ""
    return _name(match)


def _name(match: re.Match[str]) -> str:
    levels = _LEVEL.split(match[1] or match[2] or match[3])
    name = "".join(levels[-2:]) if sum(map(len, levels[-2:])) <= _LONGEST else levels[-1]
    return _CODE.sub("", name)


def staged(head: str, measure: str) -> bool:
    """Whether a bare 预算 or 决算 is that of the account that a measure before it names (接待费3.9万元，预算为5万元)."""
    return head.endswith(("算", "算数")) and measure.endswith(("费", "费用", "经费", "支出", "收入"))


def booked(account: str, head: str) -> str:
    """An account with its general name, which is not said twice (…财政拨款支出 and 支出决算)."""
    return account + (head[2:] if account.endswith(head[:2]) else head)
