"""What stands above a table and only tells of it: form, whose figures, unit (公开02表　公开部门：水利局　单位：元)."""

from __future__ import annotations

import re

_WHOSE = r"（?(?:公开|编制|填报|填表|报送|制表|预算|主管)?(?:部门|单位|机关)(?:名称|（[^（）]*）)?[:：]"
_UNIT = r"（?(?:金额|计量|货币)单位[:：]"
_FORM = (
    r"（?(?:(?:公开|财决(?:公开|批复)?|附?表) ?\d{1,2}(?:-\d{1,2})? ?表?"
    r"|附?表[一二三四五六七八九十]{1,3}|附件? ?\d{0,2})[）:：]?(?!\S)"
)
_DATE = r"20\d\d年(?:度|\d{1,2}月(?:\d{1,2}日)?)?(?!\S)"
_PIECE = rf"(?:(?:{_WHOSE}|{_UNIT})\s*[^\s:：，。；]*|{_FORM})"
_LEGEND = re.compile(rf"(?:^|\s+){_PIECE}(?:\s+(?:{_PIECE}|{_DATE}))*\s*$")


def captioned(line: str) -> str:
    """A line above a table without what it says of form number, body and unit: the table's title, '' where it says no more.

    Parameters: ``line`` as written or folded.
    """
    return _LEGEND.sub("", line.strip())
