"""Lists that lost their marks and have no punctuation either: what the line breaks in them mean.

A line breaker's line is full: the next line's first word had no room. A break where it had room
is the author's, and an item begins behind it. What neither the room nor a letter's case decides
is told to be in doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from breakthrough_extract.document import BlockKind, Document, NamedList, Outline, Passage, Section
from breakthrough_extract.measure import Measure, Width
from breakthrough_extract.punctuation import FULL_STOP, LAST_BUT_ONE, LISTED
from breakthrough_extract.recognise.lists import begun_at
from breakthrough_extract.recognise.walls import (
    PAGES,
    Break,
    Column,
    begins_high,
    by_column,
    full_lines,
    walled,
)

MEANT = 0.2  # share of the breaks with room, within their own text, from which breaks are meant
ASTRAY = 0.05  # share of the breaks with room that wrapped text has: its face is not known
FEW = 10  # breaks: fewer do not show by chance alone that no break had room
WALL = 0.7  # share of the broken lines that fill one column, where text is wrapped
WALLS = 0.35  # the same where there are enough of them: columns may differ in width
WRAPPED = 0.45  # the same in a table, whose breaks are the author's if nothing speaks against it
TIGHT = 0.15  # share of the broken lines that come near the longest by chance
REGULAR = 0.9  # share of the texts that begin with a capital, where items do
MOSTLY = 0.5  # share of the breaks with room in their column, where no wall is
SINGLE = 5  # items with marks, all of one line, that show that nothing is wrapped
GOES_ON = re.compile(r"[,:\-\u2010\u00ad/–—]$")  # no item ends so
WORD = re.compile(r"\w")
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Lines:
    """What the line breaks of a document mean where items have no marks."""

    meant: frozenset[int]  # where lines begin that begin an item
    doubtful: frozenset[int]  # where lines begin of which nothing decides whether they do


def with_breaks(outline: Outline, document: Document) -> Outline:
    """`outline` with an item for each line that begins one, and the doubtful lines named."""
    if outline.interleaved or outline.untangled:
        return outline  # their order was made anew: what stands below a line says nothing
    lines = _lines_of(outline, document)
    if not (lines.meant or lines.doubtful):
        return outline
    return replace(outline, sections=tuple(_divided(one, lines) for one in outline.sections))


def _divided(section: Section, lines: Lines) -> Section:
    items, depths = _split(section.items, section.depths, lines)
    lists = tuple(
        NamedList(one.name, *_split(one.items, one.depths, lines)) for one in section.lists
    )
    doubtful = tuple(
        line for text in _texts(section) for line in text.lines() if _start(line) in lines.doubtful
    )
    changed = items != section.items or lists != section.lists or bool(doubtful)
    return replace(
        section,
        items=items,
        depths=depths,
        lists=lists,
        unmarked=section.unmarked or changed,
        doubtful=(*section.doubtful, *doubtful),
    )


def _split(
    items: Sequence[Passage], depths: Sequence[int], lines: Lines
) -> tuple[tuple[Passage, ...], tuple[int, ...]]:
    parts = [tuple(begun_at(lines.meant, item)) for item in items]
    deep = (depth for depth, own in zip(depths, parts, strict=False) for _ in own)
    return tuple(part for own in parts for part in own), tuple(deep)


def _lines_of(outline: Outline, document: Document) -> Lines:
    unmarked, listed, marked = _unmarked(outline, document)
    broken = [[line.text for line in text.lines()] for text in unmarked]
    measure = Measure.of(broken)
    breaks = list(_breaks(document, unmarked, marked, measure.width))
    told = [one for one in breaks if not GOES_ON.search(one.before.folded)]
    bare = _told(told, marked, unmarked)
    ended = _ended(_breaks(document, listed, marked, measure.width))
    starts = {_start(text) for section in outline.sections for text in _texts(section)}
    cells = _breaks(document, _cells(document, starts), (), measure.width)
    begun = [one for one in cells if _start(one.after) in starts]
    cut = _in_cells([one for one in begun if not LISTED.search(one.before.folded)])
    return Lines(bare.meant | ended.meant, bare.doubtful | ended.doubtful | cut)


def _in_cells(breaks: Sequence[Break]) -> frozenset[int]:
    """Where lines of cells begin that were taken for items, though so many lines above such end at
    one wall as do only where lines are wrapped."""
    if len(breaks) < FEW or walled(breaks) < WRAPPED:
        return frozenset()
    full = (one for own in by_column(breaks) for one in full_lines(own))
    return frozenset(_start(one.after) for one in full)


def _cells(document: Document, starts: Set[int]) -> list[Passage]:
    """The texts of cells of which lines were taken for items, which begin at `starts`."""
    return [
        block.text
        for block in document.blocks
        if block.place.table
        and block.kind != BlockKind.ITEM
        and sum(_start(line) in starts for line in block.text.lines()) > 1
    ]


def _ended(breaks: Iterable[Break]) -> Lines:
    """Where lines end as items do: a semicolon stands at the end of a full line by chance, too."""
    ends = [one for one in breaks if LISTED.search(one.before.folded)]
    sure = {_start(e.after) for e in ends if e.has_room or LAST_BUT_ONE.search(e.before.folded)}
    every = frozenset(_start(one.after) for one in ends)
    return Lines(every, every - sure)


def _told(told: Sequence[Break], marked: Sequence[Passage], unmarked: Sequence[Passage]) -> Lines:
    """What breaks mean behind which no sign says that an item ends."""
    if not told or not _are_meant(told, marked):
        return Lines(frozenset(), _undecided(told))
    capitals = _share(begins_high(text) for text in unmarked) >= REGULAR
    tight = _share(one.is_tight for one in told)
    pure = tight <= TIGHT and len(told) >= FEW
    meant: set[int] = set()
    doubtful: set[int] = set()
    for one in told:
        start = _start(one.after)
        if capitals and not one.capital:
            if one.has_room:
                doubtful.add(start)
        elif one.has_room or pure:
            meant.add(start)
        else:
            doubtful.add(start)
            if capitals and not FULL_STOP.search(one.before.folded):
                meant.add(start)  # it may be a name, but that is rarer
    return Lines(frozenset(meant), frozenset(doubtful))


def _are_meant(breaks: Sequence[Break], marked: Sequence[Passage]) -> bool:
    """Whether an author, not a line breaker, made some of the breaks."""
    if _share(one.has_own_room for one in breaks) >= MEANT:
        return True
    roomy = _share(one.has_room for one in breaks)
    single = _share("\n" not in text.text for text in marked) >= 1 - ASTRAY
    if len(marked) >= SINGLE and single:
        return roomy >= MEANT
    return len(breaks) >= FEW and roomy >= MOSTLY and walled(breaks) < WALLS


def _undecided(breaks: Sequence[Break]) -> frozenset[int]:
    """Where lines begin, if no wall at which most lines end shows that they were wrapped."""
    roomy = [one for one in breaks if one.has_own_room]
    if len(roomy) > ASTRAY * len(breaks):
        return frozenset(_start(one.after) for one in breaks if one.has_room)
    if walled(breaks) >= WALLS and walled(breaks, 2) >= WALL:
        return frozenset()
    return frozenset(_start(one.after) for one in breaks)


def _unmarked(
    outline: Outline, document: Document
) -> tuple[list[Passage], list[Passage], list[Passage]]:
    """Items of lists without marks and punctuation, those of lists with punctuation alone that
    nobody has divided yet, and items that have marks."""
    kinds = {_start(block.text): block.kind for block in document.blocks if block.text}
    bare: list[Passage] = []
    listed: list[Passage] = []
    marked: list[Passage] = []
    for section in outline.sections:
        texts = _texts(section)
        own = [text for text in texts if kinds.get(_start(text)) != BlockKind.ITEM]
        marked += [text for text in texts if kinds.get(_start(text)) == BlockKind.ITEM]
        if not any(LISTED.search(line.text) for text in own for line in text.lines()):
            bare += own
        elif section.structural:
            listed += own
    return bare, listed, marked


def _breaks(
    document: Document, texts: Sequence[Passage], marked: Sequence[Passage], width: Width
) -> Iterator[Break]:
    if not any("\n" in text.text for text in texts):
        return
    places = {_start(block.text): block.place for block in document.blocks if block.text}
    columns: dict[Column, float] = defaultdict(float)

    def column(text: Passage) -> Column:
        place = places.get(_start(text))
        if place is None or place.page:
            return PAGES
        return (place.table, place.column) if place.table else (0, 0)

    widest = {}
    for text in (*texts, *marked):
        widest[_start(text)] = max((width(line.text) for line in text.lines()), default=0.0)
        where = column(text)
        if where != PAGES:
            columns[where] = max(columns[where], widest[_start(text)])
    for text in texts:
        own = widest[_start(text)]
        where = column(text)
        for one, other in pairwise(text.lines()):
            if _adjoin(document.source.text, one, other):
                low = width(one.text)
                high = low + width(f" {other.text.split()[0]}")
                yield Break(one, other, where, own, columns.get(where, own), low, high)


def _adjoin(source: str, one: Passage, other: Passage) -> bool:
    """Whether nothing stands between two lines: no running head that a text goes on behind."""
    between = source[one.spans[-1].end : other.spans[0].start]
    return bool(other.text.split()) and not WORD.search(TAG.sub("", between))


def _texts(section: Section) -> list[Passage]:
    texts = (*section.items, *(item for one in section.lists for item in one.items))
    return [text for text in texts if text]


def _start(text: Passage) -> int:
    return text.pieces[0].start


def _share(of: Iterable[bool]) -> float:
    every = list(of)
    return sum(every) / len(every) if every else 0.0
