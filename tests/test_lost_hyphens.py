"""Hyphens of compounds that a converter took for hyphenation."""

from __future__ import annotations

from breakthrough_extract.document import Outline, Passage, Section
from breakthrough_extract.lost_hyphens import restore_hyphens

FULL = "they sing whatever they are given to\nsing"  # a full line has 36 characters


def restored(*texts: str) -> Section:
    passages = tuple(Passage.of(text, 0, len(text)) for text in (FULL, FULL, *texts))
    (section,) = restore_hyphens(
        Outline((Section("hum", Passage(), items=passages),), (), (), (), ())
    ).sections
    return section


def test_a_compound_that_the_document_has_gets_its_hyphen_back() -> None:
    section = restored("a well-known tune", "each of them knows that it is a wellknown tune by now")
    assert section.items[-1].folded == "each of them knows that it is a well-known tune by now"
    assert [piece.rule for piece in section.items[-1].pieces if piece.rule] == ["hyphen-restored"]
    assert not section.doubtful_words


def test_a_word_made_of_two_that_the_document_has_is_doubtful() -> None:
    known = ("a re-read score", "they sing whatever they are told to reread at the next rehearsal")
    joined = "each of them knows that it is a wellknown tune by now"
    section = restored("a tune known well", *known, joined)
    assert [word.folded for word in section.doubtful_words] == ["wellknown"]
    assert not restored("a tune known well", joined).doubtful_words


def test_a_word_within_the_line_is_left_alone() -> None:
    section = restored("a well-known tune", "it is a wellknown tune by now, as all of them know it")
    assert "wellknown" in section.items[-1].folded
    assert not section.doubtful_words
