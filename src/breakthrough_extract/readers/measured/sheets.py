"""Pages of words, or of characters, to sheets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout import Sheet, Word
from breakthrough_extract.readers.measured.nouns import Page, Set
from breakthrough_extract.readers.positioned.plain import Plain

GAP = 0.25  # of the size: characters further apart than this are not one word
SIZE_STEP = 1.25  # measured sizes closer than its root are taken for one
MAX_RULE = 3.0  # a thinner shape is a drawn line, a thicker one an area


def sheets_of(pages: Sequence[Page], plain: Plain) -> list[Sheet]:
    """The sheets of `pages`; their text is added to `plain`."""
    pages = _evened(pages)
    return [
        Sheet(
            number,
            page.width,
            page.height,
            tuple(_words(page.words, plain, number)),
            tuple(box for box in page.shapes if _is_rule(box)),
            tuple(box for box in page.shapes if not _is_rule(box)),
        )
        for number, page in enumerate(pages, 1)
    ]


def _evened(pages: Sequence[Page]) -> list[Page]:
    """`pages`; type of nearly one size, measured on pictures, is given one size."""
    sizes = [word.size for page in pages if page.scanned for word in page.words]
    usual = max(median(sizes), 1.0) if sizes else 1.0
    return [
        replace(page, words=[_sized(word, usual) for word in page.words]) if page.scanned else page
        for page in pages
    ]


def _sized(word: Set, usual: float) -> Set:
    steps = round(math.log(max(word.size, 1.0) / usual, SIZE_STEP))
    return word._replace(size=usual * SIZE_STEP**steps)


def _is_rule(box: Box) -> bool:
    return min(box.x1 - box.x0, box.bottom - box.top) <= MAX_RULE


def _words(found: Sequence[Set], plain: Plain, page: int) -> Iterator[Word]:
    run: list[Set] = []
    for one in (*found, None):
        if run and (one is None or not _touches(run[-1], one)):
            word = _word(run, plain, page)
            if word:
                yield word
            run = []
        if one:
            run.append(one)


def _touches(one: Set, other: Set) -> bool:
    level = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    apart = other.box.x0 - one.box.x1
    return other.joins and level > 0 and abs(apart) <= max(GAP * other.size, 0.5)


def _word(run: Sequence[Set], plain: Plain, page: int) -> Word | None:
    spans = [plain.add(span) for one in run for span in one.runs]
    plain.part(" ")
    text = "".join(plain.signs[spans[0].start : spans[-1].end])
    bare = text.strip()
    if not bare:
        return None
    start = spans[0].start + text.index(bare)
    box = Box(
        min(one.box.x0 for one in run),
        min(one.box.top for one in run),
        max(one.box.x1 for one in run),
        max(one.box.bottom for one in run),
    )
    bold, italic = all(one.bold for one in run), all(one.italic for one in run)
    return Word(bare, start, start + len(bare), box, run[0].size, bold, italic, page)
