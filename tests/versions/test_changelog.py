"""The history of a model in prose."""

from __future__ import annotations

from breakthrough_extract.versions.changelog import changelog
from tests.support import paths
from tests.support.outlines import read_outline

CASE = paths.CASES / "changelog"


def test_each_item_has_its_history_told() -> None:
    versions = [(name, read_outline(CASE / f"{name}.txt")) for name in ("one", "two", "three")]
    assert changelog(versions) == (CASE / "expected.md").read_text(encoding="utf-8")


def test_where_nothing_changed_it_says_so() -> None:
    model = read_outline(CASE / "one.txt")
    told = changelog([("v1", model), ("v2", model)])
    assert told == "# A bakery: from v1 to v2\n\nNothing changed.\n"


def test_what_concerns_the_model_as_a_whole_comes_first() -> None:
    model = read_outline(CASE / "one.txt")
    told = changelog([("v1", model), ("v2", model.model_copy(update={"title": "A_mill"}))])
    assert told.splitlines()[2] == "- **v2**: The title “A bakery” became “A\\_mill”."
