"""The ruling lines of a PDF page: what is drawn as a line along an axis."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.model import Box
from extractor.readers.paged.strokes import THIN, Point, bar, sides

_DEPTH = 8
_MOST = 20000


def rulings(page: pdfium.PdfPage) -> Iterator[Box]:
    """Left, bottom, right, top of strokes along an axis, sides of frames, and filled bars too thin to be anything else.

    Shaded areas are no lines: text on a ground of colour is no table. At most 20,000 pieces of a page are looked at.
    """
    left = _MOST
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH):
        count = raw.FPDFPath_CountSegments(item)
        left -= max(count, 1)
        if left < 0:
            return
        if count < 2 or not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
            continue
        matrices = _matrices(item)
        if not matrices:
            x0, bottom, x1, top = item.get_bounds()
            if min(x1 - x0, top - bottom) <= THIN:
                yield x0, bottom, x1, top
                continue
            if not stroke.value and count <= 5:
                continue
        for points in _subpaths(item, count, [item.get_matrix(), *matrices]):
            yield from sides(points) if stroke.value else bar(points)


def _matrices(item: pdfium.PdfObject) -> list[pdfium.PdfMatrix]:
    """Of the forms an object stands in, from the inside out."""
    found = []
    holder = item.container
    while holder is not None:
        found.append(holder.get_matrix())
        holder = holder.container
    return found


def _subpaths(item: pdfium.PdfObject, count: int, matrices: list[pdfium.PdfMatrix]) -> Iterator[list[Point]]:
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            continue  # what is bent is no ruling line, and its ends join none
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        for matrix in matrices:
            point = matrix.on_point(*point)
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points
