"""Reports as one page that opens from disk: the text with every number marked, every verdict beside its sentence.

Everything is in the file: style, script and pictures; a content security policy forbids all else, so that nothing a
report holds can run or reach out. Without script the page still reads, links and prints.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extractor.model import Check, Report
from extractor.output.evidence import evidence
from extractor.output.formats import Job
from extractor.output.html.charts import Bar, Part, bars, breakdown
from extractor.output.html.marking import Marking
from extractor.output.messages import say
from extractor.output.view import SEVERITIES, STATUSES, View
from extractor.text.headings import numbered


def render(reports: Iterable[Report], job: Job) -> Iterator[bytes]:
    """One page over all reports, written report by report; several are listed first."""
    pages = [Page(r, job, n) for n, r in enumerate(reports, 1)]
    yield from written("check.html", job.ruleset.lang, title=_title(pages, job), pages=pages, unread=job.unread)


def written(template: str, lang: str, **words: object) -> Iterator[bytes]:
    """A page of ``templates/`` filled with ``words``, piece by piece, as UTF-8."""
    stream = (
        _environment()
        .get_template(template)
        .stream(
            lang=lang,
            say=lambda key, **more: say(lang, key, **more),
            style=_asset("page.css"),
            script=_asset("page.js"),
            script_hash=_digest("page.js"),
            **words,
        )
    )
    stream.enable_buffering(200)
    for chunk in stream:
        yield chunk.encode("utf-8", "replace")


class Page:
    """What the template shows of one report; ``prefix`` keeps the anchors of several reports apart."""

    def __init__(self, report: Report, job: Job, number: int = 1) -> None:
        self.report, self.prefix = report, f"r{number}-"
        self.view = View(report, job.ruleset)
        self.statuses, self.severities = STATUSES, SEVERITIES

    @property
    def counts(self) -> dict[str, int]:
        return self.view.counts()

    @property
    def marking(self) -> Marking:
        return Marking(self.view)

    @property
    def states(self) -> list[tuple[str, int]]:
        """The verdicts that occur, with their number."""
        found = [(s, sum(c.status == s for c in self.view.checks)) for s in self.statuses]
        return [(s, n) for s, n in found if n]

    @property
    def levels(self) -> list[tuple[str, int]]:
        """The severities of failed checks that occur, with their number."""
        found = [(s, sum(c.status == "fail" and c.severity == s for c in self.view.checks)) for s in self.severities]
        return [(s, n) for s, n in found if n]

    @property
    def indicators(self) -> list[tuple[str, str]]:
        """The indicators that verdicts speak of: id and name."""
        found = {i for c in self.view.checks for f in self.view.numbers(c) if (i := f.indicator)}
        return sorted(((i, self.view.indicator_name(i)) for i in found), key=lambda x: x[1])

    @property
    def outline(self) -> list[tuple[str, str]]:
        """The sections that hold verdicts: id, and heading set in by its level."""
        used = {s for c in self.view.checks for s in self.chain(c).split()}
        return [(s.id, "\u3000" * (s.level - 1) + numbered(s)) for s in self.report.sections if s.id in used]

    def chain(self, check: Check) -> str:
        """The ids of the sections a verdict stands in, parted by blanks."""
        sections = {self.view.section_at(check), *(f.section for f in self.view.numbers(check))}
        return " ".join(dict.fromkeys(s.id for section in sections for s in self.view.chain(section)))

    def indicators_of(self, check: Check) -> str:
        """The ids of the indicators of a verdict, parted by blanks."""
        return " ".join(dict.fromkeys(f.indicator for f in self.view.numbers(check) if f.indicator))

    def evidence(self, check: Check) -> list[list[tuple[str, bool]]]:
        """The sentences of a verdict as pieces, marked where its numbers stand."""
        return [[(p.text, p.marked) for p in pieces] for pieces in evidence(self.report, check)]

    def picture(self, check: Check) -> Markup:
        """The bars of a breakdown with its whole, of a part within a whole, or of two years."""
        numbers = self.view.numbers(check)
        if len(numbers) < 2 or len({f.unit for f in numbers}) > 1:
            return Markup("")
        words = self.view.say("chart_of", what=check.message)
        if check.type == "sum":
            return breakdown(numbers[0], numbers[1:], words, self.view.say("chart_parts"))
        if check.type == "bound":
            rows = [Bar(f.measure, [Part(f.value, f"{f.measure} {f.text}", f"k{n}")], f.text) for n, f in enumerate(numbers)]
            return bars(rows, words)
        return Markup("")


def _title(pages: list[Page], job: Job) -> str:
    if len(pages) == 1:
        return pages[0].report.report.title or pages[0].report.source.path
    return say(job.ruleset.lang, "html_several", n=len(pages))


@cache
def _environment() -> Environment:
    """Templates of the package; everything that is put into them is escaped."""
    found = Environment(
        loader=PackageLoader("extractor.output.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return found


def _asset(name: str) -> Markup:
    """A style sheet or script of ours, as it stands."""
    return Markup(files("extractor.output.html").joinpath("templates", name).read_text(encoding="utf-8"))


def _digest(name: str) -> str:
    """What a content security policy calls a script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()
