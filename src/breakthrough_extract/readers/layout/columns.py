"""Columns found by the white between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from breakthrough_extract.readers.layout.drawn import Frames
from breakthrough_extract.readers.layout.labelled import continued_rows
from breakthrough_extract.readers.layout.nouns import Atom, Region, Word
from breakthrough_extract.readers.layout.rows import row_key, rows_of
from breakthrough_extract.readers.layout.tables import find_table
from breakthrough_extract.readers.layout.white import Group, Stripe, columns_of, text_groups_of

FOLD = 1.5  # times as wide as a page's other gutters is the one between its halves


def flow(atoms: Sequence[Atom], frames: Frames) -> list[Region]:
    """The regions of loose atoms: columns side by side, tables without rules, one column."""
    groups = text_groups_of(atoms)
    out, groups = _continued(groups, frames) if frames.open else ([], groups)
    frames = frames._replace(open=())
    for group in groups:
        if not group.gaps:
            out += _single(group.atoms)
            continue
        middle = _fold(group)
        grid = None if middle else find_table(group, frames)
        if middle:
            for half in columns_of(group.atoms, [middle]):
                out += flow(half, frames)
        elif grid:
            out += flow(grid.above, frames) if grid.above else []
            out += _table(grid.rows, group.gaps, frames)
        else:
            for column in columns_of(group.atoms, group.gaps):
                out += flow(column, frames) if column else []
    return out


def _continued(groups: Sequence[Group], frames: Frames) -> tuple[list[Region], list[Group]]:
    """The table that goes on from the page before: its rows, and the groups that are none of it.

    What has no label goes on with the row before, but for the first below a head.
    """
    for count in range(len(groups), 0, -1):
        clusters = tuple(cluster for group in groups[:count] for cluster in group.clusters)
        found = continued_rows(groups[0]._replace(clusters=clusters), frames.open)
        if found:
            rows, gaps = found
            headed = row_key(rows_of(rows[0])[0]) in frames.heads
            cells: list[list[list[Atom]]] = []
            for row in rows:
                parts = columns_of(row, gaps)
                if cells and not parts[0] and not (headed and len(cells) == 1):
                    cells[-1] = [old + new for old, new in zip(cells[-1], parts, strict=True)]
                else:
                    cells.append(parts)
            regions = _table(cells, gaps, frames._replace(open=()))
            return [replace(one, edges=frames.open) for one in regions], list(groups[count:])
    return [], list(groups)


def _fold(group: Group) -> Stripe | None:
    """The gutter between two halves of a page that are laid out alike; None if there is none.

    It is clearly wider than the others, and the first line has a title over each half: it
    stands where the half begins and leaves the half's other columns empty.
    """
    widths = [end - start for start, end in group.gaps]
    if len(widths) < 3 or len(widths) % 2 == 0:
        return None
    at = len(widths) // 2
    others = [width for n, width in enumerate(widths) if n != at]
    if widths[at] < FOLD * max(others):
        return None
    filled = [n for n, column in enumerate(columns_of(group.clusters[0], group.gaps)) if column]
    return group.gaps[at] if filled == [0, at + 1] else None


def _single(atoms: Sequence[Atom]) -> list[Region]:
    """One column from top to bottom; each box in it is a region of its own."""
    out: list[Region] = []
    run: list[Word] = []
    for atom in sorted(atoms, key=lambda atom: atom.box.top):
        if atom.inner:
            if run:
                out.append(Region(tuple(run)))
                run = []
            out += atom.inner
        else:
            run += atom.words
    return [*out, Region(tuple(run))] if run else out


def _table(
    rows: Sequence[Sequence[Sequence[Atom]]],
    gaps: Sequence[Stripe],
    frames: Frames,
) -> list[Region]:
    boxes = all(atom.inner for cells in rows for cell in cells for atom in cell if len(cells) < 3)
    drawn = any(atom.inner for cells in rows for cell in cells for atom in cell)
    edges = tuple(round(end, 1) for _, end in gaps)
    # Boxes that stand apart in rows are read row by row, but are no table.
    table = 0 if drawn and boxes else 1
    return [
        region if not table else replace(region, table=1, row=r, column=c, edges=edges)
        for r, cells in enumerate(rows)
        for c, cell in enumerate(cells)
        if cell
        for region in flow(list(cell), frames)
    ]
