"""Tables of words with tabs between: `tesseract … tsv`, `pdftotext -tsv`."""

from __future__ import annotations

from breakthrough_extract.document import Box, Span
from breakthrough_extract.readers.measured.nouns import Page, Set

HEAD = "level\tpage_num\t"
COLUMNS = 12
PAGE, LINE, WORD = "1", "4", "5"  # levels
DRAWN = "###PAGE###"  # how poppler, which knows the type's size, names a page


def is_rows(text: str) -> bool:
    return text.startswith(HEAD)


def pages_of_rows(text: str) -> tuple[list[Page], list[Span]]:
    """The pages; no text stands outside words."""
    pages: list[Page] = []
    reach: tuple[float, float] | None = None  # top and bottom of the line, on a picture
    at = 0
    for line in text.split("\n"):
        cells = line.rstrip("\r").split("\t", COLUMNS - 1)
        start, at = at, at + len(line) + 1
        if len(cells) < COLUMNS or cells[0] not in (PAGE, LINE, WORD):
            continue
        try:
            left, top, wide, high = map(float, cells[6:10])
        except ValueError:
            continue
        if cells[0] == PAGE:
            pages.append(Page(wide, high, scanned=cells[-1].strip() != DRAWN))
        elif cells[0] == LINE:
            reach = (top, top + high) if pages and pages[-1].scanned else None
        elif pages and cells[-1].strip():
            end = start + len(line.rstrip("\r"))
            run = Span(end - len(cells[-1]), end)
            upper, lower = reach or (top, top + high)
            box = Box(left, upper, left + wide, lower)
            pages[-1].words.append(Set((run,), box, lower - upper))
    return pages, []
