"""Names of files as text: a system may give bytes that are none (a name in GBK on a disk of UTF-8 names)."""

from __future__ import annotations

import ntpath
import sys

_LONG = 248  # characters; folders may have a few less than files


def shown(path: str) -> str:
    """A file name as it is shown: bytes that are no UTF-8 are read as GB18030 (Chinese Windows), else written as escapes."""
    raw = _raw(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def stored(path: str) -> str:
    """A path as text that no other path shares, whatever bytes it holds."""
    return _raw(path).decode("utf-8", "backslashreplace")


def opened(path: str, windows: bool = sys.platform == "win32") -> str:
    """A path as it must be opened: Windows takes more than 260 characters only in a form of its own, and spelled out whole."""
    whole = ntpath.abspath(path) if windows else path
    if not windows or len(whole) < _LONG or whole.startswith("\\\\?\\"):
        return path
    return "\\\\?\\UNC" + whole[1:] if whole.startswith("\\\\") else "\\\\?\\" + whole


def _raw(path: str) -> bytes:
    """A path as bytes, those that were no text as they were."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, which Windows allows
        return path.encode("utf-8", "surrogatepass")
