"""Passages by their place in the source."""

from __future__ import annotations

from breakthrough_extract.document import Passage, Span


def window(passage: Passage, span: Span) -> Span | None:
    """Which run of the passage's text stands on `span` of the source; None if none does.

    A replaced stretch that the span falls into counts whole.
    """
    at = 0
    start, end = len(passage.text), -1
    for piece in passage.pieces:
        size = len(piece.text)
        if piece.start < span.end and piece.end > span.start:
            verbatim = not piece.rule
            low = at + max(span.start - piece.start, 0) if verbatim else at
            high = at + size - max(piece.end - span.end, 0) if verbatim else at + size
            start, end = min(start, low), max(end, high)
        at += size
    return Span(start, end) if end >= start else None


def cut_out(passage: Passage, span: Span) -> tuple[Passage, Passage]:
    """What stands on `span`, and the rest of the passage."""
    found = window(passage, span)
    if found is None:
        return Passage(), passage
    before, after = passage[: found.start].strip(), passage[found.end :].strip()
    return passage[found.start : found.end].strip(), Passage.join((before, after))
