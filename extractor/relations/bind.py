"""How facts are bound to a relation, and the bases that several readers share."""

from __future__ import annotations

from extractor.model import Fact, Relation

ONE = "同一指标"  # words say that one thing is told twice
REFERRED = "所指"  # the second figure points back at the first


def bind(type_: str, basis: str, whole: Fact, *parts: Fact, closed: bool | None = None) -> Relation:
    """A relation of ``whole`` with its ``parts`` (see ``Relation``); it gets its id when all are found."""
    return Relation(id="", type=type_, whole=whole.id, parts=tuple(p.id for p in parts), basis=basis, closed=closed)
