"""Lines of a region, and the bullets that they begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout.boxes import around
from breakthrough_extract.readers.layout.nouns import Region, Word
from breakthrough_extract.readers.layout.rows import rows_of
from breakthrough_extract.readers.layout.signs import (
    BULLETS,
    DASHES,
    NUMBERED,
    RARE_BULLETS,
    TERMINAL,
)

NUMBERED_SIZE = 1.1  # of the usual type: larger type that counts is a heading


@dataclass(frozen=True)
class Line:
    """One line of a region, its bullet taken off."""

    words: tuple[Word, ...]
    bullet: Word | None
    box: Box  # of the words
    size: float

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def italic(self) -> bool:
        return all(word.italic for word in self.words)


def main_size(words: Sequence[Word]) -> float:
    if len({word.size for word in words}) == 1:
        return round(words[0].size, 1)
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0]


def line_of(words: Sequence[Word], bullet: Word | None = None) -> Line:
    return Line(tuple(words), bullet, around(w.box for w in words), main_size(words))


def lines_of(region: Region) -> list[Line]:
    """The region's lines from top to bottom."""
    lines = [line_of(row) for row in rows_of(region.words)]
    return _take_bullets(_attach_lone_bullets(lines))


def is_lone_bullet(line: Line) -> bool:
    return len(line.words) == 1 and line.bullet is None and bool(BULLETS.match(line.words[0].text))


def _attach_lone_bullets(lines: Sequence[Line]) -> list[Line]:
    """The lines; a bullet set a little higher or lower than its text joins its line."""
    out: list[Line] = []
    for line in lines:
        if out and len(out[-1].words) == 1 and BULLETS.match(out[-1].words[0].text):
            lone = out[-1].words[0]
            near = line.box.top - lone.box.bottom < 0.1 * line.size
            if near and lone.box.x1 <= line.box.x0:
                out[-1] = line_of((lone, *line.words))
                continue
        out.append(line)
    return out


def _take_bullets(lines: Sequence[Line]) -> list[Line]:
    out: list[Line] = []
    rare = Counter(
        (line.words[0].text, round(line.words[0].box.x0))
        for line in lines
        if len(line.words) > 1 and line.words[0].text in RARE_BULLETS
    )
    numbered = _numbered(lines)
    for n, line in enumerate(lines):
        first = line.words[0]
        glued = len(first.text) > 1 and BULLETS.match(first.text[0])
        if glued:
            first, rest = _split_word(first)
            out.append(line_of((rest, *line.words[1:]), first))
        elif BULLETS.match(first.text):
            out.append(line_of(line.words[1:], first) if len(line.words) > 1 else line)
        elif len(line.words) > 1 and (
            (first.text in DASHES and _starts_item(out[-2:], line))
            or rare[first.text, round(first.box.x0)] > 1
            or n in numbered
        ):
            out.append(line_of(line.words[1:], first))
        else:
            out.append(line)
    return out


def _numbered(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines that begin with a number or letter which counts on from another.

    Not in bold or larger type: these are headings.
    """
    usual = NUMBERED_SIZE * main_size([word for line in lines for word in line.words])
    found: list[tuple[int, int, int]] = []  # which kind of number, its value, index
    for n, line in enumerate(lines):
        match = NUMBERED.match(line.words[0].text)
        if match and len(line.words) > 1 and not line.bold and line.size <= usual:
            kind = match.lastindex or 0
            value = int(match[1]) if match[1] else ord(match[2])
            found.append((kind, value, n))
    pairs = [(a, b) for a, b in pairwise(found) if a[0] == b[0] and a[1] + 1 == b[1]]
    counted = {entry[2] for pair in pairs for entry in pair}
    # The rest of a list that a page break cut stands where the others stand.
    places = {round(lines[n].words[0].box.x1) for n in counted}
    return {n for _, _, n in found if n in counted or round(lines[n].words[0].box.x1) in places}


def _split_word(word: Word) -> tuple[Word, Word]:
    """A bullet and the word stuck to it; where the bullet ends is guessed from the size."""
    cut = min(word.box.x0 + word.size / 2, word.box.x1)
    mark = word._replace(
        text=word.text[0], end=word.start + 1, box=word.box._replace(x1=cut), copies=()
    )
    rest = word._replace(text=word.text[1:], start=word.start + 1, box=word.box._replace(x0=cut))
    return mark, rest


def _starts_item(above: Sequence[Line], line: Line) -> bool:
    """Whether a dash at the head of `line` can be a bullet: what stands `above` has ended."""
    if not above:
        return True
    before = above[-1]
    # Two lines: "; and" can be broken in the middle.
    ended = TERMINAL.search(" ".join(one.text for one in above)) is not None
    return ended or before.bold != line.bold or line.size < 0.9 * before.size
