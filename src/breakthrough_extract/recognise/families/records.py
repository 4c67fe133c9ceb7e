"""A table with a row for each cell of the model: one column names the theme, one the stage."""

from __future__ import annotations

from collections.abc import Iterator

from breakthrough_extract.recognise.families.axes import head_of, leaves_of, stage_axis
from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Claim, Found, Frames, Head, Leaf, Table
from breakthrough_extract.recognise.families.paths import one_of


def records(frames: Frames, names: Names) -> Found:
    """Rows that name both; the other columns are the cell's texts, under their heads."""
    return Found(tuple(claim for table in frames.tables for claim in _claims(table, names)))


def _claims(table: Table, names: Names) -> Iterator[Claim]:
    if stage_axis(table, names):
        return  # its stages head the columns; one that names the stage says where somebody is
    heads = {
        (row, column): head_of(cell, names)
        for (row, column), cell in table.grid.items()
        if cell.blocks
    }
    themes = _column(table, heads, {place for place, head in heads.items() if head.themes})
    stages = _column(table, heads, {place for place, head in heads.items() if head.stage})
    if themes < 0 or stages < 0 or themes == stages:
        return
    for row in range(table.height):
        theme, stage = heads.get((row, themes)), heads.get((row, stages))
        if theme and stage and theme.themes and stage.stage:
            own = one_of(theme.themes, (*table.path, theme), names)
            others = (c for c in range(table.width) if c not in (themes, stages))
            leaves = [leaf for c in others for leaf in _leaves(table, row, c, heads)]
            if own:
                place = (own, stage.stage, (theme, stage), tuple(leaves))
                yield Claim(*place, in_matrix=True, origin=table.start)


def _column(table: Table, heads: dict[tuple[int, int], Head], naming: set[tuple[int, int]]) -> int:
    """The column of which most cells name something of that kind; -1 if none does."""
    counts = {
        column: sum((row, column) in naming for row in range(table.height))
        for column in range(table.width)
    }
    best = max(counts, key=lambda column: counts[column], default=-1)
    filled = sum((row, best) in heads for row in range(table.height))
    return best if best >= 0 and 2 * counts[best] > filled else -1


def _leaves(
    table: Table, row: int, column: int, heads: dict[tuple[int, int], Head]
) -> tuple[Leaf, ...]:
    cell = table.grid[row, column]
    head = heads.get((0, column))
    several = table.width > 3  # theme, stage and one text need no name for the text
    return leaves_of(cell, (head,) if head and several else ()) if cell.row == row else ()
