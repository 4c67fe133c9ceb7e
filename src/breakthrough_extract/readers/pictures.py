"""Pictures of a document's pages, for people to look at."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageSequence, UnidentifiedImageError

from breakthrough_extract.readers.errors import ReadError

MEDIA_TYPE = "image/webp"
SCALE = 1.5  # pixels a point: sharp enough to read on a screen
QUALITY = 45  # of WebP, 0–100; type stays crisp, and a page of text is some 50 kB
LONGEST_SIDE = 2000  # pixels
MOST = 60  # pages; a page of HTML with more would be too heavy to open


def page_pictures(name: str, data: bytes) -> dict[int, bytes]:
    """The first pages of a PDF, or of a scan, as WebP, by number, 1-based.

    Empty if the file has no pages. Raises ReadError if it is malformed.
    """
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        return _scans(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: the PDF cannot be shown ({error}); export it again") from None
    try:
        return dict(_pictures(document))
    finally:
        document.close()


def _scans(data: bytes) -> dict[int, bytes]:
    """The frames of a picture; none if it is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as file:
            frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(file)]
    except (UnidentifiedImageError, OSError):
        return {}
    for frame in frames:
        frame.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return {number: _webp(frame) for number, frame in enumerate(frames[:MOST], 1)}


def _pictures(document: pypdfium2.PdfDocument) -> Iterator[tuple[int, bytes]]:
    for index in range(min(len(document), MOST)):
        page = document[index]
        try:
            longest = max(page.get_size())
            bitmap = page.render(scale=min(SCALE, LONGEST_SIDE / longest))
            yield index + 1, _webp(bitmap.to_pil())
        finally:
            page.close()


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
