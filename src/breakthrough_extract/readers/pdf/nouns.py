"""What is read on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from breakthrough_extract.document import Box
from breakthrough_extract.readers.guard import Guard
from breakthrough_extract.readers.layout import Word


class Shapes(NamedTuple):
    rules: tuple[Box, ...]
    areas: tuple[Box, ...]
    marks: tuple[Box, ...]


class PageRead(NamedTuple):
    width: float
    height: float
    text: str
    boxes: list[Box | None]  # one a character of `text`
    words: list[Word]
    shapes: Shapes
    confidence: Sequence[float] = ()  # one a character if they were recognised on a picture
    unread: bool = False  # as in `Page`


@dataclass
class Load:
    """How much was found on the pages so far."""

    guard: Guard
    objects: int = 0

    def add(self, count: int) -> None:
        """So many further objects. Raises LimitError."""
        self.objects += count
        self.guard.check("objects", self.objects)
