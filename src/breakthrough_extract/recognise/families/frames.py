"""Blocks to frames: each text with the labels that stand over it, each table as a grid.

Headings stand over what follows by their level, lines of their own under them, sentences that
open a list over that list, items over the items nested in them. Two labels of one level of
which one names a stage and the other a theme do not end each other: converters flatten levels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from breakthrough_extract.document import Block, BlockKind, Box, Document, Passage
from breakthrough_extract.recognise.families.contents import without_contents
from breakthrough_extract.recognise.families.label_lines import parted
from breakthrough_extract.recognise.families.list_names import list_names
from breakthrough_extract.recognise.families.names import Names, Said, key
from breakthrough_extract.recognise.families.nouns import (
    Cell,
    Form,
    Frames,
    Head,
    Leaf,
    Table,
)

PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*$", re.IGNORECASE)
LINE_LEVEL, SENTENCE_LEVEL, ITEM_LEVEL = 7, 8, 9  # headings have 1 to 6; items ITEM_LEVEL + depth
LONGEST_LINE = 12  # words of a bold line that is a label
INDENT = 8.0  # points that an item stands further in than the one that it is under
ASKS = re.compile(r"[?？]\s*$")
OPENS = re.compile(r"[:：]\s*$")
BEFORE_TEXT = re.compile(r"^\s*(?:[:：]|[—–]|-\s)")


def frames(document: Document, names: Names) -> Frames:
    """The texts and tables of a document under their labels."""
    lines = Counter(key(block.text.text) for block in document.blocks if block.style.bold)
    once = frozenset(line for line, times in lines.items() if times == 1)
    texts = (
        block
        for block in document.blocks
        if block.text and not block.aside and not is_furniture(block, names)
    )
    blocks = without_contents(parted(texts))
    walk = _Walk(names, document.source.boxes, once, list_names(blocks))
    following = {id(one): other for one, other in pairwise(blocks)}
    for table, run in groupby(blocks, key=_table_of):
        if table:
            walk.table(list(run))
        else:
            for block in run:
                walk.block(block, following.get(id(block)))
    return Frames(tuple(walk.leaves), tuple(walk.tables), tuple(walk.heads), tuple(walk.order))


def _table_of(block: Block) -> int:
    """The number of the table that a block is a cell of; a caption is none."""
    return block.place.table if block.place.row >= 0 else 0


def is_furniture(block: Block, names: Names) -> bool:
    """Whether a block is a page number, or one of the profile's running heads."""
    text = block.text.folded
    heads = {key(head) for head in names.profile.running_heads}
    return bool(block.place.page and PAGE_NUMBER.match(text)) or key(text) in heads


