"""Labels that head several cells: tables written cell by cell, and models set stage by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from breakthrough_extract import Profile
from tests.support import dealing
from tests.support.extracting import codes, extract_text, outline_of, texts_of
from tests.test_interleaved import INVENTED, MODELS, case, headlines, items

Way = Callable[[Mapping[str, Any], Profile], str]
WAYS: dict[str, Way] = {
    "stages as columns": dealing.themes_down,
    "stages as columns, a line each": lambda e, p: dealing.themes_down(e, p, between="\n"),
    "themes as columns": dealing.themes_across,
    "stage by stage": dealing.stage_by_stage,
}
# In Markdown, a bold line with a colon in a model without complaints is the name of a list.
COMPLAINING = [name for name in MODELS if name != "orchard"]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("way", WAYS)
def test_a_label_that_stands_once_heads_all_its_cells(name: str, way: str) -> None:
    expected, profile = case(name)
    assert_whole(WAYS[way](expected, profile), expected, profile)


@pytest.mark.parametrize("name", COMPLAINING)
def test_chapters_of_stages_may_be_markdown(name: str) -> None:
    expected, profile = case(name)
    assert_whole(dealing.stage_by_stage(expected, profile, markdown=True), expected, profile)


def assert_whole(text: str, expected: Mapping[str, Any], profile: Profile) -> None:
    result = extract_text(text, profile)
    assert result.clean
    found = texts_of(result.model)
    assert list(items(found)) == list(items(expected))
    assert headlines(found) == headlines(expected)


@pytest.mark.parametrize("name", INVENTED)
def test_a_row_that_the_end_of_a_page_cuts_goes_on_column_by_column(name: str) -> None:
    expected, profile = case(name)
    result = extract_text(dealing.rows_cut(expected, profile, "\n\f"), profile)
    found, wanted = Counter(items(texts_of(result.model))), Counter(items(expected))
    assert found == wanted


@pytest.mark.parametrize("name", INVENTED)
def test_where_the_end_of_the_page_does_not_show_no_item_goes_astray(name: str) -> None:
    expected, profile = case(name)
    result = extract_text(dealing.rows_cut(expected, profile, "\n"), profile)
    found, wanted = Counter(items(texts_of(result.model))), Counter(items(expected))
    assert not found - wanted
    assert found == wanted or not result.clean


@pytest.mark.parametrize("name", INVENTED)
def test_as_many_items_are_made_as_there_are_marks(name: str) -> None:
    expected, profile = case(name)
    result = extract_text(dealing.marks_apart(expected, profile), profile)
    whole = list(items(texts_of(result.model))) == list(items(expected))
    assert whole or "doubtful-item" in codes(result)


def test_a_row_that_lacks_a_headline_is_not_dealt() -> None:
    profile = case("choir")[1]
    text = (
        "HUMMING SINGING ALONG PERFORMING TRY THIS\n"
        "Voice\nOne hears it:\n• a tone.\nAll hear it:\n• a chord.\nBegin so:\n• breathe."
    )
    assert outline_of(text, profile).sections == ()


def test_a_label_over_two_lines_beside_a_sentence_is_one() -> None:
    profile = case("choir")[1]
    text = "SINGING\nALONG All hear it\nat last:\n• a chord; and\n• a tune."
    (section,) = outline_of(text, profile).sections
    assert (section.slot, section.label.folded) == ("sing", "SINGING ALONG")
    assert section.headline.folded == "All hear it at last:"


def test_a_label_in_a_sentence_is_none() -> None:
    profile = case("choir")[1]
    text = "HUMMING\nOne hears it:\n• a tone;\n• PERFORMING is for later."
    (section,) = outline_of(text, profile).sections
    assert len(section.items) == 2
