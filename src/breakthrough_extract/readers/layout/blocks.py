"""Lines to blocks: where one ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, repeat
from statistics import median

from breakthrough_extract.document import Block, BlockKind, Passage, Place, Style
from breakthrough_extract.readers.layout import hanging
from breakthrough_extract.readers.layout.boxes import around, moved
from breakthrough_extract.readers.layout.facts import Facts
from breakthrough_extract.readers.layout.lines import Line, line_of, main_size
from breakthrough_extract.readers.layout.measures import SIZE_SLACK
from breakthrough_extract.readers.layout.nouns import Sheet
from breakthrough_extract.readers.layout.order import Placed
from breakthrough_extract.readers.layout.passages import passage_of
from breakthrough_extract.readers.layout.signs import TERMINAL, is_label

PITCH_SLACK = 1.15  # a line further down than this many usual pitches starts a new block
HEADING_SIZE = 1.15  # type this much larger than the body's is a heading
INDENT = 0.5
ITEM_DOUBT = 3.0
CONJUNCTIONS = frozenset(("and", "or"))  # alone on a line they end an item


def blocks_of(
    placed: Placed, lines: Sequence[Line], sheet: Sheet, facts: Facts
) -> Iterator[tuple[Block, ...]]:
    """The blocks of a region's lines; one that the page's edge cuts for good comes in halves."""
    runs = list(_paragraphs(lines, facts))
    hung = hanging.items(runs) if facts.hanging else repeat(False)
    for run, item in zip(runs, hung, strict=False):
        passage = passage_of(run, facts, bool(sheet.seam))
        if passage is not None:
            block = _block(run, passage, placed, sheet, facts)
            yield (replace(block, kind=BlockKind.ITEM, level=0) if item else block,)
        else:
            yield tuple(
                _block(half, text, placed, sheet, facts)
                for half in _halves(run, sheet)
                if (text := passage_of(half, facts, False)) is not None
            )


def _halves(run: Sequence[Line], sheet: Sheet) -> Iterator[list[Line]]:
    """What each page has of lines that the seam of the spread went through, the left one first."""
    for page in (sheet.number, sheet.number + 1):
        half = [
            line_of([w for w in line.words if w.page == page], line.bullet if n == 0 else None)
            for n, line in enumerate(run)
            if any(w.page == page for w in line.words)
        ]
        if page != sheet.number and half:
            half[0] = replace(half[0], bullet=None)
        if half:
            yield half


def _block(
    run: Sequence[Line], passage: Passage, placed: Placed, sheet: Sheet, facts: Facts
) -> Block:
    words = [word for line in run for word in line.words]
    page = min(word.page for word in words)
    boxes = [word.box for word in words if word.page == page]
    box = around(boxes)
    if sheet.seam and page != sheet.number:
        box = moved(box, -sheet.seam)
    size = main_size(words)
    region = placed.region
    kind, level = BlockKind.PARAGRAPH, 0
    if run[0].bullet is not None:
        kind = BlockKind.ITEM
    elif size >= HEADING_SIZE * facts.body:
        kind, level = BlockKind.HEADING, 1
    style = Style(all(w.bold for w in words), all(w.italic for w in words), size)
    place = Place(
        page,
        box,
        placed.number,
        region.table,
        region.row,
        region.column,
        columns=region.columns if region.table else 1,
    )
    return Block(passage, kind, level, style, place)


def levelled(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, headings numbered by size: the largest is level 1."""
    sizes = sorted({b.style.size for b in blocks if b.kind == BlockKind.HEADING}, reverse=True)
    return tuple(
        replace(b, level=sizes.index(b.style.size) + 1) if b.kind == BlockKind.HEADING else b
        for b in blocks
    )


def _paragraphs(lines: Sequence[Line], facts: Facts) -> Iterator[list[Line]]:
    """The lines, cut where a block begins."""
    run: list[Line] = []
    right = max((line.box.x1 for line in lines), default=0.0)
    for line in lines:
        if run and _begins_block(run, line, right, facts):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _begins_block(run: Sequence[Line], line: Line, right: float, facts: Facts) -> bool:
    """Whether `line` begins a block after the lines of the open block."""
    return any(rule(run, line, right, facts) for rule in BLOCK_RULES)


