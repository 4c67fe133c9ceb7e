"""Where lines end within a text, and whether a wall is there: a width that wrapped lines fill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from breakthrough_extract.document import Passage
from breakthrough_extract.measure import Fill, fullest

ROOM = 0.9  # share of the column's width that a line with the next word leaves free of doubt
Column = tuple[int, int]  # table and column, both 0 in running text; PAGES where pages have places
PAGES = (-1, -1)


@dataclass(frozen=True)
class Break:
    """A line's end within a text that has no list mark."""

    before: Passage  # the line
    after: Passage  # the next
    where: Column
    own: float  # how wide the text's longest line is
    column: float  # how wide the longest line is of all that share its column; `own` on pages
    low: float  # how wide the line is
    high: float  # and with the next word

    @property
    def has_own_room(self) -> bool:
        return self.high <= self.own * ROOM

    @property
    def has_room(self) -> bool:
        return self.high <= self.column * ROOM

    @property
    def is_tight(self) -> bool:
        """Whether the line fills its column; not by being the widest that there is."""
        return self.low < self.column < self.high

    @property
    def capital(self) -> bool:
        return begins_high(self.after)


def begins_high(text: Passage) -> bool:
    """Whether a text begins with no small letter."""
    return not text.text.lstrip("'‘“\"(*_")[:1].islower()


def walled(breaks: Sequence[Break], walls: int = 1) -> float:
    """The share of the broken lines of a column that end at one wall, or at so many, as wrapped
    lines do; not counted is the one line that each wall is measured by."""
    held = measured = 0
    for own in by_column(breaks):
        rest = own
        for _ in range(walls):
            most = full_lines(rest)
            gone = set(map(id, most))
            held += max(len(most) - 1, 0)
            measured += bool(most)
            rest = [one for one in rest if id(one) not in gone]
    every = len(breaks) - measured
    return held / every if every else 0.0


def by_column(breaks: Sequence[Break]) -> list[list[Break]]:
    columns: dict[Column, list[Break]] = defaultdict(list)
    for one in breaks:
        columns[one.where].append(one)
    return list(columns.values())


def full_lines(breaks: Sequence[Break]) -> list[Break]:
    """The most lines that are full in a column as wide as one of them."""
    fills = [Fill(one.low, one.high) for one in breaks]
    wall, _ = fullest(sorted(fill.low for fill in fills), fills)
    return [one for one in breaks if one.low <= wall < one.high]
