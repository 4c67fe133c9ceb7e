"""The canonical JSON of the model itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from breakthrough_extract.model import Model, parse

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger


def export(model: Model, _: Ledger | None) -> dict[str, bytes]:
    """`json`: what `extract` writes."""
    return {"json": model.to_json().encode()}


def load(path: Path) -> Model:
    """The model in a JSON file. Raises ModelError."""
    return parse(path.read_bytes(), str(path))
