"""Pdfium's functions that are called for each character or object, without the wrappers' checks.

Called through `map` over bare function pointers they take 1 µs, against 4 to 9 through the
wrappers (25,000 characters, 2026-11). They keep Python's lock: pdfium bears no two callers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_double, c_int, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as pdfium


def bare(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Pdfium's function of that name without the argument checks of its wrapper."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address(getattr(pdfium, name)))


def address(handle: Any) -> int:
    """Where the thing is that pdfium's wrappers give a handle of. Raises RuntimeError."""
    found = ctypes.cast(handle, c_void_p).value
    if not found:
        raise RuntimeError("pdfium gave a handle of nothing")
    return found


text_of = bare("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
unicode_of = bare("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
loose_box = bare("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
text_object = bare("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
matrix_of = bare("FPDFText_GetMatrix", c_int, c_void_p, c_int, c_void_p)
font_size = bare("FPDFText_GetFontSize", c_double, c_void_p, c_int)
font_of = bare("FPDFTextObj_GetFont", c_void_p, c_void_p)
render_mode = bare("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
object_on_page = bare("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
object_in_form = bare("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)
kind_of = bare("FPDFPageObj_GetType", c_int, c_void_p)
