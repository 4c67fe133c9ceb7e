"""JSON Lines: one row a line, with the name of its table."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from breakthrough_extract.export.shapes import Row
from breakthrough_extract.export.tables import from_tables, tables
from breakthrough_extract.model import Model, ModelError

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger


def export(model: Model, ledger: Ledger | None) -> dict[str, bytes]:
    """`jsonl`: the rows of all tables, each after those that it names."""
    lines = [
        json.dumps({"table": table.shape.name, **row}, ensure_ascii=False)
        for table in tables(model, ledger)
        for row in table.rows
    ]
    return {"jsonl": ("\n".join(lines) + "\n").encode()}


def load(path: Path) -> Model:
    """The model in a file of JSON Lines. Raises ModelError."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    # Of bytes: a text may hold the line separators of Unicode, at which splitting a string breaks.
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            table, row = _row(line, f"{path}: line {number}")
            rows[table].append(row)
    # A table without rows leaves no line behind; the tables of the model itself always have one.
    return from_tables(rows | {name: [] for name in OPTIONAL if name not in rows}, str(path))


OPTIONAL = ("stages", "themes", "cells", "indicators", "breakthrough_points", "notes")


def _row(line: bytes, place: str) -> tuple[str, Row]:
    try:
        row = json.loads(line)
        return str(row.pop("table")), row
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise ModelError(f'{place}: no JSON object with a "table"; export the model anew') from None
