"""What the analysis is about: words on sheets, and what they are taken for on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from breakthrough_extract.document import Block, Box, Passage, Span


class Word(NamedTuple):
    """A run of characters without white space, and how it is set."""

    text: str
    start: int  # code points into the source's text, 0-based; equal to `end` for a drawn bullet
    end: int  # exclusive
    box: Box
    size: float
    bold: bool = False
    italic: bool = False
    page: int = 1  # 1-based
    copies: tuple[Span, ...] = ()  # where the source has characters of the word again


class Sheet(NamedTuple):
    """One page, or two pages found to be one spread."""

    number: int  # of the (first) page, 1-based
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()  # drawn lines, as thin boxes
    areas: tuple[Box, ...] = ()  # drawn or filled rectangles
    marks: tuple[Box, ...] = ()  # drawn spots that can be bullets
    seam: float = 0.0  # x where the second page begins; 0 if there is none


@dataclass(frozen=True)
class Layout:
    """Blocks in reading order, and what is markup; together they hold every word."""

    blocks: tuple[Block, ...]
    markup: tuple[Span, ...]
    cut: tuple[Passage, ...] = ()  # as in `Document`


class Atom(NamedTuple):
    """What the white-space analysis may not tear: a word, or a box with its own inside."""

    box: Box  # as an obstacle: a bullet's reaches to its text
    size: float
    words: tuple[Word, ...]
    inner: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Words set together: a cell, a box, a column."""

    words: tuple[Word, ...]
    table: int = 0  # counts from 1 on its sheet; 0 outside tables
    row: int = 0
    column: int = 0
    columns: int = 1  # over how many columns its cell reaches
    edges: tuple[float, ...] = ()  # x of the table's columns, for comparing tables
    frame: Box | None = None  # the box drawn around them, if any
