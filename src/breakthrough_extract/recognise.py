"""Blocks to an outline: what is a stage label, a theme heading, furniture, a note, an item.

Labels before letters: a label is a whole short line or cell; a label word in a sentence is
none. What no rule explains is kept as loose text, for repair to explain or the ledger to
report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise

from breakthrough_extract.document import (
    COMPLAINT,
    Block,
    BlockKind,
    Document,
    Outline,
    Passage,
    Place,
    Section,
    ThemeHeading,
)
from breakthrough_extract.language import LabelMatcher, contained, likeness, squash
from breakthrough_extract.profile import Profile

QUOTED = re.compile(r"^['‘\"“«].*['’\"”»]$", re.DOTALL)
HEADING_AND_QUOTE = re.compile(
    r"^(?P<name>[^'‘\"“«]+?)\s*(?P<quote>['‘\"“«].+['’\"”»])$", re.DOTALL
)
NOTE = re.compile(r"^(?:[*†‡§]+\s*)?Note\b\s*[:.]?|^[*†‡§]+\s*\w", re.IGNORECASE)
NOTE_MARK = re.compile(r"(?<=\w)[*†‡§]+(?!\w)")
PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*(?:of\s+\d{1,4})?$", re.IGNORECASE)
UNFINISHED = re.compile(r"[^.;:!?…]\s*$")
LISTED = re.compile(r";\s*(?:and|or)?$")  # an item after which another must come
LAST_BUT_ONE = re.compile(r";\s*(?:and|or)$")
AFTER_SEMICOLON = re.compile(r";\s+(\w+)")
LONGEST_COMPLAINT = 120  # characters; longer quotations are text
# Letters a broken running head must show to be believed anywhere in the title; a shorter one
# must be the title's head or tail.
SURE_FRAGMENT = 4
SAME_SECTION = 0.9  # likeness from which two sections under one label are one section


class What(Enum):
    """What a line or a run of lines is."""

    LABEL = auto()
    THEME = auto()
    COMPLAINT = auto()
    FURNITURE = auto()
    NOTE = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Line:
    """A line, or the lines of a block that nothing parts, with what it is."""

    what: What
    text: Passage
    block: Block
    name: str = ""  # slot of a label, id of a theme


def recognise(document: Document, profile: Profile) -> Outline:
    """The outline of a document."""
    names = _Names(profile)
    lines = _by_cell([line for block in document.blocks for line in names.lines(block)])
    tables = _Tables.of(lines)
    assembly = _Assembly(tables, _Lists.of(lines))
    for line in lines:
        if not tables.is_head(line):
            assembly.add(line)
    sections, repeats = _without_repeats(assembly.finished())
    return Outline(
        sections=tuple(sections),
        headings=tuple(assembly.headings),
        table_heads=tuple(line.text for line in lines if tables.is_head(line)),
        furniture=tuple(
            line.text for line in lines if line.what == What.FURNITURE and not tables.is_head(line)
        ),
        loose=tuple(tuple(run) for run in assembly.loose),
        repeats=tuple(repeats),
    )


class _Names:
    """The names of a profile, ready to be found."""

    def __init__(self, profile: Profile) -> None:
        self.label = LabelMatcher({s.id: (s.name, *s.aliases) for s in profile.slots})
        self.theme = LabelMatcher({t.id: (t.name, *t.aliases) for t in profile.themes})
        self.complaints = profile.complaints
        self.titles = [squash(head) for head in profile.running_heads]

    def lines(self, block: Block) -> Iterator[Line]:
        """`block`, cut where a line of it is a label, a heading or a running head."""
        whole = self._special(block.text, block, first=True)
        if whole:
            yield from whole
            return
        run: list[Passage] = []
        first = True
        for part in block.text.lines():
            special = self._special(part, block, first)
            if special and run:
                yield self._plain(run, block)
                run = []
            if special:
                yield from special
            else:
                run.append(part)
            first = bool(special)
        if run:
            yield self._plain(run, block)

    def _plain(self, run: list[Passage], block: Block) -> Line:
        text = Passage.join(run)
        if self._is_complaint(text.folded, block):
            return Line(What.COMPLAINT, text, block)
        return Line(What.NOTE if NOTE.match(text.folded) else What.TEXT, text, block)

    def _special(self, text: Passage, block: Block, first: bool) -> list[Line]:
        """What `text` is if it is no running text. `first`: nothing of the block's own
        running text stands before it."""
        folded = text.folded
        if block.kind == BlockKind.ITEM and first:
            return [Line(What.NOTE, text, block)] if NOTE.match(folded) else []
        slot = self.label(folded)
        if slot and (first or folded.isupper()):
            return [Line(What.LABEL, text, block, slot)]
        if self._is_furniture(folded):
            return [Line(What.FURNITURE, text, block)]
        if not first:
            return []
        theme = self.theme(folded)
        if theme:
            return [Line(What.THEME, text, block, theme)]
        if self._is_complaint(folded, block):
            return [Line(What.COMPLAINT, text, block)]
        both = HEADING_AND_QUOTE.match(text.text.strip()) if self.complaints else None
        theme = self.theme(both["name"]) if both else ""
        if both and theme:
            body = text.strip()
            name, quote = body[: both.end("name")], body[both.start("quote") :]
            return [
                Line(What.THEME, name, block, theme),
                Line(What.COMPLAINT, quote, block),
            ]
        return []

    def _is_complaint(self, folded: str, block: Block) -> bool:
        short = self.complaints and len(folded) <= LONGEST_COMPLAINT
        return short and block.kind != BlockKind.ITEM and bool(QUOTED.match(folded))

    def _is_furniture(self, folded: str) -> bool:
        if PAGE_NUMBER.match(folded):
            return True
        letters = squash(folded)
        return bool(letters) and any(_repeats(title, letters) for title in self.titles)


def _repeats(title: str, letters: str) -> bool:
    """Whether `letters` are `title` again and again, cut off anywhere at either end."""
    if len(letters) < SURE_FRAGMENT:
        return len(letters) > 1 and (title.startswith(letters) or title.endswith(letters))
    row = title * (len(letters) // len(title) + 2)
    return letters in row or (len(letters) > len(title) // 2 and contained(letters, row) > 0.92)


Cell = tuple[int, int, int]  # table, row, column


def _cell(place: Place) -> Cell:
    return (place.table, place.row, place.column)


def _by_cell(lines: list[Line]) -> list[Line]:
    """`lines` with each cell's together, where the first of them stands: a cell may go on
    over the page."""
    first: dict[Cell, int] = {}
    keys: list[int] = []
    for n, line in enumerate(lines):
        place = line.block.place
        keys.append(first.setdefault(_cell(place), n) if place.table else n)
    return [line for _, line in sorted(zip(keys, lines, strict=True), key=lambda pair: pair[0])]


@dataclass(frozen=True)
class _Tables:
    """What the heads of columns and rows say of the cells under and beside them."""

    column_slots: dict[tuple[int, int], str]  # (table, column) → slot
    row_slots: dict[tuple[int, int], str]  # (table, row) → slot
    row_themes: dict[tuple[int, int], str]
    column_themes: dict[tuple[int, int], str]
    head_rows: frozenset[tuple[int, int]]
    head_cells: frozenset[Cell]

    @staticmethod
    def of(lines: list[Line]) -> _Tables:
        cells: dict[Cell, list[Line]] = {}
        for line in lines:
            if line.block.place.table and line.what != What.FURNITURE:
                cells.setdefault(_cell(line.block.place), []).append(line)
        labels = _only(cells, What.LABEL)
        head_rows, column_slots = _heads(labels, across=True)
        _, row_slots = _heads(
            {cell: name for cell, name in labels.items() if cell[:2] not in head_rows}, across=False
        )
        themes = {
            cell: line.name
            for cell, inside in cells.items()
            for line in inside
            if line.what == What.THEME
        }
        return _Tables(
            column_slots=column_slots,
            row_slots=row_slots,
            row_themes={(t, r): name for (t, r, _), name in sorted(themes.items(), reverse=True)},
            column_themes={(t, c): name for (t, _, c), name in sorted(themes.items(), reverse=True)}
            if row_slots
            else {},
            head_rows=frozenset(head_rows),
            head_cells=frozenset(cell for cell in labels if (cell[0], cell[1]) in row_slots),
        )

    def is_head(self, line: Line) -> bool:
        """Whether the line stands in a head row, or is the head of a row."""
        place = line.block.place
        if line.what == What.THEME:
            return False
        return (place.table, place.row) in self.head_rows or _cell(place) in self.head_cells

    def slot(self, place: Place) -> str:
        """What the heads of its column or row make of a cell; "" if it has none."""
        above = self.column_slots.get((place.table, place.column), "")
        return above or self.row_slots.get((place.table, place.row), "")

    def theme(self, place: Place) -> str:
        """The theme that a cell's row or column is named for."""
        if (place.table, place.column) in self.column_slots:
            return self.row_themes.get((place.table, place.row), "")
        return self.column_themes.get((place.table, place.column), "")


