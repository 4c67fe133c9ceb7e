"""What evidence a rendering still has: which themes the names tell apart, whatever the order.

Where sections stand in any order, and headings anywhere, only words are left: a theme's name,
in the texts of its sections. Somebody who knew which sections belong together would still have
to tell which theme they are. A theme is told apart if its place in the best assignment of groups
of sections to names is its own, and no other assignment is as good.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from breakthrough_extract.document import COMPLAINT
from breakthrough_extract.language import content_words
from breakthrough_extract.witnesses.matching import assignment
from tests.garble.rendering import FOREIGN, Kind, Rendering
from tests.garble.truth import Cell

SLIGHT = 1e-9
FORBIDDEN = 1000.0


def told_apart(rendering: Rendering) -> frozenset[str]:
    """Ids of the themes whose sections, as they now read, are told from others by names."""
    used: dict[str, Counter[str]] = defaultdict(Counter)  # theme → word → sections that use it
    for words, (theme, _) in _sections(rendering):
        used[theme].update(words)
    ids = [theme.id for theme in rendering.profile.themes]
    names = [_words(theme.name, *theme.aliases) for theme in rendering.profile.themes]
    spread = Counter(word for counts in used.values() for word in counts)
    own = [theme for theme in ids if theme in used]
    gains = [
        [sum(used[theme][word] / max(spread[word], 1) for word in name) for name in names]
        for theme in own
    ]
    return frozenset(
        theme for row, theme in enumerate(own) if _is_sure(gains, row, ids.index(theme))
    )


def _is_sure(gains: Sequence[Sequence[float]], row: int, column: int) -> bool:
    """Whether every best assignment has that pair."""
    without = [list(own) for own in gains]
    without[row][column] = -FORBIDDEN
    return _best(gains) > _best(without) + SLIGHT


def _best(gains: Sequence[Sequence[float]]) -> float:
    """The greatest sum of a gain a row, each from another column; all rows have one."""
    chosen = assignment([[gain + 2 * FORBIDDEN for gain in row] for row in gains])
    return sum(row[column] for row, column in zip(gains, chosen, strict=True))


def _sections(rendering: Rendering) -> list[tuple[set[str], Cell]]:
    """The words of what stands in each cell, and the cell."""
    texts: dict[Cell, list[str]] = defaultdict(list)
    for line in rendering.lines():
        own = line.home[0] != FOREIGN and line.home[1] != COMPLAINT
        if own and line.kind in (Kind.HEADLINE, Kind.ITEM):
            texts[line.home].append(line.text)
    return [(_words(*own), cell) for cell, own in texts.items()]


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in content_words(text)}
