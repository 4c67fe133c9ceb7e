"""Lines that are rows of a table: between bars, between tabs, or drawn in characters.

Each rule says how many lines it took, 0 if it does not know the line.
"""

from __future__ import annotations

import re

from breakthrough_extract.document import Passage, Place, Span
from breakthrough_extract.readers.grid_tables import GridCell, drawn_lines, grid_table
from breakthrough_extract.readers.text.lines import cells_of
from breakthrough_extract.readers.text.patterns import BLOCK_TAG, HEADING, RULE
from breakthrough_extract.readers.text.walk import Walk

BAR, TAB = re.compile(r"(?<!\\)\|"), re.compile(r"\t")
# Under the head of a table.
DELIMITER = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
DIRECTIVE = re.compile(r"\.\. [\w-]+::")  # of reStructuredText, without a text of its own


def pipe_row(walk: Walk, lines: list[Span], at: int) -> int:
    """A row with bars at its ends, or one of a table that has none there."""
    line = walk.slice(lines[at])
    bare = not line.lstrip().startswith("|")
    if "|" not in line or (bare and not _in_bare_table(walk, lines, at)):
        return 0
    if not bare and line.count("|") < 2 and not walk.in_table:
        return 0
    cells = list(cells_of(walk.text, lines[at], BAR))
    if not walk.in_table and DELIMITER.match(_below(walk, lines, at)):
        cells = _without_stand_ins(walk, cells)
    _row(walk, cells)
    for bar in BAR.finditer(walk.text, *lines[at]):
        walk.mark(*bar.span())
    return 1


def tab_row(walk: Walk, lines: list[Span], at: int) -> int:
    """Cells with tabs between them, if they are HTML or a rule of dashes follows."""
    line = walk.slice(lines[at])
    if "\t" not in line.strip():
        return 0
    below = _below(walk, lines, at)
    ruled = "\t" in below and RULE.match(below) and below.strip()
    if not (ruled or BLOCK_TAG.search(line)):
        return 0
    _row(walk, list(cells_of(walk.text, lines[at], TAB)))
    return 1


def drawn_table(walk: Walk, lines: list[Span], at: int) -> int:
    """A table drawn in characters, with cells of several lines."""
    if at < walk.looked_at or walk.slice(lines[at]).lstrip()[:1] not in ("+", "|"):
        return 0
    drawn = drawn_lines(walk.text, lines, at)
    walk.looked_at = at + len(drawn)
    found = grid_table(walk.text, drawn)
    if not found:
        return 0
    walk.flush()
    walk.table += 1
    for row, cells in enumerate(found.rows):
        walk.count_cells(len(cells))
        for cell in cells:
            _drawn_cell(walk, cell, row)
    for span in found.markup:
        walk.mark(*span)
    walk.cut += [Passage.of(walk.text, *line) for line in found.broken]
    walk.region += 1
    return len(drawn)


def _drawn_cell(walk: Walk, cell: GridCell, row: int) -> None:
    walk.region += 1
    place = Place(
        region=walk.region, table=walk.table, row=row, column=cell.column, columns=cell.columns
    )
    for line in cell.lines:
        part = walk.slice(line)
        heading = HEADING.match(part)
        if not part:
            walk.flush(place)
        elif BLOCK_TAG.fullmatch(part) or DIRECTIVE.fullmatch(part):
            walk.mark(*line)
        elif heading:
            walk.flush(place)
            walk.mark(line.start, line.start + heading.end())
            walk.run = [Span(line.start + heading.end(), line.end)]
        else:
            walk.run.append(line)
    walk.flush(place)


def _row(walk: Walk, cells: list[Span]) -> None:
    walk.flush()
    if not walk.in_table:
        walk.table, walk.row, walk.in_table = walk.table + 1, -1, True
    walk.row += 1
    walk.count_cells(len(cells))
    bounds = walk.slice(Span(cells[0].start, cells[-1].end)) if cells else ""
    for column, cell in enumerate(cells):
        walk.region += 1
        place = Place(region=walk.region, table=walk.table, row=walk.row, column=column)
        piped = walk.text[cell.end : cell.end + 1] == "|"
        if BLOCK_TAG.search(walk.slice(cell) if piped else bounds):
            walk.html(cell.start, cell.end, place)
        else:
            walk.run = [cell]
            walk.flush(place)
    walk.region += 1


def _without_stand_ins(walk: Walk, cells: list[Span]) -> list[Span]:
    """A head row's cells; what a converter wrote into the empty ones is markup."""
    out: list[Span] = []
    for number, cell in enumerate(cells, 1):
        stands_in = walk.slice(cell).strip() in (f"Col{number}", f"Unnamed: {number - 1}")
        if stands_in:
            walk.mark(*cell)
        out.append(Span(cell.end, cell.end) if stands_in else cell)
    return out


def _in_bare_table(walk: Walk, lines: list[Span], at: int) -> bool:
    """Whether a row without a bar at its head goes on with a table, or begins one."""
    below = _below(walk, lines, at)
    return walk.in_table or ("|" in below and bool(DELIMITER.match(below)))


def _below(walk: Walk, lines: list[Span], at: int) -> str:
    return walk.slice(lines[at + 1]) if at + 1 < len(lines) else ""
