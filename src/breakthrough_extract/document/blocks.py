"""A source as its reader understood it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from breakthrough_extract.document.passage import Passage
from breakthrough_extract.document.source import Box, Source, Span


class Style(NamedTuple):
    """How a block is set, as far as the format says."""

    bold: bool = False
    italic: bool = False
    size: float = 0.0  # points; 0 if unknown


class Place(NamedTuple):
    """Where a block stands, as far as the format says."""

    page: int = 0  # 1-based; 0 if there are no pages
    box: Box | None = None
    region: int = 0  # blocks of one region (cell, column, box) were set together; 0 if unknown
    table: int = 0  # 1-based; 0 outside tables
    row: int = 0  # 0-based
    column: int = 0  # 0-based
    rows: int = 1  # how many rows its cell reaches over
    columns: int = 1


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True)
class Block:
    """A run of text that belongs together; its `text` keeps the line breaks."""

    text: Passage
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0  # of a heading, 1-based; depth of an item, 0-based
    style: Style = Style()
    place: Place = Place()
    aside: bool = False  # in a menu or at the foot of the page: around what the page says


@dataclass(frozen=True)
class Document:
    """A source as its reader understood it.

    The blocks and the markup share no character, and together hold every non-white one.
    """

    source: Source
    blocks: tuple[Block, ...]  # in the order that the reader believes is the reading order
    markup: tuple[Span, ...] = ()  # characters that the format, not the author, put there
    # Blocks whose lines run over the page's edge and whose other half is not proven; lines that
    # may begin with the rest of a word that a narrow column broke.
    cut: tuple[Passage, ...] = ()
    # Words of lines that hold several columns: they may be another's than they are taken for.
    undecided: tuple[Passage, ...] = ()
