"""What a model is built from, and how its parts are looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from breakthrough_extract.build.stream import Stream
from breakthrough_extract.document import About, Reading, Settled, Settlement
from breakthrough_extract.profile import Profile
from breakthrough_extract.punctuation import LISTED


@dataclass(frozen=True)
class Given:
    """The readings of all witnesses, and what they agree on."""

    readings: Sequence[Reading]
    settlement: Settlement
    profile: Profile

    @cached_property
    def stream(self) -> Stream:
        return Stream(tuple(reading.document.source for reading in self.readings))

    @cached_property
    def sentences(self) -> bool:
        """Whether most lists are punctuated as one sentence: all items but the last end in `;`."""
        lists = [cell.items for cell in self.settlement.cells if len(cell.items) > 1]
        punctuated = [all(LISTED.search(i.text.folded) for i in items[:-1]) for items in lists]
        return 2 * sum(punctuated) > len(punctuated)

    @property
    def numbered(self) -> Iterator[Numbered]:
        return (Numbered(self, number) for number in range(len(self.readings)))

    def at(self, theme: str, slot: str) -> Settled | None:
        cells = self.settlement.cells
        return next((cell for cell in cells if (cell.theme, cell.slot) == (theme, slot)), None)

    def about(self, of: str, is_stage: bool = False) -> About:
        known = (one for one in self.settlement.about if (one.of, one.is_stage) == (of, is_stage))
        return next(known, About(of, is_stage))


@dataclass(frozen=True)
class Numbered:
    """One reading, and which it is."""

    given: Given
    number: int  # index into Given.readings, 0-based

    @property
    def reading(self) -> Reading:
        return self.given.readings[self.number]

    def home(self, section: int) -> str:
        """The theme that a section went to; "" if it was left open."""
        return self.given.settlement.homes[self.number][section]

    def name(self, section: int) -> str:
        """What the ledger calls a section."""
        theme = self.home(section)
        slot = self.reading.repaired.sections[section].slot
        return f"{theme}.{slot}" if theme else f"open.{section + 1}"
