"""Plain text and Markdown, HTML inside it included, to blocks.

Garbled Markdown keeps no grammar but that of its lines, so the reader goes line by line: a
tuple of rules says what a line is, the first that knows it wins, and what no rule knows is
text that goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from breakthrough_extract.document import (
    Block,
    BlockKind,
    Change,
    Document,
    Passage,
    Piece,
    Place,
    Source,
    Span,
    Style,
)
from breakthrough_extract.punctuation import JOINING_WORD, LISTED
from breakthrough_extract.readers.continued import joined_tables
from breakthrough_extract.readers.grid_tables import GridCell, grid_table
from breakthrough_extract.readers.guard import UNNAMED, Guard
from breakthrough_extract.readers.html import (
    BLOCK_TAGS,
    ENTITY,
    decode,
    looks_like_html,
    read_html,
)
from breakthrough_extract.readers.inline import inline_markup
from breakthrough_extract.readers.marks import DASHES, STOPPED, itemise, mark_length
from breakthrough_extract.readers.templates import front_matter, shortcode

HEADING = re.compile(r"^\s{0,3}(#{1,6})(?:\s+|$)")
UNDERLINE = re.compile(r"^\s{0,3}(?:=+|-{3,})\s*$")
RULE = re.compile(r"^[\s|:+=*_-]*$")  # table rules, thematic breaks: no letter, no figure
FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK_TAGS))})\b[^<>]*>", re.IGNORECASE)
# What is not text from its first to its last character, blank lines or not.
OPAQUE = re.compile(r"^\s*<(?:(!--)|(script|style)\b)", re.IGNORECASE)
# Under the head of a table.
DELIMITER = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
DIRECTIVE = re.compile(r"\.\. [\w-]+::")  # of reStructuredText, without a text of its own
TAB_WIDTH = 4


class _Emphasis(NamedTuple):
    """Where marks of emphasis can open a stretch and where close one; each matches no
    character, and its group is the mark. So long texts take no longer than they must."""

    opens: re.Pattern[str]
    closes: re.Pattern[str]


# An escaped mark is none; of three stars that end a stretch the last two end the strong one.
STRONG = _Emphasis(
    re.compile(r"(?<!\\)(?=(\*\*|__)\S)"), re.compile(r"(?<=[^\s\\])(?=(\*\*|__)(?!\*))")
)
EMPHASIS = _Emphasis(
    re.compile(r"(?<![\w*\\])(?=(\*)[^\s*])|(?<![\w_\\])(?=(_)[^\s_])"),
    re.compile(r"(?<=[^\s*\\])(?=(\*)(?![\w*]))|(?<=[^\s_\\])(?=(_)(?![\w_]))"),
)
# What a text ends in before an item begins.
ENDED = re.compile(rf"[.;:!?]['’”\")]*$|(?:[;,]|^)\s*{JOINING_WORD}$")
PUNCTUATED = 0.8  # share of the items before which such a text must stand
DASH = re.compile(r"(?<=\s)[–—](?=\s)")
# A document's items end in signs if so many are known, and such a share of them do.
LEAST_ENDS, STOPPED_SHARE = 2, 0.9
CLIPPED = re.compile(r",$|\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)$")
# How Markdown writes the dashes of type where it is not to depend on them; between words alone.
TYPED_DASH = re.compile(r"(?<=\s)---?(?=\s)")
TYPED_DASHES = {"--": "–", "---": "—"}
MOST_FRONT_MATTER = 80  # lines; more are no front matter
ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
PLACED = re.compile(r"\btop\s*[:=]|\S {3,}\S")  # css, its like in XML, or a gap within a line
BLANK_LINE = re.compile(r"\n[ \t]*\n")
BREAK = re.compile(r"</?br\s*/?>", re.IGNORECASE)


def read_text(source: Source, guard: Guard = UNNAMED) -> Document:
    """The blocks of a text, in the order of its lines."""
    placed = _read_by_place(source, guard) or _read_joined(source)
    if placed:
        return placed
    out: list[Block | Span] = []
    if looks_like_html(source.text):
        out = read_html(source.text, 0, len(source.text), guard=guard)
    else:
        out = _Lines(source.text, guard).read()
    out += _blank_references(source.text, out)
    return Document(
        source=source,
        blocks=joined_tables([entry for entry in out if isinstance(entry, Block)]),
        markup=tuple(sorted(entry for entry in out if isinstance(entry, Span))),
    )


def _read_by_place(source: Source, guard: Guard) -> Document | None:
    """The document, if its words stand where they do by position; None if they flow.

    The analysis of pages is large; it is loaded only where something hints at positions.
    """
    if not PLACED.search(source.text):
        return None
    from breakthrough_extract.readers.grid import is_grid, read_grid
    from breakthrough_extract.readers.positioned import is_positioned, read_positioned

    if is_positioned(source.text):
        return read_positioned(source, guard)
    return read_grid(source) if is_grid(source.text) else None


def _read_joined(source: Source) -> Document | None:
    """The document, if lines of several columns stand joined in its lines; None if not."""
    from breakthrough_extract.readers.joined import is_joined, read_joined

    return read_joined(source) if is_joined(source.text) else None


@dataclass
class _Lines:
    """One pass over the lines of a text."""

    text: str
    guard: Guard = UNNAMED
    out: list[Block | Span] = field(default_factory=list)
    run: list[Span] = field(default_factory=list)  # lines of the block that is being read
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    region: int = 0
    table: int = 0
    row: int = 0
    cells: int = 0  # of all tables so far
    in_table: bool = False
    glyph: str = ""  # the mark of the item that is being read
    resumed: Block | Span | None = None  # the block that the one that is being read goes on with
    dash: Piece = Piece(0, 0, "")  # between the two
    waiting_marks: int = 0  # list marks alone on their lines, their text still to come
    unclosed: set[str] = field(default_factory=set)  # ends that stand nowhere further down

    def read(self) -> list[Block | Span]:
        lines = list(_lines(self.text))
        at = 0
        while at < len(lines):
            lines[at] = self._unquoted(lines[at])
            for rule in LINE_RULES:
                used = rule(self, lines, at)
                if used:
                    at += used
                    break
            else:
                self._goes_on(lines[at])
                at += 1
        self._flush()
        return self.out

    def slice(self, line: Span) -> str:
        return self.text[line.start : line.end]

    def mark(self, start: int, end: int) -> None:
        """These characters are markup."""
        if end > start:
            self.out.append(Span(start, end))

    # The rules: how many lines each takes, 0 if it does not know the line.

    def blank(self, lines: list[Span], at: int) -> int:
        if self.slice(lines[at]).strip():
            return 0
        if self.kind != BlockKind.ITEM or self._has_text():
            self._flush()  # a mark alone on its line waits for its text
        self.in_table = False
        self.region += 1
        return 1

    def underline(self, lines: list[Span], at: int) -> int:
        """A setext heading: the lines before were its text."""
        plain = self.kind == BlockKind.PARAGRAPH and self.run and not self.in_table
        if not (plain and UNDERLINE.match(self.slice(lines[at]))):
            return 0
        self.kind, self.level = BlockKind.HEADING, 1 if "=" in self.slice(lines[at]) else 2
        self._flush()
        self.mark(*lines[at])
        return 1

    def rule(self, lines: list[Span], at: int) -> int:
        line = self.slice(lines[at])
        if not RULE.match(line) or len(re.sub(r"\s", "", line)) < 2:
            return 0
        self._flush()
        self.mark(*lines[at])
        return 1

    def fence(self, lines: list[Span], at: int) -> int:
        """Fences are markup, what stands in them is text: converters put them around pages."""
        if not FENCE.match(self.slice(lines[at])):
            return 0
        self._flush()
        self.mark(*lines[at])
        return 1

    def front_matter(self, lines: list[Span], at: int) -> int:
        """What a site generator reads, between two lines of dashes."""
        if not self.text.startswith("---", lines[at].start):
            return 0
        used = front_matter([self.slice(line) for line in lines[at : at + MOST_FRONT_MATTER]], at)
        if used:
            self._flush()
            self.mark(lines[at].start, lines[at + used - 1].end)
        return used

    def shortcode(self, lines: list[Span], at: int) -> int:
        """A template's call that stands alone; one that names a tab is a heading."""
        found = shortcode(self.text, lines[at])
        if not found:
            return 0
        self._flush()
        title, level = found
        self.mark(lines[at].start, title.start)
        self.mark(title.end, lines[at].end)
        if title.end > title.start:
            self.kind, self.level = BlockKind.HEADING, level
            self.run = [title]
            self._flush()
        return 1

    def pipe_row(self, lines: list[Span], at: int) -> int:
        """A row with bars at its ends, or one of a table that has none there."""
        line = self.slice(lines[at])
        bare = not line.lstrip().startswith("|")
        if "|" not in line or (bare and not self._in_bare_table(lines, at)):
            return 0
        if not bare and line.count("|") < 2 and not self.in_table:
            return 0
        cells = list(_cells(self.text, lines[at], r"(?<!\\)\|"))
        below = self.slice(lines[at + 1]) if at + 1 < len(lines) else ""
        if not self.in_table and DELIMITER.match(below):
            cells = self._without_stand_ins(cells)
        self._row(cells)
        for bar in re.compile(r"(?<!\\)\|").finditer(self.text, *lines[at]):
            self.mark(*bar.span())
        return 1

    def grid_table(self, lines: list[Span], at: int) -> int:
        """A table drawn in characters, with cells of several lines."""
        if self.text[lines[at].start : lines[at].end].lstrip()[:1] not in ("+", "|"):
            return 0
        found = grid_table(self.text, lines, at)
        if not found:
            return 0
        self._flush()
        self.table += 1
        for row, cells in enumerate(found.rows):
            self.cells += len(cells)
            self.guard.check("cells", self.cells)
            for cell in cells:
                self._grid_cell(cell, row)
        for span in found.markup:
            self.mark(*span)
        self.region += 1
        return found.used

    def _grid_cell(self, cell: GridCell, row: int) -> None:
        self.region += 1
        place = Place(
            region=self.region,
            table=self.table,
            row=row,
            column=cell.column,
            columns=cell.columns,
        )
        for line in cell.lines:
            part = self.slice(line)
            heading = HEADING.match(part)
            if not part:
                self._flush(place)
            elif BLOCK_TAG.fullmatch(part) or DIRECTIVE.fullmatch(part):
                self.mark(*line)
            elif heading:
                self._flush(place)
                self.mark(line.start, line.start + heading.end())
                self.run = [Span(line.start + heading.end(), line.end)]
            else:
                self.run.append(line)
        self._flush(place)

    def _without_stand_ins(self, cells: list[Span]) -> list[Span]:
        """A head row's cells; what a converter wrote into the empty ones is markup."""
        out: list[Span] = []
        for number, cell in enumerate(cells, 1):
            if self.slice(cell).strip() in (f"Col{number}", f"Unnamed: {number - 1}"):
                self.mark(*cell)
                cell = Span(cell.end, cell.end)  # noqa: PLW2901
            out.append(cell)
        return out

    def _in_bare_table(self, lines: list[Span], at: int) -> bool:
        """Whether a row without a bar at its head goes on with a table, or begins one."""
        below = self.slice(lines[at + 1]) if at + 1 < len(lines) else ""
        return self.in_table or ("|" in below and bool(DELIMITER.match(below)))

    def tab_row(self, lines: list[Span], at: int) -> int:
        """Cells with tabs between them, if they are HTML or a rule of dashes follows."""
        line = self.slice(lines[at])
        if "\t" not in line.strip():
            return 0
        below = self.slice(lines[at + 1]) if at + 1 < len(lines) else ""
        ruled = "\t" in below and RULE.match(below) and below.strip()
        if not (ruled or BLOCK_TAG.search(line)):
            return 0
        self._row(list(_cells(self.text, lines[at], r"\t")))
        return 1

    def html(self, lines: list[Span], at: int) -> int:
        """A run of lines that opens with a block of HTML; a table runs to its end tag."""
        line = self.slice(lines[at])
        opaque = OPAQUE.match(line)
        if not (opaque or BLOCK_TAG.match(line.lstrip())):
            return 0
        self._flush()
        if opaque:
            return self._opaque(lines, at, "-->" if opaque.group(1) else f"</{opaque.group(2)}")
        depth, used = 0, 0
        for n in range(at, len(lines)):
            text = self.slice(lines[n])
            if depth <= 0 and (not text.strip() or shortcode(self.text, lines[n])):
                break
            depth += len(re.findall(r"<table\b", text, re.IGNORECASE))
            depth -= len(re.findall(r"</table\b", text, re.IGNORECASE))
            used += 1
        self._html(lines[at].start, lines[at + used - 1].end, None)
        return used

    def _opaque(self, lines: list[Span], at: int, closing: str) -> int:
        """A comment, a script or a style sheet to its end, wherever blank lines stand in it."""
        rest = range(at, at if closing in self.unclosed else len(lines))
        last = next((n for n in rest if closing in self.slice(lines[n]).lower()), -1)
        if last < 0:
            self.unclosed.add(closing)
            last = at
        self._html(lines[at].start, lines[last].end, None)
        return last - at + 1

    def heading(self, lines: list[Span], at: int) -> int:
        found = HEADING.match(self.slice(lines[at]))
        if not found:
            return 0
        self._flush()
        start, end = lines[at].start + found.end(), lines[at].end
        self.mark(lines[at].start, start)
        closing = re.search(r"\s#+\s*$", self.text[start:end])
        if closing:
            self.mark(start + closing.start(), end)
            end = start + closing.start()
        self.kind, self.level = BlockKind.HEADING, len(found.group(1))
        self.run = [Span(start, end)]
        self._flush()
        return 1

    def item(self, lines: list[Span], at: int) -> int:
        line = self.slice(lines[at])
        length = mark_length(line)
        if not length or self._is_dash(line):
            return 0
        waiting = self.waiting_marks
        self._flush()
        if self._resumes(line, length):
            self._resume(lines[at], length)
            return 1
        self.mark(lines[at].start, lines[at].start + length)
        self.kind = BlockKind.ITEM
        self.glyph = line.lstrip()[0]
        self.waiting_marks = waiting + 1 if length >= len(line.rstrip()) else 0
        indented = line[: len(line) - len(line.lstrip())].expandtabs(TAB_WIDTH)
        self.level = len(indented) // 2
        self.run = [Span(lines[at].start + length, lines[at].end)]
        return 1

    def _is_dash(self, line: str) -> bool:
        """Whether the mark of `line` is a dash of the sentence that the line before began."""
        glyph = line.lstrip()[0]
        before = self.slice(self.run[-1]).rstrip() if self.run else ""
        if glyph not in DASHES or not before or ENDED.search(before):
            return False
        goes_on = line[mark_length(line) :][:1].islower()
        mine = glyph in (self._usual_mark, self.glyph)
        return not mine or (glyph != "-" and goes_on and self._marks_follow_ends)

    def _resumes(self, line: str, length: int) -> bool:
        """Whether a dash that a converter took for a list's mark goes on with the block before.

        It does where the items end in signs and that block does not, unless it was clipped: no
        sentence has a dash after a comma or an article.
        """
        before = self.out[-1] if self.out else None
        begun = line[length:][:1]
        if not isinstance(before, Block) or line.lstrip()[0] not in DASHES or not begun.islower():
            return False
        if STOPPED.search(before.text.folded) or CLIPPED.search(before.text.folded):
            return False
        ends = [bool(STOPPED.search(text)) for text in self._listed(before)[:-1]]
        return len(ends) >= LEAST_ENDS and sum(ends) >= STOPPED_SHARE * len(ends)

    def _resume(self, line: Span, length: int) -> None:
        """Go on with the block before, the mark of `line` read as the dash that it was."""
        self.resumed = self.out.pop()
        self.run = [Span(line.start + length, line.end)]
        at = line.start + self.slice(line).index(self.slice(line).lstrip()[0])
        sign = self.text[at]
        dashes = Counter(DASH.findall(self.text))
        usual = max(sorted(dashes), key=lambda dash: dashes[dash], default=sign)
        edit = sign == "-" != usual
        self.dash = Piece(at, at + 1, usual if edit else sign, "typed-dash" if edit else "")

    def _listed(self, last: Block) -> list[str]:
        """The items before, as far as they are told from the text: those of a list that lost
        its marks are the lines of a paragraph that end in signs, and its last."""
        if last.kind == BlockKind.ITEM:
            blocks = (entry for entry in self.out if isinstance(entry, Block))
            return [block.text.folded for block in blocks if block.kind == BlockKind.ITEM]
        lines = [line.text for line in last.text.lines()]
        return [*(line for line in lines[:-1] if LISTED.search(line)), lines[-1]]

    @cached_property
    def _usual_mark(self) -> str:
        """The glyph that marks most items of the text."""
        lines = [self.slice(line) for line in _lines(self.text)]
        glyphs = Counter(line.lstrip()[0] for line in lines if mark_length(line))
        return max(sorted(glyphs), key=lambda glyph: glyphs[glyph], default="")

    @cached_property
    def _marks_follow_ends(self) -> bool:
        """Whether items end in a sign, so that a dash before which none stands is no mark."""
        lines = [self.slice(line).rstrip() for line in _lines(self.text)]
        before = [one for one, other in pairwise(lines) if one and mark_length(other)]
        return sum(bool(ENDED.search(one)) for one in before) >= PUNCTUATED * len(before) > 0

    def _goes_on(self, line: Span) -> None:
        """Text that no rule knows goes on with its block."""
        if self.waiting_marks > 1:
            self.kind = BlockKind.PARAGRAPH  # all marks, then all texts: which is whose?
        self.waiting_marks = 0
        self.run.append(line)

    def _unquoted(self, line: Span) -> Span:
        """The line without the marks of a quotation, whatever else stands in that."""
        quote = re.match(r"\s*(?:>\s?)+", self.slice(line))
        if not quote:
            return line
        self.mark(line.start, line.start + quote.end())
        return Span(line.start + quote.end(), line.end)

    def _row(self, cells: list[Span]) -> None:
        self._flush()
        if not self.in_table:
            self.table, self.row, self.in_table = self.table + 1, -1, True
        self.row += 1
        self.cells += len(cells)
        self.guard.check("cells", self.cells)
        bounds = self.slice(Span(cells[0].start, cells[-1].end)) if cells else ""
        for column, cell in enumerate(cells):
            self.region += 1
            place = Place(region=self.region, table=self.table, row=self.row, column=column)
            piped = self.text[cell.end : cell.end + 1] == "|"
            if BLOCK_TAG.search(self.slice(cell) if piped else bounds):
                self._html(cell.start, cell.end, place)
            else:
                self.run = [cell]
                self._flush(place)
        self.region += 1

    def _html(self, start: int, end: int, place: Place | None) -> None:
        table = self.table
        for entry in read_html(self.text, start, end, self.region, self.guard, in_markdown=True):
            if isinstance(entry, Span):
                self.out.append(entry)
                continue
            if entry.text.pieces and self._in_markdown(entry.text.pieces[0].start):
                entry, cuts = _inline(entry)  # noqa: PLW2901
                self.out.extend(cuts)
            inner = entry.place._replace(table=entry.place.table + table)
            where = inner if entry.place.table else place or entry.place
            self.out.append(replace(entry, place=where))
            self.table = max(self.table, where.table)
            self.region = max(self.region, where.region)
        self.region += 1

    def _in_markdown(self, at: int) -> bool:
        """Whether a blank line has ended the HTML that stands before a position."""
        return BLANK_LINE.search(self.text, self.text.rfind(">", 0, at) + 1, at) is not None

    def _flush(self, place: Place | None = None) -> None:
        """End the block that is being read."""
        if self._has_text():
            block = Block(
                text=Passage.join(part for line in self.run for part in self._inline_lines(line)),
                kind=self.kind,
                level=self.level,
                place=place or Place(region=self.region),
            )
            block, cuts = _inline(replace(block, text=_typeset(block.text)))
            self.out.extend(cuts)
            if isinstance(self.resumed, Block):
                parts = (self.resumed.text, Passage((self.dash,)), block.text)
                block = replace(self.resumed, text=Passage.join(parts))
            if block.text:  # and not only references to blanks
                self.out.extend(itemise(block) if place else [block])
        self.run, self.kind, self.level, self.resumed = [], BlockKind.PARAGRAPH, 0, None
        self.waiting_marks, self.glyph = 0, ""

    def _has_text(self) -> bool:
        return any(self.slice(line).strip() for line in self.run)

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


