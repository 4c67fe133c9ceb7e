"""Text that keeps the page's columns by spaces (`pdftotext -layout` and its like) to blocks.

Each line is a row and each character a column of a grid; a form feed ends a page. A run of
words stands where its first character does; `layout` finds the columns from there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from breakthrough_extract.document import Box, Document, Source, Span
from breakthrough_extract.readers.layout import MARGIN, Sheet, Word, analyse
from breakthrough_extract.readers.layout.signs import is_label, label_length
from breakthrough_extract.readers.widths import width

# A character of the grid, in points: for `layout`, one space is then a word space, two are a
# gutter where several rows have them, three always are, and lines touch.
COLUMN, ROW = 8.0, 12.0
SIZE = 12.0
EM = 2 * COLUMN  # what proportional widths are multiples of: characters are half an em on average
# In ems; how far the width of a line so estimated can be off. From 0.5 to 1.5 all is the same.
SLACK = 0.75
DRIFT = 4 * COLUMN  # of a column's edge from page to page: each page has a grid of its own
TAB = 8  # columns
# Such text comes without the page's margins, and its first row and its last are where running
# heads are: one row, and a half for good measure.
MARGIN_ROWS = 1.5
SEGMENT = re.compile(r"\S+(?:[ \xa0]\S+)*")  # words with single spaces between
WORD = re.compile(r"\S+")
RULE = re.compile(r"[\s=_+-]+")  # a drawn line: no letter, no figure
DRAWN = re.compile(r"---|===|___")
# A ruler of columns: so many lines of a page must have a segment begin at one position
# after so many spaces, or the page keeps no columns.
RULER_GAP = 3  # spaces; what justified text or a slip of the thumb leaves is less
RULER_LINES = 4
LABEL_LINES = 2  # of these, if further lines begin at that position with nothing before it
RULER_SHARE = 0.15  # of the lines that are not empty
RULER_DRIFT = 1  # characters that a column's edge moves from line to line
SHORT_LEFT = 3  # a segment so short left of the gap is a list's mark or number: an indent


class _Segment(NamedTuple):
    """A run of words with single spaces between."""

    column: int  # of its first character, 0-based
    span: Span  # in the source's text


class _Line(NamedTuple):
    span: Span
    segments: tuple[_Segment, ...]


def is_grid(text: str) -> bool:
    """Whether `text` keeps columns by spaces.

    Markup shows that it does not: pipes are a Markdown table's, tags are HTML's.
    """
    pages = [list(_lines(text, page)) for page in _pages(text)]
    count = sum(1 for lines in pages for line in lines if line.segments)
    ruled = sum(_on_ruler(text, lines) for lines in pages)
    return ruled >= max(RULER_LINES, RULER_SHARE * count)


def _on_ruler(text: str, lines: Sequence[_Line]) -> int:
    """How many of the page's lines have a segment at a position where several have one."""
    starts = [set(_gap_ends(text, line)) for line in lines]
    counts = Counter(start for found in starts for start in found)
    indents = Counter(line.segments[0].column for line in lines if line.segments)
    near = range(-RULER_DRIFT, RULER_DRIFT + 1)
    ruler = {at for at in counts if sum(counts[at + by] for by in near) >= RULER_LINES}
    # Labels beside text: few lines have both, but the text keeps its column on all lines.
    margins = {at for at in counts if counts[at] >= LABEL_LINES and indents[at] >= RULER_LINES}
    return sum(
        1
        for line, found in zip(lines, starts, strict=True)
        if found & (ruler | margins) or (line.segments and line.segments[0].column in margins)
    )


def _gap_ends(text: str, line: _Line) -> Iterator[int]:
    """The columns where a segment begins after a gap that no indent explains."""
    if text.count("|", *line.span) > 1 or "<" in text[line.span.start : line.span.end]:
        return
    for left, right in pairwise(line.segments):
        wide = right.span.start - left.span.end >= RULER_GAP
        if wide and left.span.end - left.span.start > SHORT_LEFT:
            yield right.column


def read_grid(source: Source) -> Document:
    """The blocks of a text on a character grid."""
    text = source.text
    read = [list(_lines(text, page)) for page in _pages(text)]
    labels = _labels(text, read)
    pages = [[_unfused(text, line, labels) for line in lines] for lines in read]
    tops = [_tops(lines) for lines in pages]
    high = max((found[-1] + ROW for found in tops), default=0.0)
    sheets = [
        _sheet(text, number, lines, _at_margins(lines, found, high), high)
        for number, (lines, found) in enumerate(zip(pages, tops, strict=True), 1)
    ]
    layout = analyse(text, sheets, source=source.name, slack=SLACK, drift=DRIFT)
    rules = [
        segment.span
        for lines in pages
        for line in lines
        if _is_rule(text, line)
        for segment in line.segments
    ]
    markup = tuple(sorted((*layout.markup, *rules)))
    return Document(source, layout.blocks, markup, layout.cut)


def _pages(text: str) -> Iterator[Span]:
    at = 0
    for part in text.split("\f"):
        if part.strip():
            yield Span(at, at + len(part))
        at += len(part) + 1


def _lines(text: str, page: Span) -> Iterator[_Line]:
    at = page.start
    for line in text[page.start : page.end].split("\n"):
        span = Span(at, at + len(line))
        yield _Line(span, tuple(_segments(line, at)))
        at = span.end + 1


