"""The words of a county summary, the same in the workbook and on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from extractor.model.check import CRASHED
from extractor.model.county import MISSING, UNREADABLE, Cell, Change, County, Outlier
from extractor.output.messages import say
from extractor.rules import Ruleset


class Words:
    """Names of kinds and rules, and sentences about what stands out, in the language of the ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset, self._lang = ruleset, ruleset.lang

    def say(self, key: str, **words: object) -> str:
        return say(self._lang, key, **words)

    def kind(self, kind: str | None) -> str:
        found = self._ruleset.kinds.get(kind or "")
        if found is None:
            return self.say("county_kind_other" if kind == "other" else "unknown")
        return found.name if self._lang == "zh" else found.name_en

    def rule(self, rule: str) -> str:
        """The name of a rule; of a check that crashed, that it did; else the id as it stands."""
        if rule == CRASHED:
            return self.say("crashed")
        found = self._ruleset.rules.get(rule)
        if found is None:
            return rule
        return found.name if self._lang == "zh" else found.name_en

    def change(self, found: Change) -> str:
        """What a report says against last year's; of a comparison that crashed, that it did."""
        return f"{self.rule(CRASHED)}：{found.message}" if found.rule == CRASHED else found.message

    def outlier(self, found: Outlier) -> str:
        """What stands out, in one sentence."""
        return self.say(
            f"county_outlier_{found.type}",
            bodies=self.say("comma").join(found.bodies),
            name=found.name,
            value=found.value,
            usual=found.usual,
            score=found.score,
            shown=self.say("semicolon").join(found.shown[:12]),
        )

    def cell(self, cell: Cell) -> str:
        """What stands in the coverage matrix."""
        if cell.status in (MISSING, UNREADABLE):
            return self.say(f"county_{cell.status}")
        words = [self.say("county_has", n=cell.findings) if cell.findings else self.say("county_clean")]
        if cell.status != "present":
            words.append(self.say("county_duplicate"))
        if cell.versions > 1:
            words.append(self.say("county_versions", n=cell.versions))
        return self.say("semicolon").join(words)

    def overview(self, county: County) -> list[tuple[str, int]]:
        """The county in numbers."""
        status = Counter(c.status for c in county.cells)
        files = Counter(f.status for f in county.files)
        read: Callable[[str], int] = lambda s: files.get(s, 0)  # noqa: E731
        return [
            (self.say("county_n_files"), len(county.files)),
            (self.say("county_n_unread"), len(county.files) - read("read") - read("duplicate") - read("aside")),
            (self.say("county_n_aside"), read("aside")),
            (self.say("county_n_reports"), sum(c.report is not None for c in county.cells)),
            (self.say("county_n_townships"), sum(b.level == "township" for b in county.bodies)),
            (self.say("county_n_missing"), status[MISSING]),
            (self.say("county_n_duplicate"), sum(f.duplicate_of is not None for f in county.files)),
            (self.say("county_n_errors"), sum(f.severity == "error" for f in county.findings)),
            (self.say("county_n_warnings"), sum(f.severity == "warning" for f in county.findings)),
            (self.say("county_n_compared"), county.compared),
            (self.say("county_n_changes"), len(county.changes)),
            (self.say("county_n_outliers"), len(county.outliers)),
            (self.say("county_n_copied"), len(county.copied)),
            (self.say("county_n_exceeds"), sum(t.status == "exceeds" for t in county.totals)),
        ]
