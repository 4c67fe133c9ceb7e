"""One table a stage: the stage stands over it, themes along one side."""

from __future__ import annotations

from collections.abc import Iterator

from breakthrough_extract.recognise.families.axes import head_of, leaves_of, oriented
from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Claim, Found, Frames, Head, Leaf, Table
from breakthrough_extract.recognise.families.paths import one_of, stage_of


def stage_tables(frames: Frames, names: Names) -> Found:
    """Tables under a stage whose first column, or first row, names themes."""
    out: list[Claim] = []
    for table in frames.tables:
        stage, at = stage_of(table.path)
        if stage and not oriented(table, names):
            sides = (table, table.turned())  # the corner alone may be a theme's, too
            upright = max(sides, key=lambda side: len(_themes(side, names)))
            out += _claims(upright, table.path[at], names)
    return Found(tuple(out))


def _themes(table: Table, names: Names) -> dict[int, Head]:
    """The rows whose first cell names a theme."""
    heads = {
        cell.row: head_of(cell, names) for cell in table.cells if cell.column == 0 and cell.blocks
    }
    return {row: head for row, head in heads.items() if head.themes}


def _claims(table: Table, stage: Head, names: Names) -> Iterator[Claim]:
    themes = _themes(table, names)
    kinds = {
        column: head_of(cell, names)
        for column in range(1, table.width)
        if 0 not in themes and (cell := table.grid[0, column]).blocks
    }
    for row, head in themes.items():
        theme = one_of(head.themes, table.path, names)
        leaves: list[Leaf] = []
        for column in range(1, table.width):
            cell = table.grid[row, column]
            if cell.row == row and cell.column == column:
                kind = kinds.get(column) if table.width > 2 else None
                leaves += leaves_of(cell, (kind,) if kind else ())
        if theme:
            heads = (stage, head)
            yield Claim(theme, stage.stage, heads, tuple(leaves), True, table.start)
