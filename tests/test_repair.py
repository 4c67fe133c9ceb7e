"""What a clipped or repeated copy may change, and what it may only say."""

from __future__ import annotations

import pytest

from breakthrough_extract import Extraction, Profile
from breakthrough_extract.profile import Label
from tests.support.extracting import extract_text

# Two columns of a made-up page; the first lost words that its clipped edge still shows.
COLUMN = """\
**STARTING**

**Nobody waters the plants in the hall:**

- the plants near the window are watered once, but in week, they are mostly dry;
- the caretaker looks after the plants and fetches water for them;
- visitors bring plants from home and leave them in the hall.

**DEVELOPING**

**A rota hangs in the hall:**

- three families share the rota;
- the keys of the hall hang by the door.
"""


def items(result: Extraction) -> list[str]:
    return [
        indicator.text
        for theme in result.model.themes
        for cell in theme.stages
        for indicator in cell.indicators
    ]


def with_fragment(profile: Profile, *lines: str) -> Extraction:
    """The page, and lines that a converter clipped off it, in a table cell of their own."""
    cell = " ".join(f"<p>{line}</p>" for line in lines)
    return extract_text(f"{COLUMN}\n{cell}\t<p>.</p>\n--\t--\n", profile)


@pytest.fixture
def plants() -> Profile:
    return Profile(
        id="plants",
        title="Plants in the hall",
        stages=(Label("starting", "Starting", "STA"), Label("developing", "Developing", "DEV")),
        themes=(Label("hall", "Plants in the hall", "HAL"),),
    )


def edits(result: Extraction) -> list[tuple[str, str]]:
    return [
        (edit.new.strip(), edit.evidence.quote)
        for record in result.ledger.fields
        for edit in record.edits
        if edit.evidence
    ]


def test_words_that_only_the_clipped_copy_has_are_restored(plants: Profile) -> None:
    result = with_fragment(
        plants,
        "ants near the window are",
        "watered once, but in this",
        "week, they are mostly dry;",
        "etaker looks after the plants",
    )
    assert edits(result) == [("this", "but in this")]
    assert items(result)[0] == (
        "the plants near the window are watered once, but in this week, they are mostly dry"
    )


def test_a_word_that_stands_against_another_changes_nothing_and_is_reported(
    plants: Profile,
) -> None:
    before = items(extract_text(COLUMN, plants))
    result = with_fragment(
        plants, "etaker looks after the plant's", "and fetches water for them;", "from home and"
    )
    assert edits(result) == []
    assert items(result) == before
    messages = [f.message for f in result.findings if f.code == "variant-reading"]
    assert any("plant's" in message for message in messages)


def test_a_whole_copy_changes_nothing_and_is_reported(plants: Profile) -> None:
    before = items(extract_text(COLUMN, plants))
    result = extract_text(
        "... fetches water for them; visitors bring plants from home.\n\n" + COLUMN, plants
    )
    assert items(result) == before
    assert "repeat" in [finding.code for finding in result.findings]


def test_text_that_is_no_copy_is_left_unresolved(plants: Profile) -> None:
    before = items(extract_text(COLUMN, plants))
    result = with_fragment(plants, "elephants wander", "through Nairobi by night")
    assert items(result) == before
    quotes = [p.quote for f in result.findings if f.code == "unresolved" for p in f.places]
    assert "elephants wander" in quotes
