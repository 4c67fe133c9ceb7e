"""Labels of columns and lists that say something of a stage, or of a cell: they name no theme."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from breakthrough_extract.recognise.families.names import key, usual_roles
from breakthrough_extract.wordlists import phrases, words


@lru_cache(maxsize=1)
def _attributes() -> frozenset[str]:
    return frozenset(map(key, phrases("attribute_words")))


def names_no_theme(label: str) -> bool:
    """Whether a label says what the text under it is, or that it names themes or stages."""
    name = key(label)
    return name in _attributes() or name in usual_roles() or name in _CORNERS


# What stands in the corner of a table.
_CORNERS = words("level_words") | words("theme_words")


def themes_among(labels: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of a table's labels, each with its group, that may be themes.

    `Name` and `Example` are none, and where half of them are such the table describes stages.
    """
    others = [(label, group) for label, group in labels if key(label) not in _attributes()]
    return others if 2 * len(others) > len(labels) else []
