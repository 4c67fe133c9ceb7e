"""Where runs stand in the rows that a table's columns make: labels, headlines, lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from breakthrough_extract.recognise.interleaved.pieces import End, Run, Start, is_rest

UNENDED = (End.MORE, End.LAST_BUT_ONE, End.CUT)


class Rank(NamedTuple):
    """Where a run stands among those of its kind, label, headline or whole list, in a row."""

    nth: int  # 0-based
    of: int
    row: int  # number of the row in the text


def ranks_of(runs: Sequence[Run]) -> list[Rank]:
    """What one blank line does not part is one list in its row; its further runs have a rank that
    nothing is in step with."""
    clipped = any(map(is_clipped, runs))
    ranks: list[Rank] = []
    for number, (kind, group) in enumerate(groupby(runs, key=lambda run: _kind(run, clipped))):
        row = list(group)
        turns = [run.turn for run in row] if kind == End.LAST else list(range(len(row)))
        first = sorted(set(turns))
        for n, turn in enumerate(turns):
            again = n > 0 and turns[n - 1] == turn
            ranks.append(Rank(first.index(turn), 0 if again else len(first), number))
    return ranks


def is_clipped(run: Run) -> bool:
    """Whether it is a headline of which the edge of a page has cut off the end."""
    return len(run.pieces) == 1 and run.first.start == Start.HEAD and run.last.end == End.CUT


def ranked(runs: Sequence[Run], chosen: Callable[[Run], bool]) -> list[Rank]:
    """The ranks of the chosen runs among their neighbours: those that begin lists, or those that
    go on with some, of one turn. The others have a rank that nothing is in step with."""
    ranks: list[Rank] = []
    for number, (_, group) in enumerate(groupby(runs, key=lambda run: (run.turn, is_rest(run)))):
        row = list(group)
        of = sum(map(chosen, row))
        nth = 0
        for run in row:
            ranks.append(Rank(nth, of if chosen(run) else 0, number))
            nth += chosen(run)
    return ranks


def is_open(run: Run) -> bool:
    return run.last.end in UNENDED


def _kind(run: Run, clipped: bool) -> End | None:
    """What a row may be made of: labels, headlines or whole lists; None for parts of lists.
    `clipped`: the edge of a page cuts headlines off, and so their lists, which count as whole."""
    if run.last.end in (End.LABEL, End.HEAD):
        return run.last.end
    if is_clipped(run):
        return End.HEAD
    listed = run.first.start in (Start.ITEM, Start.EITHER)
    whole = len(run.pieces) > 1 and run.last.end == End.LAST
    return End.LAST if listed and (whole or clipped) else None
