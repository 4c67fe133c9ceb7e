"""The table of damages: what each models, how strong it is tried, and where it can happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.garble import letters, lines, structure
from tests.garble.rendering import Rendering

Damaging = Callable[[Rendering, float, Random], Rendering]


@dataclass(frozen=True)
class Damage:
    """One kind of damage, or several at once."""

    name: str
    apply: Damaging
    strengths: tuple[float, ...]  # ascending, 0 excluded
    flow: bool = False  # only where cells have labels of their own: not in a matrix


def both(*parts: tuple[Damaging, float]) -> Damaging:
    """Several damages one after the other, each as strong as its share of the whole."""

    def apply(rendering: Rendering, strength: float, chance: Random) -> Rendering:
        for damage, share in parts:
            rendering = damage(rendering, strength * share, chance)
        return rendering

    return apply


BAD_SCAN = both(
    (lines.items_split, 1.0),
    (lines.hyphenation, 0.5),
    (lines.running_heads_inserted, 0.1),
    (letters.ocr_confusions, 0.02),
)
BAD_CONVERTER = both(
    (structure.headings_moved, 0.5),
    (structure.headings_doubled, 0.25),
    (structure.sections_shuffled, 1.0),
    (lines.items_split, 0.5),
)
BAD_COPY = both(
    (structure.sections_missing, 0.1),
    (structure.foreign_sections, 0.1),
    (structure.cells_doubled, 0.1),
    (structure.sections_shuffled, 1.0),
)
ALL_AT_ONCE = both(
    (structure.sections_missing, 0.1),
    (structure.foreign_sections, 0.1),
    (structure.cells_doubled, 0.1),
    (structure.headings_moved, 0.5),
    (structure.sections_shuffled, 1.0),
    (lines.running_heads_inserted, 0.1),
    (lines.hyphenation, 0.5),
    (letters.ocr_confusions, 0.02),
)

QUARTERS = (0.25, 0.5, 0.75, 1.0)
FEW = (0.05, 0.1, 0.25, 0.5)

DAMAGES = (
    Damage("pages shuffled", structure.pages_shuffled, (0.5, 1.0)),
    Damage("sections shuffled", structure.sections_shuffled, QUARTERS, flow=True),
    Damage("theme headings moved", structure.headings_moved, QUARTERS),
    Damage("theme headings dropped", structure.headings_dropped, QUARTERS),
    Damage("theme headings doubled", structure.headings_doubled, QUARTERS, flow=True),
    Damage("stage labels misread", letters.label_errors, FEW),
    Damage("stage labels dropped", lines.labels_dropped, FEW, flow=True),
    Damage("running heads in items", lines.running_heads_inserted, FEW),
    Damage("items split over lines", lines.items_split, QUARTERS),
    Damage("items joined", lines.items_joined, FEW),
    Damage("items cut at the left", lines.items_cut_left, FEW, flow=True),
    Damage("items cut at the right", lines.items_cut_right, FEW, flow=True),
    Damage("hyphenation", lines.hyphenation, QUARTERS),
    Damage("characters misread", letters.ocr_confusions, (0.01, 0.02, 0.05, 0.1)),
    Damage("columns interleaved", lines.columns_interleaved, FEW, flow=True),
    Damage("cells doubled", structure.cells_doubled, FEW, flow=True),
    Damage("list marks lost", lines.marks_lost, QUARTERS),
    Damage("table flattened", structure.table_flattened, (1.0,), flow=True),
    Damage("sections missing", structure.sections_missing, FEW),
    Damage("foreign sections added", structure.foreign_sections, FEW, flow=True),
    Damage("foreign pages mixed in", structure.foreign_pages, FEW, flow=True),
    Damage("a bad scan", BAD_SCAN, QUARTERS),
    Damage("a bad converter", BAD_CONVERTER, QUARTERS, flow=True),
    Damage("a bad copy", BAD_COPY, QUARTERS, flow=True),
    Damage("all at once", ALL_AT_ONCE, QUARTERS, flow=True),
)
