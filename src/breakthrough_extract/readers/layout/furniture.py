"""What repeats from page to page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import median

from breakthrough_extract.readers.layout.boxes import centred_in
from breakthrough_extract.readers.layout.drawn import is_ground
from breakthrough_extract.readers.layout.measures import MARGIN
from breakthrough_extract.readers.layout.nouns import Atom, Sheet
from breakthrough_extract.readers.layout.rows import (
    atoms_of,
    row_box,
    row_key,
    rows_of,
    segments_of,
    words_key,
)

FURNITURE_DRIFT = 2.0  # points that a running head's height varies from page to page
BESIDE = 0.3  # of the size: how much of their height words have in common with a label beside
PAGE_NUMBER = "0"  # what `row_key` makes of a row that is nothing but a number


@dataclass(frozen=True)
class Repeats:
    """Rows of words that stand at one height on several sheets."""

    furniture: frozenset[str]  # running heads and page numbers
    heads: frozenset[str]  # the head row of a table that goes on from page to page


def find_repeats(sheets: Sequence[Sheet]) -> Repeats:
    """What repeats at the top and bottom of the sheets."""
    seen: dict[str, list[tuple[int, list[Atom]]]] = defaultdict(list)
    for index, sheet in enumerate(sheets):
        for row in margin_rows(sheet):
            seen[row_key(row)].append((index, row))
    furniture: set[str] = set()
    columned: dict[str, set[int]] = {}  # rows that head columns, and the sheets they stand on
    for key, places in seen.items():
        row, sheet = places[0][1], sheets[places[0][0]]
        if _heads_table(row) and _over_columns(row, sheet):
            columned[key] = {index for index, _ in places}
        elif key == PAGE_NUMBER or (
            _on_most(places, len(sheets))
            and not _over_columns(row, sheet)
            and not any(_has_text_beside(row, sheets[index]) for index, row in places)
        ):
            furniture.add(key)
    lone = [seen[key][0][1] for key, found in columned.items() if len(found) == 1]
    if lone:
        # A table can begin low on its first page, where no margin is.
        lengths = {sum(len(atom.words) for atom in row) for row in lone}
        for index, sheet in enumerate(sheets):
            for words in rows_of(sheet.words):
                if len(words) in lengths:
                    columned.get(words_key(words), set()).add(index)
    heads = frozenset(key for key, found in columned.items() if len(found) > 1)
    return Repeats(frozenset(furniture), heads)


def _on_most(places: Sequence[tuple[int, Sequence[Atom]]], count: int) -> bool:
    """Whether the row stands at one height on half of the sheets, or of the left or right ones."""
    heights = {index: row_box(row).bottom for index, row in places}
    usual = median(heights.values())
    found = [index for index, bottom in heights.items() if abs(bottom - usual) < FURNITURE_DRIFT]
    sides = (range(count), range(0, count, 2), range(1, count, 2))
    return len(found) > 1 and any(
        len(side) > 1 and sum(index in side for index in found) >= len(side) / 2 for side in sides
    )


def furniture_rows(sheet: Sheet, repeats: Repeats) -> Iterator[list[Atom]]:
    """The running heads and page numbers of the sheet.

    They are what stands outermost: a row that repeats below a title is no running head.
    """
    rows = margin_rows(sheet) if repeats.furniture else []
    middle = sheet.height / 2
    above = [row for row in rows if row_box(row).top < middle]
    below = [row for row in reversed(rows) if row_box(row).top >= middle]
    for side in (above, below):
        yield from takewhile(lambda row: row_key(row) in repeats.furniture, side)


def margin_rows(sheet: Sheet) -> list[list[Atom]]:
    """The rows in the top and bottom margin that no box is drawn around."""
    low, high = MARGIN * sheet.height, (1 - MARGIN) * sheet.height
    near = [w for w in sheet.words if w.box.bottom < low or w.box.top > high]
    boxes = [area for area in sheet.areas if not is_ground(area, sheet)]
    return [
        row
        for row in rows_of(atoms_of(near))
        if not any(centred_in(row_box(row), box) for box in boxes)
    ]


def _has_text_beside(row: Sequence[Atom], sheet: Sheet) -> bool:
    """Whether words stand beside the row, a little higher or lower: it is a label of theirs."""
    box, held = row_box(row), {word.start for atom in row for word in atom.words}
    return any(
        min(word.box.bottom, box.bottom) - max(word.box.top, box.top) > BESIDE * word.size
        and word.start not in held
        for word in sheet.words
    )


def _over_columns(row: Sequence[Atom], sheet: Sheet) -> bool:
    """Whether below each part of the row stand words that begin where the part begins."""
    lefts = [part[0].box.x0 for part in segments_of(row)]
    if len(lefts) < 2:
        return False
    below = {w.box.x0 for w in sheet.words if w.box.top > row[0].box.bottom}
    return all(any(abs(x - left) < 1.5 for x in below) for left in lefts)


def _heads_table(row: Sequence[Atom]) -> bool:
    """Whether the row can head a table: one that says a thing twice heads boxes side by side."""
    keys = [row_key(part) for part in segments_of(row)]
    return len(keys) >= 3 and len(set(keys)) == len(keys)
