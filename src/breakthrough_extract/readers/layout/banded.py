"""Tables whose rows are told by colour: the cells of some rows are filled, those between are bare.

The sides of filled cells that stand next to each other are the table's columns. They go on down
through what stands below, as far as its words keep to the columns and to one rhythm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout.measures import ROW_GAP, SIZE_SLACK, SNAP
from breakthrough_extract.readers.layout.nouns import Word

FURTHER = 1.6  # times the white over the first bare line: more ends the table
APART = 0.5  # of the size: words of two cells are at least so far apart, those of a line are not
LEAST_CELLS = 2  # filled cells side by side


class _Row(NamedTuple):
    """Filled cells side by side."""

    top: float
    bottom: float
    edges: tuple[float, ...]  # x of their sides, from the left


class _Line(NamedTuple):
    """Words that stand beside each other."""

    words: tuple[Word, ...]
    top: float
    bottom: float


def bands(areas: Sequence[Box], rules: Sequence[Box], words: Sequence[Word]) -> Iterator[Box]:
    """The sides of bare cells, as rules: below filled ones, where nothing is drawn; and above
    the first of several filled rows, for the head may be bare."""
    rows = _rows(areas)
    for n, row in enumerate(rows):
        yield from _below(row, rows[n + 1 :], rules, words)
    firsts = (row for n, row in enumerate(rows) if not any(_same_columns(row, r) for r in rows[:n]))
    for row in firsts:
        if any(other is not row and _same_columns(row, other) for other in rows):
            turned = [_over(other) for other in reversed(rows) if other.bottom <= row.top]
            upright = [word._replace(box=_upside_down(word.box)) for word in words]
            found = _below(_over(row), turned, list(map(_upside_down, rules)), upright)
            yield from map(_upside_down, found)


def _below(
    row: _Row, others: Sequence[_Row], rules: Sequence[Box], words: Sequence[Word]
) -> Iterator[Box]:
    below = [other for other in others if other.top >= row.bottom - SNAP]
    after = next((other for other in below if _same_columns(row, other)), None)
    limit = min((other.top for other in below), default=float("inf"))
    drawn = any(row.bottom + SNAP < r.bottom and _is_within(r, row) for r in rules)
    if not drawn and limit > row.bottom + SNAP:
        yield from _sides(row, after if after and after.top == limit else None, limit, words)


def _upside_down(box: Box) -> Box:
    return box._replace(top=-box.bottom, bottom=-box.top)


def _over(row: _Row) -> _Row:
    return row._replace(top=-row.bottom, bottom=-row.top)


def _rows(areas: Iterable[Box]) -> list[_Row]:
    """The filled rows, from the top."""
    out: list[_Row] = []
    level = sorted(areas, key=lambda area: (round(area.top), round(area.bottom), area.x0))
    for _, group in groupby(level, key=lambda area: (round(area.top), round(area.bottom))):
        run: list[Box] = []
        for area in [*group, None]:
            if area is not None and (not run or abs(area.x0 - run[-1].x1) < SNAP):
                run.append(area)
                continue
            if len(run) >= LEAST_CELLS:
                edges = (*(cell.x0 for cell in run), run[-1].x1)
                out.append(_Row(run[0].top, run[0].bottom, edges))
            run = [area] if area is not None else []
    return sorted(out)


def _same_columns(one: _Row, other: _Row) -> bool:
    return len(one.edges) == len(other.edges) and all(
        abs(a - b) < SNAP for a, b in zip(one.edges, other.edges, strict=True)
    )


def _is_within(rule: Box, row: _Row) -> bool:
    """Whether an upright line stands between the sides of a row."""
    upright = rule.bottom - rule.top > rule.x1 - rule.x0
    return upright and row.edges[0] + SNAP < rule.x0 < row.edges[-1] - SNAP


def _sides(row: _Row, after: _Row | None, limit: float, words: Sequence[Word]) -> Iterator[Box]:
    lines = _bare_lines(row, limit, words, after is not None)
    if not lines:
        return
    cuts = [(a.bottom + b.top) / 2 for a, b in pairwise(lines) if _parts_rows(a, b)]
    whole = not any(lines[-1].bottom <= word.box.top < limit for word in words)
    bottom = after.top if after and whole else lines[-1].bottom + (lines[0].top - row.bottom)
    for x in row.edges:
        yield Box(x, row.bottom, x, bottom)
    for y in (*cuts, bottom):
        yield Box(row.edges[0], y, row.edges[-1], y)


def _parts_rows(above: _Line, below: _Line) -> bool:
    return below.top - above.bottom >= ROW_GAP * max(word.size for word in above.words)


def _bare_lines(row: _Row, limit: float, words: Sequence[Word], goes_on: bool) -> list[_Line]:
    """The lines below a filled row that keep to its columns, and to one size and one rhythm.

    `goes_on`: the next filled row is of the same columns. Then only what stands alone at the
    left ends the table: the heading of another one.
    """
    out: list[_Line] = []
    bottom, rhythm = row.bottom, 0.0
    for line in _lines(word for word in words if row.bottom - SNAP <= word.box.top < limit):
        white = line.top - bottom
        first = out[0].words[0].size if out else line.words[0].size
        same = all(abs(word.size - first) <= SIZE_SLACK * first for word in line.words)
        columns = {_column(row, word) for word in line.words}
        far = bool(out) and white > FURTHER * rhythm and (not goes_on or columns == {1})
        if far or not same or not _keeps_to(row, line):
            break
        if not out and len(columns) < 2:
            break  # it stands under a head, and is no row
        rhythm = max(rhythm, white)
        bottom = line.bottom
        out.append(line)
    return out


def _lines(words: Iterable[Word]) -> list[_Line]:
    out: list[_Line] = []
    for word in sorted(words, key=lambda word: (word.box.top, word.box.x0)):
        if out and word.box.top < out[-1].bottom - word.size / 3:
            last = out[-1]
            bottom = max(last.bottom, word.box.bottom)
            out[-1] = _Line((*last.words, word), last.top, bottom)
        else:
            out.append(_Line((word,), word.box.top, word.box.bottom))
    return out


def _column(row: _Row, word: Word) -> int:
    return sum(edge <= word.box.x0 + SNAP for edge in row.edges)


def _keeps_to(row: _Row, line: _Line) -> bool:
    """Whether each word stands between two sides, and none touches one."""
    inner = row.edges[1:-1]
    outside = any(
        word.box.x0 < row.edges[0] - SNAP or word.box.x1 > row.edges[-1] + SNAP
        for word in line.words
    )
    crossed = any(word.box.x0 < x < word.box.x1 for word in line.words for x in inner)
    beside = sorted(line.words, key=lambda word: word.box.x0)
    near = any(
        one.box.x1 <= other.box.x0 < one.box.x1 + APART * one.size
        and _column(row, one) != _column(row, other)
        for one, other in pairwise(beside)
    )
    return not outside and not crossed and not near
