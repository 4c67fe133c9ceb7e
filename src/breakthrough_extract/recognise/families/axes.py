"""Which heads of a table name stages, themes and kinds of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from breakthrough_extract.document import Block, BlockKind, Passage
from breakthrough_extract.recognise.families.names import LONGEST_LABEL, Names, Said, key
from breakthrough_extract.recognise.families.nouns import Cell, Form, Head, Leaf, Path, Table
from breakthrough_extract.recognise.families.paths import one_of

FIRST_ROWS = 4  # a head row further down is none
CELL_LEVEL = 6


def head_of(cell: Cell, names: Names) -> Head:
    """The label that a cell is, whatever it names."""
    known = names.cells.get(id(cell))
    if known is None:
        known = names.cells[id(cell)] = (cell, _head_of(cell, names))
    return known[1]


def _head_of(cell: Cell, names: Names) -> Head:
    text = cell.text.text
    said = names.read(text) if 0 < len(text) <= LONGEST_LABEL * 2 else Said()
    label, rest = cell.text, Passage()
    if said and said.end < len(text):
        label, rest = cell.text[: said.end].strip(), cell.text[said.end :].strip()
    return Head(label, Form.CELL, CELL_LEVEL, said.stage, said.themes, said.group, said.kind, rest)


@dataclass(frozen=True)
class Axis:
    """A row of heads that name stages, and the columns they stand over."""

    row: int  # the last row of the head
    stages: dict[int, Head]  # column → label

    @property
    def first(self) -> int:
        return min(self.stages)


def stage_axis(table: Table, names: Names) -> Axis | None:
    """The head row of a table whose columns are stages; None if it has none.

    A table whose rows are stages is to be turned first.
    """
    for row in range(min(table.height, FIRST_ROWS)):
        stages: dict[int, Head] = {}
        for column in range(table.width):
            cell = table.grid.get((row, column))
            if cell and cell.blocks and cell.columns < table.width:
                head = head_of(cell, names)
                if head.stage:
                    stages[column] = head
        if len({head.stage for head in stages.values()}) > 1:
            return Axis(row, stages)
    return None


def oriented(table: Table, names: Names) -> tuple[Table, Axis] | None:
    """The table with its stages as columns, and their axis."""
    axis = stage_axis(table, names)
    if axis:
        return table, axis
    turned = table.turned()
    axis = stage_axis(turned, names)
    return (turned, axis) if axis else None


@dataclass(frozen=True)
class Row:
    """What the heads of one row say."""

    heads: Path  # of the row itself, outermost first
    themes: tuple[str, ...] = ()
    group: str = ""
    kind: Head | None = None  # a label that names no theme: what the text in the row is
    beside: Path = ()  # what stands beside the theme's name and is no kind of text


def rows(table: Table, axis: Axis, names: Names) -> dict[int, Row]:
    """What the heads of each row below the axis say; a row that is a heading has none."""
    out: dict[int, Row] = {}
    over: list[Head] = []  # rows that head the rows below them
    above: tuple[Head, int] | None = None  # the theme of the row above, and its column
    for row in range(axis.row + 1, table.height):
        cells = [table.grid[row, column] for column in range(table.width)]
        distinct = list({id(cell): cell for cell in cells if cell.blocks}.values())
        again = [head_of(cell, names) for cell in distinct if cell.column in axis.stages]
        if len({head.stage for head in again if head.stage and not head.rest}) > 1:
            continue  # the head row again
        if len(distinct) == 1 and (distinct[0].columns > 1 or distinct[0].column < axis.first):
            head = head_of(distinct[0], names)
            if head.themes or head.group:
                above = None
                over = [head] if head.group else [*(h for h in over if h.group), head]
                continue
        lead = [cell for cell in distinct if cell.column < axis.first]
        heads = [head_of(cell, names) for cell in lead]
        theme = next((head for head in heads if head.themes), None)
        if theme:
            above = (theme, next(c.column for c, h in zip(lead, heads, strict=True) if h is theme))
        elif above and distinct and not table.grid[row, above[1]].blocks:
            theme = above[0]  # its cell is empty in all rows but the first
            heads.insert(0, theme)
        else:
            above = None
        outer = [head for head in over if not theme or not head.themes]
        kinds = [head for head in heads if head is not theme and not head.group and not head.stage]
        labelled = next((head for head in (*heads, *outer) if head.themes), None)
        groups = [head.group for head in (*outer, *heads) if head.group]
        path = (*table.path, *outer, *heads)
        out[row] = Row(
            heads=(*outer, *heads),
            themes=tuple(filter(None, [one_of(labelled.themes, path, names)])) if labelled else (),
            group=groups[-1] if groups else "",
            kind=next(filter(_says, kinds), None),
        )
    return _with_true_kinds(out, names)


def _says(head: Head) -> bool:
    """Whether a label has a word in it: figures count rows, or weigh them."""
    return any(map(str.isalpha, head.text.text))


def _with_true_kinds(named: dict[int, Row], names: Names) -> dict[int, Row]:
    """`named`, where only that is a kind of text which is a known one, or comes again in a table
    whose themes have several rows. What comes again beside other themes groups them, and what
    comes but once is said of its theme.

    In a table that names no theme every label is one.
    """
    if not any(row.themes for row in named.values()):
        return named
    times = Counter(key(row.kind.text.text) for row in named.values() if row.kind)
    themes = Counter(row.themes for row in named.values())
    typed = any(themes[row.themes] > 1 and row.themes for row in named.values() if row.kind)
    out: dict[int, Row] = {}
    for number, row in named.items():
        if row.kind is None or row.kind.kind or names.role(row.kind.text.text):
            out[number] = row
        elif times[key(row.kind.text.text)] == 1:
            out[number] = replace(row, kind=None, beside=(row.kind,))
        else:
            out[number] = row if typed else replace(row, kind=None)
    return out


def parts_of(cell: Cell) -> Iterator[tuple[Block, tuple[Leaf, ...]]]:
    """The parts of a cell that has headings in it: each with the texts below it."""
    at = [n for n, block in enumerate(cell.blocks) if _is_heading(cell.blocks, n)]
    for start, end in pairwise([*at, len(cell.blocks)]):
        leaves = leaves_of(replace(cell, blocks=cell.blocks[start + 1 : end]), ())
        yield cell.blocks[start], leaves


def _is_heading(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block of a cell is set as a heading, or as a bold line over a list."""
    block = blocks[at]
    over_list = block.style.bold and at + 1 < len(blocks) and blocks[at + 1].kind == BlockKind.ITEM
    return block.kind == BlockKind.HEADING or (over_list and block.kind != BlockKind.ITEM)


def leaves_of(cell: Cell, path: Path) -> tuple[Leaf, ...]:
    """The texts of a cell."""
    return tuple(
        Leaf(
            block.text,
            path,
            is_item=block.kind == "item",
            depth=block.level if block.kind == "item" else 0,
            in_table=True,
        )
        for block in cell.blocks
    )
