"""Cells from documents whose structure names them, and what is given more than once, merged.

A model may be set in several files, and one file may give it twice: as a summary, then in
detail. Of each cell the fullest text is taken, the first of the equally full; what it lacks
is taken from the others; what they word otherwise is a conflict, with both readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from breakthrough_extract.document import (
    About,
    Attested,
    Copy,
    NamedList,
    Passage,
    Reading,
    Section,
    Settled,
    SettledList,
    Settlement,
)
from breakthrough_extract.language import likeness
from breakthrough_extract.punctuation import letters

SUMMARY = 0.5  # of the length of a text: so much shorter, another as full only sums it up
SAME_STATEMENT = 0.6  # likeness from which one text is another wording of the other


def gather(readings: Sequence[Reading]) -> Settlement:
    """What documents give together that are parts of one model."""
    cells: dict[tuple[str, str], list[Section]] = {}
    homes: list[tuple[str, ...]] = []
    for reading in readings:
        themes = [""] * len(reading.repaired.sections)
        for decision in reading.grid.decisions:
            if decision.theme:
                section = reading.repaired.sections[decision.section]
                cells.setdefault((decision.theme, section.slot), []).append(section)
                themes[decision.section] = decision.theme
        homes.append(tuple(themes))
    merges = [_Merge(theme, slot, sections) for (theme, slot), sections in cells.items()]
    about, spare = _about(one for reading in readings for one in reading.outline.about)
    return Settlement(
        cells=tuple(merge.settled() for merge in merges),
        homes=tuple(homes),
        about=about,
        copies=tuple(copy for merge in merges for copy in merge.copies()),
        spare=spare,
    )


def _fullness(section: Section) -> tuple[bool, int]:
    return bool(section.headline) and bool(section.items), len(section.items)


def _fullest(sections: Sequence[Section]) -> Section:
    """The fullest section; of the equally full the first that is no mere summary of another."""
    most = max(map(_fullness, sections))
    full = [section for section in sections if _fullness(section) == most]
    lengths = [sum(len(item.text) for item in section.items) for section in full]
    enough = SUMMARY * max(lengths)
    return next(one for one, length in zip(full, lengths, strict=True) if length >= enough)


@dataclass
class _Merge:
    """One cell, and all sections that give it."""

    theme: str
    slot: str
    sections: list[Section]
    taken: list[Passage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.best = _fullest(self.sections)
        self.ranked = [self.best, *(s for s in self.sections if s is not self.best)]

    def settled(self) -> Settled:
        """The cell, each part of it from the fullest section that has it."""
        headline = next((s.headline for s in self.ranked if s.headline), Passage())
        listed = next((s for s in self.ranked if s.items), self.best)
        prose = next((s.prose for s in self.ranked if s.prose), ())
        lists: dict[str, NamedList] = {}
        for section in self.ranked:
            for entry in section.lists:
                lists.setdefault(letters(entry.name), entry)
        listed_items = [item for entry in lists.values() for item in entry.items]
        self.taken = [text for text in (headline, *listed.items, *prose, *listed_items) if text]
        return Settled(
            theme=self.theme,
            slot=self.slot,
            labels=tuple(s.label for s in self.sections if not s.structural),
            headline=Attested(headline),
            items=tuple(map(Attested, listed.items)),
            notes=tuple(Attested(note) for note in self.best.notes),
            structural=self.best.structural,
            title=self.best.title,
            depths=listed.depths,
            prose=tuple(map(Attested, prose)),
            lists=tuple(
                SettledList(entry.name, tuple(map(Attested, entry.items)), entry.depths)
                for entry in lists.values()
            ),
        )

    def copies(self) -> Iterator[Copy]:
        """What the other sections give again."""
        kept = {text.pieces[0].start for text in self.taken}
        for section in self.ranked[1:]:
            texts = [text for text in _texts(section) if text.pieces[0].start not in kept]
            if texts:
                yield Copy(
                    of=f"{self.theme}.{self.slot}",
                    texts=tuple(texts),
                    head=texts[0],
                    original=self.taken[0],
                    differs=tuple(self._differences(section, texts)),
                )

    def _differences(
        self, section: Section, texts: Sequence[Passage]
    ) -> Iterator[tuple[Passage, Passage]]:
        """The texts that say otherwise what the cell has, each with what the cell has.

        The only text of a summary stands for the headline.
        """
        known = {letters(text.folded) for text in self.taken}
        headline = next((s.headline for s in self.ranked if s.headline), Passage())
        only = texts[0] if len(_texts(section)) == 1 else section.headline
        for text in texts:
            if letters(text.folded) in known:
                continue
            near = max(self.taken, key=lambda other: likeness(other.folded, text.folded))
            if likeness(near.folded, text.folded) >= SAME_STATEMENT:
                yield near, text
            elif headline and text == only:
                yield headline, text


def _texts(section: Section) -> list[Passage]:
    listed = (item for entry in section.lists for item in entry.items)
    texts = (section.headline, *section.items, *section.prose, *listed, *section.notes)
    return [text for text in texts if text]


def _about(remarks: Iterable[About]) -> tuple[tuple[About, ...], tuple[Passage, ...]]:
    """What is said of each theme and stage, each part from where it is said first; the rest."""
    out: dict[tuple[str, bool], About] = {}
    spare: list[Passage] = []
    for one in remarks:
        old = out.get((one.of, one.is_stage), About(one.of, one.is_stage))
        named = {letters(entry.name) for entry in old.lists}
        more = tuple(entry for entry in one.lists if letters(entry.name) not in named)
        out[one.of, one.is_stage] = About(
            one.of,
            one.is_stage,
            old.question or one.question,
            old.motto or one.motto,
            old.description or one.description,
            old.items or one.items,
            old.depths if old.items else one.depths,
            (*old.lists, *more),
        )
        spare += [one.question] if old.question else []
        spare += [one.motto] if old.motto else []
        spare += one.description if old.description else ()
        spare += one.items if old.items else ()
        spare += [i for entry in one.lists if entry not in more for i in entry.items]
    return tuple(out.values()), tuple(text for text in spare if text)
