"""A rendering of a model as a small tree that knows what is true of each of its lines.

Damage to the order is done on groups and sections, damage to characters on the text of
lines; what a line should have come out as stays with it all the while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from breakthrough_extract.document import COMPLAINT
from breakthrough_extract.profile import Label, Profile
from tests.garble.truth import Cell, Texts, TrueModel

FOREIGN = ""  # the theme of what belongs to no cell of the model


class Kind(Enum):
    """What a line was before anything happened to it."""

    THEME = auto()
    COMPLAINT = auto()
    LABEL = auto()
    HEADLINE = auto()
    ITEM = auto()
    PLAIN = auto()  # what a converter put there: no part of any list


@dataclass(frozen=True)
class Line:
    """A line as it is shown; a break within it is a line break."""

    kind: Kind
    text: str
    home: Cell = (FOREIGN, "")
    true: tuple[str, ...] = ()  # the texts that it shows; () for names, labels and furniture
    marked: bool = True  # whether an item still has its list mark


@dataclass(frozen=True)
class Section:
    """A label and what stands under it."""

    slot: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Group:
    """A theme's name, its complaint, and the sections that stand under them."""

    heading: tuple[Line, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Rendering:
    """A model on its way to a text, with a foreign model to take pages from."""

    profile: Profile
    groups: tuple[Group, ...]
    foreign: tuple[Group, ...] = ()
    flat: bool = False  # a table whose cells were written one behind the other

    def lines(self) -> Iterator[Line]:
        for group in self.groups:
            yield from group.heading
            for section in group.sections:
                yield from section.lines


def intact(model: TrueModel, foreign: TrueModel, punctuated: bool) -> Rendering:
    """`model` without any damage. `punctuated`: its lists are written as sentences."""
    return Rendering(model.profile, _groups(model, punctuated), _foreign(foreign, punctuated))


def _groups(model: TrueModel, punctuated: bool) -> tuple[Group, ...]:
    return tuple(
        Group(
            (
                Line(Kind.THEME, theme.name),
                *(
                    Line(Kind.COMPLAINT, f"‘{text}’", cell, (text,))
                    for cell, texts in model.cells.items()
                    if cell == (theme.id, COMPLAINT)
                    for text in texts.items
                ),
            ),
            tuple(
                _section(slot, (theme.id, slot.id), model.cells[theme.id, slot.id], punctuated)
                for slot in model.profile.slots
                if (theme.id, slot.id) in model.cells
            ),
        )
        for theme in model.profile.themes
    )


def _section(slot: Label, home: Cell, texts: Texts, punctuated: bool) -> Section:
    lines = [Line(Kind.LABEL, slot.name)]
    if texts.headline:
        lines.append(Line(Kind.HEADLINE, f"{texts.headline}:", home))
    last = len(texts.items) - 1
    for n, text in enumerate(texts.items):
        end = "." if n == last else "; and" if n == last - 1 else ";"
        lines.append(Line(Kind.ITEM, text + end * punctuated, home, (text,)))
    return Section(slot.id, tuple(lines))


def _foreign(model: TrueModel, punctuated: bool) -> tuple[Group, ...]:
    """The groups of another model, each section with a home of its own outside all themes."""

    def outside(line: Line) -> Line:
        return replace(line, home=(FOREIGN, f"{model.name} {line.home[0]} {line.home[1]}"))

    return tuple(
        Group(
            tuple(outside(line) for line in group.heading),
            tuple(
                replace(section, lines=tuple(outside(line) for line in section.lines))
                for section in group.sections
            ),
        )
        for group in _groups(model, punctuated)
    )


def each_line(rendering: Rendering, change: Callable[[Line], Line]) -> Rendering:
    """`rendering` with each of its lines changed."""
    return each_section(
        replace(
            rendering,
            groups=tuple(
                replace(group, heading=tuple(change(line) for line in group.heading))
                for group in rendering.groups
            ),
        ),
        lambda section: replace(section, lines=tuple(change(line) for line in section.lines)),
    )


def each_section(rendering: Rendering, change: Callable[[Section], Section]) -> Rendering:
    """`rendering` with each of its sections changed."""
    return replace(
        rendering,
        groups=tuple(
            replace(group, sections=tuple(change(section) for section in group.sections))
            for group in rendering.groups
        ),
    )
