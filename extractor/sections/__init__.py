"""The outline of a report: what it is, its headings (lost numbers restored), and its running text under them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Document, Outline, Paragraph, Passage, Section, Table
from extractor.rules import Ruleset
from extractor.sections.front import ADDRESSEE, Front, front, is_around
from extractor.sections.identity import identify
from extractor.sections.outline import Heading, headings
from extractor.sections.tables import tables
from extractor.text.normalize import flow, fold

_DATE = re.compile(
    r"^(?:20\d\d|二零[零一二三四五六七八九]{2}) ?年 ?[\d一二三四五六七八九十 ]{1,4}月 ?[\d一二三四五六七八九十 ]{1,4}日?$"
)
_SIGNED = re.compile(r"^(?:中共)?[\u4e00-\u9fff \s]{4,40}(?:政府|办事处|委员会|局|苏木|镇|乡|街道|党委|中心|党组|办公室)$")
_CONTACT = re.compile(
    r"^（?(?:联系(?:人|单位|电话|方式)|电话|地址|邮编|附件|附：|抄送|此件|信息来源|发布日期|索引号|公开方式|主送|来源)|^（(?:此件|联系|主动公开)"
)
_BULLET = re.compile(r"\s*[●○■□◆◇▪•·★☆※➢►▶✓√*]\s*")  # marks that only set a paragraph apart
_YEAR = re.compile(r"(20\d\d)年")
_BEFORE_PLANS = ("problems", "mixed", "leader-duty")
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
        [t for t in folded[ahead.start : ahead.end] if not ADDRESSEE.match(t) and not is_around(t)],
        folded[ahead.text : ahead.text + 4],
        first_level,
        [h.title for h in found if h.level > 1],
        folded[tail:],
        ruleset,
    )
    built = _sections(document, found, folded, ruleset, report.year)
    passages = _passages(document, folded, tabular, built, ahead, tail, _openings(ruleset), report.year)
    return Outline(
        report=report,
        sections=tuple(s for s, _, _ in built.values()),
        passages=tuple(passages),
        tables=tables(document, {i: s for i, (s, _, _) in built.items()}, ruleset),
    )


def _tail_start(folded: list[str], tabular: list[bool], first: int) -> int:
    """The first block of the signature, date and contact lines at the end."""
    start = len(folded)
    while start > first + 1 and not tabular[start - 1]:
        text = folded[start - 1].strip()
        if not (
            _DATE.match(text) or _CONTACT.match(text) or (_SIGNED.match(text) and len(text) <= 30 and start < len(folded) + 1)
        ):
            break
        start -= 1
    return start


_Built = dict[int, tuple[Section, str | None, int | None]]


def _sections(document: Document, found: list[Heading], folded: list[str], ruleset: Ruleset, report_year: int | None) -> _Built:
    """Block number -> section, role, year. A child has its parent's role unless the parent leaves it open."""
    titled = _titled(found, ruleset, report_year)
    openings = _openings(ruleset)
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
        year = int(m[1]) if (m := _YEAR.search(heading.title)) else parent[3] if parent else None
        role = parent[2] if parent and parent[2] not in (None, "mixed", "overview") else None
        if role is None:
            role = titled[number - 1] or (parent[2] if parent else None)
            if role is None:
                first = folded[heading.block][heading.end :].lstrip("。：: ") or "".join(
                    folded[heading.block + 1 : heading.block + 2]
                )
                role = _opened(first, openings)
                opened = _YEAR.match(first)
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


def _titled(found: list[Heading], ruleset: Ruleset, report_year: int | None) -> list[str | None]:
    """The role that each heading's own title tells, or None.

    A title that may as well name what was done (年度重点工作) tells no plans where shortcomings or duties are still to come.
    """
    patterns = [(r.id, re.compile(r.title)) for r in ruleset.roles.values()]
    told = [next((name for name, pattern in patterns if pattern.search(h.title)), None) for h in found]
    for i, (heading, name) in enumerate(zip(found, told, strict=True)):
        role = ruleset.roles[name] if name else None
        year = _YEAR.search(heading.title)
        if role is None or not role.weak or (year and report_year and int(year[1]) > report_year):
            continue
        bare = re.sub(role.weak, "", heading.title)
        doubtful = bare != heading.title and not re.search(role.title, bare)
        if doubtful and any(later in _BEFORE_PLANS for later in _beside(heading, found[i + 1 :], told[i + 1 :])):
            told[i] = "results"
    return told


def _beside(heading: Heading, behind: list[Heading], told: list[str | None]) -> Iterator[str | None]:
    """What the headings behind one tell that have its level, up to a higher one."""
    for other, role in zip(behind, told, strict=True):
        if other.level < heading.level:
            return
        if other.level == heading.level:
            yield role


_Openings = list[tuple[str, re.Pattern[str]]]


def _openings(ruleset: Ruleset) -> _Openings:
    return [(r.id, re.compile(r.opening)) for r in ruleset.roles.values() if r.opening]


def _opened(text: str, openings: _Openings) -> str | None:
    """The role that the first words of a paragraph open (下一步，…), or None."""
    return next((name for name, pattern in openings if pattern.search(text)), None)


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
    openings: _Openings,
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
            _add(passages, document.text, current[0].span, section, "heading", year, block.page)
            start = current[0].span[1]
        elif i < ahead.end:
            role = "title"
        elif i >= tail or ahead.contents <= i < ahead.text or ADDRESSEE.match(folded[i]) or _CONTACT.match(folded[i]):
            role = "furniture"
        elif current and role in ("mixed", "problems") and (turned := _opened(folded[i], openings)):
            role = turned
            current = (current[0], turned, current[2])
        elif current and role != "plan" and report_year and (later := _later_year(folded[i], report_year)):
            role, year = "plan", later
            current = (current[0], role, year)
        _add(passages, document.text, (start, end), section, role, year, block.page)
    return passages


def _add(
    passages: list[Passage],
    text: str,
    span: tuple[int, int],
    section: str | None,
    role: str | None,
    year: int | None,
    page: int | None,
) -> None:
    bullet = _BULLET.match(text, span[0], span[1])
    start = bullet.end() if bullet else span[0]
    running, offsets = flow(text[start : span[1]], start)
    if running:
        passages.append(Passage(flow=running, start=start, offsets=offsets, section=section, role=role, year=year, page=page))
