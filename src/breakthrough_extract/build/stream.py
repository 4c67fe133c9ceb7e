"""All sources as one row of characters."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from breakthrough_extract.document import Source
from breakthrough_extract.ledger import Place


@dataclass(frozen=True)
class Stream:
    """All sources, one behind the other: a position alone tells whose it is."""

    sources: tuple[Source, ...]

    def at(self, position: int) -> Source:
        paddings = [source.padding for source in self.sources]
        return self.sources[bisect.bisect_right(paddings, position) - 1]

    def place(self, start: int, end: int) -> Place:
        """A run of characters as it is published: counted in its own source."""
        source = self.at(start)
        shift = source.padding
        quote = source.text[start:end]
        return Place(source=source.name, start=start - shift, end=end - shift, quote=quote)
