"""Lines to sections, as they grow, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from breakthrough_extract.document import (
    COMPLAINT,
    BlockKind,
    Passage,
    Place,
    Section,
    ThemeHeading,
)
from breakthrough_extract.punctuation import FULL_STOP, LAST_BUT_ONE, LISTED, NOTE_MARK
from breakthrough_extract.recognise.lines import Line, What
from breakthrough_extract.recognise.lists import Lists, is_list, split_headline
from breakthrough_extract.recognise.run_in import LONGEST_LABEL
from breakthrough_extract.recognise.tables import Tables, same_cell

LAST_PARTS = 3  # of an item: they hold its last sign, and the word that joins the next
UNFINISHED = re.compile(r"[^.;:!?…]\s*$")


@dataclass
class Assembly:
    """Sections as they grow, line by line."""

    tables: Tables
    lists: Lists
    done: list[Section] = field(default_factory=list)
    complaints: list[Section] = field(default_factory=list)
    headings: list[ThemeHeading] = field(default_factory=list)
    loose: list[list[Passage]] = field(default_factory=list)
    notes: list[tuple[Passage, int]] = field(default_factory=list)  # with index of its section
    current: Section | None = None  # without its headline and its items, which are here:
    heads: list[Passage] = field(default_factory=list)
    items: list[list[Passage]] = field(default_factory=list)  # each in the parts it came in
    complete: bool = False  # whether the headline of `current` is
    unmarked: bool = False  # whether the list of `current` lost its marks
    reading: Line | None = None
    previous: Line | None = None
    last_loose: Line | None = None  # the last line of which some was loose
    heading: ThemeHeading | None = None  # the last theme heading, and where it stood

    def add(self, line: Line) -> None:
        self.reading = line
        if self.current and not same_cell(self.current.place, line.block.place):
            self._close()
        if self.current is None and line.what in (What.TEXT, What.NOTE):
            self._open_by_head(line.block.place)
        match line.what:
            case What.FURNITURE | What.HEADS:
                return  # it interrupts nothing
            case What.LABEL:
                self._close()
                place = line.block.place
                theme = line.theme or self._beside(place)
                self.current = Section(
                    line.name, line.text, place=place, theme=theme, under=self._above(place)
                )
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
            items = tuple(part[0] if len(part) == 1 else Passage.join(part) for part in self.items)
            headline = Passage.join(self.heads)
            in_doubt = items if self.unmarked or not self.lists.marked else ()
            self.done.append(
                replace(
                    self.current,
                    headline=headline,
                    items=items,
                    unmarked=self.unmarked,
                    doubtful=tuple(self.lists.doubts(in_doubt)),
                    guessed=tuple(self.lists.guesses(items)),
                )
            )
        self.current, self.heads, self.items = None, [], []
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

    def _above(self, place: Place) -> str:
        """The theme whose heading is the last above a place in running text."""
        running = self.heading and not place.table and not self.heading.place.table
        return self.heading.theme if running and self.heading else ""

    def _complaint(self, line: Line) -> None:
        """A complaint is a cell like another; the heading just before it is evidence."""
        after_heading = self.previous and self.previous.what == What.THEME and self.heading
        theme = self.heading.theme if after_heading and self.heading else ""
        self.complaints.append(
            Section(COMPLAINT, Passage(), line.text, place=line.block.place, theme=theme)
        )

    def _text(self, line: Line) -> None:
        if self._begins_another(line):
            self._close()
        if self.current is None:
            self._loose(line)
        elif line.block.kind == BlockKind.ITEM and not self.unmarked:
            self.complete = True
            self.items.append([line.text])
        elif not self.complete and not is_list(line.text):
            head, rest = split_headline(line.text)
            self.heads.append(head)
            self.complete = head.folded.endswith(":")
            if rest and self.lists.marked and LISTED.search(rest.folded):
                self.items.append([rest])  # the first item, which lost its mark with its line
            elif rest:
                self._text(replace(line, text=rest))
        else:
            # In a list whose marks were lost, what looks like one is a dash of the text.
            self.complete = True
            self.unmarked = self.unmarked or not self.items
            for part in self.lists.split(line.text):
                self._unmarked(replace(line, text=part))

    def _begins_another(self, line: Line) -> bool:
        """Whether a title or a headline that has no label of ours follows a list that is whole:
        what stands under it is no more of this section."""
        if self.current is None or not self.items or line.block.kind == BlockKind.ITEM:
            return False
        more_to_come = LISTED.search(Passage.join(self.items[-1][-LAST_PARTS:]).folded)
        return not more_to_come and _is_title(line)

    def _unmarked(self, line: Line) -> None:
        """Text without a list mark after a headline: an item, the rest of one, or neither."""
        last = Passage.join(self.items[-1][-LAST_PARTS:]) if self.items else Passage()
        listed = LISTED.search(last.folded)
        cut = UNFINISHED.search(last.folded) and not listed
        # A semicolon can stand inside an item: what follows without a mark, in a document whose
        # items have marks or at the foot of a column, is the rest of it.
        ends = not listed or LAST_BUT_ONE.search(last.folded)
        flows = self._is_marked() and not line.block.place.page  # pages part paragraphs by white
        over = (flows or self._over_a_break(line)) and not ends
        if last and (cut or over) and not line.text.folded[:1].isupper():
            self.items[-1].append(line.text)
        elif not last or listed:
            self.items.append([line.text])
        else:
            self._loose(line)

    def _is_marked(self) -> bool:
        return self.lists.marked and not self.unmarked

    def _over_a_break(self, line: Line) -> bool:
        """Whether a marked list goes on without a mark in the next column or on the next page.

        Where there are no pages, a converter's paragraph can end anywhere: what follows in a
        list whose items all have marks is no item.
        """
        before = self.previous
        if self.unmarked or before is None:
            return False
        there, here = before.block.place, line.block.place
        if not here.page:
            return True
        return before.block.kind == BlockKind.ITEM and there.region != here.region

    def _loose(self, line: Line) -> None:
        before = self.last_loose
        if before and before is self.previous and same_cell(before.block.place, line.block.place):
            self.loose[-1].append(line.text)
        else:
            self.loose.append([line.text])
        self.last_loose = self.reading


def _is_title(line: Line) -> bool:
    """Whether a line is set as names are: a heading, short in bold or capitals, or a headline."""
    text = line.text.folded
    if line.block.kind == BlockKind.HEADING or text.endswith(":"):
        return True
    short = len(text.split()) <= LONGEST_LABEL and not FULL_STOP.search(text)
    return short and (line.block.style.bold or text.isupper())
