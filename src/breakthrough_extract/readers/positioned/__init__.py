"""HTML or XML whose lines are set by their position on the page (`pdftohtml`, pdfminer) to blocks.

It says where a line begins and how large its type is; reading order and columns are
lost. So the page is laid out again: each line's words are given the widths that their
characters usually have, and `layout` does with them what it does with a PDF's.

Three texts are in play. The source, which spans count in. The *plain* text: what a reader
sees, character references resolved, which `layout` works on. And for each character of the
plain text the stretch of source that it stands for, by which passages come back to the source.

    walk    the tree of elements to pages (css: how they are set; nouns: what they are)
    plain   the plain text and its way back
    sheets  pages to sheets of words: letters set sideways laid down (sideways), stacks of
            lines (stacks), how far these are apart (spacing), labels run together with text
            (fused), widths of lines beside one another (fitting)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from breakthrough_extract.document import Block, Document, Source, Span
from breakthrough_extract.readers.guard import UNNAMED, Guard
from breakthrough_extract.readers.html import decode, looks_like_html, tokenise, tree
from breakthrough_extract.readers.layout import analyse
from breakthrough_extract.readers.positioned.css import style_sheet
from breakthrough_extract.readers.positioned.plain import Plain, white_in
from breakthrough_extract.readers.positioned.sheets import sheets_of
from breakthrough_extract.readers.positioned.walk import Walk

POSITIONED = re.compile(
    r"""<(?:p|div|span)\b[^<>]*style\s*=\s*["'](?=[^"'<>]*\btop\s*:)(?=[^"'<>]*\bleft\s*:)"""
    r"""|<text\b(?=[^<>]*\btop\s*=)(?=[^<>]*\bleft\s*=)""",
    re.IGNORECASE,
)
FLOWING = re.compile(r"<(?:p|li|td|th|h[1-6]|dd|dt)\b(?![^<>]*\bleft\s*:)", re.IGNORECASE)
FEWEST = 3  # elements; a page of less text has nothing to find
SLACK = 0.75  # how far the estimated width of a line can be off

__all__ = ["is_positioned", "read_positioned"]


def is_positioned(text: str) -> bool:
    """Whether `text` is HTML that sets most of its text by position."""
    if not (looks_like_html(text) or POSITIONED.search(text[:2000])):
        return False
    count = sum(1 for _ in POSITIONED.finditer(text))
    return count >= FEWEST and count > sum(1 for _ in FLOWING.finditer(text))


def read_positioned(source: Source, guard: Guard = UNNAMED) -> Document:
    """The blocks of a page set by position, in reading order."""
    text = source.text
    runs, skeleton, tags = tokenise(text, 0, len(text))
    found = Walk(style_sheet(text), runs).read(tree(skeleton, guard))
    plain = Plain(text)
    sheets = sheets_of(found.pages, plain)
    layout = analyse(plain.text, sheets, source=source.name, slack=SLACK)
    blocks = [replace(block, text=plain.passage(block.text)) for block in layout.blocks]
    outside = [decode(text, *run) for run in found.outside]
    blocks += [Block(passage.strip()) for passage in outside if passage]
    marks = [span for mark in layout.markup for span in plain.spans(mark)]
    white = [*plain.white, *(span for passage in outside for span in white_in(passage))]
    markup = _less([*tags, *marks, *white, *found.navigation], blocks)
    cut = tuple(plain.passage(passage) for passage in layout.cut)
    return Document(source, tuple(blocks), markup, cut)


def _less(markup: Iterable[Span], blocks: Iterable[Block]) -> tuple[Span, ...]:
    """The markup without the character references that a block reads as an edit."""
    held = {span for block in blocks for span in block.text.spans}
    starts = {at for span in held for at in range(*span)}
    return tuple(sorted(span for span in set(markup) if span.start not in starts))
