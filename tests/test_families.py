"""Layout families: each case by discovery, and by its profile where it has one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from breakthrough_extract import Extraction, Profile, ProfileError, load_profile
from breakthrough_extract.discover import NoModelError, discover
from breakthrough_extract.ledger import Kind
from breakthrough_extract.pipeline import extract_documents
from breakthrough_extract.profile import Label, shipped_profiles
from breakthrough_extract.readers import read
from breakthrough_extract.recognise.families import FAMILIES
from tests.support import paths
from tests.support.extracting import codes, extract_text, read_document
from tests.support.rendering import rendered

CASES = paths.CASES / "families"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/input.*"))
BY_PROFILE_ALONE = {
    # Two stages whose names alone say so, all labels of one level.
    "theme-major/headlines",
    # Two themes with two stages each, which bear codes of one letter.
    "fused/headings",
    # Its stages are no known words, and it has but four cells.
    "sentences/garden",
}


def name(folder: Path) -> str:
    return str(folder.relative_to(CASES))


def extracted(folder: Path, profile: Profile | None = None) -> Extraction:
    documents = [read(next(folder.glob("input.*")))]
    return extract_documents(documents, profile or discover(documents).profile)


def test_each_family_has_a_case() -> None:
    assert {name(folder).split("/")[0] for folder in FOLDERS} == set(FAMILIES)


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_a_case_is_read_by_discovery_as_a_person_reads_it(folder: Path) -> None:
    if name(folder) in BY_PROFILE_ALONE:
        pytest.skip("nothing in it says that its labels are stages: a profile does")
    result = extracted(folder)
    assert rendered(result.model) == (folder / "expected.txt").read_text("utf-8")
    assert result.clean


@pytest.mark.parametrize(
    "folder", [folder for folder in FOLDERS if (folder / "profile.toml").exists()], ids=name
)
def test_a_case_is_read_by_its_profile_as_a_person_reads_it(folder: Path) -> None:
    result = extracted(folder, load_profile(folder / "profile.toml"))
    assert rendered(result.model) == (folder / "expected.txt").read_text("utf-8")
    assert result.clean


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_a_case_has_no_unexplained_text(folder: Path) -> None:
    profile = folder / "profile.toml"
    result = extracted(folder, load_profile(profile) if profile.exists() else None)
    kinds = {part.kind for source in result.ledger.sources for part in source.partition}
    assert Kind.UNRESOLVED not in kinds
    assert Kind.HEADING in kinds


def small(*layout: str, allows: tuple[str, ...] | None = None) -> Profile:
    profile = load_profile(CASES / "sentences" / "garden" / "profile.toml")
    return replace(profile, layout=layout, allows=allows)


PONDS = """# Ponds

Ponds are wet.

## Swings

### Dormant

- no frogs

### Stirring

- a frog

## Slides

### Dormant

- no newts

### Stirring

- a newt

## Who wrote this

