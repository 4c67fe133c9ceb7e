"""A file as it came, and where things stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Where a run of characters stands in `Source.text`."""

    start: int  # code points, 0-based
    end: int  # exclusive


class Box(NamedTuple):
    """A rectangle on a page, in points from the page's top left corner, y downwards."""

    x0: float
    top: float
    x1: float
    bottom: float


class Page(NamedTuple):
    """One page of a paged source: its size in points and its run of `Source.text`."""

    number: int  # 1-based
    width: float
    height: float
    span: Span
    unread: bool = False  # a picture that no text could be recognised on: there is no OCR


@dataclass(frozen=True)
class Source:
    """One file as it came."""

    name: str
    sha256: str
    media_type: str
    encoding: str  # "" where the format is not text
    text: str  # the character stream that all spans count in
    pages: tuple[Page, ...] = ()
    boxes: tuple[Box | None, ...] = ()  # one a character of `text`; empty if the format has none
    confidence: tuple[float, ...] = ()  # one a character, 0..1, from OCR; empty elsewhere
    # White code points before its own text. Several witnesses stand one behind the other in
    # one stream, so that a position alone tells whose it is; published positions start at 0.
    padding: int = 0
