"""Runs to lists: each run gets at most one before it and one after it, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from breakthrough_extract.recognise.interleaved.links import Link
from breakthrough_extract.solver import Programme, Row

SURE = 1.0  # a solution that is worse by less than this counts as another reading


@dataclass(frozen=True)
class Cover:
    """The chains that the runs make, and the runs on whose chain nothing decides."""

    chains: tuple[tuple[int, ...], ...]  # indices of runs, in order
    open: frozenset[int]


def cover(count: int, links: Sequence[Link]) -> Cover:
    """The best chains of `count` runs.

    A run is open if a solution that is nearly as good, found by forbidding one link of the
    best, puts it under another first run.
    """
    programme = Programme([link.gain for link in links], _rows(count, links), len(links))
    chosen = _links(links, programme.solve())
    best = sum(link.gain for link in chosen)
    heads = _heads(count, chosen)
    undecided: set[int] = set()
    for number, link in enumerate(links):
        if link not in chosen:
            continue
        other = _links(links, programme.solve(forbidden=number))
        if best - sum(link.gain for link in other) < SURE:
            there = _heads(count, other)
            undecided.update(n for n in range(count) if heads[n] != there[n])
    return Cover(_chains(count, chosen), frozenset(undecided))


def _rows(count: int, links: Sequence[Link]) -> list[Row]:
    ends: list[list[int]] = [[] for _ in range(2 * count)]
    for number, link in enumerate(links):
        ends[link.one].append(number)
        ends[count + link.other].append(number)
    return [(columns, [1.0] * len(columns), 1.0) for columns in ends if columns]


def _links(links: Sequence[Link], taken: Sequence[bool]) -> list[Link]:
    return [link for link, yes in zip(links, taken, strict=True) if yes]


def _chains(count: int, chosen: Sequence[Link]) -> tuple[tuple[int, ...], ...]:
    after = {link.one: link.other for link in chosen}
    firsts = sorted(set(range(count)) - set(after.values()))
    chains = []
    for first in firsts:
        chain = [first]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        chains.append(tuple(chain))
    return tuple(chains)


def _heads(count: int, chosen: Sequence[Link]) -> list[int]:
    """For each run the first of its chain; -1 in a ring."""
    heads = [-1] * count
    for chain in _chains(count, chosen):
        for run in chain:
            heads[run] = chain[0]
    return heads
