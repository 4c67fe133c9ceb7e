"""How wide lines can be beside one another: text is not overprinted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from breakthrough_extract.readers.layout.signs import is_label
from breakthrough_extract.readers.positioned.stacks import LEVEL, Line, Stack

# In ems.
CLEARANCE = 1.0  # what stands side by side in elements of its own is no less apart
LABEL_CLEARANCE = 2.1  # that an element of its own is no part of the text beside it, is proof
LEAST_SCALE = 0.75  # of an estimated width: faces differ by no more
# An edge of a column: so many lines of a page begin at it, each with text before it on its row.
EDGE_LINES = 3
EDGE_SCALE = 0.88  # of an estimated width: so much of it must be left of an edge to end there


def clearance(stack: Stack) -> float:
    """How far the stack stands from what is beside it, at least."""
    return (LABEL_CLEARANCE if is_label_stack(stack) else CLEARANCE) * stack.size


def is_label_stack(stack: Stack) -> bool:
    return all(is_label(line.text) for line in stack.lines)


def fit_to_edges(stacks: Sequence[Stack]) -> None:
    """Narrow lines whose estimate runs a little over the edge of the next column.

    What stands in that column may stand on other rows; the edge is the same for all.
    """
    edges = _edges(stacks)
    for line in (line for stack in stacks for line in stack.lines):
        reach, size = line.left + line.extent, CLEARANCE * line.size
        for edge in edges[bisect_left(edges, line.left + EDGE_SCALE * line.extent + size) :]:
            if edge < reach + size:
                line.scale *= (edge - size - line.left) / line.extent
            break


def _edges(stacks: Sequence[Stack]) -> list[float]:
    """The x where columns begin, from left to right."""
    rows = sorted(
        (line for stack in stacks if not stack.is_bullets for line in stack.lines),
        key=lambda line: line.top,
    )
    tops = [line.top for line in rows]
    counts: Counter[float] = Counter()
    for line in (stack.lines[0] for stack in stacks if not stack.is_bullets):
        near = rows[
            bisect_left(tops, line.top - line.size) : bisect_right(tops, line.top + line.size)
        ]
        if any(other.left + other.size < line.left for other in near):
            counts[line.left] += 1
    return sorted(left for left, count in counts.items() if count >= EDGE_LINES)


def fit_widths(stacks: Sequence[Stack], page_width: float) -> None:
    """Narrow stacks whose estimate runs into what stands beside them, or over the page's edge.

    A little too wide, an estimate closes the gutter; far too wide, it is the other's position
    that says nothing.
    """
    ordered = sorted(stacks, key=lambda stack: stack.lines[0].left)
    lefts = [stack.lines[0].left for stack in ordered]
    for stack in stacks:
        left, extent = stack.lines[0].left, max(line.extent for line in stack.lines)
        beside = (
            other.lines[0].left - clearance(stack)
            for other in ordered[
                bisect_right(lefts, left + LEAST_SCALE * extent) : bisect_left(
                    lefts, left + extent + clearance(stack)
                )
            ]
            if other.lines[0].top < stack.lines[-1].top + LEVEL * stack.size
            and other.lines[-1].top > stack.lines[0].top - LEVEL * stack.size
        )
        room = min([page_width, *beside]) - left
        least = LEAST_SCALE * extent
        if (
            is_label_stack(stack)
            and room < least <= room + (LABEL_CLEARANCE - CLEARANCE) * stack.size
        ):
            room = least
        if least <= room < extent:
            for line in stack.lines:
                line.scale *= room / extent
    _fit_lines([line for stack in stacks for line in stack.lines])


def _fit_lines(lines: Sequence[Line]) -> None:
    """Narrow lines that run into the next one on their own row: text is not overprinted.

    Where an element merges lines of several sizes, one size is given for all.
    """
    rows = sorted(lines, key=lambda line: line.top)
    tops = [line.top for line in rows]
    for line in rows:
        reach = LEVEL * line.size
        near = rows[bisect_left(tops, line.top - reach) : bisect_right(tops, line.top + reach)]
        edges = [other.left for other in near if other.left > line.left]
        room = min(edges, default=line.left) - CLEARANCE * line.size - line.left
        if 0 < room < line.extent:
            line.scale *= room / line.extent
