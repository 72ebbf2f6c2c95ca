"""How much of anything one file may take: the bounds that keep a hostile or broken file from stopping a batch."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

_Positive = Annotated[int, Meta(ge=1)]


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bounds for one file (``[limits]`` in ``gouji.toml``).

    ``file_mb`` its size; ``seconds`` and ``memory_mb`` what reading it may take (held by a process of its own, see
    ``readers.isolate``); ``pages`` of a document. MB are 2**20 bytes.
    """

    file_mb: _Positive = 200
    seconds: _Positive = 300
    memory_mb: _Positive = 4096
    pages: _Positive = 3000
