"""What holds in the whole document and decides about single lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout.hanging import hangs
from breakthrough_extract.readers.layout.lines import Line
from breakthrough_extract.readers.layout.measures import TOUCH
from breakthrough_extract.readers.layout.nouns import Word
from breakthrough_extract.readers.layout.signs import EDGE_SIGNS, HYPHENS, LIGATURE, LIGATURES


@dataclass(frozen=True)
class Facts:
    """What holds in the whole document and decides about single lines."""

    source: str  # its name
    text: str  # its text
    pitch: dict[float, float]  # usual distance of lines, by rounded size
    body: float  # size of most of the text
    words: dict[str, int]  # whole words within lines, folded, and where one stands
    advances: Callable[[Word], dict[str, float]]  # widths of characters set as a word is
    slack: float  # in ems; how far the widths of lines can be off
    hanging: bool  # whether items without marks are set with a hanging indent


def find_facts(
    source: str,
    text: str,
    boxes: Sequence[Box | None],
    regions: Sequence[Sequence[Line]],
    seams: Sequence[float],
    slack: float,
) -> Facts:
    """The facts of all regions; `seams` has for each the x of its sheet's seam, or 0."""
    sizes: Counter[float] = Counter()
    words: dict[str, int] = {}
    noted: set[str] = set()
    for lines, seam in zip(regions, seams, strict=True):
        for line in lines:
            sizes[line.size] += sum(len(word.text) for word in line.words)
        for word in _whole_words(lines, seam):
            if word.text not in noted:
                noted.add(word.text)
                _note(words, word)
    return Facts(
        source,
        text,
        _pitches(regions),
        max(sizes, key=lambda size: sizes[size]) if sizes else 0.0,
        words,
        _advances_by_style(
            text, boxes, [word for lines in regions for line in lines for word in line.words]
        ),
        slack,
        hangs(regions),
    )


def _whole_words(lines: Sequence[Line], seam: float) -> Iterator[Word]:
    """The words of a region without those that a line's end or the seam may have broken."""
    broken = False
    for line in lines:
        last = line.words[-1].text
        breaks = len(last) > 1 and last[-1] in HYPHENS
        for word in line.words[1 if broken else 0 : -1 if breaks else None]:
            ends = (word.box.x0, word.box.x1)
            if not seam or all(abs(x - seam) >= TOUCH * word.size for x in ends):
                yield word
        broken = breaks


def _pitches(regions: Iterable[Sequence[Line]]) -> dict[float, float]:
    """The usual distance of lines of each size."""
    found: dict[float, Counter[float]] = defaultdict(Counter)
    for before, line in (pair for lines in regions for pair in pairwise(lines)):
        if not line.bullet and before.size == line.size:
            found[line.size][round(line.box.bottom - before.box.bottom, 1)] += 1
    return {size: _usual(distances) for size, distances in found.items()}


def _usual(distances: Counter[float]) -> float:
    most = max(distances.values())
    return min(distance for distance, count in distances.items() if count == most)


def _note(words: dict[str, int], word: Word) -> None:
    for part in re.finditer(r"[^/–—]+", word.text):
        bare = EDGE_SIGNS.sub("", part.group())
        if bare:
            at = word.start + part.start() + part.group().index(bare)
            words.setdefault(folded(bare), at)


def folded(word: str) -> str:
    """A word for comparing: lower case, hyphens alike, ligatures resolved."""
    plain = LIGATURE.sub(lambda m: LIGATURES[m.group()], word)
    return plain.casefold().replace("\u2010", "-").replace("\u00ad", "")


def _advances_by_style(
    text: str, boxes: Sequence[Box | None], words: Sequence[Word]
) -> Callable[[Word], dict[str, float]]:
    known: dict[tuple[float, bool, bool], dict[str, float]] = {}

    def advances(like: Word) -> dict[str, float]:
        key = (round(like.size, 1), like.bold, like.italic)
        if key not in known:
            widths: dict[str, list[float]] = defaultdict(list)
            for word in words:
                if (round(word.size, 1), word.bold, word.italic) == key:
                    for at in range(word.start, min(word.end + 1, len(boxes))):
                        box = boxes[at]
                        if box is not None and text[at] not in "\r\n":
                            widths[text[at]].append(box.x1 - box.x0)
            known[key] = {sign: median(found) for sign, found in widths.items()}
        return known[key]

    return advances
