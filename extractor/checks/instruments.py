"""Names of instruments, plans and meetings: quoted wrongly, cited before they were there, or out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.checks.frame import Frame
from extractor.model import Check, Passage
from extractor.model.check import FAIL
from extractor.rules import Ruleset
from extractor.rules.schema import Instrument

_QUOTED = re.compile(r"《([^《》]{4,60})》")
_NUMBER = re.compile(r"^（([^（）]{2,20}〔20\d\d〕\d+号)[^（）]*）")
_NOISE = re.compile(r"^中华人民共和国|[—\-~至年（）〈〉\s]")
_LOCAL = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|盟|旗|镇|乡|街道)")
_SHORTEST, _FARTHEST = 8, 3
_MONTHS_TO_PUBLISH = 4


@dataclass(frozen=True)
class Names:
    """The known instruments, by the letters of their titles that count."""

    by_letters: dict[str, Instrument]
    mentioned: tuple[tuple[Instrument, re.Pattern[str]], ...]


def names(ruleset: Ruleset) -> Names:
    """The instruments of patterns/instruments.toml, ready for use."""
    known = ruleset.instruments.values()
    return Names({letters(i.title): i for i in known}, tuple((i, re.compile(i.match)) for i in known if i.match))


@lru_cache(maxsize=1000)
def letters(title: str) -> str:
    """A title without dashes, brackets, 年 and the name of the state, in which quotations differ harmlessly."""
    return _NOISE.sub("", title)


def check(frame: Frame) -> Iterator[Check]:
    """Quoted titles one to three letters away from a known one, and document numbers that belong to another."""
    known = frame.ruleset.kept(names).by_letters
    told: set[str] = set()
    for passage, match in frame.found(_QUOTED):
        title = letters(match[1])
        if match[1] in told:
            continue
        meant = known.get(title) or _near(title, known)
        if meant is None:
            continue
        place = passage.place(*match.span())
        if title not in known and _LOCAL.match(title) and not _LOCAL.match(letters(meant.title)):
            continue  # a county's own instrument, named after the state's
        if title not in known:
            told.add(match[1])
            yield frame.verdict("quote.title", FAIL, "fail", span=place, quoted=match[1], title=meant.title)
        number = _NUMBER.match(passage.flow[match.end() :])
        if number and meant.number and number[1] != meant.number:
            told.add(match[1])
            yield frame.verdict(
                "quote.title", FAIL, "number", span=place, quoted=number[1], title=meant.title, number=meant.number
            )


def check_time(frame: Frame) -> Iterator[Check]:
    """Meetings and instruments cited before they were there, and plans that were over."""
    year = frame.outline.report.year
    if year is None or str(year) not in frame.outline.report.title:
        return
    known = frame.ruleset.kept(names)
    told: set[str] = set()
    cited = _citations(frame, known)
    current = {i.title for _, i, _ in cited}
    for passage, one, span in cited:
        if one.id in told:
            continue
        first_year, first_month = map(int, one.since.split("-"))
        if (first_year, first_month) > (year + 1, _MONTHS_TO_PUBLISH):
            told.add(one.id)
            yield frame.verdict(
                "year.anachronism", FAIL, "fail", span=passage.place(*span), title=one.title, since=one.since, year=year
            )
        elif one.until is not None and year > one.until and one.replaced_by not in current and passage.role != "problems":
            told.add(one.id)
            yield frame.verdict(
                "year.superseded", FAIL, "fail", span=passage.place(*span),
                title=one.title, until=one.until, replaced_by=one.replaced_by, year=year,
            )  # fmt: skip


def _citations(frame: Frame, known: Names) -> list[tuple[Passage, Instrument, tuple[int, int]]]:
    """Where which known instrument is cited, passage by passage: what is quoted first, then what is only mentioned."""
    quoted = ((p, known.by_letters.get(letters(m[1])), m.span()) for p, m in frame.found(_QUOTED))
    mentioned = ((p, i, m.span()) for i, pattern in known.mentioned for p, m in frame.found(pattern))
    cited = [(p, one, span) for p, one, span in (*quoted, *mentioned) if one is not None]
    return sorted(cited, key=lambda cited: cited[0].start)


def _near(title: str, known: dict[str, Instrument]) -> Instrument | None:
    """The one known title that differs in one to three letters (fewer in short titles)."""
    if len(title) < _SHORTEST:
        return None
    for letters_, one in known.items():
        limit = min(_FARTHEST, len(letters_) // 6)
        alike = title[:2] == letters_[:2] or title[-2:] == letters_[-2:]
        if alike and abs(len(letters_) - len(title)) <= limit and distance(title, letters_, limit) <= limit:
            return one
    return None


def distance(a: str, b: str, limit: int) -> int:
    """The number of letters to insert, drop or change to make one text of the other; at least ``limit + 1`` when more."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (x != y))
        if min(row) > limit:
            return limit + 1
    return row[-1]
