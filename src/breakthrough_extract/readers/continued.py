"""Tables that a converter began anew on each page, made one again.

On the next page the head row is printed again, or what goes on of a cell stands where a head
row would: then the first cell is empty, and the others begin within a sentence or a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from breakthrough_extract.document import Block
from breakthrough_extract.punctuation import letters
from breakthrough_extract.readers.marks import mark_length

Row = dict[int, list[Block]]  # the blocks of each cell, by column


@dataclass
class _Table:
    """A table as far as it goes; its blocks are numbered anew as they are taken in."""

    number: int
    rows: dict[int, Row] = field(default_factory=dict)
    apart: bool = False  # whether text stands between it and the table before it

    @property
    def width(self) -> int:
        return 1 + max(column for row in self.rows.values() for column in row)

    @property
    def last(self) -> int:
        return max(self.rows)


def joined_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """`blocks` with the tables that go on over pages under one number each."""
    moved: dict[tuple[int, int], tuple[int, int]] = {}  # (table, row) → the same as it is now
    before: _Table | None = None
    for table in _tables(blocks):
        if before and not table.apart and table.width == before.width:
            ends = before.last
            for row, now in _rows_now(before, table):
                moved[table.number, row] = (before.number, now)
                before.rows.setdefault(now, {}).update(table.rows[row])
            if before.last > ends or (table.number, table.last) in moved:
                continue
        before = table
    return tuple(_moved(block, moved) for block in blocks) if moved else tuple(blocks)


def _moved(block: Block, moved: dict[tuple[int, int], tuple[int, int]]) -> Block:
    place = block.place
    now = moved.get((place.table, place.row))
    if not now:
        return block
    return replace(block, place=place._replace(table=now[0], row=now[1]))


def _tables(blocks: Sequence[Block]) -> Iterator[_Table]:
    """The tables in the order of the text."""
    said = Counter(letters(block.text.text) for block in blocks if not block.place.table)
    table: _Table | None = None
    apart = True
    for block in blocks:
        place = block.place
        if not place.table:
            sign = letters(block.text.text)
            apart = apart or not (sign.isdigit() or said[sign] > 1 or not sign)
            continue
        if table is None or table.number != place.table:
            if table:
                yield table
            table, apart = _Table(place.table, apart=apart), False
        table.rows.setdefault(place.row, {}).setdefault(place.column, []).append(block)
    if table:
        yield table


def _rows_now(before: _Table, table: _Table) -> Iterator[tuple[int, int]]:
    """For each row of `table` which row of `before` it is; nothing if it is another table."""
    rows = sorted(table.rows)
    head = _signs(before.rows[min(before.rows)])
    repeated = len(head) > 1 and _signs(table.rows[rows[0]]) == head
    body = rows[1:] if repeated else rows
    goes_on = bool(body) and _goes_on(table.rows[body[0]])
    if not repeated and not goes_on:
        return
    shift = before.last
    if repeated:
        yield rows[0], shift + 1
    for n, row in enumerate(body, 2 - goes_on if repeated else 1 - goes_on):
        yield row, shift if goes_on and row == body[0] else shift + n


def _signs(row: Row) -> dict[int, str]:
    return {
        column: letters("".join(block.text.text for block in cell)) for column, cell in row.items()
    }


def _goes_on(row: Row) -> bool:
    """Whether a row is the rest of one on the page before: its first cell is empty, and no
    other begins as a text does."""
    return 0 not in row and not any(_begins(cell[0].text.folded) for cell in row.values())


def _begins(text: str) -> bool:
    return text[:1].isupper() and not mark_length(text)
