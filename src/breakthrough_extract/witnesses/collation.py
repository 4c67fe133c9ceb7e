"""Several witnesses of one text, word by word: where they differ, and which is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from breakthrough_extract.witnesses.words import CLOSED, Said, align

CONTEXT = 2  # words that must agree on each side of lost ones, or all there are


class Column(NamedTuple):
    """What one witness has in place of some words of the base."""

    first: int  # word of that witness, 0-based
    end: int  # exclusive
    abstains: bool = False  # it breaks off there, and so says nothing


class Zone(NamedTuple):
    """Words of the base, or a gap between two, where witnesses differ."""

    first: int
    end: int  # exclusive; equal to first for a gap
    columns: tuple[Column, ...]  # one a witness, the base's first


@dataclass(frozen=True)
class Collation:
    """All witnesses of one text, word by word against the first."""

    texts: Sequence[Said]

    @cached_property
    def pairs(self) -> list[list[tuple[int, int]]]:
        base = self.texts[0]
        return [
            [(n, n) for n in range(len(base.words))]
            if said.plain == base.plain
            else align(base.words, said.words)
            for said in self.texts
        ]

    def zones(self) -> list[Zone]:
        """Where they differ, in order, disjoint."""
        found: set[tuple[int, int]] = set()
        for first, end, there, stop in self._blocks():
            # Lost words are a question each; others are tied to those that they replace.
            tied = [(first, end)] if there < stop else [(n, n + 1) for n in range(first, end)]
            for one, other in tied:
                inside = {f for f in found if f[0] < other and one < f[1]} | {(one, other)}
                found -= inside
                found.add((min(f for f, _ in inside), max(e for _, e in inside)))
        return self._joined([self._zone(*interval) for interval in sorted(found)])

    def _blocks(self) -> list[tuple[int, int, int, int]]:
        """Runs of base words and of the words that another witness has in their place."""
        return [block for n in range(1, len(self.texts)) for block in self._blocks_of(n)]

    def _blocks_of(self, n: int) -> Iterator[tuple[int, int, int, int]]:
        ends = (len(self.texts[0].words), len(self.texts[n].words))
        for (i, j), (k, m) in pairwise([(-1, -1), *self.pairs[n], ends]):
            if k - i > 1 or m - j > 1:
                yield i + 1, k, j + 1, m

    def _zone(self, first: int, end: int) -> Zone:
        base = Column(first, end)
        columns = [base, *(self._column(n, base) for n in range(1, len(self.texts)))]
        gone = any(
            breaks_off(self.texts[0], base, self._words(n, column))
            for n, column in enumerate(columns)
        )
        return Zone(first, end, (base._replace(abstains=gone), *columns[1:]))

    def _column(self, n: int, zone: Column) -> Column:
        """What witness `n` has in place of these words of the base, or in this gap."""
        words, gaps = self._places[n]
        if zone.first == zone.end:
            column = Column(*gaps[zone.first])
        else:
            column = Column(words[zone.first][0], words[zone.end - 1][1])
        gone = breaks_off(self.texts[n], column, self._words(0, zone))
        return column._replace(abstains=gone)

    @cached_property
    def _places(self) -> list[tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
        """For each witness where it has each word of the base, and each gap before a word."""
        return [self._places_of(n) for n in range(len(self.texts))]

    def _places_of(self, n: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        size = len(self.texts[0].words)
        words = [(0, 0)] * size
        for i, j in self.pairs[n]:
            words[i] = (j, j + 1)
        own: dict[int, tuple[int, int]] = {}
        for first, end, there, stop in self._blocks_of(n):
            if first == end:
                own[first] = (there, stop)
                continue
            # All stand at the first word: no zone parts the words of a block.
            words[first:end] = [(there, stop), *[(stop, stop)] * (end - first - 1)]
        starts = [place[0] for place in words] + [len(self.texts[n].words)]
        return words, [own.get(gap, (starts[gap], starts[gap])) for gap in range(size + 1)]

    def _words(self, n: int, column: Column) -> list[str]:
        return [word.text for word in self.texts[n].words[column.first : column.end]]

    def _joined(self, zones: Sequence[Zone]) -> list[Zone]:
        """`zones`, those that touch as one where the same witnesses lost the words of both."""
        out: list[Zone] = []
        for zone in zones:
            if out and out[-1].end == zone.first and _same_losses(out[-1], zone):
                columns = tuple(
                    Column(one.first, two.end, one.abstains or two.abstains)
                    for one, two in zip(out[-1].columns, zone.columns, strict=True)
                )
                out[-1] = Zone(out[-1].first, zone.end, columns)
            else:
                out.append(zone)
        return out

    def reading(self, zone: Zone, n: int) -> tuple[str, ...]:
        return tuple(self._words(n, zone.columns[n]))

    def has_context(self, zone: Zone, n: int) -> bool:
        """Whether base and witness `n` agree in the words on both sides of a gap.

        The next words must be the same; behind them one of the two may have lost another.
        """
        column = zone.columns[n]
        before = self._agree(n, zone.first, column.first, step=-1)
        after = self._agree(n, zone.end, column.end, step=1)
        return before and after

    def _agree(self, n: int, here: int, there: int, step: int) -> bool:
        size, other = len(self.texts[0].words), len(self.texts[n].words)
        mine = [k for k in _next(here, step) if 0 <= k < size]
        theirs = [k for k in _next(there, step) if 0 <= k < other]
        if not mine:
            return True  # the edge of the text
        known = set(self.pairs[n])
        if not theirs or (mine[0], theirs[0]) not in known:
            return False
        return all(i in {i for i, _ in known} for i in mine) or all(
            j in {j for _, j in known} for j in theirs
        )


def _next(at: int, step: int) -> range:
    """The words next to a gap, on the left or on the right."""
    return range(at, at + CONTEXT) if step > 0 else range(at - 1, at - 1 - CONTEXT, -1)


def _same_losses(one: Zone, two: Zone) -> bool:
    """Whether in both zones the same witnesses have nothing, and all others the base's words."""
    if one.first == one.end or two.first == two.end:
        return False
    for zone in (one, two):
        for column in zone.columns[1:]:
            if column.end - column.first not in (0, zone.end - zone.first):
                return False
    return [c.first == c.end for c in one.columns] == [c.first == c.end for c in two.columns] and [
        c.abstains for c in one.columns
    ] == [c.abstains for c in two.columns]


def breaks_off(said: Said, column: Column, more: Sequence[str]) -> bool:
    """Whether `said` was clipped in that column, where another goes on with the words `more`.

    It has nothing there, or the head or tail of a word; and no list's punctuation says that
    this is its end.
    """
    words = [word.text for word in said.words[column.first : column.end]]
    if len(more) <= len(words) or len(words) > 1:
        return False
    if column.end == len(said.words) and not CLOSED.search(said.text.text):
        return not words or more[0].startswith(words[0])
    return column.first == 0 and (not words or more[-1].endswith(words[0]))


def decide(readings: Sequence[tuple[str, ...] | None]) -> int | None:
    """Which reading is right, as an index; None if nothing decides.

    A reading of None abstains. The majority of three and more decides; else some words stand
    against none, and one text against silence.
    """
    votes = Counter(reading for reading in readings if reading is not None)
    if not votes:
        return 0
    (top, count), total = votes.most_common(1)[0], votes.total()
    if len(votes) == 1 or (total >= 3 and 2 * count > total):
        return readings.index(top)
    if len(votes) == 2 and () in votes:
        return readings.index(next(reading for reading in votes if reading))
    return None
