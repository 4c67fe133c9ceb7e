"""Permanent identifiers, through the whole history of a model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from breakthrough_extract import Model, ModelError, validate
from breakthrough_extract.versions.ids import heritage
from tests.support import paths
from tests.support.history import identified, versions


@pytest.fixture(scope="module")
def history() -> list[tuple[Model, Model]]:
    """Each version as its editors name things, and as it was published on the one before."""
    out: list[tuple[Model, Model]] = []
    for named in versions(paths.CASES / "history"):
        fresh = identified(named)
        inherited = heritage(fresh, out[-1][1]) if out else None
        out.append((named, identified(named, inherited)))
    return out


def ids(model: Model) -> Iterator[str]:
    for stage in model.stages:
        yield stage.id
    for theme in model.themes:
        yield theme.id
        for cell in theme.stages:
            yield from (note.id for note in cell.notes)
    yield from (item.id for item in model.iter_items())


def test_there_are_ten_versions(history: list[tuple[Model, Model]]) -> None:
    assert len(history) == 10


def test_what_a_person_calls_the_same_keeps_its_id_and_no_id_names_two_things(
    history: list[tuple[Model, Model]],
) -> None:
    pairs = {
        (name, id_)
        for named, published in history
        for name, id_ in zip(ids(named), ids(published), strict=True)
    }
    names = [name for name, _ in pairs]
    permanent = [id_ for _, id_ in pairs]
    assert sorted(names) == sorted(set(names))
    assert sorted(permanent) == sorted(set(permanent))
    assert len(names) > 50


def test_what_is_gone_is_recorded_once_and_for_good(history: list[tuple[Model, Model]]) -> None:
    ever: set[str] = set()
    for _, published in history:
        now = set(ids(published))
        gone = [entry.id for entry in published.withdrawn]
        ever |= now
        assert set(gone) == ever - now
        assert len(gone) == len(set(gone))
        assert [finding for finding in validate(published) if "id" in finding.code] == []
    for (_, one), (_, next_) in pairwise(history):
        assert next_.withdrawn[: len(one.withdrawn)] == one.withdrawn


def test_splits_and_merges_say_what_stands_for_the_old(history: list[tuple[Model, Model]]) -> None:
    permanent = {
        name: id_
        for named, published in history
        for name, id_ in zip(ids(named), ids(published), strict=True)
    }
    heirs = {entry.id: set(entry.replaced_by) for entry in history[-1][1].withdrawn}
    told = {
        "i-16": {"i-32", "i-33"},
        "i-03": {"i-34", "i-35"},
        "p-01": {"p-06"},
        "p-02": {"p-06"},
        "i-36": {"i-41"},
        "i-37": {"i-41"},
        "i-04": set(),
        "i-17": set(),
        "building": set(),
    }
    for name, successors in told.items():
        assert heirs[permanent[name]] == {permanent[other] for other in successors}, name


def test_codes_follow_the_place(history: list[tuple[Model, Model]]) -> None:
    before = {item.id: item.code for item in history[2][1].iter_items()}
    after = {item.id: item.code for item in history[3][1].iter_items()}
    names = {n.id: p.id for n, p in zip(*(m.iter_items() for m in history[3]), strict=True)}
    assert before[names["i-19"]] == "MON.QUI.3"
    assert after[names["i-19"]] == "STA.QUI.2"


def test_a_baseline_of_another_model_is_refused() -> None:
    first = next(versions(paths.CASES / "history"))
    with pytest.raises(ModelError, match=r"other.*case.*earlier version"):
        heritage(first, first.model_copy(update={"id": "other"}))


def test_a_version_on_itself_changes_nothing() -> None:
    fresh = identified(next(versions(paths.CASES / "history")))
    assert identified(fresh, heritage(fresh, fresh)) == fresh


def test_a_draft_is_no_baseline() -> None:
    first = next(versions(paths.CASES / "history"))
    with pytest.raises(ModelError, match="draft"):
        heritage(first, first.model_copy(update={"draft": True}))
