"""A page's characters, each with its box, in lines as they stand."""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import repeat
from math import pi

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout.boxes import on_one_line
from breakthrough_extract.readers.pdf.bare import address, loose_box, text_of, unicode_of
from breakthrough_extract.readers.pdf.frame import Frame

# What pdfium gives for a hyphen at a line's end, in place of the hyphen and the line break:
# U+0002 from FPDFText_GetUnicode, U+FFFE from FPDFText_GetText.
LINE_END_HYPHEN = re.compile("[\x02\ufffe]")
UNMAPPED = "\ufffd"  # a glyph whose font does not say which character it is
SIDEWAYS = 0.1  # radians by which a line can be off
GLYPH_GAP, WORD_SPACE = 0.1, 0.6  # in line heights: within a word at most; between two


def characters_of(
    textpage: pypdfium2.PdfTextPage, frame: Frame
) -> tuple[str, list[Box | None], list[int]]:
    """The page's text, and for each of its characters the box and pdfium's index."""
    count = max(pdfium.FPDFText_CountChars(textpage), 0)
    handle = address(textpage.raw)
    text = _text(handle, count)
    boxes = _boxes(handle, count, frame)
    for made in re.finditer("[\r\n]", text):  # pdfium's own line breaks stand nowhere
        boxes[made.start()] = None
    codes = list(range(count))
    turn = partial(pdfium.FPDFText_GetCharAngle, textpage)
    text = _on_one_line(text, boxes, codes, turn)
    # A surrogate pair given as two characters would not survive encoding: join it.
    for pair in reversed(list(re.finditer("[\ud800-\udbff][\udc00-\udfff]", text))):
        at = pair.start()
        joined = pair.group().encode("utf-16", "surrogatepass").decode("utf-16")
        text = text[:at] + joined + text[at + 2 :]
        del boxes[at + 1], codes[at + 1]
    text = re.sub("[\ud800-\udfff]", UNMAPPED, text)
    for hyphen in reversed(list(LINE_END_HYPHEN.finditer(text))):
        boxes.insert(hyphen.end(), None)
        codes.insert(hyphen.end(), -1)
    return LINE_END_HYPHEN.sub("-\n", text), boxes, codes


def _text(handle: int, count: int) -> str:
    """The page's `count` characters."""
    units = ctypes.create_string_buffer(4 * (count + 1))  # UTF-16: two bytes each, or four
    written = text_of(handle, 0, count, units) - 1  # the last is a zero
    text = units.raw[: 2 * max(written, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) != count:  # it leaves out those that are no text: ask for each
        text = "".join(map(chr, map(unicode_of, repeat(handle), range(count))))
    return text.replace("\0", UNMAPPED)


def _boxes(handle: int, count: int, frame: Frame) -> list[Box | None]:
    """The box of each of the `count` characters."""
    rects = np.zeros((count, 4), np.float32)  # FS_RECTF: left, top, right, bottom
    places = range(rects.ctypes.data, rects.ctypes.data + rects.nbytes, 4 * rects.itemsize)
    deque(map(loose_box, repeat(handle), range(count), places), 0)
    lefts, tops, rights, bottoms = rects.astype(np.float64).T
    sides = frame.sides(lefts, bottoms, rights, tops)
    rows = zip(*(side.tolist() for side in sides), strict=True)
    return list(map(partial(tuple.__new__, Box), rows))  # a third of the time of Box(…)


def _on_one_line(
    text: str, boxes: list[Box | None], codes: list[int], turn: Callable[[int], float]
) -> str:
    """The text without breaks in the middle of lines; `boxes` and `codes` are kept in step.

    On a page of few words pdfium can take lines for columns, and break between the letters;
    so it does within lines set sideways. `turn` gives the angle of a character in radians.
    """
    parts: list[str] = []
    kept: list[int] = []  # indices into `text`
    at = 0
    for made in re.finditer("[\r\n]+", text):
        start, end = made.span()
        if not start or end == len(text):
            continue
        before, after = boxes[start - 1], boxes[end]
        if before is None or after is None:
            continue
        if stacked(before, after):
            before, after = (_laid(box, turn(codes[end])) for box in (before, after))
        gap = _gap(before, after)
        if gap is None or gap > WORD_SPACE:
            continue
        parts.append(text[at:start] + (" " if gap > GLYPH_GAP else ""))
        kept += range(at, start + (gap > GLYPH_GAP))
        at = end
    if not parts:
        return text
    kept += range(at, len(text))
    boxes[:] = [boxes[n] for n in kept]
    codes[:] = [codes[n] for n in kept]
    return "".join(parts) + text[at:]


def _gap(before: Box, after: Box) -> float | None:
    """The white between two characters in line heights; None if they stand on two lines."""
    if after.x0 < before.x0 or not on_one_line(before, after):
        return None
    return (after.x0 - before.x1) / max(before.bottom - before.top, after.bottom - after.top)


def stacked(before: Box, after: Box) -> bool:
    """Whether one character stands right above or below the other."""
    common = min(before.x1, after.x1) - max(before.x0, after.x0)
    apart = max(before.top, after.top) - min(before.bottom, after.bottom)
    width = min(before.x1 - before.x0, after.x1 - after.x0)
    return common > 0.5 * width and apart < WORD_SPACE * (after.x1 - after.x0)


def _laid(box: Box, turn: float) -> Box:
    """The box as it would be if the line that it is in were not set sideways."""
    if abs(turn - 3 * pi / 2) < SIDEWAYS:  # clockwise: read upwards
        return Box(-box.bottom, box.x0, -box.top, box.x1)
    if abs(turn - pi / 2) < SIDEWAYS:
        return Box(box.top, -box.x1, box.bottom, -box.x0)
    return box
