"""A settled section to a cell, or to the list of a theme."""

from __future__ import annotations

from breakthrough_extract.build.bare import unmarked_note
from breakthrough_extract.build.writing import Writer
from breakthrough_extract.document import Settled
from breakthrough_extract.ledger import Kind
from breakthrough_extract.model import (
    BreakthroughPoint,
    BreakthroughPoints,
    Cell,
    Indicator,
    Note,
)
from breakthrough_extract.profile import Label
from breakthrough_extract.punctuation import letters
from breakthrough_extract.wordlists import phrases


def cell(writer: Writer, theme: Label, stage: Label, section: Settled, path: str) -> Cell:
    made = _structural_cell if section.structural else _labelled_cell
    return made(writer, f"{theme.code}.{stage.code}", stage, section, path)


def _labelled_cell(writer: Writer, code: str, stage: Label, section: Settled, path: str) -> Cell:
    headline = writer.headline(path, section)
    indicators = [
        Indicator(id=id_, code=f"{code}.{n}", text=text)
        for n, (id_, text) in enumerate(writer.items("i", f"{path}.indicators", section.items), 1)
    ]
    notes = [
        Note(id=id_, text=text)
        for id_, text in writer.items("n", f"{path}.notes", section.notes, unmarked_note, Kind.NOTE)
    ]
    return Cell(
        stage=stage.id,
        name=stage.name,
        headline=headline,
        indicators=tuple(indicators),
        notes=tuple(notes),
    )


def _structural_cell(writer: Writer, code: str, stage: Label, section: Settled, path: str) -> Cell:
    """A cell of a document that says itself where a text ends."""
    prose = (text.text for text in section.prose)
    headline = writer.headline(path, section)
    indicators = writer.nested("i", f"{path}.indicators", section.items, section.depths, code)
    stated = [letters(item.text) for item in indicators]
    nothing = len(stated) == 1 and stated[0] in {
        letters(phrase) for phrase in phrases("no_requirement")
    }
    return Cell(
        stage=stage.id,
        name=stage.name,
        headline=headline,
        indicators=indicators,
        label=section.title or None,
        prose=writer.paragraphs(section.name, path, "prose", prose),
        lists=writer.lists(path, section.lists, code),
        no_requirement=nothing,
    )


def points(
    writer: Writer, theme: Label, label: Label, section: Settled, path: str
) -> BreakthroughPoints:
    headline = writer.headline(path, section)
    points = [
        BreakthroughPoint(id=id_, code=f"{theme.code}.{label.code}.{n}", text=text)
        for n, (id_, text) in enumerate(writer.items("p", f"{path}.points", section.items), 1)
    ]
    for note in section.notes:
        for passage in (note.text, *note.again):
            writer.register.take(passage, Kind.UNRESOLVED, section.name)
    return BreakthroughPoints(headline=headline, points=tuple(points))
