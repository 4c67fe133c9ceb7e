"""What lines were set in: told by which word had no room on the line before."""

from __future__ import annotations

from itertools import pairwise

from breakthrough_extract.measure import Measure
from breakthrough_extract.wordlists import table

TEXT = (
    "all the little fillies jiggle in till illicit jellies fill it and mammoths swim with warm "
    "women among the many mild hills while all their little lilies tilt until it is still"
).split()


def width(text: str) -> int:
    """In thousandths of an em of the face called serif."""
    rows = table("faces")["serif"]["regular"]
    widths = {
        sign: int(one) for one, signs in rows.items() if isinstance(signs, str) for sign in signs
    }
    return sum(widths.get(sign, int(rows["usual"])) for sign in text)


def broken(ems: float, first: int = 0) -> list[str]:
    """TEXT from that word on, in lines that are as full as a column so wide allows."""
    words = [*TEXT[first:], *TEXT[:first]]
    lines = words[:1]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        fits = width(longer) <= 1000 * ems
        lines[-1:] = [longer] if fits else [lines[-1], word]
    return lines


WIDE = [broken(11.0, first) for first in range(len(TEXT))]


def test_the_face_is_the_one_that_the_lines_fill() -> None:
    measure = Measure.of(WIDE)
    assert measure.width("mill") == width("mill")
    assert 10_500 < measure.full <= 11_000


def test_a_word_that_had_room_tells_that_the_text_ended() -> None:
    lines = broken(11.0)
    measure = Measure.of(WIDE)
    column = measure.column(lines)
    assert all(measure.ends(one, other.split()[0], column) < 0 for one, other in pairwise(lines))
    assert measure.ends("all the little", "fillies", column) > 1


def test_a_narrower_column_is_full_before_the_others_are() -> None:
    narrow = broken(7.0)
    measure = Measure.of([*WIDE, narrow])
    assert measure.full > 10_500
    assert 6_000 < measure.column(narrow) <= 7_000


def test_without_a_line_that_goes_on_nothing_is_known() -> None:
    measure = Measure.of([["one;", "two."]])
    assert measure.ends("one;", "two", measure.column(["one;", "two."])) == 0.0
