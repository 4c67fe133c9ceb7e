"""What a file of words with boxes says, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from breakthrough_extract.document import Box, Span


class Set(NamedTuple):
    """A word, or a character of one, and how it is set."""

    runs: tuple[Span, ...]  # of the source
    box: Box
    size: float
    bold: bool = False
    italic: bool = False
    joins: bool = False  # whether it is of the same word as the one before it, if they touch


@dataclass
class Page:
    width: float
    height: float
    words: list[Set] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)  # drawn lines and areas
    scanned: bool = False  # whether sizes are measured on a picture, and vary
