"""Rewordings word by word, as a reader would mark them."""

from __future__ import annotations

import pytest

from breakthrough_extract.versions.typography import only_typography
from breakthrough_extract.versions.words import hunks

# What stands in brackets was changed: [old|new].
MARKED = [
    "the team [rarely|often] talks about results",
    "the team [rarely talks about|seldom speaks of] improving results [publicly|in public]",
    "[people|staff] see that the team decides",
    "loaves are baked[| only] when there is flour",
    "the urn[, the lid|] is missing",
    "orders are [kept in|written on] the wall",
    "the budget is agreed [late|in March] and published [never|in April]",
    "[nobody knows what a loan costs|the oven is lit at five in the morning]",
    "[well-known|known] readers borrow [two|three] books at [a|one] time",
]


@pytest.mark.parametrize("marked", MARKED)
def test_changes_are_marked_as_a_reader_would(marked: str) -> None:
    pieces = [piece.split("|") for piece in marked.replace("]", "[").split("[")]
    pairs = [(piece[0], piece[-1]) for piece in pieces if piece != [""]]
    old, new = ("".join(side) for side in zip(*pairs, strict=True))
    assert [(hunk.old, hunk.new) for hunk in hunks(old, new)] == pairs


def test_equal_texts_have_no_hunks() -> None:
    assert hunks("the same", "the same") == ()


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        ("staff - and readers", "staff – and readers", True),
        ("staff - and readers", "staff—and readers", True),
        ("a 'quiet' room", "a “quiet” room", True),
        ("Staff help", "staff help", True),
        ("two  words", "two words", True),
        ("the ﬁrst", "the first", True),
        ("co\u00adoperate", "cooperate", True),
        ("staff help", "staff help", False),
        ("staff, readers", "staff readers", False),
        ("co-operate", "cooperate", False),
        ("ten books", "10 books", False),
    ],
)
def test_what_is_typography_alone(old: str, new: str, alike: bool) -> None:
    assert only_typography(old, new) is alike
    assert only_typography(new, old) is alike
