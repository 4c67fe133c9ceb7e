"""Words of witnesses, and how surely two texts are one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from breakthrough_extract.document import Passage
from breakthrough_extract.language import contained, likeness

WORD = re.compile(r"\w+(?:['’\-\u2010\u2011\u00ad]\w+)*")
TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u2010": "-", "–": "-", "—": "-", "\u00ad": ""}
)
# What joins an item to the next is no word of it.
LISTED = re.compile(r"(?<=[;,])\s*(?:and|or)\s*$")
# What ends an item because it is one of a list: the item was not clipped there.
CLOSED = re.compile(r"[;,.:!?](?:\s*(?:and|or))?\s*$")
SAME_TEXT = 0.7  # likeness from which two items of one cell are one item
SAME_ELSEWHERE = 0.9  # likeness from which texts of two cells, or part and whole, are one text
CLIPPED = 0.9  # share of its words that a clipped item must have in a row in the whole one
LEAST_CLIP = 3  # words that a clipped item must have
LEAST_PART = 4  # words of a text that is sought anywhere
ADJACENT = 0.5  # gain, in letters, of going straight on in an alignment


class Word(NamedTuple):
    """A word of a text."""

    text: str  # as it is compared: lower case, typography alike
    start: int  # code points into the text of its passage
    end: int


def plain(text: str) -> str:
    """`text` as it is compared."""
    return unicodedata.normalize("NFKC", text).casefold().translate(TYPOGRAPHY)


def words_of(text: str) -> tuple[Word, ...]:
    return tuple(Word(plain(w.group()), w.start(), w.end()) for w in WORD.finditer(text))


def letters(bag: Counter[str]) -> int:
    return sum(len(word) * count for word, count in bag.items())


@dataclass(frozen=True)
class Said:
    """One text as one witness has it."""

    witness: int  # 0-based, in the order given
    text: Passage
    credit: float = 0.0  # of its witness: the share of its text that fell into place
    margin: float = 0.0  # of the decision for its section
    marked: bool = False  # whether a list mark stands before it
    astray: bool = False  # whether its list had come to its end before it

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_of(LISTED.sub("", self.text.text))

    @cached_property
    def plain(self) -> str:
        return " ".join(word.text for word in self.words)

    def slice(self, first: int, end: int) -> Passage:
        """The passage from word `first` up to word `end`."""
        if first >= end:
            return Passage()
        return self.text[self.words[first].start : self.words[end - 1].end]

    def around(self, first: int, end: int) -> Passage:
        """These words, or, if there are none, their neighbours."""
        if first >= end:
            first, end = max(first - 1, 0), min(end + 1, len(self.words))
        return self.slice(first, end)


def align(one: Sequence[Word], other: Sequence[Word]) -> list[tuple[int, int]]:
    """The pairs of equal words, in order on both sides, that have the most letters.

    Exact, by dynamic programming; of two that are as good the one with fewer breaks.
    """
    rows, columns = len(one), len(other)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    run = [[0.0] * (columns + 1) for _ in range(rows + 1)]  # best that ends with this very pair
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            if one[i - 1].text == other[j - 1].text:
                before = max(best[i - 1][j - 1], run[i - 1][j - 1] + ADJACENT)
                run[i][j] = before + len(one[i - 1].text)
            best[i][j] = max(best[i - 1][j], best[i][j - 1], run[i][j])
    pairs: list[tuple[int, int]] = []
    i, j, bound = rows, columns, False
    while i and j:
        if run[i][j] and (bound or run[i][j] == best[i][j]):
            pairs.append((i - 1, j - 1))
            bound = bool(run[i - 1][j - 1]) and run[i - 1][j - 1] + ADJACENT >= best[i - 1][j - 1]
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def kinship(one: Said, other: Said, least: float) -> float:
    """How surely two texts are one text, 0..1; 0 if they are not."""
    if one.plain == other.plain:
        return 1.0
    alike = likeness(one.plain, other.plain)
    if alike >= least:
        return alike
    return max(_clipped(one, other), _overlapping(one, other), _overlapping(other, one))


def _overlapping(head: Said, tail: Said) -> float:
    """The same for two texts of which one lost its end and the other its beginning."""
    one, other = ([word.text for word in said.words] for said in (head, tail))
    least = max(min(len(one), len(other)) // 2, LEAST_PART)
    sizes = range(min(len(one), len(other)) - 1, least - 1, -1)
    shared = next((size for size in sizes if one[-size:] == other[:size]), 0)
    return SAME_TEXT * shared / max(len(one), len(other))


def _clipped(one: Said, other: Said) -> float:
    """The same for two texts of which one is the head or the tail of the other."""
    short, long = sorted((one, other), key=lambda said: len(said.words))
    size = len(short.words)
    if size < LEAST_CLIP or contained(short.plain, long.plain) < CLIPPED:
        return 0.0
    pairs = align(short.words, long.words)
    if len(pairs) < CLIPPED * size - 1:  # the word at the edge may be broken
        return 0.0
    first, last = pairs[0][1], pairs[-1][1]
    at_edge = first == 0 or last == len(long.words) - 1
    return len(pairs) / size * SAME_TEXT if at_edge and last - first <= size else 0.0


def is_within(part: str, whole: Said) -> bool:
    return len(part) <= len(whole.plain) and contained(part, whole.plain) >= SAME_ELSEWHERE
