"""Boxes and cells drawn by rules: the words in each."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout.boxes import around, centred_in, extent
from breakthrough_extract.readers.layout.columns import flow
from breakthrough_extract.readers.layout.drawn import Frames, Stroke, Zone
from breakthrough_extract.readers.layout.measures import GUTTER, SNAP
from breakthrough_extract.readers.layout.nouns import Atom, Region, Word
from breakthrough_extract.readers.layout.rows import atoms_of


def arrange(words: Sequence[Word], frames: Frames) -> list[Region]:
    """The regions of `words` in reading order."""
    if not words:
        return []
    atoms: list[Atom] = []
    rest = list(words)
    for zone in sorted(frames.zones, key=lambda zone: extent(zone.box), reverse=True):
        held, others = _split_by(rest, zone.box)
        if not held:
            continue
        less = frames.within(zone.box)._replace(
            zones=tuple(z for z in frames.zones if z is not zone and centred_in(z.box, zone.box))
        )
        cells = _cells(held, zone, less)
        if cells:
            rest = others
            atoms.append(_drawn(held, cells, zone.box, words))
    for area in sorted(frames.areas, key=extent, reverse=True):
        held, others = _split_by(rest, area)
        if not held or not _is_box(area, held, others):
            continue
        rest = others
        less = frames.within(area)
        less = less._replace(areas=tuple(a for a in less.areas if a is not area))
        atoms.append(_drawn(held, _framed(arrange(held, less), area), area, words))
    if len(atoms) == 1 and not rest:
        return list(atoms[0].inner)
    return flow([*atoms, *atoms_of(rest)], frames)


def _framed(regions: Sequence[Region], box: Box) -> list[Region]:
    """The regions; those that stand in no smaller box stand in this one."""
    return [replace(region, frame=region.frame or box) for region in regions]


def _drawn(
    words: Sequence[Word], inner: Sequence[Region], box: Box, all_words: Iterable[Word]
) -> Atom:
    """A drawn box as an atom.

    With others beside it only its text is in the way, since drawn edges come close to these;
    one that stands alone closes whatever columns there are above it.
    """
    text = around(word.box for word in words)
    held = {(word.start, word.end) for word in words}
    alone = not any(
        word.box.top < box.bottom and word.box.bottom > box.top
        for word in all_words
        if (word.start, word.end) not in held
    )
    whole = around((text, box)) if alone else text
    return Atom(whole, words[0].size, tuple(words), tuple(inner))


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
    inner = around(word.box for word in held)
    gap = GUTTER * held[0].size
    return all(box.x0 > inner.x1 + gap or box.x1 < inner.x0 - gap for box in level)


def _cells(words: Sequence[Word], zone: Zone, frames: Frames) -> list[Region]:
    """The zone's words cell by cell; none if the zone is no table and no box."""
    whole = around((zone.box, *(w.box for w in words)))
    cells = _carve(whole, zone, words)
    full = [box for box, held in cells if held]
    if len(full) < 2 and (not full or len(cells) < 2):
        return _framed(arrange(words, frames), zone.box) if _closed(zone) else []
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
        reach = sum(box.x0 - SNAP < left < box.x1 - SNAP for left in lefts)
        cell = Region((), 1, row, column, max(reach, 1), tuple(map(float, lefts)))
        out += [
            replace(cell, words=region.words, frame=region.frame)
            for region in arrange(held, frames.within(box))
        ]
    return sorted(out, key=lambda region: (region.row,))


def _closed(zone: Zone) -> bool:
    return len(zone.across) >= 2 and len(zone.upright) >= 2


def _bands(cells: Sequence[Box], whole: Box, zone: Zone, words: Sequence[Word]) -> list[float]:
    """Where the table's rows begin: lines from side to side; without these, the cells' tops."""
    cuts = sorted(
        line.at
        for line in zone.across
        if _parts(line, whole, False) and not _crossed(line.at, False, words)
    )
    if cuts:
        return sorted([whole.top, *cuts, *_inner_rows(cells, [whole.top, *cuts])])
    return sorted({cell.top for cell in cells})


def _inner_rows(cells: Sequence[Box], bands: Sequence[float]) -> Iterator[float]:
    """Where rows begin beside a cell that is as high as several: two cells or more begin there,
    one beside the other."""
    tops = sorted(cell.top for cell in cells)
    last = bands[0]
    for top in tops:
        level = sum(abs(other - top) < SNAP for other in tops)
        if level > 1 and top > last + SNAP and all(abs(top - band) >= SNAP for band in bands):
            last = top
            yield top


def _carve(box: Box, zone: Zone, words: Sequence[Word]) -> list[tuple[Box, list[Word]]]:
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


def _parts(line: Stroke, box: Box, upright: bool) -> bool:
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
        if low < at < high and low + word.size / 3 < at < high - word.size / 3:
            return True
    return False


def _cut(box: Box, cuts: Sequence[float], upright: bool) -> list[Box]:
    ends = [box.x0 if upright else box.top, *cuts, box.x1 if upright else box.bottom]
    return [
        box._replace(x0=low, x1=high) if upright else box._replace(top=low, bottom=high)
        for low, high in pairwise(ends)
    ]