def _blank_references(text: str, out: list[Block | Span]) -> list[Span]:
    """The references to white space that stand outside all blocks: `<p>&nbsp;</p>`."""
    held = bytearray(len(text))
    for entry in out:
        for span in entry.text.spans if isinstance(entry, Block) else (entry,):
            held[span.start : span.end] = b"\1" * (span.end - span.start)
    blank = (found for found in ENTITY.finditer(text) if not unescape(found.group()).strip())
    return [Span(*found.span()) for found in blank if not held[found.start()]]


LineRule = Callable[[_Lines, list[Span], int], int]
# First match wins.
LINE_RULES: tuple[LineRule, ...] = (
    _Lines.blank,
    _Lines.front_matter,
    _Lines.underline,
    _Lines.grid_table,
    _Lines.rule,
    _Lines.fence,
    _Lines.tab_row,
    _Lines.shortcode,
    _Lines.pipe_row,
    _Lines.html,
    _Lines.heading,
    _Lines.item,
)


def _lines(text: str) -> Iterator[Span]:
    """The lines of `text`, without their ends."""
    for found in re.finditer(r"[^\n\f]*(?:[\n\f]|\Z)", text):
        if found.end() > found.start():
            yield Span(found.start(), found.start() + len(found.group().rstrip("\r\n\f")))


