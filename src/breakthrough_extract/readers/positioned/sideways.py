"""Lines set sideways: a converter gives their letters one above the other, each an element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import pairwise
from statistics import median

from breakthrough_extract.readers.positioned.nouns import Leaf, Run

SHORT = 3  # characters that one element has of such a line: narrow letters come together, or
# one with the space before it
FEWEST = 4  # elements
STEP = 1.6  # of the size; letters that follow one another are no further apart
SPACE = 1.6  # of the usual step; a wider one is between two words
BREADTH = 1.0  # of the size: how much of the page's width the line takes


def laid_down(leaves: Sequence[Leaf], source: str) -> list[Leaf]:
    """The elements of a page; the letters of a sideways line are one, a word on each line."""
    out: list[Leaf] = []
    at = 0
    while at < len(leaves):
        end = at + 1
        while end < len(leaves) and _follows(leaves[end - 1], leaves[end], source):
            end += 1
        run = leaves[at:end]
        out += [_line(run, source)] if len(run) >= FEWEST else run
        at = end
    return out


def _follows(one: Leaf, other: Leaf, source: str) -> bool:
    """Whether the two hold letters of a line that reads upwards."""
    first, after = _letters(one, source), _letters(other, source)
    if not first or not after or one.lines[0][0].set != other.lines[0][0].set:
        return False
    step = (one.top - other.top) / len(first)
    return one.left == other.left and 0 < step < STEP * one.lines[0][0].set.size


def _letters(leaf: Leaf, source: str) -> str:
    """The text of the element if it is one run of a few letters in capitals, else nothing."""
    if len(leaf.lines) != 1 or len(leaf.lines[0]) != 1:
        return ""
    text = unescape(source[slice(*leaf.lines[0][0].span)])
    letters = text.strip()
    return text if len(text) <= SHORT and letters.isalpha() and letters.isupper() else ""


def _line(run: Sequence[Leaf], source: str) -> Leaf:
    size = run[0].lines[0][0].set.size
    return replace(run[0], top=run[-1].top, width=BREADTH * size, lines=list(_words(run, source)))


def _words(run: Sequence[Leaf], source: str) -> Iterator[list[Run]]:
    """The words of the line, each from the runs of its letters."""
    texts = [_letters(leaf, source) for leaf in run]
    steps = [
        (one.top - other.top) / len(text)
        for (one, other), text in zip(pairwise(run), texts, strict=False)
    ]
    usual = median(steps)
    word = list(run[0].lines[0])
    for leaf, step, before, text in zip(run[1:], steps, texts, texts[1:], strict=False):
        if step > SPACE * usual or before[-1].isspace() or text[0].isspace():
            yield word
            word = []
        word += leaf.lines[0]
    yield word
