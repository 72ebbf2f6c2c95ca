"""Why a number is a fact, or why it is none."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from extractor.model import Fact, Report
from extractor.output.evidence import section_path
from extractor.output.layout import line, listing
from extractor.output.messages import known, say
from extractor.output.places import place
from extractor.output.view import kind_name, reason
from extractor.rules import Ruleset
from extractor.text.normalize import tight


def explain(out: Console, report: Report, number: str, ruleset: Ruleset) -> bool:
    """Tell all that is known of the number as written (``244件``); False when the text does not hold it.

    Parameters: ``number`` with or without its unit; every place where it stands is shown.
    """
    wanted = tight(number)
    facts = [f for f in report.facts if _same_number(wanted, tight(f.text))]
    aside = [a for a in report.set_aside if _same_number(wanted, tight(a.text))]
    for fact in facts:
        _fact(out, report, fact, ruleset)
    for item in aside:
        before, after = (
            report.text[max(0, item.span[0] - 16) : item.span[0]],
            report.text[item.span[1] : item.span[1] + 16],
        )
        place = " ".join(f"…{before}【{item.text}】{after}…".split())
        words = say(ruleset.lang, "set_aside_by", name=reason(ruleset, item.rule), id=item.rule, text=place)
        listing(out, [(Text(say(ruleset.lang, "not_fact"), style="bold"), Text(words))])
    return bool(facts or aside)


def _same_number(wanted: str, text: str) -> bool:
    """Whether the number stands in ``text`` whole: 54件 is not in 254件."""
    at = text.find(wanted)
    before, after = text[:at], text[at + len(wanted) :]
    cut = (wanted[:1].isdigit() and before[-1:].isdigit()) or (wanted[-1:].isdigit() and after[:1].isdigit())
    return at >= 0 and not cut


def _fact(out: Console, report: Report, fact: Fact, ruleset: Ruleset) -> None:
    lang = ruleset.lang
    facts = {f.id: f for f in report.facts}
    line(out, Text(f"{say(lang, 'fact')} {fact.id}  {fact.text}", style="bold"))
    period = say(lang, "year_suffix").format(fact.period.year) if fact.period.year else say(lang, "several_years")
    rows = [
        (say(lang, "value"), f"{fact.value:f} {fact.unit}（{kind_name(fact, lang)}）"),
        (say(lang, "interval"), str(fact.interval)),
        (say(lang, "measure"), fact.measure),
        (say(lang, "indicator"), _indicator(fact, ruleset)),
        (say(lang, "period"), period),
        (say(lang, "status"), say(lang, fact.status)),
        (say(lang, "section"), section_path(report, fact.section) or "—"),
        (say(lang, "place"), place(report, fact, lang)),
        (say(lang, "evidence"), " ".join(report.text[fact.sentence[0] : fact.sentence[1]].split())),
    ]
    if fact.scope:
        rows.append((say(lang, "scope"), fact.scope))
    if fact.dimension:
        rows.append((say(lang, "dimension"), say(lang, "comma").join(fact.dimension.values())))
    if fact.part_of:
        rows.append((say(lang, "part_of"), f"{facts[fact.part_of].measure}{facts[fact.part_of].text}"))
    for relation in report.relations:
        if fact.id in (relation.whole, *relation.parts):
            others = say(lang, "comma").join(
                f"{facts[i].measure}{facts[i].text}" for i in (relation.whole, *relation.parts) if i != fact.id
            )
            name = say(lang, f"relation_{relation.type}") if known(f"relation_{relation.type}") else relation.type
            rows.append((say(lang, "bound_to"), f"{name}（{relation.basis}）  {others}"))
    used = [c for c in report.checks if fact.id in c.facts]
    rows += [(say(lang, "used_by"), f"{c.rule}  {say(lang, c.status)}  {c.formula or ''}") for c in used]
    listing(out, [(Text(label, style="dim"), Text(value)) for label, value in rows])
    out.print()


def _indicator(fact: Fact, ruleset: Ruleset) -> str:
    """The indicator of a fact with its name in the catalogue."""
    known_one = ruleset.indicators.get(fact.indicator or "")
    if known_one is None:
        return fact.indicator or "—"
    return f"{known_one.id}  {known_one.name if ruleset.lang == 'zh' else known_one.name_en}"
