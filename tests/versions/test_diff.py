"""What a diff finds: cases read by eye, one change a line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from breakthrough_extract import Extraction, Model, diff
from tests.support import paths
from tests.support.history import identified, item_lists
from tests.support.outlines import lines, outline, read_outline, renamed

CASES = sorted(path for path in (paths.CASES / "diff").iterdir() if path.is_dir())
BY_NAME = pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))


def read(case: Path) -> tuple[Model, Model, list[str]]:
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    return read_outline(case / "old.txt"), read_outline(case / "new.txt"), sorted(expected)


@BY_NAME
def test_the_changes_are_those_that_a_reader_names(case: Path) -> None:
    old, new, expected = read(case)
    assert sorted(lines(diff(old, new))) == expected


@BY_NAME
def test_they_are_the_same_where_no_identifier_helps(case: Path) -> None:
    """Extracted without a baseline: identifiers are made of texts, names say which theme."""
    old, new, expected = read(case)
    if any(line.startswith("reidentified") for line in expected):
        expected = [line for line in expected if not line.startswith("reidentified")]
    found = diff(identified(old), identified(new))
    assert sorted(lines(renamed(found, old, new))) == expected


def test_cells_of_a_stage_that_the_model_does_not_have_are_compared_all_the_same() -> None:
    old = read_outline(paths.CASES / "diff" / "fifteen" / "old.txt")
    old = old.model_copy(update={"stages": old.stages[:2]})
    text = old.to_json()
    new = Model.model_validate_json(text.replace("expire within a day", "expire within an hour"))
    assert lines(diff(old, new)) == ["reworded c-07"]


def test_what_only_tools_read_is_told_where_nothing_else_changed() -> None:
    old = read_outline(paths.CASES / "diff" / "fifteen" / "old.txt")
    new = Model.model_validate_json(old.to_json().replace('"THR.MEA.1"', '"T.1"'))
    assert lines(diff(old, new)) == ["details themes[0].stages[2].indicators[0].code"]


def test_a_declared_split_needs_no_likeness() -> None:
    """The new version records by what an identifier was replaced; the texts share no word."""
    head = "stage: one One\n# a Apples\n## one: Apples fall\n"
    old = outline(f"{head}- a-1 windfall rots\n- a-2 nobody prunes the trees")
    new = outline(
        f"{head}- a-3 children gather fruit\n- a-4 pigs eat leftovers\n"
        "- a-2 nobody prunes the trees\n~ a-1 by a-3, a-4"
    )
    assert lines(diff(old, new)) == ["split a-1 → a-3 + a-4"]
    assert lines(diff(new, old)) == ["merged a-3 + a-4 → a-1"]


@pytest.mark.parametrize("draw", range(20))
def test_different_items_of_a_real_model_are_not_taken_for_one(draw: int, seed: Extraction) -> None:
    """The seed without five of its items, and without five others, which share its boilerplate."""
    ids = [item.id for item in seed.model.iter_items()]
    chosen = random.Random(draw).sample(ids, 10)
    old, new = without(seed.model, chosen[:5]), without(seed.model, chosen[5:])
    found = diff(identified(old), identified(new))
    kinds = sorted(change.kind for change in found.changes)
    assert kinds == ["added"] * 5 + ["withdrawn"] * 5


def without(model: Model, ids: list[str]) -> Model:
    values = model.model_dump(mode="json", by_alias=True)
    for items in item_lists(values):
        items[:] = [item for item in items if item["id"] not in ids]
    return Model.model_validate(values)


def with_prose(old: str, new: str) -> tuple[Model, Model]:
    """Two versions of a case, with prose in the first cell."""
    folder = paths.CASES / "diff" / "fifteen"
    models = []
    for name, text in (("old.txt", old), ("new.txt", new)):
        plain = read_outline(folder / name).model_dump(mode="json", by_alias=True)
        plain["themes"][0]["stages"][0]["prose"] = [text]
        models.append(Model.model_validate(plain))
    return models[0], models[1]


def test_prose_that_changed_is_told_word_by_word() -> None:
    found = diff(*with_prose("It is open.", "It is shut.")).changes
    (prose,) = (c for c in found if c.kind == "reworded" and c.new.role == "prose")
    assert prose.new.path == "themes[0].stages[0].prose[0]"
    assert [(hunk.old, hunk.new) for hunk in prose.hunks if not hunk.same] == [("open", "shut")]
    assert len(found) == 16
    assert len(diff(*with_prose("It is open.", "It is open.")).changes) == 15
