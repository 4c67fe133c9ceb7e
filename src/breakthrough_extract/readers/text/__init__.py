"""Plain text and Markdown, HTML inside it included, to blocks."""

from __future__ import annotations

import re
from html import unescape

from breakthrough_extract.document import Block, Document, Passage, Source, Span
from breakthrough_extract.readers.continued import joined_tables
from breakthrough_extract.readers.guard import UNNAMED, Guard
from breakthrough_extract.readers.html import ENTITY, looks_like_html, read_html
from breakthrough_extract.readers.text.rules import read_lines

# CSS, its like in XML, boxes, or a gap within a line.
PLACED = re.compile(r"\btop\s*[:=]|\bxMin=|\bbbox|\bHPOS=|\bquad=|^level\t|\S {3,}\S")


def read_text(source: Source, guard: Guard = UNNAMED) -> Document:
    """The blocks of a text, in the order of its lines."""
    placed = _read_by_place(source, guard) or _read_joined(source)
    if placed:
        return placed
    out: list[Block | Span] = []
    cut: list[Passage] = []
    if looks_like_html(source.text):
        out = read_html(source.text, 0, len(source.text), guard=guard)
    else:
        walk = read_lines(source.text, guard)
        out, cut = walk.out, walk.cut
    out += _blank_references(source.text, out)
    return Document(
        source=source,
        blocks=joined_tables([entry for entry in out if isinstance(entry, Block)]),
        markup=tuple(sorted(entry for entry in out if isinstance(entry, Span))),
        cut=tuple(cut),
    )


def _read_by_place(source: Source, guard: Guard) -> Document | None:
    """The document, if its words stand where they do by position; None if they flow.

    The analysis of pages is large; it is loaded only where something hints at positions.
    """
    if not PLACED.search(source.text):
        return None
    from breakthrough_extract.readers.grid import is_grid, read_grid
    from breakthrough_extract.readers.measured import is_measured, read_measured
    from breakthrough_extract.readers.positioned import is_positioned, read_positioned

    if is_measured(source.text):
        return read_measured(source)
    if is_positioned(source.text):
        return read_positioned(source, guard)
    return read_grid(source) if is_grid(source.text) else None


def _read_joined(source: Source) -> Document | None:
    """The document, if lines of several columns stand joined in its lines; None if not."""
    from breakthrough_extract.readers.joined import is_joined, read_joined

    return read_joined(source) if is_joined(source.text) else None


def _blank_references(text: str, out: list[Block | Span]) -> list[Span]:
    """The references to white space that stand outside all blocks: `<p>&nbsp;</p>`."""
    held = bytearray(len(text))
    for entry in out:
        for span in entry.text.spans if isinstance(entry, Block) else (entry,):
            held[span.start : span.end] = b"\1" * (span.end - span.start)
    blank = (found for found in ENTITY.finditer(text) if not unescape(found.group()).strip())
    return [Span(*found.span()) for found in blank if not held[found.start()]]
