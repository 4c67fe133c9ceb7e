"""A file's bytes opened as a PDF, and its pages, or why they cannot be."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium

from breakthrough_extract.readers.errors import ReadError

# A PDF ends with this mark; readers look for it in the last 1,024 bytes, we are twice as lenient.
END_MARK, END_WINDOW = b"%%EOF", 2048
START_MARK, START_WINDOW = b"%PDF-", 1024


def opened(name: str, data: bytes) -> pypdfium2.PdfDocument:
    """The document, which the caller closes. Raises ReadError."""
    _check_frame(name, data)
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _load_error(name, error) from None


def _check_frame(name: str, data: bytes) -> None:
    if START_MARK not in data[:START_WINDOW]:
        raise ReadError(f"{name}: not a PDF, it does not begin with %PDF-; give the PDF itself")
    if END_MARK not in data[-END_WINDOW:]:
        raise ReadError(
            f"{name}: the PDF is truncated, its end mark %%EOF is missing; fetch the file again"
        )


def _load_error(name: str, error: pypdfium2.PdfiumError) -> ReadError:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return ReadError(f"{name}: the PDF is encrypted; save a copy without a password")
    return ReadError(f"{name}: the PDF is malformed ({error}); export the document again")


def loaded(name: str, document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """The page of that index (0-based). Of a malformed file it may come once and never again."""
    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise page_error(name, index, error) from None


def page_error(name: str, index: int, error: pypdfium2.PdfiumError) -> ReadError:
    return ReadError(f"{name}: page {index + 1} is malformed ({error}); export the document again")
