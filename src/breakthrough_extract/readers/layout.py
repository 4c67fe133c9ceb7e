"""Page layout: words and drawn lines → regions → lines → blocks in reading order.

Formats that say only where a word stands (PDF, positioned HTML, text on a character grid)
share this analysis; nothing here knows which of them the words came from. Lengths are in
points, or in any other unit that is the same for boxes and sizes; y runs downwards.

The story is told by `analyse`, at the end.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from breakthrough_extract.document import (
    Block,
    BlockKind,
    Box,
    Evidence,
    Passage,
    Piece,
    Place,
    Span,
    Style,
)

# ------------------------------------------------------------------ what goes in and out


class Word(NamedTuple):
    """A run of characters without white space, and how it is set."""

    text: str
    start: int  # code points into the source's text, 0-based; equal to `end` for a drawn bullet
    end: int  # exclusive
    box: Box
    size: float
    bold: bool = False
    italic: bool = False
    page: int = 1  # 1-based
    copies: tuple[Span, ...] = ()  # where the source has characters of the word again


class Sheet(NamedTuple):
    """One page, or two pages found to be one spread."""

    number: int  # of the (first) page, 1-based
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()  # drawn lines, as thin boxes
    areas: tuple[Box, ...] = ()  # drawn or filled rectangles
    marks: tuple[Box, ...] = ()  # drawn spots that can be bullets
    seam: float = 0.0  # x where the second page begins; 0 if there is none


@dataclass(frozen=True)
class Layout:
    """Blocks in reading order, and what is markup; together they hold every word."""

    blocks: tuple[Block, ...]
    markup: tuple[Span, ...]


# Lengths in ems (multiples of the type size) unless said otherwise.
WIDE_GAP = 2.0  # a gap within one row of words that no word space has: always a gutter
GUTTER = 0.9  # a gap that is a gutter if it runs down several rows
GUTTER_ROWS = 3  # rows with text on both sides that prove such a narrow gutter
ROW_GAP = 0.75  # white across all columns that can part two rows of a table, in line heights
BULLET_REACH = 4.0  # how far a bullet can stand from its text
LEVEL = 0.5  # share of the lower height that two words on one line have in common
PITCH_SLACK = 1.25  # a line further down than this many usual pitches starts a new block
SIZE_SLACK = 0.06  # relative; sizes closer than this are one size
HEADING_SIZE = 1.15  # type this much larger than the body's is a heading
INDENT = 0.5
MARGIN = 0.13  # share of the page's height at top and bottom where running heads stand
MAX_AREAS = 400  # the largest on a page; more is a drawing, not boxes around text
MAX_LINES = 2000  # on a page; more is a drawing, no table
SNAP = 2.5  # points; drawn lines this close meet
FURNITURE_DRIFT = 2.0  # points that a running head's height varies from page to page
PAGE_NUMBER = "0"  # what `_row_key` makes of a row that is nothing but a number
TOUCH = 1.5  # how near to a page's edge a word must stand to be cut by it
SEAM_PAIRS = 3  # lines that must run over the edge to prove that two pages are one spread
SHORTEST_FORM = 5  # letters; shorter words with an ending are too often other words
LONGEST_ENDING = 3  # letters
BREAK_PROOF = 3  # words known to be broken at line ends that show a text to be hyphenated
SHORTEST_HALF = 3  # letters; of a compound, each half is a word so long
ENDING_PROOF = 4  # pairs of words (lead, leads) that show an ending to be one
WIDTH_SLACK = 0.03  # kerning: how far a lost character's width may be from its usual one
VISIBLE = 0.12  # a gap narrower than this is none

BULLETS = re.compile(r"^[•‣◦⁃∙▪▫■□●○◆◇◘◙►▸▶➢➤✓✔❖❑❒·\u2022\ue000-\uf8ff]$")
# Characters that are bullets only where a line could begin an item; see `_ambiguous_bullet`.
DASHES = frozenset("–—-‐\u2212")
RARE_BULLETS = frozenset("*o+»>")  # and only where several stand below one another
TERMINAL = re.compile(r"[.;:!?…][)\]'’\"”»]*$|[;,] (?:and|or)$")
HYPHENS = "-\u2010\u00ad"
NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")
OPENING = re.compile(r"[(\['‘“\"]*")
CLOSING = re.compile(r"[.,;:!?)\]'’”]*")
EDGE_SIGNS = re.compile(r"^\W+|\W+$")

# ------------------------------------------------------------------ boxes and rows


def _union(boxes: Iterable[Box]) -> Box:
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


def _inside(inner: Box, outer: Box) -> bool:
    """Whether the middle of `inner` stands in `outer`."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def _level(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one line."""
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common > LEVEL * min(one.bottom - one.top, other.bottom - other.top)


class Atom(NamedTuple):
    """What the white-space analysis may not tear: a word, or a box with its own inside."""

    box: Box  # as an obstacle: a bullet's reaches to its text
    size: float
    words: tuple[Word, ...]
    inner: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Words set together: a cell, a box, a column."""

    words: tuple[Word, ...]
    table: int = 0  # counts from 1 on its sheet; 0 outside tables
    row: int = 0
    column: int = 0
    edges: tuple[float, ...] = ()  # x of the table's columns, for comparing tables


def _rows(atoms: Iterable[Atom]) -> list[list[Atom]]:
    """Atoms that stand on one line each, from top to bottom, each row from left to right."""
    rows: list[tuple[Box, list[Atom]]] = []
    for atom in sorted(atoms, key=lambda atom: (atom.box.top + atom.box.bottom, atom.box.x0)):
        if rows and _level(rows[-1][0], atom.box):
            rows[-1][1].append(atom)
            if atom.box.bottom - atom.box.top > rows[-1][0].bottom - rows[-1][0].top:
                rows[-1] = (atom.box, rows[-1][1])
        else:
            rows.append((atom.box, [atom]))
    return [sorted(row, key=lambda atom: atom.box.x0) for _, row in rows]


def _could_be_bullet(text: str) -> bool:
    return len(text) == 1 and (
        text in DASHES or text in RARE_BULLETS or BULLETS.match(text) is not None
    )


def _atoms(words: Iterable[Word]) -> list[Atom]:
    """The words as obstacles; a bullet reaches to its text, so no gutter comes between."""
    out: list[Atom] = []
    for row in _rows([Atom(word.box, word.size, (word,)) for word in words]):
        for at, atom in enumerate(row):
            word = atom.words[0]
            # A dash that ends a line has a word space before it; a bullet has white.
            leads = not at or word.box.x0 - row[at - 1].box.x1 > GUTTER * word.size
            if leads and at + 1 < len(row) and _could_be_bullet(word.text):
                reach = row[at + 1].box.x0
                if 0 < reach - word.box.x1 < BULLET_REACH * row[at + 1].size:
                    out.append(atom._replace(box=word.box._replace(x1=reach)))
                    continue
            out.append(atom)
    return out


def _segments(row: Sequence[Atom]) -> list[list[Atom]]:
    """The parts of a row that wide gaps keep apart."""
    out: list[list[Atom]] = [[row[0]]]
    for before, atom in pairwise(row):
        if atom.box.x0 - before.box.x1 >= WIDE_GAP * max(before.size, atom.size):
            out.append([])
        out[-1].append(atom)
    return out


# ------------------------------------------------------------------ spreads


def join_spreads(sheets: Sequence[Sheet], text: str, boxes: Sequence[Box | None]) -> list[Sheet]:
    """The sheets, two pages cut from one spread made one again where that is proven."""
    out: list[Sheet] = []
    at = 0
    while at < len(sheets):
        if at + 1 < len(sheets) and _is_spread(sheets[at], sheets[at + 1]):
            out.append(_spread(sheets[at], sheets[at + 1], text, boxes))
            at += 2
        else:
            out.append(sheets[at])
            at += 1
    return out


def _is_spread(left: Sheet, right: Sheet) -> bool:
    """Whether lines run over the right edge of `left` and on from the left edge of `right`.

    The lines must pair up by height and style; words of the right page that touch its edge
    and have no partner speak against it.
    """
    if abs(left.height - right.height) > 1.0:
        return False
    ends = [word for word in left.words if _touches(word, left.width)]
    starts = [word for word in right.words if _touches(word, 0.0)]
    paired = [word for word in starts if any(_one_line(end, word) for end in ends)]
    return len(paired) >= SEAM_PAIRS and len(paired) >= 0.8 * len(starts)


def _touches(word: Word, edge: float) -> bool:
    return word.box.x0 - TOUCH * word.size < edge < word.box.x1 + TOUCH * word.size


def _one_line(one: Word, other: Word) -> bool:
    return (
        abs(one.box.bottom - other.box.bottom) < 0.15 * one.size
        and abs(one.size - other.size) <= SIZE_SLACK * one.size
        and one.bold == other.bold
    )


def _spread(left: Sheet, right: Sheet, text: str, boxes: Sequence[Box | None]) -> Sheet:
    shift = left.width
    words = [*left.words, *(w._replace(box=_moved(w.box, shift)) for w in right.words)]
    return Sheet(
        left.number,
        left.width + right.width,
        left.height,
        tuple(_without_doubles(words, left.width, right.number, text, boxes)),
        (*left.rules, *(_moved(box, shift) for box in right.rules)),
        (*left.areas, *(_moved(box, shift) for box in right.areas)),
        (*left.marks, *(_moved(box, shift) for box in right.marks)),
        seam=shift,
    )


def _moved(box: Box, dx: float) -> Box:
    return Box(box.x0 + dx, box.top, box.x1 + dx, box.bottom)


def _without_doubles(
    words: Sequence[Word], seam: float, second: int, text: str, boxes: Sequence[Box | None]
) -> Iterator[Word]:
    """The words; what both pages hold at one spot is kept where it shows, and is noted there."""
    # Beyond its own edge a page can hold anything from one sign to the whole other page.
    low = min([seam, *(word.box.x0 for word in words if word.page == second)])
    high = max([seam, *(word.box.x1 for word in words if word.page != second)])
    seen: dict[tuple[str, int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for word in words:
        if word.page != second and word.box.x1 > low - word.size:
            for x, y, at in _middles(word, 0.0, boxes):
                seen[text[at], round(x), round(y)].append((x, y, at))
    kept: dict[int, int] = {}  # by its copy
    for word in words:
        if word.page != second or word.box.x0 > high:
            continue
        for x, y, at in _middles(word, seam, boxes):
            other = _copy_at(seen, text[at], x, y, 0.1 * word.size)
            if other is not None:
                kept[other if x > seam else at] = at if x > seam else other
    copies = {at: copy for copy, at in kept.items()}
    for word in words:
        yield from _split_doubled(word, kept, copies, boxes) if kept else (word,)


def _middles(
    word: Word, shift: float, boxes: Sequence[Box | None]
) -> Iterator[tuple[float, float, int]]:
    """The middle of each of the word's characters, and where the character stands."""
    for at in range(word.start, word.end if boxes else word.start):
        box = boxes[at]
        if box is not None:
            yield (box.x0 + box.x1) / 2 + shift, (box.top + box.bottom) / 2, at