def _segments(line: str, start: int) -> Iterator[_Segment]:
    """The segments of `line`, which begins at `start` in the source."""
    at = column = 0
    for found in SEGMENT.finditer(line):
        # Tabs count from the line's beginning: what stands before is as wide as its remainder.
        before = column % TAB
        column += len((" " * before + line[at : found.start()]).expandtabs(TAB)) - before
        at = found.start()
        yield _Segment(column, Span(start + found.start(), start + found.end()))


def _labels(text: str, pages: Sequence[Sequence[_Line]]) -> set[int]:
    """The columns at which labels in capitals stand alone, or with white after them."""
    return {
        segment.column + by
        for lines in pages
        for line in lines
        for segment in line.segments
        if is_label(text[slice(*segment.span)])
        for by in range(-RULER_DRIFT, RULER_DRIFT + 1)
    }


def _unfused(text: str, line: _Line, labels: set[int]) -> _Line:
    """The line; where one space parts a label from the text beside it, these are two segments."""
    out: list[_Segment] = []
    for segment in line.segments:
        length = label_length(text[slice(*segment.span)]) if segment.column in labels else 0
        if not length:
            out.append(segment)
            continue
        end = segment.span.start + length
        out.append(_Segment(segment.column, Span(segment.span.start, end)))
        out.append(_Segment(segment.column + length + 1, Span(end + 1, segment.span.end)))
    return line._replace(segments=tuple(out))


def _is_rule(text: str, line: _Line) -> bool:
    return bool(RULE.fullmatch(text, *line.span) and DRAWN.search(text, *line.span))


def _sheet(
    text: str, number: int, lines: Sequence[_Line], tops: Sequence[float], high: float
) -> Sheet:
    words: list[Word] = []
    rules: list[Box] = []
    for line, top in zip(lines, tops, strict=True):
        if _is_rule(text, line):
            rules += [_rule(segment, top) for segment in line.segments]
        else:
            words += _words(text, number, line.segments, top)
    wide = max((word.box.x1 for word in words), default=0.0)
    return Sheet(number, wide, high + 2 * _margin(high), tuple(words), tuple(rules))


def _margin(high: float) -> float:
    """The white above and below text so high, so that `layout` takes but one row for a margin's."""
    return max((MARGIN * high - MARGIN_ROWS * ROW) / (1 - 2 * MARGIN), 0.0)


def _at_margins(lines: Sequence[_Line], tops: Sequence[float], high: float) -> list[float]:
    """The tops on a page with margins; a last line that stands alone stands at the foot."""
    out = [top + _margin(high) for top in tops]
    full = [n for n, line in enumerate(lines) if line.segments]
    if len(full) > 1 and full[-1] - full[-2] > 1:
        out[full[-1]] = _margin(high) + high - ROW
    return out


def _rule(segment: _Segment, top: float) -> Box:
    x0 = segment.column * COLUMN
    x1 = x0 + (segment.span.end - segment.span.start) * COLUMN
    return Box(x0, top + ROW / 2 - 0.5, x1, top + ROW / 2 + 0.5)


def _tops(lines: Sequence[_Line]) -> list[float]:
    """Where each line stands.

    Lines of neighbouring columns that differ a little in height get rows of their own, which
    tears the other columns apart. So the rows close up, as if they fell on the skyline of
    those above: a row that leaves a column empty takes no height in that column. A wholly
    empty row is the author's, and stays.
    """
    tops: list[float] = []
    skyline: list[tuple[float, int, int]] = []  # (bottom, first column, column after the last)
    least = 0.0
    for line in lines:
        if not line.segments:
            tops.append(least)
            least = max([least, *(bottom for bottom, _, _ in skyline)]) + ROW
            skyline = []
            continue
        extents = [(s.column, s.column + s.span.end - s.span.start) for s in line.segments]
        top = max(
            (bottom for bottom, low, high in skyline if _meets(low, high, extents)),
            default=least,
        )
        top = max(top, least)
        tops.append(top)
        # A column's first line can be a row too low as well; it rises no further than that.
        least = max(least, top - ROW)
        skyline = [entry for entry in skyline if entry[0] > least]
        skyline += [(top + ROW, *extent) for extent in extents]
    return tops


def _meets(low: int, high: int, extents: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the extents, which are in order and apart, touches that stretch."""
    n = bisect_left(extents, low, key=lambda extent: extent[1])
    return n < len(extents) and extents[n][0] <= high


def _words(text: str, page: int, segments: Sequence[_Segment], top: float) -> Iterator[Word]:
    """The words of a line, each as wide as its characters are in proportional type.

    That is what broke the lines: on the grid, a line of wide letters seems to have room.
    """
    for n, segment in enumerate(segments):
        x0 = segment.column * COLUMN
        scale = EM
        if n + 1 < len(segments):
            # However wide its letters, the gap to the next segment is as wide as it shows.
            room = (segments[n + 1].column - segment.column) * COLUMN
            gap = segments[n + 1].span.start - segment.span.end
            if gap == 1:  # a label: that it is no part of the text beside it, is proof
                gap = RULER_GAP
            full = width(text[segment.span.start : segment.span.end])
            scale = min(EM, (room - gap * COLUMN) / full)
        for found in WORD.finditer(text, *segment.span):
            left = x0 + scale * width(text[segment.span.start : found.start()])
            box = Box(left, top, left + scale * width(found.group()), top + ROW)
            yield Word(found.group(), found.start(), found.end(), box, SIZE, page=page)
