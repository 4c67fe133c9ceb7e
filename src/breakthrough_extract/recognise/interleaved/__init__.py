"""Lists that a converter has dealt out by turns, put together again as far as that is decided.

Some converters write the columns of a page piece by piece: labels first, then headlines,
then the lists by turns, or a column's top before the foot of the one before it. What the text
still has is the grammar of its lists (a label, a headline, items that end in a semicolon, one
that ends in "; and", the last with its full stop), the order, the blank lines, and the words.
All of it is weighed at once; what is nearly as well read another way is left open.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from breakthrough_extract.document import BlockKind, Passage
from breakthrough_extract.recognise.interleaved.cover import Cover, cover
from breakthrough_extract.recognise.interleaved.links import Facts, links_of
from breakthrough_extract.recognise.interleaved.newspaper import flow
from breakthrough_extract.recognise.interleaved.pieces import (
    MARKED,
    End,
    Piece,
    Run,
    Start,
    follows,
    runs_of,
)
from breakthrough_extract.recognise.interleaved.tones import tones_of
from breakthrough_extract.recognise.lines import Line, What
from breakthrough_extract.recognise.lists import Lists
from breakthrough_extract.recognise.order import is_interleaved

__all__ = ["Untangled", "untangle"]

TANGLED, BROKEN = 2, 0.1  # lists, and their share, that go on elsewhere: the text is mixed
HABITUAL = 3  # columns' tops before what they go on from, that make it a converter's habit
UNEVEN = 1.25  # labels a headline, headlines a label, or ends of lists a headline, at most
# Share of the pieces that may be cut off in the middle: with list marks, and without them.
MOST_CUT, MOST_CUT_UNMARKED = 0.45, 0.15


@dataclass(frozen=True)
class Untangled:
    """Lines in the order of their lists, and what it is not decided where to put."""

    lines: Sequence[Line]
    undecided: tuple[Passage, ...] = ()
    margin: float = (
        0.0  # of the least sure of what was put together; 0 if the lines are as they were
    )
    # Of texts whose list is decided, the first of those that may as well stand elsewhere in it.
    unordered: tuple[Passage, ...] = ()


def untangle(
    lines: Sequence[Line], lists: Lists, slots: Sequence[str], list_slot: str
) -> Untangled:
    """`lines`, list by list; as they are where they are in order, or beyond repair.

    `lists`: where unmarked items end. `slots`: those of a theme, in their order. `list_slot`:
    the slot that advises where the others describe; "" if there is none.
    """
    if any(line.block.place.table or line.block.place.box for line in lines):
        return Untangled(lines)  # where the text stands says more than its order
    runs = runs_of(lines, lists)
    if not _is_tangled(runs, is_interleaved(lines)) or not _has_grammar(runs):
        return Untangled(lines)
    first = cover(len(runs), links_of(Facts.of(runs, list_slot)))
    sure = [[run for run in chain if run not in first.open] for chain in first.chains]
    back = sum(other < one for chain in sure for one, other in pairwise(chain))
    tones = tones_of(runs, sure, list_slot)
    facts = Facts.of(runs, list_slot, tones, top_first=back >= HABITUAL)
    flowing = flow(facts, slots)
    if flowing:
        return _untangled(lines, runs, flowing, set(range(len(runs))))
    links = links_of(facts)
    linked = {run for link in links for run in (link.one, link.other)}
    found = cover(len(runs), links, scant=not facts.gluing)  # blank lines say nothing
    return _untangled(lines, runs, found, linked)


def _is_tangled(runs: Sequence[Run], astray: bool) -> bool:
    """Whether several lists break off, and what they lack stands elsewhere: where it stands
    nowhere, it is lost, and the text is in order. `astray`: labels and headlines do not
    alternate, so that one such list is enough."""
    labels = [n for n, run in enumerate(runs) if run.first.start == Start.LABEL]
    strays = {  # what follows depends on these alone: one of each will do
        (other.first.start, other.first.end): other
        for one, other in pairwise((None, *runs))
        if other and other.first.start != Start.LABEL and not _goes_on(one, other)
    }
    broken = [end for end in (_end_of(runs, n) for n in labels) if end.last.end != End.LAST]
    lacking = sum(any(_goes_on(end, stray) for stray in strays.values()) for end in broken)
    return lacking >= (1 if astray else max(TANGLED, BROKEN * len(labels)))


def _goes_on(one: Run | None, other: Run) -> bool:
    return one is not None and follows(one.last, other.first)


def _end_of(runs: Sequence[Run], label: int) -> Run:
    """The last run of what comes directly after a label, in one list."""
    n = label
    while n + 1 < len(runs) and _goes_on(runs[n], runs[n + 1]):
        n += 1
    return runs[n]


def _has_grammar(runs: Sequence[Run]) -> bool:
    """Whether labels, headlines and ends of lists match, and few texts are cut."""
    pieces = [piece for run in runs for piece in run.pieces]
    labels = sum(piece.end == End.LABEL for piece in pieces)
    heads = sum(piece.end == End.HEAD for piece in pieces)
    ends = sum(piece.end == End.LAST for piece in pieces)
    cut = sum(run.last.end == End.CUT for run in runs)
    marked = sum(piece.start == Start.ITEM for piece in pieces) > MARKED * len(pieces)
    even = 0 < labels <= UNEVEN * heads and max(heads, ends) <= UNEVEN * labels
    return even and cut <= (MOST_CUT if marked else MOST_CUT_UNMARKED) * len(pieces)


def _untangled(
    lines: Sequence[Line], runs: Sequence[Run], found: Cover, linked: Set[int]
) -> Untangled:
    """The lists of `found`. A text that nothing links to any list (not in `linked`) is loose, not
    undecided: it comes before all labels."""
    taken: list[Piece] = []
    ordered: list[Line] = []
    for chain in found.chains:
        kept = [piece for run in chain if run not in found.open for piece in runs[run].pieces]
        whole = _whole(kept)
        if len(whole) > 1 and whole[0].start == Start.LABEL:
            taken += whole
            ordered += _joined(whole)
    if not ordered:
        return Untangled(lines)
    held = {id(piece) for piece in taken}
    loose: list[Line] = []
    undecided: list[Passage] = []
    for n, run in enumerate(runs):
        for piece in run.pieces:
            if id(piece) in held:
                continue
            if n in linked or piece.start == Start.LABEL:
                undecided.append(piece.line.text)
            else:
                loose.append(piece.line)
    unordered = tuple(
        runs[n].first.line.text for n in sorted(found.unordered) if id(runs[n].first) in held
    )
    return Untangled([*loose, *_others(lines), *ordered], tuple(undecided), found.margin, unordered)


def _whole(pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` without those that are cut and do not go on, and the rests of such."""
    out: list[Piece] = []
    for n, piece in enumerate(pieces):
        after = pieces[n + 1] if n + 1 < len(pieces) else None
        cut = piece.end == End.CUT and not (after and follows(piece, after))
        rest = piece.start == Start.REST and not (out and follows(out[-1], piece))
        if not cut and not rest:
            out.append(piece)
    return out


def _joined(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of a list, what was cut made one."""
    out: list[Line] = []
    before: Piece | None = None
    for piece in pieces:
        if before and before.end == End.CUT:
            out[-1] = replace(out[-1], text=Passage.join((out[-1].text, piece.line.text)))
        elif piece.start in (Start.LABEL, Start.HEAD):
            out.append(piece.line)
        else:
            block = replace(piece.line.block, kind=BlockKind.ITEM)
            out.append(replace(piece.line, block=block))
        before = piece
    return out


def _others(lines: Sequence[Line]) -> list[Line]:
    """The lines that are of no list. A complaint that stood apart from its theme's heading
    must not come to stand under another's: it goes first."""
    kept: list[Line] = []
    astray: list[Line] = []
    before: Line | None = None
    for line in lines:
        headed = before is not None and before.what == What.THEME
        if line.what == What.COMPLAINT and not headed:
            astray.append(line)
        elif line.what not in (What.LABEL, What.TEXT):
            kept.append(line)
        before = before if line.what == What.FURNITURE else line
    return [*astray, *kept]