def _only(cells: dict[Cell, list[Line]], what: What) -> dict[Cell, str]:
    """The cells that hold nothing but one such line, perhaps several times; its name."""
    return {
        cell: lines[0].name
        for cell, lines in cells.items()
        if all(line.what == what and line.name == lines[0].name for line in lines)
    }


def _heads(
    labels: dict[Cell, str], across: bool
) -> tuple[set[tuple[int, int]], dict[tuple[int, int], str]]:
    """The rows (or columns) that are heads, and the slot of each column (or row).

    A head holds the labels of two slots or more; one label alone is a cell's own.
    """
    lines: dict[tuple[int, int], set[str]] = {}
    for (table, row, column), name in labels.items():
        lines.setdefault((table, row if across else column), set()).add(name)
    heads = {line for line, names in lines.items() if len(names) > 1}
    slots = {
        (table, column if across else row): name
        for (table, row, column), name in sorted(labels.items())
        if (table, row if across else column) in heads
    }
    return heads, slots


@dataclass
class _Assembly:
    """Sections as they grow, line by line."""

    tables: _Tables
    lists: _Lists
    done: list[Section] = field(default_factory=list)
    complaints: list[Section] = field(default_factory=list)
    headings: list[ThemeHeading] = field(default_factory=list)
    loose: list[list[Passage]] = field(default_factory=list)
    notes: list[tuple[Passage, int]] = field(default_factory=list)  # with index of its section
    current: Section | None = None
    complete: bool = False  # whether the headline of `current` is
    unmarked: bool = False  # whether the list of `current` lost its marks
    previous: Line | None = None
    heading: ThemeHeading | None = None  # the last theme heading, and where it stood

    def add(self, line: Line) -> None:
        if self.current and not _same_cell(self.current.place, line.block.place):
            self._close()
        if self.current is None and line.what in (What.TEXT, What.NOTE):
            self._open_by_head(line.block.place)
        match line.what:
            case What.FURNITURE:
                return  # it interrupts nothing
            case What.LABEL:
                self._close()
                place = line.block.place
                theme = self._beside(place)
                self.current = Section(line.name, line.text, place=place, theme=theme)
                self.complete = False
            case What.THEME:
                self.heading = ThemeHeading(line.name, line.text, place=line.block.place)
                self.headings.append(self.heading)
            case What.COMPLAINT:
                self._complaint(line)
            case What.NOTE:
                # Its section is known by the mark in a headline, else by its neighbour.
                index = len(self.done) if self.current else len(self.done) - 1
                self.notes.append((line.text, index))
            case What.TEXT:
                self._text(line)
        self.previous = line

    def finished(self) -> list[Section]:
        self._close()
        marked = [
            n for n, section in enumerate(self.done) if NOTE_MARK.search(section.headline.text)
        ]
        for note, index in self.notes:
            home = marked[0] if len(marked) == 1 else index
            if home < 0:
                self.loose.append([note])
                continue
            section = self.done[home]
            self.done[home] = replace(section, notes=(*section.notes, note))
        return [*self.done, *self.complaints]

    def _close(self) -> None:
        if self.current:
            self.done.append(self.current)
        self.current = None
        self.unmarked = False

    def _open_by_head(self, place: Place) -> None:
        """A cell that the heads of the table name is a section without a label of its own."""
        slot = self.tables.slot(place)
        if slot:
            theme = self.tables.theme(place)
            self.current = Section(slot, Passage(), place=place, theme=theme, in_matrix=bool(theme))
            self.complete = False

    def _beside(self, place: Place) -> str:
        """The theme whose heading stands in this row of the table, this cell or left of it."""
        heading = self.heading
        if not heading or not place.table:
            return ""
        there = heading.place
        same_row = (there.table, there.row) == (place.table, place.row)
        return heading.theme if same_row and there.column <= place.column else ""

    def _complaint(self, line: Line) -> None:
        """A complaint is a cell like another; the heading just before it is evidence."""
        after_heading = self.previous and self.previous.what == What.THEME and self.heading
        theme = self.heading.theme if after_heading and self.heading else ""
        self.complaints.append(
            Section(COMPLAINT, Passage(), line.text, place=line.block.place, theme=theme)
        )

    def _text(self, line: Line) -> None:
        if self.current is None:
            self._loose(line)
        elif line.block.kind == BlockKind.ITEM and not self.unmarked:
            self.complete = True
            self._extend(items=(*self.current.items, line.text))
        elif not self.complete:
            head, rest = _split_headline(line.text)
            self._extend(headline=Passage.join((self.current.headline, head)))
            self.complete = head.folded.endswith(":")
            if rest:
                self._text(replace(line, text=rest))
        else:
            # In a list whose marks were lost, what looks like one is a dash of the text.
            self.unmarked = self.unmarked or not self.current.items
            for part in self.lists.split(line.text):
                self._unmarked(replace(line, text=part), self.current)

    def _unmarked(self, line: Line, section: Section) -> None:
        """Text without a list mark after a headline: an item, the rest of one, or neither."""
        last = section.items[-1] if section.items else Passage()
        text = line.text.folded
        if last and UNFINISHED.search(last.folded) and not LISTED.search(last.folded):
            self._extend(items=(*section.items[:-1], Passage.join((last, line.text))))
        elif not last or LISTED.search(last.folded) or LISTED.search(text):
            self._extend(items=(*section.items, line.text))
        else:
            self._loose(line)

    def _extend(self, **changes: Passage | tuple[Passage, ...]) -> None:
        assert self.current is not None
        self.current = replace(self.current, **changes)  # type: ignore[arg-type]

    def _loose(self, line: Line) -> None:
        goes_on = self.previous and self.previous.what == What.TEXT and self.loose
        if goes_on and self.previous and _same_cell(self.previous.block.place, line.block.place):
            self.loose[-1].append(line.text)
        else:
            self.loose.append([line.text])


