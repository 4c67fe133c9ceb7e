"""What the engine found: lines and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from breakthrough_extract.readers.layout import BULLETS

# Bullets at its head and dashes at its end are no part of a word.
TOKEN = re.compile(rf"{BULLETS.pattern[1:-1]}(?=\S)|[^\s–—]+|[–—]")


class Part(NamedTuple):
    """A word on the upright picture, in pixels."""

    text: str
    confidence: float
    left: float
    right: float


class Line(NamedTuple):
    parts: list[Part]
    middle: float  # y of the engine's box
    height: float  # of that box
    size: float = 0.0  # of the type; 0 if it cannot be measured
    base: float = 0.0  # y of the base line, if the size is known


def lines_of(found: Any) -> Iterator[Line]:
    """The lines that the engine found, in its order."""
    if found.boxes is None or not found.word_results:
        return
    for corners, words in zip(found.boxes, found.word_results, strict=True):
        left_top, right_top, right_bottom, left_bottom = corners
        height = float(left_bottom[1] + right_bottom[1] - left_top[1] - right_top[1]) / 2
        middle = float(sum(corner[1] for corner in corners)) / 4
        parts = [part for word in words for part in _parts(*word)]
        if parts and height > 0:
            yield Line(parts, middle, height)


def _parts(text: str, confidence: float, corners: Any) -> Iterator[Part]:
    """The words in what the engine calls one; a bullet or a dash at its edge is its own."""
    left, right = float(corners[0][0]), float(corners[1][0])
    each = (right - left) / max(len(text), 1)
    for found in TOKEN.finditer(text):
        spot = left + found.start() * each, left + found.end() * each
        yield Part(found.group(), confidence, *spot)
