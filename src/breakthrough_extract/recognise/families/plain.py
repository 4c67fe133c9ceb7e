"""A document before anybody reads names in it: its blocks, its tables as grids, and the lines
that may be labels by how often they come."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from breakthrough_extract.document import Block, Document
from breakthrough_extract.profile import Profile
from breakthrough_extract.recognise.families.contents import without_contents
from breakthrough_extract.recognise.families.label_lines import labelled
from breakthrough_extract.recognise.families.list_names import list_names
from breakthrough_extract.recognise.families.names import Names, key
from breakthrough_extract.recognise.families.nouns import Cell, Shape
from breakthrough_extract.recognise.families.once import once

PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*$", re.IGNORECASE)
OPENS = re.compile(r"[:：]\s*$")


@dataclass(frozen=True)
class Plain:
    """A document as it is before anybody reads names in it."""

    blocks: list[Block]
    once: frozenset[str]  # bold lines that come but once
    again: frozenset[str]  # lines that end in a colon and come several times
    named: frozenset[int]  # where items stand that name the list nested in them
    shapes: dict[tuple[int, int], Shape]  # of tables, by their first character and their blocks


def plain(document: Document, names: Names) -> Plain:
    """The document without furniture; the profile's running heads are some."""
    return _without_furniture(document, names) if names.profile.running_heads else _plain(document)


@once
def _plain(document: Document) -> Plain:
    return _without_furniture(document, Names(Profile("", "", (), ())))


def _without_furniture(document: Document, names: Names) -> Plain:
    lines = Counter(key(block.text.text) for block in document.blocks if block.style.bold)
    blocks = without_contents(
        block for block in labelled(document) if not is_furniture(block, names)
    )
    openers = Counter(key(b.text.text) for b in blocks if OPENS.search(b.text.text))
    tables = [list(run) for table, run in groupby(blocks, key=table_of) if table]
    return Plain(
        blocks,
        frozenset(line for line, times in lines.items() if times == 1),
        frozenset(line for line, times in openers.items() if times > 1),
        list_names(blocks),
        {place_of(run): Shape(tuple(_cells(run))) for run in tables},
    )


def place_of(table: Sequence[Block]) -> tuple[int, int]:
    return table[0].text.pieces[0].start, len(table)


def table_of(block: Block) -> int:
    """The number of the table that a block is a cell of; a caption is none."""
    return block.place.table if block.place.row >= 0 else 0


def is_furniture(block: Block, names: Names) -> bool:
    """Whether a block is a page number, or one of the profile's running heads."""
    text = block.text.folded
    heads = {key(head) for head in names.profile.running_heads}
    on_page = block.place.page and not block.place.table  # in a table figures count its rows
    return bool(on_page and PAGE_NUMBER.match(text)) or key(text) in heads


def _cells(blocks: list[Block]) -> list[Cell]:
    """The cells that blocks of one table stand in, row by row, the empty ones too."""
    inside: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        inside.setdefault((block.place.row, block.place.column), []).append(block)
    cells = {
        (row, column): Cell(row, column, own[0].place.rows, own[0].place.columns, tuple(own))
        for (row, column), own in inside.items()
    }
    rows = max(row for row, _ in cells) + 1
    columns = max(cell.column + cell.columns for cell in cells.values())
    covered = {
        (row, column)
        for cell in cells.values()
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in covered:
                cells[row, column] = Cell(row, column)
    return [cells[place] for place in sorted(cells)]
