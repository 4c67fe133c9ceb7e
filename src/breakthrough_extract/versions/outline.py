"""A model as plain lines, for `git diff`: one a text, without what positions and tools need."""

from __future__ import annotations

from collections.abc import Iterator

from breakthrough_extract.model import Model, Theme
from breakthrough_extract.versions.sides import LIST_NAME


def outline_text(model: Model) -> str:
    """Title, themes, complaints, headlines and items, one a line."""
    return "\n".join(_lines(model)) + "\n"


def _lines(model: Model) -> Iterator[str]:
    yield f"= {model.title}"
    yield f"stages: {' < '.join(stage.name for stage in model.stages)}"
    for theme in model.themes:
        yield from ("", *_theme(theme))


def _theme(theme: Theme) -> Iterator[str]:
    yield f"== {theme.name}"
    if theme.complaint:
        yield f"> {theme.complaint}"
    for cell in theme.stages:
        yield _head(theme.name, cell.name, cell.headline)
        yield from (f"- {indicator.text}" for indicator in cell.indicators)
        yield from (f"* {note.text}" for note in cell.notes)
    if theme.breakthrough_points:
        yield _head(theme.name, LIST_NAME, theme.breakthrough_points.headline)
        yield from (f"- {point.text}" for point in theme.breakthrough_points.points)


def _head(theme: str, slot: str, headline: str | None) -> str:
    return f"=== {theme}, {slot}: {headline}" if headline else f"=== {theme}, {slot}"
