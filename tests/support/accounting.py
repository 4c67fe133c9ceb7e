"""What must hold of any document that a reader makes."""

from __future__ import annotations

import os
from pathlib import Path

from breakthrough_extract.document import Document, Source
from tests.support import paths

SHARED = Path(os.environ.get("BREAKTHROUGH_SHARED", paths.ROOT.parent / "shared"))


def source(text: str) -> Source:
    return Source("a.txt", "", "text/plain", "utf-8", text)


def shared(pattern: str) -> list[Path]:
    """The shared conversions of that kind; none where they are not at hand."""
    return sorted((SHARED / "converted").glob(pattern))


def faults(document: Document) -> list[str]:
    """Non-white characters that are not in exactly one block or markup span, and false quotes."""
    text = document.source.text
    held = [0] * len(text)
    spans = [span for block in document.blocks for span in block.text.spans]
    for span in (*spans, *document.markup):
        for at in range(*span):
            held[at] += 1
    out = [
        f"{text[max(at - 10, 0) : at + 10]!r} held {count} times"
        for at, count in enumerate(held)
        if count != 1 and not text[at].isspace()
    ]
    for block in document.blocks:
        for piece in block.text.pieces:
            verbatim = not piece.rule and piece.start < piece.end
            quote = text[piece.start : piece.end]
            if verbatim and piece.text.split() != quote.split():
                out.append(f"{piece} is not {quote!r}")
    return out
