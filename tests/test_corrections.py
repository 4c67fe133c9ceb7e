"""What a person decided is found again, carried out, recorded; what no longer fits is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract import Extraction, Profile, load_profile
from breakthrough_extract.corrections import (
    Book,
    Correction,
    CorrectionsError,
    load_corrections,
    parse,
    quote_at,
    written,
)
from breakthrough_extract.corrections.nouns import Join, Judge, Mark, Move, Quote, Read, Split
from breakthrough_extract.corrections.quotes import find
from breakthrough_extract.document import Span
from breakthrough_extract.ledger import Kind, Severity
from breakthrough_extract.model import Cell, Theme
from breakthrough_extract.pipeline import extract_documents
from tests.support import paths
from tests.support.extracting import codes, read_document

CHOIR = paths.CASES / "extract" / "choir"
NAME = "input.md"


@pytest.fixture(scope="module")
def choir() -> Profile:
    return load_profile(CHOIR / "profile.toml")


@pytest.fixture(scope="module")
def text() -> str:
    return (CHOIR / "input.md").read_text(encoding="utf-8")


def corrected(text: str, profile: Profile, *corrections: Correction) -> Extraction:
    return extract_documents([read_document(text, NAME)], profile, corrections=corrections)


def quote(exact: str) -> Quote:
    return Quote(exact=exact)


def theme(result: Extraction, name: str) -> Theme:
    return next(theme for theme in result.model.themes if theme.name == name)


def cell(result: Extraction, name: str, stage: str) -> Cell:
    return next(cell for cell in theme(result, name).stages if cell.stage == stage)


def items(result: Extraction, name: str, stage: str) -> list[str]:
    return [indicator.text for indicator in cell(result, name, stage).indicators]


def kind_of(result: Extraction, text: str, exact: str) -> Kind:
    at = text.index(exact)
    (source,) = result.ledger.sources
    return next(part.kind for part in source.partition if part.start <= at < part.end)


# Each thing that a person can decide.


def test_a_section_goes_to_the_cell_that_a_person_gave_it(text: str, choir: Profile) -> None:
    before = corrected(text, choir)
    assert cell(before, "Audience", "hum").headline == "The choir sings to itself"
    move = Move(source=NAME, quote=quote("Voices are not trained"), theme="audience", slot="hum")
    after = corrected(text, choir, move)
    assert cell(after, "Audience", "hum").headline == "Voices are not trained"
    # The other section of that slot is dealt out anew, and takes what is left.
    assert cell(after, "Voice", "hum").headline == "The choir sings to itself"


def test_the_ledger_shows_a_moved_section_as_the_persons_decision(
    text: str, choir: Profile
) -> None:
    move = Move(source=NAME, quote=quote("Voices are not trained"), theme="audience", slot="hum")
    result = corrected(text, choir, move)
    (decision,) = [d for d in result.ledger.decisions if d.id == "audience.hum"]
    assert decision.by_hand
    assert decision.runner_up == "voice"  # what the evidence says
    assert decision.margin < 0  # it speaks against the person
    assert not any(d.by_hand for d in result.ledger.decisions if d.id != "audience.hum")


def test_a_section_can_be_moved_to_another_stage(text: str, choir: Profile) -> None:
    gone = text.replace("Performing\n\nVoices blend", "Singing along\n\nVoices blend")
    move = Move(source=NAME, quote=quote("Voices blend"), theme="voice", slot="perform")
    assert cell(corrected(gone, choir, move), "Voice", "perform").headline == "Voices blend"


def test_the_second_section_that_is_moved_to_a_cell_takes_it(text: str, choir: Profile) -> None:
    result = corrected(
        text,
        choir,
        Move(source=NAME, quote=quote("Voices are not trained"), theme="audience", slot="hum"),
        Move(source=NAME, quote=quote("The choir sings to itself"), theme="audience", slot="hum"),
    )
    assert cell(result, "Audience", "hum").headline == "The choir sings to itself"


def test_an_item_marked_as_furniture_leaves_the_model(text: str, choir: Profile) -> None:
    mark = Mark(source=NAME, quote=quote("altos with a tired voice sing on."), kind="furniture")
    result = corrected(text, choir, mark)
    assert items(result, "Voice", "hum") == [
        "each voice finds its own note, and warm-up is a cup of tea"
    ]
    assert kind_of(result, text, "altos with") == Kind.FURNITURE


def test_an_item_marked_as_a_note_becomes_one(text: str, choir: Profile) -> None:
    mark = Mark(
        source=NAME,
        quote=quote("altos with a tired voice sing on."),
        kind="note",
        after=quote("Voices are not trained:"),
    )
    result = corrected(text, choir, mark)
    assert [n.text for n in cell(result, "Voice", "hum").notes] == [
        "altos with a tired voice sing on."
    ]
    assert kind_of(result, text, "altos with") == Kind.NOTE


def test_loose_text_marked_as_an_item_stands_after_the_text_it_follows(
    text: str, choir: Profile
) -> None:
    loose = "The conductor counts everyone in.\n\n" + text
    mark = Mark(
        source=NAME,
        quote=quote("The conductor counts everyone in."),
        kind="item",
        after=quote("a voice teacher hears every voice twice a year;"),
    )
    result = corrected(loose, choir, mark)
    assert items(result, "Voice", "perform") == [
        "a voice teacher hears every voice twice a year",
        "The conductor counts everyone in",
        "the choir breathes as one and warm-up is never left out",
    ]
    assert "unresolved" not in codes(result)


def test_an_item_is_split_where_a_person_says(text: str, choir: Profile) -> None:
    split = Split(source=NAME, quote=quote("and warm-up is never left out."))
    assert items(corrected(text, choir, split), "Voice", "perform") == [
        "a voice teacher hears every voice twice a year",
        "the choir breathes as one",
        "and warm-up is never left out",
    ]


def test_an_item_is_joined_with_the_next(text: str, choir: Profile) -> None:
    join = Join(source=NAME, quote=quote("each voice finds its own note"))
    (whole,) = items(corrected(text, choir, join), "Voice", "hum")
    assert whole.split("; ") == [
        "each voice finds its own note, and warm-up is a cup of tea",
        "altos with a tired voice sing on",
    ]


def test_a_reading_is_fixed_and_the_ledger_says_by_whom(text: str, choir: Profile) -> None:
    read = Read(source=NAME, quote=quote("altos"), text="tenors")
    result = corrected(text, choir, read)
    assert items(result, "Voice", "hum")[1] == "tenors with a tired voice sing on"
    (edit,) = [e for f in result.ledger.fields for e in f.edits if e.rule == "by-hand"]
    assert (edit.raw, edit.new) == ("altos", "tenors")


def test_a_restored_word_that_a_person_refuses_is_not_put_in(
    seed_text: str, profile: Profile
) -> None:
    sentence = "the leadership team does reflect on its own performance, but at stage"
    refuse = Judge(
        action="refuse",
        source=NAME,
        quote=quote(sentence),
        rule="restored-from-fragment",
        raw="",
        new=" this",
    )
    before = corrected(seed_text, profile)
    after = corrected(seed_text, profile, refuse)
    assert items(before, "Leadership", "developing")[4].startswith(sentence[:-6] + " this stage")
    assert items(after, "Leadership", "developing")[4].startswith(sentence)
    assert "always completely honest" in items(after, "Leadership", "developing")[4]


def test_a_sign_that_a_person_keeps_stays_on(text: str, choir: Profile) -> None:
    refuse = Judge(
        action="refuse",
        source=NAME,
        quote=quote("altos with a tired voice sing on."),
        rule="list-punctuation",
        raw=".",
        new="",
    )
    result = corrected(text, choir, refuse)
    assert items(result, "Voice", "hum")[1] == "altos with a tired voice sing on."


def test_an_accepted_edit_is_on_record_and_changes_nothing(text: str, choir: Profile) -> None:
    accept = Judge(
        action="accept",
        source=NAME,
        quote=quote("altos with a tired voice sing on."),
        rule="list-punctuation",
        raw=".",
        new="",
    )
    before, after = corrected(text, choir), corrected(text, choir, accept)
    assert after.model == before.model
    (record,) = after.ledger.corrections
    assert record.action == "accept"
    assert not record.reason
    assert record.place
    assert record.place.quote == "altos with a tired voice sing on."


def test_without_corrections_the_ledger_has_no_word_of_them(text: str, choir: Profile) -> None:
    told = corrected(text, choir).ledger.to_json()
    assert "corrections" not in told
    assert "by_hand" not in told


# Nothing is lost or moved behind a person's back.

UNFIT: list[tuple[Correction, str]] = [
    (Read(source=NAME, quote=quote("basses hum"), text="x"), "not in the source"),
    (Read(source=NAME, quote=quote("the audience"), text="x"), "several places"),
    (Move(source=NAME, quote=quote("Voices blend"), theme="dance", slot="hum"), "no theme dance"),
    (Move(source=NAME, quote=quote("Voices blend"), theme="voice", slot="x"), "no stage or list"),
    (Move(source=NAME, quote=quote("====="), theme="voice", slot="hum"), "no part of a section"),
    (Mark(source=NAME, quote=quote("====="), kind="furniture"), "text of the format"),
    (Mark(source=NAME, quote=quote("Voices blend"), kind="item"), "after which text"),
    (Split(source=NAME, quote=quote("altos with")), "begins with it already"),
    (Split(source=NAME, quote=quote("Voices blend")), "no text of a section"),
    (Join(source=NAME, quote=quote("altos with")), "no item follows"),
    (
        Judge(action="refuse", source=NAME, quote=quote("altos with"), rule="x", raw="?", new=""),
        "no such edit",
    ),
]


@pytest.mark.parametrize(
    ("correction", "reason"), UNFIT, ids=[f"{c.action}: {reason}" for c, reason in UNFIT]
)
def test_what_no_longer_fits_changes_nothing_and_is_a_finding(
    text: str, choir: Profile, correction: Correction, reason: str
) -> None:
    before, after = corrected(text, choir), corrected(text, choir, correction)
    assert after.model == before.model
    (finding,) = [f for f in after.findings if f.code == "correction-unfit"]
    assert finding.severity == Severity.WARNING
    assert reason in finding.message
    assert "correction 1" in finding.message
    (record,) = after.ledger.corrections
    assert reason in record.reason


def test_a_correction_of_another_source_is_passed_over(text: str, choir: Profile) -> None:
    result = corrected(text, choir, Read(source="other.md", quote=quote("altos"), text="x"))
    assert result.ledger.corrections == ()


# Quotes find their place again.


def test_a_quote_is_found_though_its_lines_break_elsewhere() -> None:
    assert find(quote("sing on\nand on"), "they sing   on and\non.") == Span(5, 21)


def test_a_quote_is_found_though_its_signs_are_others() -> None:
    assert find(quote("the ‘new’ way – ours"), "X: the 'new' way - ours!") == Span(3, 23)


def test_the_surroundings_tell_which_of_several_places_is_meant() -> None:
    text = "one fish, two fish, red fish"
    assert find(Quote(exact="fish", prefix="two "), text) == Span(14, 18)
    assert find(Quote(exact="fish", suffix=", two"), text) == Span(4, 8)
    assert find(Quote(exact="fish", prefix="sea "), text) != Span(4, 8)


@given(st.text(alphabet="ab 🙂\u05d0\n.", min_size=1, max_size=60), st.data())
def test_a_quote_of_any_place_finds_that_place_or_says_that_it_cannot(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    run = text[start:end].strip()
    if not run:
        return
    found = find(quote_at(text, Span(start, end)), text)
    if isinstance(found, Span):
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        assert found == Span(begin, begin + len(run))
    else:
        assert "several places" in found


# The file.


def test_the_file_reads_back_what_was_written() -> None:
    book = Book(
        corrections=tuple(correction for correction, _ in UNFIT),
        undone=(Join(source="a \"b\" 'c'.md", quote=Quote(exact="<x>\n\t“\u05d0🙂\\")),),
    )
    assert parse(written(book), "corrections.toml") == book


def test_comments_of_a_person_stay_when_the_file_grows() -> None:
    first, second = UNFIT[0][0], UNFIT[1][0]
    text = written(Book(corrections=(first,))).replace(
        "[[corrections]]", "# ask Ann about this\n[[corrections]]"
    )
    grown = written(Book(corrections=(first, second)), text)
    assert "# ask Ann about this" in grown
    assert parse(grown, "x").corrections == (first, second)
    assert "# ask Ann about this" in written(Book(corrections=(first,), undone=(second,)), grown)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[[corrections]]\naction = 'dance'", "corrections[0]"),
        (b"[[corrections]]\naction = 'join'\nsource = 'a'", "corrections[0].join.quote"),
        (b"nonsense = 1", "nonsense"),
        (b"[[", "not valid TOML"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_file_of_corrections_is_refused_by_name_and_place(
    tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(CorrectionsError) as caught:
        load_corrections(file)
    assert "mine.toml" in str(caught.value)
    assert told in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match="No such file"):
        load_corrections(tmp_path / "none.toml")
