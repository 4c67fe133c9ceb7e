"""The published nouns: what `output/NAME.json` holds, and what other tools import."""

from breakthrough_extract.model.parts import (
    BreakthroughPoint,
    BreakthroughPoints,
    Cell,
    Indicator,
    Item,
    ItemList,
    Note,
    Noun,
    Stage,
    Text,
    Theme,
    Withdrawn,
    is_absent,
    nested,
)
from breakthrough_extract.model.reading import ModelError, dotted, explain, parse, read_plain
from breakthrough_extract.model.rows import ROW
from breakthrough_extract.model.staged import SCHEMA_ID, SCHEMA_VERSION, Model

__all__ = [
    "ROW",
    "SCHEMA_ID",
    "SCHEMA_VERSION",
    "BreakthroughPoint",
    "BreakthroughPoints",
    "Cell",
    "Indicator",
    "Item",
    "ItemList",
    "Model",
    "ModelError",
    "Note",
    "Noun",
    "Stage",
    "Text",
    "Theme",
    "Withdrawn",
    "dotted",
    "explain",
    "is_absent",
    "nested",
    "parse",
    "read_plain",
]
