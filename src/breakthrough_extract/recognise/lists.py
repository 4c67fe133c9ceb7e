"""Lists whose marks were lost: where an item ends, told by how the document sets its lists."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from breakthrough_extract.document import BlockKind, Passage
from breakthrough_extract.punctuation import ABBREVIATED, FULL_STOP, LAST_BUT_ONE, LISTED
from breakthrough_extract.recognise.lines import Line, What
from breakthrough_extract.recognise.odds import Odds

JOINING = ("and", "or")  # a line that is one of these goes with the item before it
# Marks of one page or column, one below the other, their texts elsewhere.
GLYPH = "[•‣◦▪▫■□●○◆◇\\ue000-\\uf8ff]"
BREAK = r"(?:\r?\n\s*|<br\s*/?>[ \t]*)"  # of a line, or of a line in a cell
HEAP = re.compile(
    rf"(?:(?<=>)|^)[ \t]*(?:{GLYPH}[ \t]*{BREAK})+{GLYPH}[ \t]*(?=[\r\n|]|<|\Z)", re.MULTILINE
)
LEADING_COLON = re.compile(r":\s+(?=[a-z])")

SHOWN = 60  # characters of an item whose beginning is only likely
MARKED = 0.8  # share of the items that must have marks, for a text without one to be no item

# Evidence that an item begins at a line, as the logarithm of odds.
DECIDED = 2.0  # less than that is no evidence
SURE = 4.0  # more than that is evidence for others
SMALLEST = 1e-9
APART = 1.0  # between the last that the count of the marks makes an item, and the next


def split_headline(text: Passage) -> tuple[Passage, Passage]:
    """`text` after the first line that ends in a colon; where none does, after the first colon
    that the first item of a list follows."""
    lines = list(text.lines())
    for n, line in enumerate(lines[:-1], 1):
        if line.text.endswith(":"):
            return Passage.join(lines[:n]), Passage.join(lines[n:])
    found = LEADING_COLON.search(text.text) if LISTED.search(text.folded) else None
    if found and ";" not in text.text[: found.start()]:
        return text[: found.start() + 1], text[found.end() :]
    return text, Passage()


def is_list(text: Passage) -> bool:
    """Whether a paragraph without marks is items from its first line on: that ends as one does,
    and no line is a headline."""
    first, *more = (line.text for line in text.lines())
    return bool(more and LISTED.search(first)) and not any(one.endswith(":") for one in more)


class Heap(NamedTuple):
    """Marks that a converter wrote apart from their texts, one below the other."""

    start: int  # code points into the source
    end: int
    marks: int  # how many


def heaps_of(text: str) -> list[Heap]:
    """The heaps of marks in a text."""
    found = HEAP.finditer(text)
    return [Heap(*one.span(), len(re.findall(GLYPH, one.group()))) for one in found]


class Seam(NamedTuple):
    """A place between two lines where an item may begin."""

    at: int  # where the line after it begins, in code points into the source
    odds: float  # that an item begins there; infinite if it does
    text: str = ""  # that it would begin with
    within: bool = True  # whether both lines are of one list


@dataclass(frozen=True)
class Lists:
    """How the lists of this document are set: it decides where an item ends whose mark is lost."""

    items: frozenset[int]  # where lines begin that begin an item, by evidence
    doubtful: frozenset[int]  # where lines begin of which nothing decides whether they do
    marked: bool  # whether nearly all items of the document have kept their marks
    guessed: frozenset[int] = frozenset()  # where a semicolon is the only sign of an item

    @staticmethod
    def of(lines: Sequence[Line], heaps: Sequence[Heap] = ()) -> Lists:
        """`heaps`: the marks of unmarked lists, if they stand somewhere else."""
        odds = Odds.of([line for line in lines if line.what == What.TEXT])
        seams = _seams(lines, odds)
        sure = _sure_by_marks(seams, heaps) if heaps else _sure(seams)
        seams = _counted(_seams(lines, odds.knowing(sure)), heaps)
        return Lists(
            items=frozenset(seam.at for seam in seams if seam.within and seam.odds >= 0),
            doubtful=frozenset(
                seam.at for seam in seams if seam.within and abs(seam.odds) < DECIDED
            ),
            marked=_is_marked([line for line in lines if line.what == What.TEXT]),
        )

    def cut(self, sure: frozenset[int], likely: frozenset[int]) -> Lists:
        """These, items beginning where lists that ran together were broken, too."""
        items = self.items | sure | likely
        return replace(self, items=items, doubtful=self.doubtful - items, guessed=likely)

    def guesses(self, items: Iterable[Passage]) -> Iterator[Passage]:
        """The stretches of `items` before which one may end: a semicolon is the only sign."""
        for item in items if self.guessed else ():
            offset = 0
            for piece in item.pieces:
                for at in range(piece.start, piece.end):
                    if at in self.guessed:
                        yield item[offset + at - piece.start : offset + at - piece.start + SHOWN]
                offset += len(piece.text)

    def split(self, text: Passage) -> Iterator[Passage]:
        """The items of a paragraph that was a list."""
        return begun_at(self.items, text)

    def doubts(self, items: Iterable[Passage]) -> Iterator[Passage]:
        """The lines of `items` of which nothing decides whether they begin one."""
        for item in items:
            for line in item.lines():
                if line.pieces[0].start in self.doubtful:
                    yield line


def begun_at(starts: Set[int], text: Passage) -> Iterator[Passage]:
    """`text` cut before each line that begins at one of `starts`, code points into the source."""
    run: list[Passage] = []
    for line in text.lines():
        if run and line.pieces[0].start in starts:
            yield Passage.join(run)
            run = []
        run.append(line)
    if run:
        yield Passage.join(run)


def _is_marked(texts: Sequence[Line]) -> bool:
    """Whether nearly all texts have a mark that must be items: after a colon or an "; and"."""
    marked = unmarked = 0
    for one, other in pairwise(texts):
        first = _leads_on(one.text.text)
        marked += first and other.block.kind == BlockKind.ITEM
        unmarked += first and other.block.kind != BlockKind.ITEM
    for text in texts:
        if text.block.kind != BlockKind.ITEM:
            unmarked += sum(_leads_on(part.text) for part in list(text.text.lines())[:-1])
    return marked > 0 and marked >= MARKED * (marked + unmarked)


def _leads_on(text: str) -> bool:
    """Whether an item must come next."""
    return text.endswith(":") or bool(LAST_BUT_ONE.search(text))


def _seams(lines: Sequence[Line], odds: Odds) -> list[Seam]:
    """The places in unmarked text where an item may begin."""
    seams: list[Seam] = []
    before: Passage | None = None  # the last line of the list, in whatever paragraph
    for line in lines:
        if line.what in (What.LABEL, What.THEME):
            before = None
        if line.what != What.TEXT or line.block.kind == BlockKind.ITEM:
            continue
        parts = list(line.text.lines())
        column = cache(partial(odds.column, [part.text for part in parts]))
        for n, part in enumerate(parts):
            seam = _seam(odds, before, part, column, inside=n > 0) if before else None
            seams += [seam] if seam else []
            joined = before and part.text in JOINING
            before = Passage.join((before, part)) if before and joined else part
    return seams


def _seam(
    odds: Odds, one: Passage, other: Passage, column: Callable[[], float], inside: bool
) -> Seam | None:
    """What stands between two lines; None if no item can begin there. `inside`: both are of one
    paragraph, set in a column so wide."""
    before, at = one.folded, other.pieces[0].start
    if before.endswith(":") or (LAST_BUT_ONE.search(before) and other.text not in JOINING):
        return Seam(at, math.inf, other.text)
    if LISTED.search(before) and other.text not in JOINING:
        line = one.text.split("\n")[-1]
        return Seam(at, odds.after(line, other.text, column()) if inside else math.inf, other.text)
    ended = FULL_STOP.search(before) and not ABBREVIATED.search(before)
    if ended and other.text[:1].islower():
        return Seam(at, odds.begins(other.text), other.text, within=False)
    return None


def _counted(seams: Sequence[Seam], heaps: Sequence[Heap]) -> list[Seam]:
    """`seams` with odds that make as many items as there are marks, the likeliest."""
    groups = _grouped(seams, heaps)
    counted = [
        seam
        for group, heap in zip(groups, heaps, strict=False)
        for seam in _likeliest(group, heap.marks)
    ]
    known = {seam.at for seam in counted}
    return [*counted, *(seam for seam in seams if seam.at not in known)]


def _sure(seams: Sequence[Seam]) -> list[str]:
    """What items begin with where the line before has room, whatever it begins with."""
    return [seam.text for seam in seams if SURE <= seam.odds < math.inf]


def _sure_by_marks(seams: Sequence[Seam], heaps: Sequence[Heap]) -> list[str]:
    """What items begin with wherever there are as many marks as places for items."""
    return [
        seam.text
        for group, heap in zip(_grouped(seams, heaps), heaps, strict=False)
        if len(group) == heap.marks
        for seam in group
        if seam.odds < math.inf
    ]


def _grouped(seams: Sequence[Seam], heaps: Sequence[Heap]) -> list[list[Seam]]:
    """The seams that each heap has the marks of; nothing if the marks say nothing.

    A converter writes the marks of a page or column all before their texts or all after them;
    where neither gives numbers that are possible, they say nothing.
    """
    after = [bisect_right([heap.start for heap in heaps], seam.at) for seam in seams]
    before = [bisect_right([heap.end for heap in heaps], seam.at) - 1 for seam in seams]
    for numbers in (after, before):
        groups = [
            [seam for seam, number in zip(seams, numbers, strict=True) if number == n]
            for n in range(len(heaps))
        ]
        if all(map(_is_possible, groups, heaps)):
            return groups
    return []


def _is_possible(seams: Sequence[Seam], heap: Heap) -> bool:
    """Whether there can be as many items as marks."""
    return sum(seam.odds == math.inf for seam in seams) <= heap.marks <= len(seams)


def _likeliest(seams: Sequence[Seam], count: int) -> Iterator[Seam]:
    """`seams`, so many of them decided to begin items; those that are as likely as the last of
    them, and as the next, stay in doubt."""
    ranked = sorted((seam.odds for seam in seams), reverse=True)
    last, after = ranked[count - 1], ranked[count] if count < len(ranked) else -math.inf
    for seam in seams:
        near = last - after < APART and after - APART < seam.odds < last + APART
        item = seam.odds >= last
        yield seam._replace(
            odds=(0.0 if item else -SMALLEST) if near else math.inf if item else -math.inf
        )
