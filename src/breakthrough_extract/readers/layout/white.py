"""The white between words: stripes that run down, bands that run across."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from breakthrough_extract.readers.layout.boxes import around
from breakthrough_extract.readers.layout.measures import GUTTER, ROW_GAP, WIDE_GAP
from breakthrough_extract.readers.layout.nouns import Atom
from breakthrough_extract.readers.layout.rows import rows_of
from breakthrough_extract.readers.layout.signs import is_label

GUTTER_ROWS = 3  # rows with text on both sides that prove such a narrow gutter
JUSTIFIED_ROWS = 3  # rows that end at one x: the right edge of justified text
FLUSH = 0.1  # how exactly they do, in ems
HANGING = 2.0  # ems; the lines of an item begin no further right than its bullet
BOX_INDENT = 0.4  # ems; text in a box stands at least so much further in
TAIL_GAP = 1.5  # ems; the white above lines that head a box
FAR = 3.0  # ems; the last line of a cell is no further above the next row


Stripe = tuple[float, float]  # x from, x to


def columns_of(atoms: Iterable[Atom], gaps: Sequence[Stripe]) -> list[list[Atom]]:
    middles = [(start + end) / 2 for start, end in gaps]
    out: list[list[Atom]] = [[] for _ in range(len(gaps) + 1)]
    for atom in atoms:
        x0, _, x1, _ = atom.box
        out[bisect(middles, (x0 + x1) / 2)].append(atom)
    return out


class Group(NamedTuple):
    """Clusters one below the other that the same gutters run through."""

    clusters: tuple[tuple[Atom, ...], ...]
    gaps: tuple[Stripe, ...]
    filled: tuple[Stripe, ...]  # where atoms stand, seen from above

    @property
    def atoms(self) -> list[Atom]:
        return [atom for cluster in self.clusters for atom in cluster]


def text_groups_of(atoms: Sequence[Atom]) -> list[Group]:
    """The groups of the atoms, wide word spaces not taken for gutters.

    Justified lines of few words have word spaces as wide as gutters. Such a line ends where
    several lines of its column without wide spaces end, and few of its kind stand together.
    """
    groups = groups_of(atoms)
    if not any(group.gaps for group in groups):
        return groups
    tallest = max(groups, key=lambda group: bool(group.gaps) and len(group.clusters))
    tall = all(_tall(column) for column in columns_of(tallest.atoms, tallest.gaps))
    gaps, known = (tallest.gaps, tallest.atoms) if tall else ((), atoms)
    out: list[Atom] = []
    for group in groups:
        text = _as_text(group.atoms, gaps, known)
        out += group.atoms if text is None else text
    return groups_of(out)


def _as_text(
    atoms: Sequence[Atom], gaps: Sequence[Stripe], reference: Sequence[Atom]
) -> list[Atom] | None:
    """The atoms, each reaching to the next on its line, if between the `gaps` is justified text.

    Where its lines end is told by those of the `reference`.
    """
    if any(a.box.x0 < end and a.box.x1 > start for a in atoms for start, end in gaps):
        return None
    out: list[Atom] = []
    for column, known in zip(columns_of(atoms, gaps), columns_of(reference, gaps), strict=True):
        rows = rows_of(column)
        wide = [row for row in rows if _has_wide_gap(row)]
        ends = [row[-1].box.x1 for row in rows_of(known) if not _has_wide_gap(row)]
        if len(wide) >= GUTTER_ROWS or not all(_flush(row, ends) for row in wide):
            return None
        out += [atom for row in rows for atom in _bridge(row)]
    return out


def _flush(row: Sequence[Atom], ends: Sequence[float]) -> bool:
    last = row[-1]
    near = sum(abs(end - last.box.x1) < FLUSH * last.size for end in ends)
    return near >= JUSTIFIED_ROWS and not any(atom.inner for atom in row)


def _bridge(row: Sequence[Atom]) -> Iterator[Atom]:
    for atom, after in pairwise(row):
        yield atom._replace(box=atom.box._replace(x1=max(atom.box.x1, after.box.x0)))
    yield row[-1]


def _has_wide_gap(row: Sequence[Atom]) -> bool:
    return any(
        after.box.x0 - atom.box.x1 >= WIDE_GAP * max(atom.size, after.size)
        for atom, after in pairwise(row)
    )


def groups_of(atoms: Sequence[Atom]) -> list[Group]:
    em = median(atom.size for atom in atoms)
    out: list[Group] = []
    for cluster in map(tuple, _clusters(atoms)):
        group = _extended(Group((), (), ()), cluster, (), em)
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
            tail = _tail(last, cluster)
            if tail:
                out[-1] = last._replace(clusters=last.clusters[: -len(tail)])
                group = Group((), (), ())
                for part in (*tail, cluster):
                    group = _extended(group, part, (), em)
        out.append(group)
    tail = _boxed_tail(out[-1])
    if tail:
        out[-1] = out[-1]._replace(clusters=out[-1].clusters[: -len(tail)])
        group = Group((), (), ())
        for part in tail:
            group = _extended(group, part, (), em)
        out.append(group)
    return out


def _boxed_tail(columns: Group) -> tuple[tuple[Atom, ...], ...]:
    """The last lines below all columns if they are a box of their own: indented, with a label."""
    if not columns.gaps:
        return ()
    edge = columns.gaps[0][0]
    left = min(atom.box.x0 for atom in columns.atoms)
    count = 0
    for cluster in reversed(columns.clusters):
        box = around(atom.box for atom in cluster)
        if box.x1 > edge or box.x0 - left < BOX_INDENT * cluster[0].size:
            break
        count += 1
    for n in range(len(columns.clusters) - count, len(columns.clusters)):
        cluster = columns.clusters[n]
        text = "".join(word.text for atom in cluster for word in atom.words)
        if n and is_label(text):
            above = max(atom.box.bottom for atom in columns.clusters[n - 1])
            far = min(atom.box.top for atom in cluster) - above > TAIL_GAP * cluster[0].size
            return columns.clusters[n:] if far else ()
    return ()


def _tail(columns: Group, after: tuple[Atom, ...]) -> tuple[tuple[Atom, ...], ...]:
    """The last lines below the columns that are the first of what comes `after` them.

    They stand in the first column alone, begin where that begins, and are nearer to it.
    """
    left = min(atom.box.x0 for atom in after)
    count = 0
    below = after
    for cluster in reversed(columns.clusters[1:] if columns.gaps else ()):
        first = min(cluster, key=lambda atom: atom.box.x0)
        inside = max(atom.box.x1 for atom in cluster) <= columns.gaps[0][0]
        if not inside or abs(first.box.x0 - left) > GUTTER * first.size:
            break
        if min(a.box.top for a in below) - max(a.box.bottom for a in cluster) > first.size:
            break
        count, below = count + 1, cluster
    if not 0 < count < len(columns.clusters):
        return ()
    above = columns.clusters[-count - 1]
    white = min(a.box.top for a in below) - max(a.box.bottom for a in above)
    return columns.clusters[-count:] if white > TAIL_GAP * below[0].size else ()


def _clusters(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """Atoms parted by white space that runs from side to side, from top to bottom."""
    out: list[list[Atom]] = []
    reach = 0.0
    for atom in sorted(atoms, key=attrgetter("box.top")):
        _, top, _, bottom = atom.box
        # Boxes of close-set lines overlap a little: the ascender's height is not filled.
        if not out or top > reach - 0.2 * atom.size:
            out.append([])
            reach = bottom
        out[-1].append(atom)
        reach = max(reach, bottom)
    return out


def _extended(group: Group, cluster: tuple[Atom, ...], known: Sequence[Stripe], em: float) -> Group:
    """The group and the cluster as one group, with the gutters that run through both.

    Atoms on the two sides of a gutter must stand beside one another somewhere, else it is
    an indent. What is left of a `known` gutter is one.
    """
    filled = _united([*group.filled, *((a.box.x0, a.box.x1) for a in cluster)], GUTTER * em)
    gaps = [(one[1], other[0]) for one, other in pairwise(filled)]
    clusters = (*group.clusters, cluster)
    fresh = _apart(gaps, known)
    while not fresh.isdisjoint(gaps):
        columns = columns_of((atom for part in clusters for atom in part), gaps)
        weak = next(
            (
                n
                for n, gap in enumerate(gaps)
                if gap in fresh and not _parts_columns(gap, columns[n], columns[n + 1], em)
            ),
            None,
        )
        if weak is None:
            break
        del gaps[weak]
    return Group(clusters, tuple(gaps), tuple(filled))


def _united(stripes: Iterable[Stripe], gutter: float) -> list[Stripe]:
    """The stripes from left to right, those less than a `gutter` apart made one."""
    out: list[Stripe] = []
    begin, *others = sorted(stripes)
    left, right = begin
    for start, end in others:
        if start - right >= gutter:
            out.append((left, right))
            left, right = start, end
        elif end > right:
            right = end
    return [*out, (left, right)]


def _apart(gaps: Sequence[Stripe], known: Sequence[Stripe]) -> set[Stripe]:
    """The gaps that overlap with none of the known ones."""
    if not gaps or not known:
        return set(gaps)
    ordered = sorted(known)
    starts = [start for start, _ in ordered]
    reach = list(accumulate((end for _, end in ordered), max))
    found: set[Stripe] = set()
    for gap in gaps:
        before = bisect_left(starts, gap[1])  # of them, those that begin before the gap ends
        if gap[0] >= gap[1] or not before or reach[before - 1] <= gap[0]:
            found.add(gap)
    return found


def _parts_columns(gap: Stripe, left: Sequence[Atom], right: Sequence[Atom], em: float) -> bool:
    wide = gap[1] - gap[0] >= WIDE_GAP * em
    return _beside(left, right) and (wide or (_tall(left) and _tall(right)))


def _beside(left: Sequence[Atom], right: Sequence[Atom]) -> bool:
    low, high = around(a.box for a in left), around(a.box for a in right)
    return min(low.bottom, high.bottom) > max(low.top, high.top)


def _tall(column: Sequence[Atom]) -> bool:
    return any(atom.inner for atom in column) or len(rows_of(column)) >= GUTTER_ROWS


def _begins(single: Group, columns: Group, union: Group, em: float) -> bool:
    """Whether the single lines above the columns are the first lines of one of them."""
    if len(union.gaps) != len(columns.gaps):
        return False
    gap = min(a.box.top for a in columns.atoms) - max(a.box.bottom for a in single.atoms)
    return gap < ROW_GAP * em or (gap < FAR * em and _in_inner_column(single, columns))


def _in_inner_column(single: Group, columns: Group) -> bool:
    """Whether the lines stand in a column other than the first, where its lines begin."""
    index, *others = {
        n for n, column in enumerate(columns_of(single.atoms, columns.gaps)) if column
    }
    column = columns_of(columns.atoms, columns.gaps)[index]
    if others or not index or not column:
        return False
    left = min(atom.box.x0 for atom in column)
    indents = [(row[0].box.x0 - left) / row[0].size for row in rows_of(single.atoms)]
    return all(-FLUSH < indent < HANGING for indent in indents)
