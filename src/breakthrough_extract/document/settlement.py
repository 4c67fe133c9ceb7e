"""What all witnesses of a document agree on, and what they do not."""

from __future__ import annotations

from dataclasses import dataclass

from breakthrough_extract.document.outline import About
from breakthrough_extract.document.passage import Passage

COMPLAINT = "complaint"  # the slot of a theme's quoted complaint


@dataclass(frozen=True)
class Dispute:
    """What witnesses say against each other about one thing."""

    code: str  # of the finding that reports it
    readings: tuple[tuple[str, Passage], ...]  # what one says, and where; the one taken first
    settled: bool  # whether something decided, and not only the choice of the best witness


@dataclass(frozen=True)
class Attested:
    """One text of the model with all that bears witness to it."""

    text: Passage  # of the best witness, with what the others restore
    again: tuple[Passage, ...] = ()  # what the others have in its place
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True)
class SettledList:
    """A named list as all documents together have it."""

    name: str
    items: tuple[Attested, ...]
    depths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Settled:
    """One cell, or one theme's list, as all witnesses together have it."""

    theme: str
    slot: str
    labels: tuple[Passage, ...]
    headline: Attested
    items: tuple[Attested, ...] = ()
    notes: tuple[Attested, ...] = ()
    strays: tuple[Passage, ...] = ()  # what a witness has there and no text of the model takes
    structural: bool = False  # see Section
    title: str = ""
    depths: tuple[int, ...] = ()  # of each item; empty if all are 0
    prose: tuple[Attested, ...] = ()
    lists: tuple[SettledList, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.theme}.{self.slot}"


@dataclass(frozen=True)
class Copy:
    """A cell, or a text about a theme, that is given again."""

    of: str  # name of the cell, or id of the theme
    texts: tuple[Passage, ...]  # what the model does not take, since it has it
    head: Passage  # where the copy begins
    original: Passage  # where what the model takes begins
    differs: tuple[tuple[Passage, Passage], ...] = ()  # (taken, not taken), where they differ


@dataclass(frozen=True)
class Settlement:
    """What all witnesses of a document agree on, and what they do not."""

    cells: tuple[Settled, ...]
    homes: tuple[tuple[str, ...], ...]  # for each reading and section the theme; "" if left open
    disputes: tuple[tuple[str, Dispute], ...] = ()  # with the cell that each is about
    explained: frozenset[Passage] = frozenset()  # loose text that says again what a cell says
    about: tuple[About, ...] = ()  # one a theme or stage at most
    copies: tuple[Copy, ...] = ()  # cells that are given more than once
    spare: tuple[Passage, ...] = ()  # said of a theme or a stage, and not taken
