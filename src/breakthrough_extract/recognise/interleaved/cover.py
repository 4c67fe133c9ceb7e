"""Runs to chains: each run gets at most one before it and one after it, all at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from breakthrough_extract.recognise.interleaved.links import Link
from breakthrough_extract.solver import Programme, Row

SURE = 1.5  # another solution that is worse by less speaks against this one
SURER, MOST = 3.0, 0.4  # the same, where there is little to go by: so many runs are open


@dataclass(frozen=True)
class Cover:
    """The chains that the runs make, and the runs of which it is not sure in whose they are."""

    chains: tuple[tuple[int, ...], ...]  # indices of runs, in order; the first begins the list
    open: frozenset[int]
    margin: float  # how much worse the next best reading of the others is, at the least
    unordered: frozenset[int] = frozenset()  # runs that may as well stand elsewhere in their chain


def cover(count: int, links: Sequence[Link], scant: bool = False) -> Cover:
    """The chains of `count` runs whose links gain the most.

    Each link of the best solution is forbidden in turn and the rest solved again. Where that
    costs less than SURE, the runs that then stand in another chain are open, and those that
    then come after another run of their own chain are unordered. `scant`: there is
    little to go by, and more is asked for.
    """
    programme = Programme([link.gain for link in links], _rows(count, links), len(links))
    taken = [n for n, yes in enumerate(programme.solve()) if yes]
    best = _gain(links, taken)
    homes = _homes(count, links, taken)
    margins = [math.inf if home >= 0 else 0.0 for home in homes]  # a ring has no first run
    before = _before(links, taken)
    moved = [math.inf] * count
    for number in taken:
        other = [n for n, yes in enumerate(programme.solve(forbidden=number)) if yes]
        there, order = _homes(count, links, other), _before(links, other)
        cost = best - _gain(links, other)
        for run in range(count):
            if homes[run] != there[run]:
                margins[run] = min(margins[run], cost)
            elif before.get(run) != order.get(run):
                moved[run] = min(moved[run], cost)
    doubtful = sum(margin < SURE for margin in margins) > MOST * count
    sure = SURER if doubtful or scant else SURE
    undecided = frozenset(run for run, margin in enumerate(margins) if margin < sure)
    least = min((margin for margin in margins if sure <= margin < math.inf), default=sure)
    unordered = frozenset(run for run, margin in enumerate(moved) if margin < sure)
    return Cover(_chains(count, links, taken), undecided, least, unordered)


def _rows(count: int, links: Sequence[Link]) -> list[Row]:
    ends: list[list[int]] = [[] for _ in range(2 * count)]
    for number, link in enumerate(links):
        ends[link.one].append(number)
        ends[count + link.other].append(number)
    return [(columns, [1.0] * len(columns), 1.0) for columns in ends if columns]


def _gain(links: Sequence[Link], taken: Sequence[int]) -> float:
    return math.fsum(links[number].gain for number in taken)


def _chains(count: int, links: Sequence[Link], taken: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    after = {links[number].one: links[number].other for number in taken}
    firsts = sorted(set(range(count)) - set(after.values()))
    chains = [[first] for first in firsts]
    for chain in chains:
        while chain[-1] in after:
            chain.append(after[chain[-1]])
    return tuple(tuple(chain) for chain in chains)


def _before(links: Sequence[Link], taken: Sequence[int]) -> dict[int, int]:
    """The run that each comes directly after."""
    return {links[number].other: links[number].one for number in taken}


def _homes(count: int, links: Sequence[Link], taken: Sequence[int]) -> list[int]:
    """For each run the first of its chain; -1 for runs that follow one another in a ring."""
    homes = [-1] * count
    for chain in _chains(count, links, taken):
        for run in chain:
            homes[run] = chain[0]
    return homes
