"""What a file is told that passes one of the bounds of ``model.Limits``."""

from __future__ import annotations

from extractor.errors import ReadError
from extractor.model import Limits


def passed(limits: Limits, name: str, key: str, what: str) -> ReadError:
    """The error for a file that passes a bound.

    Parameters: ``limits`` in force; ``name`` of the file; ``key`` of the bound; ``what`` the file has, as words.
    """
    return ReadError(
        name,
        f"{what}，超过上限（{getattr(limits, key)}）。",
        f"请拆分后再读；确需读取，可在 gouji.toml 的 [limits] 里调大 {key}。",
    )
