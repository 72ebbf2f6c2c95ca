"""Where facts stand in files that have pages: page, place on the page, and how well the text there was recognised."""

from __future__ import annotations

from msgspec.structs import replace

from extractor.model import Document, Fact


def placed(facts: tuple[Fact, ...], document: Document) -> tuple[Fact, ...]:
    """The facts with the page that each number stands on, the box of its line or cell, and its confidence.

    A number that was broken over two lines has the box of its first line and the lower confidence. Facts of a document
    without pages stay as they are.
    """
    if not document.page_starts:
        return facts
    return tuple(_placed(fact, document) for fact in facts)


def _placed(fact: Fact, document: Document) -> Fact:
    places = document.places_of(*fact.span)
    doubts = [p.confidence for p in places if p.confidence is not None]
    return replace(
        fact,
        page=document.page_at(fact.span[0]),
        box=places[0].box if places else None,
        confidence=min(doubts) if doubts else fact.confidence,
    )
