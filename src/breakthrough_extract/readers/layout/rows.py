"""Words that stand on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Protocol, TypeVar

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout.boxes import around, on_one_line
from breakthrough_extract.readers.layout.measures import BULLET_REACH, GUTTER, WIDE_GAP
from breakthrough_extract.readers.layout.nouns import Atom, Word
from breakthrough_extract.readers.layout.signs import could_be_bullet

NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
LEFT = attrgetter("box.x0")
NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)


class HasBox(Protocol):
    """A word, an atom: what stands somewhere."""

    @property
    def box(self) -> Box: ...


Placed = TypeVar("Placed", bound=HasBox)


def rows_of(things: Iterable[Placed]) -> list[list[Placed]]:
    """What stands on one line each, from top to bottom, each row from left to right."""
    rows: list[list[Placed]] = []
    tallest = NOWHERE  # of the last row
    for thing in sorted(things, key=_height):
        box = thing.box
        if rows and on_one_line(tallest, box):
            rows[-1].append(thing)
            if box.bottom - box.top > tallest.bottom - tallest.top:
                tallest = box
        else:
            rows.append([thing])
            tallest = box
    for row in rows:
        row.sort(key=LEFT)
    return rows


def _height(thing: Placed) -> tuple[float, float]:
    x0, top, _, bottom = thing.box
    return top + bottom, x0


def atoms_of(words: Iterable[Word]) -> list[Atom]:
    """The words as obstacles; a bullet reaches to its text, so no gutter comes between."""
    return [atom for row in rows_of(words) for atom in _obstacles(row)]


def _obstacles(row: Sequence[Word]) -> Iterator[Atom]:
    for at, word in enumerate(row):
        box = word.box
        if len(word.text) == 1 and at + 1 < len(row) and could_be_bullet(word.text):
            # A dash that ends a line has a word space before it; a bullet has white.
            leads = not at or box.x0 - row[at - 1].box.x1 > GUTTER * word.size
            reach = row[at + 1].box.x0
            if leads and 0 < reach - box.x1 < BULLET_REACH * row[at + 1].size:
                box = box._replace(x1=reach)
        yield Atom(box, word.size, (word,))


def segments_of(row: Sequence[Atom]) -> list[list[Atom]]:
    """The parts of a row that wide gaps keep apart."""
    out: list[list[Atom]] = [[row[0]]]
    for before, atom in pairwise(row):
        if atom.box.x0 - before.box.x1 >= WIDE_GAP * max(before.size, atom.size):
            out.append([])
        out[-1].append(atom)
    return out


def row_key(row: Iterable[Atom]) -> str:
    """What rows that say the same have in common."""
    return words_key(word for atom in row for word in atom.words)


def words_key(words: Iterable[Word]) -> str:
    text = " ".join(word.text for word in words)
    return NUMBER.sub("0", text.casefold())


def row_box(row: Sequence[Atom]) -> Box:
    return around(atom.box for atom in row)
