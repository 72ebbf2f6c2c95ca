"""The outline of a report: what it is, its headings (lost numbers restored), and its running text under them."""

from __future__ import annotations

import re

from extractor.model import Document, Outline, Paragraph, Passage, Section, Span, Table
from extractor.rules import Ruleset
from extractor.sections.around import is_above, is_below, page_end
from extractor.sections.front import ADDRESSEE, Front, front
from extractor.sections.identity import identify
from extractor.sections.outline import Heading, headings
from extractor.sections.roles import YEAR, Roles
from extractor.sections.tables import tables
from extractor.text.normalize import fold, running

_DATE = re.compile(
    r"^(?:20\d\d|二零[零一二三四五六七八九]{2}) ?年 ?[\d一二三四五六七八九十 ]{1,4}月 ?[\d一二三四五六七八九十 ]{1,4}日?$"
)
_SIGNED = re.compile(r"^(?:中共)?[\u4e00-\u9fff \s]{4,40}(?:政府|办事处|委员会|局|苏木|镇|乡|街道|党委|中心|党组|办公室)$")
_CONTACT = re.compile(
    r"^（?(?:联系(?:人|单位|电话|方式)|电话|地址|邮编|附件|附：|抄送|此件|信息来源|发布日期|索引号|公开方式|主送|来源)|^（(?:此件|联系|主动公开)"
)
_BULLET = re.compile(r"\s*[●○■□◆◇▪•·★☆※➢►▶✓√*]\s*")  # marks that only set a paragraph apart
_COMING_YEAR = re.compile(r"(20\d\d)年(?!\d{1,2}月)[^。；]{0,40}?(?:将|要|力争|计划|继续|进一步)")


def sections(document: Document, ruleset: Ruleset) -> Outline:
    """Headings, passages and identity of a document.

    Parameters: ``document`` as read; ``ruleset`` the patterns in force. Returns the outline; every character of the
    text stands in a section heading, a passage or a table.
    """
    blocks = document.blocks
    folded = [fold(document.text[b.span[0] : b.span[1]]) for b in blocks]
    tabular = [isinstance(b, Table) for b in blocks]
    ahead = front(folded, tabular)
    tail = _tail_start(folded, tabular, ahead.text)
    styled = frozenset(i for i, b in enumerate(blocks) if isinstance(b, Paragraph) and b.style == "heading")
    found = headings(folded, tabular, ahead.text, tail, styled)
    first_level = [h.title for h in found if h.level == 1]
    report = identify(
        [t for t in folded[ahead.start : ahead.end] if not ADDRESSEE.match(t) and not is_above(t)],
        folded[ahead.text : ahead.text + 4],
        first_level,
        [h.title for h in found if h.level > 1],
        [t for t in folded[tail:] if not is_below(t)],
        ruleset,
    )
    roles = ruleset.kept(Roles)
    built = _sections(document, found, folded, roles, report.year)
    passages = _passages(document, folded, tabular, built, ahead, tail, roles, report.year)
    return Outline(
        report=report,
        sections=tuple(s for s, _, _ in built.values()),
        passages=tuple(passages),
        tables=tables(document, folded, {i: s for i, (s, _, _) in built.items()}, ruleset) if any(tabular) else (),
    )


def _tail_start(folded: list[str], tabular: list[bool], first: int) -> int:
    """The first block of the signature, date and contact lines at the end, and of what a page prints below them."""
    start = page_end(folded, tabular, first)
    while start > first + 1 and not tabular[start - 1]:
        text = folded[start - 1].strip()
        if not (
            _DATE.match(text) or _CONTACT.match(text) or (_SIGNED.match(text) and len(text) <= 30 and start < len(folded) + 1)
        ):
            break
        start -= 1
    return start


_Built = dict[int, tuple[Section, str | None, int | None]]


