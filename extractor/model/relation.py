"""Which facts are bound to each other, and by which words of the report."""

from __future__ import annotations

from msgspec import Struct


class Relation(Struct, frozen=True, kw_only=True, gc=False):
    """Facts that an arithmetic rule binds.

    ``type``: ``sum`` (whole = parts), ``rate`` (whole = the percentage, parts = numerator, denominator),
    ``growth`` (whole = the change, parts = this value, last value), ``conflict`` (whole and parts say the same),
    ``bound`` (whole >= each part). ``basis`` is the wording or declared relation it rests on; ``closed`` whether a list
    claims to be complete (None: the words leave it open).
    """

    id: str
    type: str
    whole: str
    parts: tuple[str, ...]
    basis: str
    closed: bool | None = None
