"""What left the order of its list, and what only made room."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence


def shifted(pairs: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """The fewest pairs (old place, new place) without which the rest are in one order.

    All others form a longest increasing subsequence (Schensted 1961), found by patience
    sorting.
    """
    ordered = sorted(pairs)
    staying = _increasing([new for _, new in ordered])
    return frozenset(pair for n, pair in enumerate(ordered) if n not in staying)


def _increasing(values: Sequence[int]) -> set[int]:
    """The indices of a longest increasing subsequence of different numbers."""
    ends: list[int] = []  # the least value that a subsequence of each length ends with
    at: list[int] = []  # and its index
    before: list[int] = []
    for n, value in enumerate(values):
        length = bisect.bisect_left(ends, value)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(value)
            at.append(n)
        else:
            ends[length], at[length] = value, n
    found: set[int] = set()
    n = at[-1] if at else -1
    while n >= 0:
        found.add(n)
        n = before[n]
    return found
