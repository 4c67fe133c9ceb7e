"""Tables: plain on the console, Markdown between two marks of the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

README = Path("README.md")


@dataclass(frozen=True)
class Table:
    """Rows of text under a head; the first `left` columns are words, the others numbers."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: int = 1
    notes: Sequence[str] = ()

    def plain(self) -> str:
        table = [self.head, *self.rows]
        widths = [max(len(row[n]) for row in table) for n in range(len(self.head))]
        lines = [
            "  ".join(
                cell.ljust(width) if n < self.left else cell.rjust(width)
                for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in table
        ]
        return "\n".join([self.title, "", *lines, *(("", *self.notes) if self.notes else ())])

    def markdown(self) -> str:
        bars = ["---" if n < self.left else "--:" for n in range(len(self.head))]
        lines = [f"| {' | '.join(row)} |" for row in (self.head, bars, *self.rows)]
        paragraphs = [self.title, "\n".join(lines), *self.notes]
        return "\n\n".join(paragraphs)


def write(mark: str, tables: Iterable[Table], page: Path = README) -> None:
    """Put the tables between `<!-- mark -->` and `<!-- /mark -->` of the page."""
    opening, closing = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, found, rest = page.read_text("utf-8").partition(opening)
    _, ended, after = rest.partition(closing)
    if not (found and ended):
        raise ValueError(f"{page}: no block {opening} … {closing}")
    body = "\n\n".join(table.markdown() for table in tables)
    page.write_text(f"{before}{opening}\n{body}\n{closing}{after}", "utf-8")
