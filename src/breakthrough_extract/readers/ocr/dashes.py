"""Dashes named by their length: engines mix them up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from breakthrough_extract.readers.ocr.lines import Line, Part

DASHES = "-–—"
DASH_LINE = 0.2  # of the type size; the ink of a dash is no thicker
EN_DASH, EM_DASH = 0.35, 0.78  # of the type size; a shorter one is a hyphen


def with_dashes(line: Line, dark: NDArray[np.bool_]) -> Line:
    """The line, each dash that stands free named by its length: engines mix them up."""
    parts = _with_loose_dashes(line, dark)
    for n, part in enumerate(parts):
        if part.text in DASHES:
            left = parts[n - 1].right if n else part.left
            right = parts[n + 1].left if n + 1 < len(parts) else part.right
            length = _dash_length(left, right, line, dark)
            size = line.size or line.height
            if length > EM_DASH * size:
                parts[n] = part._replace(text="—")
            elif length > EN_DASH * size:
                parts[n] = part._replace(text="–")
            elif length:
                parts[n] = part._replace(text="-")
    return line._replace(parts=parts)


def _with_loose_dashes(line: Line, dark: NDArray[np.bool_]) -> list[Part]:
    """The words, a dash that the engine stuck to the end of one set free."""
    out: list[Part] = []
    for n, part in enumerate(line.parts):
        stuck = len(part.text) > 1 and part.text[-1] == "-" and n + 1 < len(line.parts)
        if not stuck:
            out.append(part)
            continue
        middle = part.right - (part.right - part.left) / len(part.text)
        size = line.size or line.height
        if _dash_length(middle, line.parts[n + 1].left, line, dark) > EN_DASH * size:
            out.append(part._replace(text=part.text[:-1], right=middle))
            out.append(part._replace(text="–", left=middle))
        else:
            out.append(part)
    return out


def _dash_length(left: float, right: float, line: Line, dark: NDArray[np.bool_]) -> int:
    """How far the ink of the dash between two words goes, in pixels; 0 if it is not found."""
    slack = line.height / 2  # the engine's boxes of words are not exact
    top, bottom = round(line.middle - line.height / 2), round(line.middle + line.height / 2)
    ink = dark[max(top, 0) : bottom, max(round(left - slack), 0) : round(right + slack)]
    thin = ink.sum(axis=0)
    dash = (thin > 0) & (thin <= max(DASH_LINE * (line.size or line.height), 2))
    longest = run = 0
    for here in dash:
        run = run + 1 if here else 0
        longest = max(longest, run)
    return longest
