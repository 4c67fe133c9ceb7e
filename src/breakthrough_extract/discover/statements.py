"""Whether cells hold statements: figures, ticks, ratings and prices do not make a model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from breakthrough_extract.discover.scales import place_in_scale
from breakthrough_extract.recognise.families.names import key
from breakthrough_extract.wordlists import words

DATE = re.compile(
    r"\b(?:Q[1-4]|H[12])\b|\b20[0-9]{2}\b|\b[0-9]+\s*(?:-|–|to)?\s*[0-9]*\s*(?:days?|weeks?|months?)\b"
    r"|\b(?:days?|weeks?|months?|sprints?)\s+[0-9]",
    re.IGNORECASE,
)

Place = tuple[str, str]  # ids of theme and stage

LEAST_LETTERS = 7.0  # a cell has on average; fewer are figures, ratings and names
LEAST_DISTINCT = 0.5  # share of the cells' texts that are said but once; ratings come again
LEAST_THEMES = 2  # with statements in their cells
# A letter of these scripts says about as much as two of an alphabet.
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LABEL_SHARE = 0.6  # how long such a label may be, of a cell's text
TICK = re.compile(r"[✅✓✔☑❌✗✘✖☐⚠➖🟢🟡🔴]|\[[ xX]?\]")
PATH = re.compile(r"\S+[/_]\S*")  # a file, an identifier: no word that says something
MOST_TICKS = 0.25  # share of the cells that may be ticks or crosses: more is a list of features
PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[$€£¥₹]|(?:USD|EUR|GBP|CHF)\b)")


def filled(cells: Mapping[Place, str]) -> dict[Place, str]:
    """The cells that have a text: a letter, or a figure; a tick or a dash is none."""
    return {place: text for place, text in cells.items() if any(map(str.isalnum, text))}


def are_ticked(cells: Mapping[Place, str]) -> bool:
    """Whether many cells say with a sign whether something is there."""
    ticked = sum(bool(TICK.search(t)) and _letters([t]) < LEAST_LETTERS for t in cells.values())
    return ticked > MOST_TICKS * len(cells)


def hold_statements(cells: Mapping[Place, str]) -> bool:
    """Whether the filled cells say something, each something else, in more than one theme."""
    distinct = {key(text) for text in cells.values()}
    if len(distinct) < LEAST_DISTINCT * len(cells):
        return False
    themes = {theme for theme, _ in cells}
    saying = [theme for theme in themes if _letters(_of(theme, cells)) >= LEAST_LETTERS]
    return _letters(list(cells.values())) >= LEAST_LETTERS and len(saying) >= LEAST_THEMES


def outweigh(cells: Mapping[Place, str], labels: Sequence[str]) -> bool:
    """Whether the cells say more than labels of which no word tells the order, or that they
    are levels: a row of cells that a lost head has left on top does not."""
    levels = words("level_words")
    told = sum(any(place_in_scale(x)) or not levels.isdisjoint(key(x).split()) for x in labels)
    if 2 * told >= len(labels):
        return True
    return _letters(list(labels)) <= LABEL_SHARE * _letters(list(cells.values()))


def have_prices(cells: Mapping[Place, str]) -> bool:
    """Whether the cells of a theme are prices, most of them: then stages are what is sold."""
    return _most_are(PRICE, cells)


def have_dates(cells: Mapping[Place, str]) -> bool:
    """Whether the cells of a theme are dates or times, most of them: then stages are a plan's."""
    return _most_are(DATE, cells)


def _most_are(pattern: re.Pattern[str], cells: Mapping[Place, str]) -> bool:
    themes = {theme for theme, _ in cells}
    return any(
        2 * sum(bool(pattern.search(text)) for text in texts) > len(texts) > 1
        for texts in (_of(theme, cells) for theme in themes)
    )


def _of(theme: str, cells: Mapping[Place, str]) -> list[str]:
    return [text for (own, _), text in cells.items() if own == theme]


def _letters(texts: list[str]) -> float:
    """How many letters a text has on average, paths and identifiers aside."""
    texts = [PATH.sub(" ", text) for text in texts]
    counts = (sum(map(str.isalpha, text)) + len(IDEOGRAPH.findall(text)) for text in texts)
    return sum(counts) / max(len(texts), 1)
