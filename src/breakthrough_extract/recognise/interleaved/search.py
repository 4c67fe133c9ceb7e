"""The best ways through the runs of a text, by steps from one to the next: exact, and no rings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from breakthrough_extract.recognise.interleaved.cover import SURE, Cover
from breakthrough_extract.solver import Programme, Row, UnsolvedError

FEW = 0.05  # share of the runs in doubt from which on more is asked of the others
SURER = 4.5
MOST = 20  # relaxations that are solved for one way: where there is one, one will mostly do
ALL = 2  # for each run, that are solved for all ways
RINGS = 20  # that are ruled out for one way
ENOUGH = 6.0  # another way that is worse by more is as good as none


class Step(NamedTuple):
    """`other` comes next after `one` in the flow (indices of runs, 0-based)."""

    one: int
    other: int
    gain: float
    over: int = -1  # the page of which a column ends between; -1 if both are of one column
    leaf: bool = False  # whether the page ends there
    late: bool = False  # whether the converter wrote `one` after `other`, in one column
    slot: str = ""  # of the list that `one` is of
    then: str = ""  # of the list that `other` is of


class Search:
    """The ways through `count` runs by `steps`, which `rows` bind. `begins`: whether a run begins
    a list."""

    def __init__(
        self, count: int, steps: Sequence[Step], rows: Sequence[Row], begins: Callable[[int], bool]
    ) -> None:
        self.count = count
        self.steps = steps
        self.rows = list(rows)
        self.begins = begins
        self.left = MOST + ALL * count
        self.programme = self._programme()

    def _programme(self) -> Programme:
        costs = [step.gain for step in self.steps]
        return Programme(costs, self.rows, len(self.steps), MOST)

    def best(self, floor: float = -math.inf, forbidden: int | None = None) -> list[int] | None:
        """The numbers of the steps of the best way above `floor` without the forbidden step. A
        ring that the solver finds is ruled out for good, and it looks again.

        Raises UnsolvedError.
        """
        for _ in range(RINGS):
            chosen = self.programme.better(floor, forbidden)
            self.left -= self.programme.solved
            if self.left < 0:
                raise UnsolvedError
            if chosen is None:
                return None
            taken = [n for n, yes in enumerate(chosen) if yes]
            inside = set(range(self.count)).difference(*self.lists(taken))
            if not inside:
                return taken
            ring = [n for n, s in enumerate(self.steps) if {s.one, s.other} <= inside]
            self.rows.append((ring, [1.0] * len(ring), len(inside) - 1.0))
            self.programme = self._programme()
        raise UnsolvedError

    def lists(self, taken: Sequence[int]) -> list[list[int]]:
        """The lists on the way, in its order; without the runs that follow one another in a
        ring."""
        steps = [self.steps[number] for number in taken]
        after = {step.one: step.other for step in steps if step.one >= 0}
        out: list[list[int]] = []
        for first in sorted(set(range(self.count)) - set(after.values())):
            run: int | None = first
            while run is not None:
                if run == first or self.begins(run):
                    out.append([])
                out[-1].append(run)
                run = after.get(run)
        return out

    def gain(self, taken: Sequence[int]) -> float:
        return math.fsum(self.steps[number].gain for number in taken)

    def cover(self, taken: Sequence[int]) -> Cover:
        """The lists of the best way, and how sure they are: each step is forbidden in turn."""
        homes = self._homes(taken)
        margins = [math.inf] * self.count
        before, moved = self._before(taken), [math.inf] * self.count
        for number in taken:
            other = self.best(self.gain(taken) - ENOUGH, number)
            if other is None:
                continue
            away, order = self._homes(other), self._before(other)
            cost = self.gain(taken) - self.gain(other)
            for run in range(self.count):
                if homes[run] != away[run]:
                    margins[run] = min(margins[run], cost)
                elif before.get(run) != order.get(run):
                    moved[run] = min(moved[run], cost)
        doubtful = sum(margin < SURE for margin in margins)
        sure = SURER if doubtful > FEW * self.count else SURE
        undecided = frozenset(run for run, margin in enumerate(margins) if margin < sure)
        least = min((margin for margin in margins if sure <= margin < math.inf), default=ENOUGH)
        unordered = frozenset(run for run, margin in enumerate(moved) if margin < sure)
        return Cover(tuple(map(tuple, self.lists(taken))), undecided, least, unordered)

    def _before(self, taken: Sequence[int]) -> dict[int, int]:
        """The run that each comes directly after within a list."""
        return {other: one for runs in self.lists(taken) for one, other in pairwise(runs)}

    def _homes(self, taken: Sequence[int]) -> dict[int, int]:
        """For each run the first of its list."""
        return {run: runs[0] for runs in self.lists(taken) for run in runs}