def _cells(text: str, line: Span, bar: str) -> Iterator[Span]:
    """The cells of a table row; bars at its ends delimit no further cell."""
    at = line.start
    bars = [Span(*found.span()) for found in re.compile(bar).finditer(text, line.start, line.end)]
    for edge in (*bars, Span(line.end, line.end)):
        outside = not text[at : edge.start].strip() and (at == line.start or edge.end == line.end)
        if not outside or edge.start == edge.end == at == line.start:
            yield Span(at, edge.start)
        at = edge.end


def _typeset(text: Passage) -> Passage:
    """`text` with the dashes that were typed as hyphens; each is an edit."""
    if "--" not in text.text:
        return text
    return text.replace_all(
        Change(*found.span(), TYPED_DASHES[found.group()], "typed-dash")
        for found in TYPED_DASH.finditer(text.text)
    )


def _inline(block: Block) -> tuple[Block, list[Span]]:
    """`block` without emphasis marks and escapes, its style; and the spans taken out."""
    text = block.text.text
    cuts: list[Span] = []
    strong = _emphasised(STRONG, text, cuts)
    hidden = list(text)
    for cut in cuts:
        hidden[cut.start : cut.end] = "\x00" * (cut.end - cut.start)
    italic = _emphasised(EMPHASIS, "".join(hidden).replace("\x00", " "), cuts)
    cuts += inline_markup(text)
    cuts += [Span(*found.span()) for found in ESCAPE.finditer(text)]
    if not cuts:
        return block, []
    cuts = _disjoint(cuts)
    style = Style(bold=_covers(strong, text, cuts), italic=_covers(italic, text, cuts))
    markup = [span for cut in cuts for span in block.text[cut.start : cut.end].spans]
    return replace(block, text=block.text.without(cuts, "markup").strip(), style=style), markup


