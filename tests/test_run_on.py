"""Lists that a converter ran together, and labels that it ran together with them."""

from __future__ import annotations

from breakthrough_extract.ledger import Severity
from tests.support.extracting import codes, extract_text, outline_of
from tests.test_lists import choir, found

HEAD = "HUMMING\n\n"
TOGETHER = (
    "One hears it: a low tone is held; it is soft; a chord (thin; or full) comes; and all end."
)


def test_a_list_in_one_paragraph_is_cut_at_its_semicolons() -> None:
    assert found(HEAD + TOGETHER) == [
        "a low tone is held; it is soft;",  # a pronoun goes on with what stands before it
        "a chord (thin; or full) comes; and",
        "all end.",
    ]


def test_its_headline_is_what_stands_before_the_colon() -> None:
    (section,) = outline_of(HEAD + TOGETHER, choir()).sections

    assert section.headline.folded == "One hears it:"


def test_that_a_semicolon_proves_nothing_is_an_error() -> None:
    result = extract_text(HEAD + TOGETHER, choir())

    (finding,) = [one for one in result.findings if one.code == "run-on-list"]
    assert finding.severity == Severity.ERROR


def test_where_items_have_marks_a_semicolon_parts_none() -> None:
    text = HEAD + "One hears it:\n\n- a tone is held; a chord comes; and a tune;\n- all end."

    assert len(found(text)) == 2
    assert "run-on-list" not in codes(extract_text(text, choir()))


def test_the_first_item_may_stand_behind_its_headline() -> None:
    text = HEAD + "One hears it: a tone is held;\n\n- a chord; and\n- a tune."

    assert found(text) == ["a tone is held;", "a chord; and", "a tune."]


def test_a_label_in_capitals_behind_a_sentence_is_a_label() -> None:
    text = f"{HEAD}One hears it:\n\n- a tone; and\n- a tune. PERFORMING One knows it:\n\n- words."

    sections = outline_of(text, choir()).sections
    assert [section.label.folded for section in sections] == ["HUMMING", "PERFORMING"]


def test_a_line_of_a_list_that_became_a_heading_is_an_item() -> None:
    text = (
        f"{HEAD}One hears it:\n\n- a tone;\n\n### · a chord, if there are three; and\n\n- a tune."
    )

    assert found(text) == ["a tone;", "a chord, if there are three; and", "a tune."]
