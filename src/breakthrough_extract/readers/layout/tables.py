"""Tables without rules, told by white alone."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from breakthrough_extract.readers.layout.boxes import around
from breakthrough_extract.readers.layout.drawn import Frames, Stroke
from breakthrough_extract.readers.layout.labelled import labelled_rows, lined_rows
from breakthrough_extract.readers.layout.measures import ROW_GAP, SNAP
from breakthrough_extract.readers.layout.nouns import Atom
from breakthrough_extract.readers.layout.rows import row_key, rows_of
from breakthrough_extract.readers.layout.signs import TERMINAL
from breakthrough_extract.readers.layout.white import Group, Stripe, columns_of

SAME_LINE = 0.9  # of the size: lines of two cells that begin closer begin on one line
LABEL_DROP = 0.6  # of the size: a label's line and the one beside it can differ by so much
NEXT_LINE = 1.8  # of the size: lines of one label are no further apart
SPARSE = 3  # lines of text for each of its labels at least


class Table(NamedTuple):
    """A table without rules."""

    above: list[Atom]  # what stands over the table in the same columns: a title
    rows: list[list[list[Atom]]]  # [row][column]


def find_table(group: Group, frames: Frames) -> Table | None:
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
        enough = len(gaps) >= 2 or boxes or bool(_separators(group, frames)) or _labelled(group)
        aligned = all(_top_aligned(bands[n], gaps) for n in several)
        if not (enough and len(several) >= 2 and aligned):
            bands = _label_bands(group) or labelled_rows(group) or lined_rows(group)
            several = [n for n, band in enumerate(bands) if _filled(band, gaps) >= 2]
        if not several:
            return None
        top = several[0]
        # What stands in no first column is no title: it goes on with a row of the page before.
        while top and not columns_of(bands[top - 1], gaps)[0]:
            top -= 1
    rows: list[list[list[Atom]]] = []
    for n, band in enumerate(bands[top:]):
        cells = columns_of(band, gaps)
        # Text in the first column begins a row; without it the row before goes on.
        if n and not cells[0] and not (headed and n == 1):
            rows[-1] = [old + new for old, new in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return Table([atom for band in bands[:top] for atom in band], rows)


def _labelled(group: Group) -> bool:
    """Whether the first of two columns holds but labels: a line or two beside many."""
    columns = columns_of(group.atoms, group.gaps)
    return len(columns) == 2 and SPARSE * len(rows_of(columns[0])) <= len(rows_of(columns[1]))


def _label_bands(group: Group) -> list[list[Atom]]:
    """The group cut where labels in its first column begin; nothing if labels are not all it holds.

    Beside each label a cell begins: what stands there does not go on with the line above it.
    """
    first, *others = columns_of(group.atoms, group.gaps)
    if not first or any(atom.inner for atom in group.atoms):
        return []
    labels = rows_of(first)
    lines = [rows_of(column) for column in others if column]
    if SPARSE * len(labels) > max(map(len, lines), default=0):
        return []
    cuts = [
        around(atom.box for atom in label).top
        for n, label in enumerate(labels)
        if not n or not _next_line(labels[n - 1], label)
    ]
    if not all(any(_begins_at(cut, column) for column in lines) for cut in cuts):
        return []
    bands: list[list[Atom]] = [[] for _ in range(len(cuts) + 1)]
    for atom in sorted(group.atoms, key=lambda atom: (atom.box.top, atom.box.x0)):
        bands[bisect(cuts, atom.box.top + LABEL_DROP * atom.size)].append(atom)
    bands = [band for band in bands if band]
    return bands if len(bands) > 1 else []


def _next_line(row: Sequence[Atom], after: Sequence[Atom]) -> bool:
    distance = after[0].box.bottom - row[0].box.bottom
    return distance < NEXT_LINE * row[0].size


def _begins_at(cut: float, lines: Sequence[Sequence[Atom]]) -> bool:
    """Whether a cell begins at that height: its line differs in look from the one above it."""
    for n, line in enumerate(lines):
        if abs(line[0].box.top - cut) < LABEL_DROP * line[0].size:
            before, word = lines[n - 1][-1].words[-1], line[0].words[0]
            return (
                not n
                or (word.bold and not before.bold)
                or (word.text[:1].isupper() and TERMINAL.search(before.text) is not None)
            )
    return False


def _white_bands(group: Group, frames: Frames) -> list[list[Atom]]:
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


def _separators(group: Group, frames: Frames) -> list[Stroke]:
    if not frames.across:
        return []
    box = around(atom.box for atom in group.atoms)
    return [
        line
        for line in frames.across
        if box.top < line.at < box.bottom
        and min(line.end, box.x1) - max(line.start, box.x0) > 0.8 * (box.x1 - box.x0)
    ]


def _filled(band: Iterable[Atom], gaps: Sequence[Stripe]) -> int:
    return sum(1 for column in columns_of(band, gaps) if column)


def _top_aligned(band: Sequence[Atom], gaps: Sequence[Stripe]) -> bool:
    """Whether two columns of the band at least begin on its first line."""
    top = min(atom.box.top for atom in band)
    firsts = [min(column, key=lambda a: a.box.top) for column in columns_of(band, gaps) if column]
    return sum(atom.box.top - top < SAME_LINE * atom.size for atom in firsts) >= 2


def _is_head(band: Sequence[Atom], gaps: Sequence[Stripe], frames: Frames) -> bool:
    """Whether the band is a head row: on each page the same, over all the columns."""
    return (
        bool(frames.heads)
        and len(gaps) >= 2
        and _filled(band, gaps) == len(gaps) + 1
        and row_key(rows_of(band)[0]) in frames.heads
    )
