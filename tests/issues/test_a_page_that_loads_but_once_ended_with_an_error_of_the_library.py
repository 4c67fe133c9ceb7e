from __future__ import annotations

import pypdfium2
import pytest

from breakthrough_extract import ReadError
from breakthrough_extract.readers.pdf import read_pdf
from tests.readers.test_pdf import tiny_pdf


def test_a_page_that_cannot_be_loaded_again_is_malformed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As pdfium does it with some damaged files: a page without text is loaded a second time."""
    real = pypdfium2.PdfDocument.get_page
    loads: list[int] = []

    def once(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
        loads.append(index)
        if len(loads) > 1:
            raise pypdfium2.PdfiumError("Failed to load page.")
        return real(document, index)

    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", once)
    with pytest.raises(ReadError, match="page 1 is malformed"):
        read_pdf("a.pdf", tiny_pdf("10 10 40 40 re f"))
