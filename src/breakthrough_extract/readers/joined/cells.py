"""Divided rows to blocks: each column's lines under one another, as cells of tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from breakthrough_extract.document import Block, Passage, Place, Span
from breakthrough_extract.readers.joined.parts import Division, Part
from breakthrough_extract.readers.joined.rows import Words
from breakthrough_extract.readers.marks import itemise


class Cells:
    """The blocks of a text, part by part."""

    def __init__(self, text: str, lines: Sequence[Words]) -> None:
        self.text, self.lines = text, lines
        self.undecided: list[Passage] = []  # words that may be another column's
        self._out: list[Block | Span] = []
        self._tables = 0
        self._regions = 0
        self._table = self._row = 0  # of the row of cells that is being read
        self._family: tuple[str, ...] = ()  # of the parts that it goes on through
        self._cells: dict[int, list[Passage]] = defaultdict(list)

    def add(self, part: Part, division: Division | None) -> None:
        """Take a part, divided or not."""
        if part.labels is None or division is None:
            self._end_row()
            self._family = ()
            self._undivided(part)
        else:
            self._divided(part, division)
        for n in part.furniture:
            self._put([self._words(n)], Place())

    def finished(self) -> tuple[tuple[Block, ...], tuple[Span, ...]]:
        """The blocks, and the list marks and other signs that are none of their text."""
        self._end_row()
        blocks = tuple(entry for entry in self._out if isinstance(entry, Block))
        return blocks, tuple(sorted(entry for entry in self._out if isinstance(entry, Span)))

    # ------------------------------------------------------------------ parts

    def _undivided(self, part: Part) -> None:
        """Lines as they stand. Where some are joined, all are reported."""
        if part.labels:
            self._put([self._words(part.labelled)], Place())
        joined = any(self.lines[n].marks_inside() for n in part.rows)
        self._put([self._words(n) for n in part.rows], Place())
        if joined:
            self.undecided += [self._words(n) for n in part.rows]

    def _divided(self, part: Part, division: Division) -> None:
        if not division.goes_on or self._family != part.family:
            self._end_row()
            self._begin_table(part, division)
            self._family = part.family if division.goes_on else ()
        else:
            self._put([self._words(part.labelled)], Place())  # the head of the table once more
        below = _below(division)
        for n, row in enumerate(part.rows[:below]):
            if division.begins[n] and (n or division.goes_on):
                self._end_row()
            self._add_row(row, division, n)
        if not division.goes_on:
            self._end_row()
        self._put([self._words(row) for row in part.rows[below:]], Place())

    def _add_row(self, row: int, division: Division, n: int) -> None:
        option = division.options[n]
        if option is None:
            self._put([self._words(row)], Place())
            self.undecided.append(self._words(row))
            return
        for column, cut in enumerate(option):
            if cut:
                self._cells[column].append(self._words(row, *cut))
        self.undecided += [self._words(row, *run) for run in _runs(division.undecided[n])]

    def _begin_table(self, part: Part, division: Division) -> None:
        """The labels of a part as the head of a table. What stands before them is the head of its
        first column if several rows of cells follow, else the name of the only row."""
        assert part.labels is not None
        self._tables += 1
        self._table, self._row = self._tables, 0
        stub = part.labels.name > 0
        for column, cut in enumerate(part.labels.cuts, int(division.stub)):
            self._cells[column].append(self._words(part.labelled, *cut))
        if not division.goes_on:
            self._end_row()
        if stub:
            self._cells[0].append(self._words(part.labelled, 0, part.labels.name))
        if division.goes_on:
            self._end_row()

    def _end_row(self) -> None:
        for column in sorted(self._cells):
            self._put(self._cells[column], Place(table=self._table, row=self._row, column=column))
        if self._cells:
            self._row += 1
        self._cells.clear()

    # ------------------------------------------------------------------ text

    def _words(self, line: int, start: int = 0, end: int | None = None) -> Passage:
        spans = self.lines[line].spans[start:end]
        return Passage.of(self.text, spans[0].start, spans[-1].end)

    def _put(self, lines: Iterable[Passage], place: Place) -> None:
        self._regions += 1
        block = Block(Passage.join(lines), place=place._replace(region=self._regions))
        if block.text:
            self._out += itemise(block)


def _below(division: Division) -> int:
    """From which row on nothing is of any column."""
    taken = [n for n, option in enumerate(division.options) if option is not None]
    return taken[-1] + 1 if taken else 0


def _runs(words: Iterable[int]) -> list[tuple[int, int]]:
    """The runs of neighbouring words, each as its first and the one after its last."""
    out: list[tuple[int, int]] = []
    for word in sorted(words):
        if out and out[-1][1] == word:
            out[-1] = (out[-1][0], word + 1)
        else:
            out.append((word, word + 1))
    return out
