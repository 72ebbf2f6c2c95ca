"""The errors a caller can meet. Each names the file, the place and the way out."""

from __future__ import annotations

import errno

_WHY = {
    errno.ENOENT: ("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EACCES: ("没有权限，或正被其他程序占用", "no permission, or another program holds it"),
    errno.EPERM: ("没有权限", "no permission"),
    errno.EROFS: ("那里只能读，不能写", "that place can only be read"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EISDIR: ("它是一个文件夹", "it is a folder"),
    errno.ENOTDIR: ("路径中间有一段是文件，不是文件夹", "a part of the path is a file, no folder"),
    errno.EEXIST: ("已有同名的文件", "there is a file of that name"),
    errno.ENAMETOOLONG: ("文件名或路径太长", "the name or the path is too long"),
    errno.EMFILE: ("同时打开的文件太多", "too many open files"),
    errno.ELOOP: ("链接绕成了圈", "a link that leads back to itself"),
    errno.EIO: ("磁盘读写出错", "the disk cannot be read or written"),
}


def why(error: OSError, lang: str = "zh") -> str:
    """What the system says was wrong, in the reader's language where it is one of the usual things."""
    told = _WHY.get(error.errno or 0)
    return told[0 if lang == "zh" else 1] if told else str(error.strerror or error)


class GoujiError(Exception):
    """Base of every error that gouji raises on purpose."""


class ReadError(GoujiError):
    """A file could not be read as a report.

    Parameters: ``path`` the file as the caller named it, ``reason`` what is wrong, ``remedy`` what to do about it.
    """

    def __init__(self, path: str, reason: str, remedy: str = "") -> None:
        self.path, self.reason, self.remedy = path, reason, remedy
        super().__init__(f"{path}: {reason}" + (f" {remedy}" if remedy else ""))


class NotAReport(ReadError):
    """A file that is no report and never was meant to be: what gouji itself wrote, data of other programs."""


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
