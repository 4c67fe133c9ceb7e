"""Pictures of pages → words with boxes and confidence, by the optional extra `ocr`.

RapidOCR recognises; its models are in its package, so nothing is fetched. A page is first
turned upright, as a slope of one degree already mixes the lines of neighbouring columns. The
layout sees the upright words; the source's boxes are those on the page as it is.
"""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageSequence, UnidentifiedImageError

from breakthrough_extract.document import Box
from breakthrough_extract.readers.errors import ReadError
from breakthrough_extract.readers.guard import UNNAMED, Guard
from breakthrough_extract.readers.layout import BULLETS, Sheet, Word

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
USUAL_DPI, LEAST_DPI = 200, 120  # of scans
STEEPEST = 0.06  # slopes sought: up to 3.4 degrees
SLOPES = ((STEEPEST, 0.001), (0.001, 0.0002))  # how far around the best one so far; the step
LEVEL_ENOUGH = 0.0004  # a slope of a pixel in 2,500
DARK, FAINT = 128, 176  # of 255; the ink of letters, the ink of lines, which may be grey
# The height of letters as ink shows it, of the type size: small letters, capitals. Rows of
# pixels with at least this share of the blackest row's ink belong to it.
SMALL, CAPITAL, CORE = 0.52, 0.66, 0.5
LINE_SLACK = 1.05  # of the height of the engine's box; no type is larger
ASCENT, DESCENT = 0.8, 0.2  # of the type size, around the base line
PAPER = 40  # shades lighter than paper by no more than this are no ink
SIZE_STEP = 1.08  # sizes closer than its root are taken for one; measured, they vary by 0.02
RULE_LENGTH, RULE_WIDTH = 120, 10  # pixels; a shorter or thicker run of ink is no drawn line
RULE_INK = 0.9  # share of a line's pixels that are dark
DASHES = "-–—"
DASH_LINE = 0.2  # of the type size; the ink of a dash is no thicker
EN_DASH, EM_DASH = 0.35, 0.78  # of the type size; a shorter one is a hyphen


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
        upright = _Upright.of(grey)
        turned = upright.turn(grey)
        shades = np.asarray(turned)
        found = self.engine(np.asarray(turned.convert("RGB")), return_word_box=True)
        scan = Scan("", [], [], [])
        for line in _lines(found):
            measured = _with_dashes(_with_size(line, shades), shades < FAINT)
            scan = _with_line(scan, measured, upright, scale, start, page)
        rules = tuple(_scaled(box, scale) for box in _rules(shades < FAINT))
        return scan._replace(rules=rules)


