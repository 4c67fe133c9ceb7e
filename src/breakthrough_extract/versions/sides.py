"""One side of a comparison: a model, and its items in one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from breakthrough_extract.model import Cell, Indicator, Model
from breakthrough_extract.model import Item as Statement
from breakthrough_extract.versions.changes import Entry, Name, Role

LIST = "breakthrough_points"  # what the slot of a theme's list is called
LIST_NAME = "Breakthrough points"
# Single texts about a theme.
LINES = (Role.GROUP, Role.QUESTION, Role.MOTTO, Role.COMPLAINT)


NO_THEME = -1  # in place of a theme's index: it belongs to a stage whatever the theme
OF_THEME = ""  # in place of a slot: it belongs to a theme whatever the stage
NO_CELL = -2  # in place of a cell's index, in both cases


class Item(NamedTuple):
    """An item, a note or a paragraph, with its place."""

    role: Role
    id: str  # "" of paragraphs, which have none
    text: str
    code: str | None
    theme: int  # index among the model's themes, or NO_THEME
    slot: str  # id of the stage, LIST, or OF_THEME
    cell: int  # index among the theme's stages, -1 for the list, or NO_CELL
    position: int  # index in its list
    at: str  # path of its list
    list: int = -1  # index in Side.lists; -1 if its list has no name
    under: int = -1  # index of the item that it is listed under; -1 if of none


class NamedList(NamedTuple):
    """A list under a name of its own, with its place."""

    name: str
    theme: int
    slot: str
    cell: int
    position: int  # index among the lists of its cell or theme
    items: tuple[Indicator, ...]


@dataclass(frozen=True)
class Side:
    """A model with its items; makes the entries that changes are told with."""

    model: Model

    @cached_property
    def text(self) -> str:
        """The canonical text of the model."""
        return self.model.to_json()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items: list by list in the order of the file, each before what is listed in it."""
        out: list[Item] = []
        for n, theme in enumerate(self.model.themes):
            for m, cell in enumerate(theme.stages):
                home = (n, cell.stage, m)
                _fill(
                    out, Role.INDICATOR, cell.indicators, home, f"{self.slot_path(n, m)}.indicators"
                )
            if theme.breakthrough_points:
                home = (n, LIST, -1)
                points = theme.breakthrough_points.points
                _fill(out, Role.POINT, points, home, f"{self.slot_path(n, -1)}.points")
        for k, entry in enumerate(self.lists):
            home = (entry.theme, entry.slot, entry.cell)
            _fill(out, Role.LIST_ITEM, entry.items, home, f"{self.list_path(k)}.items", k)
        for n, stage in enumerate(self.model.stages):
            _fill(
                out,
                Role.STAGE_ITEM,
                stage.items,
                (NO_THEME, stage.id, NO_CELL),
                f"stages[{n}].items",
            )
        return tuple(out)

    @cached_property
    def lists(self) -> tuple[NamedList, ...]:
        """All lists under names of their own, in the order of the file."""
        out: list[NamedList] = []
        for n, theme in enumerate(self.model.themes):
            for m, cell in enumerate(theme.stages):
                for k, entry in enumerate(cell.lists):
                    out.append(NamedList(entry.name, n, cell.stage, m, k, entry.items))
            for k, entry in enumerate(theme.lists):
                out.append(NamedList(entry.name, n, OF_THEME, NO_CELL, k, entry.items))
        return tuple(out)

    @cached_property
    def notes(self) -> tuple[Item, ...]:
        """All notes, in the order of the file."""
        return tuple(
            Item(
                Role.NOTE,
                note.id,
                note.text,
                None,
                n,
                cell.stage,
                m,
                k,
                f"{self.slot_path(n, m)}.notes",
            )
            for n, theme in enumerate(self.model.themes)
            for m, cell in enumerate(theme.stages)
            for k, note in enumerate(cell.notes)
        )

    @cached_property
    def paragraphs(self) -> tuple[Item, ...]:
        """All paragraphs of descriptions and prose."""
        out: list[Item] = []
        for n, stage in enumerate(self.model.stages):
            home = (NO_THEME, stage.id, NO_CELL)
            out += _paragraphs(
                Role.DESCRIPTION, stage.description, home, f"stages[{n}].description"
            )
        for n, theme in enumerate(self.model.themes):
            home = (n, OF_THEME, NO_CELL)
            out += _paragraphs(
                Role.DESCRIPTION, theme.description, home, f"themes[{n}].description"
            )
            for m, cell in enumerate(theme.stages):
                path = f"{self.slot_path(n, m)}.prose"
                out += _paragraphs(Role.PROSE, cell.prose, (n, cell.stage, m), path)
        return tuple(out)

    @cached_property
    def _stage_names(self) -> dict[str, Name]:
        names = {stage.id: Name(id=stage.id, name=stage.name) for stage in self.model.stages}
        return {LIST: Name(id=LIST, name=LIST_NAME), **names}

    def _slot_name(self, slot: str, cell: Cell | None = None) -> Name:
        known = self._stage_names.get(slot)
        return known or Name(id=slot, name=cell.name if cell else slot)

    def _theme_name(self, theme: int) -> Name:
        found = self.model.themes[theme]
        return Name(id=found.id, name=found.name)

    def slots(self, theme: int) -> dict[str, int]:
        """The slots that a theme has, each with the index of its cell, -1 for the list."""
        found = self.model.themes[theme]
        slots = {cell.stage: n for n, cell in enumerate(found.stages)}
        return {**slots, LIST: -1} if found.breakthrough_points else slots

    def slot_path(self, theme: int, cell: int) -> str:
        inner = LIST if cell < 0 else f"stages[{cell}]"
        return f"themes[{theme}].{inner}"

    def headline(self, theme: int, cell: int) -> str | None:
        found = self.model.themes[theme]
        if cell >= 0:
            return found.stages[cell].headline
        return found.breakthrough_points.headline if found.breakthrough_points else None

    # Entries.

    def stage_entry(self, stage: int) -> Entry:
        found = self.model.stages[stage]
        return Entry(
            role=Role.STAGE,
            path=f"stages[{stage}]",
            id=found.id,
            code=None,
            text=found.name,
            theme=None,
            stage=self._slot_name(found.id),
            position=stage + 1,
        )

    def theme_entry(self, theme: int) -> Entry:
        found = self.model.themes[theme]
        return Entry(
            role=Role.THEME,
            path=f"themes[{theme}]",
            id=found.id,
            code=None,
            text=found.name,
            theme=self._theme_name(theme),
            stage=None,
            position=theme + 1,
        )

    def cell_entry(self, theme: int, slot: str, cell: int) -> Entry:
        name = self._theme_name(theme)
        stage = self._slot_name(slot)
        return Entry(
            role=Role.CELL,
            path=self.slot_path(theme, cell),
            id=None,
            code=None,
            text=f"{name.name}, {stage.name}",
            theme=name,
            stage=stage,
            position=None,
        )

    def line(self, theme: int, role: Role) -> str | None:
        """The text of one of LINES."""
        text: str | None = getattr(self.model.themes[theme], role.value)
        return text

    def label(self, theme: int, cell: int) -> str | None:
        return self.model.themes[theme].stages[cell].label if cell >= 0 else None

    def line_entry(self, theme: int, role: Role) -> Entry | None:
        """One of LINES; None if the theme has no such text."""
        text = self.line(theme, role)
        if text is None:
            return None
        return self._single(role, f"themes[{theme}].{role}", text, theme, None)

    def label_entry(self, theme: int, slot: str, cell: int) -> Entry | None:
        text = self.label(theme, cell)
        if text is None:
            return None
        path = f"{self.slot_path(theme, cell)}.label"
        return self._single(Role.LABEL, path, text, theme, self._slot_name(slot))

    def list_path(self, number: int) -> str:
        entry = self.lists[number]
        owner = (
            f"themes[{entry.theme}]"
            if entry.cell == NO_CELL
            else self.slot_path(entry.theme, entry.cell)
        )
        return f"{owner}.lists[{entry.position}]"

    def list_entry(self, number: int) -> Entry:
        found = self.lists[number]
        return Entry(
            role=Role.LIST,
            path=self.list_path(number),
            id=None,
            code=None,
            text=found.name,
            theme=self._theme_name(found.theme),
            stage=self._slot_name(found.slot) if found.slot else None,
            position=found.position + 1,
        )

    def headline_entry(self, theme: int, slot: str, cell: int) -> Entry | None:
        text = self.headline(theme, cell)
        if text is None:
            return None
        path = f"{self.slot_path(theme, cell)}.headline"
        return self._single(Role.HEADLINE, path, text, theme, self._slot_name(slot))

    def _single(self, role: Role, path: str, text: str, theme: int, stage: Name | None) -> Entry:
        return Entry(
            role=role,
            path=path,
            id=None,
            code=None,
            text=text,
            theme=self._theme_name(theme),
            stage=stage,
            position=None,
        )

    def entry(self, item: Item) -> Entry:
        return Entry(
            role=item.role,
            path=f"{item.at}[{item.position}]",
            id=item.id or None,
            code=item.code,
            text=item.text,
            theme=self._theme_name(item.theme) if item.theme != NO_THEME else None,
            stage=self._slot_name(item.slot) if item.slot else None,
            position=item.position + 1,
            list=self.lists[item.list].name if item.list >= 0 else None,
            under=self.items[item.under].id if item.under >= 0 else None,
        )


Home = tuple[int, str, int]  # theme, slot and cell of an Item


def _fill(
    out: list[Item],
    role: Role,
    items: Sequence[Statement],
    home: Home,
    at: str,
    list_: int = -1,
    under: int = -1,
) -> None:
    """Put a list behind `out`, then what is listed under each of its items."""
    first = len(out)
    out += [
        Item(role, item.id, item.text, item.code, *home, n, at, list_, under)
        for n, item in enumerate(items)
    ]
    for n, item in enumerate(items):
        inner = item.items if isinstance(item, Indicator) else ()
        if inner:
            _fill(out, role, inner, home, f"{at}[{n}].items", list_, first + n)


def _paragraphs(role: Role, texts: Sequence[str], home: Home, at: str) -> list[Item]:
    return [Item(role, "", text, None, *home, n, at) for n, text in enumerate(texts)]
