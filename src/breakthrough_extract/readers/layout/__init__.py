"""Page layout: words and drawn lines → regions → lines → blocks in reading order.

Formats that say only where a word stands (PDF, positioned HTML, text on a character grid,
scans) share this analysis; nothing here knows which of them the words came from. Lengths are
in points, or in any other unit that is the same for boxes and sizes; y runs downwards.

    sheets   spreads: two pages that are one · furniture: what repeats from page to page
    regions  ruled: cells drawn by rules (drawn) · columns: by white space (white, tables)
    order    the regions of all sheets; a table that goes on over pages is one
    lines    rows of words, their bullets taken off
    facts    what holds in the whole document and decides about single lines
    blocks   lines to blocks · passages: their words to text · seams: words cut by a spread

`analyse` tells the story. All steps stand on `nouns`, `boxes`, `rows`, `measures`, `signs`.
"""

from __future__ import annotations

from collections.abc import Sequence

from breakthrough_extract.document import Block, Box, Passage, Span
from breakthrough_extract.readers.layout.blocks import blocks_of, levelled
from breakthrough_extract.readers.layout.facts import find_facts
from breakthrough_extract.readers.layout.furniture import find_repeats
from breakthrough_extract.readers.layout.lines import is_lone_bullet, lines_of
from breakthrough_extract.readers.layout.measures import MARGIN
from breakthrough_extract.readers.layout.nouns import Layout, Sheet, Word
from breakthrough_extract.readers.layout.order import in_order
from breakthrough_extract.readers.layout.regions import all_regions
from breakthrough_extract.readers.layout.signs import BULLETS, TERMINAL
from breakthrough_extract.readers.layout.spreads import join_spreads

__all__ = ["BULLETS", "MARGIN", "TERMINAL", "Layout", "Sheet", "Word", "analyse"]


def analyse(
    text: str,
    sheets: Sequence[Sheet],
    boxes: Sequence[Box | None] = (),
    source: str = "",
    slack: float = 0.0,
    drift: float = 0.0,
) -> Layout:
    """The blocks of the words on `sheets`, which are those of the file named `source`.

    `text` is the source's, which the words' spans count in; `boxes` has one entry a
    character of it (or none at all: then cut words of a spread are not made whole).
    `slack` says by how many ems the widths of lines can be off: 0 where they are measured.
    `drift` says by how much a table's column can stand elsewhere on its next page.
    """
    sheets = join_spreads([_sized(sheet) for sheet in sheets], text, boxes)
    repeats = find_repeats(sheets)
    placed = in_order(all_regions(sheets, repeats), drift)
    lines = [lines_of(entry.region) for entry in placed]
    seams = [sheets[entry.sheet].seam for entry in placed]
    facts = find_facts(source, text, boxes, lines, seams, slack)
    blocks: list[Block] = []
    markup: list[Span] = []
    cut: list[Passage] = []
    for entry, found in zip(placed, lines, strict=True):
        sheet = sheets[entry.sheet]
        bare = [line for line in found if not is_lone_bullet(line)]
        for line in found:
            mark = line.words[0] if is_lone_bullet(line) else line.bullet
            if mark is not None and mark.end > mark.start:
                markup += [Span(mark.start, mark.end), *mark.copies]
        for parts in blocks_of(entry, bare, sheet, facts):
            blocks += parts
            if len(parts) > 1:
                cut.append(Passage.join(part.text for part in parts))
    return Layout(levelled(blocks), tuple(sorted(markup)), tuple(cut))


def _sized(sheet: Sheet) -> Sheet:
    """The sheet, words without a size given that of their box: gaps are measured by it."""
    if all(word.size >= 1 for word in sheet.words):
        return sheet
    return sheet._replace(
        words=tuple(
            word if word.size >= 1 else word._replace(size=max(word.box.bottom - word.box.top, 1.0))
            for word in sheet.words
        )
    )
