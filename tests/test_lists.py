"""Where items end whose marks are lost."""

from __future__ import annotations

import pytest

from breakthrough_extract import Profile
from breakthrough_extract.ledger import Severity
from tests.support.extracting import codes, extract_text, outline_of
from tests.test_interleaved import case

HEAD = "HUMMING\nOne hears it:\n"


def choir() -> Profile:
    return case("choir")[1]


def found(text: str) -> list[str]:
    return [item.folded for section in outline_of(text, choir()).sections for item in section.items]


def test_the_number_of_marks_decides_where_the_lines_do_not() -> None:
    lines = "altos hold the low tone for all;\nbasses come in when they are ready."
    assert len(found(f"{HEAD}{lines}\n•\n•\n")) == 2
    assert len(found(f"{HEAD}• {lines}")) == 1


def test_what_nothing_decides_is_an_error() -> None:
    text = (
        f"{HEAD}altos hold the low tone from the start;\nbasses come in when they are ready;\n"
        "tenors wait until the others have a chord; and\nall of them end."
    )
    assert "doubtful-item" in codes(extract_text(text, choir()))


def test_text_without_a_mark_goes_on_with_its_item_where_items_have_marks() -> None:
    text = f"{HEAD}• a tone is held;\n\nit may be low;\n\n• a chord; and\n\n• a tune."
    assert found(text) == ["a tone is held; it may be low;", "a chord; and", "a tune."]


def test_an_and_that_stands_alone_is_the_end_of_its_item() -> None:
    text = f"{HEAD}• a tone;\n\nand\n\n• a chord."
    assert found(text) == ["a tone; and", "a chord."]


def test_a_dash_in_an_item_is_no_mark_where_items_end_in_signs() -> None:
    text = (
        f"{HEAD}– a tone;\n– a low tone;\n– a chord of three\n– or of four;\n– a tune;\nand\n"
        "– a song."
    )
    assert found(text)[2] == "a chord of three – or of four;"


FULL_LINES = (  # set in one column: the first word of each line had no room on the line before
    "the altos hold one low tone from the first bar to the\n"
    "last while the basses look for theirs in the score of\n"
    "their neighbours and never find it on the same page in\n"
    "time to come in with all of the others;\n"
)


def test_an_item_ends_where_its_last_line_had_room_for_the_next_word() -> None:
    text = f"{HEAD}{FULL_LINES}tenors wait for a chord; and\nall of them end."
    assert [item.split()[0] for item in found(text)] == ["the", "tenors", "all"]
    assert "doubtful-item" not in codes(extract_text(text, choir()))


def test_a_semicolon_at_the_end_of_a_full_line_decides_nothing() -> None:
    full = FULL_LINES.replace("the score of", "their scores;")
    text = f"{HEAD}{full}tenors wait for a chord; and\nall of them end."
    doubts = [
        place.quote
        for finding in extract_text(text, choir()).findings
        if finding.code == "doubtful-item"
        for place in finding.places
    ]
    assert [doubt.split()[0] for doubt in doubts] == ["their"]


@pytest.mark.parametrize("joining", ["arid", "ancl", "ond", "0r"])
def test_an_and_that_a_scanner_misread_is_still_the_end_of_its_item(joining: str) -> None:
    text = f"{HEAD}- a hum;\n- a tone;\n- a low chord; {joining}\n- the tune ends it."
    assert found(text)[2:] == [f"a low chord; {joining}", "the tune ends it."]


def test_a_list_that_stands_right_under_its_label_is_no_headline() -> None:
    text = "HUMMING\n\na tone is held;\na chord comes; and\na tune ends it."
    (section,) = outline_of(text, choir()).sections
    assert not section.headline
    assert [item.folded for item in section.items] == [
        "a tone is held;",
        "a chord comes; and",
        "a tune ends it.",
    ]


def test_a_list_behind_the_end_of_another_is_left_open_and_reported() -> None:
    text = (
        "HUMMING\n\n**One hears it:**\n\n- a tone; and\n- a chord.\n\n"
        "- a tune is known; and\n- all of them sing.\n\n"
        "PERFORMING\n\n**They are heard:**\n\n- a hall is full; and\n- it is quiet.\n"
    )
    assert found(text) == ["a tone; and", "a chord.", "a hall is full; and", "it is quiet."]
    (told,) = (f for f in extract_text(text, choir()).findings if f.code == "mixed-list")
    assert told.severity == Severity.ERROR
    assert [place.quote for place in told.places] == ["a tune is known; and", "all of them sing."]


def test_items_that_are_sentences_are_one_list() -> None:
    text = "HUMMING\n\n**One hears it:**\n\n- A tone is held.\n- A chord comes.\n- A tune ends it."
    assert len(found(text)) == 3
