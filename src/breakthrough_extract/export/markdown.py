"""Markdown: the matrix as a document to read, with the code of each item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from breakthrough_extract.model import Cell, Indicator, Item, ItemList, Model, Theme

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger

# What would begin markup; a backslash before it leaves the sign. CommonMark 0.31, 2.4.
INLINE = re.compile(r"[\\`*_\[\]<>&]")
# What would begin a block if it stood first on a line.
BLOCK = re.compile(r"^(\d{1,9})([.)])|^([#+\-=~|])")


def export(model: Model, _: Ledger | None) -> dict[str, bytes]:
    """`md`: one heading a theme, one a stage, one line an item."""
    blocks = [f"# {_plain(model.title)}", *_stages(model)]
    for theme in model.themes:
        blocks += _theme(theme)
    return {"md": ("\n\n".join(blocks) + "\n").encode()}


def _stages(model: Model) -> Iterator[str]:
    """What is said of the stages whatever the theme; nothing if nothing is."""
    told = [stage for stage in model.stages if stage.description or stage.items or stage.aliases]
    if told:
        yield "## Stages"
    for stage in told:
        yield f"### {_plain(stage.name)}"
        yield from _named("Also called", "; ".join(stage.aliases))
        yield from map(_plain, stage.description)
        yield from _items(stage.items)


def _theme(theme: Theme) -> Iterator[str]:
    yield f"## {_plain(theme.name)}"
    yield from _named("Group", theme.group)
    yield from _named("Question", theme.question)
    yield from _named("Motto", theme.motto)
    if theme.complaint is not None:
        yield f"> {_plain(theme.complaint)}"
    yield from map(_plain, theme.description)
    for cell in theme.stages:
        yield from _cell(cell)
    points = theme.breakthrough_points
    if points is not None:
        yield "### Breakthrough points"
        yield from _headline(points.headline)
        yield from _items(points.points)
    yield from _lists(theme.lists, "###")


def _cell(cell: Cell) -> Iterator[str]:
    label = f": {_plain(cell.label)}" if cell.label and cell.label != cell.name else ""
    yield f"### {_plain(cell.name)}{label}"
    yield from _headline(cell.headline)
    if cell.no_requirement and not cell.indicators:
        yield "*No requirement*"
    yield from map(_plain, cell.prose)
    yield from _items(cell.indicators)
    yield from _lists(cell.lists, "####")
    for note in cell.notes:
        yield _plain(note.text)


def _headline(headline: str | None) -> Iterator[str]:
    if headline is not None:
        yield f"**{_plain(headline)}**"


def _named(name: str, text: str | None) -> Iterator[str]:
    if text:
        yield f"*{name}:* {_plain(text)}"


def _lists(lists: Iterable[ItemList], heading: str) -> Iterator[str]:
    for entry in lists:
        yield f"{heading} {_plain(entry.name)}"
        yield from _items(entry.items)


def _items(items: Iterable[Item]) -> Iterator[str]:
    lines = list(_lines(items, ""))
    if lines:
        yield "\n".join(lines)


def _lines(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        yield f"{indent}- {_plain(item.text)} `{_code(item.code)}`"
        if isinstance(item, Indicator):
            yield from _lines(item.items, indent + "  ")


def _plain(text: str) -> str:
    """`text` on one line, so that Markdown shows it to the character."""
    folded = " ".join(text.split())
    escaped = INLINE.sub(lambda sign: f"\\{sign.group()}", folded)
    return BLOCK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def _code(code: str) -> str:
    return " ".join(code.replace("`", "'").split())