def _sections(document: Document, found: list[Heading], folded: list[str], roles: Roles, report_year: int | None) -> _Built:
    """Block number -> section, role, year. A child has its parent's role unless the parent leaves it open."""
    titled = roles.titled(found, report_year)
    built: _Built = {}
    stack: list[tuple[int, str, str | None, int | None]] = []
    before: dict[str | None, tuple[str | None, int | None]] = {}
    for number, heading in enumerate(found, 1):
        while stack and stack[-1][0] >= heading.level:
            stack.pop()
        parent = stack[-1] if stack else None
        block = document.blocks[heading.block]
        start = block.span[0]
        following = next((h for h in found[number:] if h.level <= heading.level), None)
        end = document.blocks[following.block].span[0] - 1 if following else len(document.text)
        year = int(m[1]) if (m := YEAR.search(heading.title)) else parent[3] if parent else None
        role = parent[2] if parent and parent[2] not in (None, "mixed", "overview") else None
        if role is None:
            role = titled[number - 1] or (parent[2] if parent else None)
            if role is None:
                first = folded[heading.block][heading.end :].lstrip("。：: ") or "".join(
                    folded[heading.block + 1 : heading.block + 2]
                )
                role = roles.opened(first)
                opened = YEAR.match(first)
                year = int(opened[1]) if opened and report_year and int(opened[1]) > report_year else year
            if year and report_year and year > report_year and role in (None, "results", "overview"):
                role = "plan"
            if role is None and before.get(parent and parent[1], (None, None))[0] == "plan":
                role, year = "plan", year or before[parent and parent[1]][1]  # what follows plans without a word is plans too
        before[parent and parent[1]] = (role, year)
        span = (start, start + heading.end)
        section = Section(
            id=f"s{number}",
            parent=parent[1] if parent else None,
            level=heading.level,
            number=heading.number,
            inferred=heading.inferred,
            title=document.text[start + heading.title_start : start + heading.end].strip().rstrip("。：:"),
            span=span,
            body=(min(span[1], end), max(span[1], end)),
            page=block.page,
        )
        stack.append((heading.level, section.id, role, year))
        built[heading.block] = (section, role, year)
    return built


def _later_year(text: str, report_year: int) -> int | None:
    """The year behind the report's that a paragraph opens and speaks of (2025年，我们将…), or None."""
    match = _COMING_YEAR.match(text)
    return int(match[1]) if match and int(match[1]) > report_year else None


def _passages(
    document: Document,
    folded: list[str],
    tabular: list[bool],
    built: _Built,
    ahead: Front,
    tail: int,
    roles: Roles,
    report_year: int | None,
) -> list[Passage]:
    """The running text with its roles. Under a heading of problems (and plans) a paragraph may turn to what comes next, under
    any heading to a later year (2025年，我们将…): it and what follows it under that heading are plans."""
    passages: list[Passage] = []
    current: tuple[Section, str | None, int | None] | None = None
    for i, block in enumerate(document.blocks):
        if tabular[i]:
            continue
        start, end = block.span
        role, section, year = (current[1], current[0].id, current[2]) if current else (None, None, None)
        if i in built:
            current = built[i]
            role, section, year = current[1], current[0].id, current[2]
            head = current[0].span[1]
            _add(passages, document.text, (start, head), folded[i][: head - start], section, "heading", year, block.page)
            start = head
        elif i < ahead.end:
            role = "title"
        elif i >= tail or ahead.contents <= i < ahead.text or ADDRESSEE.match(folded[i]) or _CONTACT.match(folded[i]):
            role = "furniture"
        elif current and role in ("mixed", "problems") and (turned := roles.opened(folded[i])):
            role = turned
            current = (current[0], turned, current[2])
        elif current and role != "plan" and report_year and (later := _later_year(folded[i], report_year)):
            role, year = "plan", later
            current = (current[0], role, year)
        _add(passages, document.text, (start, end), folded[i][start - block.span[0] :], section, role, year, block.page)
    return passages


def _add(
    passages: list[Passage],
    text: str,
    span: Span,
    folded: str,
    section: str | None,
    role: str | None,
    year: int | None,
    page: int | None,
) -> None:
    bullet = _BULLET.match(text, span[0], span[1])
    start = bullet.end() if bullet else span[0]
    flow, offsets = running(folded[start - span[0] :], text[start : span[1]], start)
    if flow:
        passages.append(Passage(flow=flow, start=start, offsets=offsets, section=section, role=role, year=year, page=page))
