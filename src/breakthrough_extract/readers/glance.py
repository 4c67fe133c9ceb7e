"""The characters of a PDF at a glance: no boxes, no order, no styles. Enough to screen it.

A few milliseconds a page, where reading it takes a hundred.
"""

from __future__ import annotations

import pypdfium2


def glance_pdf(data: bytes) -> str:
    """The text of all pages as pdfium stores it; "" if there is none or it cannot be read."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ""
    try:
        return "\n\f".join(_texts(document))
    finally:
        document.close()


def _texts(document: pypdfium2.PdfDocument) -> list[str]:
    texts = []
    for index in range(len(document)):
        try:
            page = document[index]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError:
            return []  # its reader says which page is broken
        texts.append(textpage.get_text_range())
        textpage.close()
        page.close()
    return texts