def _copy_at(
    copies: dict[tuple[str, int, int], list[tuple[float, float, int]]],
    sign: str,
    x: float,
    y: float,
    slack: float,
) -> int | None:
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            for other_x, other_y, at in copies.get((sign, round(x) + dx, round(y) + dy), ()):
                if abs(other_x - x) < slack and abs(other_y - y) < slack:
                    return at
    return None


def _split_doubled(
    word: Word, kept: dict[int, int], copies: dict[int, int], boxes: Sequence[Box | None]
) -> Iterator[Word]:
    """What is left of the word, with the places of its copies; nothing if it is a copy."""
    places = range(word.start, word.end)
    for begin, end in _runs([at for at in places if at not in kept]):
        box = word.box
        first, last, whole = boxes[begin], boxes[end - 1], boxes[word.start]
        if (begin, end) != (word.start, word.end) and first and last and whole:
            shift = word.box.x0 - whole.x0
            box = Box(first.x0 + shift, first.top, last.x1 + shift, last.bottom)
        again = _runs([copies[at] for at in range(begin, end) if at in copies])
        text = word.text[begin - word.start : end - word.start]
        yield word._replace(text=text, start=begin, end=end, box=box, copies=tuple(again))


def _runs(places: Iterable[int]) -> list[Span]:
    """Numbers that follow one another, as spans."""
    out: list[Span] = []
    for at in places:
        if out and out[-1].end == at:
            out[-1] = Span(out[-1].start, at + 1)
        else:
            out.append(Span(at, at + 1))
    return out


# ------------------------------------------------------------------ running heads


def _row_key(row: Sequence[Atom]) -> str:
    text = " ".join(word.text for atom in row for word in atom.words)
    return NUMBER.sub("0", text.casefold())


def _row_box(row: Sequence[Atom]) -> Box:
    return _union(atom.box for atom in row)


@dataclass(frozen=True)
class Repeats:
    """Rows of words that stand at one height on several sheets."""

    furniture: frozenset[str]  # running heads and page numbers
    heads: frozenset[str]  # the head row of a table that goes on from page to page


def find_repeats(sheets: Sequence[Sheet]) -> Repeats:
    """What repeats at the top and bottom of the sheets."""
    seen: dict[str, list[tuple[int, list[Atom]]]] = defaultdict(list)
    for index, sheet in enumerate(sheets):
        for row in _margin_rows(sheet):
            seen[_row_key(row)].append((index, row))
    furniture: set[str] = set()
    columned: dict[str, set[int]] = {}  # rows that head columns, and the sheets they stand on
    for key, places in seen.items():
        if _heads_columns(places[0][1], sheets[places[0][0]]):
            columned[key] = {index for index, _ in places}
        elif key == PAGE_NUMBER or _on_most(places, len(sheets)):
            furniture.add(key)
    if any(len(found) == 1 for found in columned.values()):
        # A table can begin low on its first page, where no margin is.
        for index, sheet in enumerate(sheets):
            for row in _rows(_atoms(sheet.words)):
                columned.get(_row_key(row), set()).add(index)
    heads = frozenset(key for key, found in columned.items() if len(found) > 1)
    return Repeats(frozenset(furniture), heads)


def _on_most(places: Sequence[tuple[int, Sequence[Atom]]], count: int) -> bool:
    """Whether the row stands at one height on half of the sheets, or of the left or right ones."""
    heights = {index: _row_box(row).bottom for index, row in places}
    usual = median(heights.values())
    found = [index for index, bottom in heights.items() if abs(bottom - usual) < FURNITURE_DRIFT]
    sides = (range(count), range(0, count, 2), range(1, count, 2))
    return len(found) > 1 and any(
        len(side) > 1 and sum(index in side for index in found) >= len(side) / 2 for side in sides
    )


def _margin_rows(sheet: Sheet) -> list[list[Atom]]:
    """The rows in the top and bottom margin that no box is drawn around."""
    low, high = MARGIN * sheet.height, (1 - MARGIN) * sheet.height
    near = [w for w in sheet.words if w.box.bottom < low or w.box.top > high]
    boxes = [area for area in sheet.areas if not _is_ground(area, sheet)]
    return [
        row for row in _rows(_atoms(near)) if not any(_inside(_row_box(row), box) for box in boxes)
    ]


def _heads_columns(row: Sequence[Atom], sheet: Sheet) -> bool:
    """Whether below each part of the row stand words that begin where the part begins."""
    parts = _segments(row)
    below = [w.box.x0 for w in sheet.words if w.box.top > row[0].box.bottom]
    lefts = [part[0].box.x0 for part in parts]
    return len(parts) >= 3 and all(any(abs(x - left) < 1.5 for x in below) for left in lefts)


# ------------------------------------------------------------------ ruled tables and boxes


class _Line(NamedTuple):
    at: float  # y of a horizontal line, x of a vertical one
    start: float
    end: float


def _straight(rules: Iterable[Box], upright: bool) -> list[_Line]:
    """The vertical (or horizontal) ones of the rules; pieces that meet on one line are one."""
    lines = sorted(
        _Line((r.x0 + r.x1) / 2, r.top, r.bottom)
        if upright
        else _Line((r.top + r.bottom) / 2, r.x0, r.x1)
        for r in rules
        if (r.bottom - r.top > r.x1 - r.x0) == upright
    )
    out: list[_Line] = []
    for line in lines:
        for n in range(len(out) - 1, -1, -1):
            last = out[n]
            if line.at - last.at > SNAP:
                out.append(line)
                break
            if line.start <= last.end + SNAP and last.start <= line.end + SNAP:
                out[n] = _Line(last.at, min(last.start, line.start), max(last.end, line.end))
                break
        else:
            out.append(line)
    return out


