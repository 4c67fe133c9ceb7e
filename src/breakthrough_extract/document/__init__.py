"""The in-between nouns: what a reader hands on, and what recognition makes of it. All immutable."""

from __future__ import annotations

from breakthrough_extract.document.blocks import (
    Block,
    BlockKind,
    Document,
    Place,
    Style,
)
from breakthrough_extract.document.grid import (
    Decision,
    Grid,
    Reading,
    Repaired,
    Variant,
    Witnessed,
)
from breakthrough_extract.document.outline import (
    About,
    NamedList,
    Outline,
    Section,
    ThemeHeading,
)
from breakthrough_extract.document.passage import (
    BY_HAND,
    WHITE,
    Change,
    Evidence,
    Passage,
    Piece,
    fold,
)
from breakthrough_extract.document.settlement import (
    COMPLAINT,
    Attested,
    Copy,
    Dispute,
    Settled,
    SettledList,
    Settlement,
)
from breakthrough_extract.document.source import (
    Box,
    Page,
    Source,
    Span,
)

__all__ = [
    "BY_HAND",
    "COMPLAINT",
    "WHITE",
    "About",
    "Attested",
    "Block",
    "BlockKind",
    "Box",
    "Change",
    "Copy",
    "Decision",
    "Dispute",
    "Document",
    "Evidence",
    "Grid",
    "NamedList",
    "Outline",
    "Page",
    "Passage",
    "Piece",
    "Place",
    "Reading",
    "Repaired",
    "Section",
    "Settled",
    "SettledList",
    "Settlement",
    "Source",
    "Span",
    "Style",
    "ThemeHeading",
    "Variant",
    "Witnessed",
    "fold",
]
