"""The same report must say the same whatever format it arrives in: facts and sections compared with those of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path

from extractor.model import Document, Fact, Report, Table
from extractor.pipeline import extract
from extractor.readers import read, read_bytes
from extractor.rules import Ruleset
from tests.conftest import CORPUS, SHARED, reports_of

Writer = Callable[[Document], bytes]


def reports() -> list[Path]:
    """The corpus, and the reports beside the project where they are."""
    folders = [CORPUS / "develop", CORPUS / "holdout"] + ([SHARED / "dev"] if SHARED.is_dir() else [])
    return [p for folder in folders for p in reports_of(folder)]


def fact_key(fact: Fact) -> Hashable:
    """What a fact says, without where it stands."""
    return (
        "".join(fact.text.split()), fact.kind, fact.value, fact.unit, fact.measure, fact.indicator,
        fact.period.year, fact.status, fact.approx, fact.cell is None,
    )  # fmt: skip


def compare(original: Path, writer: Writer, name: str, ruleset: Ruleset) -> tuple[Counter[str], list[str]]:
    """How many facts and sections there are and how many are the same, and what differs.

    Parameters: ``original`` the text; ``writer`` makes the file called ``name`` of its document.
    """
    document = read(original)
    expected = extract(document, ruleset)
    found = extract(read_bytes(name, writer(document)), ruleset)
    counts: Counter[str] = Counter()
    differences: list[str] = []
    for kind, keys in (("facts", _facts), ("sections", _sections)):
        a, b = Counter(keys(expected)), Counter(keys(found))
        counts[kind] += max(a.total(), b.total())
        counts[f"same {kind}"] += (a & b).total()
        differences += [f"{original.name}: only in the text: {x}" for x in a - b]
        differences += [f"{original.name}: only in {name}: {x}" for x in b - a]
    return counts, differences


def _facts(report: Report) -> Iterable[Hashable]:
    return map(fact_key, report.facts)


def _sections(report: Report) -> Iterable[Hashable]:
    return ((s.level, s.number, s.inferred, "".join(s.title.split())) for s in report.sections)


def parity(writer: Writer, name: str, ruleset: Ruleset, originals: Iterable[Path] | None = None) -> tuple[float, str]:
    """The smaller share of the same facts and sections over all reports, and a list of what differs."""
    total: Counter[str] = Counter()
    differences: list[str] = []
    for original in reports() if originals is None else originals:
        counts, different = compare(original, writer, name, ruleset)
        total += counts
        differences += different
    share = min(total["same facts"] / total["facts"], total["same sections"] / total["sections"])
    return share, f"{dict(total)}\n" + "\n".join(differences)


def texts(document: Document) -> list[str | Table]:
    """The paragraphs of a document as strings, and its tables."""
    return [b if isinstance(b, Table) else document.text[b.span[0] : b.span[1]] for b in document.blocks]
