"""Positioned elements to stacks of lines, each as wide as its characters usually are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from breakthrough_extract.document import Span
from breakthrough_extract.readers.layout import BULLETS
from breakthrough_extract.readers.layout.signs import DASHES, is_label
from breakthrough_extract.readers.positioned.nouns import Leaf, Page, Setting
from breakthrough_extract.readers.positioned.plain import Plain
from breakthrough_extract.readers.widths import width

INNER_GAP = re.compile(r"(?<=\S)\s+(?=\S)")
LEVEL = 0.5  # ems; lines whose tops differ by less stand beside one another


@dataclass
class Line:
    """A line of text as it is to be set."""

    runs: list[tuple[Span, Setting]]  # spans of the plain text
    text: str
    left: float
    top: float
    scale: float = 1.0  # of the estimated widths
    widths: list[float] = field(default_factory=list)  # one a run

    @property
    def size(self) -> float:
        return max(setting.size for _, setting in self.runs)

    @property
    def look(self) -> tuple[bool, bool]:
        """Whether the line is bold, and whether it is italic."""
        settings = [setting for _, setting in self.runs]
        return all(how.bold for how in settings), all(how.italic for how in settings)

    @property
    def extent(self) -> float:
        """The line's estimated width."""
        return self.scale * sum(self.widths)


@dataclass
class Stack:
    """The lines of one positioned element, which stand one below the other."""

    leaf: Leaf
    lines: list[Line]
    anchors: list[float] = field(default_factory=list)  # tops of bullets that stand beside it
    limit: float = 0.0  # top of what stands below it; 0 if nothing does
    pause: bool = False  # whether what stands below it begins a block

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def is_bullets(self) -> bool:
        return all(BULLETS.match(line.text) for line in self.lines)


def begins_block(before: Line, line: Line) -> bool:
    """Whether `line` cannot go on with the paragraph of the one before it."""
    bullet = BULLETS.match(line.text[:1]) is not None or line.text.split()[0] in DASHES
    return bullet or before.look != line.look or is_label(before.text) != is_label(line.text)


def stack_of(leaf: Leaf, page: Page, plain: Plain) -> Stack | None:
    lines: list[Line] = []
    for runs in leaf.lines:
        spans = [(plain.add(run.span), run.set) for run in runs]
        plain.end_line()
        text = "".join("".join(plain.signs[span.start : span.end]) for span, _ in spans)
        if text.strip():
            line = Line(spans, text.strip(), leaf.left - page.left, leaf.top - page.top)
            line.widths = [shown_width(span, how, plain) for span, how in spans]
            lines.append(line)
    if not lines:
        return None
    if leaf.width:
        # The element is as wide as its widest line.
        widest = max(line.extent for line in lines)
        for line in lines:
            line.scale = leaf.width / widest
    return Stack(leaf, lines)


def shown_width(span: Span, how: Setting, plain: Plain) -> float:
    """The width of that stretch of the plain text as it shows."""
    return natural_width(_measured("".join(plain.signs[span.start : span.end])), how)


def natural_width(text: str, how: Setting) -> float:
    return how.size * width(text, how.bold, how.face)


def _measured(text: str) -> str:
    """`text` as wide as it shows: a justified line has several spaces between all words."""
    gaps = [len(gap) for gap in INNER_GAP.findall(text)]
    unit = min(gaps, default=1)
    return re.sub(rf"\s{{{unit}}}", " ", text) if unit > 1 and len(gaps) > 1 else text
