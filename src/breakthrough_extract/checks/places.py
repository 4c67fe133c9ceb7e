"""Every text and item of a model, with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from breakthrough_extract.model import Cell, Indicator, ItemList, Model, Theme


class Text(NamedTuple):
    """One text of a model, with its place."""

    path: str
    text: str
    role: str  # "headline", "item", "note", "prose", "complaint", "question" or "motto"


def texts(model: Model) -> Iterator[Text]:
    """Every text of a model that comes from a source, with its path."""
    for n, stage in enumerate(model.stages):
        yield from _paragraphs(f"stages[{n}].description", stage.description)
        yield from _items(f"stages[{n}].items", stage.items)
    for path, theme in themes(model):
        yield from _theme_texts(path, theme)


def _theme_texts(path: str, theme: Theme) -> Iterator[Text]:
    for name in ("complaint", "question", "motto"):
        line = getattr(theme, name)
        if line is not None:
            yield Text(f"{path}.{name}", line, name)
    yield from _paragraphs(f"{path}.description", theme.description)
    for where, cell in cells(path, theme):
        yield from _cell_texts(where, cell)
    points = theme.breakthrough_points
    if points is not None:
        where = f"{path}.breakthrough_points"
        if points.headline is not None:
            yield Text(f"{where}.headline", points.headline, "headline")
        for n, point in enumerate(points.points):
            yield Text(f"{where}.points[{n}].text", point.text, "item")
    yield from _lists(path, theme.lists)


def _cell_texts(where: str, cell: Cell) -> Iterator[Text]:
    if cell.headline is not None:
        yield Text(f"{where}.headline", cell.headline, "headline")
    yield from _items(f"{where}.indicators", cell.indicators)
    for n, note in enumerate(cell.notes):
        yield Text(f"{where}.notes[{n}].text", note.text, "note")
    yield from _paragraphs(f"{where}.prose", cell.prose)
    yield from _lists(where, cell.lists)


def _paragraphs(path: str, paragraphs: tuple[str, ...]) -> Iterator[Text]:
    for n, text in enumerate(paragraphs):
        yield Text(f"{path}[{n}]", text, "prose")


def _items(path: str, items: tuple[Indicator, ...]) -> Iterator[Text]:
    for where, item in _indicators(path, items):
        yield Text(f"{where}.text", item.text, "item")


def _lists(path: str, lists: tuple[ItemList, ...]) -> Iterator[Text]:
    for n, entry in enumerate(lists):
        yield from _items(f"{path}.lists[{n}].items", entry.items)


def _indicators(path: str, items: tuple[Indicator, ...]) -> Iterator[tuple[str, Indicator]]:
    """Items with those listed under them."""
    for n, item in enumerate(items):
        yield f"{path}[{n}]", item
        yield from _indicators(f"{path}[{n}].items", item.items)


def listed(model: Model) -> Iterator[tuple[str, Indicator]]:
    """All items that have an id and a code, but for breakthrough points."""
    for n, stage in enumerate(model.stages):
        yield from _indicators(f"stages[{n}].items", stage.items)
    for path, theme in themes(model):
        for where, cell in cells(path, theme):
            yield from _indicators(f"{where}.indicators", cell.indicators)
            for n, entry in enumerate(cell.lists):
                yield from _indicators(f"{where}.lists[{n}].items", entry.items)
        for n, entry in enumerate(theme.lists):
            yield from _indicators(f"{path}.lists[{n}].items", entry.items)


def themes(model: Model) -> Iterator[tuple[str, Theme]]:
    for n, theme in enumerate(model.themes):
        yield f"themes[{n}]", theme


def cells(path: str, theme: Theme) -> Iterator[tuple[str, Cell]]:
    for n, cell in enumerate(theme.stages):
        yield f"{path}.stages[{n}]", cell