A friend of frogs.
"""


def test_what_stands_around_the_model_is_context() -> None:
    result = extract_text(PONDS, small("theme-major"))
    (source,) = result.ledger.sources
    context = [PONDS[p.start : p.end] for p in source.partition if p.kind == Kind.CONTEXT]
    assert context == ["Ponds are wet.", "A friend of frogs."]


def test_empty_missing_and_nothing_asked_are_three_things() -> None:
    text = (
        "| | Dormant | Stirring |\n|---|---|---|\n"
        "| Swings | | N/A |\n\n# Slides\n\n## Stirring\n\n- they slide\n"
    )
    swings, slides = extract_text(text, small("matrix", "theme-major")).model.themes
    empty, nothing = swings.stages
    assert (empty.stage, empty.indicators, empty.no_requirement) == ("dormant", (), False)
    assert (nothing.stage, nothing.no_requirement) == ("stirring", True)
    assert [cell.stage for cell in slides.stages] == ["stirring"]


def test_a_missing_stage_is_a_warning_and_no_error() -> None:
    text = PONDS.replace("### Stirring\n\n- a newt\n", "")
    result = extract_text(text, small("theme-major"))
    assert result.clean
    assert codes(result) == ["missing-stage"]


def test_a_profile_can_ask_for_what_is_usually_allowed_to_lack() -> None:
    strict = small("theme-major", allows=("list-mark",))
    text = PONDS.replace("- a frog", "**Frogs**\n\n- a frog")  # so that headlines are usual
    assert "missing-headline" in codes(extract_text(text, strict))
    assert "missing-headline" not in codes(extract_text(text, small("theme-major")))


def test_headings_gone_astray_are_left_to_labels() -> None:
    text = "## Swings\n\n### Dormant\n\n- a b c\n\n### Dormant\n\n- d e f\n\n## Slides\n\n"
    text += "### Stirring\n\n- g h i\n\n### Stirring\n\n- j k l\n"
    result = extract_text(text, small())
    assert "given-again" not in codes(result)


def test_a_family_that_there_is_not_is_refused_with_the_key() -> None:
    with pytest.raises(ProfileError, match=r"layout: no family spiral; known: theme-major"):
        extract_text(PONDS, small("spiral"))


@pytest.mark.parametrize("shipped", shipped_profiles())
def test_a_shipped_profile_names_only_families_that_there_are(shipped: str) -> None:
    assert set(load_profile(shipped).layout) <= set(FAMILIES)


def test_the_same_cell_twice_is_merged_and_what_differs_is_a_conflict() -> None:
    text = (
        "# Ponds\n\n| Theme | Dormant | Stirring |\n|---|---|---|\n"
        "| Swings | rusty | moving a little |\n| Slides | dry | wet |\n\n"
        "## Swings\n\n### Dormant – rusty\n\n- chains are rusty\n- nobody comes\n\n"
        "### Stirring – moving a lot\n\n- some swing\n- some push\n"
    )
    result = extract_text(text, small())
    swings, slides = result.model.themes
    assert [cell.headline for cell in swings.stages] == ["rusty", "moving a lot"]
    assert [item.text for item in swings.stages[0].indicators] == [
        "chains are rusty",
        "nobody comes",
    ]
    assert [item.text for cell in slides.stages for item in cell.indicators] == ["dry", "wet"]
    (conflict,) = [finding for finding in result.findings if finding.code == "conflict"]
    assert "moving a lot" in conflict.message
    assert "moving a little" in conflict.message
    assert "swings.stirring" in conflict.message


@given(st.data())
@settings(max_examples=25, phases=(Phase.explicit, Phase.generate))
def test_the_ledger_is_whole_whatever_a_converter_did_to_the_lines(data: st.DataObject) -> None:
    folder = data.draw(st.sampled_from(FOLDERS))
    lines = next(folder.glob("input.*")).read_text("utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 5))):
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines.insert(to, data.draw(st.sampled_from((lines[at], lines.pop(at)))))
    document = read_document("\n".join(lines))
    try:
        profile = discover([document]).profile
    except NoModelError:
        return
    found = {finding.code for finding in extract_documents([document], profile).findings}
    assert not {code for code in found if code.startswith(("ledger", "unread", "id-", "code-"))}


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_cells_that_are_left_open_are_in_the_ledger_once(folder: Path) -> None:
    """A label that heads several cells is a heading, whatever becomes of the cells."""
    documents = [read(next(folder.glob("input.*")))]
    own = folder / "profile.toml"
    profile = load_profile(own) if own.exists() else discover(documents).profile
    result = extract_documents(documents, profile, max_risk=0.0)
    held = Counter(
        at for part in result.ledger.sources[0].partition for at in range(part.start, part.end)
    )
    text = documents[0].source.text
    shown = [at for at, char in enumerate(text) if not char.isspace()]
    assert [at for at in shown if held[at] != 1] == []
    assert "left-open" in codes(result)
    assert "unread" not in codes(result)


BEES = Profile(
    id="bees",
    title="Bees",
    stages=(Label("wild", "Wild", ""), Label("kept", "Kept", "")),
    themes=(Label("hives", "Hives", ""), Label("honey", "Honey", "")),
)
PLAIN = (
    "Hives\n\nWILD\n\n- bees live in a tree; and\n- nobody has counted them.\n\n"
    "KEPT\n\n- a hive stands in the garden; and\n- it has a roof.\n\n"
    "{between}"
    "Honey\n\nWILD\n\n- bears eat the honey; and\n- bees are cross.\n\n"
    "KEPT\n\n- honey is in jars; and\n- jars have labels.\n"
)


def statements(text: str, theme: int, stage: int) -> list[str]:
    cell = extract_text(text, BEES, "bees.txt").model.themes[theme].stages[stage]
    return [indicator.text for indicator in cell.indicators]


def test_a_page_of_another_model_does_not_go_on_with_the_list_before_it() -> None:
    page = "Cows\n\nGRAZING\n\n- a cow stands on a hill; and\n- it rains on the cow.\n\n"
    text = PLAIN.format(between=page)
    assert statements(text, 0, 1) == ["a hive stands in the garden", "it has a roof"]
    assert statements(text, 1, 1) == ["honey is in jars", "jars have labels"]


def test_plain_lines_that_end_as_items_do_are_items_without_marks() -> None:
    text = PLAIN.format(between="").replace("- ", "")
    assert statements(text, 0, 0) == ["bees live in a tree", "nobody has counted them"]
    assert "marks-lost" in codes(extract_text(text, BEES, "bees.txt"))
