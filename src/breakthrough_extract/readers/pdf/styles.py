"""How characters are set: size, bold, italic."""

from __future__ import annotations

import ctypes
import re
from math import hypot
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from breakthrough_extract.readers.pdf.bare import text_object

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
        self.textpage = textpage
        self.handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        self.known: dict[int | None, Style] = {}
        self.fonts: dict[int | None, tuple[bool, bool]] = {}

    def object(self, code: int) -> int | None:
        found: int | None = text_object(self.handle, code)
        return found

    def of(self, code: int, thing: int | None) -> Style:
        if thing not in self.known:
            self.known[thing] = self._read(code, thing)
        return self.known[thing]

    def _read(self, code: int, thing: int | None) -> Style:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.textpage, code, matrix)
        size = pdfium.FPDFText_GetFontSize(self.textpage, code) * hypot(matrix.c, matrix.d)
        if not thing:
            return Style(size, False, False)
        handle = ctypes.cast(ctypes.c_void_p(thing), pdfium.FPDF_PAGEOBJECT)
        font = pdfium.FPDFTextObj_GetFont(handle)
        bold, italic = self._font(font) if font else (False, False)
        struck = pdfium.FPDFTextObj_GetTextRenderMode(handle) == RENDER_FILL_STROKE
        slanted = abs(matrix.b) < 0.01 * abs(matrix.a) and matrix.c > 0.1 * abs(matrix.d)
        return Style(round(size, 2), bold or struck, italic or slanted)

    def _font(self, font: Any) -> tuple[bool, bool]:
        key = ctypes.cast(font, ctypes.c_void_p).value
        if key not in self.fonts:
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
