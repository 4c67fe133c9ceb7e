"""Lists that stand one behind the other under one label: the label of the second was lost.

Where lists are written as sentences ("…; …; and …."), each ends as one does. What follows such an
end, and is a whole list again, is another cell's. Whose it is nobody says, so it is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from breakthrough_extract.document import Passage, Section
from breakthrough_extract.punctuation import FULL_STOP, LAST_BUT_ONE, LISTED

REGULAR = 0.6  # share of the lists that must be such sentences for the others to be suspect


def first_lists(
    sections: Iterable[Section],
) -> tuple[list[Section], list[list[Passage]]]:
    """`sections`, each with the first of its lists alone; and the items of the others."""
    kept = list(sections)
    lists = [_sentences(section.items) for section in kept]
    parts = [part for own in lists for part in own]
    if sum(map(_is_sentence, parts)) < REGULAR * len(parts):
        return kept, []
    over: list[list[Passage]] = []
    for n, own in enumerate(lists):
        if len(own) > 1 and all(map(_is_sentence, own)):
            kept[n] = replace(kept[n], items=tuple(own[0]))
            over.extend(map(list, own[1:]))
    return kept, over


def _sentences(items: Sequence[Passage]) -> list[Sequence[Passage]]:
    """`items`, parted behind each that ends as the last of a list does."""
    ends = [n for n, item in enumerate(items, 1) if FULL_STOP.search(item.folded)]
    bounds = [0, *ends, *([len(items)] if len(items) not in ends else [])]
    return [items[one:other] for one, other in pairwise(bounds)]


def _is_sentence(items: Sequence[Passage]) -> bool:
    """Whether several items are one whole list."""
    ends = [item.folded for item in items]
    return (
        len(ends) > 1
        and all(LISTED.search(end) for end in ends[:-1])
        and bool(LAST_BUT_ONE.search(ends[-2]) and FULL_STOP.search(ends[-1]))
    )
