"""A model as a short text that a person can write by hand, to compare with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from breakthrough_extract.model import Cell, Indicator, ItemList, Model, Theme


def rendered(model: Model) -> str:
    """Themes after `#`, questions after `?`, prose after `~`, headlines after `=`, items after
    `-`, names of lists in brackets; stages stand bare, those of the model before the themes."""
    return "".join(f"{line}\n" for line in _lines(model))


def _lines(model: Model) -> Iterator[str]:
    for stage in model.stages:
        if stage.description or stage.items:
            yield stage.name
            yield from (f"  ~ {text}" for text in stage.description)
            yield from _items(stage.items, 2)
    for theme in model.themes:
        yield from _theme(theme)


def _theme(theme: Theme) -> Iterator[str]:
    yield f"# {theme.group} / {theme.name}" if theme.group else f"# {theme.name}"
    if theme.question:
        yield f"? {theme.question}"
    if theme.motto:
        yield f'" {theme.motto}'
    yield from (f"~ {text}" for text in theme.description)
    for cell in theme.stages:
        yield from _cell(cell)
    yield from _lists(theme.lists, 0)


def _cell(cell: Cell) -> Iterator[str]:
    yield cell.name
    if cell.no_requirement:
        yield "  (nothing asked)"
    if cell.headline:
        yield f"  = {cell.headline}"
    yield from (f"  ~ {text}" for text in cell.prose)
    yield from _items(cell.indicators, 2)
    yield from _lists(cell.lists, 2)


def _lists(lists: Sequence[ItemList], indent: int) -> Iterator[str]:
    for entry in lists:
        yield f"{' ' * indent}[{entry.name}]"
        yield from _items(entry.items, indent + 2)


def _items(items: Sequence[Indicator], indent: int) -> Iterator[str]:
    for item in items:
        yield f"{' ' * indent}- {item.text}"
        yield from _items(item.items, indent + 2)
