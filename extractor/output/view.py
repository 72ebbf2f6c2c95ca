"""A report as a reader walks through it: verdicts with their place, numbers and names, looked up once for all formats."""

from __future__ import annotations

from functools import cached_property

from extractor.model import Check, Fact, Report, Section, Span
from extractor.model.check import CRASHED, FAIL, PASS, UNVERIFIABLE
from extractor.output.evidence import section_at, section_path
from extractor.output.messages import known, say
from extractor.output.places import place, place_list, places
from extractor.rules import Ruleset

STATUSES = (FAIL, CRASHED, UNVERIFIABLE, PASS)
SEVERITIES = ("error", "warning", "info")


class View:
    """One report with everything that formats look up again and again.

    Parameters: ``ruleset`` gives names of rules, indicators and kinds, and the language.
    """

    def __init__(self, report: Report, ruleset: Ruleset) -> None:
        self.report, self.ruleset, self.lang = report, ruleset, ruleset.lang
        self.facts = {f.id: f for f in report.facts}
        self.sections = {s.id: s for s in report.sections}

    def say(self, key: str, **words: object) -> str:
        """A message in the language of the ruleset."""
        return say(self.lang, key, **words)

    @cached_property
    def checks(self) -> list[Check]:
        """The verdicts as an auditor goes through them: what failed first, grave before light, then as in the text."""

        def rank(check: Check) -> tuple[int, int, Span]:
            level = SEVERITIES.index(check.severity) if check.status == FAIL else 0
            return STATUSES.index(check.status), level, check.span or (0, 0)

        return sorted(self.report.checks, key=rank)

    @cached_property
    def used_by(self) -> dict[str, list[Check]]:
        """The verdicts that each fact takes part in, in the same order."""
        found: dict[str, list[Check]] = {}
        for check in self.checks:
            for fact in dict.fromkeys(check.facts):
                found.setdefault(fact, []).append(check)
        return found

    def counts(self) -> dict[str, int]:
        """How many failed by severity, and how many came out otherwise."""
        found = dict.fromkeys((*SEVERITIES, CRASHED, UNVERIFIABLE, PASS), 0)
        for check in self.report.checks:
            found[check.severity if check.status == FAIL else check.status] += 1
        return found

    def numbers(self, check: Check) -> list[Fact]:
        """The facts of a verdict, each once."""
        return [self.facts[i] for i in dict.fromkeys(check.facts) if i in self.facts]

    def spans(self, check: Check) -> set[Span]:
        """The sentences (or the heading) that a verdict speaks of."""
        found = {f.sentence for f in self.numbers(check)}
        return found | ({check.span} if check.span else set())

    def section_at(self, check: Check) -> str | None:
        """The innermost section a verdict stands in."""
        return section_at(self.report, check.span)

    def chain(self, section: str | None) -> list[Section]:
        """A section and those above it, outermost first."""
        found: list[Section] = []
        while section in self.sections:
            found.append(self.sections[section])
            section = self.sections[section].parent
        return found[::-1]

    def path(self, section: str | None) -> str:
        """The headings above a place, outermost first."""
        return section_path(self.report, section)

    def places(self, check: Check) -> str:
        """Where a verdict's numbers stand, in words: pages, or paragraphs and rows of tables."""
        return place_list(places(self.report, check, self.lang), self.lang)

    def place(self, fact: Fact) -> str:
        """Where a fact stands, in words."""
        return place(self.report, fact, self.lang)

    def rule_name(self, rule: str) -> str:
        """The name of a rule in the language asked for, or its id."""
        found = self.ruleset.rules.get(rule)
        return rule if found is None else found.name if self.lang == "zh" else found.name_en

    def indicator_name(self, indicator: str | None) -> str:
        """The name of an indicator of the catalogue; empty for none."""
        return indicator_name(self.ruleset, indicator)

    def kind_name(self, fact: Fact) -> str:
        """The kind of a number in words, with the hedge that makes it approximate."""
        return kind_name(fact, self.lang)

    def period(self, fact: Fact) -> str:
        """The year a number speaks of, in words."""
        return self.say("year_suffix").format(fact.period.year) if fact.period.year else self.say("several_years")

    def reason(self, rule: str) -> str:
        """Why a number was set aside, in words."""
        return reason(self.ruleset, rule)

    @cached_property
    def org(self) -> str:
        """The reporting body, or the file where it was not told."""
        return self.report.report.org or self.report.source.path

    @cached_property
    def year(self) -> str:
        """The year of the report in words."""
        year = self.report.report.year
        return self.say("year_suffix").format(year) if year else self.say("unknown")

    @cached_property
    def kind(self) -> str:
        """The kind of the report in words."""
        found = self.ruleset.kinds.get(self.report.report.kind)
        return self.say("unknown") if found is None else found.name if self.lang == "zh" else found.name_en


def kind_name(fact: Fact, lang: str) -> str:
    """The kind of a number in words, with the hedge that makes it approximate."""
    name = say(lang, f"kind_{fact.kind}") if known(f"kind_{fact.kind}") else fact.kind
    return f"{name}{say(lang, 'comma')}{say(lang, f'approx_{fact.approx}')}" if fact.approx else name


def indicator_name(ruleset: Ruleset, indicator: str | None) -> str:
    """The name of an indicator of the catalogue in the language of the ruleset; empty for none."""
    found = ruleset.indicators.get(indicator or "")
    return indicator or "" if found is None else found.name if ruleset.lang == "zh" else found.name_en


def reason(ruleset: Ruleset, rule: str) -> str:
    """A rule by which numbers are set aside, in words."""
    found = ruleset.nonfacts.get(rule)
    if found:
        return found.name if ruleset.lang == "zh" else found.name_en
    key = "title-role" if rule == "title" else rule
    return say(ruleset.lang, key) if known(key) else rule
