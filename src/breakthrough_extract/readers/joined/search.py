"""Which words of each row are which column's: the best of all ways to divide them.

A line breaker fills the lines of a column: a line that does not end its text has no room for
the first word of the next. So a way to divide the rows is as good as its columns are well
filled, as their lists keep the grammar of lists, and as their lines read on. All ways are
weighed at once, row by row; of each row the best `beam` states are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from breakthrough_extract.readers.joined.nouns import End, Ends, Kind, Line, Measure, Row
from breakthrough_extract.readers.joined.sense import Sense
from breakthrough_extract.readers.joined.setting import NEVER, SHARPNESS, Setting

Cut = tuple[tuple[int, int] | None, ...]  # of each column, which words of the row; None if none
Option = Cut | None  # None: the row is of no column

# Costs in nats.
NEW_ROW, ON_PAST_LABELS = 3.0, 1.0  # a row of cells begins unlabelled, or does not below labels
UNFINISHED = 3.0  # a text that breaks off
NO_COLUMN, NO_COLUMN_LONG, BELOW_ALL = 8.0, 16.0, 1.0
LONG_ROW = 8  # words
ROOMY = 1.03  # share of a width: widths may be wrong
HOPELESS = 15.0  # nats: a way to divide a row that is worse by more is not followed
MARGIN = 3.0  # nats: a way that is worse by less is nearly as good
BEGUN = -1
NOWHERE = -1.0  # above all lines
LEVEL, LEVEL_SHARPNESS = 0.25, 0.08  # lines: what is no further apart stands on one level
MOST_OFF_LEVEL = 5.0
UNLEVEL = (Kind.STUB, Kind.NOTE)  # set in other sizes


@dataclass(frozen=True)
class Divided:
    """The best way to divide rows, and how sure it is."""

    total: float  # nats; less is better
    options: tuple[Option, ...]  # one a row
    begins: tuple[bool, ...]  # whether a row of cells begins with that row
    undecided: tuple[frozenset[int], ...]  # of each row, the words that may be another column's


class _Edge(NamedTuple):
    """One way from a state before a row to one after it."""

    before: Ends
    then: Ends
    total: float  # of the best way up to here
    cost: float  # of this row
    begins: bool  # whether a row of cells begins with it
    taken: bool  # whether the row is of any column


@dataclass(frozen=True)
class _Layer:
    """All that was kept of one row."""

    states: dict[Ends, float]  # the best total up to each
    edges: list[_Edge]
    best: dict[Ends, _Edge]  # the last edge of that total
    new_row: float  # what it costs to begin a row of cells here
    on: float  # what it costs not to


class Search:
    """The search for one way of measuring. `sense` None leaves the words' sense aside."""

    def __init__(
        self,
        rows: Sequence[Row],
        measure: Measure,
        sense: Sense | None = None,
        beam: int = 200,
        sharpness: float = SHARPNESS,
    ) -> None:
        self.rows, self.measure, self.beam = rows, measure, beam
        self.setting = Setting(rows, measure, sense, sharpness)
        self.columns = len(measure.widths)
        self.empty: Ends = (None,) * self.columns
        self._first = [self._firsts(line) for line in self.setting.regular]
        self._known: dict[tuple[int, End | None, int], list[tuple[float, End]]] = {}

    def _firsts(self, line: Line) -> list[int]:
        """From each column on, and for none left, the first word that can still find room."""
        size = len(line.words)
        out: list[int] = []
        for column in range(self.columns + 1):
            room = sum(self.measure.widths[column:]) * ROOMY
            fits = (at for at in range(size) if line.width(at, size) <= room)
            out.append(next(fits, size))
        return out

    def _divisions(self, row: int, ends: Ends) -> list[tuple[float, Ends]]:
        """The ways to divide `row` after `ends`, with what each costs."""
        size = len(self.rows[row].words)
        last = _lowest(ends)
        ways: list[tuple[float, int, Ends, float]] = [(0.0, 0, (), NOWHERE)]
        for column, before in enumerate(ends):
            absent = self.setting.absent(column, before)
            first = self._first[row][column + 1]  # what stands before it fits in no column to come
            longer = []
            for cost, at, so_far, y in ways:
                if at >= first:
                    longer.append((cost + absent, at, (*so_far, before), y))
                if at == size:
                    continue
                key = (column, before, at)
                lines = self._known.get(key)
                if lines is None:
                    lines = self._known[key] = list(self.setting.lines(column, before, row, at))
                for more, end in lines:
                    if end.end < first:
                        continue
                    if end.kind in UNLEVEL:
                        longer.append((cost + more, end.end, (*so_far, end), y))
                        continue
                    late = before is None and last > NOWHERE
                    level = 0.0 if late else _off_level(end.y, y, last)
                    longer.append((cost + more + level, end.end, (*so_far, end), max(end.y, y)))
            ways = longer
        best = min((cost for cost, *_ in ways), default=0.0)
        return [(cost, so_far) for cost, _, so_far, _ in ways if cost < best + HOPELESS]

    def _no_column(self, row: int, ends: Ends) -> float:
        """What it costs that the row is of no column."""
        below = all(end is None or _is_finished(end) for end in ends)
        if below and not self.rows[row].marks:
            return BELOW_ALL
        return NO_COLUMN if len(self.rows[row].words) < LONG_ROW else NO_COLUMN_LONG

    def run(self) -> Divided:
        """The best way to divide all rows."""
        layers = self._forward()
        best = self._best_path(layers)
        after = {ends: unfinished(ends) for ends in layers[-1].states}
        total = min(layers[-1].states[ends] + cost for ends, cost in after.items())
        undecided: list[frozenset[int]] = []
        for row in reversed(range(len(layers))):
            totals = _totals(row, layers[row], after)
            undecided.append(self._undecided(row, best[row], totals, total))
            before = layers[row - 1].states if row else {self.empty: 0.0}
            after = self._after(layers[row], after, before)
        return Divided(
            total,
            tuple(_cut(row, edge.then) if edge.taken else None for row, edge in enumerate(best)),
            tuple(edge.begins for edge in best),
            tuple(reversed(undecided)),
        )

    def cost(self) -> float:
        """What the best way costs, in nats."""
        final = self._forward()[-1].states
        return min(cost + unfinished(ends) for ends, cost in final.items())

    def _forward(self) -> list[_Layer]:
        states = {self.empty: 0.0}
        layers: list[_Layer] = []
        for row, one in enumerate(self.rows):
            self._known.clear()
            new_row = 0.0 if one.labelled else NEW_ROW
            on = ON_PAST_LABELS if one.labelled else 0.0
            begun = {ends: cost + _begin_row(ends, new_row) for ends, cost in states.items()}
            chosen = min(begun, key=begun.__getitem__)
            sources = [(ends, cost + on) for ends, cost in states.items() if ends != self.empty]
            edges: list[_Edge] = []
            best: dict[Ends, _Edge] = {}
            for source, (ends, cost) in [*enumerate(sources), (BEGUN, (self.empty, begun[chosen]))]:
                before = chosen if source == BEGUN else ends
                ways = [(more, then, True) for more, then in self._divisions(row, ends)]
                ways.append((self._no_column(row, ends), ends, False))
                for more, then, taken in ways:
                    edge = _Edge(before, then, cost + more, more, source == BEGUN, taken)
                    edges.append(edge)
                    if then not in best or edge.total < best[then].total:
                        best[then] = edge
            kept = sorted(best.values(), key=lambda edge: edge.total)[: self.beam]
            states = {edge.then: edge.total for edge in kept}
            edges = [edge for edge in edges if edge.then in states]
            layers.append(_Layer(states, edges, {edge.then: edge for edge in kept}, new_row, on))
        return layers

    def _best_path(self, layers: list[_Layer]) -> list[_Edge]:
        final = layers[-1].states
        ends = min(final, key=lambda ends: final[ends] + unfinished(ends))
        path: list[_Edge] = []
        for layer in reversed(layers):
            path.append(layer.best[ends])
            ends = path[-1].before
        return path[::-1]

    def _after(
        self, layer: _Layer, after: dict[Ends, float], before: dict[Ends, float]
    ) -> dict[Ends, float]:
        """What the rest costs after each state `before` the layer's row."""
        begun = NEVER
        on: dict[Ends, float] = {}
        for edge in layer.edges:
            rest = edge.cost + after[edge.then]
            if edge.begins:
                begun = min(begun, rest)
            elif rest < on.get(edge.before, NEVER):
                on[edge.before] = rest
        return {
            ends: min(on.get(ends, NEVER) + layer.on, begun + _begin_row(ends, layer.new_row))
            for ends in before
        }

    def _undecided(
        self, row: int, best: _Edge, totals: dict[Option, float], total: float
    ) -> frozenset[int]:
        """The words of `row` that are another column's by a division that is nearly as good."""
        size = len(self.rows[row].words)
        near = [_columns(one, size) for one, cost in totals.items() if cost < total + MARGIN]
        mine = _columns(_cut(row, best.then) if best.taken else None, size)
        return frozenset(n for n in range(size) if any(one[n] != mine[n] for one in near))


