"""Where one theme's sections end and the next one's begin, told by the order of the slots.

A run is a row of sections whose slots ascend. The cheapest way to see the whole sequence as
runs is found by dynamic programming; what fits no run is a stray. How much cheaper it is than
for the same sections in any order says how far there is an order at all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

# What it costs to see a sequence so, in units of one slot that is missing from its run.
MISSING = 1.0
STRAY = 1.5  # a section that is of no run
# A run begins without a heading, in a document that has as many as runs; where there are none,
# it costs nothing, and in between in proportion.
UNHEADED = 1.5
# Of the cost of a slot that is missing where a heading, or the end, stands on that side of the run:
# such a run is one, however short.
HEADED = 0.5
ACROSS = 2.0  # a heading stands in the middle of a run
SHUFFLES = 20  # orders by chance, to compare with
# Share of the cost by chance that is saved: so much is saved by chance, too, and where so much
# is, the runs are real, though others' sections may stand in them.
BY_CHANCE = 0.2
ORDERED = 0.5


class Step(NamedTuple):
    """A section in the sequence."""

    rank: int  # of its slot, 0-based
    after_break: bool  # whether a heading, or the beginning of a table's row, stands before it


@dataclass(frozen=True)
class Runs:
    """A sequence of sections seen as runs."""

    run: tuple[int, ...]  # for each section the number of its run, 0-based; -1 for a stray
    cost: float


class _State(NamedTuple):
    last: int  # rank of the last section of the run
    broken: bool  # whether a break came after it


class _Way(NamedTuple):
    """The cheapest way to a state."""

    cost: float
    begins: bool  # whether the last section begins a run
    taken: bool  # whether it is of a run
    before: _State | None


def in_runs(steps: Sequence[Step], slots: int) -> Runs:
    """The cheapest way to see `steps` as runs; of the equally cheap the first."""
    breaks = sum(step.after_break for step in steps)
    unheaded = UNHEADED * min(breaks * slots / max(len(steps), 1), 1.0)
    ways: list[dict[_State, _Way]] = [{_State(slots - 1, True): _Way(0.0, False, False, None)}]
    for step in steps:
        following: dict[_State, _Way] = {}
        for state, way in ways[-1].items():
            for to, cost, begins, taken in _moves(state, step, slots, unheaded):
                total = way.cost + cost
                if to not in following or total < following[to].cost:
                    following[to] = _Way(total, begins, taken, state)
        ways.append(following)
    last_missing = MISSING * HEADED  # the end of the document ends its last run, too
    end, cost = min(
        ((to, way.cost + last_missing * (slots - 1 - to.last)) for to, way in ways[-1].items()),
        key=lambda pair: pair[1],
    )
    return Runs(_numbered(ways, end), cost)


def _moves(
    state: _State, step: Step, slots: int, unheaded: float
) -> list[tuple[_State, float, bool, bool]]:
    """What the next section can be: of this run, of a new one, a stray."""
    broken = state.broken or step.after_break
    there = _State(step.rank, False)
    missing = (MISSING * HEADED if broken else MISSING) * (slots - 1 - state.last + step.rank)
    begin = missing + (0 if broken else unheaded)
    moves = [(there, begin, True, True), (_State(state.last, broken), STRAY, False, False)]
    if step.rank > state.last:
        go_on = MISSING * (step.rank - state.last - 1) + ACROSS * broken
        moves.insert(0, (there, go_on, False, True))
    return moves


def _numbered(ways: Sequence[dict[_State, _Way]], end: _State) -> tuple[int, ...]:
    """The way that ends so, from its end to its beginning, as numbers of runs."""
    marks: list[_Way] = []
    state: _State | None = end
    for step in reversed(ways[1:]):
        assert state is not None
        marks.append(step[state])
        state = step[state].before
    number = -1
    out: list[int] = []
    for way in reversed(marks):
        number += way.begins
        out.append(number if way.taken else -1)
    return tuple(out)


def orderliness(steps: Sequence[Step], slots: int, cost: float) -> float:
    """How far its runs are to be believed: 0 if they may be chance, 1 if they surely are none."""
    chance = Random(0)
    ranks = [step.rank for step in steps]
    costs: list[float] = []
    for _ in range(SHUFFLES):
        chance.shuffle(ranks)
        mixed = [Step(r, step.after_break) for r, step in zip(ranks, steps, strict=True)]
        costs.append(in_runs(mixed, slots).cost)
    usual = math.fsum(costs) / len(costs)
    saved = 1 - cost / usual if usual else 0.0
    return min(max((saved - BY_CHANCE) / (ORDERED - BY_CHANCE), 0.0), 1.0)
