"""Bytes to text: which encoding a file is in, found from its bytes."""

from __future__ import annotations

import codecs
import re

from breakthrough_extract.readers.errors import ReadError

UTF_8, UTF_8_BOM = "utf-8", "utf-8-sig"
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
WINDOWS = "windows-1252"  # what ISO 8859-1 is taken for too: it has the same letters
MIXED = "utf-8 with windows-1252"  # as one gets by joining files
# Without a mark at its head, text is taken for UTF-16 if at least so many of its code units
# have the zero byte that Latin letters have, and at most so many the other one.
ZEROS, STRAYS = 0.7, 0.02
# Control characters that text holds: white space, what DOS ended files with (U+001A), what
# terminals and word processors leave (U+0007, U+0008, U+001B), pdfium's hyphen (U+0002).
CONTROLS = re.compile(r"[\x00-\x01\x03-\x06\x0e-\x19\x1c-\x1f]")
MOST_CONTROLS = 0.02  # of the characters; random bytes have a tenth
STRAY_BYTE = re.compile("[\udc80-\udcff]")  # how `surrogateescape` notes a byte


def decode_bytes(name: str, data: bytes) -> tuple[str, str]:
    """The text of `data`, which the file `name` holds, and the name of its encoding.

    Raises ReadError if the bytes are no text.
    """
    text, encoding = _utf_16(name, data) or _utf_8(data) or _windows(name, data)
    controls = len(CONTROLS.findall(text))
    if "\0" in text or controls > MOST_CONTROLS * len(text):
        raise _binary(name)
    return text, encoding


def _binary(name: str) -> ReadError:
    return ReadError(f"{name}: binary, not text; convert it to text, Markdown, HTML or PDF")


def _utf_16(name: str, data: bytes) -> tuple[str, str] | None:
    """The text if a mark at its head or its zero bytes say that it is UTF-16."""
    encoding, body = UTF_16.get(data[:2], ""), data[2:]
    if not encoding:
        encoding, body = _zeros(data), data
    if not encoding:
        return None
    try:
        return body.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: broken UTF-16 (byte {error.start + len(data) - len(body)}); save it as UTF-8"
        ) from None


def _zeros(data: bytes) -> str:
    """The byte order of UTF-16 if the zero bytes are where Latin letters have theirs."""
    units = len(data) // 2
    first, second = data[0::2].count(0), data[1::2].count(0)
    if second and second >= ZEROS * units and first <= STRAYS * units:
        return "utf-16-le"
    if first and first >= ZEROS * units and second <= STRAYS * units:
        return "utf-16-be"
    return ""


def _utf_8(data: bytes) -> tuple[str, str] | None:
    """The text if all of it is UTF-8, or most of what is not ASCII."""
    encoding = UTF_8
    if data.startswith(codecs.BOM_UTF8):
        encoding, data = UTF_8_BOM, data[len(codecs.BOM_UTF8) :]
    try:
        return data.decode("utf-8"), encoding
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
    stray = len(STRAY_BYTE.findall(text))
    sound = sum(not char.isascii() for char in text) - stray
    if stray > sound and encoding == UTF_8:
        return None
    return STRAY_BYTE.sub(lambda byte: _windows_byte(byte.group()), text), MIXED


def _windows_byte(noted: str) -> str:
    return noted.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _windows(name: str, data: bytes) -> tuple[str, str]:
    try:
        return data.decode("cp1252"), WINDOWS
    except UnicodeDecodeError:  # one of the five bytes that stand for nothing
        raise _binary(name) from None
