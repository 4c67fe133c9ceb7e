"""Tables of words with tabs between: `tesseract … tsv`, `pdftotext -tsv`."""

from __future__ import annotations

from breakthrough_extract.document import Box, Span
from breakthrough_extract.readers.measured.nouns import Page, Set

HEAD = "level\tpage_num\t"
COLUMNS = 12
PAGE, WORD = "1", "5"  # levels


def is_rows(text: str) -> bool:
    return text.startswith(HEAD)


def pages_of_rows(text: str) -> tuple[list[Page], list[Span]]:
    """The pages; no text stands outside words."""
    pages: list[Page] = []
    at = 0
    for line in text.split("\n"):
        cells = line.rstrip("\r").split("\t", COLUMNS - 1)
        start, at = at, at + len(line) + 1
        if len(cells) < COLUMNS or cells[0] not in (PAGE, WORD):
            continue
        try:
            left, top, wide, high = map(float, cells[6:10])
        except ValueError:
            continue
        if cells[0] == PAGE:
            pages.append(Page(wide, high))
        elif pages and cells[-1].strip():
            end = start + len(line.rstrip("\r"))
            run = Span(end - len(cells[-1]), end)
            pages[-1].words.append(Set((run,), Box(left, top, left + wide, top + high), high))
    return pages, []
