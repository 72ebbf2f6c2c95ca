"""Wording: what a template left behind, unpaired brackets at figures, paragraphs pasted twice, another place's name, style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.checks.frame import Frame
from extractor.model import Check, Span
from extractor.model.check import FAIL
from extractor.rules import Ruleset
from extractor.rules.schema import Defect
from extractor.text.numerals import read_chinese

_ONCE = ("number.style", "outline.style")  # matters of taste: told once for the whole report
_PAIRS = {"（": "）", "〔": "〕", "“": "”", "《": "》"}
_CLOSERS = {b: a for a, b in _PAIRS.items()}
_MARKS = re.compile(f"[{''.join((*_PAIRS, *_CLOSERS))}]")
_NEAR = 12
_APART = ("title", "furniture", "heading")
_ENDS = ("。", "！", "？", "；", "：", "”", "）", "…")
_ENUMERATED = re.compile(r"(?:^|[。；：，、\s])[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})$")
_LONG = 40
_ITEM, _OPENED = re.compile(r"([一二三四五六七八九十]{1,3})是(?!否)"), re.compile(r"(?:^|[。；：，])（?$")
_SELF = {
    "镇": "镇(?!痛|静|定)", "乡": "乡(?!镇|村|土|亲|愁|情|音|贤|风)", "街道": "街道",
}  # fmt: skip
_OWN = re.compile(r"(镇|乡|街道)(?:人民政府|办事处|党委|党工委|$)")


def _defects(ruleset: Ruleset) -> tuple[tuple[Defect, re.Pattern[str]], ...]:
    return tuple((d, re.compile(d.pattern, re.MULTILINE)) for d in ruleset.defects.values())


def check(frame: Frame) -> Iterator[Check]:
    """The defects of patterns/defects.toml; those of style once each, with how often they occur."""
    text = frame.document.text
    for defect, pattern in frame.ruleset.kept(_defects):
        if defect.hint and not any(c in text for c in defect.hint):
            continue
        places = [(p, m.span()) for p, m in frame.found(pattern, defect.headings)]
        name = defect.name if frame.ruleset.lang == "zh" else defect.name_en
        told: set[str] = set()
        for passage, span in places:
            text = passage.flow[slice(*span)]
            if text in told:
                continue
            told.add(text)
            around = passage.flow[max(0, span[0] - 6) : span[1] + 6]
            yield frame.verdict(defect.rule, FAIL, "fail", span=passage.place(*span), name=name, text=around, count=len(places))
            if defect.rule in _ONCE:
                break


def check_brackets(frame: Frame) -> Iterator[Check]:
    """Brackets and quotation marks without their partner, right at a figure."""
    broken = False  # a paragraph cut in two by the end of a page leaves brackets open that the next one closes
    for passage in frame.outline.passages:
        after_break, broken = broken, passage.role not in _APART and not passage.flow.endswith(_ENDS)
        if passage.role in _APART or broken or after_break:
            continue
        for at, mark in _unpaired(passage.flow):
            around = passage.flow[max(0, at - _NEAR) : at + _NEAR + 1]
            if any(c.isdigit() for c in around):
                start, end = max(0, at - _NEAR), min(len(passage.flow), at + _NEAR + 1)
                yield frame.verdict("residue.brackets", FAIL, "fail", span=passage.place(start, end), mark=mark, text=around)


def _unpaired(text: str) -> Iterator[tuple[int, str]]:
    marks = "".join(_MARKS.findall(text))
    for pair in _PAIRS.items():
        marks = marks.replace("".join(pair), "")
    if not marks:
        return  # each mark stands beside its partner
    open_: list[tuple[int, str]] = []
    waiting = dict.fromkeys(_PAIRS, 0)
    for match in _MARKS.finditer(text):
        i, char = match.start(), match.group()
        if char in _PAIRS:
            open_.append((i, char))
            waiting[char] += 1
        elif waiting[_CLOSERS[char]]:
            while open_[-1][1] != _CLOSERS[char]:
                waiting[open_[-1][1]] -= 1
                yield open_.pop()
            waiting[open_.pop()[1]] -= 1
        elif not (char == "）" and _ENUMERATED.search(text[max(0, i - _NEAR) : i])):
            yield i, char
    yield from open_


def check_duplicates(frame: Frame) -> Iterator[Check]:
    """Paragraphs that stand twice, word for word."""
    seen: dict[str, Span] = {}
    for passage in frame.outline.passages:
        text = passage.flow
        if len(text) < _LONG:
            continue
        here = passage.place(0, len(text))
        if text in seen:
            yield frame.verdict("residue.duplicate", FAIL, "fail", span=here, text=text[:20], length=len(text))
        else:
            seen[text] = here


def check_enumeration(frame: Frame) -> Iterator[Check]:
    """一是、二是、三是 run without gap inside a paragraph; a new 一是 starts again."""
    before, last = None, 0
    for passage, match in frame.found(_ITEM):
        if not _OPENED.search(passage.flow, max(0, match.start() - 2), match.start()):
            continue
        if passage is not before:
            before, last = passage, 0
        read = read_chinese(match[1])
        number = int(read.value) if read else 0
        if last and number not in (1, last + 1):
            yield frame.verdict(
                "outline.enumeration", FAIL, "fail", span=passage.place(*match.span(1)), due=last + 1, number=match[1]
            )
        last = number


@lru_cache
def _calling_itself(*sorts: str) -> re.Pattern[str]:
    """Where a text calls its place by one of the sorts of ``_SELF`` (我镇, 全镇, 本镇)."""
    begins = "".join(s[0] for s in sorts)
    return re.compile(f"[我全本](?=[{begins}])(?<![各兄友邻该].)(?:{'|'.join(_SELF[s] for s in sorts)})")


def check_place(frame: Frame) -> Iterator[Check]:
    """A town that calls itself a township, or the other way round: text of another place."""
    own = _OWN.search(frame.outline.report.org or "")
    if own is None:
        return
    other = list(frame.found(_calling_itself(*_SELF.keys() - {own[1]})))
    if other and len(other) * 3 <= len(list(frame.found(_calling_itself(own[1])))) + 2:
        passage, match = other[0]
        org = frame.outline.report.org
        span = passage.place(*match.span())
        yield frame.verdict("place.other", FAIL, "fail", span=span, org=org, word=match.group(), count=len(other))
