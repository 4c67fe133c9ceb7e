"""Passages: text that never loses sight of its source."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract.build.records import record
from breakthrough_extract.build.stream import Stream
from breakthrough_extract.document import Passage, Source, Span, fold
from breakthrough_extract.ledger import replay

SOURCE = "The quick  brown fox;\n jumps &amp; over\tthe 'lazy' dog.\n\nNo 1 – naïve 😀 end"


def held(passage: Passage) -> Counter[int]:
    """The places of the non-white source characters that a passage stands on."""
    return Counter(
        place
        for span in passage.spans
        for place in range(span.start, span.end)
        if not SOURCE[place].isspace()
    )


@st.composite
def verbatim(draw: st.DrawFn) -> Passage:
    """A passage of one stretch of the source, or of several in their order."""
    ends = sorted(draw(st.lists(st.integers(0, len(SOURCE)), min_size=2, max_size=8)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    parts = [Passage.of(SOURCE, start, end) for start, end in pairs]
    glue, rule = draw(st.sampled_from([("\n", ""), (" ", ""), ("", "markup")]))
    return Passage.join(parts, glue, rule)


@st.composite
def edited(draw: st.DrawFn) -> Passage:
    """A passage with some stretches replaced and some taken out."""
    passage = draw(verbatim())
    for _ in range(draw(st.integers(0, 3))):
        size = len(passage.text)
        start = draw(st.integers(0, size))
        end = draw(st.integers(start, size))
        if draw(st.booleans()):
            passage = passage.replace(start, end, draw(st.sampled_from(["", "x", " new"])), "rule")
        elif end > start:
            passage = passage.without([Span(start, end)], "cut")
    return passage


@given(verbatim(), st.integers(0, 60), st.integers(0, 60))
def test_a_slice_reads_as_the_slice_of_the_text(passage: Passage, one: int, other: int) -> None:
    start, end = sorted((one, other))
    assert passage[start:end].folded == fold(passage.text[start:end])


@given(verbatim(), st.integers(0, 60))
def test_cuts_side_by_side_share_no_character_and_lose_none(passage: Passage, at: int) -> None:
    left, right = passage[:at], passage[at:]
    assert held(left) + held(right) == held(passage)
    assert max(held(passage).values(), default=1) == 1


@given(verbatim(), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_cuts_side_by_side_lose_no_character_that_was_read_as_nothing(
    passage: Passage, one: int, other: int, at: int
) -> None:
    start, end = sorted((one, other))
    start, end = min(start, len(passage.text)), min(end, len(passage.text))
    passage = passage.replace(start, end, "", "struck")
    left, right = passage[:at], passage[at:]
    if passage.text.strip():
        assert held(left) + held(right) == held(passage)


@given(edited())
def test_stripping_changes_no_word(passage: Passage) -> None:
    assert passage.strip().folded == passage.folded
    assert passage.strip().text == passage.text.strip()


@given(verbatim())
def test_stripping_verbatim_text_keeps_every_character(passage: Passage) -> None:
    assert held(passage.strip()) == held(passage)


@given(verbatim(), st.integers(0, 60), st.integers(0, 60), st.sampled_from(["", "x", " a b "]))
def test_replacing_changes_the_text_and_keeps_the_source(
    passage: Passage, one: int, other: int, new: str
) -> None:
    start, end = sorted((min(one, len(passage.text)), min(other, len(passage.text))))
    replaced = passage.replace(start, end, new, "rule")
    gone = passage.text[start:end]
    # What is replaced must have a source of its own: a bare break between stretches has none.
    if passage.pieces and (new == "" or gone.strip() or start == end):
        assert replaced.text == passage.text[:start] + new + passage.text[end:]
    assert held(replaced) == held(passage)


@given(verbatim(), st.integers(0, 60), st.integers(0, 60))
def test_what_is_taken_out_leaves_and_the_rest_stays(
    passage: Passage, one: int, other: int
) -> None:
    start, end = sorted((min(one, len(passage.text)), min(other, len(passage.text))))
    rest = passage.without([Span(start, end)], "cut")
    assert rest.text == passage.text[:start] + passage.text[end:]
    assert held(rest) + held(passage[start:end]) == held(passage)


@given(st.lists(st.integers(0, len(SOURCE)), min_size=2, max_size=12))
def test_joining_keeps_each_part_once_and_in_order(ends: list[int]) -> None:
    ends = sorted(ends)
    parts = [Passage.of(SOURCE, a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    whole = Passage.join(parts)
    assert held(whole) == sum((held(part) for part in parts), Counter())
    assert fold(whole.text.replace("\n", " ")).replace(" ", "") == "".join(
        "".join(part.text.split()) for part in parts
    )


@given(edited().filter(lambda passage: bool(passage.spans)))
def test_the_record_of_any_passage_replays_to_its_text(passage: Passage) -> None:
    source = Source("s", "0" * 64, "text/plain", "utf-8", SOURCE)
    proof = record("id", "path", passage, Stream((source,)))
    assert replay(proof) == passage.folded
    under = "".join(SOURCE[span.start : span.end] for span in proof.spans)
    assert "".join(under.split()) == "".join(proof.quote.split())
    for edit in proof.edits:
        assert proof.quote[edit.start : edit.end] == edit.raw


def test_lines_are_stripped_and_blank_ones_left_out() -> None:
    text = "  one \n\n \t\n two  words \n"
    assert [line.text for line in Passage.of(text, 0, len(text)).lines()] == ["one", "two  words"]


def test_an_empty_stretch_is_no_passage() -> None:
    assert not Passage.of(SOURCE, 5, 5)
    assert not Passage.of("   ", 0, 3)
    assert Passage.of(SOURCE, 0, 3)
