"""A small table a theme: stages along one side, kinds of text (objective, activities) along the
other. The theme stands over the table, or its code in the heads: `DR 1`, `DR 2`."""

from __future__ import annotations

from collections.abc import Iterator

from breakthrough_extract.recognise.families.axes import Axis, leaves_of, oriented, rows
from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import (
    Claim,
    Found,
    Frames,
    Head,
    Leaf,
    Path,
    Table,
)
from breakthrough_extract.recognise.families.paths import theme_of


def theme_tables(frames: Frames, names: Names) -> Found:
    """Tables whose rows name no theme."""
    out: list[Claim] = []
    for table in frames.tables:
        found = oriented(table, names)
        if not found:
            continue
        turned, axis = found
        if not any(row.themes for row in rows(turned, axis, names).values()):
            out += _claims(turned, axis, names)
    return Found(tuple(out))


def _claims(table: Table, axis: Axis, names: Names) -> Iterator[Claim]:
    named = rows(table, axis, names)
    for column, head in axis.stages.items():
        theme, over = _theme(table.path, head, names)
        if not theme:
            continue
        leaves: list[Leaf] = []
        for number, row in named.items():
            cell = table.grid[number, column]
            if cell.row == number and cell.column == column:
                leaves += leaves_of(cell, (row.kind,) if row.kind else ())
        yield Claim(theme, head.stage, (*over, head), tuple(leaves), in_matrix=True)


def _theme(path: Path, head: Head, names: Names) -> tuple[str, Path]:
    """The theme of a column and the label that names it; the column's own head goes first."""
    if head.themes:
        return head.themes[0], ()
    theme, at = theme_of(path, names)
    return theme, (path[at],) if at >= 0 else ()