class _Zone(NamedTuple):
    """Drawn lines that meet one another: a table's grid, or a box."""

    across: tuple[_Line, ...]
    upright: tuple[_Line, ...]

    @property
    def box(self) -> Box:
        xs = [x for line in self.across for x in (line.start, line.end)]
        ys = [y for line in self.upright for y in (line.start, line.end)]
        xs += [line.at for line in self.upright]
        ys += [line.at for line in self.across]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _zones(rules: Iterable[Box]) -> list[_Zone]:
    across, upright = _straight(rules, False), _straight(rules, True)
    if len(across) + len(upright) > MAX_LINES:
        return []
    lines = [(False, line) for line in across] + [(True, line) for line in upright]
    group = list(range(len(lines)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for h, level in enumerate(across):
        for v, pole in enumerate(upright, len(across)):
            if (
                level.start - SNAP <= pole.at <= level.end + SNAP
                and pole.start - SNAP <= level.at <= pole.end + SNAP
            ):
                group[root(v)] = root(h)
    found: dict[int, list[tuple[bool, _Line]]] = defaultdict(list)
    for n, entry in enumerate(lines):
        found[root(n)].append(entry)
    return [
        _Zone(
            tuple(line for is_upright, line in members if not is_upright),
            tuple(line for is_upright, line in members if is_upright),
        )
        for members in found.values()
        if len({is_upright for is_upright, _ in members}) == 2
    ]


def _carve(box: Box, zone: _Zone, words: Sequence[Word]) -> list[tuple[Box, list[Word]]]:
    """The zone's cells in reading order: rows first, then columns, and so on within."""
    for upright, lines in ((False, zone.across), (True, zone.upright)):
        cuts = sorted(
            line.at
            for line in lines
            if _parts(line, box, upright) and not _crossed(line.at, upright, words)
        )
        if not cuts:
            continue
        held: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
        for word in words:
            x0, top, x1, bottom = word.box
            held[bisect(cuts, (x0 + x1) / 2 if upright else (top + bottom) / 2)].append(word)
        pieces = zip(_cut(box, cuts, upright), held, strict=True)
        return [cell for piece, inside in pieces for cell in _carve(piece, zone, inside)]
    return [(box, list(words))]


def _parts(line: _Line, box: Box, upright: bool) -> bool:
    """Whether the line runs through the box from side to side."""
    low, high = (box.x0, box.x1) if upright else (box.top, box.bottom)
    start, end = (box.top, box.bottom) if upright else (box.x0, box.x1)
    covered = min(line.end, end) - max(line.start, start)
    return low + SNAP < line.at < high - SNAP and covered > 0.95 * (end - start) - 2 * SNAP


def _crossed(at: float, upright: bool, words: Iterable[Word]) -> bool:
    """Whether the line goes through a word."""
    for word in words:
        x0, top, x1, bottom = word.box
        low, high = (x0, x1) if upright else (top, bottom)
        # A third of the size each side: accents and descenders touch rules, words do not.
        if low + word.size / 3 < at < high - word.size / 3:
            return True
    return False


def _cut(box: Box, cuts: Sequence[float], upright: bool) -> list[Box]:
    ends = [box.x0 if upright else box.top, *cuts, box.x1 if upright else box.bottom]
    return [
        box._replace(x0=low, x1=high) if upright else box._replace(top=low, bottom=high)
        for low, high in pairwise(ends)
    ]


def _tiling(areas: Sequence[Box]) -> list[Box]:
    """The sides of areas that lie side by side, as rules: cells drawn as boxes of their own."""
    out: list[Box] = []
    for n, area in enumerate(areas):
        if any(_adjoin(area, other) for m, other in enumerate(areas) if m != n):
            x0, top, x1, bottom = area
            out += [Box(x0, top, x1, top), Box(x0, bottom, x1, bottom)]
            out += [Box(x0, top, x0, bottom), Box(x1, top, x1, bottom)]
    return out


def _adjoin(one: Box, other: Box) -> bool:
    """Whether two areas have most of a side in common."""
    beside = min(abs(one.x1 - other.x0), abs(other.x1 - one.x0)) < SNAP
    stacked = min(abs(one.bottom - other.top), abs(other.bottom - one.top)) < SNAP
    level = min(one.bottom, other.bottom) - max(one.top, other.top)
    above = min(one.x1, other.x1) - max(one.x0, other.x0)
    return (beside and level > 0.5 * min(one.bottom - one.top, other.bottom - other.top)) or (
        stacked and above > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0)
    )


class _Frames(NamedTuple):
    """The drawn shapes within which words are still to be arranged."""

    zones: tuple[_Zone, ...]
    areas: tuple[Box, ...]
    across: tuple[_Line, ...]  # horizontal lines: row separators of tables without uprights
    heads: frozenset[str]

    def within(self, box: Box) -> _Frames:
        """What of it stands in the box."""
        return self._replace(
            zones=tuple(zone for zone in self.zones if _inside(zone.box, box)),
            areas=tuple(area for area in self.areas if _inside(area, box)),
        )


def _arrange(words: Sequence[Word], frames: _Frames) -> list[Region]:
    """The regions of `words` in reading order."""
    if not words:
        return []
    atoms: list[Atom] = []
    rest = list(words)
    for zone in sorted(frames.zones, key=lambda zone: _extent(zone.box), reverse=True):
        held, others = _split_by(rest, zone.box)
        if not held:
            continue
        less = frames.within(zone.box)._replace(
            zones=tuple(z for z in frames.zones if z is not zone and _inside(z.box, zone.box))
        )
        cells = _cells(held, zone, less)
        if cells:
            rest = others
            atoms.append(_drawn(held, cells))
    for area in sorted(frames.areas, key=_extent, reverse=True):
        held, others = _split_by(rest, area)
        if not held or not _is_box(area, held, others):
            continue
        rest = others
        less = frames.within(area)
        less = less._replace(areas=tuple(a for a in less.areas if a is not area))
        atoms.append(_drawn(held, _arrange(held, less)))
    if len(atoms) == 1 and not rest:
        return list(atoms[0].inner)
    return _flow([*atoms, *_atoms(rest)], frames)


def _drawn(words: Sequence[Word], inner: Sequence[Region]) -> Atom:
    """A drawn box as an atom; only its text is in the way: drawn edges come close to others."""
    return Atom(_union(word.box for word in words), words[0].size, tuple(words), tuple(inner))


def _extent(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _split_by(words: Iterable[Word], box: Box) -> tuple[list[Word], list[Word]]:
    left, top, right, bottom = box
    held: list[Word] = []
    others: list[Word] = []
    for word in words:
        x0, y0, x1, y1 = word.box
        inside = left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom
        (held if inside else others).append(word)
    return held, others


def _is_box(area: Box, held: Sequence[Word], others: Iterable[Word]) -> bool:
    """Whether the area sets its words apart, and is not a page's ground or a marked word."""
    if area.bottom - area.top < held[0].size:
        return False
    level = [w.box for w in others if w.box.top < area.bottom and w.box.bottom > area.top]
    if not level:
        return True
    inner = _union(word.box for word in held)
    gap = GUTTER * held[0].size
    return all(box.x0 > inner.x1 + gap or box.x1 < inner.x0 - gap for box in level)


def _cells(words: Sequence[Word], zone: _Zone, frames: _Frames) -> list[Region]:
    """The zone's words cell by cell; none if the zone is no table and no box."""
    whole = _union((zone.box, *(w.box for w in words)))
    cells = _carve(whole, zone, words)
    full = [box for box, held in cells if held]
    if len(full) < 2:
        return _arrange(words, frames) if _closed(zone) else []
    bands = _bands(full, whole, zone, words)
    lefts = sorted({round(box.x0) for box, _ in cells})
    out: list[Region] = []
    taken: set[tuple[int, int]] = set()
    for box, held in cells:
        if not held:
            continue
        row = max(n for n, top in enumerate(bands) if box.top >= top - SNAP)
        column = lefts.index(round(box.x0))
        # A cell that stands below another of its row (a box under the stages) is no part of
        # that one's column: it gets a column of its own after the last.
        while (row, column) in taken:
            column = max(column + 1, len(lefts))
        taken.add((row, column))
        out += [
            replace(region, table=1, row=row, column=column, edges=tuple(map(float, lefts)))
            for region in _arrange(held, frames.within(box))
        ]
    return sorted(out, key=lambda region: (region.row,))


def _closed(zone: _Zone) -> bool:
    return len(zone.across) >= 2 and len(zone.upright) >= 2


def _bands(cells: Sequence[Box], whole: Box, zone: _Zone, words: Sequence[Word]) -> list[float]:
    """Where the table's rows begin: lines from side to side; without these, the cells' tops."""
    cuts = sorted(
        line.at
        for line in zone.across
        if _parts(line, whole, False) and not _crossed(line.at, False, words)
    )
    if cuts:
        return [whole.top, *cuts]
    return sorted({cell.top for cell in cells})


# ------------------------------------------------------------------ columns by white space


Stripe = tuple[float, float]  # x from, x to


def _gaps(atoms: Iterable[Atom], least: float) -> list[Stripe]:
    """The vertical white stripes of at least that width between the atoms, left to right."""
    out: list[Stripe] = []
    reach = None
    for x0, x1 in sorted((atom.box.x0, atom.box.x1) for atom in atoms):
        if reach is not None and x0 - reach >= least:
            out.append((reach, x0))
        reach = x1 if reach is None else max(reach, x1)
    return out


def _clusters(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """Atoms parted by white space that runs from side to side, from top to bottom."""
    out: list[list[Atom]] = []
    reach = 0.0
    for atom in sorted(atoms, key=lambda atom: atom.box.top):
        # Boxes of close-set lines overlap a little: the ascender's height is not filled.
        if not out or atom.box.top > reach - 0.2 * atom.size:
            out.append([])
            reach = atom.box.bottom
        out[-1].append(atom)
        reach = max(reach, atom.box.bottom)
    return out


class _Group(NamedTuple):
    """Clusters one below the other that the same gutters run through."""

    clusters: tuple[tuple[Atom, ...], ...]
    gaps: tuple[Stripe, ...]
    filled: tuple[Stripe, ...]  # where atoms stand, seen from above

    @property
    def atoms(self) -> list[Atom]:
        return [atom for cluster in self.clusters for atom in cluster]


def _flow(atoms: Sequence[Atom], frames: _Frames) -> list[Region]:
    """The regions of loose atoms: columns side by side, tables without rules, one column."""
    out: list[Region] = []
    for group in _groups(atoms):
        if not group.gaps:
            out += _single(group.atoms)
            continue
        grid = _grid(group, frames)
        if grid:
            out += _flow(grid.above, frames) if grid.above else []
            out += _table(grid.rows, group.gaps, frames)
        else:
            for column in _columns(group.atoms, group.gaps):
                out += _flow(column, frames) if column else []
    return out


def _groups(atoms: Sequence[Atom]) -> list[_Group]:
    em = median(atom.size for atom in atoms)
    out: list[_Group] = []
    for cluster in map(tuple, _clusters(atoms)):
        group = _extended(_Group((), (), ()), cluster, (), em)
        if out:
            last = out[-1]
            union = _extended(last, cluster, (*last.gaps, *group.gaps), em)
            # Columns go on as long as nothing stands in their gutters; lines of one column
            # go on until columns begin.
            goes_on = (
                len(union.gaps) >= len(last.gaps)
                if last.gaps
                else not group.gaps or _begins(last, group, union, em)
            )
            if goes_on:
                out[-1] = union
                continue
        out.append(group)
    return out


def _extended(
    group: _Group, cluster: tuple[Atom, ...], known: Sequence[Stripe], em: float
) -> _Group:
    """The group and the cluster as one group, with the gutters that run through both.

    Atoms on the two sides of a gutter must stand beside one another somewhere, else it is
    an indent. What is left of a `known` gutter is one.
    """
    spans = sorted([*group.filled, *((atom.box.x0, atom.box.x1) for atom in cluster)])
    filled = [spans[0]]
    for start, end in spans[1:]:
        if start - filled[-1][1] < GUTTER * em:
            filled[-1] = (filled[-1][0], max(filled[-1][1], end))
        else:
            filled.append((start, end))
    gaps = [(one[1], other[0]) for one, other in pairwise(filled)]
    clusters = (*group.clusters, cluster)
    while not all(any(_overlap(gap, old) for old in known) for gap in gaps):
        columns = _columns((atom for part in clusters for atom in part), gaps)
        weak = next(
            (
                n
                for n, gap in enumerate(gaps)
                if not any(_overlap(gap, old) for old in known)
                and not _parts_columns(gap, columns[n], columns[n + 1], em)
            ),
            None,
        )
        if weak is None:
            break
        del gaps[weak]
    return _Group(clusters, tuple(gaps), tuple(filled))


def _overlap(one: Stripe, other: Stripe) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])


def _parts_columns(gap: Stripe, left: Sequence[Atom], right: Sequence[Atom], em: float) -> bool:
    wide = gap[1] - gap[0] >= WIDE_GAP * em
    return _beside(left, right) and (wide or (_tall(left) and _tall(right)))


def _beside(left: Sequence[Atom], right: Sequence[Atom]) -> bool:
    low, high = _union(a.box for a in left), _union(a.box for a in right)
    return min(low.bottom, high.bottom) > max(low.top, high.top)


def _tall(column: Sequence[Atom]) -> bool:
    return any(atom.inner for atom in column) or len(_rows(column)) >= GUTTER_ROWS


def _begins(single: _Group, columns: _Group, union: _Group, em: float) -> bool:
    """Whether the single lines above the columns are the first lines of one of them."""
    if len(union.gaps) != len(columns.gaps):
        return False
    gap = min(a.box.top for a in columns.atoms) - max(a.box.bottom for a in single.atoms)
    return gap < ROW_GAP * em


def _columns(atoms: Iterable[Atom], gaps: Sequence[Stripe]) -> list[list[Atom]]:
    middles = [(start + end) / 2 for start, end in gaps]
    out: list[list[Atom]] = [[] for _ in range(len(gaps) + 1)]
    for atom in atoms:
        out[bisect(middles, (atom.box.x0 + atom.box.x1) / 2)].append(atom)
    return out


def _single(atoms: Sequence[Atom]) -> list[Region]:
    """One column from top to bottom; each box in it is a region of its own."""
    out: list[Region] = []
    run: list[Word] = []
    for atom in sorted(atoms, key=lambda atom: atom.box.top):
        if atom.inner:
            if run:
                out.append(Region(tuple(run)))
                run = []
            out += atom.inner
        else:
            run += atom.words
    return [*out, Region(tuple(run))] if run else out


# ------------------------------------------------------------------ tables without rules


class _Grid(NamedTuple):
    """A table without rules."""

    above: list[Atom]  # what stands over the table in the same columns: a title
    rows: list[list[list[Atom]]]  # [row][column]


def _grid(group: _Group, frames: _Frames) -> _Grid | None:
    """The group's rows and columns if these are a table.

    It is a table if a head row goes over its columns, or if white (or a drawn line) from
    side to side cuts it in rows that each begin on one line in several columns.
    """
    gaps = group.gaps
    bands = _white_bands(group, frames)
    top = next((n for n, band in enumerate(bands) if _is_head(band, gaps, frames)), None)
    headed = top is not None
    if top is None:
        several = [n for n, band in enumerate(bands) if _filled(band, gaps) >= 2]
        boxes = all(atom.inner for n in several for atom in bands[n])
        enough = len(gaps) >= 2 or boxes or bool(_separators(group, frames))
        if not (enough and len(several) >= 2 and all(_top_aligned(bands[n]) for n in several)):
            return None
        top = several[0]
    rows: list[list[list[Atom]]] = []
    for n, band in enumerate(bands[top:]):
        cells = _columns(band, gaps)
        # Text in the first column begins a row; without it the row before goes on.
        if n and not cells[0] and not (headed and n == 1):
            rows[-1] = [old + new for old, new in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return _Grid([atom for band in bands[:top] for atom in band], rows)


def _white_bands(group: _Group, frames: _Frames) -> list[list[Atom]]:
    """The group cut where white that could part rows, or a drawn line, runs through it."""
    height = min(
        median(atom.box.bottom - atom.box.top for atom in group.atoms),
        1.5 * median(atom.size for atom in group.atoms),
    )
    lines = _separators(group, frames)
    bands: list[list[Atom]] = []
    reach = 0.0
    after_head = False
    for cluster in group.clusters:
        top = min(atom.box.top for atom in cluster)
        ruled = any(reach - SNAP < line.at < top + SNAP for line in lines)
        if not bands or top - reach >= ROW_GAP * height or ruled or after_head:
            bands.append([])
        bands[-1] += cluster
        reach = max(atom.box.bottom for atom in cluster)
        after_head = _is_head(cluster, group.gaps, frames)
    return bands


def _separators(group: _Group, frames: _Frames) -> list[_Line]:
    if not frames.across:
        return []
    box = _union(atom.box for atom in group.atoms)
    return [
        line
        for line in frames.across
        if box.top < line.at < box.bottom
        and min(line.end, box.x1) - max(line.start, box.x0) > 0.8 * (box.x1 - box.x0)
    ]


def _filled(band: Iterable[Atom], gaps: Sequence[Stripe]) -> int:
    return sum(1 for column in _columns(band, gaps) if column)


def _top_aligned(band: Sequence[Atom]) -> bool:
    """Whether the first row of the band has atoms in two columns at least."""
    top = min(band, key=lambda atom: atom.box.top)
    if top.inner:
        return any(a is not top and abs(a.box.top - top.box.top) < a.size for a in band)
    first = _rows(band)[0]
    return len(_segments(first)) >= 2 or bool(_gaps(first, GUTTER * top.size))


def _is_head(band: Sequence[Atom], gaps: Sequence[Stripe], frames: _Frames) -> bool:
    """Whether the band is a head row: on each page the same, over all the columns."""
    return (
        bool(frames.heads)
        and len(gaps) >= 2
        and _filled(band, gaps) == len(gaps) + 1
        and _row_key(_rows(band)[0]) in frames.heads
    )


def _table(
    rows: Sequence[Sequence[Sequence[Atom]]],
    gaps: Sequence[Stripe],
    frames: _Frames,
) -> list[Region]:
    boxes = all(atom.inner for cells in rows for cell in cells for atom in cell if len(cells) < 3)
    drawn = any(atom.inner for cells in rows for cell in cells for atom in cell)
    edges = tuple(round(end, 1) for _, end in gaps)
    # Boxes that stand apart in rows are read row by row, but are no table.
    table = 0 if drawn and boxes else 1
    return [
        region if not table else replace(region, table=1, row=r, column=c, edges=edges)
        for r, cells in enumerate(rows)
        for c, cell in enumerate(cells)
        if cell
        for region in _flow(list(cell), frames)
    ]


# ------------------------------------------------------------------ pages to regions


class _SheetRegions(NamedTuple):
    """The regions of a sheet in reading order."""

    head: list[Region]  # furniture
    body: list[Region]
    foot: list[Region]  # furniture


def _regions(sheet: Sheet, repeats: Repeats) -> _SheetRegions:
    words = [*sheet.words, *_drawn_bullets(sheet)]
    head: list[Region] = []
    foot: list[Region] = []
    taken: set[tuple[int, int]] = set()
    if repeats.furniture:
        for row in _margin_rows(sheet):
            if _row_key(row) in repeats.furniture:
                side = head if row[0].box.top < sheet.height / 2 else foot
                for part in _segments(row):
                    side.append(Region(tuple(w for atom in part for w in atom.words)))
                    taken |= {(w.start, w.end) for atom in part for w in atom.words}
    body = [w for w in words if (w.start, w.end) not in taken] if taken else words
    drawn = sorted({a for a in sheet.areas if not _is_ground(a, sheet)}, key=_extent)
    areas = tuple(drawn[-MAX_AREAS:])
    rules = [*sheet.rules, *_tiling(areas)]
    frames = _Frames(tuple(_zones(rules)), areas, tuple(_straight(rules, False)), repeats.heads)
    return _SheetRegions(head, _number_tables(_arrange(body, frames)), foot)


def _is_ground(area: Box, sheet: Sheet) -> bool:
    """Whether the area is as good as the page: its background."""
    return _extent(area) > 0.9 * sheet.width * sheet.height


def _drawn_bullets(sheet: Sheet) -> Iterator[Word]:
    """Words without extent in the source for spots drawn left of a line's first word."""
    for mark in sheet.marks:
        for word in sheet.words:
            reach = word.box.x0 - mark.x1
            if 0 < reach < BULLET_REACH * word.size / 2 and _level(mark, word.box):
                box = word.box._replace(x0=mark.x0, x1=mark.x1)
                yield Word("•", word.start, word.start, box, word.size, page=word.page)
                break


def _number_tables(regions: Sequence[Region]) -> list[Region]:
    """The regions, each run of table regions with the same columns as one table from 1 on."""
    out: list[Region] = []
    number = 0
    last: Region | None = None
    for region in regions:
        if region.table:
            new = last is None or last.edges != region.edges or region.row < last.row
            number += new
            last = region
            out.append(replace(region, table=number))
        else:
            last = None
            out.append(region)
    return out


class _Placed(NamedTuple):
    region: Region
    sheet: int  # index, 0-based
    number: int  # of the region, 1-based


def _in_order(sheets: Sequence[_SheetRegions]) -> list[_Placed]:
    """All regions in reading order; a table that goes on over pages is read as one."""
    out: list[_Placed] = []
    number = 0
    tables = 0
    open_table: list[_Placed] = []  # regions of the table that the last sheet ended with
    for index, sheet in enumerate(sheets):
        parts: list[list[_Placed]] = []
        for regions in sheet:
            parts.append([_Placed(r, index, number + n) for n, r in enumerate(regions, 1)])
            number += len(regions)
        head, body, foot = parts
        out += head
        first = _leading_table(body)
        carried = _carry(open_table, first) if first and open_table else []
        if carried:
            open_table = [*open_table, *carried]
            out = _with_table(out, open_table)
            body = body[len(first) :]
        if body:
            # Tables are numbered through the document; the carried one has its number.
            base = tables - (carried != [])
            body = [
                p._replace(region=replace(p.region, table=p.region.table + base))
                if p.region.table
                else p
                for p in body
            ]
            tables = max([tables, *(p.region.table for p in body)])
            out += body
            open_table = _trailing_table(body)
        elif not carried:
            open_table = []
        out += foot
    return out


def _leading_table(placed: Sequence[_Placed]) -> list[_Placed]:
    out: list[_Placed] = []
    for entry in placed:
        if not entry.region.table or (out and entry.region.table != out[0].region.table):
            break
        out.append(entry)
    return out


def _trailing_table(placed: Sequence[_Placed]) -> list[_Placed]:
    return _leading_table(list(reversed(placed)))[::-1]


def _carry(table: Sequence[_Placed], more: Sequence[_Placed]) -> list[_Placed]:
    """`more` numbered as the rest of `table`; nothing if it is another table."""
    before, after = table[0].region, more[0].region
    if len(before.edges) != len(after.edges):
        return []
    heads = _row_texts(table, 0, table[0].sheet)
    repeated = heads == _row_texts(more, 0, more[0].sheet)
    drift = max((abs(x - y) for x, y in zip(before.edges, after.edges, strict=True)), default=0.0)
    # On a character grid columns stand elsewhere on each page; the same heads prove them.
    if drift > 2 * SNAP and not (repeated and len(heads) > len(before.edges) > 1):
        return []
    last = max(entry.region.row for entry in table)
    body = sorted({e.region.row for e in more if not (repeated and e.region.row == 0)})
    rows = {0: 0} if repeated else {}
    if body:
        opening = [e for e in more if e.region.row == body[0]]
        goes_on = last > 0 and all(entry.region.column > 0 for entry in opening)
        for n, row in enumerate(body):
            rows[row] = last + n + (not goes_on)
    number = table[0].region.table
    return [
        e._replace(region=replace(e.region, table=number, row=rows[e.region.row])) for e in more
    ]


def _row_texts(placed: Sequence[_Placed], row: int, sheet: int) -> list[tuple[int, str]]:
    return [
        (e.region.column, " ".join(sorted(word.text for word in e.region.words)))
        for e in placed
        if e.region.row == row and e.sheet == sheet
    ]


def _with_table(out: Sequence[_Placed], table: Sequence[_Placed]) -> list[_Placed]:
    """`out` with the table's regions in cell order where the table stood.

    A head row that repeats stands before the first row that begins on its page.
    """
    number = table[0].region.table
    starts: dict[int, int] = {}
    for entry in table:
        starts.setdefault(entry.region.row, entry.sheet)
    ends = max(starts) + 1

    def key(entry: _Placed) -> tuple[float, int, int, int]:
        region = entry.region
        if region.row == 0 and entry.sheet > starts[0]:
            begun = [row for row, sheet in starts.items() if sheet == entry.sheet and row]
            return (min(begun, default=ends) - 0.5, entry.sheet, region.column, entry.number)
        return (region.row, region.column, entry.sheet, entry.number)

    ordered = sorted(table, key=key)
    at = next(n for n, entry in enumerate(out) if entry.region.table == number)
    others = [entry for entry in out if entry.region.table != number]
    return [*others[:at], *ordered, *others[at:]]


# ------------------------------------------------------------------ lines


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a region, its bullet taken off."""

    words: tuple[Word, ...]
    bullet: Word | None
    box: Box  # of the words
    size: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def italic(self) -> bool:
        return all(word.italic for word in self.words)


def _main_size(words: Sequence[Word]) -> float:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0]


def _line(words: Sequence[Word], bullet: Word | None = None) -> Line:
    return Line(tuple(words), bullet, _union(w.box for w in words), _main_size(words))


def _lines(region: Region) -> list[Line]:
    """The region's lines from top to bottom."""
    rows = _rows([Atom(word.box, word.size, (word,)) for word in region.words])
    lines = [_line([atom.words[0] for atom in row]) for row in rows]
    return _take_bullets(_attach_lone_bullets(lines))


def _attach_lone_bullets(lines: Sequence[Line]) -> list[Line]:
    """The lines; a bullet set a little higher or lower than its text joins its line."""
    out: list[Line] = []
    for line in lines:
        if out and len(out[-1].words) == 1 and BULLETS.match(out[-1].words[0].text):
            lone = out[-1].words[0]
            near = line.box.top - lone.box.bottom < 0.1 * line.size
            if near and lone.box.x1 <= line.box.x0:
                out[-1] = _line((lone, *line.words))
                continue
        out.append(line)
    return out


def _take_bullets(lines: Sequence[Line]) -> list[Line]:
    out: list[Line] = []
    rare = Counter(
        (line.words[0].text, round(line.words[0].box.x0))
        for line in lines
        if len(line.words) > 1 and line.words[0].text in RARE_BULLETS
    )
    for line in lines:
        first = line.words[0]
        glued = len(first.text) > 1 and BULLETS.match(first.text[0])
        if glued:
            first, rest = _split_word(first)
            out.append(_line((rest, *line.words[1:]), first))
        elif BULLETS.match(first.text):
            out.append(_line(line.words[1:], first) if len(line.words) > 1 else line)
        elif len(line.words) > 1 and (
            (first.text in DASHES and _starts_item(out[-1] if out else None, line))
            or rare[first.text, round(first.box.x0)] > 1
        ):
            out.append(_line(line.words[1:], first))
        else:
            out.append(line)
    return out


def _split_word(word: Word) -> tuple[Word, Word]:
    """A bullet and the word stuck to it; where the bullet ends is guessed from the size."""
    cut = min(word.box.x0 + word.size / 2, word.box.x1)
    mark = word._replace(
        text=word.text[0], end=word.start + 1, box=word.box._replace(x1=cut), copies=()
    )
    rest = word._replace(text=word.text[1:], start=word.start + 1, box=word.box._replace(x0=cut))
    return mark, rest


def _starts_item(before: Line | None, line: Line) -> bool:
    """Whether a dash at the head of `line` can be a bullet: what stands before has ended."""
    if before is None:
        return True
    ended = TERMINAL.search(before.text) is not None
    return ended or before.bold != line.bold or line.size < 0.9 * before.size


# ------------------------------------------------------------------ document-wide facts


@dataclass(frozen=True)
class Facts:
    """What holds in the whole document and decides about single lines."""

    source: str  # its name
    text: str  # its text
    pitch: dict[float, float]  # usual distance of lines, by rounded size
    body: float  # size of most of the text
    words: dict[str, int]  # whole words within lines, folded, and where one stands
    hyphenation: frozenset[str]  # glyphs that stand at line ends only
    hyphenates: bool  # whether `-` is seen to break words too, as in scans and from LaTeX
    advances: Callable[[Word], dict[str, float]]  # widths of characters set as a word is

    @cached_property
    def endings(self) -> frozenset[str]:
        """Endings that words of this document take."""
        pairs = Counter(
            word[-size:]
            for word in self.words
            for size in range(1, LONGEST_ENDING + 1)
            if len(word) - size >= 4 and word[:-size] in self.words
        )
        return frozenset(end for end, count in pairs.items() if count >= ENDING_PROOF)


def _facts(
    source: str,
    text: str,
    boxes: Sequence[Box | None],
    regions: Sequence[Sequence[Line]],
    seams: Sequence[float],
) -> Facts:
    """The facts of all regions; `seams` has for each the x of its sheet's seam, or 0."""
    pitches: dict[float, Counter[float]] = defaultdict(Counter)
    sizes: Counter[float] = Counter()
    words: dict[str, int] = {}
    ends: Counter[str] = Counter()
    within: set[str] = set()
    breaks: list[tuple[str, str]] = []
    for lines, seam in zip(regions, seams, strict=True):
        broken = False
        for n, line in enumerate(lines):
            sizes[line.size] += sum(len(word.text) for word in line.words)
            if n and not line.bullet and lines[n - 1].size == line.size:
                distance = line.box.bottom - lines[n - 1].box.bottom
                pitches[line.size][round(distance, 1)] += 1
            if broken:
                breaks.append(_halves(lines[n - 1].words[-1].text, line.words[0].text))
            last = line.words[-1].text
            hyphened = len(last) > 1 and last[-1] in HYPHENS
            if hyphened:
                ends[last[-1]] += 1
            whole = line.words[1 if broken else 0 : -1 if hyphened else None]
            for word in whole:
                if seam and abs(word.box.x0 - seam) < TOUCH * word.size:
                    continue  # may be the half of a word
                if seam and abs(word.box.x1 - seam) < TOUCH * word.size:
                    continue
                within |= {sign for sign in HYPHENS if sign in word.text}
                _note(words, word)
            broken = hyphened
    return Facts(
        source,
        text,
        {size: _usual(counts) for size, counts in pitches.items()},
        max(sizes, key=lambda size: sizes[size]) if sizes else 0.0,
        words,
        frozenset(sign for sign in ends if sign not in within and sign != "-") | {"\u00ad"},
        _hyphenates(breaks, words),
        _advances_by_style(
            text, boxes, [word for lines in regions for li in lines for word in li.words]
        ),
    )


def _usual(distances: Counter[float]) -> float:
    most = max(distances.values())
    return min(distance for distance, count in distances.items() if count == most)


def _note(words: dict[str, int], word: Word) -> None:
    for part in re.finditer(r"[^/–—]+", word.text):
        bare = EDGE_SIGNS.sub("", part.group())
        if bare:
            at = word.start + part.start() + part.group().index(bare)
            words.setdefault(_folded(bare), at)


def _folded(word: str) -> str:
    """A word for comparing: lower case, hyphens alike, ligatures resolved."""
    plain = LIGATURE.sub(lambda m: LIGATURES[m.group()], word)
    return plain.casefold().replace("\u2010", "-").replace("\u00ad", "")


def _advances_by_style(
    text: str, boxes: Sequence[Box | None], words: Sequence[Word]
) -> Callable[[Word], dict[str, float]]:
    known: dict[tuple[float, bool, bool], dict[str, float]] = {}

    def advances(like: Word) -> dict[str, float]:
        key = (round(like.size, 1), like.bold, like.italic)
        if key not in known:
            widths: dict[str, list[float]] = defaultdict(list)
            for word in words:
                if (round(word.size, 1), word.bold, word.italic) == key:
                    for at in range(word.start, min(word.end + 1, len(boxes))):
                        box = boxes[at]
                        if box is not None and text[at] not in "\r\n":
                            widths[text[at]].append(box.x1 - box.x0)
            known[key] = {sign: median(found) for sign, found in widths.items()}
        return known[key]

    return advances


# ------------------------------------------------------------------ lines to blocks


def _paragraphs(lines: Sequence[Line], facts: Facts) -> Iterator[list[Line]]:
    """The lines, cut where a block begins."""
    run: list[Line] = []
    right = max((line.box.x1 for line in lines), default=0.0)
    for line in lines:
        if run and _begins_block(run, line, right, facts):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _begins_block(run: Sequence[Line], line: Line, right: float, facts: Facts) -> bool:
    """Whether `line` begins a block after the lines of the open block."""
    return any(rule(run, line, right, facts) for rule in BLOCK_RULES)


def has_bullet(_run: Sequence[Line], line: Line, _right: float, _facts: Facts) -> bool:
    """A bullet begins an item."""
    return line.bullet is not None


def other_size(run: Sequence[Line], line: Line, _right: float, _facts: Facts) -> bool:
    """Type of another size does not go on with the sentence."""
    return abs(run[-1].size - line.size) > SIZE_SLACK * run[-1].size


def other_style(run: Sequence[Line], line: Line, _right: float, _facts: Facts) -> bool:
    """Bold or italic begins or ends at the line's end.

    Not where a sentence clearly goes on: emphasis that happens to begin with a line.
    """
    before, after = run[-1].words[-1], line.words[0]
    if (before.bold, before.italic) == (after.bold, after.italic):
        return False
    goes_on = line.text[:1].islower() and not TERMINAL.search(run[-1].text)
    return not goes_on or (run[-1].bold and line.bold)


def large_gap(run: Sequence[Line], line: Line, _right: float, facts: Facts) -> bool:
    """More white than between the lines of a paragraph."""
    pitch = facts.pitch.get(line.size, 1.3 * line.size)
    pitch = min(pitch, 2.0 * line.size)  # few lines, all far apart, say nothing of the pitch
    distance = line.box.bottom - run[-1].box.bottom
    return distance > PITCH_SLACK * pitch


def outdented(run: Sequence[Line], line: Line, _right: float, _facts: Facts) -> bool:
    """A line that begins left of the item's text, where its other lines do not."""
    if run[0].bullet is None:
        return False
    indent = INDENT * line.size
    if len(run) > 1:
        return line.box.x0 < run[-1].box.x0 - indent
    # No second line yet: without a hanging indent, lines begin where the bullet stands.
    ended = TERMINAL.search(run[-1].text) is not None
    return line.box.x0 < run[0].box.x0 - indent and ended and not line.text[:1].islower()


def capitals_end(run: Sequence[Line], line: Line, right: float, _facts: Facts) -> bool:
    """A line all in capitals stands alone; two go together if the second had no room above."""
    before, after = _all_capitals(run[-1].text), _all_capitals(line.text)
    return before != after or (before and _had_room(run[-1], line, right))


def not_wrapped(run: Sequence[Line], line: Line, right: float, _facts: Facts) -> bool:
    """The line before ended though the next word had room: its author ended it there."""
    if not _had_room(run[-1], line, right):
        return False
    if TERMINAL.search(run[-1].text):
        return True
    return run[-1].bold and line.bold and line.text[:1].isupper()


BLOCK_RULES = (  # any match begins a block
    has_bullet,
    other_size,
    other_style,
    large_gap,
    outdented,
    capitals_end,
    not_wrapped,
)


def _all_capitals(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and all(sign.isupper() for sign in letters)


def _had_room(before: Line, line: Line, right: float) -> bool:
    """Whether the first word of `line` would have fitted on the line before it."""
    word = line.words[0]
    # A fifth of an em is the narrowest word space that justified text has.
    return before.box.x1 + 0.2 * before.size + (word.box.x1 - word.box.x0) < right - 0.5


# ------------------------------------------------------------------ passages


def _passage(lines: Sequence[Line], facts: Facts, seam: bool) -> Passage | None:
    """The lines as one passage; None if words cut at a spread's seam cannot be made whole."""
    passage = Passage()
    for n, line in enumerate(lines):
        pieces = _line_pieces(line, facts, seam)
        if pieces is None:
            return None
        part = Passage(tuple(pieces))
        if not n:
            passage = part
            continue
        glue, rule, hyphen = _line_join(lines[n - 1], line, facts)
        if hyphen:
            end = len(passage.text)
            passage = passage.replace(end - 1, end, "", rule="hyphenation")
        last = passage.pieces[-1].end
        passage = Passage((*passage.pieces, Piece(last, last, glue, rule), *part.pieces))
    return passage


def _line_join(before: Line, line: Line, facts: Facts) -> tuple[str, str, bool]:
    """What stands between two lines: the glue, its rule, and whether a hyphen goes."""
    last, first = before.words[-1].text, line.words[0].text
    if len(last) > 1 and last[-1] in HYPHENS and last[-2].isalnum():
        if not first[:1].isalnum():
            return "\n", "", False
        if first[:1].islower() and _is_hyphenation(last, first, facts):
            return "", "hyphenation", True
        return "", "line-join", False
    # "and/or" broken after the stroke; a stroke that stands free is no part of a word.
    if len(last) > 1 and last[-1] == "/" and first[:1].isalnum():
        return "", "line-join", False
    return "\n", "", False


def _is_hyphenation(last: str, first: str, facts: Facts) -> bool:
    """Whether the hyphen was put in by the line break.

    What the document has elsewhere decides: the compound keeps it, the joined word loses
    it. Else it goes if its glyph stands at line ends alone, or if the document is seen to
    hyphenate and the halves are no words of it.
    """
    head, tail = _halves(last, first)
    if f"{head}-{tail}" in facts.words:
        return False
    if head + tail in facts.words or last[-1] in facts.hyphenation:
        return True
    could_be_compound = all(len(h) >= SHORTEST_HALF and h in facts.words for h in (head, tail))
    return facts.hyphenates and not could_be_compound


def _halves(last: str, first: str) -> tuple[str, str]:
    """What the last word of a line and the first of the next have of the word broken there."""
    head, tail = re.split(r"[/–—]", last)[-1], re.split(r"[/–—]", first)[0]
    return _folded(EDGE_SIGNS.sub("", head)), _folded(EDGE_SIGNS.sub("", tail))


def _hyphenates(breaks: Sequence[tuple[str, str]], words: dict[str, int]) -> bool:
    """Whether the words that stand whole elsewhere show that line ends break words."""
    joined = sum(head + tail in words and f"{head}-{tail}" not in words for head, tail in breaks)
    compounds = sum(f"{head}-{tail}" in words for head, tail in breaks)
    return joined >= BREAK_PROOF and joined > compounds


def _line_pieces(line: Line, facts: Facts, seam: bool) -> list[Piece] | None:
    pieces: list[Piece] = []
    spaced = _letter_spaced(line.words)
    last: Word | None = None
    for n, word in enumerate(line.words):
        if last is not None:
            if seam and word.page != last.page:
                between = _seam_pieces(last, word, facts)
                if between is None:
                    return None
                pieces += between
            else:
                pieces += _between(last, word, n in spaced, facts)
        pieces += _word_pieces(word)
        pieces += [Piece(copy.start, copy.end, "", "column-join") for copy in word.copies]
        last = word
    return _merged(pieces)


def _word_pieces(word: Word) -> list[Piece]:
    found = list(LIGATURE.finditer(word.text))
    if not found:
        return [Piece(word.start, word.end, word.text)]
    out: list[Piece] = []
    at = 0
    for match in found:
        if match.start() > at:
            out.append(
                Piece(word.start + at, word.start + match.start(), word.text[at : match.start()])
            )
        start, end = match.span()
        new = LIGATURES[match.group()]
        out.append(Piece(word.start + start, word.start + end, new, "ligature"))
        at = end
    if at < len(word.text):
        out.append(Piece(word.start + at, word.end, word.text[at:]))
    return out


def _between(last: Word, word: Word, spaced: bool, facts: Facts) -> list[Piece]:
    """What stands between two words of one line."""
    between = facts.text[last.end : word.start]
    in_source = bool(between) and not between.strip()
    if spaced:
        if in_source:
            return [Piece(last.end, word.start, "", "letter-spacing")]
        return [] if last.end == word.start else [Piece(last.end, last.end, "", "letter-spacing")]
    if in_source:
        return [Piece(last.end, word.start, between)]
    if last.end == word.start:
        gap = word.box.x0 - last.box.x1
        wide = gap > VISIBLE * word.size
        return [Piece(last.end, last.end, " ", "word-gap")] if wide else []
    return [Piece(last.end, last.end, "\n")]


def _letter_spaced(words: Sequence[Word]) -> set[int]:
    """Indices of words that are letters of the same word as the one before."""
    out: set[int] = set()
    begin = 0
    for n in range(len(words) + 1):
        if n < len(words) and len(words[n].text) == 1 and words[n].text.isalpha():
            continue
        if n - begin >= 4:
            gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(words[begin:n])]
            usual = median(gaps)
            out |= {
                begin + k + 1
                for k, gap in enumerate(gaps)
                if gap < 1.6 * usual + 0.05 * words[begin].size
            }
        begin = n + 1
    return out


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, verbatim ones that touch made one."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if (
            last
            and not last.rule
            and not piece.rule
            and last.start < last.end == piece.start < piece.end
        ):
            out[-1] = Piece(last.start, piece.end, last.text + piece.text)
        else:
            out.append(piece)
    return out


# ------------------------------------------------------------------ the seam of a spread


def _seam_pieces(last: Word, word: Word, facts: Facts) -> list[Piece] | None:
    """What stands between two words of one line that the cut of a spread went through."""
    text = facts.text
    spaces_before = text[last.end : last.end + 1] == " "
    spaces_after = word.start > 0 and text[word.start - 1] == " "
    widths = facts.advances(last)
    blank = widths.get(" ", 0.0)
    missing = word.box.x0 - last.box.x1 - blank * (spaces_before + spaces_after)
    if abs(missing) <= VISIBLE * word.size or missing < 0:
        white = spaces_before or spaces_after
        return [Piece(last.end, last.end, "\n" if white else "", "" if white else "column-join")]
    return _lost_glyph(last, word, missing, (spaces_before, spaces_after), facts)


def _lost_glyph(
    last: Word, word: Word, missing: float, spaces: tuple[bool, bool], facts: Facts
) -> list[Piece] | None:
    """The one character that the cut destroyed, if its width and the document's words prove it."""
    before, after = spaces  # whether a space stands between the cut and the word there
    cuts = {
        sign: ("" if before else last.text) + sign + (" " if after else word.text)
        for sign, width in facts.advances(last).items()
        if abs(width - missing) <= WIDTH_SLACK * word.size
    }
    for known in (_known_word, _known_form):
        found = {
            sign: parts
            for sign, cut in cuts.items()
            if all(parts := [_sound(part, known, facts) for part in cut.split()])
        }
        if found:
            break
    else:
        return None
    if len(found) > 1:
        return None
    (sign, parts), at = next(iter(found.items())), last.end
    if sign == " ":
        return [Piece(at, at, "\n")]
    proof = max(parts, key=len)
    start = facts.words[proof]
    evidence = Evidence(facts.source, start, end := start + len(proof), facts.text[start:end])
    out = [Piece(at, at, "\n")] if before else []
    out.append(Piece(at, at, sign, "lost-glyph", evidence))
    return [*out, Piece(at, at, "\n")] if after else out


def _sound(part: str, known: Callable[[str, Facts], str], facts: Facts) -> str:
    """The known word in `part` if nothing but brackets, quotes and closing signs stand by it."""
    bare = EDGE_SIGNS.sub("", part)
    if not bare:
        return part if len(part) == 1 and part in DASHES else ""
    head, _, tail = part.partition(bare)
    fits = OPENING.fullmatch(head) and CLOSING.fullmatch(tail)
    return known(_folded(bare), facts) if fits else ""


def _known_word(word: str, facts: Facts) -> str:
    return word if word in facts.words else ""


def _known_form(word: str, facts: Facts) -> str:
    """The word that `word` is made from, or that is made from it, if the document has that."""
    if len(word) < SHORTEST_FORM:
        return _known_word(word, facts)
    for size in range(1, LONGEST_ENDING + 1):
        if word[-size:] in facts.endings and word[:-size] in facts.words:
            return word[:-size]
    forms = (word + end for end in sorted(facts.endings) if word + end in facts.words)
    return next(forms, _known_word(word, facts))


# ------------------------------------------------------------------ blocks


def _blocks(placed: _Placed, lines: Sequence[Line], sheet: Sheet, facts: Facts) -> Iterator[Block]:
    for run in _paragraphs(lines, facts):
        passage = _passage(run, facts, bool(sheet.seam))
        if passage is not None:
            yield _block(run, passage, placed, sheet, facts)
            continue
        # The halves of lines that the seam went through: left page first, then right.
        for page in (sheet.number, sheet.number + 1):
            half = [
                _line([w for w in line.words if w.page == page], line.bullet if n == 0 else None)
                for n, line in enumerate(run)
                if any(w.page == page for w in line.words)
            ]
            if page != sheet.number and half:
                half[0] = replace(half[0], bullet=None)
            whole = _passage(half, facts, False) if half else None
            if whole is not None:
                yield _block(half, whole, placed, sheet, facts)


def _block(
    run: Sequence[Line], passage: Passage, placed: _Placed, sheet: Sheet, facts: Facts
) -> Block:
    words = [word for line in run for word in line.words]
    page = min(word.page for word in words)
    boxes = [word.box for word in words if word.page == page]
    box = _union(boxes)
    if sheet.seam and page != sheet.number:
        box = _moved(box, -sheet.seam)
    size = _main_size(words)
    region = placed.region
    kind, level = BlockKind.PARAGRAPH, 0
    if run[0].bullet is not None:
        kind = BlockKind.ITEM
    elif size >= HEADING_SIZE * facts.body:
        kind, level = BlockKind.HEADING, 1
    style = Style(all(w.bold for w in words), all(w.italic for w in words), size)
    place = Place(page, box, placed.number, region.table, region.row, region.column)
    return Block(passage, kind, level, style, place)


def _levels(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, headings numbered by size: the largest is level 1."""
    sizes = sorted({b.style.size for b in blocks if b.kind == BlockKind.HEADING}, reverse=True)
    return tuple(
        replace(b, level=sizes.index(b.style.size) + 1) if b.kind == BlockKind.HEADING else b
        for b in blocks
    )


def _sized(sheet: Sheet) -> Sheet:
    """The sheet, words without a size given that of their box: gaps are measured by it."""
    if all(word.size >= 1 for word in sheet.words):
        return sheet
    return sheet._replace(
        words=tuple(
            word if word.size >= 1 else word._replace(size=max(word.box.bottom - word.box.top, 1.0))
            for word in sheet.words
        )
    )


def analyse(
    text: str, sheets: Sequence[Sheet], boxes: Sequence[Box | None] = (), source: str = ""
) -> Layout:
    """The blocks of the words on `sheets`, which are those of the file named `source`.

    `text` is the source's, which the words' spans count in; `boxes` has one entry a
    character of it (or none at all: then cut words of a spread are not made whole).
    """
    sheets = join_spreads([_sized(sheet) for sheet in sheets], text, boxes)
    repeats = find_repeats(sheets)
    placed = _in_order([_regions(sheet, repeats) for sheet in sheets])
    lines = [_lines(entry.region) for entry in placed]
    seams = [sheets[entry.sheet].seam for entry in placed]
    facts = _facts(source, text, boxes, lines, seams)
    blocks: list[Block] = []
    markup: list[Span] = []
    for entry, found in zip(placed, lines, strict=True):
        sheet = sheets[entry.sheet]
        bare = [line for line in found if not _is_lone_bullet(line)]
        for line in found:
            mark = line.words[0] if _is_lone_bullet(line) else line.bullet
            if mark is not None and mark.end > mark.start:
                markup += [Span(mark.start, mark.end), *mark.copies]
        blocks += _blocks(entry, bare, sheet, facts)
    return Layout(_levels(blocks), tuple(sorted(markup)))


def _is_lone_bullet(line: Line) -> bool:
    return len(line.words) == 1 and line.bullet is None and bool(BULLETS.match(line.words[0].text))
