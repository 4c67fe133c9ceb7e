"""Stages that a profile only names, and the figures that documents give them."""

from __future__ import annotations

import pytest

from breakthrough_extract import Profile
from breakthrough_extract.document import Block, Passage, Place
from breakthrough_extract.profile import Label
from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.plain import is_furniture
from tests.support.extracting import extract_text

SAILING = Profile(
    "sailing",
    "Sailing",
    (
        Label("ashore", "Ashore", "ASH"),
        Label("afloat", "Afloat", "AFL"),
        Label("away", "Away", "AWA"),
    ),
    (Label("knots", "Knots", "KNO"), Label("charts", "Charts", "CHA")),
)
FROM_ZERO = """# Sailing

|        | Level 0<br>Ashore | Level 1<br>Afloat | Level 2<br>Away |
|--------|-------------------|-------------------|-----------------|
| Knots  | ties none         | ties four         | ties them blind |
| Charts | has seen one      | reads them        | draws them      |
"""
BY_FIGURE_ALONE = """# Sailing

## Knots

### Level 0

* ties none

### Level 1

* ties four

### Level 2

* ties them blind

## Charts

### Level 0

* has seen one

### Level 1

* reads them

### Level 2

* draws them
"""


@pytest.mark.parametrize("text", [FROM_ZERO, BY_FIGURE_ALONE], ids=["names", "figures"])
def test_a_document_that_counts_from_nought_is_read_by_its_own_count(text: str) -> None:
    result = extract_text(text, profile=SAILING)
    knots, charts = result.model.themes
    assert [[item.text for item in cell.indicators] for cell in knots.stages] == [
        ["ties none"],
        ["ties four"],
        ["ties them blind"],
    ]
    assert [cell.stage for cell in charts.stages] == ["ashore", "afloat", "away"]


def test_a_document_that_counts_from_one_needs_no_figure_in_the_profile() -> None:
    text = BY_FIGURE_ALONE.replace("Level 2", "Level 3").replace("Level 1", "Level 2")
    result = extract_text(text.replace("Level 0", "Level 1"), profile=SAILING)
    assert [cell.stage for cell in result.model.themes[0].stages] == ["ashore", "afloat", "away"]
    assert result.clean


def test_an_ampersand_before_a_word_and_a_semicolon_is_no_markup() -> None:
    text = FROM_ZERO.replace("ties four", "a good Q&A; ties four")
    result = extract_text(text, profile=SAILING)
    assert result.clean
    assert result.model.themes[0].stages[1].indicators[0].text == "a good Q&A; ties four"


def test_a_figure_on_a_page_is_its_number_but_counts_a_row_in_a_table() -> None:
    names = Names(SAILING)
    figure = Passage.of("2", 0, 1)
    assert is_furniture(Block(figure, place=Place(page=2)), names)
    assert not is_furniture(Block(figure, place=Place(page=2, table=1)), names)