def as_pdf(name: str, data: bytes, guard: Guard = UNNAMED) -> bytes:
    """The pictures in the file `name`, each as a page of a PDF. Raises ReadError."""
    try:
        with _opened(data) as file:
            stated = float(file.info.get("dpi", (USUAL_DPI,))[0])
            guard.check("pixels", file.width * file.height)
            frames = [_on_white(frame) for frame in _frames(file, guard)]
    except ReadError:
        raise
    except Image.DecompressionBombError:
        raise guard.error("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        told = " ".join(str(error).split())
        raise ReadError(
            f"{name}: binary, a picture that cannot be decoded ({told}); convert it to PNG or PDF"
        ) from None
    out = io.BytesIO()
    # What screens state, or nobody, is no scanner's resolution.
    resolution = stated if stated >= LEAST_DPI else USUAL_DPI
    pages = frames[1:]
    frames[0].save(
        out, "PDF", resolution=resolution, save_all=True, append_images=pages, quality=95
    )
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # limits say it better
        return Image.open(io.BytesIO(data))


def _frames(file: Image.Image, guard: Guard) -> Iterator[Image.Image]:
    """The pictures in a file, each of a size that may be."""
    for number, frame in enumerate(ImageSequence.Iterator(file), 1):
        guard.check("pages", number)
        guard.check("pixels", frame.width * frame.height)
        yield frame


def _on_white(frame: Image.Image) -> Image.Image:
    """A grey copy; what is transparent is paper."""
    colours = frame.convert("RGBA")
    paper = Image.new("RGBA", colours.size, "white")
    return Image.alpha_composite(paper, colours).convert("L")


def even_sizes(sheets: Sequence[Sheet], scanned: set[int]) -> list[Sheet]:
    """The sheets; on those scanned, type of nearly one size is given one size."""
    sizes = [w.size for sheet in sheets if sheet.number in scanned for w in sheet.words]
    usual = median(sizes) if sizes else 1.0
    return [
        sheet._replace(words=tuple(_evened(word, usual) for word in sheet.words))
        if sheet.number in scanned
        else sheet
        for sheet in sheets
    ]


def _evened(word: Word, usual: float) -> Word:
    size = usual * SIZE_STEP ** round(math.log(word.size / usual, SIZE_STEP))
    base = word.box.bottom - DESCENT * word.size
    box = word.box._replace(top=base - ASCENT * size, bottom=base + DESCENT * size)
    return word._replace(size=size, box=box)


# ------------------------------------------------------------------ turning a page upright


class _Upright(NamedTuple):
    """How a picture of that size is turned about its middle."""

    angle: float  # radians, anticlockwise
    width: int
    height: int

    @staticmethod
    def of(grey: Image.Image) -> _Upright:
        slope = _slope(np.asarray(grey.reduce(2)) < DARK)
        angle = math.atan(slope) if abs(slope) > LEVEL_ENOUGH else 0.0
        return _Upright(angle, *grey.size)

    def turn(self, grey: Image.Image) -> Image.Image:
        if not self.angle:
            return grey
        degrees = math.degrees(self.angle)
        return grey.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the upright picture stands on the picture as it is."""
        dx, dy = x - self.width / 2, y - self.height / 2
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return self.width / 2 + dx * cos - dy * sin, self.height / 2 + dx * sin + dy * cos


def _slope(dark: NDArray[np.bool_]) -> float:
    """The slope along which lines of text are clearest: pixels down for each to the right."""
    down, right = np.nonzero(dark)
    if not len(down):
        return 0.0
    right = right - dark.shape[1] / 2

    def clearness(slope: float) -> float:
        rows = down - slope * right
        rows -= math.floor(rows.min())
        whole = rows.astype(np.int64)
        part = rows - whole  # a pixel between two rows counts for both
        counts = np.bincount(whole, 1 - part, whole.max() + 2)
        counts += np.bincount(whole + 1, part, len(counts))
        return float((np.diff(counts) ** 2).sum())

    best = 0.0
    for reach, step in SLOPES:
        count = round(reach / step)
        best = max((best + n * step for n in range(-count, count + 1)), key=clearness)
    return best


# ------------------------------------------------------------------ drawn lines


def _rules(dark: NDArray[np.bool_]) -> list[Box]:
    """The lines drawn across and down, in pixels."""
    across = _lines_across(dark)
    down = [Box(b.top, b.x0, b.bottom, b.x1) for b in _lines_across(dark.T)]
    return [*across, *down]


def _lines_across(dark: NDArray[np.bool_]) -> list[Box]:
    """The runs of nearly unbroken ink that are long and thin."""
    ink = dark.copy()  # with the rows beside: a line may still slope by a pixel or two
    ink[1:] |= dark[:-1]
    ink[:-1] |= dark[1:]
    if ink.shape[1] <= RULE_LENGTH:
        return []
    sums = np.zeros((ink.shape[0], ink.shape[1] + 1), np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:])
    solid = sums[:, RULE_LENGTH:] - sums[:, :-RULE_LENGTH] >= RULE_INK * RULE_LENGTH
    edges = np.diff(np.pad(solid, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    starts, ends = np.argwhere(edges > 0), np.argwhere(edges < 0)
    blank = round((1 - RULE_INK) * RULE_LENGTH)  # what the windows at the ends go too far
    found: list[Box] = []
    for (row, left), (_, right) in zip(starts.tolist(), ends.tolist(), strict=True):
        run = Box(left + blank, row, right - 1 + RULE_LENGTH - blank, row + 1)
        over = [box for box in found if _runs_on(box, run)]
        for box in over:
            found.remove(box)
        found.append(
            Box(
                min(box.x0 for box in (run, *over)),
                min(box.top for box in (run, *over)),
                max(box.x1 for box in (run, *over)),
                run.bottom,
            )
        )
    return [box for box in found if box.bottom - box.top <= RULE_WIDTH]


def _runs_on(box: Box, run: Box) -> bool:
    return run.top - box.bottom <= 1 and box.x0 <= run.x1 and run.x0 <= box.x1


# ------------------------------------------------------------------ what the engine found


# Bullets at its head and dashes at its end are no part of a word.
TOKEN = re.compile(rf"{BULLETS.pattern[1:-1]}(?=\S)|[^\s–—]+|[–—]")


class _Part(NamedTuple):
    """A word on the upright picture, in pixels."""

    text: str
    confidence: float
    left: float
    right: float


class _Line(NamedTuple):
    parts: list[_Part]
    middle: float  # y of the engine's box
    height: float  # of that box
    size: float = 0.0  # of the type; 0 if it cannot be measured
    base: float = 0.0  # y of the base line, if the size is known


def _lines(found: Any) -> Iterator[_Line]:
    """The lines that the engine found, in its order."""
    if found.boxes is None or not found.word_results:
        return
    for corners, words in zip(found.boxes, found.word_results, strict=True):
        left_top, right_top, right_bottom, left_bottom = corners
        height = float(left_bottom[1] + right_bottom[1] - left_top[1] - right_top[1]) / 2
        middle = float(sum(corner[1] for corner in corners)) / 4
        parts = [part for word in words for part in _parts(*word)]
        if parts and height > 0:
            yield _Line(parts, middle, height)


def _parts(text: str, confidence: float, corners: Any) -> Iterator[_Part]:
    """The words in what the engine calls one; a bullet or a dash at its edge is its own."""
    left, right = float(corners[0][0]), float(corners[1][0])
    each = (right - left) / max(len(text), 1)
    for found in TOKEN.finditer(text):
        spot = left + found.start() * each, left + found.end() * each
        yield _Part(found.group(), confidence, *spot)


def _with_size(line: _Line, shades: NDArray[np.uint8]) -> _Line:
    """The line with its type measured: the engine's boxes vary by a third."""
    top, bottom = round(line.middle - line.height / 2), round(line.middle + line.height / 2)
    left, right = round(line.parts[0].left), round(line.parts[-1].right)
    area = shades[max(top, 0) : bottom, max(left, 0) : right].astype(np.float32)
    if area.shape[0] < 3 or not area.shape[1]:
        return line
    rows = np.clip(np.median(area) - PAPER - area, 0, None).sum(axis=1)
    least = CORE * float(np.sort(rows)[-3])  # the third: a row or two may be a drawn line's
    core = np.nonzero(rows >= least)[0]
    if not least:
        return line
    high = _crossing(rows, int(core[0]), -1, least)
    low = _crossing(rows, int(core[-1]), 1, least)
    small = any(char.islower() for part in line.parts for char in part.text)
    size = (low - high) / (SMALL if small else CAPITAL)
    if not 0 < size <= LINE_SLACK * line.height:
        return line
    return line._replace(size=size, base=max(top, 0) + low)


def _crossing(rows: NDArray[np.float32], at: int, step: int, least: float) -> float:
    """Where, between row `at` and the next outwards, the ink falls to `least`."""
    beyond = at + step
    if not 0 <= beyond < len(rows):
        return float(at)
    inside, outside = float(rows[at]), float(rows[beyond])
    return at + step * (inside - least) / (inside - outside)


def _with_dashes(line: _Line, dark: NDArray[np.bool_]) -> _Line:
    """The line, each dash that stands free named by its length: engines mix them up."""
    parts = _with_loose_dashes(line, dark)
    for n, part in enumerate(parts):
        if part.text in DASHES:
            left = parts[n - 1].right if n else part.left
            right = parts[n + 1].left if n + 1 < len(parts) else part.right
            length = _dash_length(left, right, line, dark)
            size = line.size or line.height
            if length > EM_DASH * size:
                parts[n] = part._replace(text="—")
            elif length > EN_DASH * size:
                parts[n] = part._replace(text="–")
            elif length:
                parts[n] = part._replace(text="-")
    return line._replace(parts=parts)


def _with_loose_dashes(line: _Line, dark: NDArray[np.bool_]) -> list[_Part]:
    """The words, a dash that the engine stuck to the end of one set free."""
    out: list[_Part] = []
    for n, part in enumerate(line.parts):
        stuck = len(part.text) > 1 and part.text[-1] == "-" and n + 1 < len(line.parts)
        if not stuck:
            out.append(part)
            continue
        middle = part.right - (part.right - part.left) / len(part.text)
        size = line.size or line.height
        if _dash_length(middle, line.parts[n + 1].left, line, dark) > EN_DASH * size:
            out.append(part._replace(text=part.text[:-1], right=middle))
            out.append(part._replace(text="–", left=middle))
        else:
            out.append(part)
    return out


def _dash_length(left: float, right: float, line: _Line, dark: NDArray[np.bool_]) -> int:
    """How far the ink of the dash between two words goes, in pixels; 0 if it is not found."""
    slack = line.height / 2  # the engine's boxes of words are not exact
    top, bottom = round(line.middle - line.height / 2), round(line.middle + line.height / 2)
    ink = dark[max(top, 0) : bottom, max(round(left - slack), 0) : round(right + slack)]
    thin = ink.sum(axis=0)
    dash = (thin > 0) & (thin <= max(DASH_LINE * (line.size or line.height), 2))
    longest = run = 0
    for here in dash:
        run = run + 1 if here else 0
        longest = max(longest, run)
    return longest


def _with_line(
    scan: Scan, line: _Line, upright: _Upright, scale: float, start: int, page: int
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