def has_bullet(_run: Sequence[Line], line: Line, _right: float, _facts: Facts) -> bool:
    """A bullet begins an item."""
    return line.bullet is not None


def other_size(run: Sequence[Line], line: Line, _right: float, _facts: Facts) -> bool:
    """Type of another size does not go on with the sentence."""
    return abs(run[-1].size - line.size) > SIZE_SLACK * run[-1].size


def other_style(run: Sequence[Line], line: Line, _right: float, _facts: Facts) -> bool:
    """Bold or italic begins or ends at the line's end.

    Not where a sentence clearly goes on: emphasis that happens to begin with a line.
    """
    before, after = run[-1].words[-1], line.words[0]
    if (before.bold, before.italic) == (after.bold, after.italic):
        return False
    goes_on = line.text[:1].islower() and not TERMINAL.search(run[-1].text)
    return not goes_on or (run[-1].bold and line.bold)


def large_gap(run: Sequence[Line], line: Line, _right: float, facts: Facts) -> bool:
    """More white than between the lines of a paragraph."""
    pitch = facts.pitch.get(line.size, 1.3 * line.size)
    pitch = min(pitch, 2.0 * line.size)  # few lines, all far apart, say nothing of the pitch
    distance = line.box.bottom - run[-1].box.bottom
    return distance > PITCH_SLACK * pitch


def outdented(run: Sequence[Line], line: Line, _right: float, _facts: Facts) -> bool:
    """A line that begins left of the item's text, where its other lines do not."""
    if run[0].bullet is None:
        return False
    indent = INDENT * line.size
    if len(run) > 1:
        return line.box.x0 < run[-1].box.x0 - indent
    # No second line yet: without a hanging indent, lines begin where the bullet stands.
    ended = TERMINAL.search(run[-1].text) is not None
    return line.box.x0 < run[0].box.x0 - indent and ended and not line.text[:1].islower()


def capitals_end(run: Sequence[Line], line: Line, right: float, facts: Facts) -> bool:
    """A line all in capitals stands alone; two go together if the second had no room above."""
    before, after = is_label(run[-1].text), is_label(line.text)
    return before != after or (before and _had_room(run[-1], line, right, facts))


def not_wrapped(run: Sequence[Line], line: Line, right: float, facts: Facts) -> bool:
    """The line before ended though the next word had room: its author ended it there."""
    # A line in lower case below an item's is rather its next one than an item without a bullet.
    doubt = ITEM_DOUBT if run[0].bullet is not None and line.text[:1].islower() else 1.0
    if line.text in CONJUNCTIONS or not _had_room(run[-1], line, right, facts, doubt):
        return False
    if TERMINAL.search(run[-1].text):
        return True
    return run[-1].bold and line.bold and line.text[:1].isupper()


def hanging_indent(run: Sequence[Line], line: Line, _right: float, facts: Facts) -> bool:
    """A line where items without a bullet begin, whose further lines are set further in."""
    return facts.hanging and hanging.begins_item(run, line)


BLOCK_RULES = (  # any match begins a block
    has_bullet,
    other_size,
    other_style,
    large_gap,
    outdented,
    capitals_end,
    not_wrapped,
    hanging_indent,
)


def _had_room(before: Line, line: Line, right: float, facts: Facts, doubt: float = 1.0) -> bool:
    """Whether the first word of `line` would have fitted on the line before it.

    `doubt` is how much more the estimated widths are distrusted than usual.
    """
    word = line.words[0]
    white = _word_space(before) + doubt * facts.slack * before.size
    return before.box.x1 + white + (word.box.x1 - word.box.x0) < right - 0.5


def _word_space(line: Line) -> float:
    """The white between the words of the line; if it has few, the narrowest there is."""
    gaps = [after.box.x0 - word.box.x1 for word, after in pairwise(line.words)]
    narrowest = 0.2 * line.size  # in justified text
    return max(median(gaps), narrowest) if len(gaps) > 1 else narrowest
