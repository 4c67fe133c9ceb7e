"""Garbled staged improvement models to clean, typed, proven datasets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from breakthrough_extract.checks import validate
    from breakthrough_extract.discover import NoModelError
    from breakthrough_extract.ledger import Finding, Ledger
    from breakthrough_extract.model import Model, ModelError, load
    from breakthrough_extract.pipeline import (
        Extraction,
        extract,
        extract_together,
        extract_witnesses,
    )
    from breakthrough_extract.profile import Profile, ProfileError, load_profile
    from breakthrough_extract.readers.errors import ReadError

__version__ = "0.1.0"

__all__ = [
    "Extraction",
    "Finding",
    "Ledger",
    "Model",
    "ModelError",
    "NoModelError",
    "Profile",
    "ProfileError",
    "ReadError",
    "__version__",
    "extract",
    "extract_together",
    "extract_witnesses",
    "load",
    "load_profile",
    "validate",
]

# Resolved on first use, so that reading a model never loads a parser.
_HOMES = {
    "Extraction": "pipeline",
    "Finding": "ledger",
    "Ledger": "ledger",
    "Model": "model",
    "ModelError": "model",
    "NoModelError": "discover",
    "Profile": "profile",
    "ProfileError": "profile",
    "ReadError": "readers.errors",
    "extract": "pipeline",
    "extract_together": "pipeline",
    "extract_witnesses": "pipeline",
    "load": "model",
    "load_profile": "profile",
    "validate": "checks",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
