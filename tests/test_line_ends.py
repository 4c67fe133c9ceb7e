"""Words broken at line ends, with the words that the document has elsewhere."""

from __future__ import annotations

import pytest

from breakthrough_extract.document import Passage
from breakthrough_extract.line_ends import is_hyphenated, vocabulary, whole

WORDS = frozenset({"government", "re-states"})


@pytest.mark.parametrize(
    ("text", "mended", "rule"),
    [
        ("the govern-\nment", "the government", "hyphenation"),  # the joined word is known
        ("who re-\nstates it", "who re-states it", "line-join"),  # the compound is known
        ("a well-\nbehaved team", "a well-behaved team", "line-join"),  # neither is
        ("the ac\u2010\ntions", "the actions", "hyphenation"),  # only typesetters write it
        ("the organ\u00ad\nisation", "the organisation", "hyphenation"),
        ("teams/\nboards have it", "teams/boards have it", "line-join"),
    ],
)
def test_a_broken_word_is_made_whole(text: str, mended: str, rule: str) -> None:
    passage = whole(Passage.of(text, 0, len(text)), WORDS)
    assert passage.folded == mended
    assert {piece.rule for piece in passage.pieces if piece.rule} == {rule}


@pytest.mark.parametrize("text", ["it performs -\nwe think", "so they have-\nNobody asks"])
def test_a_dash_at_a_line_end_is_no_break(text: str) -> None:
    assert whole(Passage.of(text, 0, len(text)), WORDS).text == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("the pres-\nsure", "the pressure"),  # halves that are no words
        ("an-\nother team", "another team"),
        ("a follow-\nup", "a follow-up"),  # halves that are
    ],
)
def test_in_a_hyphenated_document_a_compound_is_made_of_its_words(text: str, mended: str) -> None:
    words = frozenset("an other team follow up the".split())
    assert whole(Passage.of(text, 0, len(text)), words, hyphenated=True).folded == mended


def test_a_document_is_hyphenated_if_words_that_it_has_whole_are_broken() -> None:
    broken = ["a man-\nager and her col-\nleagues", "the gov-\nernment"]
    known = ["a manager and colleagues in government"]
    assert is_hyphenated(broken, vocabulary([*broken, *known]))
    assert not is_hyphenated(broken[:1], vocabulary([*broken, *known]))
    compounds = ["a co-\nworker, a re-\nentry, an ex-\nboss"]
    assert not is_hyphenated(compounds, vocabulary(["co-worker re-entry ex-boss"]))


def test_halves_of_broken_words_are_no_vocabulary() -> None:
    assert vocabulary(["the pres-\nsure is on"]) == {"the", "is", "on"}
