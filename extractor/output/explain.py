"""Why a number is a fact, or why it is none."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.model import Fact, Report
from extractor.output.evidence import section_path
from extractor.output.messages import say
from extractor.output.terminal import TerminalReport
from extractor.rules import Ruleset
from extractor.text.normalize import fold


def explain(out: Console, report: Report, number: str, ruleset: Ruleset) -> bool:
    """Tell all that is known of the number as written (``244件``); False when the text does not hold it.

    Parameters: ``number`` with or without its unit; every place where it stands is shown.
    """
    wanted = "".join(fold(number).split())
    facts = [f for f in report.facts if wanted in fold(f.text) and _same_number(wanted, fold(f.text))]
    aside = [a for a in report.set_aside if wanted in fold(a.text)]
    for fact in facts:
        _fact(out, report, fact, ruleset)
    writer = TerminalReport(out, ruleset)
    for item in aside:
        before, after = (
            report.text[max(0, item.span[0] - 16) : item.span[0]],
            report.text[item.span[1] : item.span[1] + 16],
        )
        line = Text(f"{say(ruleset.lang, 'not_fact')}  ", style="bold")
        line.append(
            say(
                ruleset.lang,
                "set_aside_by",
                name=writer.reason(item.rule),
                id=item.rule,
                text=f"…{before}【{item.text}】{after}…".replace("\n", " "),
            )
        )
        out.print(line)
    return bool(facts or aside)


def _same_number(wanted: str, text: str) -> bool:
    at = text.find(wanted)
    digit_before = at > 0 and wanted[:1].isdigit() and text[at - 1].isdigit()
    after = at + len(wanted)
    return not digit_before and not (wanted[-1:].isdigit() and text[after : after + 1].isdigit())


def _fact(out: Console, report: Report, fact: Fact, ruleset: Ruleset) -> None:
    lang = ruleset.lang
    facts = {f.id: f for f in report.facts}
    out.print(Text(f"{say(lang, 'fact')} {fact.id}  {fact.text}", style="bold"))
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    low = "-∞" if fact.interval.low is None else f"{fact.interval.low:f}"
    high = "∞" if fact.interval.high is None else f"{fact.interval.high:f}"
    period = say(lang, "year_suffix").format(fact.period.year) if fact.period.year else say(lang, "several_years")
    rows = [
        (say(lang, "value"), f"{fact.value:f} {fact.unit}（{fact.kind}{'，' + fact.approx if fact.approx else ''}）"),
        (say(lang, "interval"), f"[{low}, {high}]"),
        (say(lang, "measure"), fact.measure),
        (say(lang, "indicator"), fact.indicator or "—"),
        (say(lang, "period"), period),
        (say(lang, "status"), say(lang, fact.status)),
        (say(lang, "section"), section_path(report, fact.section) or "—"),
        (say(lang, "evidence"), " ".join(report.text[fact.sentence[0] : fact.sentence[1]].split())),
    ]
    if fact.part_of:
        rows.append((say(lang, "part_of"), f"{facts[fact.part_of].measure}{facts[fact.part_of].text}"))
    used = [c for c in report.checks if fact.id in c.facts]
    rows += [(say(lang, "used_by"), f"{c.rule}  {say(lang, c.status)}  {c.formula or ''}") for c in used]
    for label, value in rows:
        table.add_row(label, Text(value))
    out.print(table)
    out.print()
