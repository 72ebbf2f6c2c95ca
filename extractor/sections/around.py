"""What pages print around a report that was copied from them: where one is and when it was put there, what comes next."""

from __future__ import annotations

import re

_ABOVE = re.compile(
    r"首页 ?[/>》›|]|当前位置|所在的?位置|现在的位置|无障碍|长辈版|简体|^[-·•] ?|^[（〔]?字[体号]|元数据$|"
    r"星期[一二三四五六日天]|\|$|^[\u4e00-\u9fff]{0,6}(?:日期|时间) ?[:：]|^相关(?:解读|文件|链接|附件|阅读)|"
    r"^\|? ?(?:索 ?引 ?号|发[布文](?:机构|机关|字号)|文 ?号|发文字号|名 ?称|主题分类|公文时效|信息来源|来源|时效性|访问量|"
    r"浏览次数|打印|分享|关闭)(?: ?[:：|]|$)"
)
_BELOW = re.compile(
    r"^[【\[（<]?(?:[上下]一?[篇条页](?:文章)?(?: ?[:：]|$)|(?:主办|承办|协办)(?:单位)? ?[:：]|技术支持|网站(?:地图|声明)|"
    r"(?:责任)?编辑 ?[:：]|[审校]核 ?[:：]|打印|关闭|收藏|纠错|返回(?:顶部|首页|列表|上页)|"
    r"相关(?:链接|阅读|文档|信息|附件|新闻|文章|稿件)|友情链接|联系我们|关于我们|扫一扫|分享|您是第|访问量|浏览次数|"
    r"没有了|copyright|©)|ICP备|公网安备|网站标识码|版权所有",
    re.IGNORECASE,
)
_LONGEST, _LOOKED_AT = 120, 20


def is_above(line: str) -> bool:
    """Whether a folded line of the front was printed by the page around the report."""
    return bool(_ABOVE.search(line.strip()))


def is_below(line: str) -> bool:
    """Whether a folded line behind the report was printed by the page around it."""
    text = line.strip()
    return len(text) <= _LONGEST and "。" not in text and bool(_BELOW.search(text))


def page_end(folded: list[str], tabular: list[bool], first: int) -> int:
    """The first block of what the page prints below the report, the number of blocks where it prints nothing.

    Parameters: ``folded`` and ``tabular`` as for ``headings``; ``first`` where the report begins.
    """
    end = len(folded)
    for i in range(len(folded) - 1, max(first, len(folded) - _LOOKED_AT), -1):
        if tabular[i] or "。" in folded[i] or len(folded[i]) > _LONGEST:
            break
        end = i if is_below(folded[i]) else end
    return end
