"""Words broken at line ends, with the words that the document has elsewhere."""

from __future__ import annotations

import pytest

from breakthrough_extract.document import Passage
from breakthrough_extract.line_ends import Typing, is_hyphenated, is_rejoined, vocabulary, whole

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
        ("who re\x02states it", "who re-states it", "line-join"),  # pdfium's sign for it
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
    assert whole(Passage.of(text, 0, len(text)), words, Typing(hyphenated=True)).folded == mended


def test_a_document_is_hyphenated_if_words_that_it_has_whole_are_broken() -> None:
    broken = ["a man-\nager and her col-\nleagues", "the gov-\nernment"]
    known = ["a manager and colleagues in government"]
    assert is_hyphenated(broken, vocabulary([*broken, *known]))
    assert not is_hyphenated(broken[:1], vocabulary([*broken, *known]))
    compounds = ["a co-\nworker, a re-\nentry, an ex-\nboss"]
    assert not is_hyphenated(compounds, vocabulary(["co-worker re-entry ex-boss"]))


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("a well- behaved team", "a well-behaved team"),
        ("crews/ boards have it", "crews/boards have it"),
        ("short- and long-term", "short- and long-term"),  # the second half is still to come
    ],
)
def test_where_lines_were_joined_a_space_is_a_line_end(text: str, mended: str) -> None:
    passage = Passage.of(text, 0, len(text))
    assert whole(passage, WORDS, Typing(rejoined=True)).folded == mended
    assert whole(passage, WORDS).folded == text


def test_a_hyphen_of_typesetters_is_a_line_end_everywhere() -> None:
    text = "the ac\u2010 tions"
    assert whole(Passage.of(text, 0, len(text)), WORDS).folded == "the actions"


def test_lines_were_joined_if_words_that_stand_whole_elsewhere_are_broken_within_one() -> None:
    texts = ["who re- states it", "a well- run crew", "the har- bour", "re-states well-run harbour"]
    assert is_rejoined(texts, vocabulary(texts))
    assert not is_rejoined(texts[1:], vocabulary(texts))  # two may be slips of the author's
    assert not is_rejoined(["we perform- but how"], vocabulary(["we perform, but how"]))


def test_halves_of_broken_words_are_no_vocabulary() -> None:
    assert vocabulary(["the pres-\nsure is on"]) == {"the", "is", "on"}