def _split_headline(text: Passage) -> tuple[Passage, Passage]:
    """`text` after the first line that ends in a colon."""
    lines = list(text.lines())
    for n, line in enumerate(lines[:-1], 1):
        if line.text.endswith(":"):
            return Passage.join(lines[:n]), Passage.join(lines[n:])
    return text, Passage()


@dataclass(frozen=True)
class _Lists:
    """How the lists of this document are set: it decides where an item ends whose mark is lost."""

    width: int  # characters of a full line
    starts: Counter[str]  # words that begin an item, and how often they surely do
    inside: Counter[str]  # words that follow a semicolon within an item

    @staticmethod
    def of(lines: list[Line]) -> _Lists:
        texts = [line for line in lines if line.what == What.TEXT]
        broken = [[part.text for part in line.text.lines()] for line in texts]
        lengths = sorted(len(part) for parts in broken for part in parts[:-1])
        starts = Counter(
            _first_word(line.text.text) for line in texts if line.block.kind == BlockKind.ITEM
        )
        inside: Counter[str] = Counter()
        for parts in broken:
            for before, after in pairwise(parts):
                if before.endswith(":") or LAST_BUT_ONE.search(before):
                    starts[_first_word(after)] += 1
            inside.update(word for part in parts for word in AFTER_SEMICOLON.findall(part.lower()))
        return _Lists(lengths[len(lengths) * 19 // 20] if lengths else 0, starts, inside)

    def split(self, text: Passage) -> Iterator[Passage]:
        """The items of a paragraph that was a list."""
        lines = list(text.lines())
        run: list[Passage] = []
        for line, following in pairwise([*lines, None]):
            if line is None:
                break
            run.append(line)
            if following is None or self._ends_item(run, following.text):
                yield Passage.join(run)
                run = []

    def _ends_item(self, run: list[Passage], following: str) -> bool:
        """Whether an item ends before the line `following`.

        A semicolon may also stand inside an item. A line that stops short of the margin
        though the next word would fit does so because the item ends; for a full line the
        next word decides: is it one that items begin with?
        """
        joined = " ".join(part.text for part in run)
        if not LISTED.search(joined) or following in ("and", "or"):
            return False
        if LAST_BUT_ONE.search(joined):
            return True
        word = following.split(maxsplit=1)[0]
        fits = len(run[-1].text) + 1 + len(word) <= self.width
        first = _first_word(following)
        return fits or self.starts[first] >= self.inside[first]


def _first_word(text: str) -> str:
    return (text.split(maxsplit=1) or [""])[0].lower().strip("'‘“\"(")


def _same_cell(one: Place, other: Place) -> bool:
    """Whether nothing in the layout parts two places: tables do, running text does not."""
    if one.table or other.table:
        cell = (one.table, one.row, one.column)
        return cell == (other.table, other.row, other.column)
    return True


def _without_repeats(
    sections: list[Section],
) -> tuple[list[Section], list[tuple[Section, Section]]]:
    """`sections` less those that say again what another under the same label says.

    The longest of the alike is kept, the first of the equally long.
    """
    kept: list[Section] = []
    repeats: list[tuple[Section, Section]] = []
    for section in sorted(sections, key=lambda section: -len(section.text)):
        twin = next((other for other in kept if _alike(section, other)), None)
        if twin:
            repeats.append((section, twin))
        else:
            kept.append(section)
    order = {id(section): n for n, section in enumerate(sections)}
    kept.sort(key=lambda section: order[id(section)])
    repeats.sort(key=lambda pair: order[id(pair[0])])
    return kept, repeats


def _alike(one: Section, other: Section) -> bool:
    if one.slot != other.slot or len(one.text) < SAME_SECTION * len(other.text) / 2:
        return False
    return likeness(one.text, other.text) >= SAME_SECTION
