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


def test_a_headline_gets_its_hyphen_back_too() -> None:
    known = Passage.of("a well-known tune", 0, 17)
    text = "each of them knows that it is a wellknown tune:"
    full = Passage.of(FULL, 0, len(FULL))
    section = Section("hum", Passage(), headline=Passage.of(text, 0, 47), items=(full, full, known))
    (mended,) = restore_hyphens(Outline((section,), (), (), (), ())).sections
    assert mended.headline.folded == "each of them knows that it is a well-known tune:"


def test_a_narrow_column_is_measured_by_its_own_lines() -> None:
    wide = "they sing whatever they are given to sing, and a well-known tune is the last\nthey sing"
    narrow = "they sing whatever they\nare given to sing and do\nit as well as they can in\nany"
    joined = "they sing one more wellknown tune\nthen"
    sections = tuple(
        Section(slot, Passage(), items=tuple(Passage.of(text, 0, len(text)) for text in texts))
        for slot, texts in (("wide", [wide] * 30), ("narrow", [narrow, narrow, joined]))
    )
    *_, mended = restore_hyphens(Outline(sections, (), (), (), ())).sections
    assert mended.items[-1].folded == "they sing one more well-known tune then"
