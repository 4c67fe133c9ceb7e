"""What a pass over the lines of a text has gathered so far, and the block that it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from breakthrough_extract.document import Block, BlockKind, Passage, Piece, Place, Span
from breakthrough_extract.readers.guard import UNNAMED, Guard
from breakthrough_extract.readers.html import decode, read_html
from breakthrough_extract.readers.marks import has_inner_marks, is_piece, itemise
from breakthrough_extract.readers.text import dashes
from breakthrough_extract.readers.text.emphasis import typeset, without_markup
from breakthrough_extract.readers.text.lines import lines_of

BLANK_LINE = re.compile(r"\n[ \t]*\n")
BREAK = re.compile(r"</?br\s*/?>", re.IGNORECASE)


@dataclass
class Walk:
    """One pass over the lines of `text`. The rules set what the block is; `flush` ends it."""

    text: str
    guard: Guard = UNNAMED
    out: list[Block | Span] = field(default_factory=list)
    cut: list[Passage] = field(default_factory=list)  # words that their column may have broken
    run: list[Span] = field(default_factory=list)  # lines of the block that is being read
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    region: int = 0
    table: int = 0
    row: int = 0
    cells: int = 0  # of all tables so far
    in_table: bool = False
    looked_at: int = 0  # lines before this one draw no table that is not read already
    glyph: str = ""  # the mark of the item that is being read
    resumed: Block | Span | None = None  # the block that the one that is being read goes on with
    dash: Piece = Piece(0, 0, "")  # between the two
    waiting_marks: int = 0  # list marks alone on their lines, their text still to come
    unclosed: set[str] = field(default_factory=set)  # ends that stand nowhere further down

    def slice(self, line: Span) -> str:
        return self.text[line.start : line.end]

    def mark(self, start: int, end: int) -> None:
        """These characters are markup."""
        if end > start:
            self.out.append(Span(start, end))

    def has_text(self) -> bool:
        """Whether the block that is being read has any."""
        return any(self.slice(line).strip() for line in self.run)

    def goes_on(self, line: Span) -> None:
        """Text that no rule knows goes on with its block."""
        if self.waiting_marks > 1:
            self.kind = BlockKind.PARAGRAPH  # all marks, then all texts: which is whose?
        self.waiting_marks = 0
        self.run.append(line)

    def heading(self, title: Span, level: int) -> None:
        """A heading of one line."""
        self.kind, self.level, self.run = BlockKind.HEADING, level, [title]
        self.flush()

    def count_cells(self, more: int) -> None:
        """Raises `ReadError` where a document has more cells than it may."""
        self.cells += more
        self.guard.check("cells", self.cells)

    def html(self, start: int, end: int, place: Place | None = None) -> None:
        """Blocks of HTML, which stand at `place` unless in a table of their own."""
        table = self.table
        for entry in read_html(self.text, start, end, self.region, self.guard, in_markdown=True):
            if isinstance(entry, Span):
                self.out.append(entry)
                continue
            if entry.text.pieces and self._in_markdown(entry.text.pieces[0].start):
                entry, cuts = without_markup(entry)  # noqa: PLW2901
                self.out.extend(cuts)
            inner = entry.place._replace(table=entry.place.table + table)
            where = inner if entry.place.table else place or entry.place
            self.out.append(replace(entry, place=where))
            self.table = max(self.table, where.table)
            self.region = max(self.region, where.region)
        self.region += 1

    def flush(self, place: Place | None = None) -> None:
        """End the block that is being read."""
        if self.has_text():
            block = Block(
                text=Passage.join(part for line in self.run for part in self._inline_lines(line)),
                kind=self.kind,
                level=self.level,
                place=place or Place(region=self.region),
            )
            block, cuts = without_markup(replace(block, text=typeset(block.text)))
            self.out.extend(cuts)
            if isinstance(self.resumed, Block):
                parts = (self.resumed.text, Passage((self.dash,)), block.text)
                block = replace(self.resumed, text=Passage.join(parts))
            if block.text:  # and not only references to blanks
                false_head = block.kind == BlockKind.HEADING and is_piece(block.text.text)
                marked = false_head or has_inner_marks(block.text.text)
                within = len(self.run) == 1 and marked
                self.out.extend(itemise(block) if place or within else [block])
        self.run, self.kind, self.level, self.resumed = [], BlockKind.PARAGRAPH, 0, None
        self.waiting_marks, self.glyph = 0, ""

    # What is asked of the text as a whole, once.

    @cached_property
    def usual_mark(self) -> str:
        return dashes.usual_mark(self._all_lines())

    @cached_property
    def marks_follow_ends(self) -> bool:
        return dashes.marks_follow_ends(self._all_lines())

    def _all_lines(self) -> Iterator[str]:
        return (self.slice(line) for line in lines_of(self.text))

    def _in_markdown(self, at: int) -> bool:
        """Whether a blank line has ended the HTML that stands before a position."""
        return BLANK_LINE.search(self.text, self.text.rfind(">", 0, at) + 1, at) is not None

    def _inline_lines(self, line: Span) -> Iterator[Passage]:
        """The line's text, cut at `<br>`."""
        at = line.start
        for found in BREAK.finditer(self.text, line.start, line.end):
            yield decode(self.text, at, found.start()).strip()
            self.mark(found.start(), found.end())
            at = found.end()
        end = line.end
        if self.text[at:end].endswith("\\"):  # Markdown's hard line break
            self.mark(end - 1, end)
            end -= 1
        yield decode(self.text, at, end).strip()
