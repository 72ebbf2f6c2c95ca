"""What the styles of a Word document say of its paragraphs and characters (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from typing import Any

from extractor.readers.numbering import W, value_of, whole

_OFF = ("0", "false", "off", "none")


def style_hints(styles: Any) -> dict[str, str]:
    """Paragraph style -> what it is for: title, heading, contents (through the styles it is based on)."""
    hints: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in styles.iterchildren(f"{W}style") if styles is not None else ():
        known, name = style.get(f"{W}styleId") or "", (value_of(style, "name") or "").lower()
        outline = whole(value_of(found, "outlineLvl")) if (found := style.find(f"{W}pPr")) is not None else None
        if re.match(r"(?:toc|目录) ?\d|toc heading", name):
            hints[known] = "contents"
        elif name in ("title", "标题"):
            hints[known] = "title"
        elif re.match(r"(?:heading|标题) ?\d", name) or (outline is not None and outline < 9):
            hints[known] = "heading"
        if (parent := value_of(style, "basedOn")) is not None:
            based[known] = parent
    for style in based:
        seen, at = {style}, based[style]
        while at not in hints and at in based and at not in seen:
            seen.add(at)
            at = based[at]
        if style not in hints and at in hints:
            hints[style] = hints[at]
    return hints


def hidden_styles(styles: Any) -> frozenset[str | None]:
    """The character styles that hide their text."""
    found = styles.iterchildren(f"{W}style") if styles is not None else ()
    return frozenset(s.get(f"{W}styleId") for s in found if on(s.find(f"{W}rPr/{W}vanish")))


def on(element: Any) -> bool:
    """Whether a switch (``w:vanish``, ``w:strike``) is there and not turned off."""
    return element is not None and element.get(f"{W}val") not in _OFF
