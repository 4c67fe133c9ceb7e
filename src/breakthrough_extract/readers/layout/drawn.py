"""Drawn lines, and what they enclose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout.banded import bands
from breakthrough_extract.readers.layout.boxes import centred_in, extent
from breakthrough_extract.readers.layout.measures import SNAP
from breakthrough_extract.readers.layout.nouns import Sheet

MAX_LINES = 2000  # on a page; more is a drawing, no table
MAX_PIECES = 5 * MAX_LINES  # before those that meet are joined
MAX_AREAS = 400  # the largest on a page; more is a drawing, not boxes around text


class Stroke(NamedTuple):
    at: float  # y of a horizontal line, x of a vertical one
    start: float
    end: float


def _straight(rules: Iterable[Box], upright: bool) -> list[Stroke]:
    """The vertical (or horizontal) ones of the rules; pieces that meet on one line are one."""
    lines = sorted({r for r in rules if (r.bottom - r.top > r.x1 - r.x0) == upright})
    if not lines or len(lines) > MAX_PIECES:
        return []
    from pdfplumber.table import merge_edges

    edges = [_edge(line, upright) for line in lines]
    merged = merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    along = ("x0", "top", "bottom") if upright else ("top", "x0", "x1")
    return sorted(Stroke(*(float(edge[key]) for key in along)) for edge in merged)


def _edge(rule: Box, upright: bool) -> dict[str, float | str]:
    """A rule as pdfplumber has its edges: a line without breadth, through the rule's middle."""
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    x0, top, x1, bottom = (x, rule.top, x, rule.bottom) if upright else (rule.x0, y, rule.x1, y)
    return {
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "v" if upright else "h",
    }


class Zone(NamedTuple):
    """Drawn lines that meet one another: a table's grid, or a box."""

    across: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]

    @property
    def box(self) -> Box:
        xs = [x for line in self.across for x in (line.start, line.end)]
        ys = [y for line in self.upright for y in (line.start, line.end)]
        xs += [line.at for line in self.upright]
        ys += [line.at for line in self.across]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _zones(rules: Iterable[Box]) -> list[Zone]:
    across, upright = _straight(rules, False), _straight(rules, True)
    if len(across) + len(upright) > MAX_LINES:
        return []
    lines = [(False, line) for line in across] + [(True, line) for line in upright]
    group = list(range(len(lines)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for h, level in enumerate(across):
        for v, pole in enumerate(upright, len(across)):
            if (
                level.start - SNAP <= pole.at <= level.end + SNAP
                and pole.start - SNAP <= level.at <= pole.end + SNAP
            ):
                group[root(v)] = root(h)
    found: dict[int, list[tuple[bool, Stroke]]] = defaultdict(list)
    for n, entry in enumerate(lines):
        found[root(n)].append(entry)
    return [
        Zone(
            tuple(line for is_upright, line in members if not is_upright),
            tuple(line for is_upright, line in members if is_upright),
        )
        for members in found.values()
        if len({is_upright for is_upright, _ in members}) == 2
    ]


def _tiling(areas: Sequence[Box]) -> list[Box]:
    """The sides of areas that lie side by side, as rules: cells drawn as boxes of their own."""
    out: list[Box] = []
    for n, area in enumerate(areas):
        if any(_adjoin(area, other) for m, other in enumerate(areas) if m != n):
            x0, top, x1, bottom = area
            out += [Box(x0, top, x1, top), Box(x0, bottom, x1, bottom)]
            out += [Box(x0, top, x0, bottom), Box(x1, top, x1, bottom)]
    return out


def _adjoin(one: Box, other: Box) -> bool:
    """Whether two areas have most of a side in common."""
    beside = min(abs(one.x1 - other.x0), abs(other.x1 - one.x0)) < SNAP
    stacked = min(abs(one.bottom - other.top), abs(other.bottom - one.top)) < SNAP
    level = min(one.bottom, other.bottom) - max(one.top, other.top)
    above = min(one.x1, other.x1) - max(one.x0, other.x0)
    return (beside and level > 0.5 * min(one.bottom - one.top, other.bottom - other.top)) or (
        stacked and above > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0)
    )


class Frames(NamedTuple):
    """The drawn shapes within which words are still to be arranged."""

    zones: tuple[Zone, ...]
    areas: tuple[Box, ...]
    across: tuple[Stroke, ...]  # horizontal lines: row separators of tables without uprights
    heads: frozenset[str]
    open: tuple[float, ...] = ()  # where the columns begin of a table that goes on from before

    def within(self, box: Box) -> Frames:
        """What of it stands in the box."""
        return self._replace(
            zones=tuple(zone for zone in self.zones if centred_in(zone.box, box)),
            areas=tuple(area for area in self.areas if centred_in(area, box)),
            open=(),
        )


def frames_of(sheet: Sheet, heads: frozenset[str]) -> Frames:
    """All that is drawn on the sheet; `heads` are the head rows of its tables."""
    drawn = sorted({area for area in sheet.areas if not is_ground(area, sheet)}, key=extent)
    areas = tuple(drawn[-MAX_AREAS:])
    rules = [*sheet.rules, *_tiling(areas), *bands(areas, sheet.rules, sheet.words)]
    return Frames(tuple(_zones(rules)), areas, tuple(_straight(rules, False)), heads)


def is_ground(area: Box, sheet: Sheet) -> bool:
    """Whether the area is as good as the page: its background."""
    return extent(area) > 0.9 * sheet.width * sheet.height
