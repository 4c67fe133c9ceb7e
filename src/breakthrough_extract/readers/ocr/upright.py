"""A picture turned upright."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

STEEPEST = 0.06  # slopes sought: up to 3.4 degrees
SLOPES = ((STEEPEST, 0.001), (0.001, 0.0002))  # how far around the best one so far; the step
LEVEL_ENOUGH = 0.0004  # a slope of a pixel in 2,500
DARK = 128  # of 255; the ink of letters


class Upright(NamedTuple):
    """How a picture of that size is turned about its middle."""

    angle: float  # radians, anticlockwise
    width: int
    height: int

    @staticmethod
    def of(grey: Image.Image) -> Upright:
        slope = _slope(np.asarray(grey.reduce(2)) < DARK)
        angle = math.atan(slope) if abs(slope) > LEVEL_ENOUGH else 0.0
        return Upright(angle, *grey.size)

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
