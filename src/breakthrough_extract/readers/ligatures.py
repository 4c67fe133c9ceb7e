"""Ligatures that a converter kept as one character (`ﬁ`), read as their letters: edits."""

from __future__ import annotations

from dataclasses import replace

from breakthrough_extract.document import Change, Document, Passage
from breakthrough_extract.readers.layout.signs import LIGATURE, LIGATURES

RULE = "ligature"


def without_ligatures(document: Document) -> Document:
    """`document` with the letters of each ligature in its blocks."""
    if document.source.text.isascii() or not LIGATURE.search(document.source.text):
        return document
    blocks = tuple(replace(block, text=_resolved(block.text)) for block in document.blocks)
    return replace(document, blocks=blocks)


def _resolved(passage: Passage) -> Passage:
    found = LIGATURE.finditer(passage.text)
    changes = [Change(*sign.span(), LIGATURES[sign.group()], RULE) for sign in found]
    return passage.replace_all(changes) if changes else passage
