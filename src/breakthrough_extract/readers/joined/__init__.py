"""Text in which each line holds the lines of several columns, one space between them.

Where the columns part is nowhere written. But each column was set by a line breaker, which
leaves no room that the next word could have taken; list marks begin lines; a row of labels
says how many columns there are. That decides most words, and what it does not is reported.
"""

from __future__ import annotations

from breakthrough_extract.document import Document, Source
from breakthrough_extract.readers.joined.cells import Cells
from breakthrough_extract.readers.joined.parts import divided, parts_of
from breakthrough_extract.readers.joined.rows import words_of

__all__ = ["is_joined", "read_joined"]

LEAST_JOINED = 8  # marks in the middle of a text


def is_joined(text: str) -> bool:
    """Whether several columns stand in one line: list marks stand where no item ends."""
    if "|" in text or "<" in text:
        return False
    return sum(line.marks_inside() for line in words_of(text)) >= LEAST_JOINED


def read_joined(source: Source) -> Document | None:
    """The document in joined lines; None if no row of labels says how many columns there are."""
    lines = words_of(source.text)
    parts = parts_of(lines)
    if not any(part.columns for part in parts):
        return None
    cells = Cells(source.text, lines)
    for part, division in zip(parts, divided(lines, parts), strict=True):
        cells.add(part, division)
    blocks, markup = cells.finished()
    return Document(source, blocks, markup, undecided=tuple(cells.undecided))
