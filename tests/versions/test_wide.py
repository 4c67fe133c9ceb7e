"""Versions of models that have what only some have: expected values are read off garden.json."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from breakthrough_extract import Model, diff
from breakthrough_extract.schema import schema_text
from breakthrough_extract.versions.changelog import changelog
from breakthrough_extract.versions.changes import Added, Role, Withdrawn, entries
from breakthrough_extract.versions.formats import FORMATS, render
from breakthrough_extract.versions.ids import heritage
from breakthrough_extract.versions.merge import merge
from breakthrough_extract.versions.outline import outline_text
from tests.support import paths

Json = dict[str, Any]
GARDEN: Json = json.loads((paths.CASES / "wide" / "garden.json").read_text(encoding="utf-8"))
SCHEMA = jsonschema.Draft202012Validator(json.loads(schema_text("changes")))
WATER, PATCH = ("themes", 0), ("themes", 0, "stages", 0)


def at(model: Json, *path: str | int) -> Any:
    found: Any = model
    for step in path:
        found = found[step]
    return found


def garden(edit: Callable[[Json], object] = lambda _: None) -> Model:
    values = copy.deepcopy(GARDEN)
    edit(values)
    return Model.model_validate(values)


def told(edit: Callable[[Json], object]) -> list[str]:
    """What is said of the versions before and after an edit: kind, role, old and new text."""
    out: list[str] = []
    for change in json.loads(diff(garden(), garden(edit)).to_json())["changes"]:
        old, new = change.get("old"), change.get("new")
        texts = " → ".join(f"{side['text']}" for side in (old, new) if side)
        role = (new or old)["role"] if (new or old) else "-"
        scope = f" ({change['scope']})" if "scope" in change else ""
        out.append(f"{change['kind']} {role}: {texts}{scope}")
    return out


def put(*path: Any) -> Callable[[Json], None]:
    """The edit that puts the last of `path` where the others lead."""
    *where, last, value = path

    def edit(model: Json) -> None:
        at(model, *where)[last] = value

    return edit


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            put(*WATER, "question", "Who waters, and how?"),
            "reworded question: Who waters, and when? → Who waters, and how?",
        ),
        (put(*WATER, "motto", None), "withdrawn motto: No drop is lost."),
        (put(*WATER, "group", "Roots"), "reworded group: Growing → Roots"),
        (
            put(*WATER, "description", 1, "Ditches are another matter."),
            "reworded description: Drains are another matter. → Ditches are another matter.",
        ),
        (
            put(*PATCH, "prose", 1, "In August hardly anybody does."),
            "reworded prose: In August nobody does. → In August hardly anybody does.",
        ),
        (put(*PATCH, "label", "With cans"), "reworded label: By hand → With cans"),
        (
            put(*PATCH, "indicators", 0, "items", 1, "text", "from the garden tap"),
            "reworded indicator: from the kitchen tap → from the garden tap",
        ),
        (
            put(*PATCH, "lists", 0, "items", 0, "text", "badly cracked soil"),
            "reworded list item: cracked soil → badly cracked soil",
        ),
        (put(*PATCH, "lists", 0, "name", "Symptoms"), "renamed list: Signs → Symptoms"),
        (
            put(*WATER, "lists", 0, "items", 0, "items", 0, "text", "with a tight lid"),
            "reworded list item: with a lid → with a tight lid",
        ),
        (
            put("stages", 0, "description", 0, "Somebody digs now and then."),
            "reworded description: Somebody digs when there is time. → Somebody digs now and then.",
        ),
        (
            put("stages", 0, "items", 0, "items", 0, "text", "and so is a rake"),
            "reworded stage item: so is a rake → and so is a rake",
        ),
    ],
)
def test_each_text_is_told_word_by_word(edit: Callable[[Json], None], expected: str) -> None:
    assert told(edit) == [expected]


def test_a_paragraph_that_is_new_is_added() -> None:
    def edit(model: Json) -> None:
        at(model, *PATCH, "prose").append("Rain helps.")

    assert told(edit) == ["added prose: Rain helps."]


def test_a_list_comes_with_its_items() -> None:
    item = {"id": "l-moss", "code": "WAT.PAT.LIST2.1", "text": "moss"}

    def edit(model: Json) -> None:
        at(model, *PATCH, "lists").append({"name": "Good signs", "items": [item]})

    (change,) = diff(garden(), garden(edit)).changes
    assert change.kind == "added"
    assert change.new.text == "Good signs"
    assert [entry.id for entry in change.contents] == ["l-moss"]


def test_an_item_may_leave_its_list_and_what_it_is_listed_under() -> None:
    def edit(model: Json) -> None:
        signs = at(model, *PATCH, "lists", 0, "items")
        inner = at(model, *PATCH, "indicators", 0, "items")
        at(model, *PATCH, "indicators").append({**inner.pop(), "code": "WAT.PAT.2"})
        at(model, *PATCH, "indicators").append({**signs.pop(), "code": "WAT.PAT.3"})

    assert told(edit) == [
        "moved indicator: from the kitchen tap → from the kitchen tap (item)",
        "moved indicator: cracked soil → cracked soil (list)",
    ]


def test_the_order_of_lists_is_told() -> None:
    assert told(lambda model: at(model, *WATER, "lists").reverse()) == [
        "reordered list: Measures → Measures"
    ]


def test_what_is_for_tools_is_told_in_one() -> None:
    assert told(put("stages", 0, "aliases", ["Level one"])) == ["details -: "]


def test_without_identifiers_the_texts_tell() -> None:
    """By text alone, as an extraction is compared with its baseline."""

    def renumbered(model: Json) -> None:
        for n, item in enumerate(_items(model)):
            item["id"] = f"x-{n}"

    old, new = garden(), garden(renumbered)
    heirs = heritage(new, old)
    assert {"x-1", "x-2"} <= heirs.items.keys()
    assert sorted(heirs.items.values()) == sorted(
        [*(item.id for item in old.iter_items()), "n-hose"]
    )
    assert heirs.withdrawn == ()


def _items(value: Any) -> list[Json]:
    """All items and notes of a model as JSON."""
    if isinstance(value, list):
        return [item for entry in value for item in _items(entry)]
    if not isinstance(value, dict):
        return []
    own = [value] if "text" in value and "id" in value else []
    return own + [item for entry in value.values() for item in _items(entry)]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "patch"])
def test_every_rendering_has_the_words(form: Any) -> None:
    def edit(model: Json) -> None:
        at(model, *WATER)["motto"] = "No bucket is lost."
        at(model, *PATCH, "prose")[0] = "Water comes when somebody is thirsty."

    old, new = garden(), garden(edit)
    text = render(form, old, new, diff(old, new))
    for word in ("drop", "bucket", "remembers", "thirsty"):
        assert word in text


def test_a_page_shows_what_did_not_change_too() -> None:
    old, new = garden(), garden(put(*WATER, "motto", "No drop is wasted."))
    text = render("html", old, new, diff(old, new))
    for wording in ("with a lid", "so is a rake", "A timer opens the valve.", "Measures"):
        assert wording in text


def test_the_history_of_a_paragraph_is_one_story() -> None:
    second = put(*PATCH, "prose", 1, "In August hardly anybody does.")
    third = put(*PATCH, "prose", 1, "In August hardly any neighbour does.")
    text = changelog([("1", garden()), ("2", garden(second)), ("3", garden(third))])
    assert text.count("### Prose, Patch: In August hardly any neighbour does.") == 1
    assert text.count("Reworded:") == 2


def test_the_outline_has_a_line_for_each_text() -> None:
    lines = outline_text(garden()).splitlines()
    for line in (
        "== Growing: Water",
        "> Who waters, and when?",
        "> No drop is lost.",
        "Drains are another matter.",
        "=== Water, Patch (By hand)",
        "Water comes when somebody remembers.",
        "  - from the kitchen tap",
        "==== Signs",
        "- cracked soil",
        "  - so is a rake",
    ):
        assert line in lines


# Merging.


def test_merging_a_version_with_itself_changes_nothing() -> None:
    assert merge(garden(), garden(), garden()).model == garden()


def test_what_each_side_changed_is_taken_over() -> None:
    def ours(model: Json) -> None:
        at(model, *WATER)["motto"] = "No bucket is lost."
        at(model, *PATCH, "prose")[0] = "Water comes when somebody is thirsty."
        at(model, *PATCH, "lists")[0]["items"][0]["text"] = "cracked earth"

    def theirs(model: Json) -> None:
        at(model, *WATER)["question"] = "Who waters?"
        at(model, "stages", 0)["description"] = ["Somebody digs."]
        new = {"id": "i-well", "code": "WAT.PAT.1.3", "text": "from the well"}
        at(model, *PATCH, "indicators", 0, "items").append(new)

    def both(model: Json) -> None:
        ours(model)
        theirs(model)

    merged = merge(garden(), garden(ours), garden(theirs))
    assert merged.conflicts == ()
    assert merged.model == garden(both)


def test_what_both_sides_changed_is_for_a_person() -> None:
    merged = merge(
        garden(),
        garden(put(*PATCH, "prose", ["Ours."])),
        garden(put(*PATCH, "prose", ["Theirs.", "And more."])),
    )
    (conflict,) = merged.conflicts
    assert conflict.ours == "Ours."
    assert conflict.theirs == "Theirs.\n\nAnd more."
    assert merged.model.themes[0].stages[0].prose == ("Ours.",)


def test_an_item_that_one_side_took_out_stays_if_the_other_listed_something_under_it() -> None:
    def ours(model: Json) -> None:
        at(model, *PATCH)["indicators"] = []

    def theirs(model: Json) -> None:
        new = {"id": "i-well", "code": "WAT.PAT.1.3", "text": "from the well"}
        at(model, *PATCH, "indicators", 0, "items").append(new)

    merged = merge(garden(), garden(ours), garden(theirs))
    (item,) = merged.model.themes[0].stages[0].indicators
    assert item.id == "i-can"
    assert [inner.id for inner in item.items] == ["i-well"]
    assert [conflict.what for conflict in merged.conflicts] == ["the text of i-can"]


def test_two_items_that_were_put_under_each_other_are_both_kept() -> None:
    inner = (*PATCH, "indicators", 0, "items")

    def under(above: int) -> Callable[[Json], None]:
        def edit(model: Json) -> None:
            items = at(model, *inner)
            other = items.pop(1 - above)
            items[0]["items"] = [{**other, "code": "C"}]

        return edit

    merged = merge(garden(), garden(under(0)), garden(under(1)))
    assert {item.id for item in merged.model.iter_items()} == {
        item.id for item in garden().iter_items()
    }
    assert merged.conflicts


# Whatever two versions.


@st.composite
def edited(draw: st.DrawFn) -> Model:
    """The garden after some edits: anything taken out, reworded, doubled under a new id, moved."""
    values = copy.deepcopy(GARDEN)
    for _ in range(draw(st.integers(0, 5))):
        EDITS[draw(st.sampled_from(sorted(EDITS)))](draw, values)
    return Model.model_validate(values)


def _lists(value: Any, key: str = "") -> list[tuple[str, list[Any]]]:
    found = [(key, value)] if isinstance(value, list) and key not in KEPT else []
    inner = value.items() if isinstance(value, dict) else [("", one) for one in value]
    return found + [
        entry for name, one in inner if isinstance(one, dict | list) for entry in _lists(one, name)
    ]


KEPT = ("stages", "allows", "aliases", "")


def _withdraw(draw: st.DrawFn, model: Json) -> None:
    lists = [entry for _, entry in _lists(model) if entry]
    if lists:
        chosen = draw(st.sampled_from(lists))
        chosen.pop(draw(st.integers(0, len(chosen) - 1)))


def _reword(draw: st.DrawFn, model: Json) -> None:
    text = draw(st.sampled_from(("no water at all", "a rake", "somebody remembers", "soil")))
    lists = [(key, entry) for key, entry in _lists(model) if entry]
    if lists:
        key, chosen = draw(st.sampled_from(lists))
        n = draw(st.integers(0, len(chosen) - 1))
        if key in ("description", "prose"):
            chosen[n] = text
        elif key == "lists":
            chosen[n]["name"] = text
        elif key in ("indicators", "items", "points"):
            chosen[n]["text"] = text


def _single(draw: st.DrawFn, model: Json) -> None:
    if model["themes"]:
        theme = draw(st.sampled_from(model["themes"]))
        field = draw(st.sampled_from(("question", "motto", "group", "complaint")))
        theme[field] = draw(st.none() | st.sampled_from(("Why?", "Because.")))


def _move(draw: st.DrawFn, model: Json) -> None:
    lists = [entry for key, entry in _lists(model) if key in ("indicators", "items")]
    full = [entry for entry in lists if entry]
    if full:
        source, target = draw(st.sampled_from(full)), draw(st.sampled_from(lists))
        item = source.pop()
        if not any(entry is target for _, entry in _lists(item)):
            target.insert(0, item)


EDITS = {"withdraw": _withdraw, "reword": _reword, "single": _single, "move": _move}


@given(edited(), edited())
def test_there_is_no_change_if_and_only_if_the_models_are_equal(old: Model, new: Model) -> None:
    assert bool(diff(old, new)) == (old.to_json() != new.to_json())
    assert not diff(old, old)


@settings(max_examples=25)
@given(edited(), edited())
def test_changes_fit_their_schema(old: Model, new: Model) -> None:
    SCHEMA.validate(json.loads(diff(old, new).to_json()))


@given(edited(), edited())
def test_nothing_is_told_twice(old: Model, new: Model) -> None:
    """A thing may be both renamed and reordered; each text is in one change of each side."""
    for side in (0, 1):
        told: list[str] = []
        for change in diff(old, new).changes:
            told += [entry.path for entry in entries(change)[side] if entry.role not in FAMILIES]
            if isinstance(change, Added | Withdrawn) and entries(change)[side]:
                told += [entry.path for entry in change.contents]
        assert len(told) == len(set(told))


FAMILIES = (Role.THEME, Role.STAGE, Role.LIST)


@settings(max_examples=40)
@given(edited(), edited())
def test_every_page_can_be_made(old: Model, new: Model) -> None:
    changes = diff(old, new)
    for form in FORMATS:
        assert render(form, old, new, changes)


@given(edited())
def test_merging_what_one_side_alone_changed_gives_that_side(new: Model) -> None:
    base = garden()
    assume(shares_enough(new))
    assert _plain(merge(base, base, new).model) == _plain(new)
    assert _plain(merge(base, new, base).model) == _plain(new)


@given(edited(), edited())
def test_what_both_sides_keep_is_kept(ours: Model, theirs: Model) -> None:
    assume(shares_enough(ours) and shares_enough(theirs))
    made = merge(garden(), ours, theirs).model
    ids = [{item.id for item in model.iter_items()} for model in (ours, theirs, made)]
    assert ids[0] & ids[1] <= ids[2]


def shares_enough(model: Model) -> bool:
    """Whether it has so many of the garden's identifiers that it is merged at all."""
    ids = {item.id for item in garden().iter_items()}
    return 2 * len(ids & {item.id for item in model.iter_items()}) >= len(ids)


def _plain(model: Model) -> Any:
    """The model without codes, which say places and are made anew."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items() if key not in ("code", "position")}
        return [bare(one) for one in value] if isinstance(value, list) else value

    return bare(model.model_dump(mode="json"))
