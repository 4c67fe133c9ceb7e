"""A sheet to its regions: cells, boxes and columns in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from breakthrough_extract.readers.layout.boxes import on_one_line
from breakthrough_extract.readers.layout.drawn import frames_of
from breakthrough_extract.readers.layout.furniture import Repeats, furniture_rows
from breakthrough_extract.readers.layout.measures import BULLET_REACH
from breakthrough_extract.readers.layout.nouns import Region, Sheet, Word
from breakthrough_extract.readers.layout.rows import segments_of
from breakthrough_extract.readers.layout.ruled import arrange


class SheetRegions(NamedTuple):
    """The regions of a sheet in reading order."""

    head: list[Region]  # furniture
    body: list[Region]
    foot: list[Region]  # furniture


def all_regions(sheets: Sequence[Sheet], repeats: Repeats) -> list[SheetRegions]:
    """The regions of each sheet; a table without rules may go on at the head of the next one."""
    out: list[SheetRegions] = []
    for sheet in sheets:
        out.append(regions_of(sheet, repeats, _open_edges(out[-1].body) if out else ()))
    return out


def _open_edges(body: Sequence[Region]) -> tuple[float, ...]:
    """Where the columns begin of the table without rules that a sheet ends with."""
    if not body or not body[-1].table:
        return ()
    last = body[-1]
    own = [region for region in body if region.table == last.table]
    firsts = [word.box.x1 for region in own if region.column == 0 for word in region.words]
    white = bool(firsts) and bool(last.edges) and max(firsts) < last.edges[0]
    return last.edges if white else ()


def regions_of(sheet: Sheet, repeats: Repeats, edges: tuple[float, ...] = ()) -> SheetRegions:
    """All words of the sheet and its drawn bullets, in regions.

    `edges`: where the columns begin of a table that the sheet before ended with.
    """
    words = [*sheet.words, *_drawn_bullets(sheet)]
    head: list[Region] = []
    foot: list[Region] = []
    taken: set[tuple[int, int]] = set()
    for row in furniture_rows(sheet, repeats):
        side = head if row[0].box.top < sheet.height / 2 else foot
        for part in segments_of(row):
            side.append(Region(tuple(w for atom in part for w in atom.words)))
            taken |= {(w.start, w.end) for atom in part for w in atom.words}
    body = [w for w in words if (w.start, w.end) not in taken] if taken else words
    frames = frames_of(sheet, repeats.heads)._replace(open=edges)
    return SheetRegions(head, _number_tables(arrange(body, frames)), foot)


def _drawn_bullets(sheet: Sheet) -> Iterator[Word]:
    """Words without extent in the source for spots drawn left of a line's first word."""
    for mark in sheet.marks:
        for word in sheet.words:
            reach = word.box.x0 - mark.x1
            if 0 < reach < BULLET_REACH * word.size / 2 and on_one_line(mark, word.box):
                box = word.box._replace(x0=mark.x0, x1=mark.x1)
                yield Word("•", word.start, word.start, box, word.size, page=word.page)
                break


def _number_tables(regions: Sequence[Region]) -> list[Region]:
    """The regions, each run of table regions with the same columns as one table from 1 on."""
    out: list[Region] = []
    number = 0
    last: Region | None = None
    for region in regions:
        if region.table:
            new = last is None or last.edges != region.edges or region.row < last.row
            number += new
            last = region
            out.append(replace(region, table=number))
        else:
            last = None
            out.append(region)
    return out
