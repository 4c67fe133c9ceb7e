"""The ledger that goes with the file of a model."""

from __future__ import annotations

from pathlib import Path

from breakthrough_extract.checks import edits_replay
from breakthrough_extract.ledger import Ledger, load_ledger
from breakthrough_extract.model import Model, ModelError


def ledger_of(model: Model, file: Path, ledger: Path | None = None) -> Ledger | None:
    """The ledger in `ledger` or, if none is named, in the one beside the model's file, if any.

    Raises ModelError if it cannot be read, or if it proves other texts than the model's.
    """
    beside = file.with_name(f"{file.stem}.ledger.json")
    if ledger is None and not beside.is_file():
        return None
    path = ledger or beside
    found = load_ledger(path)
    if any(edits_replay(model, found)):
        raise ModelError(f"{path}: not the ledger of {file}; name that with --ledger")
    return found
