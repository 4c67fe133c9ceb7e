"""Garbled staged improvement models to clean, typed, proven datasets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from breakthrough_extract.checks import validate
    from breakthrough_extract.discover import NoModelError
    from breakthrough_extract.export.errors import ExportError
    from breakthrough_extract.extras import MissingExtraError
    from breakthrough_extract.ledger import Finding, Ledger
    from breakthrough_extract.limits import Limits
    from breakthrough_extract.loading import load
    from breakthrough_extract.model import Model, ModelError
    from breakthrough_extract.pipeline import (
        Extraction,
        extract,
        extract_together,
        extract_witnesses,
    )
    from breakthrough_extract.profile import Profile, ProfileError, load_profile
    from breakthrough_extract.readers.errors import ReadError
    from breakthrough_extract.versions.changes import Changes
    from breakthrough_extract.versions.diff import diff

__version__ = "0.1.0"

__all__ = [
    "Changes",
    "ExportError",
    "Extraction",
    "Finding",
    "Ledger",
    "Limits",
    "MissingExtraError",
    "Model",
    "ModelError",
    "NoModelError",
    "Profile",
    "ProfileError",
    "ReadError",
    "__version__",
    "diff",
    "extract",
    "extract_together",
    "extract_witnesses",
    "load",
    "load_profile",
    "validate",
]

# Resolved on first use, so that reading a model never loads a parser.
_HOMES = {
    "Changes": "versions.changes",
    "ExportError": "export.errors",
    "Extraction": "pipeline",
    "Finding": "ledger",
    "Ledger": "ledger",
    "Limits": "limits",
    "MissingExtraError": "extras",
    "Model": "model",
    "ModelError": "model",
    "NoModelError": "discover",
    "Profile": "profile",
    "ProfileError": "profile",
    "ReadError": "readers.errors",
    "diff": "versions.diff",
    "extract": "pipeline",
    "extract_together": "pipeline",
    "extract_witnesses": "pipeline",
    "load": "loading",
    "load_profile": "profile",
    "validate": "checks",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