def _disjoint(cuts: list[Span]) -> list[Span]:
    """`cuts` in order, those that touch the same characters made one."""
    out: list[Span] = []
    for cut in sorted(cuts):
        if out and cut.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, cut.end))
        else:
            out.append(cut)
    return out


def _emphasised(emphasis: _Emphasis, text: str, cuts: list[Span]) -> list[Span]:
    """The stretches that are emphasised so; their marks are added to `cuts`."""
    ends: dict[str, list[int]] = defaultdict(list)
    for found in emphasis.closes.finditer(text):
        ends[_mark(found)].append(found.start())
    inside: list[Span] = []
    at = 0
    for found in emphasis.opens.finditer(text):
        mark, start = _mark(found), found.start()
        first = start + len(mark)
        known = ends[mark]
        n = bisect_left(known, first + 1)
        if start < at or n == len(known):
            continue
        at = known[n] + len(mark)
        cuts += [Span(start, first), Span(known[n], at)]
        inside.append(Span(first, known[n]))
    return inside


def _mark(found: re.Match[str]) -> str:
    return found[found.lastindex or 0]


def _covers(inside: list[Span], text: str, cuts: list[Span]) -> bool:
    """Whether every letter of `text` stands in one of the stretches."""
    if not inside:
        return False
    covered = bytearray(len(text))
    for span in (*inside, *cuts):
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return all(covered[i] or not char.isalnum() for i, char in enumerate(text))
