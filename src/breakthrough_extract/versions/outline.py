"""A model as plain lines, for `git diff`: one a text, without what positions and tools need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from breakthrough_extract.model import Indicator, ItemList, Model, Theme
from breakthrough_extract.versions.sides import LIST_NAME


def outline_text(model: Model) -> str:
    """Title, themes, complaints, headlines and items, one a line."""
    return "\n".join(_lines(model)) + "\n"


def _lines(model: Model) -> Iterator[str]:
    yield f"= {model.title}"
    yield f"stages: {' < '.join(stage.name for stage in model.stages)}"
    for stage in model.stages:
        if stage.description or stage.items:
            yield from ("", f"== {stage.name}", *stage.description, *_items(stage.items))
    for theme in model.themes:
        yield from ("", *_theme(theme))


def _theme(theme: Theme) -> Iterator[str]:
    yield f"== {theme.group}: {theme.name}" if theme.group else f"== {theme.name}"
    yield from (f"> {text}" for text in (theme.question, theme.motto, theme.complaint) if text)
    yield from theme.description
    for cell in theme.stages:
        name = f"{cell.name} ({cell.label})" if cell.label else cell.name
        yield _head(theme.name, name, cell.headline)
        yield from cell.prose
        yield from _items(cell.indicators)
        yield from _lists(cell.lists)
        yield from (f"* {note.text}" for note in cell.notes)
    if theme.breakthrough_points:
        yield _head(theme.name, LIST_NAME, theme.breakthrough_points.headline)
        yield from (f"- {point.text}" for point in theme.breakthrough_points.points)
    yield from _lists(theme.lists)


def _lists(lists: Iterable[ItemList]) -> Iterator[str]:
    for entry in lists:
        yield f"==== {entry.name}"
        yield from _items(entry.items)


def _items(items: Iterable[Indicator], indent: str = "") -> Iterator[str]:
    for item in items:
        yield f"{indent}- {item.text}"
        yield from _items(item.items, indent + "  ")


def _head(theme: str, slot: str, headline: str | None) -> str:
    return f"=== {theme}, {slot}: {headline}" if headline else f"=== {theme}, {slot}"
