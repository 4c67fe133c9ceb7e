"""List marks: bullets of any glyph at the head of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from breakthrough_extract.document import Block, BlockKind, Passage, Span

# Bullets that converters leave: typographic ones, dashes, private-use glyphs of symbol fonts.
# "o" and "*" are bullets only when white space follows, as all of them must have.
GLYPHS = "•‣◦⁃∙▪▫■□●○◆◇►▸➢➤✓✔·–—*+o\u2212\ue000-\uf8ff-"
MARK = re.compile(rf"^\s*(?:[{GLYPHS}]|\d{{1,2}}[.)]|[a-z]\))(?=\s)\s*")


def mark_length(line: str) -> int:
    """How many characters of `line` are its list mark and the white space around it; 0 if none."""
    found = MARK.match(line + " ") if line.strip() else None
    return min(found.end(), len(line)) if found else 0


def itemise(block: Block) -> Iterator[Block | Span]:
    """`block`, its marked lines as items of their own; and the spans of the marks taken off.

    A line without a mark goes on with the item, or the paragraph, before it. A block that
    is a heading keeps its lines: `1. Its title` is no list.
    """
    lines = list(block.text.lines())
    if block.kind == BlockKind.HEADING or not any(mark_length(line.text) for line in lines):
        yield block
        return
    run: list[Passage] = []
    kind = block.kind
    for line in lines:
        length = mark_length(line.text)
        if length:
            if run:
                yield replace(block, text=Passage.join(run), kind=kind)
            yield from line[:length].strip().spans
            run, kind = [], BlockKind.ITEM
        rest = line[length:].strip()
        if rest:
            run.append(rest)
    if run:
        yield replace(block, text=Passage.join(run), kind=kind)
