"""What the elements of a page say: runs of text, the elements that position them, pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from breakthrough_extract.document import Box, Span

DEFAULT_SIZE = 12.0


class Setting(NamedTuple):
    """How text is set."""

    size: float = DEFAULT_SIZE
    line: float = 0.0  # distance of lines; 0 if not said
    bold: bool = False
    italic: bool = False
    face: str = ""


class Run(NamedTuple):
    """A run of text in one style."""

    span: Span
    set: Setting


@dataclass
class Leaf:
    """A positioned element: its lines begin at its left side."""

    left: float
    top: float
    width: float  # 0 if not said
    height: float  # 0 if not said
    lines: list[list[Run]] = field(default_factory=lambda: [[]])


@dataclass
class Page:
    width: float = 0.0
    height: float = 0.0
    left: float = 0.0
    top: float = 0.0
    boxes: list[Leaf] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)


@dataclass
class Found:
    pages: list[Page]
    outside: list[Span]  # runs of text that no element positions
    navigation: list[Span]  # the converter's own text: names of pages, links to them
