"""Lines drawn on a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from breakthrough_extract.document import Box

RULE_LENGTH, RULE_WIDTH = 120, 10  # pixels; a shorter or thicker run of ink is no drawn line
RULE_INK = 0.9  # share of a line's pixels that are dark


def rules_of(dark: NDArray[np.bool_]) -> list[Box]:
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
