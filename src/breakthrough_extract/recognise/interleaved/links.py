"""What speaks for one run to go on with another: the links, and what each is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breakthrough_extract.language import content_words
from breakthrough_extract.recognise.interleaved.pieces import End, Run, follows
from breakthrough_extract.recognise.interleaved.tones import Tone
from breakthrough_extract.vectors import Vector, cosine, weighted

CHOICES = 6  # links that are weighed for each end of a run
REACH = 40  # runs between two that are one list's, at most
# The worth of links, in units of one run passed over.
LINK = 24.0  # that a run has one before it at all
ALIKE = 5.0  # a full cosine
BRACKET = 4.0  # a bracket is closed that was not opened, or stays open
OVERLEAF = 1.0  # the page ends between
BACK = 4.0  # the converter wrote the second first
HEADED = 2.0  # a headline that is not one of several stands directly before
SAME_TURN = 1.5  # nothing stands between: had it been one list, it would be one run


@dataclass(frozen=True)
class Link:
    """`other` may come next after `one` (indices of runs, 0-based)."""

    one: int
    other: int
    gain: float


def links_of(runs: Sequence[Run], tones: Sequence[Tone]) -> list[Link]:
    """All links that the grammar of lists allows, with their gain."""
    vectors, _ = weighted([Counter(content_words(run.text)) for run in runs])
    alone = [
        run.last.end == End.HEAD and (n == 0 or runs[n - 1].last.end != End.HEAD)
        for n, run in enumerate(runs)
    ]
    glued = Counter(p.end for run in runs for p in run.pieces[:-1])
    loose = Counter(run.last.end for run in runs)
    same_turn = {end: SAME_TURN for end in End if glued[end] >= 0.2 * (glued[end] + loose[end])}
    links = [
        Link(
            i,
            j,
            LINK
            - _cost(one, other, i, j, same_turn)
            + ALIKE * cosine(vectors[i], vectors[j])
            + HEADED * (alone[i] and j == i + 1 and End.HEAD not in same_turn)
            + (tones[j].get(one.slot if one.slot=='breakthrough_points' else 'stage', 0.0) if one.slot else 0.0),
        )
        for i, one in enumerate(runs)
        for j, other in enumerate(runs)
        if i != j and abs(i - j) <= REACH and _may_follow(one, other)
    ]
    return _likely([link for link in links if link.gain > 0])


def _likely(links: Sequence[Link]) -> list[Link]:
    """The links that are among the best of either of their ends."""
    ranks: Counter[tuple[bool, int]] = Counter()
    kept: set[Link] = set()
    for link in sorted(links, key=lambda link: -link.gain):
        for end in ((True, link.one), (False, link.other)):
            ranks[end] += 1
            if ranks[end] <= CHOICES:
                kept.add(link)
    return [link for link in links if link in kept]


def _may_follow(one: Run, other: Run) -> bool:
    if not follows(one.last, other.first) or not 0 <= other.page - one.page <= 2:
        return False
    if one.last.end == End.CUT and one.ends_the_list:
        return other.first.end in (End.LAST, End.CUT)
    return True


def _cost(one: Run, other: Run, i: int, j: int, same_turn: Mapping[End, float]) -> float:
    between = other.turn - one.turn - 1
    cost = _turns(between) if j > i else _back(one, other)
    if j > i and between == 0 and one.page == other.page:
        cost += same_turn.get(one.last.end, 0.0)
    if other.page > one.page:
        cost += OVERLEAF
    if one.last.end == End.CUT:
        opened = _open_brackets(one.last.line.text.folded)
        closed = -_open_brackets(other.first.line.text.folded)
        cost += BRACKET * (opened != closed)
    return cost


def _turns(between: int) -> float:
    """Columns take turns: the more runs between two, the less likely that they are one list's."""
    return 0.5 * max(between - 1, 0) ** 1.25


def _back(one: Run, other: Run) -> float:
    """What it costs that the converter wrote the second first: a column's top before the foot
    of the column before, or two neighbours the wrong way round."""
    return BACK + min(0.25 * other.down, 0.5 * (one.turn - other.turn))


def _open_brackets(text: str) -> int:
    return text.count("(") - text.count(")")
