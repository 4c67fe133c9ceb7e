"""Pages that are pictures."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from breakthrough_extract.readers.guard import Guard
from breakthrough_extract.readers.pdf.nouns import PageRead, Shapes
from breakthrough_extract.readers.pdf.opening import loaded

if TYPE_CHECKING:
    from breakthrough_extract.readers.ocr import Recogniser

SCAN_DPI = 200  # the picture that text is recognised on; measured in bench/ocr.py


class Scans:
    """Reads pages that are pictures, if there is what recognises text."""

    def __init__(self, document: pypdfium2.PdfDocument, guard: Guard) -> None:
        self.document = document
        self.guard = guard

    @cached_property
    def recogniser(self) -> Recogniser | None:
        from breakthrough_extract.readers import ocr

        return ocr.load()

    def read(self, blank: PageRead, index: int, start: int) -> PageRead:
        """The page of that index, which was found to have no text."""
        page = loaded(self.guard.name, self.document, index)
        try:
            if not pdfium.FPDFPage_CountObjects(page):
                return blank
            if not self.recogniser:
                return blank._replace(unread=True)
            width, height = page.get_size()
            self.guard.check("pixels", width * height * (SCAN_DPI / 72) ** 2)
            bitmap = page.render(scale=SCAN_DPI / 72, grayscale=True)
            scan = self.recogniser.read(bitmap.to_numpy(), 72 / SCAN_DPI, start, index + 1)
        finally:
            page.close()
        return blank._replace(
            text=scan.text,
            boxes=scan.boxes,
            words=scan.words,
            confidence=scan.confidence,
            shapes=Shapes(scan.rules, (), ()),
        )
