"""The stages and the themes of a model, with all that is in them."""

from __future__ import annotations

from breakthrough_extract.build.cells import cell, points
from breakthrough_extract.build.given import Given
from breakthrough_extract.build.writing import Writer
from breakthrough_extract.document import COMPLAINT, About, Attested, SettledList
from breakthrough_extract.model import BreakthroughPoints, Cell, ItemList, Stage, Theme
from breakthrough_extract.profile import Label


def stage(given: Given, writer: Writer, number: int) -> Stage:
    """`number`: which of the profile's stages, 0-based."""
    label = given.profile.stages[number]
    path = f"stages[{number}]"
    about = given.about(label.id, is_stage=True)
    items = tuple(map(Attested, about.items))
    return Stage(
        id=label.id,
        name=label.name,
        position=number + 1,
        aliases=_other_names(given, label),
        description=writer.paragraphs(label.id, path, "description", about.description),
        items=writer.nested("s", f"{path}.items", items, about.depths, label.code),
    )


def _other_names(given: Given, stage: Label) -> tuple[str, ...]:
    """What else documents call a stage; nothing where labels alone were read, as ever."""
    titles = [cell.title for cell in given.settlement.cells if cell.slot == stage.id]
    return tuple(dict.fromkeys(title for title in titles if title))


def theme(given: Given, writer: Writer, number: int) -> Theme:
    """`number`: which of the profile's themes, 0-based."""
    label = given.profile.themes[number]
    path = f"themes[{number}]"
    about = given.about(label.id)
    # Texts are registered in the order in which they are written here.
    cells = _cells(given, writer, label, path)
    listed = _points(given, writer, label, path)
    return Theme(
        id=label.id,
        name=label.name,
        complaint=_complaint(given, writer, label, path),
        stages=cells,
        breakthrough_points=listed,
        group=label.group or None,
        question=writer.line(label.id, path, "question", Attested(about.question)),
        motto=writer.line(label.id, path, "motto", Attested(about.motto)),
        description=writer.paragraphs(label.id, path, "description", about.description),
        lists=_lists(writer, about, label, path),
        scale=label.stages,
    )


def _cells(given: Given, writer: Writer, theme: Label, path: str) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for label in given.profile.stages:
        section = given.at(theme.id, label.id)
        if section:
            cells.append(cell(writer, theme, label, section, f"{path}.stages[{len(cells)}]"))
    return tuple(cells)


def _points(given: Given, writer: Writer, theme: Label, path: str) -> BreakthroughPoints | None:
    label = given.profile.theme_list
    section = given.at(theme.id, label.id) if label else None
    if not (label and section):
        return None
    return points(writer, theme, label, section, f"{path}.breakthrough_points")


def _complaint(given: Given, writer: Writer, theme: Label, path: str) -> str | None:
    section = given.at(theme.id, COMPLAINT)
    return writer.line(theme.id, path, COMPLAINT, section.headline) if section else None


def _lists(writer: Writer, about: About, theme: Label, path: str) -> tuple[ItemList, ...]:
    lists = (
        SettledList(entry.name, tuple(map(Attested, entry.items)), entry.depths)
        for entry in about.lists
    )
    return writer.lists(path, lists, theme.code)
