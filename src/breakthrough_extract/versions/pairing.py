"""The best pairs: an exact assignment in which anyone may stay alone.

Successive shortest augmenting paths over the pairs that are possible at all (Jonker and
Volgenant 1987, "A shortest augmenting path algorithm for dense and sparse linear assignment
problems"). A row looks no further than the columns that its path reaches, so many small
problems side by side cost no more than each on its own.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

UNIT = 1_000_000  # gains are counted in whole millionths: sums are exact, and ties are ties


def best_pairs(gains: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs (row, column) of the greatest total gain, each row and column at most once.

    Only gains above 0 count; what pairs with nobody gains 0. Sorted by row.
    """
    costs: dict[int, dict[int, int]] = defaultdict(dict)
    for (row, column), gain in sorted(gains.items()):
        if round(gain * UNIT) > 0:
            costs[row][column] = -round(gain * UNIT)
    for row, columns in costs.items():
        columns[-1 - row] = 0  # to stay alone
    assignment = _Assignment(costs)
    for row in costs:
        assignment.place(row)
    return sorted((row, column) for row, column in assignment.column_of.items() if column >= 0)


@dataclass
class _Assignment:
    """Rows placed so far, at the least total cost."""

    costs: Mapping[int, Mapping[int, int]]
    column_of: dict[int, int] = field(default_factory=dict)
    row_of: dict[int, int] = field(default_factory=dict)
    price: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def place(self, start: int) -> None:
        """Give one more row a column, moving others to their next best where that is cheapest."""
        column, via = self._shortest_path(start)
        while True:
            row = via[column]
            before = self.column_of.get(row)
            self.column_of[row], self.row_of[column] = column, row
            if before is None:
                return
            column = before

    def _shortest_path(self, start: int) -> tuple[int, dict[int, int]]:
        """The free column at the end of the cheapest path, and the row before each column."""
        via: dict[int, int] = {}
        reach: dict[int, int] = {}
        settled: dict[int, int] = {}
        heap: list[tuple[int, int]] = []
        row, walked, dual = start, 0, 0
        while True:
            for column, cost in self.costs[row].items():
                distance = walked + cost - self.price[column] - dual
                if column not in settled and distance < reach.get(column, distance + 1):
                    reach[column], via[column] = distance, row
                    heapq.heappush(heap, (distance, column))
            walked, column = heapq.heappop(heap)
            while column in settled:
                walked, column = heapq.heappop(heap)
            settled[column] = walked
            if column not in self.row_of:
                break
            row = self.row_of[column]
            dual = self.costs[row][column] - self.price[column]
        for other, distance in settled.items():
            self.price[other] += distance - walked
        return column, via
