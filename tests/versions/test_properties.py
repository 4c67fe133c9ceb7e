"""What holds of any two versions, however they came about."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import jsonpatch
import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from breakthrough_extract import Changes, Model, diff
from breakthrough_extract.schema import schema_text
from breakthrough_extract.versions.likeness import Wordings
from breakthrough_extract.versions.order import shifted
from breakthrough_extract.versions.pairing import best_pairs
from breakthrough_extract.versions.patch import patch
from breakthrough_extract.versions.words import hunks
from tests.support.editing import models, words

SCHEMA = jsonschema.Draft202012Validator(json.loads(schema_text("changes")))
OPPOSITES = {"added": "withdrawn", "split": "merged", "withdrawn": "added", "merged": "split"}


def mirrored(value: Any) -> Any:
    """Changes as JSON, with old and new exchanged; severities left out."""
    if isinstance(value, list):
        return [mirrored(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    names = {"old": "new", "new": "old", "old_path": "new_path", "new_path": "old_path"}
    out = {names.get(key, key): mirrored(entry) for key, entry in value.items()}
    if "kind" in out:
        out["kind"] = OPPOSITES.get(out["kind"], out["kind"])
    return {key: entry for key, entry in out.items() if key not in ("severity", "bump")}


def as_set(changes: list[Any]) -> list[str]:
    return sorted(json.dumps(change, sort_keys=True) for change in changes)


@given(models(), models())
def test_the_mirrored_diff_is_the_diff_of_the_mirrored(old: Model, new: Model) -> None:
    there = json.loads(diff(old, new).to_json())["changes"]
    back = json.loads(diff(new, old).to_json())["changes"]
    assert as_set(mirrored(there)) == as_set(mirrored(mirrored(back)))


@given(models(), models())
def test_there_is_no_change_if_and_only_if_the_models_are_equal(old: Model, new: Model) -> None:
    assert not diff(old, old).changes
    assert bool(diff(old, new)) == (old.to_json() != new.to_json())


@given(models(), models())
def test_a_patch_makes_the_new_file_of_the_old_one(old: Model, new: Model) -> None:
    document = json.loads(old.to_json())
    made = jsonpatch.apply_patch(document, json.loads(json.dumps(patch(old, new))))
    assert made == json.loads(new.to_json())


@settings(max_examples=25)  # the validator takes its time
@given(models(), models())
def test_changes_fit_their_schema_and_are_read_back_equal(old: Model, new: Model) -> None:
    changes = diff(old, new)
    SCHEMA.validate(json.loads(changes.to_json()))
    assert Changes.model_validate_json(changes.to_json()) == changes


@given(models(), models())
def test_what_is_told_of_an_id_is_told_once(old: Model, new: Model) -> None:
    """An item is in one change of each side, and one that is in none is the same in both."""
    for side in ("old", "new"):
        told = [
            entry.path
            for change in diff(old, new).changes
            for entry in _entries(getattr(change, side, None))
            if entry.role in ("indicator", "point", "note")
        ]
        assert sorted(told) == sorted(set(told))


def _entries(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return list(value)
    return [value] if hasattr(value, "role") else []


@given(words, words)
def test_hunks_hold_both_texts_and_take_turns(old: str, new: str) -> None:
    found = hunks(old, new)
    assert "".join(hunk.old for hunk in found) == (old if old != new else "")
    assert "".join(hunk.new for hunk in found) == (new if old != new else "")
    assert all(one.same != other.same for one, other in pairwise(found))
    assert [(hunk.new, hunk.old) for hunk in hunks(new, old)] == [(h.old, h.new) for h in found]


small = st.integers(min_value=0, max_value=4)
gains = st.dictionaries(st.tuples(small, small), st.sampled_from((0.1, 0.25, 0.5, 0.7, -1.0)))


@given(gains)
def test_no_pairs_are_better_than_the_best_pairs(table: dict[tuple[int, int], float]) -> None:
    pairs = best_pairs(table)
    assert len({row for row, _ in pairs}) == len(pairs) == len({column for _, column in pairs})
    assert abs(sum(table[pair] for pair in pairs) - best_total(table)) < 1e-9


def best_total(table: dict[tuple[int, int], float], row: int = 0) -> float:
    """By trying all."""
    if row > 4:
        return 0.0
    alone = best_total(table, row + 1)
    taken = [
        gain + best_total({key: g for key, g in table.items() if key[1] != column}, row + 1)
        for (other, column), gain in table.items()
        if other == row
    ]
    return max(alone, *taken) if taken else alone


@given(st.permutations(range(7)))
def test_the_fewest_entries_leave_their_order(order: list[int]) -> None:
    left = shifted(enumerate(order))
    staying = [new for pair in enumerate(order) if pair not in left for new in pair[1:]]
    assert staying == sorted(staying)
    longest = max(
        len(kept)
        for mask in range(2**7)
        if (kept := [new for n, new in enumerate(order) if mask >> n & 1]) == sorted(kept)
    )
    assert len(staying) == longest


texts = st.lists(words, max_size=12)
share = st.sampled_from((0.3, 0.55, 0.9))


@given(texts, texts, share)
def test_no_pair_of_like_texts_is_overlooked(old: list[str], new: list[str], least: float) -> None:
    wordings = Wordings(old, new)
    found = {(m, n) for m, n, _ in wordings.alike(old, new, least)}
    assert found == {
        (m, n)
        for m, one in enumerate(old)
        for n, other in enumerate(new)
        if wordings.likeness(one, other) >= least
    }


@given(texts, texts, share)
def test_no_part_of_a_text_is_overlooked(parts: list[str], wholes: list[str], least: float) -> None:
    wordings = Wordings(parts, wholes)
    assert set(wordings.holding(parts, wholes, least)) == {
        (m, n)
        for m, part in enumerate(parts)
        for n, whole in enumerate(wholes)
        if wordings.held(part, whole) >= least
    }
