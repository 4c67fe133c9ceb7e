"""One side of a comparison: a model, and its items in one row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from breakthrough_extract.model import Cell, Model
from breakthrough_extract.versions.changes import Entry, Name, Role

LIST = "breakthrough_points"  # what the slot of a theme's list is called
LIST_NAME = "Breakthrough points"


class Item(NamedTuple):
    """An indicator, point or note, with its place."""

    role: Role
    id: str
    text: str
    code: str | None
    theme: int  # index among the model's themes
    slot: str  # id of the stage, or LIST
    cell: int  # index among the theme's stages, -1 for the list
    position: int  # index in its list


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
        """All indicators and points, in the order of the file."""
        return tuple(self._items())

    @cached_property
    def notes(self) -> tuple[Item, ...]:
        """All notes, in the order of the file."""
        return tuple(
            Item(Role.NOTE, note.id, note.text, None, n, cell.stage, m, k)
            for n, theme in enumerate(self.model.themes)
            for m, cell in enumerate(theme.stages)
            for k, note in enumerate(cell.notes)
        )

    def _items(self) -> Iterator[Item]:
        for n, theme in enumerate(self.model.themes):
            for m, cell in enumerate(theme.stages):
                for k, one in enumerate(cell.indicators):
                    yield Item(Role.INDICATOR, one.id, one.text, one.code, n, cell.stage, m, k)
            if theme.breakthrough_points:
                for k, point in enumerate(theme.breakthrough_points.points):
                    yield Item(Role.POINT, point.id, point.text, point.code, n, LIST, -1, k)

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

    def complaint_entry(self, theme: int) -> Entry | None:
        text = self.model.themes[theme].complaint
        if text is None:
            return None
        return self._single(Role.COMPLAINT, f"themes[{theme}].complaint", text, theme, None)

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
        kind = {Role.POINT: "points", Role.NOTE: "notes"}.get(item.role, "indicators")
        return Entry(
            role=item.role,
            path=f"{self.slot_path(item.theme, item.cell)}.{kind}[{item.position}]",
            id=item.id,
            code=item.code,
            text=item.text,
            theme=self._theme_name(item.theme),
            stage=self._slot_name(item.slot),
            position=item.position + 1,
        )
