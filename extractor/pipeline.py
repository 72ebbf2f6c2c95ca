"""The whole flow on one screen: a document in, a report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from extractor import comparisons
from extractor.checks import Frame, checks
from extractor.facts import facts
from extractor.facts.place import placed
from extractor.indicators import indicators
from extractor.mentions import mentions
from extractor.mentions.scan import NO_UNIT
from extractor.model import BlockInfo, Coverage, Document, Limits, Report
from extractor.model.comparison import Comparison
from extractor.readers import read
from extractor.relations import relations
from extractor.rules import Ruleset
from extractor.sections import sections

SCHEMA_VERSION = "1.0"


def extract_file(
    path: str | Path, ruleset: Ruleset | None = None, limits: Limits | None = None, isolated: bool = True
) -> Report:
    """Read one file (see ``readers.read``) and extract it. Raises ``ReadError`` when the file cannot be read."""
    return extract(read(path, limits, isolated), ruleset)


def extract(document: Document, ruleset: Ruleset | None = None, progress: Callable[[str], None] | None = None) -> Report:
    """Everything gouji knows of one document.

    Parameters: ``document`` as a reader made it; ``ruleset`` the patterns in force (the built-in ones by default);
    ``progress`` is called with the name of each stage as it begins.
    Returns the report of the JSON contract: the same input and the same patterns give the same bytes.
    """
    from extractor import __version__

    ruleset, tell = ruleset or Ruleset(), progress or (lambda stage: None)
    tell("sections")
    outline = sections(document, ruleset)
    tell("mentions")
    found, aside = mentions(document, outline, ruleset)
    tell("facts")
    said, lists = facts(found, outline, ruleset)
    said = placed(indicators(said, outline, ruleset), document)
    tell("relations")
    bound = relations(said, lists, outline, ruleset)
    tell("checks")
    frame = Frame(document, outline, said, bound, ruleset)
    verdicts = checks(frame)
    unread = tuple(a for a in aside if a.rule == NO_UNIT)
    reasons = Counter(a.rule for a in aside if a.rule != NO_UNIT)
    in_checks = {f for c in verdicts for f in c.facts}
    return Report(
        schema_version=SCHEMA_VERSION,
        generator={"name": "gouji", "version": __version__, "patterns": ruleset.digest},
        source=document.source,
        report=outline.report,
        text=document.text,
        sections=outline.sections,
        tables=outline.tables,
        facts=said,
        relations=bound,
        checks=verdicts,
        set_aside=aside,
        coverage=Coverage(
            numbers=len(said) + len(aside),
            facts=len(said),
            set_aside=dict(sorted(reasons.items())),
            checked=len(in_checks),
            unread=unread,
        ),
        diagnostics=(*document.diagnostics, *outline.diagnostics),
        blocks=tuple(
            BlockInfo(kind=type(b).__name__.lower(), span=b.span, page=b.page, box=b.box, number=b.number)
            for b in document.blocks
        ),
    )


def compare(last: Report, this: Report, ruleset: Ruleset | None = None, *, force: bool = False) -> Comparison:
    """This year's report held against last year's (see ``extractor.comparisons.compare``)."""
    return comparisons.compare(last, this, ruleset or Ruleset(), force=force)
