"""How characters are set: size, bold, italic."""

from __future__ import annotations

import ctypes
import re
from math import hypot
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from breakthrough_extract.readers.pdf.bare import (
    address,
    font_of,
    font_size,
    matrix_of,
    render_mode,
    text_object,
)

BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
FLAG_ITALIC, FLAG_FORCE_BOLD = 1 << 6, 1 << 18  # PDF 32000-1, table 123
RENDER_FILL_STROKE = 2  # text drawn filled and stroked: how word processors fake bold


class Style(NamedTuple):
    size: float
    bold: bool
    italic: bool


class Styles:
    """The style of a character, asked for once a text object."""

    def __init__(self, textpage: pypdfium2.PdfTextPage) -> None:
        self.handle = address(textpage.raw)
        self.matrix = (ctypes.c_float * 6)()  # FS_MATRIX
        self.known: dict[int | None, Style] = {}
        self.fonts: dict[int, tuple[bool, bool]] = {}

    def object(self, code: int) -> int | None:
        found: int | None = text_object(self.handle, code)
        return found

    def of(self, code: int, thing: int | None) -> Style:
        if thing not in self.known:
            self.known[thing] = self._read(code, thing)
        return self.known[thing]

    def _read(self, code: int, thing: int | None) -> Style:
        if not matrix_of(self.handle, code, ctypes.addressof(self.matrix)):
            self.matrix = (ctypes.c_float * 6)()
        a, b, c, d, _, _ = self.matrix
        size = font_size(self.handle, code) * hypot(c, d)
        if not thing:
            return Style(size, False, False)
        font = font_of(thing)
        bold, italic = self._font(font) if font else (False, False)
        struck = render_mode(thing) == RENDER_FILL_STROKE
        slanted = abs(b) < 0.01 * abs(a) and c > 0.1 * abs(d)
        return Style(round(size, 2), bold or struck, italic or slanted)

    def _font(self, key: int) -> tuple[bool, bool]:
        if key not in self.fonts:
            font = ctypes.cast(key, pdfium.FPDF_FONT)
            size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
            buffer = ctypes.create_string_buffer(max(size, 1))
            pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
            name = buffer.value.decode("latin-1")
            flags = max(pdfium.FPDFFont_GetFlags(font), 0)
            # Not FPDFFont_GetWeight: it guesses from the stems, 610 for a Times Italic and
            # 380 for an Arial Bold.
            bold = bool(BOLD_NAME.search(name)) or bool(flags & FLAG_FORCE_BOLD)
            italic = bool(ITALIC_NAME.search(name)) or bool(flags & FLAG_ITALIC)
            self.fonts[key] = (bold, italic)
        return self.fonts[key]
