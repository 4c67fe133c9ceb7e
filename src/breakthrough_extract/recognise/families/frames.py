"""Blocks to frames: each text with the labels that stand over it, each table as a grid.

Headings stand over what follows by their level, lines of their own under them, sentences that
open a list over that list, items over the items nested in them. Two labels of one level of
which one names a stage and the other a theme do not end each other: converters flatten levels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from breakthrough_extract.document import Block, BlockKind, Box, Document, Passage
from breakthrough_extract.recognise.families.names import Names, Said, key
from breakthrough_extract.recognise.families.nouns import (
    Form,
    Frames,
    Head,
    Leaf,
    Table,
)
from breakthrough_extract.recognise.families.plain import OPENS, Plain, place_of, plain, table_of

LINE_LEVEL, SENTENCE_LEVEL, ITEM_LEVEL = 7, 8, 9  # headings have 1 to 6; items ITEM_LEVEL + depth
LONGEST_LINE = 12  # words of a bold line that is a label
LONGEST_BESIDE = 6  # words of a plain line that is a label beside others
INDENT = 8.0  # points that an item stands further in than the one that it is under
ASKS = re.compile(r"[?？]\s*$")
BEFORE_TEXT = re.compile(r"^\s*(?:[:：]|[—–]|-\s)")


def frames(document: Document, names: Names) -> Frames:
    """The texts and tables of a document under their labels."""
    bare = plain(document, names)
    walk = _Walk(names, bare, document.source.boxes)
    following = {id(one): other for one, other in pairwise(bare.blocks)}
    for table, run in groupby(bare.blocks, key=table_of):
        if table:
            walk.table(list(run))
        else:
            for block in run:
                walk.block(block, following.get(id(block)))
    return Frames(tuple(walk.leaves), tuple(walk.tables), tuple(walk.heads), tuple(walk.order))


@dataclass
class _Walk:
    """One pass over the blocks, with the labels that are open."""

    names: Names
    plain: Plain
    boxes: Sequence[Box | None] = ()  # of the characters, where pages say how far in an item is
    fresh: bool = False  # whether a stage's label has just come
    said: Head | None = None  # the last label that had its text in its line
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
        self.fresh = head is not None and self._opens_cell(head)
        self._close(ITEM_LEVEL if head is None else head.level, keep_same=head is not None)
        if head is None:
            self._close(SENTENCE_LEVEL)
            self._leaf(Leaf(block.text, tuple(self.open), is_headline=is_headline))
            return
        if head.rest and head.form == Form.LINE and not block.style.bold:
            self._push(head.bare())
            self.said = self.open[-1]
            self._leaf(Leaf(head.rest, tuple(self.open)))
        else:
            self._push(head)

    def _opens_cell(self, head: Head) -> bool:
        """Whether with a label a cell begins: a stage's, or a theme's under a stage."""
        under = any(over.stage and over.level < head.level for over in self.open)
        return bool(head.stage) or (bool(head.themes) and under)

    def _is_headline(self, head: Head) -> bool:
        """Whether a bold line is what a cell says in short: it comes right behind the label that
        opens the cell, and comes but once."""
        unknown = not head.is_known and not head.group and head.form == Form.LINE
        return unknown and self.fresh and key(head.text.text) in self.plain.once

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
        table = Table(tuple(self.open), self.plain.shapes[place_of(blocks)])
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
        if not said and block.text.pieces[0].start in self.plain.named:
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
            if not said and block.level == 1:
                said = self.names.title(text)
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
            if self._is_beside(text):
                return Head(block.text, Form.LINE, LINE_LEVEL)
        return None

    def _is_beside(self, text: str) -> bool:
        """Whether a line that opens a list is a label beside the last one, which has its text
        in its line: it comes again, and the list is none of that one's."""
        short = len(text.split()) <= LONGEST_BESIDE
        return (
            short
            and bool(self.open)
            and self.open[-1] is self.said
            and key(text) in self.plain.again
        )

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
