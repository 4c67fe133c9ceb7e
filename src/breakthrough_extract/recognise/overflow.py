"""Lists that flow over into the columns beside them.

A wide box whose list is set in several columns, under a row of narrower cells, reads as if
each of its columns went on with the cell above it. The lists themselves say so: one goes on
after its full stop, another never reaches its own. Where what is too much in the one stands
beside what lacks in the other, and makes it a whole list, it is put there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from breakthrough_extract.document import BlockKind, Box
from breakthrough_extract.punctuation import FULL_STOP, LISTED
from breakthrough_extract.recognise.lines import Line, What


@dataclass
class Run:
    """A label and the lines after it, up to the next label; `excess` is what follows the
    end of its list."""

    lines: list[Line]
    excess: list[Line]

    @property
    def is_open(self) -> bool:
        """Whether its list, begun or not, has not reached its end."""
        items = [line for line in self.lines if _is_item(line)]
        return not items or bool(LISTED.search(items[-1].text.folded))


def reclaim(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the items that flowed over put back to the list that they end."""
    head, runs = _runs(lines)
    full = [run for run in runs if run.excess]
    for run in runs:
        if full and run.is_open and run.lines[0].what == What.LABEL:
            _complete(run, full)
    return [*head, *(line for run in runs for line in (*run.lines, *run.excess))]


def _runs(lines: Sequence[Line]) -> tuple[list[Line], list[Run]]:
    """What stands before the first label, and the runs."""
    head: list[Line] = []
    runs: list[Run] = []
    ended = False
    for line in lines:
        if line.what == What.LABEL:
            runs.append(Run([line], []))
            ended = False
        elif not runs:
            head.append(line)
        elif ended and (_is_item(line) or runs[-1].excess):
            runs[-1].excess.append(line)
        else:
            runs[-1].lines.append(line)
            ended = _is_item(line) and bool(FULL_STOP.search(line.text.folded))
    return head, runs


def _is_item(line: Line) -> bool:
    return line.what == What.TEXT and line.block.kind == BlockKind.ITEM


def _complete(run: Run, runs: Sequence[Run]) -> None:
    """Take the excess that stands beside `run`, if it makes the list whole.

    Where the excess of a list begins beside `run`, all of it is: the columns of one list need
    not be equally long.
    """
    found = [[line for line in other.excess if _is_item(line)] for other in runs]
    beside = sorted(
        (line for lines in found if lines and _beside(lines[0], run.lines) for line in lines),
        key=_across,
    )
    ends = [bool(FULL_STOP.search(line.text.folded)) for line in beside]
    if ends.count(True) != 1 or not ends[-1]:
        return
    taken = {id(line) for line in beside}
    for other in runs:
        other.excess = [line for line in other.excess if id(line) not in taken]
    home = run.lines[-1].block.place  # or a table's walls would part them again
    run.lines += [replace(line, block=replace(line.block, place=home)) for line in beside]


def _beside(line: Line, lines: Sequence[Line]) -> bool:
    """Whether `line` stands to the right of the run, at its height, on its page."""
    box, page = line.block.place.box, line.block.place.page
    boxes = [other.block.place.box for other in lines if other.block.place.page == page]
    known = [other for other in boxes if other]
    if box is None or not known:
        return False
    top, bottom = min(b.top for b in known), max(b.bottom for b in known)
    middle = (box.top + box.bottom) / 2
    slack = box.bottom - box.top
    return top <= middle <= bottom + slack and box.x0 >= min(b.x0 for b in known)


def _across(line: Line) -> tuple[float, float]:
    box = line.block.place.box or Box(0, 0, 0, 0)
    return (round(box.x0), box.top)
