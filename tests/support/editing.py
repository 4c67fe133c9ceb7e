"""Random edits of a model, for properties that hold of any two versions."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from breakthrough_extract import Model
from tests.support import paths
from tests.support.history import item_lists
from tests.support.outlines import LIST, coded, read_outline

Json = dict[str, Any]
BASE = read_outline(paths.CASES / "diff" / "every-kind" / "old.txt")
WORDS = ("the", "books", "of", "staff", "readers", "-", "–", "'never'", "Always", "a", "counted")

numbers = st.integers(min_value=0, max_value=10_000)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """A model that some edits away from BASE; it may have lost or doubled anything."""
    model = BASE.model_dump(mode="json", by_alias=True)
    for _ in range(draw(st.integers(min_value=0, max_value=8))):
        name = draw(st.sampled_from(sorted(EDITS)))
        EDITS[name](model, draw(numbers), draw(numbers), draw(words))
    return Model.model_validate(coded(model) if draw(st.booleans()) else model)


def _pick(found: list[Any], number: int) -> Any:
    return found[number % len(found)] if found else None


def _items(model: Json) -> list[tuple[list[Json], Json]]:
    return [(items, item) for items in item_lists(model) for item in items]


def _reword(model: Json, one: int, other: int, text: str) -> None:
    found = _pick(_items(model), one)
    if found:
        rest = found[1]["text"].split(" ")
        at = other % len(rest)
        found[1]["text"] = " ".join([*rest[:at], text, *rest[at + other % 4 :]])


def _move(model: Json, one: int, other: int, _: str) -> None:
    found = _pick(_items(model), one)
    if found:
        found[0].remove(found[1])
        target = _pick(_lists(model, notes="code" not in found[1]), other)
        target.insert(other % (len(target) + 1), found[1])


def _insert(model: Json, one: int, other: int, text: str) -> None:
    target = _pick(_lists(model, notes=False), one)
    if target is not None:
        item = {"id": f"new-{other}", "code": f"NEW.{other % 5}", "text": text}
        target.insert(other % (len(target) + 1), item)


def _lists(model: Json, notes: bool) -> list[list[Json]]:
    """The lists of notes, or of indicators and points."""
    cells = [cell for theme in model["themes"] for cell in theme["stages"]]
    if notes:
        return [cell["notes"] for cell in cells]
    lists = [theme[LIST]["points"] for theme in model["themes"] if theme[LIST]]
    return [cell["indicators"] for cell in cells] + lists


def _withdraw(model: Json, one: int, *_: object) -> None:
    found = _pick(_items(model), one)
    if found:
        found[0].remove(found[1])


def _reidentify(model: Json, one: int, other: int, _: str) -> None:
    found = _pick(_items(model), one)
    if found:
        found[1]["id"] = f"other-{other % 3}"


def _theme(model: Json, one: int, other: int, text: str) -> None:
    theme = _pick(model["themes"], one)
    if theme:
        theme.update(
            [{"name": text}, {"complaint": None}, {"complaint": text}, {LIST: None}][other % 4]
        )


def _drop_theme(model: Json, one: int, *_: object) -> None:
    theme = _pick(model["themes"], one)
    if theme:
        model["themes"].remove(theme)


def _turn_themes(model: Json, *_: object) -> None:
    model["themes"].reverse()


def _drop_cell(model: Json, one: int, other: int, _: str) -> None:
    theme = _pick(model["themes"], one)
    if theme and theme["stages"]:
        theme["stages"].pop(other % len(theme["stages"]))


def _headline(model: Json, one: int, other: int, text: str) -> None:
    theme = _pick(model["themes"], one)
    cell = theme and _pick(theme["stages"], other)
    if cell:
        cell["headline"] = text if other % 3 else None


def _stage(model: Json, one: int, other: int, text: str) -> None:
    stage = _pick(model["stages"], one)
    if stage:
        stage.update(
            [{"name": text}, {"position": other + 1}, {"id": f"stage-{other % 2}"}][other % 3]
        )


def _drop_stage(model: Json, one: int, *_: object) -> None:
    if model["stages"]:
        model["stages"].pop(one % len(model["stages"]))


def _own(model: Json, one: int, _: int, text: str) -> None:
    key, value = _pick([("title", text), ("id", "other"), ("draft", True)], one)
    model[key] = value


def _gone(model: Json, one: int, other: int, text: str) -> None:
    heirs = [f"new-{other}", f"other-{other % 3}"][: other % 3]
    known = _pick(_items(BASE.model_dump(mode="json", by_alias=True)), one)
    gone = {"id": known[1]["id"], "text": text, "replaced_by": heirs}
    model.setdefault("withdrawn", []).append(gone)


EDITS: dict[str, Any] = {
    "reword": _reword,
    "move": _move,
    "insert": _insert,
    "withdraw": _withdraw,
    "reidentify": _reidentify,
    "theme": _theme,
    "drop theme": _drop_theme,
    "turn themes": _turn_themes,
    "drop cell": _drop_cell,
    "headline": _headline,
    "stage": _stage,
    "drop stage": _drop_stage,
    "own": _own,
    "gone": _gone,
}
