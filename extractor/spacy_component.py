"""gouji as a component of a spaCy pipeline: ``nlp.add_pipe("gouji")`` (found through the entry point ``spacy_factories``).

A document then has ``doc.spans["gouji_facts"]`` (one span per number, its label the kind of number, ``span.id_`` the id of
the fact, ``span._.gouji_fact`` the fact), and ``doc._.gouji_report``, the whole report of the JSON contract. Both survive
``DocBin(store_user_data=True)``, ``doc.to_bytes()`` and ``nlp.pipe(n_process=2)``.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> component = nlp.add_pipe("gouji")
>>> doc = nlp("青禾镇2023年度法治政府建设工作报告\\n一、工作情况\\n受理纠纷60件，调处57件，调处率59%。\\n")
>>> [(span.text, span.label_, span._.gouji_fact.value) for span in doc.spans["gouji_facts"]]
[('60件', 'count', Decimal('60')), ('57件', 'count', Decimal('57')), ('59%', 'percentage', Decimal('59'))]
>>> [check.formula for check in doc._.gouji_report.checks if check.status == "fail"]
['57 ÷ 60 = 95% ≠ 59%']
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.model import Fact, Report
from extractor.output.json import encode
from extractor.pipeline import extract
from extractor.readers.text import document
from extractor.rules import Ruleset

KEY, SPANS = "gouji_report", "gouji_facts"
_AHEAD, _FAR = 6, 200
COLOURS = {
    "count": "#cfe3f7", "percentage": "#fbe3b5", "points": "#fbd5b5", "amount": "#d3efd7", "quantity": "#e6dcf5",
    "frequency": "#d6eeee", "multiple": "#f5dce8", "nil": "#e4e4e4", "rank": "#eeeacb", "threshold": "#e9d9cf",
}  # fmt: skip


class Gouji:
    """The component. Parameters: ``lang`` of messages (zh, en); ``patterns`` further pattern folders; ``spans_key``."""

    def __init__(self, lang: str = "zh", patterns: tuple[str, ...] = (), spans_key: str = SPANS) -> None:
        self._given = (lang, tuple(patterns), spans_key)
        self._ruleset = Ruleset([Path(p) for p in patterns], lang)

    def __call__(self, doc: Doc) -> Doc:
        """Extract one document; its text is taken as a report as it stands."""
        report = extract(document("doc", doc.text), self._ruleset)
        doc.user_data[KEY] = encode(report)
        place = _places(report.text, doc.text)
        spans = []
        for fact in report.facts:
            start, end = place[fact.span[0]], place[fact.span[1] - 1] + 1
            span = doc.char_span(start, end, label=fact.kind, span_id=fact.id, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[self._given[2]] = spans
        return doc

    def __reduce__(self) -> tuple[Callable[..., Gouji], tuple[Any, ...]]:
        """Sent to other processes as what it was made from; patterns are read there."""
        return Gouji, self._given


@Language.factory("gouji", default_config={"lang": "zh", "patterns": [], "spans_key": SPANS}, assigns=["doc.spans"])
def create(nlp: Language, name: str, lang: str, patterns: list[str], spans_key: str) -> Gouji:
    """The component for a pipeline (``nlp.add_pipe("gouji", config={"patterns": ["my-patterns"]})``)."""
    return Gouji(lang, tuple(patterns), spans_key)


def view(doc: Doc, spans_key: str = SPANS, *, page: bool = True) -> str:
    """The text of a document with its numbers marked, as HTML in the manner of displaCy (nothing is fetched).

    Parameters: ``page`` for a whole page, or only the text to be put into one.
    """
    options = {"spans_key": spans_key, "colors": COLOURS}
    return str(displacy.render(doc, style="span", options=options, page=page, jupyter=False))


def _places(canonical: str, text: str) -> list[int]:
    """Where each character of the canonical text stands in ``text``, which has white space, page numbers and lines of tables
    besides. White space of the canonical text stands where the character before it does."""
    kept = [i for i, char in enumerate(text) if not char.isspace()]
    written = "".join(text[i] for i in kept)
    wanted = "".join(canonical.split())
    found: list[int] = []
    at = done = 0
    for char in canonical:
        if not char.isspace():
            ahead = wanted[done : done + _AHEAD]
            if not written.startswith(ahead, at):
                near = written.find(ahead, at, at + _FAR)
                at = near if near >= 0 else max(written.find(char, at, at + _FAR), at)
            at, done = at + 1, done + 1
        found.append(kept[min(max(at - 1, 0), len(kept) - 1)])
    return found


def _report(doc: Doc) -> Report | None:
    """The report of a document that went through the component; None for another."""
    data = doc.user_data.get(KEY)
    return None if data is None else msgspec.json.decode(data, type=Report)


def _fact(span: Span) -> Fact | None:
    report = _report(span.doc)
    return next((f for f in report.facts if f.id == span.id_), None) if report else None


Doc.set_extension(KEY, getter=_report, force=True)
Span.set_extension("gouji_fact", getter=_fact, force=True)
