"""The errors a caller can meet. Each names the file, the place and the way out."""

from __future__ import annotations


class GoujiError(Exception):
    """Base of every error that gouji raises on purpose."""


class ReadError(GoujiError):
    """A file could not be read as a report.

    Parameters: ``path`` the file as the caller named it, ``reason`` what is wrong, ``remedy`` what to do about it.
    """

    def __init__(self, path: str, reason: str, remedy: str = "") -> None:
        self.path, self.reason, self.remedy = path, reason, remedy
        super().__init__(f"{path}: {reason}" + (f" {remedy}" if remedy else ""))


class PatternError(GoujiError):
    """A pattern file is wrong. ``line`` is 1-based, ``key`` the dotted place inside the file."""

    def __init__(self, path: str, line: int | None, key: str, reason: str) -> None:
        self.path, self.line, self.key, self.reason = path, line, key, reason
        place = f"{path}:{line}" if line else path
        super().__init__(f"{place}: {key}: {reason}" if key else f"{place}: {reason}")


class ComparisonError(GoujiError):
    """Two reports that should not be put side by side. ``reasons`` says why, each in a sentence."""

    def __init__(self, last: str, this: str, reasons: list[str]) -> None:
        self.last, self.this, self.reasons = last, this, reasons
        super().__init__(f"{last}、{this}：" + " ".join(reasons))
