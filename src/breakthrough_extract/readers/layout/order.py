"""The regions of all sheets in reading order; tables and boxes that go on over pages are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from breakthrough_extract.readers.layout.lines import lines_of
from breakthrough_extract.readers.layout.measures import SNAP
from breakthrough_extract.readers.layout.nouns import Region
from breakthrough_extract.readers.layout.regions import SheetRegions
from breakthrough_extract.readers.layout.signs import TERMINAL


class Placed(NamedTuple):
    region: Region
    sheet: int  # index, 0-based
    number: int  # of the region, 1-based


def in_order(sheets: Sequence[SheetRegions], drift: float = 0.0) -> list[Placed]:
    """All regions in reading order; what goes on over pages is read as one.

    `drift` says by how much a column can stand elsewhere on the next page.
    """
    out: list[Placed] = []
    number = 0
    tables = 0
    open_table: list[Placed] = []  # regions of the table that the last sheet ended with
    open_boxes: list[Placed] = []  # regions of the row of boxes that it ended with
    for index, sheet in enumerate(sheets):
        parts: list[list[Placed]] = []
        for regions in sheet:
            parts.append([Placed(r, index, number + n) for n, r in enumerate(regions, 1)])
            number += len(regions)
        head, body, foot = parts
        out += head
        first = _leading_table(body)
        carried = _carry(open_table, first, drift) if first and open_table else []
        if carried:
            open_table = [*open_table, *carried]
            out = _with_table(out, open_table)
            body = body[len(first) :]
        carried_boxes = _leading_boxes(body, open_boxes)
        for entry in carried_boxes:
            out.insert(_end_of_box(out, entry), entry)
        if body:
            open_boxes = _trailing_boxes(body)
        body = _without_lone_cells([entry for entry in body if entry not in carried_boxes])
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


def _without_lone_cells(placed: Sequence[Placed]) -> list[Placed]:
    """The regions; a table of which one cell alone is filled is no table but a box."""
    cells: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for entry in placed:
        cells[entry.region.table].add((entry.region.row, entry.region.column))
    return [
        e._replace(region=replace(e.region, table=0, row=0, column=0, edges=()))
        if e.region.table and len(cells[e.region.table]) == 1
        else e
        for e in placed
    ]


def _leading_table(placed: Sequence[Placed]) -> list[Placed]:
    out: list[Placed] = []
    for entry in placed:
        if not entry.region.table or (out and entry.region.table != out[0].region.table):
            break
        out.append(entry)
    return out


def _trailing_table(placed: Sequence[Placed]) -> list[Placed]:
    return _leading_table(list(reversed(placed)))[::-1]


def _trailing_boxes(placed: Sequence[Placed]) -> list[Placed]:
    """The row of boxes that stands lowest, if nothing stands below it."""
    low = max(max(word.box.bottom for word in entry.region.words) for entry in placed)
    ends = [entry.region.frame.bottom for entry in placed if entry.region.frame]
    if not ends or max(ends) < low:
        return []
    return [e for e in placed if e.region.frame and abs(e.region.frame.bottom - max(ends)) < SNAP]


def _leading_boxes(placed: Sequence[Placed], before: Sequence[Placed]) -> list[Placed]:
    """The boxes at the head of a page that go on with those `before`; none if they begin anew."""
    if len({round(entry.region.frame.x0) for entry in before if entry.region.frame}) < 2:
        return []
    head = list(takewhile(lambda entry: entry.region.frame is not None, placed))
    boxes = [entry.region.frame for entry in head if entry.region.frame]
    top = min((box.top for box in boxes), default=0.0)
    row = [e for e, box in zip(head, boxes, strict=True) if abs(box.top - top) < SNAP]
    for entry in row:
        last = next((old for old in reversed(before) if _one_box(entry, old)), None)
        # A box that begins with bold type under plain begins a cell.
        if last is None or (entry.region.words[0].bold and not last.region.words[-1].bold):
            return []
    return row


def _end_of_box(out: Sequence[Placed], entry: Placed) -> int:
    """The index after the last region of the box that `entry` goes on with."""
    return max(
        n + 1 for n, old in enumerate(out) if entry.sheet - 1 <= old.sheet and _one_box(entry, old)
    )


def _one_box(one: Placed, other: Placed) -> bool:
    """Whether two regions stand in boxes of one width at one place across the page."""
    a, b = one.region.frame, other.region.frame
    return a is not None and b is not None and max(abs(a.x0 - b.x0), abs(a.x1 - b.x1)) < SNAP


def _carry(table: Sequence[Placed], more: Sequence[Placed], allowed: float) -> list[Placed]:
    """`more` numbered as the rest of `table`; nothing if it is another table."""
    before, after = table[0].region, more[0].region
    if len(before.edges) != len(after.edges):
        return []
    heads = _row_texts(table, 0, table[0].sheet)
    repeated = heads == _row_texts(more, 0, more[0].sheet)
    drift = max((abs(x - y) for x, y in zip(before.edges, after.edges, strict=True)), default=0.0)
    # Where columns stand elsewhere on each page, the same heads prove them.
    if drift > max(2 * SNAP, allowed) and not (repeated and len(heads) > len(before.edges) > 1):
        return []
    last = max(entry.region.row for entry in table)
    body = sorted({e.region.row for e in more if not (repeated and e.region.row == 0)})
    rows = {0: 0} if repeated else {}
    if body:
        opening = [e for e in more if e.region.row == body[0]]
        goes_on = _row_goes_on(table, last, opening)
        for n, row in enumerate(body):
            rows[row] = last + n + (not goes_on)
    number = table[0].region.table
    return [
        e._replace(region=replace(e.region, table=number, row=rows[e.region.row])) for e in more
    ]


def _row_goes_on(table: Sequence[Placed], last: int, opening: Sequence[Placed]) -> bool:
    """Whether the `opening` regions of a page are the rest of the table's `last` row."""
    columns: dict[int, list[Placed]] = defaultdict(list)
    for entry in table:
        columns[entry.region.column].append(entry)
    labelled = any(entry.region.row == last for entry in columns[0])
    if labelled and all(entry.region.column > 0 for entry in opening):
        return True  # the new page repeats no label for it
    labels = [lines_of(e.region)[0].text for e in opening if e.region.column == 0]
    own = labelled and bool(labels) and not labels[0][:1].islower()  # a label of its own
    for entry in opening:
        above = columns[entry.region.column]
        first = lines_of(entry.region)[0]
        if first.bullet:
            others = [lines_of(old.region)[0] for old in above if old.region.row > 0]
            if others and not any(line.bullet for line in others):
                return True  # cells begin with a headline here
        elif first.text[:1].islower() and not own and above and above[-1].region.row == last:
            end = lines_of(above[-1].region)[-1].text
            if not TERMINAL.search(end):
                return True  # in the middle of a sentence
    return False


def _row_texts(placed: Sequence[Placed], row: int, sheet: int) -> list[tuple[int, str]]:
    return [
        (e.region.column, " ".join(sorted(word.text for word in e.region.words)))
        for e in placed
        if e.region.row == row and e.sheet == sheet
    ]


def _with_table(out: Sequence[Placed], table: Sequence[Placed]) -> list[Placed]:
    """`out` with the table's regions in cell order where the table stood.

    A head row that repeats stands before the first row that begins on its page.
    """
    number = table[0].region.table
    starts: dict[int, int] = {}
    for entry in table:
        starts.setdefault(entry.region.row, entry.sheet)
    ends = max(starts) + 1

    def key(entry: Placed) -> tuple[float, int, int, int]:
        region = entry.region
        if region.row == 0 and entry.sheet > starts[0]:
            begun = [row for row, sheet in starts.items() if sheet == entry.sheet and row]
            return (min(begun, default=ends) - 0.5, entry.sheet, region.column, entry.number)
        return (region.row, region.column, entry.sheet, entry.number)

    ordered = sorted(table, key=key)
    at = next(n for n, entry in enumerate(out) if entry.region.table == number)
    others = [entry for entry in out if entry.region.table != number]
    return [*others[:at], *ordered, *others[at:]]
