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

from breakthrough_extract.model import Model, ModelError, Noun
from breakthrough_extract.versions.parts import Key, Place, State, Value, apart, plain_name
from breakthrough_extract.versions.sides import LIST, OF_THEME, Side
from breakthrough_extract.versions.together import together

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


@dataclass
class _Merge:
    """Merges part by part; what cannot be decided is noted."""

    base: State
    ours: State
    theirs: State
    conflicts: list[Conflict] = field(default_factory=list)

    def values(self) -> dict[Key, Value]:
        out: dict[Key, Value] = {}
        for key in _union(self.ours.values, self.theirs.values, self.base.values):
            value = self._value(key)
            if value is not None:
                out[key] = value
        return out

    def _value(self, key: Key) -> Value | None:
        base, ours, theirs = (s.values.get(key) for s in (self.base, self.ours, self.theirs))
        if theirs in (ours, base):
            # Gone on one side, but moved on the other: no one has said what to do.
            return self._or_moved(key, ours, self.theirs)
        if ours == base:
            return self._or_moved(key, theirs, self.ours)
        self.note(_what(key), *map(_said, (base, ours, theirs)))
        return theirs if ours is None else ours

    def _or_moved(self, key: Key, value: Value | None, other: State) -> Value | None:
        base = self.base.values.get(key)
        if value is not None or base is None or key not in other.values or key[0] != "text":
            return value
        if other.places[key[1]] == self.base.places[key[1]]:
            return None
        here, said = other is self.theirs, _said(base)
        self.note(_what(key), said, None if here else said, said if here else None)
        return base

    def places(self, kept: Iterable[str]) -> dict[str, Place]:
        out: dict[str, Place] = {}
        for id_ in kept:
            base, ours, theirs = (s.places.get(id_) for s in (self.base, self.ours, self.theirs))
            both = None not in (ours, theirs)
            if both and ours != theirs and base not in (ours, theirs):
                self.note(f"the place of {id_}", *map(_named, (base, ours, theirs)))
            chosen = theirs if ours in (None, base) and theirs is not None else ours
            out[id_] = chosen or self.base.places[id_]
        return out

    def keep_above(self, values: dict[Key, Value], places: dict[str, Place]) -> None:
        """Keep what other items are still listed under, and no item under itself."""
        sides = (self.ours, self.theirs, self.base)
        ahead = [place.under for place in places.values()]
        while ahead:
            id_ = ahead.pop()
            if not id_ or id_ in places:
                continue
            texts = [_said(side.values.get(("text", id_))) for side in sides]
            self.note(_what(("text", id_)), texts[2], texts[0], texts[1])
            values["text", id_] = next(text for text in texts if text)
            places[id_] = next(side.places[id_] for side in sides if id_ in side.places)
            ahead.append(places[id_].under)
        while round_ := _in_a_round(places):
            for id_ in round_:
                known = self.ours.places.get(id_, self.base.places.get(id_))
                self.note(
                    f"the place of {id_}",
                    _named(self.base.places.get(id_)),
                    _named(self.ours.places.get(id_)),
                    _named(self.theirs.places.get(id_)),
                )
                places[id_] = known or self.theirs.places[id_]

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
            name = " ".join(part for part in key if part)
            self.note(f"the order of {name}", *(", ".join(ids) for ids in (b, o, t)))
        first, second = (theirs, ours) if o == b else (ours, theirs)
        return _woven(_woven(first, second), base)

    def note(self, what: str, base: str | None, ours: str | None, theirs: str | None) -> None:
        self.conflicts.append(Conflict(what=what, base=base, ours=ours, theirs=theirs))


def merge(base: Model, ours: Model, theirs: Model) -> Merged:
    """The model with what both sides changed since `base`.

    Entries are known by their permanent identifiers. Raises ModelError if the three are not
    versions of one model, or do not share identifiers.
    """
    models = (base, ours, theirs)
    _check(models)
    work = _Merge(apart(base), apart(ours), apart(theirs))
    values = work.values()
    places = work.places(key[1] for key in values if key[0] == "text")
    work.keep_above(values, places)
    held: dict[Place, list[str]] = defaultdict(list)
    for id_, place in places.items():
        held[place].append(id_)
    _keep_homes(work, values, held)
    orders: dict[Key | Place, list[str]] = {
        place: work.order(place, ids) for place, ids in held.items()
    }
    for family in ("stage", "theme"):
        orders[(family,)] = work.order((family,), [k[1] for k in values if k[0] == family])
    lists: dict[Key, list[str]] = defaultdict(list)
    for key in values:
        if key[0] == "list":
            lists["lists", key[1], key[2]].append(key[3])
    orders |= {home: work.order(home, names) for home, names in lists.items()}
    model = together(State(values, places, orders), models)
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


def _union(*many: Iterable[Key]) -> list[Key]:
    return list(dict.fromkeys(key for keys in many for key in keys))


def _what(key: Key) -> str:
    kind, *rest = key
    return " ".join(("the", kind, *(("of", ", ".join(rest)) if rest else ())))


def _named(place: Place | None) -> str | None:
    if place is None:
        return None
    if place.under:
        return f"under {place.under}"
    return ", ".join(part for part in (place.theme, place.slot, plain_name(place.list)) if part)


def _said(value: Value | None) -> str | None:
    """A value as a person reads it: paragraphs parted by blank lines."""
    return "\n\n".join(value) if isinstance(value, tuple) else value


def _in_a_round(places: Mapping[str, Place]) -> list[str]:
    """Items that are listed, by way of others, under themselves; those of one such round."""
    sound: set[str] = set()
    for id_ in places:
        path: list[str] = []
        at = id_
        while at and at not in sound and at not in path:
            path.append(at)
            at = places[at].under
        if at in path:
            return path[path.index(at) :]
        sound.update(path)
    return []


def _woven(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """`first` with what `second` has besides, each after what it stands after there."""
    out = list(first)
    for n, id_ in enumerate(second):
        if id_ not in out:
            before = next((i for i in reversed(second[:n]) if i in out), None)
            out.insert(out.index(before) + 1 if before is not None else 0, id_)
    return out


def _keep_homes(
    work: _Merge, values: dict[Key, Value], held: Mapping[Place, Sequence[str]]
) -> None:
    """Keep the themes, stages and lists that items still stand in, though one side took them
    out."""
    for place in held:
        for key in _homes(place):
            if key in values:
                continue
            base, ours, theirs = (
                state.values.get(key) for state in (work.base, work.ours, work.theirs)
            )
            values[key] = ours or theirs or base or place.slot
            if key[0] != "cell":
                told = (_said(one) for one in (base, ours, theirs))
                work.note(_what(key), *told)


def _homes(place: Place) -> Iterator[Key]:
    """What must be there for an item to stand in that place."""
    if place.under:
        return
    if place.theme:
        yield "theme", place.theme
    if place.theme and place.slot != OF_THEME:
        yield "cell", place.theme, place.slot
    if place.slot not in (LIST, OF_THEME):
        yield "stage", place.slot
    if place.list:
        yield "list", place.theme, place.slot, place.list
