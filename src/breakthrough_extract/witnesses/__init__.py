"""Several witnesses of one document: what one lost, the others restore.

Each witness was understood on its own. Here their sections are brought together, in each
cell their texts are aligned, and each text is settled: it is the best witness's, edited only
where the others agree against it. A word that is there stands against its absence, since
converters lose words and do not write them; between two words nothing decides but a
majority. What is not decided is a dispute with all its readings.
"""

from __future__ import annotations

from collections.abc import Sequence

from breakthrough_extract.document import BlockKind, Passage, Reading, Settlement
from breakthrough_extract.witnesses.places import explain, unite_doubles
from breakthrough_extract.witnesses.sections import Member, clusters_of, theme_disputes, themes_of
from breakthrough_extract.witnesses.stream import side_by_side
from breakthrough_extract.witnesses.texts import Cell, Circumstances, first_astray
from breakthrough_extract.witnesses.wording import Scholar, settled
from breakthrough_extract.witnesses.words import words_of

__all__ = ["settle", "side_by_side"]


def settle(readings: Sequence[Reading]) -> Settlement:
    """What the witnesses give together; a single one gives what it has."""
    heard = _heard(readings)
    clusters = clusters_of(
        [
            Member(witness, decision.section, reading.repaired.sections[decision.section], decision)
            for witness, reading in enumerate(readings)
            for decision in reading.grid.decisions
            if witness in heard
        ]
    )
    themes = themes_of(clusters)
    homes = [[""] * len(reading.repaired.sections) for reading in readings]
    for cluster, theme in zip(clusters, themes, strict=True):
        for member in cluster:
            homes[member.witness][member.number] = theme
    cells = [
        Cell(theme, cluster[0].section.slot, cluster)
        for cluster, theme in zip(clusters, themes, strict=True)
        if theme
    ]
    known = _circumstances(readings)
    groups = [group for cell in cells for group in cell.groups(known)]
    disputes = list(theme_disputes(clusters, themes))
    disputes += unite_doubles(groups, len(heard))
    explained = [
        passage
        for witness, reading in enumerate(readings)
        for passage in explain(groups, witness, _outside(reading, witness in heard))
    ]
    sources = [reading.document.source for reading in readings]
    furniture = [
        [words_of(passage.text) for passage in reading.outline.furniture] for reading in readings
    ]
    scholar = Scholar(sources, groups, furniture)
    return Settlement(
        cells=tuple(settled(cell, groups, scholar) for cell in cells),
        homes=tuple(tuple(home) for home in homes),
        disputes=tuple(disputes),
        explained=frozenset(explained),
    )


def _heard(readings: Sequence[Reading]) -> list[int]:
    """The witnesses to listen to: not those whose columns a converter has mixed, if others are
    whole."""
    whole = [n for n, reading in enumerate(readings) if not reading.outline.interleaved]
    return whole or list(range(len(readings)))


def _circumstances(readings: Sequence[Reading]) -> Circumstances:
    if len(readings) == 1:  # one witness has nobody to disagree with
        return Circumstances(frozenset(), (0.0,))
    marks = (
        block.text.strip().pieces[0].start
        for reading in readings
        for block in reading.document.blocks
        if block.kind == BlockKind.ITEM and block.text
    )
    return Circumstances(frozenset(marks), tuple(_credit(reading) for reading in readings))


def _credit(reading: Reading) -> float:
    """The share of a witness's text that came to a place where nothing speaks against it."""
    placed, other = 0, sum(len(passage.text) for passage in reading.repaired.unresolved)
    for decision in reading.grid.decisions:
        items = reading.repaired.sections[decision.section].items
        first = first_astray(items)
        for n, item in enumerate(items):
            if decision.theme and n < first:
                placed += len(item.text)
            else:
                other += len(item.text)
    return placed / max(placed + other, 1)


def _outside(reading: Reading, heard: bool) -> Sequence[Passage]:
    """The passages of a witness that are in no cell and are not known for what they are."""
    if heard:
        return reading.repaired.unresolved
    sections = [
        passage
        for section in reading.repaired.sections
        for passage in (section.headline, *section.items, *section.notes)
        if passage
    ]
    return (*reading.repaired.unresolved, *sections)