@dataclass
class _Walk:
    """One pass over the blocks, with the labels that are open."""

    names: Names
    boxes: Sequence[Box | None] = ()  # of the characters, where pages say how far in an item is
    once: frozenset[str] = frozenset()  # bold lines that come but once: they label nothing else
    named: frozenset[int] = frozenset()  # where items stand that name the list nested in them
    fresh: bool = False  # whether a stage's label has just come
    margins: list[float] = field(
        default_factory=list
    )  # of the items that are open, outermost first
    open: list[Head] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    order: list[Leaf | Table] = field(default_factory=list)

    def block(self, block: Block, after: Block | None) -> None:
        if block.kind == BlockKind.ITEM:
            self.fresh = False
            self._item(self._indented(block), after)
            return
        self.margins = []
        opens = after is not None and after.kind == BlockKind.ITEM and not after.place.table
        head = self._head(block, opens)
        is_headline = head is not None and self._is_headline(head)
        if head is not None and (is_headline or self._is_question(head)):
            head = None
        self.fresh = head is not None and bool(head.stage)
        self._close(ITEM_LEVEL if head is None else head.level, keep_same=head is not None)
        if head is None:
            self._close(SENTENCE_LEVEL)
            self._leaf(Leaf(block.text, tuple(self.open), is_headline=is_headline))
            return
        if head.rest and head.form == Form.LINE and not block.style.bold:
            self._push(head.bare())
            self._leaf(Leaf(head.rest, tuple(self.open)))
        else:
            self._push(head)

    def _is_headline(self, head: Head) -> bool:
        """Whether a bold line is what a stage says in short: it comes right behind the stage's
        label, and comes but once."""
        unknown = not head.is_known and not head.group and head.form == Form.LINE
        return unknown and self.fresh and key(head.text.text) in self.once

    def _is_question(self, head: Head) -> bool:
        """Whether a heading asks what the theme right over it answers: it heads nothing."""
        known = head.is_known or head.group or not self.open or not self.open[-1].themes
        return not known and ASKS.search(head.text.text) is not None

    def _indented(self, block: Block) -> Block:
        """An item with its depth, where the page says how far in it stands."""
        first = block.text.pieces[0].start
        box = self.boxes[first] if first < len(self.boxes) else None
        if box is None or block.level:
            return block
        while self.margins and box.x0 <= self.margins[-1] - INDENT:
            self.margins.pop()
        if not self.margins or box.x0 > self.margins[-1] + INDENT:
            self.margins.append(box.x0)
        return replace(block, level=len(self.margins) - 1)

    def table(self, blocks: list[Block]) -> None:
        self.fresh = False
        self._close(SENTENCE_LEVEL)
        table = Table(tuple(self.open), tuple(_cells(blocks)))
        self.tables.append(table)
        self.order.append(table)

    def _leaf(self, leaf: Leaf) -> None:
        self.leaves.append(leaf)
        self.order.append(leaf)

    def _item(self, block: Block, after: Block | None) -> None:
        level = ITEM_LEVEL + block.level
        self._close(level)
        parent = after is not None and after.kind == BlockKind.ITEM and after.level > block.level
        head = self._item_head(block, level, parent)
        if head is None:
            self._leaf(Leaf(block.text, tuple(self.open), is_item=True, depth=block.level))
            return
        if head.rest and not (head.stage and parent):
            self._push(head.bare())
            self._leaf(Leaf(head.rest, tuple(self.open), is_item=True, depth=block.level))
        else:
            self._push(head)

    def _read(self, text: str, level: int) -> Said:
        """What a label names; under a stage another stage behind a theme is text: `Next: Walk`."""
        said = self.names.read(text)
        over = [head.stage for head in self.open if head.stage and head.level < level]
        if said.themes and said.stage and over and said.stage != over[-1]:
            return self.names.theme_alone(text) or said
        return said

    def _item_head(self, block: Block, level: int, parent: bool) -> Head | None:
        text = block.text.text
        said = self._read(text, level)
        if not said and block.text.pieces[0].start in self.named:
            return Head(block.text, Form.ITEM, level)
        if not (said.stage or said.themes or (said.kind and parent)):
            return None
        if said.end == len(text) and not (parent or OPENS.search(text)):
            return None  # a name in a list of names
        between = text[: said.end]
        if said.end < len(text) and not _parts_label_from_text(between):
            return None
        return _made(block.text, said, Form.ITEM, level)

    def _head(self, block: Block, opens: bool) -> Head | None:
        text = block.text.text
        if block.kind == BlockKind.HEADING:
            said = self.names.read(text)
            if (
                said.end < len(text)
                and not said.stage
                and not _parts_label_from_text(text[: said.end])
            ):
                said = Said()  # a theme's name that goes on is another name
            return _made(block.text, said, Form.HEADING, block.level)
        said = self._read(text, LINE_LEVEL)
        if said and (said.end == len(text) or _parts_label_from_text(text[: said.end])):
            head = _made(block.text, said, Form.LINE, LINE_LEVEL)
            return replace(head, unmarked=not block.style.bold)
        if block.style.bold and len(text.split()) <= LONGEST_LINE and "\n" not in text.strip():
            return _made(block.text, said, Form.LINE, LINE_LEVEL)
        if opens and OPENS.search(text):
            stage = self.names.mentioned(text)
            if stage:
                return Head(block.text, Form.SENTENCE, SENTENCE_LEVEL, stage=stage)
        return None

    def _push(self, head: Head) -> None:
        same = [other for other in self.open if other.level == head.level]
        alike = [other for other in same if not _nests(other, head)]
        if alike:
            first = self.open.index(alike[0])
            del self.open[first:]
        self.open.append(head)
        self.heads.append(head)

    def _close(self, level: int, keep_same: bool = False) -> None:
        """Labels of that level and below it stand no longer over what follows."""
        while self.open and self.open[-1].level >= level:
            if keep_same and self.open[-1].level == level:
                return
            self.open.pop()


def _nests(over: Head, head: Head) -> bool:
    """Whether a label may stand under another of its level: one a stage, the other a theme."""
    stage_under = bool(over.themes or over.group) and bool(head.stage) and not over.stage
    theme_under = bool(over.stage) and bool(head.themes) and not over.themes
    kind_under = bool(over.stage) and bool(head.kind) and not head.stage
    return stage_under or theme_under or kind_under or (bool(over.group) and bool(head.themes))


def _parts_label_from_text(label: str) -> bool:
    """Whether a label ends as one before running text does: `Level 2: …`, `Level 2 – …`."""
    return bool(re.search(r"(?:[:：]|[—–.]|\s-|\n)\s*$", label))


def _made(text: Passage, said: Said, form: Form, level: int) -> Head:
    label, rest = text, Passage()
    if said and said.end < len(text.text):
        label, rest = text[: said.end].strip(), text[said.end :].strip()
    return Head(label, form, level, said.stage, said.themes, said.group, said.kind, rest)


def _cells(blocks: list[Block]) -> list[Cell]:
    """The cells that blocks of one table stand in, row by row, the empty ones too."""
    inside: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        inside.setdefault((block.place.row, block.place.column), []).append(block)
    cells = {
        (row, column): Cell(row, column, own[0].place.rows, own[0].place.columns, tuple(own))
        for (row, column), own in inside.items()
    }
    rows = max(row for row, _ in cells) + 1
    columns = max(cell.column + cell.columns for cell in cells.values())
    covered = {
        (row, column)
        for cell in cells.values()
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in covered:
                cells[row, column] = Cell(row, column)
    return [cells[place] for place in sorted(cells)]
