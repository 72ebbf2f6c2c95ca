"""What stands before the first heading: what the page around the report said, the lines of the title, the table of contents."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.sections.around import is_above
from extractor.text.captions import captioned

ADDRESSEE = re.compile(r"^[\u4e00-\u9fff、，（）\s]{2,40}[:：]$")
_TITLE_WORDS = re.compile(
    r"报告|总结|决算|情况|说明|年报|政府|委员会|要点|办事处|局$|^（?20\d\d年\d{1,2}月|^——|^—|会议上$|镇长|乡长|主任"
)
_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、|第一部分|（一）|1[.、]")
_REPORT = re.compile(r"(?:报告|总结|年报|说明|情况|公报|决算)(?:（[^（）]{1,12}）)?$")
_ISSUED = re.compile(r"关于(?:印发|转发|公布|发布).*通知$")  # a notice to which the report is added
_BODY = re.compile(r"^[\u4e00-\u9fff]{4,30}(?:政府|办事处|委员会|局)$")
_OPENS = re.compile(r"，.*[:：]$|现将|，现就")  # the first paragraph, however short
_CONTENTS = re.compile(r"^（?目 *录）?[:：]?$")
_LEADER = re.compile(r"[\s.…·\-—]*\d{0,3}$")
_LONGEST_TITLE, _LOOKED_AT, _LOOKED_THROUGH, _LONGEST_ENTRY, _MOST_ENTRIES, _TAIL = 70, 8, 20, 60, 80, 4


class Front(NamedTuple):
    """Block numbers: the title from ``start`` to ``end``; the table of contents from ``contents`` (its heading) to ``text``,
    where the report itself begins. Without a table of contents both are ``end``."""

    start: int
    end: int
    contents: int
    text: int


def front(folded: list[str], tabular: list[bool]) -> Front:
    """Where title, table of contents and text begin; ``folded`` and ``tabular`` as for ``headings``."""
    start = _start(folded, tabular)
    end = _title_end(folded, tabular, start)
    contents, text = _contents(folded, tabular, end)
    return Front(start, end, contents, text)


def _start(folded: list[str], tabular: list[bool]) -> int:
    """The first line of the title where the page around the report was copied too; 0 where nothing stands before it."""
    for i, line in enumerate(folded[:_LOOKED_THROUGH]):
        text = line.strip()
        if tabular[i] or is_above(text):
            continue
        if len(text) > _LONGEST_TITLE or "。" in text or _FIRST.match(text):
            break
        if _ISSUED.search(text) and (added := _added(folded, tabular, i + 1)):
            return added
        if _REPORT.search(text):
            return max((k + 1 for k in range(i) if tabular[k] or is_above(folded[k])), default=0)
    return 0


def _added(folded: list[str], tabular: list[bool], first: int) -> int:
    """The first line of the title of a report that a notice brings, with the body above it; 0 where there is none."""
    for i in range(first, min(first + _LOOKED_THROUGH, len(folded))):
        text = folded[i].strip()
        if _FIRST.match(text):
            break
        if not tabular[i] and len(text) <= _LONGEST_TITLE and "。" not in text and _REPORT.search(text):
            return i - 1 if _BODY.match(folded[i - 1].strip()) and i > first else i
    return 0


def _title_end(folded: list[str], tabular: list[bool], start: int) -> int:
    """Behind the title: the short lines before the first heading or paragraph."""
    end = start
    for i in range(start, min(start + _LOOKED_AT, len(folded))):
        text = folded[i].strip()
        if tabular[i] or len(text) > _LONGEST_TITLE or "。" in text or _FIRST.match(text):
            break
        if ADDRESSEE.match(text) or captioned(text) != text or _CONTENTS.match(text) or _OPENS.search(text):
            break
        broken = len(text) < _TAIL and _REPORT.search(folded[i - 1].strip() + text)  # 政府工作报 / 告
        if end > start and not broken and not _TITLE_WORDS.search(text):
            break
        if end > start and _REPORT.search(folded[i - 1].strip()) and text.endswith("情况"):
            break  # a heading right under a title that is complete
        end = i + 1
    return end


def _contents(folded: list[str], tabular: list[bool], end: int) -> tuple[int, int]:
    """The table of contents that was typed as lines: from 目录 to where its first entry is said again."""
    for i in range(end, min(end + _LOOKED_AT, len(folded) - 1)):
        if not _CONTENTS.match(folded[i].strip()):
            continue
        first = _entry(folded[i + 1])
        for k in range(i + 2, min(i + _MOST_ENTRIES, len(folded))):
            if tabular[k] or len(folded[k]) > _LONGEST_ENTRY or "。" in folded[k]:
                break
            if first and _entry(folded[k]) == first:
                return i, k
    return end, end


def _entry(line: str) -> str:
    return re.sub(r"\s", "", _LEADER.sub("", line))
