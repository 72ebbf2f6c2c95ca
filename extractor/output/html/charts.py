"""Small pictures as inline SVG (svg.py): bars of stacked parts on one scale. Colours come from the page's style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

import svg
from markupsafe import Markup, escape

from extractor.model import Fact

WIDTH, ROW, LABEL, VALUE, BAR = Decimal(440), 24, Decimal(96), Decimal(84), 14
COLOURS = 8


class Part(NamedTuple):
    """A piece of a bar: its length, what it says when pointed at, and its style class."""

    value: Decimal
    title: str
    style: str


class Bar(NamedTuple):
    """One row: a label before it, its pieces, and the value written after it."""

    label: str
    parts: Sequence[Part]
    value: str


def bars(rows: Sequence[Bar], description: str) -> Markup:
    """Rows of stacked bars on a common scale that starts at zero; empty where there is nothing to draw.

    Parameters: ``description`` is read to those who do not see the picture.
    """
    longest = max((sum((p.value for p in r.parts), Decimal(0)) for r in rows), default=Decimal(0))
    if longest <= 0 or any(p.value < 0 for r in rows for p in r.parts):
        return Markup("")
    scale = (WIDTH - LABEL - VALUE) / longest
    elements: list[svg.Element] = []
    for n, row in enumerate(rows):
        top, at = n * ROW + (ROW - BAR) // 2, LABEL
        middle = top + BAR - 3
        elements.append(_titled(row.label, _text(LABEL - 6, middle, _short(row.label), "end")))
        for part in row.parts:
            width = (part.value * scale).quantize(Decimal("0.01"))
            rect = svg.Rect(x=at, y=top, width=width, height=BAR, class_=["bar", part.style])
            elements.append(_titled(part.title, rect))
            at += width
        elements.append(_text(at + 6, middle, row.value, "start"))
    view = svg.ViewBoxSpec(0, 0, WIDTH, len(rows) * ROW)
    described = {"role": "img", "aria-label": str(escape(description))}
    return Markup(svg.SVG(viewBox=view, class_=["chart"], extra=described, elements=elements).as_str())


def breakdown(whole: Fact, parts: Sequence[Fact], description: str, together: str) -> Markup:
    """A whole above its parts; what is missing or too much shows as the difference in length."""
    total = sum((p.value for p in parts), Decimal(0))
    pieces = [Part(p.value, f"{p.measure} {p.text}", f"k{n % COLOURS}") for n, p in enumerate(parts)]
    return bars(
        [
            Bar(whole.measure, [Part(whole.value, f"{whole.measure} {whole.text}", "whole")], whole.text),
            Bar(together, pieces, f"{total:f}{whole.unit}"),
        ],
        description,
    )


def columns(values: Sequence[Decimal | None], titles: Sequence[str], description: str) -> Markup:
    """One upright bar per year, as high as its figure; a gap where there is none. The last one is marked as this year's."""
    known = [v for v in values if v is not None]
    if not known or min(known) < 0 or max(known) == 0:
        return Markup("")
    step, height = 16, 28
    elements: list[svg.Element] = []
    for n, (value, title) in enumerate(zip(values, titles, strict=True)):
        if value is None:
            continue
        tall = max((value / max(known) * height).quantize(Decimal("0.01")), Decimal(1))
        style = "this" if n == len(values) - 1 else "last"
        rect = svg.Rect(x=n * step, y=height - tall, width=step - 3, height=tall, class_=["bar", style])
        elements.append(_titled(title, rect))
    view = svg.ViewBoxSpec(0, 0, step * len(values), height)
    described = {"role": "img", "aria-label": str(escape(description))}
    return Markup(svg.SVG(viewBox=view, class_=["columns-chart"], extra=described, elements=elements).as_str())


def _text(x: Decimal, y: int, text: str, anchor: Literal["start", "end"]) -> svg.Text:
    return svg.Text(x=x, y=y, text=str(escape(text)), text_anchor=anchor)


def _titled(title: str, element: svg.Element) -> svg.Element:
    """An element that says ``title`` when it is pointed at (svg.py writes words as they are: they are escaped here)."""
    return svg.G(elements=[svg.Title(text=str(escape(title))), element])


def _short(text: str, longest: int = 7) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
