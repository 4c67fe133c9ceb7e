"""PDF → Document: characters, boxes, styles and drawn shapes; `layout` makes blocks of them.

    opening      the file and its pages, or why they cannot be read
    pages        one page after the other: characters → words (with their styles), shapes
    scans        pages that are pictures, if there is what recognises text

pdfium does the reading; `bare` calls it without the wrappers' checks.
"""

from __future__ import annotations

import hashlib

from breakthrough_extract.document import Box, Document, Page, Source, Span
from breakthrough_extract.limits import USUAL, Limits
from breakthrough_extract.readers.errors import ReadError
from breakthrough_extract.readers.guard import Guard
from breakthrough_extract.readers.layout import Sheet, analyse
from breakthrough_extract.readers.pdf.pages import PAGE_BREAK, pages_of

__all__ = ["read_pdf", "read_sheets"]

MEDIA_TYPE = "application/pdf"


def read_pdf(name: str, data: bytes, limits: Limits = USUAL) -> Document:
    """The document in the bytes `data` of the file `name`.

    Raises ReadError if the file is encrypted, truncated or malformed, or holds no text, and
    LimitError if it goes beyond the limits.
    """
    source, sheets = read_sheets(Guard(name, limits), data)
    layout = analyse(source.text, sheets, source.boxes, name)
    return Document(source, layout.blocks, layout.markup, layout.cut)


def read_sheets(guard: Guard, data: bytes) -> tuple[Source, tuple[Sheet, ...]]:
    """All characters with their boxes, and page by page the words and the drawn shapes."""
    name = guard.name
    texts: list[str] = []
    boxes: list[Box | None] = []
    confidence: list[float] = []
    pages: list[Page] = []
    sheets: list[Sheet] = []
    scanned: set[int] = set()
    for number, page in enumerate(pages_of(guard, data), 1):
        if texts:
            texts.append(PAGE_BREAK)
            boxes.extend([None] * len(PAGE_BREAK))
            confidence.extend([1.0] * len(PAGE_BREAK))
        start = len(boxes)
        texts.append(page.text)
        boxes.extend(page.boxes)
        guard.check("characters", len(boxes))
        confidence.extend(page.confidence or [1.0] * len(page.text))
        span = Span(start, len(boxes))
        pages.append(Page(number, page.width, page.height, span, page.unread))
        sheets.append(Sheet(number, page.width, page.height, tuple(page.words), *page.shapes))
        if page.confidence:
            scanned.add(number)
    text = "".join(texts)
    if not text.strip():
        raise _no_text(name, any(page.unread for page in pages))
    if scanned:
        from breakthrough_extract.readers import ocr

        sheets = ocr.even_sizes(sheets, scanned)
    source = Source(
        name,
        hashlib.sha256(data).hexdigest(),
        MEDIA_TYPE,
        "",
        text,
        tuple(pages),
        tuple(boxes),
        tuple(confidence) if scanned else (),
    )
    return source, tuple(sheets)


def _no_text(name: str, unread: bool) -> ReadError:
    if unread:
        remedy = "pip install 'breakthrough-extract[ocr]' to have them recognised"
        return ReadError(f"{name}: the pages are scans and hold no text; {remedy}")
    return ReadError(f"{name}: no text, and none that the extra [ocr] can see; scan it again")
