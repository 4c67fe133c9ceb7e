"""Formats that give the box of each word, or of each character, to blocks.

    markup   poppler's `-bbox`, hOCR, ALTO, the XML of pdfminer and PyMuPDF → pages
    rows     tables of words with tabs between (tesseract, poppler) → pages
    sheets   pages → sheets of words; characters that touch are a word

`layout` does with the words what it does with a PDF's: nothing is estimated. What is no word
is markup, but for text between the tags that stands in no element for words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from breakthrough_extract.document import Block, Document, Source, Span
from breakthrough_extract.readers.html import decode
from breakthrough_extract.readers.layout import analyse
from breakthrough_extract.readers.measured.markup import pages_of_markup
from breakthrough_extract.readers.measured.rows import is_rows, pages_of_rows
from breakthrough_extract.readers.measured.sheets import sheets_of
from breakthrough_extract.readers.positioned.plain import Plain

MEASURED = re.compile(
    r"""<word\b[^<>]*\bxMin=|<\w+\b[^<>]*\bclass=["']ocrx_word\b|<String\b[^<>]*\bHPOS="""
    r"""|<text\b[^<>]*\bbbox=|<char\b[^<>]*\bquad=""",
)
GLANCE = 20_000  # characters; the first word stands among them
NON_WHITE = re.compile(r"\S+(?:\s+\S+)*")

__all__ = ["is_measured", "read_measured"]


def is_measured(text: str) -> bool:
    """Whether `text` gives boxes of words or characters."""
    return is_rows(text) or (
        text.lstrip()[:1] == "<" and bool(MEASURED.search(text, 0, min(len(text), GLANCE)))
    )


def read_measured(source: Source) -> Document:
    """The blocks of the pages, in reading order."""
    text = source.text
    pages, outside = pages_of_rows(text) if is_rows(text) else pages_of_markup(text)
    plain = Plain(text)
    sheets = sheets_of(pages, plain)
    layout = analyse(plain.text, sheets, source=source.name)
    blocks = [replace(block, text=plain.passage(block.text)) for block in layout.blocks]
    loose = (decode(text, *run).strip() for run in outside)
    blocks += [Block(passage) for passage in loose if passage]
    held = (span for block in blocks for span in block.text.spans)
    cut = tuple(plain.passage(passage) for passage in layout.cut)
    return Document(source, tuple(blocks), tuple(_rest(text, held)), cut)


def _rest(text: str, held: Iterable[Span]) -> Iterator[Span]:
    """What no block holds, white space at its ends left out."""
    at = 0
    for start, end in (*sorted(held), (len(text), len(text))):
        if at < start and (found := NON_WHITE.search(text, at, start)):
            yield Span(*found.span())
        at = max(at, end)
