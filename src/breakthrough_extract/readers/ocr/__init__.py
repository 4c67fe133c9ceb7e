"""Pictures of pages → words with boxes and confidence, by the optional extra `ocr`.

RapidOCR recognises; its models are in its package, so nothing is fetched. A page is first
turned upright, as a slope of one degree already mixes the lines of neighbouring columns. The
layout sees the upright words; the source's boxes are those on the page as it is.

    upright      the picture turned upright
    lines        what the engine found: lines and their words
    sizes        the size of their type, measured on the ink
    dashes       dashes named by their length
    rules        drawn lines
    pages        picture files as pages of a PDF
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout import Word
from breakthrough_extract.readers.ocr.dashes import with_dashes
from breakthrough_extract.readers.ocr.lines import Line, lines_of
from breakthrough_extract.readers.ocr.pages import as_pdf
from breakthrough_extract.readers.ocr.rules import rules_of
from breakthrough_extract.readers.ocr.sizes import ASCENT, DESCENT, even_sizes, with_size
from breakthrough_extract.readers.ocr.upright import Upright

__all__ = ["Recogniser", "Scan", "as_pdf", "even_sizes", "load"]

# One thread, so that the same picture gives the same words on each machine. The sides that
# lines are sought in are in pixels; they are then read at the full size.
SETTINGS = {
    "Global.log_level": "error",
    "Global.max_side_len": 10_000,
    "Global.use_cls": False,
    "Det.limit_type": "max",
    "Det.limit_side_len": 2000,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
FAINT = 176  # of 255; the ink of drawn lines and dashes, which may be grey


class Scan(NamedTuple):
    """What is read on one picture."""

    text: str  # words with blanks between them, lines with line breaks
    boxes: list[Box | None]  # one a character, in points on the picture as it is
    confidence: list[float]  # one a character, 0..1
    words: list[Word]  # on the picture turned upright
    rules: tuple[Box, ...] = ()  # drawn lines there, as thin boxes


def load() -> Recogniser | None:
    """What recognises text; None if the extra is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    return Recogniser(RapidOCR(params=SETTINGS))


@dataclass(frozen=True)
class Recogniser:
    """Reads pictures."""

    engine: Any

    def read(self, picture: NDArray[np.uint8], scale: float, start: int, page: int) -> Scan:
        """The text of a grey picture that has `scale` points a pixel.

        It will stand at `start` in the source's text, on the page of that number.
        """
        grey = Image.fromarray(picture.reshape(picture.shape[:2]))
        upright = Upright.of(grey)
        turned = upright.turn(grey)
        shades = np.asarray(turned)
        found = self.engine(np.asarray(turned.convert("RGB")), return_word_box=True)
        scan = Scan("", [], [], [])
        for line in lines_of(found):
            measured = with_dashes(with_size(line, shades), shades < FAINT)
            scan = _with_line(scan, measured, upright, scale, start, page)
        rules = tuple(_scaled(box, scale) for box in rules_of(shades < FAINT))
        return scan._replace(rules=rules)


def _with_line(
    scan: Scan, line: Line, upright: Upright, scale: float, start: int, page: int
) -> Scan:
    """`scan` and a further line."""
    text, boxes, confidence, words = scan[:4]
    size = line.size or line.height
    base = line.base or line.middle + (ASCENT - DESCENT) / 2 * size
    top, bottom = base - ASCENT * size, base + DESCENT * size
    for n, part in enumerate(line.parts):
        if text:
            text += " " if n else "\n"
            boxes.append(None)
            confidence.append(part.confidence)
        begin = start + len(text)
        each = (part.right - part.left) / len(part.text)
        for at in range(len(part.text)):
            left = part.left + at * each
            x, y = upright.back(left + each / 2, (top + bottom) / 2)
            half = each / 2, size / 2
            boxes.append(_scaled(Box(x - half[0], y - half[1], x + half[0], y + half[1]), scale))
            confidence.append(part.confidence)
        text += part.text
        box = _scaled(Box(part.left, top, part.right, bottom), scale)
        words.append(Word(part.text, begin, begin + len(part.text), box, size * scale, page=page))
    return scan._replace(text=text)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(side * scale for side in box))
