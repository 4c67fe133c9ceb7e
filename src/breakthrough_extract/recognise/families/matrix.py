"""A table with stages along one side and themes along the other, or as headings in its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from breakthrough_extract.recognise.families.axes import (
    CELL_LEVEL,
    Axis,
    Row,
    leaves_of,
    oriented,
    parts_of,
    rows,
)
from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import (
    Cell,
    Claim,
    Form,
    Found,
    Frames,
    Head,
    Leaf,
    Remark,
    Table,
)


def matrix(frames: Frames, names: Names) -> Found:
    """Stages ascending or descending, merged cells, rows of groups, several rows a theme."""
    claims: list[Claim] = []
    remarks: list[Remark] = []
    for table in frames.tables:
        found = oriented(table, names)
        if not found:
            continue
        turned, axis = found
        named = rows(turned, axis, names)
        if any(row.themes for row in named.values()):
            claims += _claims(turned, axis, named)
            remarks += _stage_remarks(turned, axis, named)
            remarks += _theme_remarks(named)
        else:
            claims += _in_cells(turned, axis, names)
    return Found(tuple(claims), tuple(remarks))


def _claims(table: Table, axis: Axis, named: dict[int, Row]) -> Iterator[Claim]:
    for number, row in named.items():
        if not row.themes:
            continue
        for column, head in axis.stages.items():
            cell = table.grid[number, column]
            if _spans_themes(cell.row, cell.rows, named):
                continue
            path = (row.kind,) if row.kind else ()
            heads = (*row.heads, head)
            leaves = leaves_of(cell, path) if cell.row == number else ()
            if _stages_under(cell, axis) > 1:
                leaves = tuple(replace(leaf, is_shared=True) for leaf in leaves)
            yield Claim(row.themes[0], head.stage, heads, leaves, True, head.start)


def _in_cells(table: Table, axis: Axis, names: Names) -> Iterator[Claim]:
    """The claims of cells whose themes are headings within them."""
    for column, head in axis.stages.items():
        for row in range(axis.row + 1, table.height):
            cell = table.grid[row, column]
            if cell.row == row and cell.columns == 1:
                for label, leaves in parts_of(cell):
                    said = names.whole(label.text.text)
                    if len(said.themes) == 1 and not said.stage:
                        over = Head(label.text, Form.CELL, CELL_LEVEL + 1, themes=said.themes)
                        yield Claim(said.themes[0], head.stage, (head, over), leaves)


def _stages_under(cell: Cell, axis: Axis) -> int:
    """Over how many stages a cell reaches: what it says holds for each of them."""
    columns = range(cell.column, cell.column + cell.columns)
    return len({axis.stages[column].stage for column in columns if column in axis.stages})


def _spans_themes(first: int, count: int, named: dict[int, Row]) -> bool:
    """Whether a cell reaches over the rows of several themes: it is none's own."""
    themes = {row.themes for n in range(first, first + count) if (row := named.get(n))}
    return len({theme for theme in themes if theme}) > 1


def _stage_remarks(table: Table, axis: Axis, named: dict[int, Row]) -> Iterator[Remark]:
    """What stands in a stage's column over the rows of several themes is about the stage."""
    seen: set[tuple[int, int]] = set()
    for number in named:
        for column, head in axis.stages.items():
            cell = table.grid[number, column]
            fresh = (cell.row, cell.column) not in seen
            if fresh and cell.columns == 1 and _spans_themes(cell.row, cell.rows, named):
                seen.add((cell.row, cell.column))
                yield Remark(head.stage, True, leaves_of(cell, ()), (head,))


def _theme_remarks(named: dict[int, Row]) -> Iterator[Remark]:
    """What stands beside a theme's name, before the stages: its question, what it is."""
    for row in named.values():
        if row.themes and row.beside:
            leaves = (Leaf(head.text, (), in_table=True) for head in row.beside)
            yield Remark(row.themes[0], False, tuple(leaves))
