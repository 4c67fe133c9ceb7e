"""Models as people can read them in a case, and changes in a line each.

    title: The title
    stage: id Name

    # id Theme's name
    > its complaint
    ## stage-id: headline of the cell
    - item-id text of an indicator or point
    * note-id text of a note

The list of a theme is the slot `breakthrough_points`. Codes are made of the first three
letters of the theme's id, of the slot's id, and the place. A line `~ id by other, other`
records a withdrawn identifier.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from breakthrough_extract import Model
from breakthrough_extract.versions.changes import Change, Changes, Entry, entries

LIST = "breakthrough_points"


def read_outline(path: Path) -> Model:
    return outline(path.read_text(encoding="utf-8"))


def outline(text: str) -> Model:
    """The model that such a text stands for."""
    model: dict[str, Any] = {"id": "case", "title": "Case", "stages": [], "themes": []}
    for line in filter(None, map(str.strip, text.splitlines())):
        mark, _, rest = line.partition(" ")
        READERS[mark](model, rest)
    return Model.model_validate(coded(model))


def _title(model: dict[str, Any], rest: str) -> None:
    model["title"] = rest


def _stage(model: dict[str, Any], rest: str) -> None:
    id_, _, name = rest.partition(" ")
    model["stages"].append({"id": id_, "name": name, "position": len(model["stages"]) + 1})


def _theme(model: dict[str, Any], rest: str) -> None:
    id_, _, name = rest.partition(" ")
    theme: dict[str, Any] = {"id": id_, "name": name, "complaint": None, "stages": [], LIST: None}
    model["themes"].append(theme)


def _complaint(model: dict[str, Any], rest: str) -> None:
    model["themes"][-1]["complaint"] = rest


def _cell(model: dict[str, Any], rest: str) -> None:
    slot, _, headline = rest.partition(":")
    theme = model["themes"][-1]
    if slot == LIST:
        theme[LIST] = {"headline": headline.strip() or None, "points": []}
        return
    names = {stage["id"]: stage["name"] for stage in model["stages"]}
    theme["stages"].append(
        {
            "stage": slot,
            "name": names[slot],
            "headline": headline.strip() or None,
            "indicators": [],
            "notes": [],
        }
    )


def _item(model: dict[str, Any], rest: str) -> None:
    id_, _, text = rest.partition(" ")
    theme = model["themes"][-1]
    items = theme[LIST]["points"] if theme[LIST] else theme["stages"][-1]["indicators"]
    items.append({"id": id_, "code": "", "text": text})


def _note(model: dict[str, Any], rest: str) -> None:
    id_, _, text = rest.partition(" ")
    model["themes"][-1]["stages"][-1]["notes"].append({"id": id_, "text": text})


def _withdrawn(model: dict[str, Any], rest: str) -> None:
    id_, _, heirs = rest.partition(" by ")
    gone = {"id": id_, "text": id_, "replaced_by": heirs.split(", ") if heirs else []}
    model.setdefault("withdrawn", []).append(gone)


READERS = {
    "title:": _title,
    "stage:": _stage,
    "#": _theme,
    ">": _complaint,
    "##": _cell,
    "-": _item,
    "*": _note,
    "~": _withdrawn,
}


def coded(model: dict[str, Any]) -> dict[str, Any]:
    """The model with the codes that the places of its items ask for."""
    for theme in model["themes"]:
        _code(theme)
    return model


def _code(theme: dict[str, Any]) -> None:
    lists = {cell["stage"]: cell["indicators"] for cell in theme["stages"]}
    if theme[LIST]:
        lists[LIST] = theme[LIST]["points"]
    for slot, items in lists.items():
        for n, item in enumerate(items, 1):
            item["code"] = f"{theme['id'][:3]}.{slot[:3]}.{n}".upper()


def renamed(changes: Changes, old: Model, new: Model) -> Changes:
    """The changes of two models in terms of the identifiers that two others have instead."""
    found = changes.model_dump()
    for change in found["changes"]:
        for side, model in (("old", old), ("new", new)):
            told = change.get(side) or ()
            told = [told] if isinstance(told, dict) else told if isinstance(told, tuple) else ()
            for entry in (*told, *(change.get("contents", ()) if told else ())):
                _rename(entry, model.model_dump())
    return Changes.model_validate(found)


def _rename(entry: dict[str, Any], value: Any) -> None:
    """Give an entry, and the theme and stage that it stands in, the ids on the way to its path."""
    for step in re.findall(r"\w+", entry["path"]):
        value = value[int(step) if step.isdigit() else step]
        if isinstance(value, dict) and "complaint" in value:
            entry["theme"]["id"] = value["id"]
        elif isinstance(value, dict) and entry["stage"]:
            entry["stage"]["id"] = value.get("stage", entry["stage"]["id"])
    if entry["id"]:
        entry["id"] = value["id"]


# Changes in a line each: kind, what it is about, and where from and to if it moved.


def lines(changes: Changes) -> list[str]:
    return [line(change) for change in changes.changes]


def line(change: Change) -> str:
    old, new = entries(change)
    if change.kind == "described":
        return f"described {change.field}"
    if change.kind == "details":
        return f"details {', '.join(value.new_path for value in change.values)}"
    words = [change.kind, " + ".join(map(_name, old)), "→", " + ".join(map(_name, new))]
    if change.kind in ("added", "withdrawn", "reworded", "typography", "renamed"):
        words = [change.kind, _name((new or old)[0])]
    if change.kind in ("added", "withdrawn") and change.contents:
        words.append(f"with {' '.join(map(_name, change.contents))}")
    if change.kind in ("moved", "moved-reworded"):
        words = [f"{change.kind} {_name(old[0])}: {_place(old[0])} → {_place(new[0])}"]
    if change.kind == "reordered":
        words = [f"reordered {_name(old[0])}: {old[0].position} → {new[0].position}"]
    return " ".join(words)


def _name(entry: Entry) -> str:
    if entry.role in ("complaint", "headline", "cell"):
        places = [place.id for place in (entry.theme, entry.stage) if place]
        return f"{entry.role}:{'/'.join(places)}"
    return entry.id or entry.text


def _place(entry: Entry) -> str:
    assert entry.theme
    assert entry.stage
    return f"{entry.theme.id}/{entry.stage.id}/{entry.position}"
