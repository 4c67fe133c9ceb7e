"""Tables without rules whose rows stand close: each row begins with a label in the first column.

White alone does not part such rows from the lines of a cell; white above a label does, if all
columns begin there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from breakthrough_extract.readers.layout.measures import SNAP
from breakthrough_extract.readers.layout.nouns import Atom
from breakthrough_extract.readers.layout.rows import rows_of
from breakthrough_extract.readers.layout.white import Group, Stripe, columns_of

CLOSE = 0.3  # line heights: so much more white is above a row than between the lines of a cell
LOOSE = 0.45  # line heights: more white than this is never between the lines of a cell
LONGEST_LABEL = 8  # words of a label in the first column
FEW = 0.34  # share of the words that the first column has at most
FEWEST_COLUMNS = 3
UNDECIDED = 0.5  # if so many cells of a line begin, but not all, it may be a row's first or not
LABEL_ABOVE = 1.5  # ems; a label stands no further above the cells that it is the label of
SAME_LINE = 0.9  # ems; cells that begin closer begin on one line


def continued_rows(
    group: Group, edges: Sequence[float]
) -> tuple[list[list[Atom]], list[Stripe]] | None:
    """The rows of a table that goes on from the page before, and the white left of its columns.

    `edges`: where the table's columns begin, the first aside. None if the group's words do not
    stand in those columns.
    """
    gaps = [(edge - SNAP, edge) for edge in edges]
    columns = columns_of(group.atoms, gaps)
    if sum(map(bool, columns)) < 2 or any(atom.inner for atom in group.atoms):
        return None
    if any(atom.box.x0 < edge - SNAP < atom.box.x1 for atom in group.atoms for edge in edges):
        return None
    lefts = [min(atom.box.x0 for atom in column) for column in columns[1:] if column]
    if any(min(abs(left - edge) for edge in edges) > 2 * SNAP for left in lefts):
        return None
    shaped = group._replace(gaps=tuple(gaps))
    rows = _parted(shaped)
    cells = [columns_of(row, gaps) for row in rows]
    if not all(_is_label(label) and any(others) for label, *others in cells if label):
        return None
    return rows, gaps


def labelled_rows(group: Group) -> list[list[Atom]]:
    """The rows of a table in which each but the head begins with a label; nothing if it is none."""
    if len(group.gaps) + 1 < FEWEST_COLUMNS or any(atom.inner for atom in group.atoms):
        return []
    rows = _merged(_parted(group), group)
    labels = [columns_of(row, group.gaps)[0] for row in rows]
    labels = [label for label in labels if label]
    whole = all(aligned(row, group) for row in rows)
    return rows if whole and _are_labels(labels, group) else []


def lined_rows(group: Group) -> list[list[Atom]]:
    """The rows of a table with no white between them, as text on a grid of characters has it.

    A row begins on a line with a label on which the other cells begin as sentences do; every
    cell of it begins there. Nothing if that does not hold, or if a line says both.
    """
    if len(group.gaps) + 1 < FEWEST_COLUMNS or any(atom.inner for atom in group.atoms):
        return []
    lines = rows_of(group.atoms)
    cells = [columns_of(line, group.gaps) for line in lines]
    begun = [_begun(cells, n) for n in range(len(lines))]
    if any(UNDECIDED < share < 1 for share in begun):
        return []
    starts = [n for n, share in enumerate(begun) if share == 1]
    bounds = [*({0} - set(starts)), *starts]
    rows = [
        [atom for line in lines[start:end] for atom in line]
        for start, end in pairwise([*bounds, len(lines)])
    ]
    labels = [columns_of(row, group.gaps)[0] for row in rows]
    labels = [label for label in labels if label]
    whole = all(_begin_together(row, group) for row in rows)
    return rows if whole and len(starts) > 2 and _are_labels(labels, group) else []


def _begun(cells: Sequence[Sequence[Sequence[Atom]]], n: int) -> float:
    """The share of cells that begin on the n-th line, if a label does, or right below it."""
    label, *others = cells[n]
    if not label or _goes_on(label):
        return 0.0
    if not any(others) and n + 1 < len(cells) and not cells[n + 1][0]:
        others = list(cells[n + 1][1:])
    here = [cell for cell in others if cell]
    fresh = sum(not _goes_on(cell) for cell in here)
    return fresh / len(here) if len(here) > 1 else 0.0


def _goes_on(cell: Sequence[Atom]) -> bool:
    """Whether a line begins as the middle of a sentence does."""
    return cell[0].words[0].text[:1].islower()


def _begin_together(row: Sequence[Atom], group: Group) -> bool:
    """Whether all cells of a row begin on its first line, or on that below its label."""
    top = min(atom.box.top for atom in row)
    firsts = [min(c, key=lambda a: a.box.top) for c in columns_of(row, group.gaps) if c]
    return all(atom.box.top - top < LABEL_ABOVE * atom.size for atom in firsts)


def _are_labels(labels: Sequence[Sequence[Atom]], group: Group) -> bool:
    """Whether the first column holds but labels."""
    share = sum(len(atom.words) for label in labels for atom in label)
    few = share <= FEW * sum(len(atom.words) for atom in group.atoms)
    return len(labels) > 1 and few and all(map(_is_label, labels))


def _parted(group: Group) -> list[list[Atom]]:
    """The group cut at white from side to side that is more than that between lines."""
    height = median(atom.box.bottom - atom.box.top for atom in group.atoms)
    least = _leading(group, height) + CLOSE * height
    out: list[list[Atom]] = []
    reach = 0.0
    for cluster in group.clusters:
        if not out or min(atom.box.top for atom in cluster) - reach >= least:
            out.append([])
        out[-1] += cluster
        reach = max(atom.box.bottom for atom in cluster)
    return out


def _leading(group: Group, height: float) -> float:
    """The white between the lines of one cell; 0 if no cell has several lines."""
    lines = sorted(
        below[0].box.top - above[0].box.bottom
        for column in columns_of(group.atoms, group.gaps)
        for above, below in pairwise(rows_of(column))
    )
    least = lines[len(lines) // 10] if lines else 0.0
    return max(least, 0.0) if least < LOOSE * height else 0.0


def _merged(parts: Sequence[list[Atom]], group: Group) -> list[list[Atom]]:
    """The parts, those without a label made one with the row that they go on; the head, the
    first part, may lack one."""
    out: list[list[Atom]] = []
    for part in parts:
        if len(out) > 1 and not columns_of(part, group.gaps)[0]:
            out[-1] += part
        else:
            out.append(list(part))
    return out


def _is_label(atoms: Sequence[Atom]) -> bool:
    words = [word for row in rows_of(atoms) for atom in row for word in atom.words]
    return len(words) <= LONGEST_LABEL and not words[-1].text.endswith((".", ";", ","))


def aligned(row: Sequence[Atom], group: Group) -> bool:
    """Whether two columns of a row at least begin on one line, at its top or right below a label
    that stands a little higher."""
    top = min(atom.box.top for atom in row)
    firsts = [min(c, key=lambda a: a.box.top) for c in columns_of(row, group.gaps) if c]
    near = [atom for atom in firsts if atom.box.top - top < LABEL_ABOVE * atom.size]
    return any(
        sum(abs(one.box.top - other.box.top) < SAME_LINE * one.size for other in near) >= 2
        for one in near
    )
