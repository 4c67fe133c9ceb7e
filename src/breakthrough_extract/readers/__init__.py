"""A file to a `Document`. The format is found from the content, not from the suffix alone."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import replace
from functools import partial
from pathlib import Path

from breakthrough_extract.document import Document, Source
from breakthrough_extract.limits import USUAL, Limits
from breakthrough_extract.readers.encoding import decode_bytes
from breakthrough_extract.readers.errors import ReadError
from breakthrough_extract.readers.guard import Guard, LimitError
from breakthrough_extract.regular import bytes_of

__all__ = ["Guard", "LimitError", "ReadError", "glance", "read", "read_bytes"]

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")  # PNG, JPEG, TIFF


def read(path: str | Path, limits: Limits = USUAL) -> Document:
    """The document in that file. Raises ReadError."""
    path = Path(path)
    try:
        data = bytes_of(path, limits.bytes)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise Guard(str(path), limits).error("bytes") from None
        if error.errno == errno.EINVAL:
            remedy = "give a text, Markdown, HTML or PDF file"
        else:
            remedy = "check the path and your rights"
        raise ReadError(f"{path}: {error.strerror}; {remedy}") from None
    return read_bytes(path.name, data, limits)


def read_bytes(name: str, data: bytes, limits: Limits = USUAL) -> Document:
    """The document that `data` is; `name` is what messages and the ledger call it.

    Raises ReadError.
    """
    guard = Guard(name, limits)
    guard.check("bytes", len(data))
    if not data.strip():
        raise ReadError(f"{name}: empty; nothing to extract")
    if _is_pdf(data):
        from breakthrough_extract.readers.pdf import read_pdf

        return read_pdf(name, data, limits)
    if data.startswith(PICTURES):
        return _read_picture(name, data, limits)
    from breakthrough_extract.readers.ligatures import without_ligatures
    from breakthrough_extract.readers.mojibake import read_mended
    from breakthrough_extract.readers.text import read_text

    text, encoding = decode_bytes(name, data)
    if not text.strip():
        raise ReadError(f"{name}: empty; nothing to extract")
    guard.check("characters", len(text))
    source = Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        encoding=encoding,
        text=text,
    )
    return without_ligatures(read_mended(source, partial(read_text, guard=guard)))


def glance(name: str, data: bytes) -> str:
    """The characters of a file, understood no further; "" if only its reader can tell.

    Raises ReadError if the bytes are neither text nor a PDF nor a picture.
    """
    if _is_pdf(data):
        from breakthrough_extract.readers.glance import glance_pdf

        return glance_pdf(data)
    return "" if data.startswith(PICTURES) else decode_bytes(name, data)[0]


def _is_pdf(data: bytes) -> bool:
    return data[:1024].lstrip().startswith(b"%PDF-")


def _read_picture(name: str, data: bytes, limits: Limits) -> Document:
    """The document on a scan."""
    from breakthrough_extract.readers.ocr import as_pdf
    from breakthrough_extract.readers.pdf import read_pdf

    document = read_pdf(name, as_pdf(name, data, Guard(name, limits)), limits)
    kind = {b"\x89": "image/png", b"\xff": "image/jpeg"}.get(data[:1], "image/tiff")
    sha256 = hashlib.sha256(data).hexdigest()
    return replace(document, source=replace(document.source, sha256=sha256, media_type=kind))
