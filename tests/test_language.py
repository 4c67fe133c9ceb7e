"""Labels: known in spite of slips, and never found where there is none."""

from __future__ import annotations

import pytest

from breakthrough_extract.language import LabelMatcher, content_words, stems

LABELS = LabelMatcher(
    {
        "starting": ["Starting"],
        "developing": ["Developing"],
        "consolidating": ["Consolidating"],
        "points": ["Breakthrough points"],
        "leadership": ["Leadership"],
        "learning": ["Learning"],
    }
)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("STARTING", "starting"),
        ("starting", "starting"),
        ("Starting:", "starting"),
        ("S T A R T I N G", "starting"),
        ("S  T  A  R  T  I  N  G", "starting"),
        ("STARTlNG", "starting"),
        ("STAR7ING", "starting"),
        ("DEVEL0PING", "developing"),
        ("DEVEL0P1NG", "developing"),
        ("DEVEL- OPING", "developing"),
        ("CON5OLIDATING", "consolidating"),
        ("C0NS0LIDATING.", "consolidating"),
        ("CONSOLIDATlNG", "consolidating"),
        ("CONSOLIDATNG", "consolidating"),
        ("BREAKTHROUGHPOINTS", "points"),
        ("Break-through Points", "points"),
        ("BREAKTHR0UGH P0INTS", "points"),
        ("— Starting —", "starting"),
        ("STARTING |", "starting"),
        ("STAR TING", "starting"),
        ("D EVELOPlNG", "developing"),
        ("STARTIRIG", "starting"),  # an N read as RI
        ("Developirig", "developing"),
    ],
)
def test_a_label_is_known(line: str, label: str) -> None:
    assert LABELS(line) == label


def test_of_two_labels_that_are_alike_the_one_that_is_whole_is_meant() -> None:
    alike = LabelMatcher({"defined": ["Defined"], "refined": ["Refined"]})
    assert alike("Defjned") == "defined"  # the slip of a scanner: j for i
    assert alike("Befined") == ""


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Stqrtjxg", "starting"),  # three letters of eight are wrong: the j may be an i
        ("Dcvelobinq", "developing"),
        ("Developing it", ""),  # a label and more
        ("Stopped", ""),
    ],
)
def test_the_nearest_label_where_one_must_stand(line: str, label: str) -> None:
    assert LABELS.nearest(line) == label


def test_where_two_labels_are_as_near_neither_is_meant() -> None:
    assert LabelMatcher({"defined": ["Defined"], "refined": ["Refined"]}).nearest("Befined") == ""


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "—",
        "Leaders",
        "Leader",
        "Starting points",
        "Starting up",
        "Developing it.",
        "is starting",
        "Starting to develop",
        "Learning is starting to happen:",
        "Learning doesn't seem to feature in the organisation:",
        "the organisation is starting",
        "developing and consolidating",
        "DEVELOPING CONSOLIDATING",
        "start",
        "develop",
        "developers",
        "breakthrough",
        "points",
        "starting " * 50,
    ],
)
def test_other_lines_are_no_label(line: str) -> None:
    assert LABELS(line) == ""


def test_a_line_as_near_to_one_label_as_to_another_is_neither() -> None:
    both = LabelMatcher({"a": ["Planning"], "b": ["Planting"]})
    assert both("Planning") == "a"
    assert both("Plan1ing") == ""


def test_short_labels_must_be_right_to_the_letter() -> None:
    short = LabelMatcher({"hum": ["Hum"]})
    assert short("HUM") == "hum"
    assert short("ham") == ""


def test_words_without_content_do_not_count() -> None:
    assert content_words("It is what they do, isn't it?") == []


def test_forms_of_one_word_are_one() -> None:
    assert len(set(content_words("prioritise prioritised prioritising"))) == 1
    assert content_words("The manager's plans") == content_words("managers plan")


def test_stems_are_of_all_words_and_numbers() -> None:
    assert stems("The boards don't meet: 12 meetings, 3 boards") == {
        "the",
        "board",
        "don",
        "t",
        "meet",
        "12",
        "3",
    }
