"""A version taken apart in values, places and orders, each of which is merged on its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from breakthrough_extract.model import Model, Stage, Theme
from breakthrough_extract.versions.changes import Role
from breakthrough_extract.versions.sides import LINES, LIST, NO_THEME, Item, Side

Key = tuple[str, ...]
Value = str | tuple[str, ...]  # several: paragraphs, or names
TITLE: Key = ("title",)
ALLOWS: Key = ("allows",)


class Place(NamedTuple):
    """The list that an item stands in."""

    role: Role
    theme: str  # "" of what holds at a stage whatever the theme
    slot: str  # OF_THEME of what belongs to a theme whatever the stage
    list: str = ""  # what its named list is called; see `list_names`
    under: str = ""  # id of the item that it is listed under: then that alone is its place


@dataclass(frozen=True)
class State:
    """A version taken apart."""

    values: Mapping[Key, Value]
    places: Mapping[str, Place]  # by the item's id
    orders: Mapping[Key | Place, Sequence[str]]  # identifiers, or what named lists are called


def apart(model: Model) -> State:
    side = Side(model)
    items = (*side.items, *side.notes)
    names = list_names(side)
    places = {item.id: _place(side, item, names) for item in items}
    orders: dict[Key | Place, list[str]] = defaultdict(list)
    for item in items:
        orders[places[item.id]].append(item.id)
    for number, entry in enumerate(side.lists):
        home = ("lists", model.themes[entry.theme].id, entry.slot)
        orders[home].append(names[number])
    orders[("stage",)] = [stage.id for stage in model.stages]
    orders[("theme",)] = [theme.id for theme in model.themes]
    values = dict(_values(model))
    values.update({("text", item.id): item.text for item in items})
    return State(values, places, orders)


def _place(side: Side, item: Item, names: Mapping[int, str]) -> Place:
    if item.under >= 0:
        return Place(Role.INDICATOR, "", "", under=side.items[item.under].id)
    theme = "" if item.theme == NO_THEME else side.model.themes[item.theme].id
    return Place(item.role, theme, item.slot, names.get(item.list, ""))


def list_names(side: Side) -> dict[int, str]:
    """What each named list is called among those of its cell or theme: of several of one name,
    all but the first have a number."""
    seen: Counter[tuple[int, str, str]] = Counter()
    out: dict[int, str] = {}
    for number, entry in enumerate(side.lists):
        home = (entry.theme, entry.slot, entry.name)
        seen[home] += 1
        out[number] = entry.name if seen[home] == 1 else f"{entry.name}\0{seen[home]}"
    return out


def plain_name(name: str) -> str:
    """The name of a list, without the number that it may have here."""
    return name.partition("\0")[0] if name.partition("\0")[2].isdecimal() else name


def _values(model: Model) -> Iterator[tuple[Key, Value]]:
    yield TITLE, model.title
    yield from _told(ALLOWS, model.allows)
    for stage in model.stages:
        yield from _stage(stage)
    for theme in model.themes:
        yield from _theme(theme)
    side = Side(model)
    for number, name in list_names(side).items():
        entry = side.lists[number]
        yield ("list", model.themes[entry.theme].id, entry.slot, name), name


def _stage(stage: Stage) -> Iterator[tuple[Key, Value]]:
    yield ("stage", stage.id), stage.name
    yield from _told(("aliases", stage.id), stage.aliases)
    yield from _told(("description of stage", stage.id), stage.description)


def _theme(theme: Theme) -> Iterator[tuple[Key, Value]]:
    yield ("theme", theme.id), theme.name
    for role in LINES:
        yield from _told((role.value, theme.id), getattr(theme, role.value))
    yield from _told(("description", theme.id), theme.description)
    yield from _told(("scale", theme.id), theme.scale)
    for cell in theme.stages:
        yield ("cell", theme.id, cell.stage), cell.stage
        yield from _told(("headline", theme.id, cell.stage), cell.headline)
        yield from _told(("label", theme.id, cell.stage), cell.label)
        yield from _told(("prose", theme.id, cell.stage), cell.prose)
        yield from _told(("no requirement", theme.id, cell.stage), str(cell.no_requirement or ""))
    if theme.breakthrough_points:
        yield ("cell", theme.id, LIST), LIST
        yield from _told(("headline", theme.id, LIST), theme.breakthrough_points.headline)


def _told(key: Key, value: Value | None) -> Iterator[tuple[Key, Value]]:
    if value:
        yield key, value
