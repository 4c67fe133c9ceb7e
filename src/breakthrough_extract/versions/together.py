"""Values, places and orders put together to a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from breakthrough_extract.model import (
    BreakthroughPoint,
    BreakthroughPoints,
    Cell,
    Indicator,
    ItemList,
    Model,
    Note,
    Stage,
    Theme,
    Withdrawn,
)
from breakthrough_extract.versions.changes import Role
from breakthrough_extract.versions.parts import (
    ALLOWS,
    TITLE,
    Key,
    Place,
    State,
    plain_name,
)
from breakthrough_extract.versions.sides import LIST, OF_THEME, Side


def together(state: State, models: Sequence[Model]) -> Model:
    """The model that `state` is; `models`: base, ours and theirs, for what is never merged."""
    values, orders = state.values, state.orders
    build = _Builder(state, _prefixes(models))
    base, ours, theirs = models
    stages = [id_ for id_ in orders[("stage",)] if ("stage", id_) in values]
    themes = [id_ for id_ in orders[("theme",)] if ("theme", id_) in values]
    alive = {*stages, *themes, *state.places}
    gone = {entry.id: entry for model in (theirs, base, ours) for entry in model.withdrawn}
    listed = dict.fromkeys(e.id for model in (base, ours, theirs) for e in model.withdrawn)
    withdrawn: tuple[Withdrawn, ...] = tuple(gone[id_] for id_ in listed if id_ not in alive)
    return Model(
        id=ours.id,
        title=build.text(TITLE) or ours.title,
        draft=ours.draft or theirs.draft,
        allows=build.texts(ALLOWS),
        stages=tuple(build.stage(id_, n) for n, id_ in enumerate(stages, 1)),
        themes=tuple(build.theme(id_, stages) for id_ in themes),
        withdrawn=withdrawn,
    )


@dataclass(frozen=True)
class _Builder:
    state: State
    prefixes: Mapping[Key, str]

    def text(self, key: Key) -> str | None:
        value = self.state.values.get(key)
        return value if isinstance(value, str) else None

    def texts(self, key: Key) -> tuple[str, ...]:
        value = self.state.values.get(key, ())
        return value if isinstance(value, tuple) else ()

    def stage(self, id_: str, position: int) -> Stage:
        items = self._items(Place(Role.STAGE_ITEM, "", id_), self.prefixes["slot", id_])
        return Stage(
            id=id_,
            name=self.text(("stage", id_)) or id_,
            position=position,
            aliases=self.texts(("aliases", id_)),
            description=self.texts(("description of stage", id_)),
            items=tuple(items),
        )

    def theme(self, id_: str, stages: Sequence[str]) -> Theme:
        values = self.state.values
        cells = [stage for stage in stages if ("cell", id_, stage) in values]
        return Theme(
            id=id_,
            name=self.text(("theme", id_)) or id_,
            complaint=self.text(("complaint", id_)),
            stages=tuple(self._cell(id_, stage) for stage in cells),
            breakthrough_points=self._list(id_) if ("cell", id_, LIST) in values else None,
            group=self.text(("group", id_)),
            question=self.text(("question", id_)),
            motto=self.text(("motto", id_)),
            description=self.texts(("description", id_)),
            lists=tuple(self._lists(id_, OF_THEME, self.prefixes["theme", id_])),
            scale=self.texts(("scale", id_)),
        )

    def _cell(self, theme: str, stage: str) -> Cell:
        prefix = self._prefix(theme, stage)
        notes = self._ids(Place(Role.NOTE, theme, stage))
        return Cell(
            stage=stage,
            name=self.text(("stage", stage)) or stage,
            headline=self.text(("headline", theme, stage)),
            indicators=tuple(self._items(Place(Role.INDICATOR, theme, stage), prefix)),
            notes=tuple(Note(id=id_, text=self._wording(id_)) for id_ in notes),
            label=self.text(("label", theme, stage)),
            prose=self.texts(("prose", theme, stage)),
            lists=tuple(self._lists(theme, stage, prefix)),
            no_requirement=("no requirement", theme, stage) in self.state.values,
        )

    def _list(self, theme: str) -> BreakthroughPoints:
        entries = self._items(Place(Role.POINT, theme, LIST), self._prefix(theme, LIST))
        return BreakthroughPoints(
            headline=self.text(("headline", theme, LIST)),
            points=tuple(
                BreakthroughPoint(id=item.id, code=item.code, text=item.text) for item in entries
            ),
        )

    def _lists(self, theme: str, slot: str, prefix: str) -> Iterator[ItemList]:
        names = self.state.orders.get(("lists", theme, slot), ())
        kept = [name for name in names if ("list", theme, slot, name) in self.state.values]
        for n, name in enumerate(kept, 1):
            place = Place(Role.LIST_ITEM, theme, slot, name)
            yield ItemList(
                name=plain_name(name), items=tuple(self._items(place, f"{prefix}.LIST{n}"))
            )

    def _items(self, place: Place, prefix: str) -> Iterator[Indicator]:
        """The items of a list, each with what is listed under it."""
        for n, id_ in enumerate(self._ids(place), 1):
            code = f"{prefix}.{n}"
            inner = self._items(Place(Role.INDICATOR, "", "", under=id_), code)
            yield Indicator(id=id_, code=code, text=self._wording(id_), items=tuple(inner))

    def _prefix(self, theme: str, slot: str) -> str:
        return f"{self.prefixes['theme', theme]}.{self.prefixes['slot', slot]}"

    def _wording(self, id_: str) -> str:
        return str(self.state.values["text", id_])

    def _ids(self, place: Place) -> Sequence[str]:
        return self.state.orders.get(place, ())


def _prefixes(models: Sequence[Model]) -> dict[Key, str]:
    """The short codes of themes and slots, read off the codes of their items."""
    out: dict[Key, str] = defaultdict(lambda: "NEW")
    for model in models:
        for item in Side(model).items:
            first, second, _ = (*(item.code or "").split(".", 2), "", "")[:3]
            if item.role == Role.STAGE_ITEM:
                out["slot", item.slot] = first
                continue
            out["theme", model.themes[item.theme].id] = first
            if item.slot != OF_THEME:
                out["slot", item.slot] = second
    return out
