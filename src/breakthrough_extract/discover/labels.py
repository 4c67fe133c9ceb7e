"""Rows of labels that stand side by side in a document: headings of one part, heads of a table.

A scale is such a row, and so are themes and lists; which is which is told elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from breakthrough_extract.document import Block, BlockKind, Document, Style
from breakthrough_extract.recognise.families.contents import without_contents
from breakthrough_extract.recognise.families.frames import LONGEST_LINE
from breakthrough_extract.recognise.families.label_lines import labelled
from breakthrough_extract.recognise.families.nouns import Form, Table
from breakthrough_extract.recognise.families.plain import OPENS

BEFORE_TEXT = re.compile(r"^(.{1,60}?)\s*(?:[:：]|\s[—–-]\s)\s*(?=\S)")
FIRST_LINE = re.compile(r"^([^\n]{1,60}[\w)])\s*\n\s*(?=\S)")
LONGEST_LABEL = 6  # words of a label that stands in its line before text
LONGEST_HEADING = 16  # words; a longer heading is a sentence


@dataclass
class Mark:
    """A line that may be a label, and what stands over it."""

    text: str
    form: Form
    level: int
    style: Style
    parent: Mark | None
    start: int
    children: list[Mark] = field(default_factory=list)

    @property
    def ancestors(self) -> Iterator[Mark]:
        """What stands over it, the nearest first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent


@dataclass(frozen=True)
class Row:
    """Labels side by side, in their order."""

    labels: tuple[str, ...]
    form: Form
    over: str = ""  # the label over the row, or in the corner of its table
    start: int = 0
    heads: bool = False  # whether the labels head the columns of a table


LINE, SENTENCE, ITEM = 7, 8, 9


def marks(document: Document) -> list[Mark]:
    """All lines of a document that may be labels, tables aside."""
    blocks = without_contents(block for block in labelled(document) if not block.place.table)
    out: list[Mark] = []
    open_: list[Mark] = []
    for n, block in enumerate(blocks):
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        found = _mark(block, after)
        level = found[2] if found else ITEM + block.level if _is_item(block) else SENTENCE
        while open_ and open_[-1].level >= level:
            open_.pop()
        if found:
            parent = open_[-1] if open_ else None
            mark = Mark(*found, block.style, parent, block.text.pieces[0].start)
            if parent:
                parent.children.append(mark)
            open_.append(mark)
            out.append(mark)
    return out


def _is_item(block: Block) -> bool:
    return block.kind == BlockKind.ITEM


def _mark(block: Block, after: Block | None) -> tuple[str, Form, int] | None:
    text = block.text.folded
    words = len(text.split())
    if block.kind == BlockKind.HEADING:
        return (text, Form.HEADING, block.level) if words <= LONGEST_HEADING else None
    before = BEFORE_TEXT.match(text) or FIRST_LINE.match(block.text.text)
    label = before[1] if before and len(before[1].split()) <= LONGEST_LABEL else ""
    if _is_item(block):
        parent = after is not None and _is_item(after) and after.level > block.level
        if parent and words <= LONGEST_LABEL:
            return text.rstrip(":："), Form.ITEM, ITEM + block.level
        return (label, Form.ITEM, ITEM + block.level) if label else None
    if block.style.bold and words <= LONGEST_LINE:
        return text.rstrip(":："), Form.LINE, LINE
    opens = after is not None and _is_item(after)
    if _is_bare(text, words) and (opens or not label):
        return text.rstrip(":："), Form.LINE, SENTENCE
    if OPENS.search(text) and opens:
        return text, Form.SENTENCE, SENTENCE
    return (label, Form.LINE, LINE) if label else None


def _is_bare(text: str, words: int) -> bool:
    """Whether a plain line looks like a label: short, and no sentence."""
    return words <= LONGEST_LABEL and not text.endswith((".", ",", ";", "!", "?", ")"))


def rows(marked: Sequence[Mark], tables: Sequence[Table]) -> list[Row]:
    """All rows of two labels or more: marks of one level under one mark, heads of tables."""
    groups: dict[tuple[int, int, Form, Style], list[Mark]] = {}
    for mark in marked:
        over = mark.parent.start if mark.parent else -1
        style = mark.style if mark.form == Form.LINE else Style()
        groups.setdefault((over, mark.level, mark.form, style), []).append(mark)
    out = [
        Row(
            tuple(mark.text for mark in group),
            form,
            group[0].parent.text if group[0].parent else "",
            group[0].start,
        )
        for (_, _, form, _), group in groups.items()
    ]
    for table in tables:
        out += _table_rows(table)
    return sorted((row for row in out if len(row.labels) > 1), key=lambda row: row.start)


def _table_rows(table: Table) -> Iterator[Row]:
    corner = table.grid[0, 0].label
    start = next((c.text.pieces[0].start for c in table.cells if c.text), 0)
    for turned in (table, table.turned()):
        for row in range(min(turned.height, 3)):
            cells = [turned.grid[row, column] for column in range(turned.width)]
            heads = [cell for cell, _ in groupby(cells)]  # one that is merged comes again
            labels = [
                cell.label
                for cell in heads
                if cell.blocks and (cell.column == 0 or _heads_text(turned, row, cell.column))
            ]
            if labels and all(len(label.split()) <= LONGEST_HEADING for label in labels):
                lead = cells[0].label  # an empty one stands under the corner
                over = corner if row == 0 or not lead else lead
                first = 1 if labels[0] == lead and len(labels) > 1 else 0
                on_top = row == 0 and turned is table
                own = tuple(labels[first:])
                yield Row(own, Form.CELL, over, start, on_top)
                if min(Counter(own).values()) > 1:  # a row for each cell of the model
                    yield Row(tuple(dict.fromkeys(own)), Form.CELL, over, start)


def _heads_text(table: Table, row: int, column: int) -> bool:
    """Whether a word stands under a head: a column of figures, of points or ticks, has none."""
    cells = [table.grid[below, column].text.text for below in range(row + 1, table.height)]
    return not any(cells) or any(char.isalpha() for cell in cells for char in cell)
