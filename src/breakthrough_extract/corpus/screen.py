"""Which profiles a document could hold a model of, told cheaply, from labels alone.

A corpus from the web holds next to no staged model, so nearly all of its documents must be
told from their bytes. Two questions are asked, the dear one of the few that pass the cheap:

1. Do the letters of the bytes, and nothing but the letters, contain the names of the stages?
   One pass of `bytes.translate` takes markup, white space, letter-spacing, soft hyphens and the
   zero bytes of UTF-16 away, and reads the digits that stand for letters as these letters.
2. Does more than one of the names stand alone, in a line or a cell of its own, as the
   recogniser wants it?

A screen may let pass what holds no model: that costs time. It may not keep back what does. So a
profile that is read by structure lets all pass: its labels need not stand alone, and may be
figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from breakthrough_extract.language import LabelMatcher, squash
from breakthrough_extract.profile import Profile

ENOUGH = 2  # labels that must be there, of those that a profile names
SLIPS = bytes.maketrans(b"015|", b"oisl")  # as `language.squash` reads them
LETTERS = b"abcdefghijklmnopqrstuvwxyz"
LOWER = bytes.maketrans(LETTERS.upper(), LETTERS)
TO_LETTERS = SLIPS.translate(LOWER)
NOT_LETTERS = bytes(byte for byte in range(256) if TO_LETTERS[byte] not in LETTERS)
NOT_LETTERS_NOR_FOREIGN = bytes(byte for byte in NOT_LETTERS if byte < 0x80)
# What parts the cells of a line: tabs, bars, tags, and the gaps that layout text is set with.
CELL_EDGE = re.compile(r"[\n\r\t\f\v|<>]|\s{2,}")
LONGEST_ROW = 400  # characters; a longer line is running text


class Screen(NamedTuple):
    """The two questions, as pure functions; both yield ids of profiles, () for no model."""

    by_letters: Callable[[bytes], tuple[str, ...]]  # of the bytes of a text, in any encoding
    by_cells: Callable[[str, Sequence[str]], tuple[str, ...]]  # of the text, and what passed


@dataclass(frozen=True)
class Vocabulary:
    """The labels of one profile, as letters alone."""

    slots: tuple[tuple[bytes, ...], ...]  # for each stage, and the list, the ways to write it
    # For each stage the halves of the ways to write it: where one letter is wrong, one of the
    # halves is right.
    halves: tuple[tuple[bytes, ...], ...]
    foreign: bool  # whether a label has letters beyond ASCII
    names: tuple[tuple[str, tuple[str, ...]], ...]  # for each slot's id the ways to write it
    structural: bool  # whether it is read by structure: its labels may stand in any words
    in_letters: tuple[tuple[str, str], ...]  # each slot's id with each of them, letters alone


def vocabulary(profile: Profile) -> Vocabulary:
    """What a screen must know of a profile, and all that it knows."""
    names = tuple((slot.id, (slot.name, *slot.aliases)) for slot in profile.slots)
    slots = [tuple(_needles(spellings)) for _, spellings in names]
    stages = slots[: len(profile.stages)]
    halves = [
        tuple(half for word in words for half in (word[: len(word) // 2], word[len(word) // 2 :]))
        for words in stages
    ]
    foreign = any(byte >= 0x80 for words in slots for word in words for byte in word)
    # The rarest first: a long label decides most documents at once.
    halves.sort(key=lambda parts: -min((len(part) for part in parts), default=0))
    in_letters = tuple((slot, squash(name)) for slot, spellings in names for name in spellings)
    return Vocabulary(tuple(slots), tuple(halves), foreign, names, bool(profile.layout), in_letters)


def _needles(spellings: Sequence[str]) -> Iterator[bytes]:
    for spelling in spellings:
        word = squash(spelling)
        # Bytes beyond ASCII have no case of their own: the usual ones are written out.
        cases = {word} if word.isascii() else {word, word.upper(), word.title()}
        yield from (case.encode() for case in sorted(cases) if case)


def screen_for(profiles: Sequence[Profile]) -> Screen:
    """The screen that tells documents by the labels of these profiles."""
    vocabularies = {profile.id: vocabulary(profile) for profile in profiles}

    def by_letters(data: bytes) -> tuple[str, ...]:
        return tuple(name for name, words in vocabularies.items() if has_labels(data, words))

    def by_cells(text: str, passed: Sequence[str]) -> tuple[str, ...]:
        cells = _cells(text)
        return tuple(name for name in passed if _stand_alone(cells, vocabularies[name]))

    return Screen(by_letters, by_cells)


def has_labels(data: bytes, words: Vocabulary) -> bool:
    """The first question: two labels of the profile are among the letters of `data`, or of
    each stage at least one half."""
    if words.structural:
        return True
    gone = NOT_LETTERS_NOR_FOREIGN if words.foreign else NOT_LETTERS
    letters = data.translate(TO_LETTERS, gone)
    enough = min(ENOUGH, len(words.slots))
    found = 0
    for spellings in words.slots:
        found += any(word in letters for word in spellings)
        if found == enough:
            return True
    return all(any(half in letters for half in halves) for halves in words.halves)


def _cells(text: str) -> list[str]:
    return [cell for cell in CELL_EDGE.split(text) if cell and len(cell) <= LONGEST_ROW]


def _stand_alone(cells: Sequence[str], words: Vocabulary) -> bool:
    """The second question: two labels of the profile stand in cells of their own."""
    if words.structural:
        return True
    enough = min(ENOUGH, len(words.slots))
    matcher = _matcher(words.names)
    found: set[str] = set()
    for cell in cells:
        label = matcher(cell)
        found.update([label] if label else _row(cell, words))
        if len(found) >= enough:
            return True
    return False


@lru_cache(maxsize=64)
def _matcher(names: tuple[tuple[str, tuple[str, ...]], ...]) -> LabelMatcher:
    return LabelMatcher(dict(names))


def _row(cell: str, words: Vocabulary) -> list[str]:
    """The labels in a line that holds labels, and at most one word more: what the first column
    is called."""
    letters = squash(cell)
    found = [slot for slot, name in words.in_letters if name and name in letters]
    if len(set(found)) < ENOUGH:
        return []
    known = " ".join(name for _, name in words.in_letters)
    others = [word for word in map(squash, cell.split()) if word and word not in known]
    return found if len(others) <= 1 else []
