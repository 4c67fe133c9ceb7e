"""Discovery: what it proposes, what it says for that, and what it refuses."""

from __future__ import annotations

import tomllib

import jsonschema
import pytest

from breakthrough_extract import ReadError
from breakthrough_extract.discover import NoModelError, discover
from breakthrough_extract.discover.labels import marks, rows
from breakthrough_extract.discover.scales import scales
from breakthrough_extract.profile import read_profile
from breakthrough_extract.readers import read
from breakthrough_extract.schema import schema_text
from tests.support import paths
from tests.support.extracting import read_document

REFUSED = sorted((paths.CASES / "discover" / "refused").iterdir())
FAMILIES = paths.CASES / "families"


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_is_no_staged_model_is_refused(path: object) -> None:
    assert isinstance(path, type(paths.ROOT))
    with pytest.raises(NoModelError, match=rf"{path.name}: this is no staged model"):
        discover([read(path)])


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_the_texts_of_this_project_are_refused(name: str) -> None:
    with pytest.raises(NoModelError):
        discover([read(paths.ROOT / name)])


def test_an_empty_text_has_nothing_to_discover() -> None:
    with pytest.raises(ReadError):
        discover([read_document("")])


def test_the_proposal_is_the_profile_that_was_found() -> None:
    found = discover([read(FAMILIES / "matrix" / "merged" / "input.html")])
    assert read_profile(found.toml.encode(), "proposal") == found.profile.__class__(
        **vars(found.profile)
    )
    assert [stage.name for stage in found.profile.stages] == ["Bronze", "Silver", "Gold"]
    assert [(theme.group, theme.name) for theme in found.profile.themes] == [
        ("Visitors", "Signs"),
        ("Visitors", "Seats"),
        ("Objects", "Signs"),
        ("Objects", "Light"),
    ]
    assert found.profile.layout == ("matrix",)


def test_the_proposal_fits_the_schema_of_profiles() -> None:
    import json

    found = discover([read(FAMILIES / "theme-major" / "named-lists" / "input.md")])
    schema = json.loads(schema_text("profile"))
    jsonschema.Draft202012Validator(schema).validate(tomllib.loads(found.toml))


def test_the_proposal_gives_evidence_and_confidence() -> None:
    found = discover([read(FAMILIES / "theme-major" / "named-lists" / "input.md")])
    comments = [line for line in found.toml.splitlines() if line.startswith("#")]
    assert "# Stages: labels that count: Level 1, Curious — A box in the garden … " in "\n".join(
        comments
    )
    assert comments.count("# confidence 1.00") == 4  # two stages, two themes
    assert "# in 4 cells" in comments


def test_the_lists_of_cells_are_found_with_what_they_hold() -> None:
    found = discover([read(FAMILIES / "theme-major" / "named-lists" / "input.md")])
    assert [(kind.name, kind.role) for kind in found.kinds] == [
        ("Signs", "indicators"),
        ("Stories", "list"),
    ]


def test_the_same_documents_give_the_same_bytes() -> None:
    path = FAMILIES / "theme-tables" / "typed-rows" / "input.md"
    assert discover([read(path)]).toml == discover([read(path)]).toml


def names(text: str) -> list[tuple[str, ...]]:
    document = read_document(text)
    return [scale.names for scale in scales(rows(marks(document), []))]


@pytest.mark.parametrize(
    ("labels", "scale"),
    [
        (("Level 0", "Level 1", "Level 2"), ("level 0", "level 1", "level 2")),
        (("Stage I", "Stage II", "Stage III"), ("stage i", "stage ii", "stage iii")),
        (("Stufe 1", "Stufe 2", "Stufe 3"), ("stufe 1", "stufe 2", "stufe 3")),
        (("L3", "L2", "L1"), ("l1", "l2", "l3")),
        (("Crawl", "Walk", "Run"), ("crawl", "walk", "run")),
        (("Expert", "Intermediate", "Novice"), ("novice", "intermediate", "expert")),
        (("Tier 1: Partial", "Tier 2: Adaptive"), ("partial", "adaptive")),
        (("Ponds – Phase 1: The 'Crawl' Phase", "Ponds – Phase 2: Walking"), ("crawl", "walking")),
        (("1. Initial", "2. Managed", "3. Defined"), ("initial", "managed", "defined")),
        (("Novice", "Odd", "Competent", "Expert"),) * 2,
        (("Engineer", "Senior Engineer", "Staff Engineer"),) * 2,
        (("Engineer I", "Engineer II", "Engineer III"),) * 2,
        (("Básico", "Intermedio", "Avanzado"),) * 2,
    ],
)
def test_a_row_of_labels_is_a_scale_lowest_first(
    labels: tuple[str, ...], scale: tuple[str, ...]
) -> None:
    text = "# Ponds\n\n" + "".join(f"## {label}\n\n- a frog\n\n" for label in labels)
    assert names(text)[0] == tuple(label.casefold() for label in scale)


@pytest.mark.parametrize(
    "labels",
    [
        ("Apples", "Pears", "Plums"),
        ("1.0.0", "1.1.0", "1.2.0"),
        ("2023", "2024", "2025"),
        ("Week 1", "Week 2", "Week 3"),
        ("SEV1", "SEV2", "SEV3"),
        ("Data Engineer", "Sales Engineer", "Test Engineer"),
    ],
)
def test_other_rows_are_none(labels: tuple[str, ...]) -> None:
    text = "# Ponds\n\n" + "".join(f"## {label}\n\n- a frog\n\n" for label in labels)
    assert names(text) == []
