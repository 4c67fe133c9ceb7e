"""Labels that are misread beyond what any line may be, at a place where one must stand.

A short line by itself between the labels of two stages that do not follow one another, or a
cell in a row of labels: nearer to a label that is missing there than to any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from breakthrough_extract.document import BlockKind
from breakthrough_extract.recognise.lines import Line, Names, What
from breakthrough_extract.recognise.run_in import LONGEST_LABEL

LABELS_OF_A_ROW = 2  # so many labels make a row of a table a row of labels


def read_in_context(lines: Sequence[Line], names: Names, slots: Sequence[str]) -> list[Line]:
    """`lines` with those labels found. `slots`: ids, in the order of the scale."""
    ranks = {slot: rank for rank, slot in enumerate(slots)}
    missing_in_row = _rows(lines, slots)
    following = _next_ranks(lines, ranks)
    last = -1  # rank of the label before, -1 where a run may begin
    out: list[Line] = []
    for line, after in zip(lines, following, strict=True):
        place = line.block.place
        slot = _nearest(line, names)
        if place.table:
            fits = slot in missing_in_row.get((place.table, place.row), ())
        else:
            fits = bool(slot) and last < ranks[slot] < after
        out.append(replace(line, what=What.LABEL, name=slot) if fits else line)
        if not place.table:
            last = _rank_after(out[-1], last, ranks)
    return out


def _nearest(line: Line, names: Names) -> str:
    """The label that a short line by itself is nearest to, "" if to none."""
    text = line.text.folded
    if line.what != What.TEXT or line.block.kind == BlockKind.ITEM:
        return ""
    short = len(text.split()) <= LONGEST_LABEL and "\n" not in line.text.text.strip()
    return names.label.nearest(text) if short and text == line.block.text.folded else ""


def _rank_after(line: Line, last: int, ranks: dict[str, int]) -> int:
    """The rank that the next label must exceed."""
    if line.what == What.LABEL:
        rank = ranks[line.name]
        return -1 if rank == len(ranks) - 1 else rank
    return -1 if line.what in (What.THEME, What.HEADS) else last


def _next_ranks(lines: Sequence[Line], ranks: dict[str, int]) -> list[int]:
    """For each line the rank of the label after it, in its run; beyond all ranks where the run
    may end."""
    out: list[int] = []
    following = len(ranks)
    for line in reversed(lines):
        out.append(following)
        if line.block.place.table:
            continue
        if line.what == What.LABEL:
            following = ranks[line.name] or len(ranks)
        elif line.what in (What.THEME, What.HEADS):
            following = len(ranks)
    return out[::-1]


def _rows(lines: Sequence[Line], slots: Sequence[str]) -> dict[tuple[int, int], set[str]]:
    """For each row of labels in a table the slots that it lacks."""
    found: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        if line.what == What.LABEL and line.block.place.table:
            place = line.block.place
            found.setdefault((place.table, place.row), []).append(line.name)
    return {
        row: set(slots) - set(names)
        for row, names in found.items()
        if len(set(names)) >= LABELS_OF_A_ROW
    }
