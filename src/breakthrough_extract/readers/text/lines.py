"""The lines of a text, and the cells of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from breakthrough_extract.document import Span


def lines_of(text: str) -> Iterator[Span]:
    """The lines of `text`, without their ends."""
    for found in re.finditer(r"[^\n\f]*(?:[\n\f]|\Z)", text):
        if found.end() > found.start():
            yield Span(found.start(), found.start() + len(found.group().rstrip("\r\n\f")))


def cells_of(text: str, line: Span, bar: re.Pattern[str]) -> Iterator[Span]:
    """The cells of a table row; bars at its ends delimit no further cell."""
    at = line.start
    bars = [Span(*found.span()) for found in bar.finditer(text, line.start, line.end)]
    for edge in (*bars, Span(line.end, line.end)):
        outside = not text[at : edge.start].strip() and (at == line.start or edge.end == line.end)
        if not outside or edge.start == edge.end == at == line.start:
            yield Span(at, edge.start)
        at = edge.end
