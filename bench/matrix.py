"""Quality: each layout by each way in, against the truth that was read by eye.

python -m bench.matrix [--write]
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.tables import Table, write
from bench.words import invented, letters, raw_text
from breakthrough_extract import ReadError
from breakthrough_extract.ledger import Kind, Severity
from breakthrough_extract.model import Model
from breakthrough_extract.pipeline import Extraction, extract_document
from breakthrough_extract.profile import load_profile
from breakthrough_extract.readers import read

SHARED = Path(os.environ.get("BREAKTHROUGH_SHARED", "../shared"))
TRUTH = Path("tests/cases/extract/breakthrough/expected.json")

# The renderings hold the words as the seed's column has them, before its clipped copy mends it.
UNREPAIRED = {
    "but at this stage": "but at stage",
    "sporadic and not always completely honest": "sporadic and not completely honest",
}
LISTS = "breakthrough_points"
DIRECT = "PDF, direct"

Cell = tuple[str, str]  # theme and stage, or theme and LISTS
HEAD = (
    "Layout",
    "Way in",
    "cells",
    "items found",
    "exact",
    "invented",
    "unresolved",
    "lost",
    "errors",
    "contiguous in plain",
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Quality on each layout by each way in.")
    parser.add_argument("--write", action="store_true", help="into the README, too")
    options = parser.parse_args()
    table = matrix()
    print(table.plain())
    if options.write:
        write("matrix", [table])


def matrix() -> Table:
    folder = SHARED / "converted"
    found = [*folder.glob("*.pdf"), *folder.glob("*.*.*")]
    paths = sorted(found, key=lambda path: (_layout(path), _way(path) != DIRECT, path.name))
    title = "The document in six layouts, by each way in"
    if not paths:
        note = f"Nothing in {folder}; say where it is: BREAKTHROUGH_SHARED=FOLDER make matrix"
        return Table(title, HEAD, (), notes=(note,))
    truth = _truth()
    rows = [(_layout(path), _way(path), *_row(path, truth)) for path in paths]
    return Table(title, HEAD, rows, left=2, notes=(_legend(truth),))


def _layout(path: Path) -> str:
    return path.name.split(".")[0]


def _way(path: Path) -> str:
    return DIRECT if path.suffix == ".pdf" else path.name.split(".", 1)[1]


def _legend(truth: Mapping[Cell, list[str]]) -> str:
    items = sum(len(texts) for texts in truth.values())
    return (
        f"cells: of {len(truth)}, those in which most of their true items stand, and no other "
        f"cell's outnumber them. items found: of {items}, those that are one item of the model, "
        f"letters and digits compared. exact: of {items}, those in the right cell, equal to the "
        "character. invented: words of the model that the source does not have. unresolved: "
        "characters that the ledger lists as explained by nothing. lost: characters in no entry "
        "of the ledger. errors: findings of that severity; where there are some, nothing is "
        "exported unless a draft is asked for. contiguous in plain: items that stand in one "
        "piece in the file itself, letters and digits compared."
    )


def _truth() -> dict[Cell, list[str]]:
    text = TRUTH.read_text("utf-8")
    for repaired, plain in UNREPAIRED.items():
        text = text.replace(repaired, plain)
    return {
        (theme["name"], slot): items
        for theme in json.loads(text)["themes"]
        for slot, items in _truth_cells(theme)
    }


def _truth_cells(theme: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for stage in theme["stages"]:
        yield stage["stage"], stage["indicators"]
    yield LISTS, theme[LISTS]["points"]


def _row(path: Path, truth: Mapping[Cell, list[str]]) -> tuple[str, ...]:
    raw = raw_text(path)
    plain = letters(raw)
    items = [text for texts in truth.values() for text in texts]
    contiguous = str(sum(letters(text) in plain for text in items))
    try:
        document = read(path)
        result = extract_document(document, load_profile())
    except ReadError:
        return (*["–"] * (len(HEAD) - 4), "refused", contiguous)
    return (
        *placed(truth, cells_of(result.model)),
        str(len(invented(raw, result.ledger))),
        *_accounted(document.source.text, result),
        str(sum(finding.severity == Severity.ERROR for finding in result.findings)),
        contiguous,
    )


def cells_of(model: Model) -> dict[Cell, list[str]]:
    cells = {
        (theme.name, cell.stage): [indicator.text for indicator in cell.indicators]
        for theme in model.themes
        for cell in theme.stages
    }
    lists = {
        (theme.name, LISTS): [point.text for point in theme.breakthrough_points.points]
        for theme in model.themes
        if theme.breakthrough_points
    }
    return {**cells, **lists}


def placed(
    truth: Mapping[Cell, list[str]], cells: Mapping[Cell, list[str]]
) -> tuple[str, str, str]:
    """The cells placed right, the items found anywhere, the items exactly right in place."""
    home = {letters(text): cell for cell, texts in truth.items() for text in texts}
    right = found = exact = 0
    for cell, texts in truth.items():
        homes = Counter(home.get(letters(text)) for text in cells.get(cell, []))
        del homes[None]
        own = homes.pop(cell, 0)
        right += own > len(texts) / 2 and own > max(homes.values(), default=0)
        exact += (Counter(texts) & Counter(cells.get(cell, []))).total()
    known = {letters(text) for texts in cells.values() for text in texts}
    found = len(known & home.keys())
    return str(right), str(found), str(exact)


def _accounted(text: str, result: Extraction) -> tuple[str, str]:
    """The characters that nothing explains, and those that the ledger does not have."""
    partition = result.ledger.sources[0].partition
    unresolved = sum(part.end - part.start for part in partition if part.kind == Kind.UNRESOLVED)
    rest = list(text)
    for part in partition:
        rest[part.start : part.end] = " " * (part.end - part.start)
    return str(unresolved), str(sum(not char.isspace() for char in rest))


if __name__ == "__main__":
    main()
