"""Values beside the texts that changes are told of: aliases, scales, what is not required."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import starmap
from typing import Any

from pydantic import BaseModel

from breakthrough_extract.model import Cell, Stage, Theme
from breakthrough_extract.versions.changes import Value
from breakthrough_extract.versions.links import Matching
from breakthrough_extract.versions.sides import LIST, Side

# What no other generator tells of, by noun.
UNTOLD = {
    Stage: ("aliases",),
    Theme: ("scale",),
    Cell: ("no_requirement",),
}
Pair = tuple[str, str, BaseModel, BaseModel]  # old path, new path, and what stands there


def values_around(
    old: Side, new: Side, matching: Matching, slots: Mapping[str, str]
) -> list[Value]:
    """All such values that differ between what both versions have, in the order of the file."""
    return [
        Value(
            old_path=f"{pair[0]}.{place}",
            new_path=f"{pair[1]}.{place}",
            old=ours.get(place),
            new=theirs.get(place),
        )
        for pair in _pairs(old, new, matching, slots)
        if _differ(pair[2], pair[3])
        for ours, theirs in [(_untold(pair[2]), _untold(pair[3]))]
        for place in sorted({**ours, **theirs})
        if ours.get(place) != theirs.get(place)
    ]


def _pairs(old: Side, new: Side, matching: Matching, slots: Mapping[str, str]) -> Iterator[Pair]:
    for link in matching.stages.pairs:
        stages = (old.model.stages[link.old], new.model.stages[link.new])
        yield f"stages[{link.old}]", f"stages[{link.new}]", *stages
    for link in matching.themes.pairs:
        ours, theirs = old.model.themes[link.old], new.model.themes[link.new]
        yield f"themes[{link.old}]", f"themes[{link.new}]", ours, theirs
        known = new.slots(link.new)
        for slot, cell in old.slots(link.old).items():
            twin = slots.get(slot, "")
            if slot != LIST and twin in known:
                paths = (old.slot_path(link.old, cell), new.slot_path(link.new, known[twin]))
                yield *paths, ours.stages[cell], theirs.stages[known[twin]]


def _untold(noun: BaseModel) -> dict[str, Any]:
    """The plain values of what no other generator tells of, by their places in the noun."""
    names = set(UNTOLD[type(noun)])
    return leaves(json.loads(noun.model_dump_json(by_alias=True, include=names)))


def _differ(one: BaseModel, other: BaseModel) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in UNTOLD[type(one)])


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """The plain values of a JSON document, by their places."""
    if isinstance(value, Mapping):
        inner = [(f"{path}.{key}".lstrip("."), one) for key, one in value.items()]
    elif isinstance(value, list):
        inner = [(f"{path}[{n}]", one) for n, one in enumerate(value)]
    else:
        return {path: value}
    return {place: leaf for found in starmap(_pair, inner) for place, leaf in found}


def _pair(path: str, value: Any) -> list[tuple[str, Any]]:
    return list(leaves(value, path).items())
