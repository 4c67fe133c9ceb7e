"""Tables whose rules were lost: one line with the labels of all columns, then cell by cell.

A line that holds nothing but labels heads what follows: under it each theme's cells come in
the order of the labels, and each begins with its headline. So the first headline after a
theme's name is the first label's, the next the second's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from breakthrough_extract.document import BlockKind, Passage
from breakthrough_extract.punctuation import FULL_STOP, LISTED
from breakthrough_extract.recognise.lines import Line, What


def deal(lines: Sequence[Line]) -> list[Line]:
    """`lines` with a label of its own before each headline that a row of labels heads.

    Such a label has no text: the row stands for it. Headlines beyond the last label, and
    texts without such a row, stay as they are.
    """
    out: list[Line] = []
    slots: list[str] = []
    left: list[str] = []
    for line in lines:
        if line.what == What.HEADS:
            slots = line.name.split()
        elif line.what == What.THEME:
            left = list(slots)
        elif line.what == What.LABEL:
            slots = left = []  # cells have labels of their own after all
        if line.what != What.TEXT or not left or line.block.place.table:
            out.append(line)
            continue
        for part, is_headline in _parts(line):
            if is_headline and left:
                out.append(replace(part, what=What.LABEL, text=Passage(), name=left.pop(0)))
            out.append(part)
    return out


def _parts(line: Line) -> Iterator[tuple[Line, bool]]:
    """A paragraph cut where an item ends and the next headline begins; which are headlines."""
    if line.block.kind == BlockKind.ITEM:
        yield line, False
        return
    run: list[Passage] = []  # what stands before the next headline
    tail: list[Passage] = []  # what stands after the last end of an item
    for part in line.text.lines():
        tail.append(part)
        if part.text.endswith(":"):
            if run:
                yield replace(line, text=Passage.join(run)), False
            yield replace(line, text=Passage.join(tail)), True
            run, tail = [], []
        elif FULL_STOP.search(part.text) or LISTED.search(part.text):
            run, tail = [*run, *tail], []
    rest = [*run, *tail]
    if rest:
        yield replace(line, text=Passage.join(rest)), False
