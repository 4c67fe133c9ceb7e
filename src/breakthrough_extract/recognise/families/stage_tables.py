"""One table a stage: the stage stands over it, themes along one side, or in a column within."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from breakthrough_extract.recognise.families.axes import head_of, leaves_of, oriented
from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Claim, Found, Frames, Head, Leaf, Table
from breakthrough_extract.recognise.families.paths import one_of, stage_of

FIRST_COLUMNS = 3  # one that stands further in groups no rows
IDENTIFIER = re.compile(r"[A-Z]{0,8}[ .-]{0,2}\d[\w.-]*")  # the line may break behind its hyphen


def stage_tables(frames: Frames, names: Names) -> Found:
    """Tables under a stage whose first column, or first row, names themes."""
    out: list[Claim] = []
    for table in frames.tables:
        stage, at = stage_of(table.path)
        if stage and not oriented(table, names):
            turned = table.turned()  # the corner alone may be a theme's, too
            sides = [(table, column) for column in range(min(table.width, FIRST_COLUMNS))]
            sides.append((turned, 0))
            upright, named = max(sides, key=lambda side: len(_themes(side[0], side[1], names)))
            out += _claims(upright, named, table.path[at], names)
    return Found(tuple(out))


def _themes(table: Table, column: int, names: Names) -> dict[int, Head]:
    """The rows whose cell in that column names a theme."""
    heads = {
        cell.row: head_of(cell, names)
        for cell in table.cells
        if cell.column == column and cell.blocks
    }
    return {row: head for row, head in heads.items() if head.themes}


def _claims(table: Table, named: int, stage: Head, names: Names) -> Iterator[Claim]:
    themes = _themes(table, named, names)
    others = [column for column in range(table.width) if column != named]
    texts = [column for column in others if not _identifies(table, column, list(themes))]
    kinds = {
        column: head_of(cell, names)
        for column in others
        if 0 not in themes and (cell := table.grid[0, column]).blocks
    }
    for row, head in themes.items():
        theme = one_of(head.themes, table.path, names)
        leaves: list[Leaf] = []
        numbers = [
            head_of(table.grid[row, column], names) for column in others if column not in texts
        ]
        for column in texts:
            cell = table.grid[row, column]
            if cell.row == row and cell.column == column:
                kind = kinds.get(column) if texts != [column] else None
                leaves += leaves_of(cell, (kind,) if kind else ())
        if theme:
            heads = (stage, *(number.bare() for number in numbers), head)
            yield Claim(theme, stage.stage, heads, tuple(leaves), True, table.start)


def _identifies(table: Table, column: int, rows: Sequence[int]) -> bool:
    """Whether a column but numbers the rows: `GR-13`, `4.2`; such cells are labels, no texts."""
    labels = [table.grid[row, column].label for row in rows]
    return len(set(labels)) == len(labels) and all(map(IDENTIFIER.fullmatch, labels))
