"""How far the lines of an element are apart: bullets beside them tell, or lone lines elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from breakthrough_extract.readers.layout import TERMINAL
from breakthrough_extract.readers.positioned.stacks import LEVEL, Line, Stack, begins_block

LINE_HEIGHT = 1.2  # of the size: what browsers take for `normal`
# In ems.
BULLET_REACH = 4.0  # how far a bullet can stand from its text
TIGHT = 0.4  # by so much can boxes of neighbouring lines overlap
MAX_PITCH, PITCH_STEP = 1.9, 0.01  # wider set lines are no running text
MAX_GAP, GAP_STEP = 1.0, 0.05  # a gap of a whole line cannot be told from a line
PAUSE = 1.0  # the white before a block within an element is no more: the rest is below it
MOST_BELOW = 500  # elements that are looked through for the next one below
PITCH_LINES = 3  # lone lines that tell how far lines are apart
UNENDED = 0.5  # in lines: what it costs to begin an item after a line that has no end


def anchor(stacks: Sequence[Stack]) -> None:
    """Give each stack the bullets that stand left of its lines in elements of their own.

    A stack's line height is a rounded average; its bullets stand where they stand.
    """
    texts = [stack for stack in stacks if not stack.is_bullets]
    for marks in stacks:
        if not marks.is_bullets:
            continue
        set_tops(marks, None)
        for mark in marks.lines:
            owners = [stack for stack in texts if _beside(mark, stack)]
            if owners:
                owner = max(owners, key=lambda stack: (stack.leaf.top, -stack.leaf.left))
                owner.anchors.append(mark.top)


def _beside(mark: Line, stack: Stack) -> bool:
    first = stack.lines[0]
    reach = first.left - mark.left
    return 0 < reach < BULLET_REACH * mark.size and first.top <= mark.top + LEVEL * mark.size


def set_limits(stacks: Sequence[Stack]) -> None:
    """Note for each stack the top of the next one below it."""
    texts = sorted(
        (stack for stack in stacks if not stack.is_bullets), key=lambda stack: stack.lines[0].top
    )
    tops = [stack.lines[0].top for stack in texts]
    for stack in texts:
        left = stack.lines[0].left
        right = left + max(line.extent for line in stack.lines)
        below = bisect_right(tops, stack.lines[0].top + LEVEL * stack.size)
        for other in texts[below : below + MOST_BELOW]:
            first = other.lines[0]
            if first.left < right and first.left + first.extent > left:
                stack.limit, stack.pause = first.top, begins_block(stack.lines[-1], first)
                break


def pitches_of(stacks: Iterable[Stack]) -> dict[float, float]:
    """For each size of type how far its lines are apart, as lone lines and the next ones tell."""
    found: dict[float, list[float]] = defaultdict(list)
    for stack in stacks:
        if stack.limit and len(stack.lines) == 1 and not stack.pause:
            distance = stack.limit - stack.lines[0].top
            if stack.size <= distance <= MAX_PITCH * stack.size:
                found[round(stack.size, 1)].append(distance)
    return {size: median(known) for size, known in found.items() if len(known) >= PITCH_LINES}


class Spacing(NamedTuple):
    pitch: float  # from line to line
    gap: float  # further white before an item


def spacings_of(stacks: Iterable[Stack]) -> dict[float, Spacing]:
    """For each size of type the pitch and gap that explain best where bullets stand."""
    distances: dict[float, Counter[float]] = defaultdict(Counter)
    for stack in stacks:
        for before, after in pairwise(sorted(stack.anchors)):
            distances[round(stack.size, 1)][round(after - before, 1)] += 1
    return {size: _spacing(size, counts) for size, counts in distances.items()}


def _spacing(size: float, distances: Mapping[float, int]) -> Spacing:
    def error(spacing: Spacing) -> float:
        return sum(
            count * abs(distance - gap - max(round((distance - gap) / pitch), 1) * pitch)
            for (pitch, gap) in [spacing]
            for distance, count in distances.items()
        )

    candidates = [
        Spacing(size * (1 + PITCH_STEP * n), size * GAP_STEP * m)
        for n in range(round((MAX_PITCH - 1) / PITCH_STEP) + 1)
        for m in range(round(MAX_GAP / GAP_STEP) + 1)
    ]
    return min(candidates, key=error)


def set_tops(stack: Stack, spacing: Spacing | None, pitch: float = 0.0) -> None:
    """Set where each line of the stack stands; `pitch` is the usual distance, 0 if unknown."""
    first = stack.lines[0].top
    starts = _starts(stack, spacing) if spacing and len(stack.lines) > 1 else []
    if spacing and starts:
        at = dict(starts)
        top = first
        for n, line in enumerate(stack.lines):
            line.top = top = at.get(n, top + spacing.pitch if n else first)
        return
    pauses = [begins_block(*pair) for pair in pairwise(stack.lines)]
    extra = stack.limit - first - pitch * len(stack.lines)
    if pitch and stack.limit and not stack.leaf.height and any(pauses) and extra > 0:
        share = min(extra / (sum(pauses) + stack.pause), PAUSE * stack.size)
        for (before, line), paused in zip(pairwise(stack.lines), pauses, strict=True):
            line.top = before.top + pitch + (share if paused else 0.0)
        return
    leading = _leading(stack)
    for before, line in pairwise(stack.lines):
        line.top = before.top + before.size + leading


def _leading(stack: Stack) -> float:
    """The white between two lines of the stack."""
    count = len(stack.lines)
    if count < 2:
        return 0.0
    sizes = sum(line.size for line in stack.lines)
    if stack.leaf.height:
        # Type can be higher than its lines are apart, but not so that lines share a row.
        return max((stack.leaf.height - sizes) / (count - 1), -TIGHT * stack.size)
    pitch = stack.lines[0].runs[0][1].line or LINE_HEIGHT * stack.size
    leading = pitch - stack.size
    if stack.limit:
        leading = min(leading, (stack.limit - stack.lines[0].top - sizes) / (count - 1))
    return max(leading, 0.0)


def _starts(stack: Stack, spacing: Spacing) -> list[tuple[int, float]]:
    """Which lines stand beside the stack's bullets, and where; nothing if that cannot be told.

    The cheapest of all ways to give each bullet a line, in their order. It costs how much
    the distance differs from that of so many lines, and an item before it that has no end.
    """
    first, count = stack.lines[0].top, len(stack.lines)
    anchors = sorted(stack.anchors)
    if not anchors or anchors[0] - first > LEVEL * stack.size:
        anchors.insert(0, first)
    if len(anchors) > count:
        return []
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]  # by line: cost, line before
    for before, after in pairwise(anchors):
        row: dict[int, tuple[float, int]] = {}
        for line in range(len(best), count - (len(anchors) - 1 - len(best))):
            ended = TERMINAL.search(stack.lines[line - 1].text) is not None
            row[line] = min(
                (
                    cost
                    + abs(after - before - spacing.gap - (line - start) * spacing.pitch)
                    / spacing.pitch
                    + (0.0 if ended else UNENDED),
                    start,
                )
                for start, (cost, _) in best[-1].items()
                if start < line
            )
        best.append(row)
    bottom = stack.limit or (stack.lines[0].top + stack.leaf.height if stack.leaf.height else 0.0)
    line = min(
        best[-1],
        key=lambda n: (
            best[-1][n][0]
            + _excess(anchors[-1] + (count - n) * spacing.pitch, bottom) / spacing.pitch
        ),
    )
    out: list[tuple[int, float]] = []
    for row, anchor in zip(reversed(best), reversed(anchors), strict=True):
        out.append((line, anchor))
        line = row[line][1]
    return out[::-1]


def _excess(reached: float, limit: float) -> float:
    return max(reached - limit, 0.0) if limit else 0.0
