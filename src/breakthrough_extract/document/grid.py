"""Where each section went, and what the loose text around them proved to be."""

from __future__ import annotations

from dataclasses import dataclass

from breakthrough_extract.document.blocks import Document
from breakthrough_extract.document.outline import Outline, Section
from breakthrough_extract.document.passage import Passage


@dataclass(frozen=True)
class Decision:
    """Where one section went, and how sure that is."""

    section: int  # index into Outline.sections, 0-based
    theme: str  # "" if left open
    score: float  # what the section adds to the total where it stands
    runner_up: str  # theme of the best total without this choice; "" if that is: nowhere
    # Best total minus the best total without this choice; below 0 where a person decided
    # against the evidence.
    margin: float
    support: float  # what ties the section to this theme, itself or through its neighbours
    layout: float = 0.0  # 0..1, how far heading and order say this theme
    # How much more the words of all sections that went to this theme say its name than that of
    # any other.
    words: float = 0.0
    probability: float = 0.0  # that the theme is right; 0 where none was decided on


@dataclass(frozen=True)
class Grid:
    """The joint decision over all sections of a document."""

    decisions: tuple[Decision, ...]  # one a section, in the order of Outline.sections
    total: float


@dataclass(frozen=True)
class Witnessed:
    """Loose text that says again what a section says, whole or clipped."""

    text: tuple[Passage, ...]
    kind: str  # "repeat" or "fragment"
    section: int  # index into Outline.sections, 0-based


@dataclass(frozen=True)
class Variant:
    """Two readings of one place between which nothing decides."""

    section: int
    here: Passage  # as the section has it
    there: Passage  # as the repeat or fragment has it


@dataclass(frozen=True)
class Repaired:
    """The sections with what their fragments restore, and what was learnt of loose text."""

    sections: tuple[Section, ...]
    witnessed: tuple[Witnessed, ...]
    variants: tuple[Variant, ...]
    unresolved: tuple[Passage, ...]


@dataclass(frozen=True)
class Reading:
    """One witness of a document, understood on its own."""

    document: Document
    outline: Outline
    grid: Grid
    repaired: Repaired
