"""Whether cells hold statements: figures, ticks, ratings and prices do not make a model."""

from __future__ import annotations

import re
from collections.abc import Mapping

from breakthrough_extract.recognise.families.names import key

Place = tuple[str, str]  # ids of theme and stage

LEAST_LETTERS = 8.0  # a cell has on average; fewer are figures, ratings and names
LEAST_DISTINCT = 0.5  # share of the cells' texts that are said but once; ratings come again
LEAST_THEMES = 2  # with statements in their cells
# A letter of these scripts says about as much as two of an alphabet.
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[$€£¥₹]|(?:USD|EUR|GBP|CHF)\b)")


def filled(cells: Mapping[Place, str]) -> dict[Place, str]:
    """The cells that have a text: a letter, or a figure; a tick or a dash is none."""
    return {place: text for place, text in cells.items() if any(map(str.isalnum, text))}


def hold_statements(cells: Mapping[Place, str]) -> bool:
    """Whether the filled cells say something, each something else, in more than one theme."""
    distinct = {key(text) for text in cells.values()}
    if len(distinct) < LEAST_DISTINCT * len(cells):
        return False
    themes = {theme for theme, _ in cells}
    saying = [theme for theme in themes if _letters(_of(theme, cells)) >= LEAST_LETTERS]
    return _letters(list(cells.values())) >= LEAST_LETTERS and len(saying) >= LEAST_THEMES


def have_prices(cells: Mapping[Place, str]) -> bool:
    """Whether the cells of a theme are prices, most of them: then stages are what is sold."""
    themes = {theme for theme, _ in cells}
    return any(
        2 * sum(bool(PRICE.search(text)) for text in texts) > len(texts) > 1
        for texts in (_of(theme, cells) for theme in themes)
    )


def _of(theme: str, cells: Mapping[Place, str]) -> list[str]:
    return [text for (own, _), text in cells.items() if own == theme]


def _letters(texts: list[str]) -> float:
    """How many letters a text has on average."""
    counts = (sum(map(str.isalpha, text)) + len(IDEOGRAPH.findall(text)) for text in texts)
    return sum(counts) / max(len(texts), 1)
