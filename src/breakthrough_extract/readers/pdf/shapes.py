"""What is drawn on a page: lines, areas, spots."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from breakthrough_extract.document import Box
from breakthrough_extract.readers.pdf.bare import address, kind_of, object_in_form, object_on_page
from breakthrough_extract.readers.pdf.frame import Frame
from breakthrough_extract.readers.pdf.nouns import Load, Shapes

MAX_RULE = 3.0  # points; a thinner shape is a line, a thicker one an area
MAX_MARK = 7.0  # points; a filled shape no larger than this can be a drawn bullet
MAX_SHAPES = 20_000  # a page; more is a drawing, which says nothing about the text's regions
MAX_DEPTH = 8  # form XObjects within form XObjects
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def shapes_of(page: pypdfium2.PdfPage, frame: Frame, load: Load) -> Shapes:
    """The lines, areas and bullet-sized marks drawn on the page."""
    rules: list[Box] = []
    areas: list[Box] = []
    marks: list[Box] = []
    for count, (box, filled) in enumerate(_subpaths(page, frame, load)):
        if count >= MAX_SHAPES:
            break
        width, height = box.x1 - box.x0, box.bottom - box.top
        if filled and max(width, height) <= MAX_MARK and min(width, height) > 1.0:
            marks.append(box)
        elif min(width, height) <= MAX_RULE:
            rules.append(box)
        else:
            areas.append(box)
    return Shapes(tuple(rules), tuple(areas), tuple(marks))


def _subpaths(page: pypdfium2.PdfPage, frame: Frame, load: Load) -> Iterator[tuple[Box, bool]]:
    """The box of each visible subpath, and whether it is filled."""
    count = max(pdfium.FPDFPage_CountObjects(page), 0)
    things = map(object_on_page, repeat(address(page.raw)), range(count))
    for thing, matrix in _paths(things, IDENTITY, 0, load):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        if not fill.value and not stroke.value:
            continue  # a clipping path
        whole = _multiply(_matrix(thing), matrix)
        for points in _subpath_points(thing):
            spots = [_apply(whole, x, y) for x, y in points]
            xs, ys = [x for x, _ in spots], [y for _, y in spots]
            yield frame.box(min(xs), min(ys), max(xs), max(ys)), bool(fill.value)


def _paths(
    things: Iterable[int], matrix: Matrix, depth: int, load: Load
) -> Iterator[tuple[Any, Matrix]]:
    """The path objects among those of a page or form, with the matrix that they are drawn under."""
    for place in things:
        kind = kind_of(place)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        thing = ctypes.cast(place, pdfium.FPDF_PAGEOBJECT)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield thing, matrix
        elif depth < MAX_DEPTH:
            count = max(pdfium.FPDFFormObj_CountObjects(thing), 0)
            load.add(count)
            inner = map(object_in_form, repeat(place), range(count))
            yield from _paths(inner, _multiply(_matrix(thing), matrix), depth + 1, load)


def _matrix(thing: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n,
        a * m + b * o,
        c * k + d * n,
        c * m + d * o,
        e * k + f * n + p,
        e * m + f * o + q,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _subpath_points(path: Any) -> Iterator[list[tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(pdfium.FPDFPath_CountSegments(path), 0)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    if len(points) > 1:
        yield points
