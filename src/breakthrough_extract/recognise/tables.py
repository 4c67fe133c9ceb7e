"""Tables: what the heads of columns and rows say of the cells under and beside them."""

from __future__ import annotations

from dataclasses import dataclass

from breakthrough_extract.document import Place
from breakthrough_extract.recognise.lines import Line, What

Cell = tuple[int, int, int]  # table, row, column


def _cell(place: Place) -> Cell:
    return (place.table, place.row, place.column)


def by_cell(lines: list[Line]) -> list[Line]:
    """`lines` with each cell's together, where the first of them stands: a cell may go on
    over the page."""
    first: dict[Cell, int] = {}
    keys: list[int] = []
    for n, line in enumerate(lines):
        place = line.block.place
        keys.append(first.setdefault(_cell(place), n) if place.table else n)
    return [line for _, line in sorted(zip(keys, lines, strict=True), key=lambda pair: pair[0])]


@dataclass(frozen=True)
class Tables:
    """What the heads of columns and rows say of the cells under and beside them."""

    column_slots: dict[tuple[int, int], str]  # (table, column) → slot
    row_slots: dict[tuple[int, int], str]  # (table, row) → slot
    row_themes: dict[tuple[int, int], str]
    column_themes: dict[tuple[int, int], str]
    head_rows: frozenset[tuple[int, int]]
    head_cells: frozenset[Cell]

    @staticmethod
    def of(lines: list[Line]) -> Tables:
        cells: dict[Cell, list[Line]] = {}
        for line in lines:
            if line.block.place.table and line.what != What.FURNITURE:
                cells.setdefault(_cell(line.block.place), []).append(line)
        labels = _only(cells, What.LABEL)
        head_rows, column_slots = _heads(labels, across=True)
        _, row_slots = _heads(
            {cell: name for cell, name in labels.items() if cell[:2] not in head_rows}, across=False
        )
        themes = {
            cell: line.name
            for cell, inside in cells.items()
            for line in inside
            if line.what == What.THEME
        }
        return Tables(
            column_slots=column_slots,
            row_slots=row_slots,
            row_themes={(t, r): name for (t, r, _), name in sorted(themes.items(), reverse=True)},
            column_themes={(t, c): name for (t, _, c), name in sorted(themes.items(), reverse=True)}
            if row_slots
            else {},
            head_rows=frozenset(head_rows),
            head_cells=frozenset(cell for cell in labels if (cell[0], cell[1]) in row_slots),
        )

    def is_head(self, line: Line) -> bool:
        """Whether the line stands in a head row, or is the head of a row."""
        place = line.block.place
        if line.what == What.THEME:
            return False
        return (place.table, place.row) in self.head_rows or _cell(place) in self.head_cells

    def slot(self, place: Place) -> str:
        """What the heads of its column or row make of a cell; "" if it has none."""
        above = self.column_slots.get((place.table, place.column), "")
        return above or self.row_slots.get((place.table, place.row), "")

    def theme(self, place: Place) -> str:
        """The theme that a cell's row or column is named for."""
        if (place.table, place.column) in self.column_slots:
            return self.row_themes.get((place.table, place.row), "")
        return self.column_themes.get((place.table, place.column), "")


def _only(cells: dict[Cell, list[Line]], what: What) -> dict[Cell, str]:
    """The cells that hold nothing but one such line, perhaps several times; its name."""
    return {
        cell: lines[0].name
        for cell, lines in cells.items()
        if all(line.what == what and line.name == lines[0].name for line in lines)
    }


def _heads(
    labels: dict[Cell, str], across: bool
) -> tuple[set[tuple[int, int]], dict[tuple[int, int], str]]:
    """The rows (or columns) that are heads, and the slot of each column (or row).

    A head holds the labels of two slots or more; one label alone is a cell's own.
    """
    lines: dict[tuple[int, int], set[str]] = {}
    for (table, row, column), name in labels.items():
        lines.setdefault((table, row if across else column), set()).add(name)
    heads = {line for line, names in lines.items() if len(names) > 1}
    slots = {
        (table, column if across else row): name
        for (table, row, column), name in sorted(labels.items())
        if (table, row if across else column) in heads
    }
    return heads, slots


def same_cell(one: Place, other: Place) -> bool:
    """Whether nothing in the layout parts two places: tables do, running text does not."""
    if one.table or other.table:
        cell = (one.table, one.row, one.column)
        return cell == (other.table, other.row, other.column)
    return True
