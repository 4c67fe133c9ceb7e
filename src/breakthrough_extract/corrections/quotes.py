"""Quotes to places and back: how a correction finds its text again in a later rendering."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from breakthrough_extract.corrections.nouns import Quote
from breakthrough_extract.document import Span

CONTEXT = 32  # characters kept on each side of a quote


def quote_at(text: str, span: Span) -> Quote:
    """The quote that finds `span` of `text` again; white space at its ends is left out."""
    run = text[span.start : span.end]
    start = span.start + len(run) - len(run.lstrip())
    end = span.end - len(run) + len(run.rstrip())
    return Quote(
        exact=text[start:end],
        prefix=text[max(start - CONTEXT, 0) : start],
        suffix=text[end : end + CONTEXT],
    )


def find(quote: Quote, text: str) -> Span | str:
    """Where the quote stands in `text`; or, in words, why it has no one place.

    White space never counts; where nothing fits to the sign, letters and digits alone do. Of
    several places, the one whose surroundings agree longest is meant.
    """
    for keeps in (_is_ink, str.isalnum):
        stream, wanted = _Stream.of(text, keeps), _Stream.of(quote.exact, keeps)
        if not wanted.chars:
            continue
        before = _Stream.of(quote.prefix, keeps).chars
        after = _Stream.of(quote.suffix, keeps).chars
        places = [
            (_agreement(stream.chars, at, len(wanted.chars), before, after), at)
            for at in _occurrences(stream.chars, wanted.chars)
        ]
        if not places:
            continue
        best = max(score for score, _ in places)
        surest = [at for score, at in places if score == best]
        if len(surest) > 1:
            return "its text stands in several places, and nothing around tells which is meant"
        last = surest[0] + len(wanted.chars) - 1
        return Span(stream.positions[surest[0]], stream.positions[last] + 1)
    return "its text is not in the source"


class _Stream(NamedTuple):
    """Some characters of a text, case folded where that keeps their number, and their places."""

    chars: str
    positions: tuple[int, ...]

    @staticmethod
    def of(text: str, keeps: Callable[[str], bool]) -> _Stream:
        kept = [(char, at) for at, char in enumerate(text) if keeps(char)]
        folded = "".join(_fold(char) if keeps is not _is_ink else char for char, _ in kept)
        return _Stream(folded, tuple(at for _, at in kept))


def _is_ink(char: str) -> bool:
    return not char.isspace()


def _fold(char: str) -> str:
    return char.lower() if len(char.lower()) == 1 else char


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _agreement(text: str, at: int, size: int, before: str, after: str) -> int:
    """How many characters around a place are those of the quote."""
    left, right = text[max(at - len(before), 0) : at], text[at + size : at + size + len(after)]
    return _shared(left[::-1], before[::-1]) + _shared(right, after)


def _shared(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
