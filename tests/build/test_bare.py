"""What is taken off a text before it is published, and what is not."""

from __future__ import annotations

import pytest

from breakthrough_extract.build.bare import bare_headline, bare_item, unmarked_note, unquoted
from breakthrough_extract.document import Passage


def given(text: str) -> Passage:
    return Passage.of(text, 0, len(text))


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("one thing;", "one thing"),
        ("one thing; and", "one thing"),
        ("one thing; or", "one thing"),
        ("one thing, and", "one thing"),
        ("one thing,", "one thing"),
        ("one thing.", "one thing"),
        ("  one\n thing ;\n and ", "one thing"),
        ("one; two; and", "one; two"),
        ("One thing. Another.", "One thing. Another"),
        ("is it 'one'?;", "is it 'one'?"),
        ("is it one?", "is it one?"),
        ("forms, lists etc.", "forms, lists etc."),
        ("wait…", "wait…"),
        ("come one and all", "come one and all"),
        ("the sand", "the sand"),
        ("the word and", "the word and"),
    ],
)
def test_an_item_loses_the_marks_of_its_list_alone(raw: str, bare: str) -> None:
    passage = bare_item(given(raw))
    assert passage.folded == bare
    assert "".join(raw.split()) == "".join(
        "".join(raw[start:end] for start, end in passage.spans).split()
    )


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("A headline:", "A headline"),
        ("A headline :", "A headline"),
        ("A headline", "A headline"),
        ("Leaders* do little:", "Leaders do little"),
        ("Leaders** and others† do little:", "Leaders and others do little"),
        ("In short: a headline:", "In short: a headline"),
        ("2 * 3 is six:", "2 * 3 is six"),
    ],
)
def test_a_headline_loses_its_colon_and_its_note_marks(raw: str, bare: str) -> None:
    assert bare_headline(given(raw)).folded == bare


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("'Nobody leads.'", "Nobody leads."),
        ("‘Nobody leads.’", "Nobody leads."),
        ("“It's a 'test'.”", "It's a 'test'."),
        ("Nobody leads.", "Nobody leads."),
    ],
)
def test_a_complaint_loses_its_quotation_marks_and_keeps_its_full_stop(raw: str, bare: str) -> None:
    assert unquoted(given(raw)).folded == bare


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("* Note: leaders are many.", "Note: leaders are many."),
        ("† Leaders are many.", "Leaders are many."),
        ("Note: leaders are many.", "Note: leaders are many."),
    ],
)
def test_a_note_loses_its_mark(raw: str, bare: str) -> None:
    assert unmarked_note(given(raw)).folded == bare
