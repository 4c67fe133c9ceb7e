"""Lists whose marks were lost: where an item ends, told by how the document sets its lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from breakthrough_extract.document import BlockKind, Passage
from breakthrough_extract.punctuation import LAST_BUT_ONE, LISTED
from breakthrough_extract.recognise.lines import Line, What

AFTER_SEMICOLON = re.compile(r";\s+(\w+)")


def split_headline(text: Passage) -> tuple[Passage, Passage]:
    """`text` after the first line that ends in a colon."""
    lines = list(text.lines())
    for n, line in enumerate(lines[:-1], 1):
        if line.text.endswith(":"):
            return Passage.join(lines[:n]), Passage.join(lines[n:])
    return text, Passage()


@dataclass(frozen=True)
class Lists:
    """How the lists of this document are set: it decides where an item ends whose mark is lost."""

    width: int  # characters of a full line
    starts: Counter[str]  # words that begin an item, and how often they surely do
    inside: Counter[str]  # words that follow a semicolon within an item

    @staticmethod
    def of(lines: list[Line]) -> Lists:
        texts = [line for line in lines if line.what == What.TEXT]
        broken = [[part.text for part in line.text.lines()] for line in texts]
        lengths = sorted(len(part) for parts in broken for part in parts[:-1])
        starts = Counter(
            first_word(line.text.text) for line in texts if line.block.kind == BlockKind.ITEM
        )
        inside: Counter[str] = Counter()
        for parts in broken:
            for before, after in pairwise(parts):
                if before.endswith(":") or LAST_BUT_ONE.search(before):
                    starts[first_word(after)] += 1
            inside.update(word for part in parts for word in AFTER_SEMICOLON.findall(part.lower()))
        return Lists(lengths[len(lengths) * 19 // 20] if lengths else 0, starts, inside)

    def split(self, text: Passage) -> Iterator[Passage]:
        """The items of a paragraph that was a list."""
        lines = list(text.lines())
        # Columns differ in width: no line of this one is longer than its longest.
        width = min(self.width, max((len(line.text) for line in lines), default=0))
        run: list[Passage] = []
        for line, following in pairwise([*lines, None]):
            if line is None:
                break
            run.append(line)
            if following is None or self._ends_item(run, following.text, width):
                yield Passage.join(run)
                run = []

    def _ends_item(self, run: list[Passage], following: str, width: int) -> bool:
        """Whether an item ends before the line `following`.

        A semicolon may also stand inside an item. A line that stops short of the margin
        though the next word would fit does so because the item ends; for a full line the
        next word decides: is it one that items begin with?
        """
        joined = " ".join(part.text for part in run)
        if not LISTED.search(joined) or following in ("and", "or"):
            return False
        if LAST_BUT_ONE.search(joined):
            return True
        word = following.split(maxsplit=1)[0]
        fits = len(run[-1].text) + 1 + len(word) <= width
        first = first_word(following)
        return fits or self.starts[first] >= self.inside[first]


def first_word(text: str) -> str:
    return (text.split(maxsplit=1) or [""])[0].lower().strip("'‘“\"(")
