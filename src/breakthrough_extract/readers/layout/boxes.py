"""Rectangles."""

from __future__ import annotations

from collections.abc import Iterable

from breakthrough_extract.document import Box

LEVEL = 0.5  # share of the lower height that two words on one line have in common


def around(boxes: Iterable[Box]) -> Box:
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


def centred_in(inner: Box, outer: Box) -> bool:
    """Whether the middle of `inner` stands in `outer`."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def on_one_line(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one line."""
    _, top, _, bottom = one
    _, other_top, _, other_bottom = other
    common = min(bottom, other_bottom) - max(top, other_top)
    return common > LEVEL * min(bottom - top, other_bottom - other_top)


def moved(box: Box, dx: float) -> Box:
    return Box(box.x0 + dx, box.top, box.x1 + dx, box.bottom)


def extent(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)
