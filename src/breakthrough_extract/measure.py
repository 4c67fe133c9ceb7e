"""How wide lines are set, and in what face: whether a line that ends had room for the next word.

Neither is in a text, but the line breaker's work is: a line that goes on fits the column, and
with the first word of the next line it would not. With the right face and width that holds for
nearly all such lines.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from breakthrough_extract.punctuation import ENDED
from breakthrough_extract.wordlists import table

SLACK = 0.003  # share of a width: kerning, and rounding

Width = Callable[[str], float]  # of a text, in ems of the face or in characters


class Fill(NamedTuple):
    """A line that goes on: the width of its column is from `low` up to `high`."""

    low: float
    high: float

    def holds(self, width: float) -> bool:
        return self.low * (1 - SLACK) <= width < self.high * (1 + SLACK)


@dataclass(frozen=True)
class Measure:
    """What the lines of a text were set in, as far as they show it."""

    width: Width
    full: float  # how wide a full line is; 0 if no line goes on
    astray: float  # share of the lines that go on though they do not fill the column

    @staticmethod
    def of(paragraphs: Sequence[Sequence[str]]) -> Measure:
        """The measure that most lines of `paragraphs` fill."""
        return max(
            (_measured(width, paragraphs) for width in _faces()),
            key=lambda one: (one.full > 0, -one.astray),
        )

    def column(self, lines: Sequence[str]) -> float:
        """How wide the column is that a paragraph is set in: narrower than others, if one of its
        lines goes on where another column had room."""
        fills = list(_fills(self.width, lines))
        if all(self.full < fill.high * (1 + SLACK) for fill in fills):
            return self.full
        return max(fill.low for fill in fills)

    def ends(self, line: str, word: str, column: float) -> float:
        """What it says for a text's end that `line` stands before `word` in a column so wide: as
        a logarithm of odds. Below 0 if the line is full, above 0 if the word had room."""
        fill = _fill(self.width, line, word)
        if not column or fill.low > column * (1 + 2 * SLACK):
            return 0.0  # two lines, joined
        goes_on = (1 - self.astray) * fill.holds(column) / (fill.high - fill.low)
        return -math.log(column * goes_on + self.astray)


def _measured(width: Width, paragraphs: Sequence[Sequence[str]]) -> Measure:
    fills = [fill for lines in paragraphs for fill in _fills(width, lines)]
    slack = [Fill(fill.low * (1 - SLACK), fill.high * (1 + SLACK)) for fill in fills]
    full, held = fullest(sorted({fill.low for fill in fills}), slack)
    return Measure(width, full, (len(fills) - held + 1) / (len(fills) + 2))


def fullest(widths: Iterable[float], fills: Sequence[Fill]) -> tuple[float, int]:
    """Of `widths` the first that most `fills` hold, and how many; 0 if there are none."""
    lows, highs = sorted(fill.low for fill in fills), sorted(fill.high for fill in fills)

    def holding(width: float) -> int:
        return bisect_right(lows, width) - bisect_right(highs, width)

    width = max(widths, key=holding, default=0.0)
    return width, holding(width)


def _fills(width: Width, lines: Sequence[str]) -> Iterable[Fill]:
    """The lines that go on in the middle of a sentence."""
    for one, other in pairwise(lines):
        if not ENDED.search(one) and other[:1].islower():
            yield _fill(width, one, other.split()[0])


def _fill(width: Width, line: str, word: str) -> Fill:
    low = width(line)
    return Fill(low, low + width(f" {word}"))


@cache
def _faces() -> tuple[Width, ...]:
    """Ways to measure a text: in the faces that are known, or all characters alike."""
    return (*(_in_face(styles["regular"]) for styles in table("faces").values()), len)


def _in_face(rows: Mapping[str, str | int]) -> Width:
    widths, usual = widths_of(rows)
    return lambda text: float(sum(widths.get(sign, usual) for sign in text))


def widths_of(rows: Mapping[str, str | int]) -> tuple[dict[str, int], int]:
    """The widths of characters that a table of `faces.toml` gives, and that of all others, in
    thousandths of an em."""
    widths = {
        sign: int(width)
        for width, signs in rows.items()
        if isinstance(signs, str)
        for sign in signs
    }
    return widths, int(rows["usual"])
