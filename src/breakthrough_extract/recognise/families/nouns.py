"""What families work on: blocks with the labels over them, tables, and claims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property

from breakthrough_extract.document import Block, Passage


class Form(Enum):
    """What sets a label apart from text."""

    HEADING = auto()
    LINE = auto()  # a line of its own: bold, or nothing but the label
    SENTENCE = auto()  # a sentence that names a stage and opens a list
    ITEM = auto()  # a list item over nested ones, or before a colon
    CELL = auto()  # the head of a row or a column


@dataclass(frozen=True)
class Head:
    """A label, and what it names, over some stretch of a document."""

    text: Passage  # the label's own characters
    form: Form
    level: int  # the smaller, the more it is over
    stage: str = ""  # id
    themes: tuple[str, ...] = ()  # ids of all that have this name; their groups tell them apart
    group: str = ""
    kind: str = ""  # name of a list, where it is one of the profile's
    rest: Passage = Passage()  # what stands in the same line behind the label
    unmarked: bool = False  # whether it is a line like any other, but for what it names

    @property
    def start(self) -> int:
        return self.text.pieces[0].start if self.text.pieces else 0

    def whole(self) -> Head:
        """The label with what stands behind it in its line."""
        return replace(self, text=Passage.join((self.text, self.rest)), rest=Passage())

    def bare(self) -> Head:
        """The label alone: what stands behind it is text."""
        return replace(self, rest=Passage())

    @property
    def is_known(self) -> bool:
        return bool(self.stage or self.themes or self.kind)


Path = tuple[Head, ...]  # outermost first


@dataclass(frozen=True)
class Leaf:
    """Text under labels."""

    text: Passage
    path: Path
    is_item: bool = False
    depth: int = 0  # of an item, 0-based
    in_table: bool = False
    is_headline: bool = False  # set apart right under its stage's label
    is_shared: bool = False  # in a cell that reaches over several stages: it is each one's

    @property
    def start(self) -> int:
        return self.text.pieces[0].start


@dataclass(frozen=True)
class Cell:
    """One cell of a table, spans included; an empty one has no blocks."""

    row: int  # 0-based
    column: int
    rows: int = 1
    columns: int = 1
    blocks: tuple[Block, ...] = ()

    @cached_property
    def text(self) -> Passage:
        return Passage.join(block.text for block in self.blocks)

    @cached_property
    def label(self) -> str:
        """Its texts in one line, each once: a head may come again on the table's next page."""
        return " ".join(dict.fromkeys(block.text.folded for block in self.blocks))


@dataclass(frozen=True)
class Shape:
    """The cells of a table, row by row, whatever stands over it."""

    cells: tuple[Cell, ...]

    @cached_property
    def start(self) -> int:
        """Where its first text stands; -1 if it has none."""
        starts = (cell.text.pieces[0].start for cell in self.cells if cell.text)
        return min(starts, default=-1)

    @cached_property
    def height(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    @cached_property
    def grid(self) -> dict[tuple[int, int], Cell]:
        """The cell at each row and column, an empty one where the table has a hole; a merged
        cell stands at all that it covers."""
        holes = {
            (row, column): Cell(row, column)
            for row in range(self.height)
            for column in range(self.width)
        }
        return holes | {
            (row, column): cell
            for cell in reversed(self.cells)
            for row in range(cell.row, min(cell.row + cell.rows, self.height))
            for column in range(cell.column, cell.column + cell.columns)
        }

    @cached_property
    def turned(self) -> Shape:
        """Rows for columns."""
        cells = (
            Cell(cell.column, cell.row, cell.columns, cell.rows, cell.blocks) for cell in self.cells
        )
        return Shape(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


@dataclass(frozen=True)
class Table:
    """A table, and the labels over it."""

    path: Path
    shape: Shape

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.shape.cells

    @property
    def start(self) -> int:
        return self.shape.start

    @property
    def height(self) -> int:
        return self.shape.height

    @property
    def width(self) -> int:
        return self.shape.width

    @property
    def grid(self) -> dict[tuple[int, int], Cell]:
        return self.shape.grid

    def turned(self) -> Table:
        """The table with rows for columns."""
        return Table(self.path, self.shape.turned)


@dataclass(frozen=True)
class Frames:
    """A document as families see it."""

    leaves: tuple[Leaf, ...]  # running text, in order
    tables: tuple[Table, ...]
    heads: tuple[Head, ...]  # all labels of the running text
    order: tuple[Leaf | Table, ...]


@dataclass(frozen=True)
class Claim:
    """What a family takes for one cell, in one place."""

    theme: str
    stage: str
    heads: Path  # the labels that say so
    leaves: tuple[Leaf, ...]  # each with the labels between cell and text as its path
    in_matrix: bool = False
    # Where the table, or its column, begins in which a cell may have several rows; -1 if none.
    origin: int = -1

    @property
    def start(self) -> int:
        parts = [*(head.start for head in self.heads), *(leaf.start for leaf in self.leaves)]
        return max(parts[: len(self.heads)], default=min(parts, default=0))


@dataclass(frozen=True)
class Remark:
    """What a family takes for a theme as a whole, or for a stage as a whole."""

    of: str
    is_stage: bool
    leaves: tuple[Leaf, ...]
    heads: Path = ()


@dataclass(frozen=True)
class Found:
    """What a family makes of a document."""

    claims: tuple[Claim, ...] = ()
    remarks: tuple[Remark, ...] = ()