def _begin_row(ends: Ends, new_row: float) -> float:
    """What it costs to begin a row of cells after `ends`."""
    return 0.0 if not any(ends) else unfinished(ends) + new_row


def _cut(row: int, ends: Ends) -> Cut:
    """Which words of the row each column has."""
    return tuple((end.start, end.end) if end and end.row == row else None for end in ends)


def _columns(option: Option, size: int) -> list[int]:
    """Of each word of a row, the column; -1 for none."""
    out = [-1] * size
    for column, cut in enumerate(option or ()):
        if cut:
            out[cut[0] : cut[1]] = [column] * (cut[1] - cut[0])
    return out


def _totals(row: int, layer: _Layer, after: dict[Ends, float]) -> dict[Option, float]:
    """The best total through each option of a row."""
    out: dict[Option, float] = {}
    for edge in layer.edges:
        key = _cut(row, edge.then) if edge.taken else None
        total = edge.total + after[edge.then]
        if total < out.get(key, NEVER):
            out[key] = total
    return out


def _lowest(ends: Ends) -> float:
    """How far down the last row that any column has a line in stands."""
    levels = [(end.row, end.y) for end in ends if end and end.kind not in UNLEVEL]
    return max(levels, default=(0, NOWHERE))[1]


def _off_level(y: float, row: float, last: float) -> float:
    """What it costs that a line at `y` stands in a row at `row` (NOWHERE if it is the first of
    it), below a row at `last`: lines on one level are joined, others stand in their order."""
    off = abs(y - row) - LEVEL if row > NOWHERE else last + LEVEL - y
    return min((off / LEVEL_SHARPNESS) ** 2 / 2, MOST_OFF_LEVEL) if off > 0 else 0.0


def unfinished(ends: Ends) -> float:
    """What it costs that all ends there."""
    return sum(UNFINISHED for end in ends if end and not _is_finished(end))


def _is_finished(end: End) -> bool:
    return end.kind in (Kind.STUB, Kind.NOTE) or (end.kind == Kind.LAST and end.closed)
