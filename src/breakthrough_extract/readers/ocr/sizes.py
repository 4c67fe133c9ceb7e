"""The size of type on a picture: measured on the ink, and made even."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from breakthrough_extract.readers.layout import Sheet, Word
from breakthrough_extract.readers.ocr.lines import Line

# The height of letters as ink shows it, of the type size: small letters, capitals. Rows of
# pixels with at least this share of the blackest row's ink belong to it.
SMALL, CAPITAL, CORE = 0.52, 0.66, 0.5
LINE_SLACK = 1.05  # of the height of the engine's box; no type is larger
ASCENT, DESCENT = 0.8, 0.2  # of the type size, around the base line
PAPER = 40  # shades lighter than paper by no more than this are no ink
SIZE_STEP = 1.08  # sizes closer than its root are taken for one; measured, they vary by 0.02


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


def with_size(line: Line, shades: NDArray[np.uint8]) -> Line:
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
