"""How likely an item begins at a line after a semicolon that may stand inside an item, too."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise

from breakthrough_extract.document import BlockKind
from breakthrough_extract.measure import Measure
from breakthrough_extract.punctuation import LAST_BUT_ONE, LISTED
from breakthrough_extract.recognise.lines import Line

AFTER_SEMICOLON = re.compile(r";\s+(.+)")
OPENING = 3  # words, at most, by which one beginning is known from others
ALIKE = 10.0  # words that items and what follows a semicolon within them have in common
LEAST = 0.5  # semicolons that are believed to stand at a line's end by chance


@dataclass(frozen=True)
class Odds:
    """How the lists of a document are set. Odds are logarithms."""

    measure: Callable[[], Measure]  # found when it is first asked for, as many documents never do
    usual: float  # of an item's end where a line ends in a semicolon, nothing else known
    starts: Counter[str]  # openings of items: first words, and how often items surely begin so
    within: Counter[str]  # openings of what follows a semicolon within an item

    @staticmethod
    def of(texts: Sequence[Line]) -> Odds:
        broken = [[part.text for part in line.text.lines()] for line in texts]
        plain = [
            parts
            for line, parts in zip(texts, broken, strict=True)
            if line.block.kind != BlockKind.ITEM
        ]
        starts, within = _beginnings(texts, broken)
        measure = cache(partial(Measure.of, broken))
        return Odds(measure, _usual(plain), _counted(starts), _counted(within))

    def knowing(self, texts: Iterable[str]) -> Odds:
        """These, items being known to begin with `texts`, too."""
        return replace(self, starts=self.starts + _counted(texts))

    def column(self, lines: Sequence[str]) -> float:
        """How wide the column is that a paragraph is set in, as `Measure.column`."""
        return self.measure().column(lines)

    def after(self, line: str, text: str, column: float) -> float:
        """The odds that an item begins with `text`, below `line` in a column so wide."""
        ends = self.measure().ends(line, text.split(maxsplit=1)[0], column)
        return self.usual + ends + self.begins(text)

    def begins(self, text: str) -> float:
        """What its first words say for an item: the most of them that are known."""
        starts, within = (sum(c for o, c in own.items() if " " not in o) for own in self._both)
        known = (one for one in _openings(text) if any(one in own for own in self._both))
        opening = max(known, key=len, default="")
        begun, inside = self.starts[opening], self.within[opening]
        share = ALIKE * max(begun + inside, 1) / max(starts + within, 1)
        return math.log((begun + share) / (starts + ALIKE) * (within + ALIKE) / (inside + share))

    @property
    def _both(self) -> tuple[Counter[str], Counter[str]]:
        return self.starts, self.within


def first_word(text: str) -> str:
    return (text.split(maxsplit=1) or [""])[0].lower().strip("'‘“\"(")


def _usual(paragraphs: Sequence[Sequence[str]]) -> float:
    """A semicolon within an item stands at a line's end as often as another word's end does."""
    ends = sum(bool(LISTED.search(line)) for lines in paragraphs for line in lines[:-1])
    inside = words = count = 0
    for lines in paragraphs:
        inside += sum(len(AFTER_SEMICOLON.findall(line)) for line in lines)
        words += sum(len(line.split()) for line in lines)
        count += len(lines)
    chance = max(inside * count / max(words, 1), LEAST)
    return math.log((max(ends - chance, 0.0) + 1) / chance)


def _beginnings(
    texts: Sequence[Line], broken: Sequence[Sequence[str]]
) -> tuple[list[str], list[str]]:
    """What surely begins an item, and what follows a semicolon within one."""
    starts = [line.text.text for line in texts if line.block.kind == BlockKind.ITEM]
    within: list[str] = []
    for parts in broken:
        starts += [
            after
            for before, after in pairwise(parts)
            if before.endswith(":") or LAST_BUT_ONE.search(before)
        ]
        for part in parts:
            within += AFTER_SEMICOLON.findall(part)
    return starts, within


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(opening for text in texts for opening in _openings(text))


def _openings(text: str) -> Iterator[str]:
    """The first word, the first two, and so on."""
    words = [first_word(word) for word in text.split(maxsplit=OPENING)[:OPENING]]
    for count in range(1, len(words) + 1):
        yield " ".join(words[:count])
