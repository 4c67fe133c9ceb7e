"""The pages of a PDF, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from breakthrough_extract.readers.errors import ReadError
from breakthrough_extract.readers.guard import Guard
from breakthrough_extract.readers.pdf.characters import characters_of
from breakthrough_extract.readers.pdf.frame import Frame
from breakthrough_extract.readers.pdf.nouns import Load, PageRead
from breakthrough_extract.readers.pdf.opening import loaded, opened, page_error
from breakthrough_extract.readers.pdf.scans import Scans
from breakthrough_extract.readers.pdf.shapes import shapes_of
from breakthrough_extract.readers.pdf.styles import Styles
from breakthrough_extract.readers.pdf.words import Content, words_of

PAGE_BREAK = "\n\f"


def pages_of(guard: Guard, data: bytes) -> Iterator[PageRead]:
    name = guard.name
    document = opened(name, data)
    try:
        count = len(document)
        if not count:
            raise ReadError(f"{name}: the PDF has no pages; export the document again")
        guard.check("pages", count)
        start = 0
        scans = Scans(document, guard)
        load = Load(guard)
        for index in range(count):
            page = _page(load, document, index, start)
            if not page.text.strip():
                page = scans.read(page, index, start)
            yield page
            start += len(page.text) + len(PAGE_BREAK)
    finally:
        document.close()


def _page(load: Load, document: pypdfium2.PdfDocument, index: int, start: int) -> PageRead:
    """The page of that index (0-based), whose text begins at `start` in the source's."""
    name = load.guard.name
    page = loaded(name, document, index)
    try:
        load.add(max(pdfium.FPDFPage_CountObjects(page), 0))
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise page_error(name, index, error) from None
    try:
        load.guard.check("characters", start + max(pdfium.FPDFText_CountChars(textpage), 0))
        frame = Frame.of(page)
        text, boxes, codes = characters_of(textpage, frame)
        content = Content(text, boxes, codes, Styles(textpage), start, index + 1)
        words = words_of(content)
        return PageRead(frame.width, frame.height, text, boxes, words, shapes_of(page, frame, load))
    finally:
        textpage.close()
        page.close()
