"""The versions of an invented model, made by edits that a person wrote.

In these models the identifiers are names that a person gave: what has one name in two
versions is, to that person, one thing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from breakthrough_extract import Model
from breakthrough_extract.profile import slug
from breakthrough_extract.versions.ids import Heritage
from tests.support.outlines import LIST, coded, read_outline

Json = dict[str, Any]


def versions(folder: Path) -> Iterator[Model]:
    """The first version, and what each block of edits makes of the one before."""
    model = read_outline(folder / "first.txt").model_dump(mode="json", by_alias=True)
    yield Model.model_validate(model)
    text = (folder / "edits.txt").read_text(encoding="utf-8")
    for block in re.split(r"^== .*\n", text, flags=re.MULTILINE)[1:]:
        for line in block.splitlines():
            name, _, rest = line.partition(" ")
            EDITS[name](model, *(part.strip() for part in rest.split("|")))
        yield Model.model_validate(coded(model))


# The edits.


def item_lists(model: Json) -> Iterator[list[Json]]:
    for theme in model["themes"]:
        for cell in theme["stages"]:
            yield cell["indicators"]
            yield cell["notes"]
        if theme[LIST]:
            yield theme[LIST]["points"]


def _take(model: Json, id_: str) -> Json:
    for items in item_lists(model):
        for item in items:
            if item["id"] == id_:
                items.remove(item)
                return item
    raise KeyError(id_)


def _theme(model: Json, id_: str) -> Json:
    (theme,) = (theme for theme in model["themes"] if theme["id"] == id_)
    found: Json = theme
    return found


def _put(model: Json, place: str, item: Json) -> None:
    where, position = place.split(" ")
    theme_id, slot = where.split("/")
    theme = _theme(model, theme_id)
    cells: dict[str, list[Json]] = {cell["stage"]: cell["indicators"] for cell in theme["stages"]}
    if theme[LIST]:
        cells[LIST] = theme[LIST]["points"]
    cells[slot].insert(int(position) - 1, item)


def _place(model: Json, id_: str) -> tuple[list[Json], int]:
    return next(
        (items, n)
        for items in item_lists(model)
        for n, item in enumerate(items)
        if item["id"] == id_
    )


def _reword(model: Json, id_: str, text: str) -> None:
    if id_.startswith("c:"):
        theme_id, stage = id_[2:].split("/")
        (cell,) = (c for c in _theme(model, theme_id)["stages"] if c["stage"] == stage)
        cell["headline"] = text
        return
    items, n = _place(model, id_)
    items[n]["text"] = text


def _move(model: Json, id_: str, place: str) -> None:
    _put(model, place, _take(model, id_))


def _insert(model: Json, id_: str, place: str, text: str) -> None:
    _put(model, place, {"id": id_, "code": "", "text": text})


def _split(model: Json, id_: str, *parts: str) -> None:
    items, n = _place(model, id_)
    items[n : n + 1] = [_item(part) for part in parts]


def _merge(model: Json, ids: str, whole: str) -> None:
    first, *others = ids.split(" ")
    items, n = _place(model, first)
    items[n] = _item(whole)
    for id_ in others:
        _take(model, id_)


def _item(text: str) -> Json:
    id_, _, wording = text.partition(" ")
    return {"id": id_, "code": "", "text": wording}


def _rename(model: Json, id_: str, name: str) -> None:
    _theme(model, id_)["name"] = name


def _drop(model: Json, id_: str) -> None:
    model["themes"].remove(_theme(model, id_))


def _new_theme(model: Json, id_: str, name: str, complaint: str) -> None:
    theme: Json = {"id": id_, "name": name, "complaint": complaint, "stages": [], LIST: None}
    model["themes"].append(theme)


def _new_cell(model: Json, place: str, headline: str) -> None:
    theme_id, stage = place.split("/")
    names = {one["id"]: one["name"] for one in model["stages"]}
    cell = {"stage": stage, "name": names[stage], "headline": headline}
    _theme(model, theme_id)["stages"].append({**cell, "indicators": [], "notes": []})


def _reorder(model: Json, place: str) -> None:
    id_, position = place.split(" ")
    theme = _theme(model, id_)
    model["themes"].remove(theme)
    model["themes"].insert(int(position) - 1, theme)


EDITS: dict[str, Callable[..., object]] = {
    "reword": _reword,
    "move": _move,
    "insert": _insert,
    "withdraw": _take,
    "split": _split,
    "merge": _merge,
    "rename": _rename,
    "drop": _drop,
    "theme": _new_theme,
    "cell": _new_cell,
    "reorder": _reorder,
}


# Identifiers as an extraction without a baseline gives them: made of texts and names alone.


def identified(model: Model, inherited: Heritage | None = None) -> Model:
    """The model with such identifiers, or with the permanent ones that `inherited` has for them."""
    known = inherited or Heritage()
    out = model.model_dump(mode="json", by_alias=True)
    seen: Counter[str] = Counter()
    stages = {stage["id"]: slug(stage["name"]) for stage in out["stages"]}
    for stage in out["stages"]:
        stage["id"] = known.stages.get(stages[stage["id"]], stages[stage["id"]])
    for theme in out["themes"]:
        fresh = slug(theme["name"])
        theme["id"] = known.themes.get(fresh, fresh)
        for cell in theme["stages"]:
            cell["stage"] = known.stages.get(stages[cell["stage"]], stages[cell["stage"]])
    for items in item_lists(out):
        for item in items:
            fresh = _fresh_id(item["text"], seen)
            item["id"] = known.items.get(fresh, fresh)
    out["withdrawn"] = [gone.model_dump(mode="json") for gone in known.withdrawn]
    return Model.model_validate(out)


def _fresh_id(text: str, seen: Counter[str]) -> str:
    letters = re.sub(r"[\W_]+", "", text.casefold())
    id_ = base64.b32encode(hashlib.sha256(letters.encode()).digest())[:10].decode().lower()
    seen[id_] += 1
    return id_ if seen[id_] == 1 else f"{id_}-{seen[id_]}"
