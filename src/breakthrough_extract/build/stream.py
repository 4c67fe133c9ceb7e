"""All sources as one row of characters."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cached_property

from breakthrough_extract.document import Source
from breakthrough_extract.ledger import Place


@dataclass(frozen=True)
class Stream:
    """All sources, one behind the other: a position alone tells whose it is."""

    sources: tuple[Source, ...]

    @cached_property
    def _paddings(self) -> list[int]:
        return [source.padding for source in self.sources]

    def at(self, position: int) -> Source:
        return self.sources[bisect.bisect_right(self._paddings, position) - 1]

    def place(self, start: int, end: int) -> Place:
        """A run of characters as it is published: counted in its own source."""
        source = self.at(start)
        shift = source.padding
        quote = source.text[start:end]
        return Place(source=source.name, start=start - shift, end=end - shift, quote=quote)
