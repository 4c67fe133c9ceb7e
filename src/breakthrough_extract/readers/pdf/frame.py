"""The visible page, and how it is turned."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from breakthrough_extract.document import Box

T = TypeVar("T", float, NDArray[np.float64])


class Frame(NamedTuple):
    """The visible page in PDF user space, and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int  # quarter turns clockwise

    @staticmethod
    def of(page: pypdfium2.PdfPage) -> Frame:
        rect = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, rect)
        turn = max(pdfium.FPDFPage_GetRotation(page), 0) % 4
        return Frame(rect.left, rect.bottom, rect.right, rect.top, turn)

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box of a rectangle in user space (y upwards)."""
        return Box(*self.sides(x0, y0, x1, y1))

    def sides(self, x0: T, y0: T, x1: T, y1: T) -> tuple[T, T, T, T]:
        """The sides of the box of a rectangle, or of many at once."""
        left, bottom, right, top, turn = self
        match turn:
            case 0:
                return x0 - left, top - y1, x1 - left, top - y0
            case 1:
                return y0 - bottom, x0 - left, y1 - bottom, x1 - left
            case 2:
                return right - x1, y0 - bottom, right - x0, y1 - bottom
            case _:
                return top - y1, right - x1, top - y0, right - x0
