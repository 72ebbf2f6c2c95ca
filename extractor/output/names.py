"""Names of files that every system takes, Windows included."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)
_LONGEST = 70
"""Characters: three bytes each in UTF-8 stay below the 255 of most systems, with room for an ending."""


def safe(stem: str) -> str:
    """A file name without its suffix, made of ``stem``: no character that some system refuses, no name of a device
    (``con``), no space or point at the end, and not too long."""
    name = _UNSAFE.sub("_", stem.encode("utf-8", "replace").decode()).strip()[:_LONGEST].rstrip(" .")
    return f"_{name}" if not name or _DEVICE.match(name) else name
