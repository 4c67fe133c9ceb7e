"""A document with each of its texts named for what it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from breakthrough_extract.document.blocks import Place
from breakthrough_extract.document.passage import Passage


@dataclass(frozen=True)
class NamedList:
    """A list under a name of its own."""

    name: str  # as it is published
    items: tuple[Passage, ...]
    depths: tuple[int, ...] = ()  # of each item, 0-based; empty if all are 0


@dataclass(frozen=True)
class Section:
    """The text of one cell, or of one theme's list, before anyone knows whose it is."""

    slot: str  # id of the stage or of the list that its label names
    label: Passage  # empty where the head of a table's column or row is the label
    headline: Passage = Passage()
    items: tuple[Passage, ...] = ()
    notes: tuple[Passage, ...] = ()
    place: Place = Place()
    theme: str = ""  # the theme that the layout puts it under; "" if the layout is silent
    under: str = ""  # the theme whose heading is the last above it in running text; "" if none
    home: str = ""  # the theme that a person put it under; "" if nobody did
    in_matrix: bool = False  # whether row and column of a table name theme and stage
    unmarked: bool = False  # whether where its items end is inferred: their marks are lost
    doubtful: tuple[Passage, ...] = ()  # lines of which nothing decides if they begin an item
    guessed: tuple[Passage, ...] = ()  # lines of which only a semicolon says that they begin one
    doubtful_words: tuple[Passage, ...] = ()  # words that may have lost a hyphen
    # What only documents have whose structure came through:
    structural: bool = False  # whether headings, lists or tables name its theme
    title: str = ""  # what its stage is called here, where that is not the stage's name
    depths: tuple[int, ...] = ()  # of each item, 0-based; empty if all are 0
    prose: tuple[Passage, ...] = ()
    lists: tuple[NamedList, ...] = ()

    @cached_property
    def text(self) -> str:
        return " ".join(part.folded for part in (self.headline, *self.items))

    @property
    def start(self) -> int:
        """Where the section begins in its source, in code points."""
        parts = (self.label, self.headline, *self.items, *self.notes)
        return next((part.pieces[0].start for part in parts if part.pieces), 0)


@dataclass(frozen=True)
class ThemeHeading:
    """A line that names a theme, and the complaint that stands with it."""

    theme: str
    text: Passage
    complaint: Passage = Passage()
    place: Place = Place()

    @property
    def start(self) -> int:
        """Where it begins in its source, in code points."""
        return self.text.pieces[0].start if self.text.pieces else 0


@dataclass(frozen=True)
class About:
    """What a document says of a theme, or of a stage, as a whole."""

    of: str  # id
    is_stage: bool = False
    question: Passage = Passage()
    motto: Passage = Passage()
    description: tuple[Passage, ...] = ()
    items: tuple[Passage, ...] = ()  # of a stage
    depths: tuple[int, ...] = ()
    lists: tuple[NamedList, ...] = ()  # of a theme


@dataclass(frozen=True)
class Outline:
    """A document with every block named for what it is."""

    sections: tuple[Section, ...]
    headings: tuple[ThemeHeading, ...]
    table_heads: tuple[Passage, ...]  # labels of whole columns or rows, and what stands by them
    furniture: tuple[Passage, ...]  # running heads, page numbers
    loose: tuple[tuple[Passage, ...], ...]  # runs of text that no rule explains
    repeats: tuple[tuple[Section, int], ...] = ()  # (the repeat, index of what it repeats)
    interleaved: bool = False  # columns were dealt out by turns, and some lists are still mixed
    # Where mixed lists were put together again: how much worse, at the least sure place, the next
    # best reading is (24 is a link altogether); 0 where nothing was mixed.
    untangled: float = 0.0
    # Labels, headlines and items of mixed lists of which nothing decides whose they are.
    undecided: tuple[Passage, ...] = ()
    # Texts of mixed lists of which nothing decides where in their list they stand.
    unordered: tuple[Passage, ...] = ()
    # Items behind the end of a list, whose own label is lost; they are loose, too.
    beyond: tuple[Passage, ...] = ()
    families: tuple[str, ...] = ()  # the layout families that explain it; none: labels alone do
    about: tuple[About, ...] = ()
    context: tuple[Passage, ...] = ()  # text around the model
    marks: tuple[Passage, ...] = ()  # what counts items or parts a label from its text
    shared: tuple[Passage, ...] = ()  # texts of merged cells: they are published in several cells
