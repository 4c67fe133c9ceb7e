"""Lists without marks whose items are set with a hanging indent: it says where each begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from breakthrough_extract.punctuation import LISTED
from breakthrough_extract.readers.layout.lines import Line
from breakthrough_extract.readers.layout.signs import TERMINAL

INDENT, DEEPEST = 0.5, 4.0  # of the size: how far in the further lines of an item are set
LEVEL = 0.15  # of the size: lines that begin no further apart begin at one side
FEWEST = 4  # steps in, and back out, from which they are a habit of the document
MOSTLY = 0.9


def hangs(regions: Sequence[Sequence[Line]]) -> bool:
    """Whether paragraphs of the document hang: a line is set further in where its sentence goes
    on, and one further out where a sentence begins."""
    inwards: list[bool] = []
    outwards: list[bool] = []
    for one, other in (pair for lines in regions for pair in pairwise(lines)):
        if one.bullet or other.bullet or one.size != other.size:
            continue
        ended = TERMINAL.search(one.text) is not None
        if is_in(one, other):
            inwards.append(not ended)
        elif is_in(other, one):
            outwards.append(ended)
    return all(len(way) >= FEWEST and sum(way) >= MOSTLY * len(way) for way in (inwards, outwards))


def is_in(one: Line, other: Line) -> bool:
    """Whether `other` begins as far right of `one` as the further lines of an item do."""
    return INDENT * one.size < other.box.x0 - one.box.x0 < DEEPEST * one.size


def begins_item(run: Sequence[Line], line: Line) -> bool:
    """Whether `line` begins where items do, after the lines of a paragraph of such a document."""
    if run[0].bullet:
        return False
    if len(run) == 1:  # were `line` of the same item, it would be set further in
        return _level(run[0], line) and TERMINAL.search(run[0].text) is not None
    return is_in(line, run[-1])


def items(runs: Sequence[Sequence[Line]]) -> Iterator[bool]:
    """Of each paragraph of a region, whether it is an item."""
    hanging = [_is_hanging(run) for run in runs]
    firsts = [run[0] for run, hung in zip(runs, hanging, strict=True) if hung]
    more = False  # whether the item before says that another comes
    for run, hung in zip(runs, hanging, strict=True):
        beside = not run[0].bullet and any(_level(first, run[0]) for first in firsts)
        ended = LISTED.search(run[-1].text) is not None
        item = hung or (beside and len(run) == 1 and (ended or more))
        more = item and ended
        yield item


def _is_hanging(run: Sequence[Line]) -> bool:
    first, *rest = run
    return (
        not first.bullet
        and bool(rest)
        and is_in(first, rest[0])
        and all(_level(rest[0], line) for line in rest)
    )


def _level(one: Line, other: Line) -> bool:
    return abs(one.box.x0 - other.box.x0) <= LEVEL * one.size
