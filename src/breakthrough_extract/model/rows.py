"""A model as rows, one an item: what `Model.rows` and the frames hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from breakthrough_extract.model.parts import Indicator, Item, ItemList, Stage, Theme

# The columns of `Model.rows` and of the frames.
ROW: dict[str, type] = {
    "id": str,
    "code": str,
    "kind": str,  # "indicator", "breakthrough_point", "list_item", "stage_item" or "prose"
    "theme_id": str,
    "theme": str,
    "stage_id": str,
    "stage": str,
    "stage_position": int,  # 1-based, lowest first
    "headline": str,
    "number": int,  # 1-based place in its list
    "text": str,
    # What only some models have:
    "list": str,  # name of the list that it stands in
    "parent_id": str,  # the item that it is listed under
    "group": str,  # of themes
    "question": str,  # of the theme, as the three that follow
    "motto": str,
    "description": str,  # paragraphs, joined by blank lines
    "stage_label": str,  # what the source calls the stage here
}
Plain = dict[str, Any]


def rows(stages: Sequence[Stage], themes: Sequence[Theme]) -> Iterator[Plain]:
    """One row an item or paragraph, stages first, then theme by theme."""
    positions = {stage.id: stage.position for stage in stages}
    for stage in stages:
        yield from _stage_rows(stage)
    for theme in themes:
        yield from _theme_rows(theme, positions)


def _stage_rows(stage: Stage) -> Iterator[Plain]:
    place = {"stage_id": stage.id, "stage": stage.name, "stage_position": stage.position}
    yield from _listed(stage.items, {"kind": "stage_item", **place})


def _theme_rows(theme: Theme, positions: Mapping[str, int]) -> Iterator[Plain]:
    of_theme = {
        "theme_id": theme.id,
        "theme": theme.name,
        "group": theme.group,
        "question": theme.question,
        "motto": theme.motto,
        "description": "\n\n".join(theme.description) or None,
    }
    for cell in theme.stages:
        of_cell = {
            **of_theme,
            "stage_id": cell.stage,
            "stage": cell.name,
            "stage_position": positions.get(cell.stage),
            "stage_label": cell.label,
            "headline": cell.headline,
        }
        for number, text in enumerate(cell.prose, 1):
            yield _row({"kind": "prose", **of_cell, "number": number, "text": text})
        yield from _listed(cell.indicators, {"kind": "indicator", **of_cell})
        yield from _in_lists(cell.lists, of_cell)
    points = theme.breakthrough_points
    if points:
        of_list = {"kind": "breakthrough_point", **of_theme, "headline": points.headline}
        yield from _listed(points.points, of_list)
    yield from _in_lists(theme.lists, of_theme)


def _in_lists(lists: Sequence[ItemList], shared: Plain) -> Iterator[Plain]:
    for entry in lists:
        yield from _listed(entry.items, {"kind": "list_item", **shared, "list": entry.name})


def _listed(items: Sequence[Item], shared: Plain) -> Iterator[Plain]:
    for number, item in enumerate(items, 1):
        own = {"id": item.id, "code": item.code, "text": item.text, "number": number}
        yield _row({**shared, **own})
        if isinstance(item, Indicator):
            yield from _listed(item.items, {**shared, "parent_id": item.id})


def _row(known: Plain) -> Plain:
    return {name: known.get(name) for name in ROW}
