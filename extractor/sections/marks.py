"""Heading marks of Chinese official documents (GB/T 9704—2012, 7.3.3): 一、 （一） 1. （1）, and how a heading line reads."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.text.captions import captioned
from extractor.text.ordinals import chinese

_CN = "[一二三四五六七八九十]{1,3}"
# In order of rank, the outer level first: what each is called, the number, and what stands between it and the title.
_MARKS = (
    ("part", rf"第 ?{_CN} ?(?:部分|章|篇)", r"[、:：，\s]*"),
    ("chinese", _CN, r" ?[、.．][、.]?\s*"),
    ("chinese-bracket", rf"（ ?{_CN} ?）", r"[、.]?\s*"),
    ("arabic", r"\d{1,2}", r" ?(?:、|[．.](?!\d)|[．.](?=20\d\d年|\d{5}[^\d.]))\s*"),
    ("arabic-bracket", r"（ ?\d{1,2} ?）", r"[、.]?\s*"),
    ("arabic-bracket", r"\d{1,2}）", r"\s*"),
    ("circled", "[①-⑳]", r"\s*"),
)
_MARK = re.compile("|".join(f"({number}){behind}" for _, number, behind in _MARKS))
# A heading without a number, over a list that starts anew (学法用法 / 1.…), ranks right above arabic numbers.
UNNUMBERED = "unnumbered"
RANK: dict[str, float] = {name: i for i, (name, _, _) in enumerate(_MARKS)}
RANK[UNNUMBERED] = RANK["arabic"] - 0.5
_END = re.compile(r"[。：；]$")
_FIGURE = re.compile(
    r"\d[\d.,]* ?[万亿余多]* ?"
    r"(?:[件起宗例次场份名人户个处项条家批亩元吨斤米头只羽株棵辆台套座间所张册幅盏篇%]|人次|平方|公里)|百分之"
)
_PICTURE = re.compile(
    r"(?:结构|构成|变动|变化|走势|趋势|分布|示意|对比|饼|柱状|流程|组织|架构)图$|^(?:·\s*)?[（〔]?(?:字体|字号|访问量|浏览次数|点击量)"
)
LONGEST_ALONE, LONGEST_RUN_IN = 50, 42
_LABELLED, _LONGEST_LABEL = 20, 14


class Mark(NamedTuple):
    """A heading mark: its kind, the bare number (一, （一）, 1), and where the title starts in the folded line."""

    kind: str
    number: str
    end: int


def mark_of(line: str) -> Mark | None:
    """The mark a folded line starts with, or None."""
    match = _MARK.match(line)
    if match is None or match.lastindex is None:
        return None
    return Mark(_MARKS[match.lastindex - 1][0], match[match.lastindex].replace(" ", ""), match.end())


def title_end(line: str, start: int, kind: str) -> int | None:
    """Where the title of a marked line ends, or None when the line is a sentence and no heading.

    ``line`` is folded; a heading stands alone, or runs into its paragraph up to the first 。.
    """
    body = line[start:].rstrip()
    if not body:
        return None
    stop = body.find("。")
    alone = stop < 0 or stop == len(body) - 1
    if alone:
        title = body.rstrip("。")
        colon = title.find("：")
        whole = stop < 0 and "，" not in title and len(title) <= LONGEST_RUN_IN and not _FIGURE.search(title)
        if whole and not title.endswith("："):
            return start + len(title)  # 守正：主体责任与学法用法
        if 0 < colon <= 15 and len(title) > colon + 8 and not title.endswith("："):
            return None if _is_label(title, colon, kind) else start + colon
        if len(title) > LONGEST_ALONE or _FIGURE.search(title) or "；" in title:
            return None
        if stop >= 0 and (len(title) > LONGEST_RUN_IN or title.count("，") > 2):
            return None
        return start + len(title.rstrip("：；"))
    title = body[:stop]
    if len(title) <= LONGEST_RUN_IN and not _FIGURE.search(title) and "；" not in title and title.count("，") <= 2:
        if len(title) > 38 and kind not in ("chinese", "chinese-bracket"):
            return None
        return start + stop
    colon = body.find("：")
    if 0 < colon <= 15 and not _FIGURE.search(body[:colon]) and not _is_label(body, colon, kind):
        return start + colon
    return None


def _is_label(body: str, colon: int, kind: str) -> bool:
    """Whether what stands before a colon names the figure behind it (1.来信：32件) instead of heading a paragraph."""
    return kind in ("arabic", "arabic-bracket", "circled") and bool(_FIGURE.search(body[colon : colon + _LABELLED]))


def number_as(kind: str, position: int) -> str:
    """The bare number of the ``position``-th heading of a kind (2, chinese-bracket -> （二）)."""
    return {
        "part": f"第{chinese(position)}部分",
        "chinese": chinese(position),
        "chinese-bracket": f"（{chinese(position)}）",
        "arabic": str(position),
        "arabic-bracket": f"（{position}）",
    }.get(kind, str(position))


_NOTHING = re.compile(r"(?:全年|年内|本年度?)?均?(?:未|没有|无(?=[^障]))")  # 未发生安全事故。


def bare_heading(line: str) -> bool:
    """Whether a folded line without a mark reads like a heading: short, one statement, no figures, no open end."""
    title = line.rstrip()
    closed = title.endswith("。")
    title = title.rstrip("。")
    if closed and (title.count("，") > 1 or _NOTHING.match(title)):
        return False  # a sentence, not a statement
    if not 4 <= len(title) <= (36 if closed else 44) or re.search(r"[。；！？]", title):
        return False
    if title.endswith("：") and len(title) <= _LONGEST_LABEL:
        title = title[:-1]
    if "|" in title or _PICTURE.search(title) or captioned(title) != title:
        return False  # a cell of a table, the caption of a chart or a table
    if _END.search(title) or title.endswith(("，", "、", "）", "〕")) or _FIGURE.search(title):
        return False
    return not re.match(
        r"附件|第[一二三四五六七八九十百\d]+[条款]|联系|抄送|电话|注[：:]|（|——|—|尊敬|各位|主送|现将|特此|以上(?:报告|情况|内容|是|为|，)|报告如下|[一二三四五六七八九]是|20\d\d年\d|二零",
        title,
    )
