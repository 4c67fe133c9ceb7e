"""What joined lines are taken apart into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from breakthrough_extract.readers.joined.faces import Face, Style


class Kind(Enum):
    """What a column's text is."""

    STUB = auto()  # the column that names each row: a theme and its complaint
    HEAD = auto()  # a headline
    ITEM = auto()
    LAST = auto()  # the item after "; and"
    NOTE = auto()  # what stands below a list


LISTED = (Kind.ITEM, Kind.LAST)


class End(NamedTuple):
    """What was read of a column last: a stretch of the words of a row."""

    row: int
    start: int  # the first word, 0-based
    end: int  # exclusive
    kind: Kind
    closed: bool  # whether its text may end there
    y: float = 0.0  # how far below the head of its row of cells, in lines


Ends = tuple[End | None, ...]  # one a column; None where it has not begun


@dataclass(frozen=True)
class Row:
    """One joined line."""

    words: tuple[str, ...]
    marks: frozenset[int]  # which of the words are list marks
    labelled: bool = False  # whether a row of labels stands just above


@dataclass(frozen=True)
class Measure:
    """How wide columns are, in ems of their face."""

    face: Face
    widths: tuple[float, ...]  # one a column
    stub: bool = False  # whether the first column only names the rows
    mark_indent: float = 0.5  # how far marked lines stand in from headlines
    rest_indent: float = 1.2  # and the lines on which an item goes on
    gap: float = 0.0  # white between items, in lines
    head_gap: float = 0.0  # and below a headline

    def room(self, column: int, kind: Kind, marked: bool) -> float:
        """How wide a line of that kind may be in the column."""
        if marked:
            return self.widths[column] - self.mark_indent
        return self.widths[column] - (self.rest_indent if kind in LISTED else 0.0)

    def below(self, before: End, marked: bool) -> float:
        """How far down the line after `before` stands, in lines."""
        gap = self.head_gap if before.kind == Kind.HEAD else self.gap
        return round(before.y + 1 + (gap if marked else 0.0), 3)


@dataclass(frozen=True)
class Line:
    """A row as it is set in one style."""

    words: tuple[str, ...]
    style: Style

    def width(self, start: int, end: int) -> float:
        """How wide the words from `start` up to `end` are."""
        return self._before[end] - self._before[start] - self.style.space

    @cached_property
    def firsts(self) -> list[float]:
        """How wide each word is. (Some line breakers break after hyphens, some do not.)"""
        return [self.style.width(word) for word in self.words]

    @cached_property
    def _before(self) -> list[float]:
        return list(accumulate((self._advance(word) for word in self.words), initial=0.0))

    def _advance(self, word: str) -> float:
        return self.style.width(word) + self.style.space
