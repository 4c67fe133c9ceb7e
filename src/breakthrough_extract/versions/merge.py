"""Three versions to one: what two people changed, item by item.

A version is taken apart in values (texts and names), places (the cell of each item) and
orders (of each list). Each of these is merged on its own: what one side changed and the
other did not is taken over; what both changed otherwise is a conflict, and ours is kept.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from breakthrough_extract.model import (
    BreakthroughPoint,
    BreakthroughPoints,
    Cell,
    Indicator,
    Model,
    ModelError,
    Note,
    Noun,
    Stage,
    Theme,
    Withdrawn,
)
from breakthrough_extract.versions.changes import Role
from breakthrough_extract.versions.sides import LIST, Side

LEAST_SHARED = 0.5  # of the base's identifiers that each side must have


class Conflict(Noun):
    """Something that both sides changed, each otherwise; the file has `ours`."""

    what: str  # for people: what the conflict is about
    base: str | None  # None: not there
    ours: str | None
    theirs: str | None


@dataclass(frozen=True)
class Merged:
    """The merged model, and what a person must decide."""

    model: Model
    conflicts: tuple[Conflict, ...]

    def to_json(self) -> str:
        """The model's text; conflicts stand in it as `conflicts`, so that no tool takes it for
        a model before they are resolved."""
        if not self.conflicts:
            return self.model.to_json()
        values = json.loads(self.model.to_json())
        marked = {
            "$schema": values.pop("$schema"),
            "conflicts": [conflict.model_dump(mode="json") for conflict in self.conflicts],
            **values,
        }
        return json.dumps(marked, indent=2, ensure_ascii=False) + "\n"


Key = tuple[str, ...]
TITLE: Key = ("title",)


class Place(NamedTuple):
    """The list that an item stands in."""

    role: Role
    theme: str
    slot: str


@dataclass(frozen=True)
class _State:
    """A version taken apart."""

    values: Mapping[Key, str]
    places: Mapping[str, Place]  # by the item's id
    orders: Mapping[Key | Place, Sequence[str]]  # identifiers


@dataclass
class _Merge:
    """Merges part by part; what cannot be decided is noted."""

    base: _State
    ours: _State
    theirs: _State
    conflicts: list[Conflict] = field(default_factory=list)

    def values(self) -> dict[Key, str]:
        out: dict[Key, str] = {}
        for key in _union(self.ours.values, self.theirs.values, self.base.values):
            value = self._value(key)
            if value is not None:
                out[key] = value
        return out

    def _value(self, key: Key) -> str | None:
        base, ours, theirs = (s.values.get(key) for s in (self.base, self.ours, self.theirs))
        if theirs in (ours, base):
            # Gone on one side, but moved on the other: no one has said what to do.
            return self._or_moved(key, ours, self.theirs)
        if ours == base:
            return self._or_moved(key, theirs, self.ours)
        self._note(_what(key), base, ours, theirs)
        return theirs if ours is None else ours

    def _or_moved(self, key: Key, value: str | None, other: _State) -> str | None:
        base = self.base.values.get(key)
        if value is not None or base is None or key not in other.values or key[0] != "text":
            return value
        if other.places[key[1]] == self.base.places[key[1]]:
            return None
        here = other is self.theirs
        self._note(_what(key), base, None if here else base, base if here else None)
        return base

    def places(self, kept: Iterable[str]) -> dict[str, Place]:
        out: dict[str, Place] = {}
        for id_ in kept:
            base, ours, theirs = (s.places.get(id_) for s in (self.base, self.ours, self.theirs))
            both = None not in (ours, theirs)
            if both and ours != theirs and base not in (ours, theirs):
                self._note(f"the place of {id_}", *map(_named, (base, ours, theirs)))
            chosen = theirs if ours in (None, base) and theirs is not None else ours
            out[id_] = chosen or self.base.places[id_]
        return out

    def order(self, key: Key | Place, members: Iterable[str]) -> list[str]:
        """The members of a list in the order that the sides give them together."""
        inside = set(members)
        base, ours, theirs = (
            [id_ for id_ in state.orders.get(key, ()) if id_ in inside]
            for state in (self.base, self.ours, self.theirs)
        )
        common = set(base) & set(ours) & set(theirs)
        b, o, t = ([id_ for id_ in ids if id_ in common] for ids in (base, ours, theirs))
        if b not in (o, t) and o != t:
            name = " ".join(key)
            self._note(f"the order of {name}", *(", ".join(ids) for ids in (b, o, t)))
        first, second = (theirs, ours) if o == b else (ours, theirs)
        return _woven(_woven(first, second), base)

    def _note(self, what: str, base: str | None, ours: str | None, theirs: str | None) -> None:
        self.conflicts.append(Conflict(what=what, base=base, ours=ours, theirs=theirs))


def merge(base: Model, ours: Model, theirs: Model) -> Merged:
    """The model with what both sides changed since `base`.

    Entries are known by their permanent identifiers. Raises ModelError if the three are not
    versions of one model, or do not share identifiers.
    """
    models = (base, ours, theirs)
    _check(models)
    work = _Merge(_apart(base), _apart(ours), _apart(theirs))
    values = work.values()
    places = work.places(key[1] for key in values if key[0] == "text")
    held: dict[Place, list[str]] = defaultdict(list)
    for id_, place in places.items():
        held[place].append(id_)
    _keep_homes(work, values, held)
    orders: dict[Key | Place, list[str]] = {
        place: work.order(place, ids) for place, ids in held.items()
    }
    for family in ("stage", "theme"):
        orders[(family,)] = work.order((family,), [k[1] for k in values if k[0] == family])
    model = _together(_State(values, places, orders), models)
    return Merged(model, tuple(work.conflicts))


def _check(models: Sequence[Model]) -> None:
    base, ours, theirs = models
    if len({model.id for model in models}) > 1:
        raise ModelError(
            f"these are versions of different models ({', '.join(m.id for m in models)}); "
            "merge versions of one"
        )
    known = {item.id for item in Side(base).items}
    for name, model in (("ours", ours), ("theirs", theirs)):
        shared = known & {item.id for item in Side(model).items}
        if len(shared) < LEAST_SHARED * len(known):
            raise ModelError(
                f"{name} has {len(shared)} of the base's {len(known)} identifiers: too few to "
                "merge by; extract it again with --baseline and the base"
            )


# Taking apart.


def _apart(model: Model) -> _State:
    side = Side(model)
    items = (*side.items, *side.notes)
    places = {i.id: Place(i.role, model.themes[i.theme].id, i.slot) for i in items}
    orders: dict[Key | Place, list[str]] = defaultdict(list)
    for item in items:
        orders[places[item.id]].append(item.id)
    orders[("stage",)] = [stage.id for stage in model.stages]
    orders[("theme",)] = [theme.id for theme in model.themes]
    return _State(
        {**dict(_values(model)), **{("text", i.id): i.text for i in items}}, places, orders
    )


def _values(model: Model) -> Iterator[tuple[Key, str]]:
    yield TITLE, model.title
    for stage in model.stages:
        yield ("stage", stage.id), stage.name
    for theme in model.themes:
        yield ("theme", theme.id), theme.name
        if theme.complaint is not None:
            yield ("complaint", theme.id), theme.complaint
        slots = {cell.stage: cell.headline for cell in theme.stages}
        if theme.breakthrough_points:
            slots[LIST] = theme.breakthrough_points.headline
        for slot, headline in slots.items():
            yield ("cell", theme.id, slot), slot
            if headline is not None:
                yield ("headline", theme.id, slot), headline


def _union(*many: Iterable[Key]) -> list[Key]:
    return list(dict.fromkeys(key for keys in many for key in keys))


def _what(key: Key) -> str:
    kind, *rest = key
    return " ".join(("the", kind, *(("of", ", ".join(rest)) if rest else ())))


def _named(place: Place | None) -> str | None:
    return f"{place.theme}, {place.slot}" if place else None


def _woven(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """`first` with what `second` has besides, each after what it stands after there."""
    out = list(first)
    for n, id_ in enumerate(second):
        if id_ not in out:
            before = next((i for i in reversed(second[:n]) if i in out), None)
            out.insert(out.index(before) + 1 if before is not None else 0, id_)
    return out


def _keep_homes(work: _Merge, values: dict[Key, str], held: Mapping[Place, Sequence[str]]) -> None:
    """Keep the themes and stages that items still stand in, though one side took them out."""
    for place in held:
        wanted: list[Key] = [("theme", place.theme), ("cell", place.theme, place.slot)]
        if place.slot != LIST:
            wanted.append(("stage", place.slot))
        for key in wanted:
            if key in values:
                continue
            base, ours, theirs = (
                state.values.get(key) for state in (work.base, work.ours, work.theirs)
            )
            values[key] = ours or theirs or base or place.slot
            if key[0] != "cell":
                work.conflicts.append(
                    Conflict(what=_what(key), base=base, ours=ours, theirs=theirs)
                )


# Putting together.


def _together(state: _State, models: Sequence[Model]) -> Model:
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
        title=values[TITLE],
        draft=ours.draft or theirs.draft,
        stages=tuple(
            Stage(id=id_, name=values["stage", id_], position=n) for n, id_ in enumerate(stages, 1)
        ),
        themes=tuple(build.theme(id_, stages) for id_ in themes),
        withdrawn=withdrawn,
    )


@dataclass(frozen=True)
class _Builder:
    state: _State
    prefixes: Mapping[Key, str]

    def theme(self, id_: str, stages: Sequence[str]) -> Theme:
        values = self.state.values
        cells = [stage for stage in stages if ("cell", id_, stage) in values]
        return Theme(
            id=id_,
            name=values["theme", id_],
            complaint=values.get(("complaint", id_)),
            stages=tuple(self._cell(id_, stage) for stage in cells),
            breakthrough_points=self._list(id_) if ("cell", id_, LIST) in values else None,
        )

    def _cell(self, theme: str, stage: str) -> Cell:
        notes = self._ids(Role.NOTE, theme, stage)
        return Cell(
            stage=stage,
            name=self.state.values["stage", stage],
            headline=self.state.values.get(("headline", theme, stage)),
            indicators=tuple(
                Indicator(id=id_, code=code, text=text)
                for id_, code, text in self._items(Role.INDICATOR, theme, stage)
            ),
            notes=tuple(Note(id=id_, text=self.state.values["text", id_]) for id_ in notes),
        )

    def _list(self, theme: str) -> BreakthroughPoints:
        return BreakthroughPoints(
            headline=self.state.values.get(("headline", theme, LIST)),
            points=tuple(
                BreakthroughPoint(id=id_, code=code, text=text)
                for id_, code, text in self._items(Role.POINT, theme, LIST)
            ),
        )

    def _items(self, role: Role, theme: str, slot: str) -> Iterator[tuple[str, str, str]]:
        prefix = f"{self.prefixes['theme', theme]}.{self.prefixes['slot', slot]}"
        for n, id_ in enumerate(self._ids(role, theme, slot), 1):
            yield id_, f"{prefix}.{n}", self.state.values["text", id_]

    def _ids(self, role: Role, theme: str, slot: str) -> Sequence[str]:
        return self.state.orders.get(Place(role, theme, slot), ())


def _prefixes(models: Sequence[Model]) -> dict[Key, str]:
    """The short codes of themes and slots, read off the codes of their items."""
    out: dict[Key, str] = defaultdict(lambda: "NEW")
    for model in models:
        for item in Side(model).items:
            theme, slot, _ = (item.code or "..").split(".", 2)
            out["theme", model.themes[item.theme].id] = theme
            out["slot", item.slot] = slot
    return out
