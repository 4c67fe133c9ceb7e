"""What changes mean for tools, and for the version number."""

from __future__ import annotations

import pytest

from breakthrough_extract import Model, diff
from breakthrough_extract.versions.changes import Bump
from breakthrough_extract.versions.severity import VersionError, next_version
from tests.support import paths
from tests.support.outlines import outline

OLD = (paths.CASES / "diff" / "reordered" / "old.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "severity", "bump"),
    [
        ("a-2 nobody prunes", "a-2 no one prunes", "editorial", "patch"),
        ("# b Bees", "# b Beehives", "editorial", "patch"),
        ("# b Bees", "# bees Bees", "breaking", "major"),
        ("title:", "title:", None, "none"),
        ("## one: Bees are feared", "## one: Bees sting", "editorial", "patch"),
        ("- a-3 wasps are everywhere\n", "", "breaking", "major"),
        ("- a-3 wasps", "- a-9 wasps", "breaking", "major"),
        ("- a-3 wasps", "- a-9 a new thing\n- a-3 wasps", "compatible", "minor"),
        ("stage: two Two", "stage: two Second", "editorial", "patch"),
        ("# c Cider", "# c Cider\n> It is sour.", "compatible", "minor"),
    ],
)
def test_what_each_change_means(old: str, new: str, severity: str | None, bump: str) -> None:
    found = diff(outline("title: Farm\n" + OLD), outline(f"title: Farm\n{OLD}".replace(old, new)))
    assert found.severity == severity
    assert found.bump == bump


@pytest.mark.parametrize(
    ("update", "severity"),
    [
        ({"title": "Orchard"}, "editorial"),
        ({"schema_version": "1.2.0"}, "compatible"),
        ({"schema_version": "2.0.0"}, "breaking"),
        ({"id": "orchard"}, "breaking"),
    ],
)
def test_what_a_change_of_the_model_itself_means(update: dict[str, str], severity: str) -> None:
    model: Model = outline(OLD)
    assert diff(model, model.model_copy(update=update)).severity == severity


def test_a_stage_that_is_gone_is_breaking_though_nothing_stood_in_it() -> None:
    model = outline("stage: one One\nstage: two Two\n# a Apples\n## one: Apples fall\n- a-1 a text")
    fewer = model.model_copy(update={"stages": model.stages[:1]})
    (change,) = diff(model, fewer).changes
    assert (change.kind, change.severity) == ("withdrawn", "breaking")


def test_the_most_severe_change_decides() -> None:
    new = OLD.replace("a-2 nobody", "a-2 no one").replace("- a-3 wasps are everywhere\n", "")
    assert diff(outline(OLD), outline(new)).bump == "major"


@pytest.mark.parametrize(
    ("bump", "version"),
    [(Bump.MAJOR, "2.0.0"), (Bump.MINOR, "1.5.0"), (Bump.PATCH, "1.4.10"), (Bump.NONE, "1.4.9")],
)
def test_the_next_version(bump: Bump, version: str) -> None:
    assert next_version("1.4.9", bump) == version


@pytest.mark.parametrize("wrong", ["1.4", "v1.4.0", "1.4.0-rc1", "", "1.٤.0"])
def test_what_is_no_version_number_is_refused(wrong: str) -> None:
    with pytest.raises(VersionError, match="three numbers"):
        next_version(wrong, Bump.PATCH)
