"""Pages of elements to sheets of words for `layout`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout import Sheet, Word
from breakthrough_extract.readers.positioned.fitting import fit_to_edges, fit_widths
from breakthrough_extract.readers.positioned.fused import labels_of, parted
from breakthrough_extract.readers.positioned.nouns import Page
from breakthrough_extract.readers.positioned.plain import Plain
from breakthrough_extract.readers.positioned.sideways import laid_down
from breakthrough_extract.readers.positioned.spacing import (
    anchor,
    pitches_of,
    set_limits,
    set_tops,
    spacings_of,
)
from breakthrough_extract.readers.positioned.stacks import Line, natural_width, stack_of

MAX_RULE = 3.0  # a thinner frame is a drawn line, a thicker one an area
MAX_MARK = 7.0  # a frame no larger than this can be a drawn bullet
WORD = re.compile(r"\S+")


def sheets_of(pages: Sequence[Page], plain: Plain) -> list[Sheet]:
    held = [
        [
            stack
            for leaf in laid_down(page.boxes, plain.source)
            if (stack := stack_of(leaf, page, plain))
        ]
        for page in pages
    ]
    for stacks in held:
        anchor(stacks)
        set_limits(stacks)
    spacings = spacings_of(stack for stacks in held for stack in stacks)
    pitches = pitches_of(stack for stacks in held for stack in stacks)
    labels = labels_of([stack for stacks in held for stack in stacks])
    out: list[Sheet] = []
    for number, (page, elements) in enumerate(zip(pages, held, strict=True), 1):
        for stack in elements:
            size = round(stack.size, 1)
            set_tops(stack, spacings.get(size), pitches.get(size, 0.0))
        stacks = parted(elements, labels, plain)
        lines = [line for stack in stacks for line in stack.lines]
        wide = page.width or max((line.left + line.extent for line in lines), default=0.0)
        high = page.height or max((line.top + line.size for line in lines), default=0.0)
        fit_widths(stacks, wide)
        fit_to_edges(stacks)
        words = [word for line in lines for word in _words(line, plain, number)]
        out.append(Sheet(number, wide, high, tuple(words), *_shapes(page)))
    return out


class _Shapes(NamedTuple):
    rules: tuple[Box, ...]
    areas: tuple[Box, ...]
    marks: tuple[Box, ...]


def _shapes(page: Page) -> _Shapes:
    """The page's empty boxes: lines, areas, bullets."""
    shapes = _Shapes((), (), ())
    for frame in page.frames:
        box = Box(
            frame.x0 - page.left,
            frame.top - page.top,
            frame.x1 - page.left,
            frame.bottom - page.top,
        )
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if MAX_RULE < max(wide, high) <= MAX_MARK and min(wide, high) > 1.0:
            shapes = shapes._replace(marks=(*shapes.marks, box))
        elif min(wide, high) <= MAX_RULE:
            shapes = shapes._replace(rules=(*shapes.rules, box))
        else:
            shapes = shapes._replace(areas=(*shapes.areas, box))
    return shapes


def _words(line: Line, plain: Plain, page: int) -> Iterator[Word]:
    left = line.left
    for (span, how), extent in zip(line.runs, line.widths, strict=True):
        text = "".join(plain.signs[span.start : span.end])
        # White space shrinks evenly where there is more of it than the line shows.
        natural = natural_width(text, how)
        scale = line.scale * (extent / natural if natural else 1.0)
        for found in WORD.finditer(text):
            x0 = left + scale * natural_width(text[: found.start()], how)
            x1 = x0 + scale * natural_width(found.group(), how)
            # Runs of one line stand on one base line.
            bottom = line.top + line.size
            yield Word(
                found.group(),
                span.start + found.start(),
                span.start + found.end(),
                Box(x0, bottom - how.size, x1, bottom),
                how.size,
                how.bold,
                how.italic,
                page,
            )
        left += line.scale * extent
